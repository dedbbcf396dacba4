package page

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
	"github.com/headroom-sim/headroom/reports/table"
)

// waits are, for each metric, how long it takes until the clock stops: by the working time that promises
// count and by the clock on the wall.
func (v *view) waits() []html.Block {
	t := &table.Table{Columns: []table.Column{{Head: "time until done"}}}
	quantiles := []string{"p50", "p80", "p90", "p95"}
	for _, clock := range []string{"working time", "on the wall"} {
		for _, q := range quantiles {
			t.Columns = append(t.Columns, table.Column{Head: q + ", " + clock, Align: table.Right})
		}
	}
	var blocks []html.Block
	for _, metric := range v.x.Metrics() {
		row, some := []table.Cell{table.Text(format.Words(metric))}, false
		for _, clock := range []string{"", outcome.WallClock} {
			for _, q := range quantiles {
				cell := v.quantile(outcome.Labels{Metric: metric, Clock: clock, Quantile: q})
				some = some || cell.Text != format.Missing
				row = append(row, cell)
			}
		}
		if some {
			t.Add(row...)
		}
		if c := v.survival(metric); c != nil {
			blocks = append(blocks, c)
		}
	}
	if len(t.Rows) == 0 {
		return blocks
	}
	t.Drop(format.Missing)
	return append([]html.Block{html.Table{Table: t}}, blocks...)
}

func (v *view) quantile(labels outcome.Labels) table.Cell {
	m, ok := v.x.Measure(outcome.Elapsed, labels)
	if !ok {
		return table.Num(format.Missing, nan)
	}
	return table.Num(stopped(m.Estimate.Value, labels.Clock), m.Estimate.Value)
}

// stopped writes a time by one of the two clocks.
func stopped(seconds float64, clock string) string {
	if clock == outcome.WallClock {
		return format.Seconds(seconds)
	}
	return format.WorkingSeconds(seconds)
}

// survival is the share of the clocks of a metric that run longer than a time, by both clocks.
func (v *view) survival(metric string) *html.Curves {
	c := &html.Curves{
		Title: "Time until the " + format.Words(metric),
		X:     html.Axis{Name: "Time waited", Log: true},
		Y:     html.Axis{Name: "Still waiting", Unit: "%"},
	}
	c.Caption = "Line: share of the clocks that still run after so long, all trials together. Dashed: what is promised, on the clock of working time."
	last := 0.0
	for _, clock := range []struct{ name, label string }{{"working time, as promised", ""}, {"on the wall, as the customer sees it", outcome.WallClock}} {
		w := v.distribution(outcome.Labels{Metric: metric, Clock: clock.label})
		if w == nil {
			continue
		}
		curve := html.Curve{Name: clock.name}
		for _, x := range html.TimePlaces() {
			share, ok := beyond(w, x)
			if !ok {
				return nil
			}
			curve.Points = append(curve.Points, html.Point{X: x, Y: 100 * share, Low: nan, High: nan, XText: format.Seconds(x), Text: format.Percent(share)})
			last = max(last, x)
			if share < 0.0005 {
				break
			}
		}
		c.Curves = append(c.Curves, curve)
	}
	switch len(c.Curves) {
	case 0:
		return nil
	case 2:
		c.Caption += " Where the lines part, nights, weekends and pauses lie between."
	}
	c.Marks = v.promised(metric)
	c.X.Ticks = html.TimeTicks(last)
	return c
}

// mostMarks is how many promises a chart of waits has room for.
const mostMarks = 4

// promised are the shortest targets of a metric, each once.
func (v *view) promised(metric string) []html.Mark {
	var marks []html.Mark
	for _, t := range v.x.Scenario.Targets {
		m := html.Mark{At: t.Within.Seconds(), Name: "promised: " + format.Stated(t.Within)}
		if t.Metric == metric && t.Within >= time.Second && !slices.Contains(marks, m) {
			marks = append(marks, m)
		}
	}
	slices.SortFunc(marks, func(a, b html.Mark) int { return cmp.Compare(a.At, b.At) })
	return marks[:min(len(marks), mostMarks)]
}

func (v *view) distribution(labels outcome.Labels) *outcome.Waits {
	for i := range v.x.Waits {
		if v.x.Waits[i].Labels == labels {
			return &v.x.Waits[i]
		}
	}
	return nil
}

// beyond is the share of a distribution that lies above x, in a straight line within a bin; false if
// the distribution is empty.
func beyond(w *outcome.Waits, x float64) (float64, bool) {
	total, above, lower := 0.0, 0.0, 0.0
	for i, n := range w.Count {
		total += float64(n)
		upper := w.Upper[i]
		switch {
		case lower >= x:
			above += float64(n)
		case upper > x && !math.IsInf(upper, 0):
			above += float64(n) * (upper - x) / (upper - lower)
		case upper > x:
			above += float64(n)
		}
		lower = upper
	}
	return above / total, total > 0
}
