package collect

import (
	"time"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// dates are the weeks, months and quarters of the measured time, in which judged clocks are
// counted by when their ticket was created.
type dates struct {
	spans [3][]contract.Span // by kind, see dateKinds
	at    [3][]int32         // by kind: the span in which an interval begins
	cuts  []cut              // of all tickets, of each tier, and of each account
	// monthly are the cuts of which months alone are measured: accounts that no contract names.
	monthly []bool
}

// mostAccounts is how many accounts have months of their own; where there are more, only those that a
// contract names have.
const mostAccounts = 200

var dateKinds = [...]contract.Period{contract.Weekly, contract.Monthly, contract.Quarterly}

// dated are the counts of one metric: by kind, by cut and span; behind the cuts stand the vows.
type dated [3][]share

// layDates lays the spans out, and tells each class the cuts that it counts in.
func (b *builder) layDates() {
	under := map[string]bool{}
	for i := range b.scenario.Contracts {
		for _, a := range b.scenario.Contracts[i].Match.Accounts {
			under[b.scenario.Names.AccountName(a)] = true
		}
	}
	many := len(b.scenario.Names.Accounts) > mostAccounts
	for _, c := range b.cuts {
		l := c.labels
		monthly := l.Account != "" && !under[l.Account]
		if l != (outcome.Labels{Tier: l.Tier}) && l != (outcome.Labels{Account: l.Account}) || monthly && many {
			continue
		}
		for _, i := range c.classes {
			b.classes[i].dates = append(b.classes[i].dates, int32(len(b.dates.cuts)))
		}
		b.dates.cuts = append(b.dates.cuts, c)
		b.dates.monthly = append(b.dates.monthly, monthly)
	}
	for k, p := range dateKinds {
		spans := p.Split(b.desk.Axis, b.warmup, b.until)
		at := make([]int32, b.Catalog.Intervals)
		span := 0
		for i := range at {
			for span < len(spans)-1 && time.Duration(i)*b.interval >= spans[span].To {
				span++
			}
			at[i] = int32(span)
		}
		b.dates.spans[k], b.dates.at[k] = spans, at
	}
}

func (b *builder) byDate() {
	for m := range sla.Metrics {
		if !b.promised(m, b.cuts[0]) {
			continue
		}
		for at, cut := range b.dates.cuts {
			if b.promised(m, cut) {
				l := cut.labels
				l.Metric = m.String()
				b.bySpan(m, l, at)
			}
		}
	}
}

// newDated are the counts of a metric.
func newDated(l *Layout) (d dated) {
	for k := range d {
		d[k] = make([]share, (len(l.dates.cuts)+len(l.vows.all))*len(l.dates.spans[k]))
	}
	return d
}

// date counts a judged clock in the cuts of its class.
func (c *Collector) date(cl *class, m sla.Metric, created time.Duration, interval int, missed int32) {
	for _, cut := range cl.dates {
		c.dateIn(int(cut), m, created, interval, missed)
	}
}

// dateIn counts a judged clock at a place of dated.
func (c *Collector) dateIn(at int, m sla.Metric, created time.Duration, interval int, missed int32) {
	for k := range dateKinds {
		spans := c.dates.spans[k]
		i := int(c.dates.at[k][interval])
		for i < len(spans)-1 && created >= spans[i].To { // a span may begin within an interval
			i++
		}
		s := &c.dated[m][k][at*len(spans)+i]
		s.judged++
		s.breached += missed
	}
}

// byTeam adds the breach rate of each metric by the team that had the ticket last when the
// clock was judged.
func (b *builder) byTeam() {
	if len(b.desk.Teams) < 2 {
		return
	}
	for m := range sla.Metrics {
		if !b.promised(m, b.cuts[0]) {
			continue
		}
		for i := range b.desk.Teams {
			l := outcome.Labels{Metric: m.String(), Team: b.desk.Teams[i].Name}
			b.measure(outcome.BreachByTeam, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
				s := c.byTeams[m][i]
				return float64(s.breached), float64(s.judged)
			})
		}
	}
}

// team counts a judged clock for the team that has or had the ticket.
func (c *Collector) team(team ticket.Team, m sla.Metric, missed int32) {
	if team != ticket.NoTeam {
		s := &c.byTeams[m][team]
		s.judged++
		s.breached += missed
	}
}

func (d *dated) reset() {
	for k := range d {
		clear(d[k])
	}
}
