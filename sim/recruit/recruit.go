// Package recruit finds how many people must begin in which month such that a team has the heads
// that its work asks for: the fewest, and of all plans with so few the one in which they begin
// latest.
//
// Both questions are whole-number programs (headcount.Question), which a solver proves. Where classes
// are too small to fill every month, what is missing is made as little as can be first. A context that
// ends leaves the best so far, with a number of people below which there is no plan.
package recruit

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/headcount"
	"github.com/headroom-sim/headroom/model/program"
	"github.com/headroom-sim/headroom/sim/optimize"
	"github.com/headroom-sim/headroom/sim/optimize/repair"
)

// Hired is a team's answer.
type Hired struct {
	Starts []float64 // by month of the plan
	Late   []int     // months that nobody can fill any more
	Proven bool      // no plan has fewer people, and none with as few has them later
	Bound  float64   // with fewer people there is no plan
	// Doubtful are months that can be filled, and have heads enough with a smaller chance than was asked for.
	Doubtful []int
}

// rounds bounds how often a plan is raised until it is sure.
const rounds = 40

// Starts plans a team's months. Sure is the chance, in each month, that heads suffice; 0: they
// do on average. Where that cannot be had, Doubtful says so.
func Starts(ctx context.Context, s optimize.Solver, p *headcount.Plan, t *headcount.Team, sure float64) (*Hired, error) {
	raise := make([]float64, len(p.Months))
	var best *Hired
	for round := 0; ; round++ {
		h, err := fewest(ctx, s, p.Fewest(t, raise))
		if err != nil || sure == 0 {
			return h, err
		}
		var buffers []float64
		h.Doubtful, buffers = doubts(p, t, h, sure)
		if best == nil || len(h.Doubtful) <= len(best.Doubtful) {
			best = h
		}
		if len(h.Doubtful) == 0 || round == rounds || ctx.Err() != nil {
			return best, nil
		}
		for i, m := range h.Doubtful {
			// The month has too few even if they suffice on average: it asks for what chance may take.
			raise[m] = max(buffers[i], raise[m]+step)
		}
	}
}

// step is by how many heads a month is raised at least, so that rounds come to an end.
const step = 0.05

// doubts are the months that can be filled and have a smaller chance than asked for, with what they need on top.
func doubts(p *headcount.Plan, t *headcount.Team, h *Hired, sure float64) (months []int, buffers []float64) {
	for m, l := range p.Lines(t, h.Starts) {
		if l.Short <= 1-sure || slices.Contains(h.Late, m) {
			continue
		}
		months, buffers = append(months, m), append(buffers, p.Buffer(t, h.Starts, m, sure))
	}
	return months, buffers
}

// brief is for how many rounds a plan is mended that nobody has found in time.
const brief = 200

// solve asks a solver, and where it finds nothing in time mends a plan that is just good enough.
func solve(ctx context.Context, s optimize.Solver, p *program.Program, start []float64) (program.Answer, error) {
	a, err := s.Solve(ctx, p, start)
	if err != nil || a.X != nil || a.Verdict == program.Infeasible || ctx.Err() == nil {
		return a, err
	}
	return repair.Solver{Rounds: brief}.Solve(context.WithoutCancel(ctx), p, start)
}

// fewest answers both questions, one after the other.
func fewest(ctx context.Context, s optimize.Solver, q *headcount.Question) (*Hired, error) {
	h := &Hired{Late: q.Late, Proven: true}
	if q.Empty() {
		var err error
		h.Starts, err = q.Starts(make([]float64, len(q.Program.Columns)))
		return h, err
	}
	a, err := solve(ctx, s, q.Program, nil)
	if err != nil {
		return nil, err
	}
	if a.X == nil { // classes are too small
		r, err := solve(ctx, s, q.Program.Relaxed(), nil)
		if err != nil {
			return nil, err
		}
		if r.X == nil {
			return nil, fmt.Errorf("recruit: %s found nothing in time", s.Name())
		}
		q.Give(r.X)
		if a, err = solve(ctx, s, q.Program, nil); err != nil {
			return nil, err
		}
		h.Proven = r.Verdict == program.Optimal
	}
	if a.X == nil {
		return nil, fmt.Errorf("recruit: %s found nothing in time", s.Name())
	}
	h.Bound = math.Max(0, math.Ceil(a.Bound-program.Tolerance))
	h.Proven = h.Proven && a.Verdict == program.Optimal
	q.Latest(a.Cost)
	later, err := s.Solve(ctx, q.Program, a.X)
	if err != nil {
		return nil, err
	}
	h.Proven = h.Proven && later.X != nil && later.Verdict == program.Optimal
	if later.X == nil {
		later = a
	}
	h.Starts, err = q.Starts(later.X)
	return h, err
}
