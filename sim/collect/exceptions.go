package collect

import (
	"slices"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// excused holds the judged clocks of tickets that exceptions affect. What counts
// with the exceptions applied is the difference to what counts without, so that
// nothing else needs to know of them.
type excused struct {
	excluded [sla.Metrics][]period  // by class; nil without exceptions
	touched  [][sla.Metrics]touched // by exception
	accounts [][]touched            // by exception and account: of all metrics
}

// touched is what one exception does by itself, whatever others do to the same clocks.
type touched struct{ clocks, excused int64 }

func newExcused(l *Layout) excused {
	var x excused
	if len(l.excuses) == 0 {
		return x
	}
	for m := range x.excluded {
		x.excluded[m] = make([]period, len(l.classes))
	}
	x.touched = make([][sla.Metrics]touched, len(l.excuses))
	x.accounts = make([][]touched, len(l.excuses))
	for i := range x.accounts {
		x.accounts[i] = make([]touched, l.accounts)
	}
	return x
}

func (x *excused) reset() {
	for m := range x.excluded {
		clear(x.excluded[m])
	}
	clear(x.touched)
	for _, a := range x.accounts {
		clear(a)
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
func (c *Collector) excuse(t *desk.Ticket, class int32, r sla.Result, missed int32) {
	cl := &c.classes[class]
	m := r.Metric
	for _, i := range cl.excuses {
		e := &c.excuses[i]
		if !e.Affects(cl.Class, t.Created) {
			continue
		}
		switch e.Do {
		case model.Exclude:
			c.touch(i, cl, m, int64(missed))
		case model.SuspendCredits:
			if c.underContract(cl, m) {
				c.touch(i, cl, m, int64(missed))
			}
		case model.Relax:
			c.touch(i, cl, m, relaxedBy(e.By, r).excused())
		}
	}
	// What is taken out of the results: the clock as it is, less what becomes of it.
	var out period
	switch x := c.excuseOf(cl, t.Created); {
	case x.excluded:
		out = period{int64(1 - missed), 1}
	case x.factor > 1:
		out = relaxedBy(x.factor, r)
	}
	k := &c.excused.excluded[m][class]
	k.judged += out.judged
	k.met += out.met
}

// relaxedBy is what a longer target takes out of the results: a late clock that is within
// it is one more that is met, or, while it is open, one that is not judged.
func relaxedBy(factor float64, r sla.Result) period {
	late := r.Elapsed > r.Within && float64(r.Elapsed) <= factor*float64(r.Within)
	switch {
	case late && r.Verdict == sla.Breached:
		return period{met: -1}
	case late && r.Verdict == sla.Overdue:
		return period{judged: 1}
	}
	return period{}
}

// excused is the number of breaches that are none any longer.
func (p period) excused() int64 { return p.judged - p.met }

// touch counts a clock for one exception.
func (c *Collector) touch(exception int32, cl *class, m sla.Metric, excused int64) {
	count := func(k *touched) {
		k.clocks++
		k.excused += excused
	}
	count(&c.excused.touched[exception][m])
	if cl.Account != ticket.Anonymous {
		count(&c.excused.accounts[exception][cl.Account])
	}
}

// underContract reports whether a contract judges a metric of a class.
func (c *Collector) underContract(cl *class, m sla.Metric) bool {
	return slices.ContainsFunc(cl.deals, func(i int32) bool { return c.deals[i].meter.Judges(m) })
}

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
	b.creditsAdjusted()
	for i := range b.excuses {
		b.touches(i)
	}
}

// touches adds what a single exception does: in all, by metric, and by account.
func (b *builder) touches(i int) {
	l := outcome.Labels{Exception: b.excuses[i].Name}
	add := func(l outcome.Labels, metrics []sla.Metric) {
		b.measure(outcome.Touched, l, outcome.UnitClocks, func(c *Collector) (n, _ float64) {
			for _, m := range metrics {
				n += float64(c.excused.touched[i][m].clocks)
			}
			return n, 1
		})
		b.measure(outcome.Excused, l, outcome.UnitClocks, func(c *Collector) (n, _ float64) {
			for _, m := range metrics {
				n += float64(c.excused.touched[i][m].excused)
			}
			return n, 1
		})
	}
	var all []sla.Metric
	for m := range sla.Metrics {
		if b.promised(m, b.cuts[0]) {
			all = append(all, m)
			one := l
			one.Metric = m.String()
			add(one, []sla.Metric{m})
		}
	}
	add(l, all)
	for account, name := range b.scenario.Names.Accounts {
		l.Account = name
		b.measure(outcome.Touched, l, outcome.UnitClocks, func(c *Collector) (float64, float64) {
			return float64(c.excused.accounts[i][account].clocks), 1
		})
		b.measure(outcome.Excused, l, outcome.UnitClocks, func(c *Collector) (float64, float64) {
			return float64(c.excused.accounts[i][account].excused), 1
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
