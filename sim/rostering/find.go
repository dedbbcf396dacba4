package rostering

import (
	"context"
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/sim/rng"
)

// rounds is how many proofs may be tried. What each may use of the error allowed in all is halved.
const rounds = 5

// methodShare is the part of it for the method, so that there is time to go from shift to shift.
const methodShare = 0.2

// searchShare is the part of the time limit for the search; the rest is for what proofs ask for.
const searchShare = 0.5

// Find answers a question. After an interrupt, or when the time limit is over, what has been
// found by then is proven still; a second interrupt ends that, too. The error is a *Problem where
// the question has no sense, and an *optimize.Uncovered where the shifts cannot keep the
// limits. A proposal that is not Kept is what came nearest and is not to be staffed.
func Find(ctx context.Context, q Question) (*roster.Proposal, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	limit, search := ctx, ctx
	if q.Limit > 0 {
		var stop, end context.CancelFunc
		limit, stop = context.WithTimeout(ctx, q.Limit)
		defer stop()
		search, end = context.WithTimeout(ctx, time.Duration(searchShare*float64(q.Limit)))
		defer end()
	}
	// What has been found is proven in any case.
	ctx = context.WithoutCancel(ctx)
	space, err := newSpace(&q)
	if err != nil {
		return nil, err
	}
	f := &finder{q: &q, space: space, seed: seed(&q, 0, searching), sure: 1 - (1-q.Wish.Confidence)/2, tried: map[string]*tried{}}
	inTime := true
	if err := f.search(search); err != nil {
		if !ended(search, err) || f.best == nil {
			return nil, err
		}
		inTime = false
	}
	p, err := f.prove(ctx, limit)
	if err != nil {
		return nil, err
	}
	p.inTime = inTime && p.inTime
	return f.proposal(ctx, p)
}

// search finds the best roster that it can.
func (f *finder) search(ctx context.Context) error {
	quick := f.q.Quick != nil && len(f.space.slots) > many
	if f.solver = f.q.Solver; quick {
		f.solver = f.q.Quick
	}
	f.scaling = true
	by, err := f.scale(ctx)
	if err != nil {
		return err
	}
	f.scaling = false
	if quick = quick || f.space.slow && f.q.Quick != nil; quick && f.q.Wish.Budget == 0 && f.best.kept(0) {
		if by, err = f.refine(ctx, by); err != nil {
			return err
		}
	}
	f.solver = f.q.Solver
	if !f.best.kept(f.q.Wish.Budget) {
		return nil // no number of heads on these shifts keeps the targets
	}
	part := ctx
	if f.q.Limit > 0 {
		var stop context.CancelFunc
		part, stop = context.WithTimeout(ctx, time.Duration(methodShare*float64(f.q.Limit)))
		defer stop()
	}
	if f.q.Wish.Method == Cuts {
		err = f.cuts(part, by)
	} else {
		err = f.iterate(part, by)
	}
	if err != nil && (ctx.Err() != nil || !ended(part, err)) {
		return err
	}
	return f.trim(ctx)
}

// What a seed is for.
const (
	searching = iota
	proving
)

// seed is a seed of its own for each round of searching and proving.
func seed(q *Question, round, what int) uint64 {
	stream := rng.Key{Seed: q.Scenario.Run.Seed}.Of(rng.Seeds, rng.Domain("rostering"), uint64(2*round+what))
	return stream.Uint64()
}

// proof is a roster with its proof run.
type proof struct {
	*tried
	own    *tried // the scenario's own roster on the same random numbers
	seed   uint64
	rounds int
	kept   bool
	inTime bool
}

// prove simulates the best roster on random numbers of its own, and strengthens it until each
// target is kept with confidence.
func (f *finder) prove(ctx, limit context.Context) (*proof, error) {
	inTime := true
	for round := 1; ; round++ {
		if f.q.Progress != nil {
			f.q.Progress("proof", f.best.pay)
		}
		p := &proof{seed: seed(f.q, round, proving), rounds: round}
		var err error
		if p.tried, err = f.simulate(ctx, f.best.heads, p.seed, f.q.Proof, false); err != nil {
			return nil, err
		}
		asked := 1 - (1-f.q.Wish.Confidence)/math.Pow(2, float64(min(round, rounds)))
		// A budget is kept or not before anything is simulated; what it buys is only measured.
		p.kept = f.best.kept(f.q.Wish.Budget) || f.q.Wish.Budget == 0
		for _, sure := range p.sure {
			p.kept = p.kept && (sure >= asked || f.q.Wish.Budget > 0)
		}
		p.kept = p.kept && (!grows(p.outcome) || f.q.Wish.Budget > 0)
		p.inTime = inTime
		if p.kept || round == rounds || !f.best.kept(f.q.Wish.Budget) || limit.Err() != nil {
			p.own, err = f.own(ctx, p.seed)
			return p, err
		}
		if err := f.strengthen(limit, round); err != nil {
			if !ended(limit, err) {
				return nil, err
			}
			inTime = false
		}
	}
}

// own is the scenario's own roster, on the random numbers of a proof.
func (f *finder) own(ctx context.Context, seed uint64) (*tried, error) {
	g := *f
	space := *f.space
	space.slots = nil // nobody is staffed: all teams keep their own shifts
	g.space = &space
	t, err := g.simulate(ctx, nil, seed, f.q.Proof, false)
	if err != nil {
		return nil, err
	}
	bill := f.space.bill(f.q.Scenario)
	t.pay = bill.Total() / f.space.weeks
	return t, nil
}

// strengthen adds heads to the best roster where late clocks wait, on random numbers that it has
// not been fitted to, until it keeps the targets with more confidence than before.
func (f *finder) strengthen(ctx context.Context, round int) error {
	heads := f.best.heads
	f.seed = seed(f.q, round, searching)
	f.sure = 1 - (1-f.sure)/2
	f.q.Trials = min(2*f.q.Trials, max(f.q.Proof, f.q.Trials))
	f.best, f.tried = nil, map[string]*tried{}
	t, err := f.try(ctx, heads, "on other random numbers")
	batch := 1
	for err == nil && t.excess > 0 {
		heads = append([]int(nil), t.heads...)
		not := map[int]bool{}
		added := 0
		for added < batch {
			m, some := f.mostUrgent(&tried{heads: heads, weight: t.weight}, not)
			if !some {
				break
			}
			f.space.move(heads, m, 1)
			not[m.key] = true
			added++
		}
		if added == 0 {
			return nil // nothing helps
		}
		t, err = f.try(ctx, heads, counted(count(heads)-count(t.heads))+" more")
		batch *= 2
	}
	if err != nil || batch <= 2 {
		return err
	}
	// Several at once may have been more than it takes.
	return f.drop(ctx, failures/3)
}

// weekly is a sum of each replication over the measured time, as an estimate of a week's.
func weekly(x *outcome.Experiment, sums []float64) estimate.Estimate {
	week := float64(7*24*time.Hour) / float64(x.Scenario.Length-x.Scenario.Warmup)
	out := make([]float64, len(sums))
	for i, s := range sums {
		out[i] = s * week
	}
	return estimate.Mean(out, x.Level())
}
