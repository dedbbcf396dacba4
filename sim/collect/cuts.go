package collect

import (
	"fmt"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/sim/desk"
)

// days, weeks and months are the stretches of the measured time by which breaches are cut,
// each as the date of its tickets names it.
var calendarCuts = []func(t time.Time) string{
	func(t time.Time) string { return t.Format("2006-01-02") },
	func(t time.Time) string {
		year, week := t.ISOWeek()
		return fmt.Sprintf("%d-W%02d", year, week)
	},
	func(t time.Time) string { return t.Format("2006-01") },
}

// named is a run of intervals from one to before another that share a name.
type named struct {
	name     string
	from, to int
}

// byDate adds breach rates by the day, week and month in which tickets were created, by the
// clock on the wall. What is counted in an interval belongs to the day in which the interval
// begins, so that the days of a month add up to it.
func (b *builder) byDate(m sla.Metric) {
	for _, name := range calendarCuts {
		for _, p := range b.stretches(name) {
			l := outcome.Labels{Metric: m.String(), Period: p.name}
			b.measure(outcome.BreachRate, l, outcome.UnitShare, func(c *Collector) (late, judged float64) {
				for _, n := range c.lines[m][0][p.from:p.to] {
					late, judged = late+float64(n.breached), judged+float64(n.judged)
				}
				return late, judged
			})
		}
	}
}

// stretches are the runs of measured intervals of one name.
func (b *builder) stretches(name func(time.Time) string) (out []named) {
	for i := int(b.warmup / b.interval); i < b.Catalog.Intervals; i++ {
		at := max(time.Duration(i)*b.interval, b.warmup)
		if word := name(b.desk.Axis.At(at)); len(out) == 0 || out[len(out)-1].name != word {
			out = append(out, named{word, i, i})
		}
		out[len(out)-1].to = i + 1
	}
	return out
}

// byTeam adds breach rates by the team that had the ticket last, up to when it was judged,
// where there are several teams. Tickets that nobody has taken are in none.
func (b *builder) byTeam(m sla.Metric) {
	if len(b.desk.Teams) < 2 {
		return
	}
	for i := range b.desk.Teams {
		l := outcome.Labels{Metric: m.String(), Team: b.desk.Teams[i].Name}
		b.measure(outcome.BreachRate, l, outcome.UnitShare, func(c *Collector) (late, judged float64) {
			n := c.byTeam[m][i]
			return float64(n.breached), float64(n.judged)
		})
	}
}

// countTeam counts a verdict for the team that had the ticket last.
func (c *Collector) countTeam(t *desk.Ticket, m sla.Metric, missed int32) {
	if t.Team < 0 || len(c.byTeam[m]) == 0 {
		return
	}
	s := &c.byTeam[m][t.Team]
	s.judged++
	s.breached += missed
}
