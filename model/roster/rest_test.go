package roster_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/roster"
)

// Early shifts and late ones, with people who would go from late to early.
func rotated(heads [7][2]int) (*roster.Week, []float64, [7][]int) {
	w := &roster.Week{Hours: []roster.Span{{From: 7 * 60, To: 15*60 + 30}, {From: 13 * 60, To: 21*60 + 30}}, Rest: 11 * time.Hour}
	w.Tours, _ = roster.InARow(5)
	most := 0
	var shifts [7][]int
	for d, n := range heads {
		for kind, k := range n {
			for range k {
				shifts[d] = append(shifts[d], kind)
			}
		}
		w.Heads[d] = len(shifts[d])
		most = max(most, w.Heads[d])
	}
	x := make([]float64, 7)
	for k := range x {
		x[k] = float64((most + 4) / 5)
	}
	return w, x, shifts
}

func TestPeopleSwapUntilTheyHaveTheirRest(t *testing.T) {
	t.Parallel()
	// More late shifts on every second day: in the order of starts somebody would go from late to early.
	w, x, shifts := rotated([7][2]int{{2, 8}, {8, 2}, {2, 8}, {8, 2}, {2, 8}, {8, 2}, {5, 5}})
	people, err := w.People(x, shifts)
	if err != nil {
		t.Fatal(err)
	}
	w.Rest = 0
	before, err := w.People(x, shifts)
	if err != nil {
		t.Fatal(err)
	}
	w.Rest = 11 * time.Hour
	if w.Short(before) == 0 {
		t.Fatal("nobody is short of rest without swaps: the test tests nothing")
	}
	if w.Short(people) >= w.Short(before) {
		t.Errorf("%d are short of rest, %d without swaps", w.Short(people), w.Short(before))
	}
}

// Where late shifts are the same each day, everybody keeps to one kind and nobody is short of rest.
func TestAnEvenWeekLeavesEverybodyHisRest(t *testing.T) {
	t.Parallel()
	w, x, shifts := rotated([7][2]int{{5, 5}, {5, 5}, {5, 5}, {5, 5}, {5, 5}, {5, 5}, {5, 5}})
	people, err := w.People(x, shifts)
	if err != nil {
		t.Fatal(err)
	}
	if n := w.Short(people); n != 0 {
		t.Errorf("%d are short of rest", n)
	}
}

// Swaps leave every shift staffed, give nobody a shift on a day off, never make rests fewer, and Short counts what is seen
// by looking at each pair of days.
func TestSwapsForRestChangeNothingElse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var heads [7][2]int
		for d := range heads {
			for k := range 2 {
				heads[d][k] = rapid.IntRange(0, 6).Draw(t, "heads")
			}
		}
		w, x, shifts := rotated(heads)
		people, err := w.People(x, shifts)
		if err != nil {
			t.Skip("too few people")
		}
		w.Rest = 0
		before, err := w.People(x, shifts)
		if err != nil {
			t.Fatal(err)
		}
		w.Rest = 11 * time.Hour
		if w.Short(people) > w.Short(before) {
			t.Fatalf("%d short of rest, %d before", w.Short(people), w.Short(before))
		}
		late := 0
		for i, p := range people {
			if p.Tour != before[i].Tour {
				t.Fatal("somebody has other days off")
			}
			for d := range 7 {
				if (p.Shift[d] == roster.Off) == w.Tours[p.Tour].Works[d] {
					t.Fatalf("%d on %v", p.Shift[d], time.Weekday(d))
				}
				if p.Shift[d] == 1 && p.Shift[(d+1)%7] == 0 {
					late++ // nine and a half hours
				}
			}
		}
		if late != w.Short(people) {
			t.Fatalf("%d go from late to early, %d are counted", late, w.Short(people))
		}
		for d := range 7 {
			var got [2]int
			for _, p := range people {
				if p.Shift[d] >= 0 {
					got[p.Shift[d]]++
				}
			}
			if got != heads[d] {
				t.Fatalf("%v on %v, want %v", got, time.Weekday(d), heads[d])
			}
		}
	})
}
