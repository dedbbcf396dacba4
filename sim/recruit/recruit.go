// Package recruit finds how many people must begin in which month such that a team has the heads
// that its work asks for: the fewest, and of all plans with so few the one in which they begin
// latest.
//
// Both questions are whole-number programs (headcount.Question), which a solver proves. Where classes
// are too small to fill every month, what is missing is made as little as can be first.
package recruit

import (
	"context"
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/headcount"
	"github.com/headroom-sim/headroom/model/program"
	"github.com/headroom-sim/headroom/sim/optimize"
)

// Hired is a team's answer.
type Hired struct {
	Starts []float64 // by month of the plan
	Late   []int     // months that nobody can fill any more
	Proven bool      // no plan has fewer people, and none with as few has them later
}

// rounds bounds how often a plan is raised until it is sure.
const rounds = 12

// Starts plans a team's months. Sure is the chance, in each month, that heads suffice; 0: they
// do on average.
func Starts(ctx context.Context, s optimize.Solver, p *headcount.Plan, t *headcount.Team, sure float64) (*Hired, error) {
	raise := make([]float64, len(p.Months))
	for round := 0; ; round++ {
		h, err := fewest(ctx, s, p.Fewest(t, raise))
		if err != nil || sure == 0 {
			return h, err
		}
		doubtful := false
		for m, l := range p.Lines(t, h.Starts) {
			if l.Short <= 1-sure || slices.Contains(h.Late, m) {
				continue
			}
			// The month has too few even if they suffice on average: it asks for what chance may take.
			by := max(l.Heads-p.Surely(t, h.Starts, m, sure), 0)
			if by = max(by, raise[m]+step); by > raise[m] {
				raise[m], doubtful = by, true
			}
		}
		if !doubtful || round == rounds {
			return h, nil
		}
	}
}

// step is by how many heads a month is raised at least, so that rounds come to an end.
const step = 0.05

// fewest answers both questions, one after the other.
func fewest(ctx context.Context, s optimize.Solver, q *headcount.Question) (*Hired, error) {
	h := &Hired{Late: q.Late, Proven: true}
	if q.Empty() {
		var err error
		h.Starts, err = q.Starts(make([]float64, len(q.Program.Columns)))
		return h, err
	}
	a, err := s.Solve(ctx, q.Program, nil)
	if err != nil {
		return nil, err
	}
	if a.Verdict == program.Infeasible {
		r, err := s.Solve(ctx, q.Program.Relaxed(), nil)
		if err != nil {
			return nil, err
		}
		if r.X == nil {
			return nil, fmt.Errorf("recruit: %s found nothing in time", s.Name())
		}
		q.Give(r.X)
		if a, err = s.Solve(ctx, q.Program, nil); err != nil {
			return nil, err
		}
	}
	if a.X == nil {
		return nil, fmt.Errorf("recruit: %s found nothing in time", s.Name())
	}
	h.Proven = a.Verdict == program.Optimal
	q.Latest(a.Cost)
	later, err := s.Solve(ctx, q.Program, a.X)
	if err != nil {
		return nil, err
	}
	if later.X == nil {
		later = a
	}
	h.Proven = h.Proven && later.Verdict == program.Optimal
	h.Starts, err = q.Starts(later.X)
	return h, err
}
