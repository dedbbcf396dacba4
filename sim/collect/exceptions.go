package collect

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/sim/desk"
)

// excused holds the judged clocks of tickets that exceptions affect. What counts
// with the exceptions applied is the difference to what counts without, so that
// nothing else needs to know of them.
type excused struct {
	excluded [sla.Metrics][]period // by class; nil without exceptions
	deals    [][]waived            // by deal, by period
}

// waived is what the exceptions take out of a contract's record over one period.
type waived struct {
	excluded period // out of attainment, and out of the credit
	credit   period // out of the credit: excluded or suspended
}

func newExcused(l *Layout) excused {
	var x excused
	if len(l.excuses) == 0 {
		return x
	}
	for m := range x.excluded {
		x.excluded[m] = make([]period, len(l.classes))
	}
	for i := range l.deals {
		x.deals = append(x.deals, make([]waived, len(l.deals[i].periods)))
	}
	return x
}

func (x *excused) reset() {
	for m := range x.excluded {
		clear(x.excluded[m])
	}
	for _, d := range x.deals {
		clear(d)
	}
}

// layExceptions notes for each class the exceptions that match it.
func (b *builder) layExceptions() {
	for i := range b.excuses {
		for j := range b.classes {
			if b.excuses[i].Match.Matches(b.classes[j].Class) {
				b.classes[j].excuses = append(b.classes[j].excuses, int32(i))
			}
		}
	}
}

// excuse counts a judged clock of a ticket that an exception may affect.
func (c *Collector) excuse(t *desk.Ticket, m sla.Metric, missed int32) {
	cl := &c.classes[t.Promised]
	affected, excluded := false, false
	for _, i := range cl.excuses {
		if e := &c.excuses[i]; e.Affects(cl.Class, t.Created) {
			affected = true
			excluded = excluded || e.Do == model.Exclude
		}
	}
	if !affected {
		return
	}
	met := int64(1 - missed)
	if excluded {
		k := &c.excused.excluded[m][t.Promised]
		k.judged++
		k.met += met
	}
	for _, i := range cl.deals {
		d := &c.deals[i]
		if d.Metric != m {
			continue
		}
		w := &c.excused.deals[i][d.periodOf(t.Created)]
		w.credit.judged++
		w.credit.met += met
		if excluded {
			w.excluded.judged++
			w.excluded.met += met
		}
	}
}

// without is a record less what exceptions take out of it.
func (p period) without(q period) period { return period{p.met - q.met, p.judged - q.judged} }

// exceptions adds breach rates, attainment and credits with the exceptions
// applied. Scenarios without exceptions have none of these measures.
func (b *builder) exceptions() {
	if len(b.excuses) == 0 {
		return
	}
	for m := range sla.Metrics {
		for _, cut := range b.cuts {
			tier := outcome.Labels{Tier: cut.labels.Tier}
			if cut.labels == tier && b.promised(m, cut) {
				cut.labels.Metric = m.String()
				b.adjusted(m, cut)
			}
		}
	}
	for i := range b.deals {
		d := &b.deals[i]
		l := outcome.Labels{Contract: d.Name}
		b.measure(outcome.AttainmentAdjusted, l, outcome.UnitShare, func(c *Collector) (met, of float64) {
			for j, p := range c.records[i] {
				p = p.without(c.excused.deals[i][j].excluded)
				met, of = met+float64(p.met), of+float64(p.judged)
			}
			return met, of
		})
		b.measure(outcome.CreditAdjusted, l, outcome.UnitMoney, func(c *Collector) (float64, float64) {
			var x float64
			for j, p := range c.records[i] {
				p = p.without(c.excused.deals[i][j].credit)
				x += d.Credit(p.met, p.judged).Float()
			}
			return x, 1
		})
	}
}

// promised reports whether a metric is promised to any class of a cut.
func (b *builder) promised(m sla.Metric, cut cut) bool {
	for _, i := range cut.classes {
		if b.desk.Terms(i).Promises(m) {
			return true
		}
	}
	return false
}

// adjusted adds the breach rate of a cut without the excluded clocks, and their number.
// Classes to whom the metric is not promised have no clocks of either kind.
func (b *builder) adjusted(m sla.Metric, cut cut) {
	excluded := func(c *Collector) (k period) {
		for _, i := range cut.classes {
			k.met += c.excused.excluded[m][i].met
			k.judged += c.excused.excluded[m][i].judged
		}
		return k
	}
	b.measure(outcome.BreachRateAdjusted, cut.labels, outcome.UnitShare, func(c *Collector) (float64, float64) {
		var met, missed int64
		for _, i := range cut.classes {
			k := &c.judged[m][i]
			met += k.met
			missed += k.breached + k.overdue
		}
		out := excluded(c)
		return float64(missed - (out.judged - out.met)), float64(met + missed - out.judged)
	})
	b.measure(outcome.Excluded, cut.labels, outcome.UnitClocks, func(c *Collector) (float64, float64) {
		return float64(excluded(c).judged), 1
	})
}
