package rostering

import (
	"context"
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/erlang"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/requirement"
	"github.com/headroom-sim/headroom/model/roster"
)

// baseline is a way to say how many heads each interval takes without simulation.
type baseline struct {
	name  string
	heads func(r *requirement.Requirement, g *requirement.Group) ([]float64, error)
	asIs  bool // is not scaled until it keeps the targets
}

// baselines are what planners know. Work in writing is levelled to its deadlines for all of
// them, which is more than an Erlang calculator offers.
var baselines = []baseline{
	{"Erlang C by interval, each queue by itself", erlangC, false},
	{"modified offered load, pooled", by(requirement.ModifiedLoad), false},
}

// further are those that differ from one another where customers wait on the line.
var further = []baseline{
	{"mean rate of each interval, pooled (SIPP)", by(requirement.SIPP), true},
	{"rate one handling time before, pooled (Lag-Avg)", by(requirement.LagAvg), true},
	{"largest rate one handling time before, pooled (Lag-Max)", by(requirement.LagMax), true},
	{"load and a multiple of its square root, pooled", by(requirement.SquareRoot), true},
}

// by staffs all queues of a group together by a method.
func by(m requirement.Method) func(*requirement.Requirement, *requirement.Group) ([]float64, error) {
	return func(r *requirement.Requirement, g *requirement.Group) ([]float64, error) { return r.Heads(g, m) }
}

// erlangC staffs each queue and interval by itself with Erlang C, and whole heads for each: the
// mean rate of the interval as if it had always been so, and customers who never hang up.
func erlangC(r *requirement.Requirement, g *requirement.Group) ([]float64, error) {
	heads, err := r.Deferred(g)
	if err != nil {
		return nil, err
	}
	for i := range heads {
		heads[i] = float64(requirement.Whole(heads[i]))
	}
	each := int(r.Interval / r.Step)
	for i := range g.Queues {
		q := &g.Queues[i]
		for k := range heads {
			contacts, seconds := 0., 0.
			for j := k * each; j < min((k+1)*each, len(q.Contacts)); j++ {
				contacts, seconds = contacts+q.Contacts[j], seconds+q.Seconds[j]
			}
			if contacts < 1e-6 {
				continue
			}
			load := erlang.Load{Rate: contacts / r.Interval.Seconds(), Handle: seconds / contacts}
			n, err := q.Target.Agents(load, 0)
			if err != nil {
				return nil, err
			}
			heads[k] += math.Ceil(float64(n)/q.Slots - 1e-9)
		}
	}
	return heads, nil
}

// baselines staffs the scenario as planners would, scales that until it keeps the targets as the
// roster does, and compares what it costs on the random numbers of the proof.
func (f *finder) baselines(ctx context.Context, x *roster.Proposal, p *proof) error {
	list := baselines
	if slices.ContainsFunc(f.space.work.Groups, func(g requirement.Group) bool { return len(g.Queues) > 0 }) {
		list = slices.Concat(list, further)
	}
	for _, b := range list {
		if f.q.Progress != nil {
			f.q.Progress(b.name, p.pay)
		}
		one, err := f.baseline(ctx, b, p)
		if err != nil {
			return err
		}
		x.Baselines = append(x.Baselines, one)
	}
	return nil
}

func (f *finder) baseline(ctx context.Context, b baseline, p *proof) (roster.Baseline, error) {
	out := roster.Baseline{Name: b.name}
	r := f.space.work
	base := make([][]float64, len(r.Groups))
	for i := range r.Groups {
		heads, err := b.heads(r, &r.Groups[i])
		if err != nil {
			return out, err
		}
		base[i] = heads
	}
	// at is the roster at a scale, on the random numbers of the proof; the targets are kept as
	// surely as asked for.
	g := *f
	g.sure = f.q.Wish.Confidence
	solver := f.q.Solver
	if f.q.Quick != nil && len(f.space.slots) > many {
		solver = f.q.Quick
	}
	at := func(by float64) (*tried, error) {
		needs := make([][]float64, len(base))
		for i := range base {
			needs[i] = make([]float64, len(base[i]))
			for k, h := range base[i] {
				needs[i][k] = h * by
			}
		}
		heads, _, err := f.space.solve(ctx, solver, needs, nil)
		if err != nil {
			return nil, err
		}
		return g.simulate(ctx, heads, p.seed, f.q.Proof, false)
	}
	t, err := at(1)
	if err != nil {
		return out, err
	}
	out.AsIs, out.Holds, out.Scale = t.pay, t.excess == 0, 1
	if out.AsIsOnly = b.asIs; b.asIs {
		out.Scale, out.Dearer = 0, estimate.Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
		return out, nil
	}
	best := t
	low, high := 0., 0.
	if out.Holds {
		high = 1
	} else {
		low = 1
	}
	for range 2 * scalings {
		by := math.Sqrt(low * high)
		switch {
		case high == 0:
			by = low * 1.25
		case low == 0:
			by = high / 1.25
		case high/low < 1.01:
			by = 0
		}
		if by == 0 || by > mostScale || by < leastScale {
			break
		}
		if t, err = at(by); err != nil {
			return out, err
		}
		if t.excess == 0 {
			high = by
		} else {
			low = by
		}
		if t.better(best, 0) {
			best, out.Scale = t, by
		}
	}
	if solver = f.q.Solver; best.excess == 0 && len(f.space.slots) > many && f.q.Quick != nil {
		by := out.Scale
		for range refinements {
			if t, err = at(by); err != nil {
				return out, err
			}
			if t.better(best, 0) {
				best, out.Scale = t, by
			}
			if t.excess == 0 {
				break
			}
			by *= 1.04
		}
	}
	out.Cost = best.pay
	for _, e := range f.q.Targets {
		out.Values = append(out.Values, measure(best.outcome, e.Measure).Estimate)
	}
	if best.excess == 0 {
		cost, ours := totals(best.outcome, f.space.saves), totals(p.outcome, f.space.saves)
		ones := make([]float64, len(cost))
		for i := range ones {
			ones[i] = 1
		}
		out.Dearer = estimate.PairedQuotient(ours, ones, cost, ones, p.outcome.Level())
		out.Dearer.Value, out.Dearer.Low, out.Dearer.High = out.Dearer.Value-1, out.Dearer.Low-1, out.Dearer.High-1
	} else {
		out.Scale = 0
		out.Dearer = estimate.Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
	}
	return out, nil
}
