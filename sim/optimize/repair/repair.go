// Package repair is the solver that is always there: it tears out a part of a choice, mends it
// greedily, prunes what has become superfluous, and keeps what is cheaper (large
// neighbourhood search: Shaw 1998; Ruin and Recreate: Schrimpf and others 2000). It proves
// nothing, but its answers carry Lagrange's bound (program.Bound), so the gap is known.
//
// The same seed and rounds give the same answer; only a context that ends cuts it short.
package repair

import (
	"context"
	"math"
	"math/rand/v2"

	"github.com/headroom-sim/headroom/model/program"
)

// Name is what the solver calls itself in its answers.
const Name = "destroy and repair"

// Solver searches for so many rounds. Its zero value is usable.
type Solver struct {
	Seed   uint64
	Rounds int // 0: by the size of the program
}

// Name is destroy and repair.
func (s Solver) Name() string { return Name }

// Rounds by default: the fewer the larger the program, so that those of the published size
// take seconds.
const (
	leastRounds = 2000
	mostRounds  = 15000
	work        = 2e7
)

// rounds is how many rounds are searched.
func (s Solver) rounds(p *program.Program) int {
	if s.Rounds > 0 {
		return s.Rounds
	}
	return min(max(leastRounds, int(work/float64(len(p.Columns)+1))), mostRounds)
}

// boundRounds is how long Lagrange's bound is improved.
const boundRounds = 1000

// Solve searches until its rounds are over, the bound is met or ctx is done, and gives
// the best choice found. That nothing was found is no proof that there is nothing, unless
// some row is out of reach by the bounds of its columns: then the verdict is
// program.Infeasible. start is a choice to begin with, and may be nil.
func (s Solver) Solve(ctx context.Context, p *program.Program, start []float64) (program.Answer, error) {
	if err := p.Check(); err != nil {
		return program.Answer{}, err
	}
	none := program.Answer{Solver: Name, Verdict: program.Nothing, Bound: math.Inf(-1)}
	if ctx.Err() != nil {
		return none, nil
	}
	if outOfReach(p) {
		none.Verdict, none.Bound = program.Infeasible, math.Inf(1)
		return none, nil
	}
	r := newSearch(p, rand.New(rand.NewPCG(s.Seed, 0x5eed)))
	if len(start) > 0 && p.Feasible(start) == nil {
		r.set(start)
	}
	best, cost := r.begin(ctx)
	if best == nil {
		return none, nil
	}
	bound := p.Bound(cost, boundRounds)
	best, cost = r.improve(ctx, best, cost, bound, s.rounds(p))
	// A cheaper choice narrows what any better one can be.
	if ctx.Err() == nil && bound < cost {
		bound = max(bound, p.Bound(cost, boundRounds))
	}
	return p.Accept(Name, best, bound)
}

// outOfReach reports a row whose bounds no choice within those of the columns meets.
func outOfReach(p *program.Program) bool {
	low, high := make([]float64, len(p.Rows)), make([]float64, len(p.Rows))
	for j := range p.Columns {
		c := &p.Columns[j]
		for _, e := range c.Entries {
			a, b := e.Coef*c.Lower, e.Coef*c.Upper
			if e.Coef == 0 {
				b = 0
			}
			low[e.Row] += min(a, b)
			high[e.Row] += max(a, b)
		}
	}
	for i, r := range p.Rows {
		slack := program.Tolerance * max(1, math.Abs(low[i]), math.Abs(high[i]))
		if !math.IsInf(high[i], 0) && high[i] < r.Lower-slack || !math.IsInf(low[i], 0) && low[i] > r.Upper+slack {
			return true
		}
	}
	return false
}
