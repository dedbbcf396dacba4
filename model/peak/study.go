package peak

import (
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
)

// Result is what trials of a mix came to: totals by replication.
type Result struct {
	Sizes Sizes
	N     int
	Set   int // replications that were drawn together
	// Cost is all of Staff, Measures (bots, training, goodwill) and Credits.
	Cost, Staff, Measures, Credits []float64
	Goal                           Totals // of the target's measure
	Late                           Totals // promises of Metric that are broken, in the measured time
	Usual                          Totals // the same by the targets that hold in ordinary time
	Spike                          Totals // of tickets that were created on the days of the spike
	Recovery, Unrecovered, Backlog Totals
}

// Totals are numerators and denominators by replication.
type Totals struct{ Num, Den []float64 }

// Estimate is the ratio of the totals.
func (t Totals) Estimate(set int, level float64) estimate.Estimate {
	return estimate.Ratio(estimate.Sets(t.Num, set), estimate.Sets(t.Den, set), level)
}

// Against is the paired difference of the ratio from that of others.
func (t Totals) Against(base Totals, set int, level float64) estimate.Difference {
	return estimate.PairedRatio(estimate.Sets(base.Num, set), estimate.Sets(base.Den, set), estimate.Sets(t.Num, set), estimate.Sets(t.Den, set), level)
}

// Mean are totals whose ratio is a mean over replications.
func Mean(num []float64) Totals {
	den := make([]float64, len(num))
	for i := range den {
		den[i] = 1
	}
	return Totals{num, den}
}

// Study is what can be done about a spike, and what it comes to. All results are of one seed, with as many replications each.
type Study struct {
	Plan     *Plan
	Goal     *outcome.Goal // nil: no mix was looked for
	Metric   string        // of Late
	Level    float64
	Nothing  *Result
	Singles  []*Result // each measure alone
	Together *Result   // all of them; nil where that is one of Singles
	Cheapest *Result   // the cheapest mix that keeps the target; nil where none is proven
	Proof    Proof
	Search   Search
	Seed     uint64
}

// Proof says how the mix was proven.
type Proof struct {
	Seed     uint64 // fresh: no trial of the search has used it
	N        int
	Level    float64 // of the interval that lies on the right side of the bound
	Estimate estimate.Estimate
	// Refused are mixes that seemed to keep the target in the search, and did not on fresh random numbers.
	Refused []Refused
}

// Refused is a mix that a proof run did not confirm.
type Refused struct {
	Sizes    Sizes
	Estimate estimate.Estimate
}

// Search says what was looked at.
type Search struct {
	Mixes, Tried, Missed, Undecided int
	Trials                          int
	Seed                            uint64
}

// JointLevel is the level of each of several intervals that hold together at the study's level.
func (s *Study) JointLevel() float64 {
	n := len(s.Singles)
	if s.Together != nil {
		n++
	}
	if s.Cheapest != nil {
		n++
	}
	return 1 - (1-s.Level)/float64(max(1, n))
}

// ResultOf reads what an experiment with some sizes leaves. Fixed is what measures cost once and for all, metric that of the
// promises that are told, and goal the measure of the target, which may be empty.
func (p *Plan) ResultOf(x *outcome.Experiment, z Sizes, fixed float64, metric, goal string) *Result {
	n := x.Replications
	r := &Result{Sizes: z, N: n, Set: max(1, x.Set), Credits: x.Credits()}
	r.Staff = x.Totals(outcome.Cost, outcome.Labels{})
	bots := x.Totals(outcome.BotCost, outcome.Labels{Bot: botName})
	relaxed := x.Totals(outcome.RelaxedClocks, outcome.Labels{Metric: metric, Relaxation: relaxationName})
	for i := range n {
		measures := fixed + bots[i] + p.Prices.Goodwill*relaxed[i]
		r.Measures = append(r.Measures, measures)
		r.Cost = append(r.Cost, r.Staff[i]+measures+r.Credits[i])
	}
	of := func(name string, l outcome.Labels) Totals {
		if m, ok := x.Measure(name, l); ok {
			return Totals{m.Num, m.Den}
		}
		return Totals{make([]float64, n), make([]float64, n)}
	}
	r.Late = of(outcome.BreachRate, outcome.Labels{Metric: metric})
	late, usual := of(outcome.BreachRateRelaxed, outcome.Labels{Metric: metric, Relaxation: relaxationName}), of(outcome.BreachRateUsual, outcome.Labels{Metric: metric, Relaxation: relaxationName})
	r.Usual = Totals{make([]float64, n), r.Late.Den}
	for i := range n {
		r.Usual.Num[i] = r.Late.Num[i] - late.Num[i] + usual.Num[i]
	}
	r.Spike = Totals{make([]float64, n), make([]float64, n)}
	first, last := p.Days()
	for d := first; d.Compare(last) <= 0; d = d.AddDays(1) {
		day := of(outcome.BreachByPeriod, outcome.Labels{Metric: metric, Period: d.String()})
		for i := range n {
			r.Spike.Num[i], r.Spike.Den[i] = r.Spike.Num[i]+day.Num[i], r.Spike.Den[i]+day.Den[i]
		}
	}
	r.Recovery = of(outcome.Recovery, outcome.Labels{Spike: p.Spike.Name})
	r.Unrecovered = of(outcome.Unrecovered, outcome.Labels{Spike: p.Spike.Name})
	r.Backlog = of(outcome.BacklogPeak, outcome.Labels{})
	for i := range x.Measures {
		if m := &x.Measures[i]; m.Describe() == goal {
			r.Goal = Totals{m.Num, m.Den}
		}
	}
	return r
}

// Told is the metric whose promises are told: that of the goal, or the first that the scenario promises.
func Told(x *outcome.Experiment, goal *outcome.Goal) string {
	names := x.Metrics()
	if goal != nil {
		for i := range x.Measures {
			if m := &x.Measures[i]; m.Describe() == goal.Measure && m.Labels.Metric != "" {
				return m.Labels.Metric
			}
		}
	}
	if len(names) > 0 {
		return names[0]
	}
	return sla.FirstReply.String()
}
