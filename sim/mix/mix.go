// Package mix looks for the cheapest mix of measures against a spike that keeps a target, and proves it.
//
// The search goes from the mix whose roster is the cheapest to the dearest, on common random numbers. What a roster costs is a
// lower bound of what a mix costs, so that all mixes beyond the cheapest that seems to keep the target need no trial: none is
// left out by a guess. Those that may keep the target are then tried longer, the cheapest first, until the whole interval
// of one is on the right side of the bound. That one is run on fresh random numbers, of which the search knows nothing;
// unless it keeps the target there too it is refused, and the next one has its turn.
package mix

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/peak"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// Options are how much is tried. The zero value of a field is the usual.
type Options struct {
	experiment.Options
	Steps  int // of each measure up to its largest size; 0: two
	Screen int // replications of each mix at first; 0: ten
	Most   int // replications of a mix in the search, in its proof and in what is shown; 0: forty
	Proofs int // mixes that may be put to the proof; 0: three
	// Tried, if not nil, is called after each mix, with how many are over and how many there are at most.
	Tried func(done, most int)
}

func (o *Options) defaults() {
	usual := func(x *int, n int) {
		if *x == 0 {
			*x = n
		}
	}
	usual(&o.Steps, 2)
	usual(&o.Screen, 10)
	usual(&o.Most, 40)
	usual(&o.Proofs, 3)
}

// ErrInterrupted is the error of a study that was interrupted: nothing of it can be compared.
var ErrInterrupted = errors.New("interrupted before the study was over; nothing is kept: the same command starts anew")

// Run is the study of a plan. Without a goal nothing is looked for, and the measures are compared with doing nothing.
func Run(ctx context.Context, p *peak.Plan, goal *outcome.Goal, o Options) (*peak.Study, error) {
	o.defaults()
	s := &peak.Study{Plan: p, Goal: goal, Level: experiment.Level, Metric: ""}
	r := &runner{ctx: ctx, plan: p, study: s, o: o}
	r.try = r.trial
	if goal != nil {
		r.goal = goal.Measure
	}
	seed := p.Scenario.Run.Seed
	s.Search.Seed, s.Seed = seed, fresh(seed, 0)
	if goal != nil {
		if err := r.search(seed); err != nil {
			return nil, err
		}
	}
	return s, r.show()
}

// fresh is a seed of which nobody has seen a trial.
func fresh(seed uint64, k int) uint64 {
	return seed + 1_000_003*uint64(k+1)
}

type runner struct {
	ctx   context.Context
	plan  *peak.Plan
	study *peak.Study
	o     Options
	goal  string
	// try runs a mix: trial, but for tests of the search alone.
	try func(z peak.Sizes, seed uint64, n int) (*peak.Result, error)
}

// candidate is a mix that may be the answer.
type candidate struct {
	sizes  peak.Sizes
	least  float64 // what it costs at least
	result *peak.Result
}

// trial runs a mix.
func (r *runner) trial(z peak.Sizes, seed uint64, n int) (*peak.Result, error) {
	s, fixed, err := r.plan.Apply(z)
	if err != nil {
		return nil, err
	}
	alike := *s
	alike.Run.Seed = seed
	alike.Run.Exactly(alike.Run.Balance.Whole(n))
	alike.Run.Control = model.NoControl
	alike.Expect = nil
	x, err := experiment.Run(r.ctx, &alike, r.o.Options)
	if r.ctx.Err() != nil {
		return nil, ErrInterrupted
	}
	if err != nil {
		return nil, err
	}
	if r.study.Metric == "" {
		r.study.Metric = peak.Told(x, r.study.Goal)
	}
	result := r.plan.ResultOf(x, z, fixed, r.study.Metric, r.goal)
	if r.goal != "" && result.Goal.Num == nil {
		return nil, fmt.Errorf("%s is not measured with %s", r.goal, r.plan.Words(z))
	}
	r.study.Search.Trials += result.N
	return result, nil
}

// search finds the mixes that may keep the target, and proves the cheapest.
func (r *runner) search(seed uint64) error {
	all, err := r.grid()
	if err != nil {
		return err
	}
	r.study.Search.Mixes = len(all)
	for next := 0; next < len(all); {
		var open []*candidate
		if open, next, err = r.screen(all, next, seed); err != nil {
			return err
		}
		over, err := r.prove(open, seed)
		if over || err != nil {
			return err
		}
		// None of them stood the test: dearer ones have their turn.
	}
	return nil
}

// screen tries mixes from one on until all that follow have rosters dearer than a mix that seems to keep the target. Open are those
// that do not miss it, the cheapest first, and next is the first that was not tried.
func (r *runner) screen(all []*candidate, from int, seed uint64) (open []*candidate, next int, err error) {
	found := &r.study.Search
	cheapest := math.Inf(1)
	for next = from; next < len(all) && all[next].least <= cheapest; next++ {
		c := all[next]
		if c.result, err = r.try(c.sizes, seed, r.o.Screen); err != nil {
			return nil, 0, err
		}
		found.Tried++
		if r.o.Tried != nil {
			r.o.Tried(next+1, len(all))
		}
		switch r.verdict(c.result, experiment.Level) {
		case outcome.ExpectationMissed:
			found.Missed++
			continue
		case outcome.ExpectationMet:
			cost := peak.Mean(c.result.Cost).Estimate(c.result.Set, experiment.Level)
			// What it may cost at most: a dearer roster cannot be the cheaper mix.
			cheapest = min(cheapest, cost.Value+halfOf(cost.Low, cost.High))
		}
		open = append(open, c)
	}
	slices.SortStableFunc(open, func(a, b *candidate) int { return cmp.Compare(average(a.result.Cost), average(b.result.Cost)) })
	return open, next, nil
}

func halfOf(low, high float64) float64 {
	if h := (high - low) / 2; !math.IsNaN(h) && !math.IsInf(h, 0) {
		return h
	}
	return 0
}

func average(xs []float64) (sum float64) {
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}

// grid are all mixes that can be, from the cheapest roster to the dearest.
func (r *runner) grid() ([]*candidate, error) {
	var all []*candidate
	for _, z := range r.plan.Grid(r.o.Steps) {
		s, fixed, err := r.plan.Apply(z)
		if err != nil {
			continue // two measures that do not go together
		}
		all = append(all, &candidate{sizes: z, least: peak.Planned(s, fixed)})
	}
	if len(all) == 0 {
		return nil, errors.New("no mix can be simulated")
	}
	slices.SortStableFunc(all, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(a.least, b.least), cmp.Compare(a.sizes.Used(), b.sizes.Used()))
	})
	return all, nil
}

// verdict judges a mix by the target.
func (r *runner) verdict(x *peak.Result, level float64) outcome.Verdict {
	return r.study.Goal.Judge(x.Goal.Estimate(x.Set, level))
}

// prove tries the mixes longer, the cheapest first, and puts those that keep the target to the proof. It is over once one is
// proven, or as many were refused as may be.
func (r *runner) prove(open []*candidate, seed uint64) (over bool, err error) {
	s := r.study
	// Each of several proofs must not be right by luck: together they are as sure as one.
	level := 1 - (1-experiment.Level)/float64(r.o.Proofs)
	for _, c := range open {
		longer, err := r.try(c.sizes, seed, r.o.Most)
		if err != nil {
			return false, err
		}
		if v := r.verdict(longer, experiment.Level); v != outcome.ExpectationMet {
			if v == outcome.ExpectationUndecided {
				s.Search.Undecided++
			} else {
				s.Search.Missed++
			}
			continue
		}
		k := len(s.Proof.Refused)
		proof, err := r.try(c.sizes, fresh(seed, k), r.o.Most)
		if err != nil {
			return false, err
		}
		s.Seed = fresh(seed, k)
		s.Proof.Seed, s.Proof.N, s.Proof.Level = s.Seed, proof.N, level
		s.Proof.Estimate = proof.Goal.Estimate(proof.Set, level)
		if r.study.Goal.Judge(s.Proof.Estimate) == outcome.ExpectationMet {
			s.Cheapest = proof
			return true, nil
		}
		s.Proof.Refused = append(s.Proof.Refused, peak.Refused{Sizes: c.sizes, Estimate: s.Proof.Estimate})
		if len(s.Proof.Refused) == r.o.Proofs {
			return true, nil
		}
	}
	return false, nil
}

// show runs what is compared, on the random numbers of the proof.
func (r *runner) show() error {
	s := r.study
	at := func(z peak.Sizes) (*peak.Result, error) {
		if s.Cheapest != nil && s.Cheapest.Sizes == z {
			return s.Cheapest, nil
		}
		return r.try(z, s.Seed, r.o.Most)
	}
	var err error
	if s.Nothing, err = at(peak.Sizes{}); err != nil {
		return err
	}
	singles := r.plan.Singles()
	for _, z := range singles {
		x, err := at(z)
		if err != nil {
			return err
		}
		s.Singles = append(s.Singles, x)
	}
	if len(singles) < 2 {
		return nil
	}
	if _, _, err := r.plan.Apply(r.plan.Largest); err != nil {
		return nil // two measures that do not go together
	}
	s.Together, err = at(r.plan.Largest)
	return err
}
