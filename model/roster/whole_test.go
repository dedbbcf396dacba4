package roster_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/roster"
)

// Whatever people work full weeks, their heads by day tell who they are; and one head more on a day
// is no full week of anybody.
func TestWholeFindsThePeopleOfAnyHeads(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		row := rapid.IntRange(1, 6).Draw(t, "days in a row")
		tours, err := roster.InARow(row)
		if err != nil {
			t.Fatal(err)
		}
		people := rapid.SliceOfN(rapid.IntRange(0, 40), 7, 7).Draw(t, "people")
		var heads [7]int
		for k, n := range people {
			for d, on := range tours[k].Works {
				if on {
					heads[d] += n
				}
			}
		}
		got, ok := roster.Whole(heads, tours)
		if !ok || !slices.Equal(got, people) {
			t.Fatalf("%v make %v, of which Whole makes %v, %v", people, heads, got, ok)
		}
		heads[rapid.IntRange(0, 6).Draw(t, "day")]++
		if got, ok := roster.Whole(heads, tours); ok && row > 1 {
			t.Fatalf("one head more makes %v", got)
		}
	})
}

func TestToursLieWithinTheDaysOnWhichATeamIsOpen(t *testing.T) {
	t.Parallel()
	on := func(days ...time.Weekday) (open [7]bool) {
		for _, d := range days {
			open[d] = true
		}
		return open
	}
	for name, row := range map[string]struct {
		open [7]bool
		want []string
	}{
		"every day":   {everyDay, nil},
		"workdays":    {workdays, []string{"off Sat Sun"}},
		"to Saturday": {on(1, 2, 3, 4, 5, 6), []string{"off Sat Sun", "off Mon Sun"}},
		"three days":  {on(1, 3, 5), []string{"off Tue Thu Sat Sun"}},
	} {
		tours, err := roster.Within(row.open, 5)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range tours {
			got = append(got, tours[i].String())
		}
		if row.want == nil && len(got) != 7 || row.want != nil && !slices.Equal(got, row.want) {
			t.Errorf("%s: %q, want %q", name, got, row.want)
		}
	}
	if _, err := roster.Within(everyDay, 7); err == nil {
		t.Error("seven days in a row are taken")
	}
}
