package collect

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/sim/desk"
)

// relaxed is what became of the clocks whose target a relaxation made longer, and how many
// would have been late by the usual target.
type relaxed struct{ judged, missed, usual int64 }

// relax counts a judged clock, if its target is a relaxed one. Seen from the usual target
// the same clock is late if it is late now, or if it has counted more than that target.
func (c *Collector) relax(t *desk.Ticket, r sla.Result, missed int32) {
	terms := c.desk.Terms(t.Promised)
	for i := range terms {
		m := &terms[i]
		if m.Metric != r.Metric || m.Policy != r.Policy || m.Relaxed == 0 {
			continue
		}
		k := &c.relaxed[m.Relaxed-1][r.Metric]
		k.judged++
		k.missed += int64(missed)
		if missed > 0 || r.Elapsed > m.Usual {
			k.usual++
		}
	}
}

// relaxedPromises adds what the relaxations do. Scenarios without any have none of
// these measures.
func (b *builder) relaxedPromises() {
	for i := range b.relaxations {
		x := &b.relaxations[i]
		for m := range sla.Metrics {
			if !b.relaxes(i, m) {
				continue
			}
			l := outcome.Labels{Metric: m.String(), Relaxation: x.Name}
			of := func(c *Collector) *relaxed { return &c.relaxed[i][m] }
			b.measure(outcome.BreachRateRelaxed, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
				return float64(of(c).missed), float64(of(c).judged)
			})
			b.measure(outcome.BreachRateUsual, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
				return float64(of(c).usual), float64(of(c).judged)
			})
			b.measure(outcome.RelaxedClocks, l, outcome.UnitClocks, func(c *Collector) (float64, float64) {
				return float64(of(c).judged), 1
			})
		}
	}
}

// relaxes reports whether a relaxation makes a target of a metric longer for any class.
func (b *builder) relaxes(relaxation int, m sla.Metric) bool {
	for i := range b.classes {
		for k := range b.relaxations {
			// Which of several makes a target the longest changes at their edges only.
			for _, at := range [...]time.Duration{b.relaxations[k].From, b.relaxations[k].Until} {
				if slices.ContainsFunc(b.desk.Terms(b.desk.Promised(int32(i), at)), func(t sla.Term) bool {
					return t.Metric == m && t.Relaxed == relaxation+1
				}) {
					return true
				}
			}
		}
	}
	return false
}
