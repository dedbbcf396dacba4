// Package program is a mixed-integer linear program as a value: what is to be chosen, what
// must hold, and what it costs. It checks a choice and bounds the cost of all; it solves
// nothing (see sim/optimize).
package program

import (
	"fmt"
	"math"
)

// Program asks for the cheapest x with Lower ≤ x ≤ Upper for each column, whole where it
// must be, such that each row's sum lies between its bounds.
type Program struct {
	Columns []Column
	Rows    []Row
}

// Column is one number to be chosen.
type Column struct {
	Name         string
	Cost         float64 // of one unit
	Lower, Upper float64 // Upper may be +Inf
	Integer      bool
	Entries      []Entry // each row once at most
}

// Entry is what one unit of a column adds to a row.
type Entry struct {
	Row  int
	Coef float64
}

// Row is a condition on the sum of its entries. Lower may be -Inf, and Upper +Inf.
type Row struct {
	Name         string
	Lower, Upper float64
}

// Tolerance is by how much a sum, a bound or a whole number may be missed, for each unit
// of the bound's size.
const Tolerance = 1e-6

// Check reports a program that has no sense.
func (p *Program) Check() error {
	for i, r := range p.Rows {
		if math.IsNaN(r.Lower) || math.IsNaN(r.Upper) || r.Lower > r.Upper || math.IsInf(r.Lower, 1) || math.IsInf(r.Upper, -1) {
			return fmt.Errorf("row %d, %s: no sum lies between %v and %v", i, r.Name, r.Lower, r.Upper)
		}
	}
	seen := make([]int, len(p.Rows)) // the last column, + 1, that has an entry in a row
	for j, c := range p.Columns {
		switch {
		case math.IsNaN(c.Cost) || math.IsInf(c.Cost, 0):
			return fmt.Errorf("column %d, %s: cost must be finite, not %v", j, c.Name, c.Cost)
		case math.IsInf(c.Lower, 0) || !(c.Lower <= c.Upper):
			return fmt.Errorf("column %d, %s: no number lies between %v and %v, or the least is infinite", j, c.Name, c.Lower, c.Upper)
		}
		for _, e := range c.Entries {
			switch {
			case e.Row < 0 || e.Row >= len(p.Rows):
				return fmt.Errorf("column %d, %s: there is no row %d", j, c.Name, e.Row)
			case math.IsNaN(e.Coef) || math.IsInf(e.Coef, 0):
				return fmt.Errorf("column %d, %s: its entry in row %d must be finite, not %v", j, c.Name, e.Row, e.Coef)
			case seen[e.Row] == j+1:
				return fmt.Errorf("column %d, %s: two entries in row %d", j, c.Name, e.Row)
			}
			seen[e.Row] = j + 1
		}
	}
	return nil
}

// Cost is what a choice costs.
func (p *Program) Cost(x []float64) (sum float64) {
	for j := range p.Columns {
		sum += p.Columns[j].Cost * x[j]
	}
	return sum
}

// Sums are the rows' sums for a choice.
func (p *Program) Sums(x []float64) []float64 {
	sums := make([]float64, len(p.Rows))
	for j := range p.Columns {
		for _, e := range p.Columns[j].Entries {
			sums[e.Row] += e.Coef * x[j]
		}
	}
	return sums
}

// Feasible reports why a choice breaks a condition; nil if it keeps all, within
// Tolerance.
func (p *Program) Feasible(x []float64) error {
	if len(x) != len(p.Columns) {
		return fmt.Errorf("%d numbers for %d columns", len(x), len(p.Columns))
	}
	for j, c := range p.Columns {
		slack := Tolerance * max(1, math.Abs(x[j]))
		if !(x[j] >= c.Lower-slack && x[j] <= c.Upper+slack) {
			return fmt.Errorf("%s is %v, not between %v and %v", c.Name, x[j], c.Lower, c.Upper)
		}
		if c.Integer && math.Abs(x[j]-math.Round(x[j])) > Tolerance {
			return fmt.Errorf("%s is %v, not a whole number", c.Name, x[j])
		}
	}
	for i, sum := range p.Sums(x) {
		if r := p.Rows[i]; r.misses(sum) > Tolerance*max(1, math.Abs(sum)) {
			return fmt.Errorf("%s is %v, not between %v and %v", r.Name, sum, r.Lower, r.Upper)
		}
	}
	return nil
}

// misses is by how much a sum lies outside the bounds.
func (r *Row) misses(sum float64) float64 { return max(0, r.Lower-sum, sum-r.Upper) }

// Missed is by how much a choice misses each row's bounds.
func (p *Program) Missed(x []float64) []float64 {
	sums := p.Sums(x)
	for i := range sums {
		sums[i] = p.Rows[i].misses(sums[i])
	}
	return sums
}

// Relaxed is the program in which any row may be missed, at a cost of 1 for each unit and
// at no other cost: its best choice misses as little as can be. The columns of
// p come first, so that Missed tells which rows those are.
func (p *Program) Relaxed() *Program {
	out := &Program{Rows: p.Rows}
	for _, c := range p.Columns {
		c.Cost = 0
		out.Columns = append(out.Columns, c)
	}
	for i, r := range p.Rows {
		if !math.IsInf(r.Lower, 0) {
			out.Columns = append(out.Columns, Column{Name: "short of " + r.Name, Cost: 1, Upper: math.Inf(1), Entries: []Entry{{i, 1}}})
		}
		if !math.IsInf(r.Upper, 0) {
			out.Columns = append(out.Columns, Column{Name: "beyond " + r.Name, Cost: 1, Upper: math.Inf(1), Entries: []Entry{{i, -1}}})
		}
	}
	return out
}

// Verdict says how good an answer is.
type Verdict uint8

// The verdicts.
const (
	Optimal    Verdict = iota // nothing is cheaper
	Best                      // the best that was found; something may be cheaper
	Nothing                   // nothing was found, whether or not there is something
	Infeasible                // nothing keeps all conditions
)

var verdictNames = [...]string{"optimal", "best found", "nothing found", "infeasible"}

// String is the verdict in words.
func (v Verdict) String() string { return verdictNames[v] }

// Answer is what a solver found.
type Answer struct {
	Solver  string
	Verdict Verdict
	X       []float64 // by column; nil if there is none
	Cost    float64   // of X
	Bound   float64   // nothing costs less; -Inf if that is not known
}

// Gap is by which share of its cost an answer may be too dear: 0 when it is proven to be the
// best, +Inf when nothing is known or found.
func (a *Answer) Gap() float64 {
	switch {
	case a.X == nil:
		return math.Inf(1)
	case a.Cost-a.Bound <= Tolerance*max(1, math.Abs(a.Cost)):
		return 0
	case a.Cost == 0:
		return math.Inf(1)
	}
	return (a.Cost - a.Bound) / math.Abs(a.Cost)
}

// Accept makes an answer of a choice: whole numbers are rounded to what they mean, and it is an
// error if it then breaks a condition. A bound that meets the cost makes it Optimal.
func (p *Program) Accept(solver string, x []float64, bound float64) (Answer, error) {
	clean := make([]float64, len(x))
	for j, v := range x {
		if j < len(p.Columns) {
			c := &p.Columns[j]
			if c.Integer {
				v = math.Round(v)
			}
			v = min(max(v, c.Lower), c.Upper)
		}
		clean[j] = v
	}
	if err := p.Feasible(clean); err != nil {
		return Answer{}, fmt.Errorf("%s: %w", solver, err)
	}
	a := Answer{Solver: solver, Verdict: Best, X: clean, Cost: p.Cost(clean), Bound: p.roundUp(bound)}
	a.Bound = min(a.Bound, a.Cost)
	if a.Gap() == 0 {
		a.Verdict = Optimal
	}
	return a, nil
}
