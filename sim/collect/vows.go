package collect

import (
	"time"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
)

// vows are the promises of metrics that several policies make, told apart by the policy that governs a clock. A
// metric that one policy promises has none: they would say what is said of all its clocks.
type vows struct {
	all []vow
	of  [sla.Metrics][]int32 // by policy: its place in all, or -1; nil for a metric without vows
}

// vow is what a policy promises of a metric.
type vow struct {
	metric sla.Metric
	policy int
	share  float64 // 0 where the promise is per ticket, or differs between owners
}

// layVows finds the metrics that several policies promise.
func (b *builder) layVows() {
	policies := b.scenario.SLA.Policies
	for m := range sla.Metrics {
		var found []vow
		at := make([]int32, len(policies))
		for i := range policies {
			at[i] = -1
			if share, ok := sharePromised(&policies[i], m); ok {
				at[i] = int32(len(b.vows.all) + len(found))
				found = append(found, vow{m, i, share})
			}
		}
		if len(found) > 1 {
			b.vows.all = append(b.vows.all, found...)
			b.vows.of[m] = at
		}
	}
}

// sharePromised is the share that a policy promises of a metric, and whether it promises the metric.
func sharePromised(p *sla.Policy, m sla.Metric) (share float64, ok bool) {
	for i := range p.Targets {
		t := &p.Targets[i]
		if t.Metric != m {
			continue
		}
		if ok && t.Share != share {
			return 0, true
		}
		share, ok = t.Share, true
	}
	return share, ok
}

// vowOf is the vow of a clock; -1 if it has none.
func (l *Layout) vowOf(r *sla.Result) int32 {
	if at := l.vows.of[r.Metric]; at != nil {
		return at[r.Policy]
	}
	return -1
}

// byVow adds for each vow the breach rates by week, month and quarter; and where it is a share those by
// day, and how often periods of each length keep it.
func (b *builder) byVow() {
	for g := range b.vows.all {
		vow := &b.vows.all[g]
		if !b.promised(vow.metric, b.cuts[0]) {
			continue // of tickets that do not come
		}
		l := outcome.Labels{Metric: vow.metric.String(), Policy: b.scenario.SLA.Policies[vow.policy].Name}
		b.bySpan(vow.metric, l, len(b.dates.cuts)+g)
		if vow.share == 0 {
			continue
		}
		for _, day := range b.days() {
			l.Period = day.name
			b.measure(outcome.BreachByPeriod, l, outcome.UnitShare, func(c *Collector) (late, judged float64) {
				for _, n := range c.vowLines[g][day.from:day.to] {
					late, judged = late+float64(n.breached), judged+float64(n.judged)
				}
				return late, judged
			})
		}
		b.periodsKept(l, vow.share, func(c *Collector) []share { return c.vowLines[g] })
	}
}

// bySpan adds the breach rate by week, month and quarter of what is counted at a place of dated.
func (b *builder) bySpan(m sla.Metric, l outcome.Labels, at int) {
	for k := range dateKinds {
		n := len(b.dates.spans[k])
		for i, span := range b.dates.spans[k] {
			if !b.dates.counts(at, dateKinds[k]) {
				continue
			}
			l.Period = span.Name
			b.measure(outcome.BreachByPeriod, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
				s := c.dated[m][k][at*n+i]
				return float64(s.breached), float64(s.judged)
			})
		}
	}
}

// counts reports whether periods of a kind are measured at a place.
func (d *dates) counts(at int, p contract.Period) bool {
	return at >= len(d.cuts) || !d.monthly[at] || p == contract.Monthly
}

// pursue counts a judged clock for the promise that governs it.
func (c *Collector) pursue(vow int32, m sla.Metric, created time.Duration, interval int, missed int32) {
	s := &c.vowLines[vow][interval]
	s.judged++
	s.breached += missed
	c.dateIn(len(c.dates.cuts)+int(vow), m, created, interval, missed)
}
