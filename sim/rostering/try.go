package rostering

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/experiment"
	"github.com/headroom-sim/headroom/sim/lateness"
)

// tried is a roster that has been simulated.
type tried struct {
	heads   []int
	pay     float64 // planned, a week
	cost    float64 // what the search makes small, a week: pay, overtime, credits, price of occupancy
	values  []float64
	sure    []float64   // confidence that each target is kept
	excess  float64     // by how much targets are missed, in parts of what they allow; 0: all are kept
	slack   float64     // how near the values are to their bounds, the sum over targets: less is better
	weight  [][]float64 // hours that late clocks waited, by need and interval
	binding []float64   // by need: how near the targets behind that are to their bounds, 0 to 1
	outcome *outcome.Experiment
	credits float64
	what    string
}

// better reports whether a roster is to be preferred: the one that keeps the targets, or else
// comes nearer; and of two that do the cheaper one.
func (t *tried) better(o *tried, budget float64) bool {
	if o == nil {
		return true
	}
	if budget > 0 {
		a, b := max(0, t.pay-budget), max(0, o.pay-budget)
		switch {
		case a != b:
			return a < b
		case t.slack != o.slack:
			return t.slack < o.slack
		}
		return t.cost < o.cost-1e-9
	}
	if t.excess != o.excess {
		return t.excess < o.excess
	}
	return t.cost < o.cost-1e-9
}

// kept reports whether the roster may be offered, before any proof.
func (t *tried) kept(budget float64) bool {
	if budget > 0 {
		return t.pay <= budget*(1+1e-9)
	}
	return t.excess == 0
}

// simulate tries some heads for n replications of a seed. Where late tickets waited is left out
// where it is not wanted.
func (f *finder) simulate(ctx context.Context, heads []int, seed uint64, n int, press bool) (*tried, error) {
	s := f.space.staffed(heads)
	if b := f.extra; b != nil {
		team := &s.Teams[b.team]
		team.Shifts = append(team.Shifts, b.shift(team))
	}
	s.Run.Seed = seed
	s.Run.Exactly(n)
	o := experiment.Options{Workers: f.q.Workers, Tool: f.q.Tool}
	var watches []*lateness.Watch
	var total *lateness.Waits
	if press {
		simulation, err := sim.New(s)
		if err != nil {
			return nil, err
		}
		if f.aims == nil {
			f.aims = lateness.New(f.space.looked(), simulation.Catalog(), simulation.Layout().Plan.Classes)
		}
		total, watches = f.aims.Waits(), make([]*lateness.Watch, n)
		o.Watch = func(replication int) desk.Observer {
			watches[replication] = f.aims.Watch(total)
			return watches[replication]
		}
	}
	x, err := experiment.Run(ctx, s, o)
	if err != nil {
		return nil, err
	}
	if x.Replications < n {
		return nil, context.Cause(ctx)
	}
	t := &tried{heads: slices.Clone(heads), pay: f.space.pay(heads), outcome: x}
	if press {
		for _, w := range watches {
			w.Over()
		}
	}
	if err := f.judge(t); err != nil {
		return nil, err
	}
	if press {
		f.weigh(t, total, n)
	}
	return t, nil
}

// looked is what is asked of late tickets.
func (sp *space) looked() lateness.Question {
	q := lateness.Question{Scenario: sp.q.Scenario, Targets: sp.q.Targets, Intervals: len(sp.needs[0].base)}
	for i := range sp.needs {
		q.Works = append(q.Works, sp.needs[i].teams)
	}
	return q
}

// weigh puts where late tickets waited together, of all targets. One that is kept by far counts little: with a
// tenth of what it allows, a hundredth.
func (f *finder) weigh(t *tried, total *lateness.Waits, n int) {
	t.weight, t.binding = make([][]float64, len(f.space.needs)), make([]float64, len(f.space.needs))
	for i := range t.weight {
		t.weight[i] = make([]float64, len(f.space.needs[i].base))
		all, counts := 0., 0.
		for k := range total.By {
			factor := 1.
			if len(f.q.Targets) > 0 {
				used := 1 + overshoot(&f.q.Targets[k], t.values[k])
				factor = min(1, max(0, used)*max(0, used))
			}
			for at, sum := range total.By[k][i] {
				hours := time.Duration(sum).Hours() / float64(n)
				t.weight[i][at] += factor * hours
				all, counts = all+hours, counts+factor*hours
			}
		}
		if all > 0 {
			t.binding[i] = counts / all
		}
	}
}

// judge works out what targets and money came to.
func (f *finder) judge(t *tried) error {
	x := t.outcome
	for _, e := range f.q.Targets {
		m := measure(x, e.Measure)
		if m == nil {
			return problemf("%s is not measured in this scenario", e.Measure)
		}
		sure := kept(&e, m, f.q.Wish.Fails)
		t.values = append(t.values, m.Estimate.Value)
		t.sure = append(t.sure, sure)
		over := overshoot(&e, m.Estimate.Value)
		t.slack += over
		if !(sure >= f.sure) {
			// Even where the value is right it is not sure enough.
			t.excess += max(over, 0) + 0.01*(f.sure-max(0, sure)) + 1e-6
		}
	}
	if grows(x) {
		// Heads that let work pile up keep promises only until it is due.
		t.excess += tooFew
		t.slack += tooFew
	}
	week := 7 * 24 / (x.Scenario.Length - x.Scenario.Warmup).Hours()
	t.cost = money(x, f.space.saves, week)
	t.credits = money(x, outcome.Credit, week)
	if f.q.Wish.Credits {
		t.cost += t.credits
	}
	if f.q.Wish.Price > 0 {
		t.cost += f.q.Wish.Price * outside(x).Value * week
	}
	return nil
}

// tooFew is what counts as missed, in parts of what targets allow, where the queue grows to the end.
const tooFew = 0.1

// grows reports whether the queue was still growing at the end.
func grows(x *outcome.Experiment) bool {
	return slices.ContainsFunc(x.Warnings, func(w outcome.Warning) bool { return w.Kind == outcome.QueueGrows })
}

// overshoot is by how much a value misses its bound, in parts of the bound; below 0 if it keeps it.
func overshoot(e *outcome.Expectation, value float64) float64 {
	over := value - e.Bound
	scale := math.Abs(e.Bound)
	if e.Relation == outcome.Above || e.Relation == outcome.AtLeast {
		over = -over
		if e.Unit == outcome.UnitShare {
			scale = 1 - e.Bound
		}
	}
	if e.Unit == outcome.UnitShare {
		scale = max(scale, 0.01)
	}
	if scale == 0 {
		scale = 1
	}
	if math.IsNaN(over) {
		return 1
	}
	return over / scale
}

// measure finds a measure by its name; nil if there is none.
func measure(x *outcome.Experiment, name string) *outcome.Measure {
	for i := range x.Measures {
		if x.Measures[i].Describe() == name {
			return &x.Measures[i]
		}
	}
	return nil
}

// money is a sum of money, or of hours, over teams or contracts a week.
func money(x *outcome.Experiment, name string, week float64) (sum float64) {
	for _, m := range parts(x, name) {
		sum += m.Estimate.Value * week
	}
	return sum
}

// parts are the measures of a name that add up to the whole: by team, or by contract.
func parts(x *outcome.Experiment, name string) (list []*outcome.Measure) {
	for i := range x.Measures {
		m := &x.Measures[i]
		l := m.Labels
		if m.Name == name && (l == outcome.Labels{Team: l.Team} || l == outcome.Labels{Contract: l.Contract}) && l != (outcome.Labels{}) {
			list = append(list, m)
		}
	}
	return list
}

// totals are the sums of a measure over teams or contracts of each replication.
func totals(x *outcome.Experiment, name string) []float64 {
	sums := make([]float64, x.Replications)
	for _, m := range parts(x, name) {
		for r := range sums {
			sums[r] += m.Num[r] / m.Den[r]
		}
	}
	return sums
}

// outside is hours of heads that worked outside of the band of occupancy, in the measured time.
func outside(x *outcome.Experiment) estimate.Estimate {
	sums := make([]float64, x.Replications)
	for _, team := range x.Scenario.Teams {
		paid, ok := x.Measure(outcome.PaidHours, outcome.Labels{Team: team})
		if !ok {
			continue
		}
		for _, name := range []string{outcome.BelowBand, outcome.AboveBand} {
			m, ok := x.Measure(name, outcome.Labels{Team: team})
			for r := range sums {
				if ok && m.Den[r] > 0 {
					sums[r] += m.Num[r] / m.Den[r] * paid.Num[r] / paid.Den[r]
				}
			}
		}
	}
	return estimate.Mean(sums, x.Level())
}

// kept is the confidence that a target is kept: by Student's law of its estimate, or, where a
// chance of failing is allowed, that of the share of periods that miss it.
func kept(e *outcome.Expectation, m *outcome.Measure, fails float64) float64 {
	if fails > 0 {
		missed, of := misses(e, m)
		return estimate.AtMostShare(missed, of, fails)
	}
	over := e.Relation == outcome.Above || e.Relation == outcome.AtLeast
	if nothing := sum(m.Num) == 0; nothing && !over && e.Unit == outcome.UnitShare {
		// No event in so many trials speaks against rates above 3 in as many.
		return 1 - math.Exp(-e.Bound*sum(m.Den))
	}
	sure := m.Estimate.AtMost(e.Bound)
	if over {
		sure = 1 - sure
		if m.Estimate.Value == e.Bound && m.Estimate.HalfWidth() == 0 {
			sure = 1
		}
	}
	return sure
}

// misses is how many replications miss a target by themselves, of those that measured it.
func misses(e *outcome.Expectation, m *outcome.Measure) (missed, of int) {
	for r := range m.Num {
		if m.Den[r] == 0 {
			continue
		}
		of++
		if overshoot(e, m.Num[r]/m.Den[r]) > 0 {
			missed++
		}
	}
	return missed, of
}

func sum(xs []float64) (all float64) {
	for _, x := range xs {
		all += x
	}
	return all
}

// step is the roster as the proposal lists it.
func (t *tried) step(f *finder) roster.Step {
	return roster.Step{Cost: t.pay, Values: t.values, Kept: t.kept(f.q.Wish.Budget), Credit: t.credits, What: t.what}
}
