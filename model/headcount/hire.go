package headcount

import (
	"fmt"
	"math"

	"github.com/headroom-sim/headroom/model/program"
)

// half is the share of a full head that somebody must be in a month for the month to be one that
// he can be hired for. Where nobody can begin so early a month stays short: to fill it
// with people who are in class would take many times as many.
const half = 0.5

// Question is how many people must begin in which month, as a program to be solved elsewhere.
type Question struct {
	Program *program.Program
	// Late are the months that nobody who is asked for on the plan's first day can fill any more.
	Late []int

	first, months int
	total         int // row of all who begin; -1 while there is none
}

// Fewest asks for the fewest people who begin such that no month falls short that can be filled.
// Raise is heads on top of what each month asks for; nil for none.
func (p *Plan) Fewest(t *Team, raise []float64) *Question {
	q := &Question{Program: &program.Program{}, first: p.Earliest(t), months: len(p.Months), total: -1}
	lines := p.Lines(t, nil)
	yields := make([][]float64, len(p.Months))
	best := make([]float64, len(p.Months))
	for s := q.first; s < len(p.Months); s++ {
		yields[s] = p.Yield(t, s)
		for m, y := range yields[s] {
			best[m] = max(best[m], y)
		}
	}
	row := make([]int, len(p.Months))
	for m := range lines {
		gap := -lines[m].Gap()
		if m < len(raise) {
			gap += raise[m]
		}
		row[m] = -1
		switch {
		case gap <= tiny:
		case best[m] < half:
			q.Late = append(q.Late, m)
		default:
			row[m] = len(q.Program.Rows)
			q.Program.Rows = append(q.Program.Rows, program.Row{Name: p.Months[m].Name(), Lower: gap, Upper: math.Inf(1)})
		}
	}
	for s := q.first; s < len(p.Months); s++ {
		c := program.Column{Name: p.Months[s].Name(), Cost: 1, Upper: math.Inf(1), Integer: true}
		if t.Hiring.Most > 0 {
			c.Upper = float64(t.Hiring.Most)
		}
		for m, y := range yields[s] {
			if row[m] >= 0 && y > 0 {
				c.Entries = append(c.Entries, program.Entry{Row: row[m], Coef: y})
			}
		}
		q.Program.Columns = append(q.Program.Columns, c)
	}
	if t.Hiring.Least > 1 {
		q.classes(t.Hiring.Least, t.Hiring.Most)
	}
	return q
}

// tiny is a gap that is none but for rounding.
const tiny = 1e-9

// manyStarts is a class that has no bound of its own.
const manyStarts = 1e5

// classes lets nobody begin in a month, or as many as a class has at least.
func (q *Question) classes(least, most int) {
	if most == 0 {
		most = manyStarts
	}
	for i := range q.months - q.first {
		c := &q.Program.Columns[i]
		enough, few := len(q.Program.Rows), len(q.Program.Rows)+1
		q.Program.Rows = append(q.Program.Rows,
			program.Row{Name: c.Name + " at least a class", Lower: 0, Upper: math.Inf(1)},
			program.Row{Name: c.Name + " at most a class", Lower: math.Inf(-1), Upper: 0})
		c.Entries = append(c.Entries, program.Entry{Row: enough, Coef: 1}, program.Entry{Row: few, Coef: 1})
		q.Program.Columns = append(q.Program.Columns, program.Column{
			Name: "a class in " + c.Name, Upper: 1, Integer: true,
			Entries: []program.Entry{{Row: enough, Coef: -float64(least)}, {Row: few, Coef: -float64(most)}},
		})
	}
}

// Empty reports whether nobody needs to begin.
func (q *Question) Empty() bool {
	for i := range q.Program.Rows {
		if q.Program.Rows[i].Lower > 0 {
			return false
		}
	}
	return true
}

// Give lets months be missed by as little as an answer to the program's relaxation misses them: where
// classes are too small.
func (q *Question) Give(relaxed []float64) {
	for i, missed := range q.Program.Missed(relaxed[:len(q.Program.Columns)]) {
		if missed > 0 {
			q.Program.Rows[i].Lower -= missed * (1 + program.Tolerance)
		}
	}
}

// Latest asks, of all plans with so many people, for the one in which they begin latest: the fewest
// months of pay.
func (q *Question) Latest(people float64) {
	if q.total < 0 {
		q.total = len(q.Program.Rows)
		q.Program.Rows = append(q.Program.Rows, program.Row{Name: "people", Lower: math.Inf(-1)})
		for i := range q.months - q.first {
			c := &q.Program.Columns[i]
			c.Entries = append(c.Entries, program.Entry{Row: q.total, Coef: 1})
			c.Cost = float64(q.months - q.first - i)
		}
	}
	q.Program.Rows[q.total].Upper = people
}

// Starts is how many begin in each month of the plan, of an answer.
func (q *Question) Starts(x []float64) ([]float64, error) {
	if len(x) < q.months-q.first {
		return nil, fmt.Errorf("an answer has %d columns of %d", len(x), q.months-q.first)
	}
	starts := make([]float64, q.months)
	for i := range q.months - q.first {
		starts[q.first+i] = math.Round(x[i])
	}
	return starts, nil
}
