package roster

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/program"
)

// Tour is the days of a week on which somebody works, by time.Weekday.
type Tour struct {
	Works [7]bool
	Cost  float64 // of one person and week, above 0
	Part  bool    // part-time
	Max   int     // persons; 0: as many as are wanted
}

// Days is how many days it works.
func (t *Tour) Days() (n int) {
	for _, on := range t.Works {
		if on {
			n++
		}
	}
	return n
}

// Weekend reports whether it works on a Saturday or Sunday.
func (t *Tour) Weekend() bool { return t.Works[time.Saturday] || t.Works[time.Sunday] }

// String is its days off.
func (t *Tour) String() string {
	var off []string
	for k := range 7 {
		if d := time.Weekday((k + 1) % 7); !t.Works[d] {
			off = append(off, d.String()[:3])
		}
	}
	if len(off) == 0 {
		return "no day off"
	}
	return "off " + strings.Join(off, " ")
}

// InARow are the seven tours of so many days in a row, 1 to 6, with the rest of the week off. A
// day worked costs 1.
func InARow(days int) ([]Tour, error) {
	if days < 1 || days > 6 {
		return nil, fmt.Errorf("a tour works on 1 to 6 days of a week, not %d", days)
	}
	tours := make([]Tour, 7)
	for d := range tours {
		tours[d].Cost = float64(days)
		for k := range days {
			tours[d].Works[(d+1+k)%7] = true
		}
	}
	return tours, nil
}

// Week is the second step: a team's heads by day, to be staffed by people who have days off. It
// goes round: each week is like the last.
type Week struct {
	Heads [7]int // by time.Weekday
	Tours []Tour
	// Weekends is the largest share of the people who work on a weekend; people who take turns
	// then have at least the rest of theirs off. 0: no bound.
	Weekends float64
	// Part is the largest share of part-timers among the people. 0: no bound.
	Part float64
	// Hours are those of the shifts, by the caller's numbers, and Rest the least between two of a person's. 0: none.
	Hours []Span
	Rest  time.Duration
}

// Program states the week as a program: people by tour, at the least cost.
func (w *Week) Program() (*program.Program, error) {
	if !(w.Weekends >= 0 && w.Weekends <= 1 && w.Part >= 0 && w.Part <= 1) {
		return nil, fmt.Errorf("shares must lie between 0 and 1, not %v of weekends and %v of part-timers", w.Weekends, w.Part)
	}
	if len(w.Tours) == 0 {
		return nil, errors.New("a week without tours")
	}
	p := &program.Program{}
	for d, n := range w.Heads {
		if n < 0 {
			return nil, fmt.Errorf("%d heads on %v", n, time.Weekday(d))
		}
		p.Rows = append(p.Rows, program.Row{Name: time.Weekday(d).String(), Lower: float64(n), Upper: math.Inf(1)})
	}
	for i := range w.Tours {
		t := &w.Tours[i]
		if t.Days() == 0 || !(t.Cost > 0) || math.IsInf(t.Cost, 0) || t.Max < 0 {
			return nil, fmt.Errorf("tour %d works on %d days at a cost of %v, by %d people at most", i, t.Days(), t.Cost, t.Max)
		}
		c := program.Column{Name: t.String(), Cost: t.Cost, Upper: math.Inf(1), Integer: true}
		if t.Max > 0 {
			c.Upper = float64(t.Max)
		}
		for d, on := range t.Works {
			if on {
				c.Entries = append(c.Entries, program.Entry{Row: d, Coef: 1})
			}
		}
		p.Columns = append(p.Columns, c)
	}
	share(p, "people on weekends", w.Weekends, func(j int) bool { return w.Tours[j].Weekend() })
	share(p, "part-timers", w.Part, func(j int) bool { return w.Tours[j].Part })
	return p, nil
}

// share bounds the share of some columns among all.
func share(p *program.Program, name string, most float64, of func(j int) bool) {
	if most == 0 {
		return
	}
	row := len(p.Rows)
	p.Rows = append(p.Rows, program.Row{Name: name, Lower: math.Inf(-1), Upper: 0})
	for j := range p.Columns {
		coef := -most
		if of(j) {
			coef++
		}
		if coef != 0 {
			p.Columns[j].Entries = append(p.Columns[j].Entries, program.Entry{Row: row, Coef: coef})
		}
	}
}

// What somebody does on a day, in Person.Shift, besides working a shift.
const (
	Off   = -1
	Spare = -2 // at work, beyond the heads that the day asks for
)

// Person is one person's week.
type Person struct {
	Tour  int
	Shift [7]int // by time.Weekday: an index into the day's list, Off or Spare
}

// People gives the people of a choice their shifts. shifts lists each day's shifts, one entry for
// each head, in the order of their start, as numbers of the caller's; from day to day
// people keep their place in that order, as far as the days go, so that their starts differ
// little. Where that leaves less than Rest between two shifts, people swap. There must be as many people on each day as it has shifts.
func (w *Week) People(x []float64, shifts [7][]int) ([]Person, error) {
	var people []Person
	// In the order of starts, from 0 to 1: those of each tour are spread over all of it, so that on each day
	// about the same people come early.
	var place []float64
	for k := range w.Tours {
		n := int(math.Round(x[k]))
		for i := range n {
			people = append(people, Person{Tour: k})
			place = append(place, (float64(i)+0.5)/float64(n))
		}
	}
	for k := range 7 {
		d := (int(time.Monday) + k) % 7
		var there []int
		for i := range people {
			people[i].Shift[d] = Off
			if w.Tours[people[i].Tour].Works[d] {
				there = append(there, i)
			}
		}
		if len(there) < len(shifts[d]) {
			return nil, fmt.Errorf("%d people for %d shifts on %v", len(there), len(shifts[d]), time.Weekday(d))
		}
		slices.SortStableFunc(there, func(a, b int) int {
			switch {
			case place[a] < place[b]:
				return -1
			case place[a] > place[b]:
				return 1
			}
			return 0
		})
		// Who is spare is spread over the order, so that no end of the day is all spare.
		spare := len(there) - len(shifts[d])
		next := 0
		for rank, i := range there {
			if (rank+1)*spare/len(there) > rank*spare/len(there) {
				people[i].Shift[d] = Spare
				continue
			}
			people[i].Shift[d] = shifts[d][next]
			next++
		}
	}
	if w.Rest > 0 {
		w.giveRest(people)
	}
	return people, nil
}
