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

// under is the record by week or month under some promises, whose name is empty where there are no others.
type under struct {
	promises string
	tallies  []audit.Tally
}

// overPeriods is the late rate by week or month, a line for each metric under each of some promises.
func overPeriods(c audit.Cut, level float64, held ...under) []html.Block {
	var names []string
	for _, h := range held {
		for i := range h.tallies {
			if !slices.Contains(names, h.tallies[i].Group) {
				names = append(names, h.tallies[i].Group)
			}
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
	if len(held) > 1 {
		set.Title += ", under either promise"
	}
	set.X.Ticks = html.PeriodTicks(names)
	for _, h := range held {
		set.Curves = append(set.Curves, h.curves(names)...)
	}
	if len(set.Curves) == 0 {
		return nil
	}
	return []html.Block{set}
}

// curves are the late rates of the metrics over the periods.
func (h *under) curves(periods []string) (list []html.Curve) {
	for i := range h.tallies {
		t := &h.tallies[i]
		if math.IsNaN(t.Late.Value) {
			continue
		}
		name := format.Words(t.Metric.String())
		if h.promises != "" {
			name += ", " + h.promises
		}
		at := slices.IndexFunc(list, func(c html.Curve) bool { return c.Name == name })
		if at < 0 {
			at, list = len(list), append(list, html.Curve{Name: name, Dots: true})
		}
		list[at].Points = append(list[at].Points, html.Point{
			X: float64(slices.Index(periods, t.Group)), Y: 100 * t.Late.Value, Low: 100 * t.Late.Low, High: 100 * t.Late.High, XText: t.Group, Text: format.Estimate(t.Late, outcome.UnitShare),
		})
	}
	return list
}

// apart is the late rate by week under two promises, of the metrics of which they judge differently.
func (r *report) apart(h *Held, metrics []sla.Metric) []html.Block {
	of := func(l *audit.Ledger) []audit.Tally {
		return slices.DeleteFunc(l.By(audit.ByWeek, r.Level), func(t audit.Tally) bool { return !slices.Contains(metrics, t.Metric) })
	}
	return overPeriods(audit.ByWeek, r.Level, under{format.Clean(r.Held[0].Name), of(r.first)}, under{format.Clean(h.Name), of(h.Ledger)})
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
		if r.working(m) { // days of 24 hours are none of the hours that were promised
			c.X.Ticks = html.WorkingTicks(last)
		}
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
