package ledger

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
)

// fewestPeriods is how many weeks or months make a picture.
const fewestPeriods = 3

// overPeriods is the late rate by week or month, a line for each metric.
func overPeriods(c audit.Cut, tallies []audit.Tally, level float64) []html.Block {
	var names []string
	for i := range tallies {
		if !slices.Contains(names, tallies[i].Group) {
			names = append(names, tallies[i].Group)
		}
	}
	slices.Sort(names) // 2026-01, 2026-W05
	if len(names) < fewestPeriods {
		return nil
	}
	set := &html.Curves{
		Title: "Late rate by " + c.String(), X: html.Axis{Name: format.Capital(c.String()) + " in which the ticket was created"}, Y: html.Axis{Name: "Late", Unit: "%"},
		Caption: "Dots: late clocks over judged clocks. Band: " + format.Percent(level) + " interval, with days as wholes. Of the last ones only the clocks count that were judged before the end.",
	}
	every := (len(names) + 11) / 12
	for i, name := range names {
		if i%every == 0 {
			set.X.Ticks = append(set.X.Ticks, html.Mark{At: float64(i), Name: name})
		}
	}
	lines := map[sla.Metric]*html.Curve{}
	var order []sla.Metric
	for i := range tallies {
		t := &tallies[i]
		if math.IsNaN(t.Late.Value) {
			continue
		}
		if lines[t.Metric] == nil {
			lines[t.Metric] = &html.Curve{Name: format.Words(t.Metric.String()), Dots: true}
			order = append(order, t.Metric)
		}
		low, high := t.Late.Low, t.Late.High
		lines[t.Metric].Points = append(lines[t.Metric].Points, html.Point{
			X: float64(slices.Index(names, t.Group)), Y: 100 * t.Late.Value, Low: 100 * low, High: 100 * high, XText: t.Group, Text: format.Estimate(t.Late, outcome.UnitShare),
		})
	}
	for _, m := range order {
		set.Curves = append(set.Curves, *lines[m])
	}
	if len(set.Curves) == 0 {
		return nil
	}
	return []html.Block{set}
}

// waits are, for each metric, the share of clocks that run longer than a time, with the targets.
func (r *report) waits() []html.Block {
	var blocks []html.Block
	for _, m := range r.first.Metrics() {
		x := r.first.Times(m)
		if len(x.Elapsed) < 2 {
			continue
		}
		c := &html.Curves{
			Title: "Time until the " + format.Words(m.String()), X: html.Axis{Name: "Time taken", Log: true}, Y: html.Axis{Name: "Took longer", Unit: "%"},
			Caption: "Line: share of the clocks that ran longer than so much; late ones that are open as they stand. Dashed: what is promised.",
			Marks:   r.promised(m),
		}
		name := "promised hours"
		if !r.working(m) {
			name = "on the wall"
		}
		last := beyond(c, name, x.Elapsed)
		if r.working(m) {
			last = math.Max(last, beyond(c, "on the wall", x.Wall))
			c.Caption += " Where the lines part, nights, weekends and pauses lie between."
		}
		c.X.Ticks = html.TimeTicks(last)
		blocks = append(blocks, c)
	}
	return blocks
}

// beyond adds the share of some times that lie above a time, and says where the line ends.
func beyond(c *html.Curves, name string, seconds []float64) (last float64) {
	sorted := slices.Sorted(slices.Values(seconds))
	line := html.Curve{Name: name}
	for _, x := range html.TimePlaces() {
		at, _ := slices.BinarySearchFunc(sorted, x, func(s, x float64) int {
			if s <= x {
				return -1
			}
			return 1
		})
		share := float64(len(sorted)-at) / float64(len(sorted))
		line.Points = append(line.Points, html.Point{X: x, Y: 100 * share, Low: nan, High: nan, XText: format.Seconds(x), Text: format.Percent(share)})
		last = x
		if share == 0 {
			break
		}
	}
	c.Curves = append(c.Curves, line)
	return last
}

// mostMarks is how many promises a picture has room for.
const mostMarks = 4

// promised are the shortest targets of a metric, each once.
func (r *report) promised(m sla.Metric) []html.Mark {
	var within []time.Duration
	for _, p := range r.first.Scenario.SLA.Policies {
		for _, t := range p.Targets {
			for _, d := range t.Within {
				if t.Metric == m && d >= time.Second && !slices.Contains(within, d) {
					within = append(within, d)
				}
			}
		}
	}
	slices.Sort(within)
	var marks []html.Mark
	for _, d := range within[:min(len(within), mostMarks)] {
		marks = append(marks, html.Mark{At: d.Seconds(), Name: "promised: " + format.Stated(d)})
	}
	return marks
}

// week is when tickets came, hour by hour.
func (r *report) week() []html.Block {
	h := &html.Heat{Title: "Tickets by hour of the week", Counts: true, Caption: "Tickets created in that hour of the week, all weeks of the audited time together (" + r.axis.Origin.Location().String() + ")."}
	for day := range h.Cells {
		for hour := range h.Cells[day] {
			n := r.Habits.Arrivals[(day+1)%7][hour] // from Monday
			h.Cells[day][hour] = html.Cell{Value: float64(n), Text: format.Plural(n, "ticket", "tickets")}
		}
	}
	return []html.Block{h}
}

// stays is how long tickets stayed in which status.
func (r *report) stays() []html.Block {
	c := &html.Curves{
		Title: "How long tickets stayed", X: html.Axis{Name: "Time in the status, on the wall", Log: true}, Y: html.Axis{Name: "Stayed longer", Unit: "%"},
		Caption: "Line: share of the stays in a status that lasted longer than so much; of those that have ended.",
	}
	last := 0.0
	for s := range ticket.Closed + 1 {
		if len(r.Habits.Dwells[s]) < 2 {
			continue
		}
		last = math.Max(last, beyond(c, fmt.Sprint(s), r.Habits.Dwells[s]))
	}
	if len(c.Curves) == 0 {
		return nil
	}
	c.X.Ticks = html.TimeTicks(last)
	return []html.Block{c}
}
