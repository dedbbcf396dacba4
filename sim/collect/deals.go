package collect

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/sim/desk"
)

// deal is a contract with its periods.
type deal struct {
	*contract.Contract
	periods []contract.Span
	meter   *contract.Meter
}

// record is what the levels of a contract have counted, by period: all clocks, and where there are
// exceptions with them applied, to attainment and to credits.
type record struct{ asItIs, adjusted, forCredit [][]contract.Tally }

// settled is what the records come to at the end of a trial.
type settled struct{ asItIs, forCredit contract.Settlement }

func (b *builder) layDeals() {
	axis := b.desk.Axis
	for i := range b.scenario.Contracts {
		k := &b.scenario.Contracts[i]
		d := deal{Contract: k, periods: k.Period.Split(axis, b.warmup, b.until), meter: contract.NewMeter(k)}
		for j := range b.classes {
			if k.Match.Matches(b.classes[j].Class) {
				b.classes[j].deals = append(b.classes[j].deals, int32(i))
			}
		}
		b.deals = append(b.deals, d)
	}
}

func newRecords(l *Layout) []record {
	records := make([]record, len(l.deals))
	for i := range l.deals {
		d := &l.deals[i]
		for range d.periods {
			records[i].asItIs = append(records[i].asItIs, d.meter.Tallies())
			if len(l.excuses) > 0 {
				records[i].adjusted = append(records[i].adjusted, d.meter.Tallies())
				records[i].forCredit = append(records[i].forCredit, d.meter.Tallies())
			}
		}
	}
	return records
}

func (r *record) reset() {
	for _, kind := range [...][][]contract.Tally{r.asItIs, r.adjusted, r.forCredit} {
		for _, levels := range kind {
			for i := range levels {
				levels[i].Reset()
			}
		}
	}
}

// periodOf is the index of the period in which a counted ticket was created.
func (d *deal) periodOf(at time.Duration) int {
	i := 0
	for i < len(d.periods)-1 && at >= d.periods[i].To {
		i++
	}
	return i
}

// settleUnder counts the clocks of a ticket for the contracts that cover it.
func (c *Collector) settleUnder(t *desk.Ticket, cl *class, results []sla.Result) {
	c.clocks = c.clocks[:0]
	for i := range results {
		r := &results[i]
		c.clocks = append(c.clocks, contract.Clock{Metric: r.Metric, Verdict: r.Verdict, Elapsed: r.Elapsed, Within: r.Within})
	}
	for _, i := range cl.deals {
		d := &c.deals[i]
		p := d.periodOf(t.Created)
		d.meter.Count(c.records[i].asItIs[p], c.clocks)
	}
	if len(c.excuses) == 0 {
		return
	}
	x := c.excuseOf(cl, t.Created)
	if x.excluded {
		return
	}
	for i := range c.clocks {
		c.clocks[i].Relaxed = x.factor
	}
	for _, i := range cl.deals {
		d := &c.deals[i]
		p := d.periodOf(t.Created)
		d.meter.Count(c.records[i].adjusted[p], c.clocks)
		if !x.suspended {
			d.meter.Count(c.records[i].forCredit[p], c.clocks)
		}
	}
}

// excuse is what the exceptions make of a ticket's clocks, all together.
type excuse struct {
	excluded, suspended bool
	factor              float64 // of targets; 1 for none
}

// excuseOf finds the exceptions that affect a ticket of a class.
func (c *Collector) excuseOf(cl *class, created time.Duration) excuse {
	x := excuse{factor: 1}
	for _, i := range cl.excuses {
		e := &c.excuses[i]
		if !e.Affects(cl.Class, created) {
			continue
		}
		switch e.Do {
		case model.Exclude:
			x.excluded = true
		case model.SuspendCredits:
			x.suspended = true
		case model.Relax:
			x.factor = max(x.factor, e.By)
		}
	}
	return x
}

// settleDeals works out at the end of a trial what contracts pay.
func (c *Collector) settleDeals() {
	for i := range c.deals {
		d := &c.deals[i]
		c.settled[i].asItIs = d.Settle(d.periods, c.records[i].asItIs)
		if len(c.excuses) > 0 {
			c.settled[i].forCredit = d.Settle(d.periods, c.records[i].forCredit)
		}
	}
}

// Counted is what the clocks of a contract did in one trial, by period and level.
type Counted struct {
	AsItIs [][]contract.Tally
	// ForCredit has exceptions applied, as credits have; nil where the scenario has none.
	ForCredit [][]contract.Tally
}

// Counted is what was counted for each contract, copied, once the trial is over.
func (c *Collector) Counted() []Counted {
	out := make([]Counted, len(c.records))
	for i := range c.records {
		out[i] = Counted{copied(c.records[i].asItIs), copied(c.records[i].forCredit)}
	}
	return out
}

func copied(periods [][]contract.Tally) [][]contract.Tally {
	var out [][]contract.Tally
	for _, levels := range periods {
		levels = slices.Clone(levels)
		for i := range levels {
			levels[i].Kept = slices.Clone(levels[i].Kept)
		}
		out = append(out, levels)
	}
	return out
}

// attained sums met and judged clocks up, of one level or all.
func attained(periods [][]contract.Tally, level int) (met, of float64) {
	for _, levels := range periods {
		for j := range levels {
			if level < 0 || level == j {
				met, of = met+float64(levels[j].Met), of+float64(levels[j].Judged)
			}
		}
	}
	return met, of
}

// contracts adds attainment and credits, for the whole horizon and by period.
func (b *builder) contracts() {
	for i := range b.deals {
		d := &b.deals[i]
		l := outcome.Labels{Contract: d.Name}
		b.credits(i, l)
		b.measure(outcome.MissRate, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
			return missed(c.settled[i].asItIs.Lines, func(x *contract.Line) bool { return x.Missed })
		})
		if d.Exit.Misses > 0 {
			b.measure(outcome.ExitRate, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
				if n, _ := missed(c.settled[i].asItIs.Lines, func(x *contract.Line) bool { return x.Exit }); n > 0 {
					return 1, 1
				}
				return 0, 1
			})
		}
		if len(d.Levels) > 1 {
			for j := range d.Levels {
				b.level(i, j)
			}
		}
	}
}

// missed counts lines of which something is so, and all.
func missed(lines []contract.Line, so func(*contract.Line) bool) (n, of float64) {
	for i := range lines {
		if so(&lines[i]) {
			n++
		}
	}
	return n, float64(len(lines))
}

// level adds what one of several levels attained, and how often it was missed.
func (b *builder) level(deal, level int) {
	d := &b.deals[deal]
	l := outcome.Labels{Contract: d.Name, Level: d.Levels[level].Title()}
	b.measure(outcome.Attainment, l, outcome.UnitShare, func(c *Collector) (met, of float64) {
		return attained(c.records[deal].asItIs, level)
	})
	b.measure(outcome.MissRate, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
		return missed(c.settled[deal].asItIs.Lines, func(x *contract.Line) bool { return x.Levels[level].Missed })
	})
	for j, span := range d.periods {
		p := l
		p.Period = span.Name
		b.measure(outcome.Attainment, p, outcome.UnitShare, func(c *Collector) (float64, float64) {
			return attained(c.records[deal].asItIs[j:j+1], level)
		})
	}
}

// credits adds what a contract attained and paid.
func (b *builder) credits(deal int, l outcome.Labels) {
	d := &b.deals[deal]
	lines := func(c *Collector) []contract.Line { return c.settled[deal].asItIs.Lines }
	b.measure(outcome.Attainment, l, outcome.UnitShare, func(c *Collector) (met, of float64) {
		return attained(c.records[deal].asItIs, -1)
	})
	credit := func(c *Collector) (float64, float64) { return c.settled[deal].asItIs.Total.Float(), 1 }
	b.measure(outcome.Credit, l, outcome.UnitMoney, credit)
	for _, tail := range []string{outcome.TailP95, outcome.TailCVaR95} {
		t := l
		t.Quantile = tail
		b.measure(outcome.Credit, t, outcome.UnitMoney, credit)
	}
	b.measure(outcome.PayRate, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
		return missed(lines(c), func(x *contract.Line) bool { return x.Credit.Minor > 0 })
	})
	for j, span := range d.periods {
		p := l
		p.Period = span.Name
		b.measure(outcome.Attainment, p, outcome.UnitShare, func(c *Collector) (float64, float64) {
			return attained(c.records[deal].asItIs[j:j+1], -1)
		})
		b.measure(outcome.Credit, p, outcome.UnitMoney, func(c *Collector) (float64, float64) {
			return lines(c)[j].Credit.Float(), 1
		})
	}
}

// creditsAdjusted adds attainment and credits with the exceptions applied.
func (b *builder) creditsAdjusted() {
	for i := range b.deals {
		l := outcome.Labels{Contract: b.deals[i].Name}
		b.measure(outcome.AttainmentAdjusted, l, outcome.UnitShare, func(c *Collector) (met, of float64) {
			return attained(c.records[i].adjusted, -1)
		})
		b.measure(outcome.CreditAdjusted, l, outcome.UnitMoney, func(c *Collector) (float64, float64) {
			return c.settled[i].forCredit.Total.Float(), 1
		})
	}
}
