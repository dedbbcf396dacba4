package collect

import (
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
)

// day is a run of intervals from one to before another that begin on the same date.
type day struct {
	name     string
	from, to int
}

// byDay adds breach rates by the day on which tickets were created, by the clock on the
// wall. What is counted in an interval belongs to the day on which the interval begins.
func (b *builder) byDay(m sla.Metric) {
	for _, day := range b.days() {
		l := outcome.Labels{Metric: m.String(), Period: day.name}
		b.measure(outcome.BreachByPeriod, l, outcome.UnitShare, func(c *Collector) (late, judged float64) {
			for _, n := range c.lines[m][0][day.from:day.to] {
				late, judged = late+float64(n.breached), judged+float64(n.judged)
			}
			return late, judged
		})
	}
}

// days are those of the measured time.
func (b *builder) days() (out []day) {
	for i := int(b.warmup / b.interval); i < b.Catalog.Intervals; i++ {
		at := max(time.Duration(i)*b.interval, b.warmup)
		if date := b.desk.Axis.At(at).Format(time.DateOnly); len(out) == 0 || out[len(out)-1].name != date {
			out = append(out, day{date, i, i})
		}
		out[len(out)-1].to = i + 1
	}
	return out
}
