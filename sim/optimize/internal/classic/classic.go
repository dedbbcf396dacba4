// Package classic holds programs whose best cost is known, for the tests of the solvers.
package classic

import (
	"fmt"
	"math"

	"github.com/headroom-sim/headroom/model/program"
)

// Airline is the shifts of a check-in counter over ten stretches of the day (Hillier and Lieberman,
// "Introduction to Operations Research", section 3.4, Union Airways); its best costs AirlineCost.
func Airline() *program.Program {
	return cover([]float64{48, 79, 65, 87, 64, 73, 82, 43, 52, 15}, []float64{170, 160, 175, 180, 195},
		[][]int{{0, 1, 2, 3}, {1, 2, 3, 4}, {3, 4, 5, 6}, {6, 7, 8}, {8, 9}}, map[[2]int]bool{{5, 3}: true})
}

// AirlineCost is the daily cost of its best roster: 48, 31, 39, 43 and 15 agents.
const AirlineCost = 30610

// PostOffice is full-time clerks who work five days in a row and have two off (Winston, "Operations
// Research: Applications and Algorithms", section 3.5); it takes PostOfficeClerks.
func PostOffice() *program.Program {
	days := make([][]int, 7)
	for d := range days {
		for k := range 5 {
			days[d] = append(days[d], (d+k)%7)
		}
	}
	return cover([]float64{17, 13, 15, 19, 14, 16, 11}, []float64{1, 1, 1, 1, 1, 1, 1}, days, nil)
}

// PostOfficeClerks is the fewest clerks.
const PostOfficeClerks = 23

// cover is a covering program; more are further entries, as row and column.
func cover(need, cost []float64, covers [][]int, more map[[2]int]bool) *program.Program {
	p := &program.Program{}
	for i, n := range need {
		p.Rows = append(p.Rows, program.Row{Name: fmt.Sprintf("need %d", i), Lower: n, Upper: math.Inf(1)})
	}
	for j, rows := range covers {
		c := program.Column{Name: fmt.Sprintf("shift %d", j), Cost: cost[j], Upper: math.Inf(1), Integer: true}
		for i := range need {
			in := more[[2]int{i, j}]
			for _, r := range rows {
				in = in || r == i
			}
			if in {
				c.Entries = append(c.Entries, program.Entry{Row: i, Coef: 1})
			}
		}
		p.Columns = append(p.Columns, c)
	}
	return p
}

// Uncoverable cannot be covered: of two workers at most, three are needed in "need 1".
func Uncoverable() *program.Program {
	p := cover([]float64{1, 3}, []float64{5, 4}, [][]int{{0, 1}, {0, 1}}, nil)
	p.Columns[0].Upper, p.Columns[1].Upper = 1, 1
	return p
}

// Drawer draws a whole number from a range, both ends included.
type Drawer func(name string, low, high int) int

// Random draws a small program in which columns have few choices, some are bounded, some
// entries are negative and some rows have upper bounds.
func Random(draw Drawer) *program.Program {
	p := &program.Program{}
	for i := range draw("rows", 1, 5) {
		r := program.Row{Name: fmt.Sprintf("row %d", i), Lower: float64(draw("lower", 0, 6)), Upper: math.Inf(1)}
		if draw("capped", 0, 3) == 0 {
			r.Upper = r.Lower + float64(draw("room", 0, 8))
		}
		p.Rows = append(p.Rows, r)
	}
	for j := range draw("columns", 1, 5) {
		c := program.Column{
			Name: fmt.Sprintf("column %d", j), Cost: float64(draw("cost", 0, 9)), Integer: true,
			Lower: float64(max(0, draw("least", -3, 1))),
		}
		c.Upper = c.Lower + float64(draw("choices", 0, 4))
		for i := range p.Rows {
			if k := draw("entry", -1, 6); k != 0 {
				c.Entries = append(c.Entries, program.Entry{Row: i, Coef: math.Floor(float64(k)/2+1) - 2*max(0, float64(-k))})
			}
		}
		p.Columns = append(p.Columns, c)
	}
	return p
}

// Enumerate finds the best cost by trying all choices; false if none is feasible.
func Enumerate(p *program.Program) (best float64, ok bool) {
	x := make([]float64, len(p.Columns))
	best = math.Inf(1)
	var try func(j int)
	try = func(j int) {
		if j == len(x) {
			if p.Feasible(x) == nil {
				best = min(best, p.Cost(x))
			}
			return
		}
		for v := p.Columns[j].Lower; v <= p.Columns[j].Upper; v++ {
			x[j] = v
			try(j + 1)
		}
	}
	try(0)
	return best, !math.IsInf(best, 1)
}

// Week is the published size: 336 half hours and eight teams, 1,344 shifts of eight hours in all,
// each team with six starts a day and a break of half an hour in one of four places, over a load that
// swings by the day.
func Week() *program.Program {
	p := &program.Program{}
	for team := range 8 {
		addTeam(p, team, []int{0, 12, 16, 20, 28, 44})
	}
	return p
}

// HalfHourly is a week of one team whose shifts may start in every half hour, 1,344 of them.
func HalfHourly() *program.Program {
	p := &program.Program{}
	every := make([]int, 48)
	for i := range every {
		every[i] = i
	}
	addTeam(p, 0, every)
	return p
}

// addTeam adds a team with the half hours of a day in which its shifts may start.
func addTeam(p *program.Program, team int, starts []int) {
	const halves, length = 336, 16
	base := len(p.Rows)
	for i := range halves {
		hour := float64(i%48) / 2
		need := 4 + 3*float64(team%3) + (6+2*float64(team))*math.Max(0, math.Sin((hour-7)/14*math.Pi))
		p.Rows = append(p.Rows, program.Row{Name: fmt.Sprintf("team %d, half hour %d", team, i), Lower: math.Ceil(need), Upper: math.Inf(1)})
	}
	for at := range 7 * len(starts) {
		start := at/len(starts)*48 + starts[at%len(starts)]
		for _, pause := range []int{6, 7, 8, 9} {
			c := program.Column{Name: fmt.Sprintf("team %d from %d, break at %d", team, start, pause), Upper: math.Inf(1), Integer: true}
			for k := range length {
				i := (start + k) % halves
				c.Cost += 12
				if hour := i % 48 / 2; hour >= 22 || hour < 6 {
					c.Cost += 3
				}
				if i/48 >= 5 {
					c.Cost += 6
				}
				if k != pause {
					c.Entries = append(c.Entries, program.Entry{Row: base + i, Coef: 1})
				}
			}
			p.Columns = append(p.Columns, c)
		}
	}
}
