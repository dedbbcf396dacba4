package gallery

import (
	"fmt"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
)

// mostFrontiers is how many metrics get a picture of what compliance costs.
const mostFrontiers = 4

// ComparedFrontiers is what each scenario of a comparison costs and which share of the
// clocks of a metric it keeps: a picture for each metric, where both differ.
func ComparedFrontiers(c *outcome.Comparison, cost *outcome.ComparisonRow, text Text) (all []Picture) {
	if cost == nil {
		return nil
	}
	for i := range c.Rows {
		row := &c.Rows[i]
		if row.Name != outcome.BreachRate || row.Labels != (outcome.Labels{Metric: row.Labels.Metric}) || len(all) == mostFrontiers {
			continue
		}
		var spots []chart.Spot
		for k, name := range c.Scenarios {
			if k < len(cost.Values) && k < len(row.Values) {
				spots = append(spots, spot(format.Clean(name), cost.Values[k], kept(row.Values[k])))
			}
		}
		metric := row.Labels.Metric
		f, ok := frontier(spots, format.Words(metric)+" in time", c.Currency)
		if !ok {
			continue
		}
		title := "What it costs to keep " + format.Words(metric)
		f.Text = text(title, frontierCaption(c.Level)+" A scenario with fewer customers looks efficient, too: compare plans for the same ones.", outcome.Labels{Metric: metric})
		all = append(all, Picture{Name: "frontier-" + metric, Title: title, Chart: f})
	}
	return all
}

// SweepFrontier is what the points of a sweep cost and which share they keep of what a
// measure, a share, is about. Only plans are compared: where a sweep varies the world as
// well, such as the factor of a spike, the points are those in which it is hardest.
func SweepFrontier(s *outcome.Sweep, measure string, l outcome.Labels, good bool, short []string, text Text) (Picture, bool) {
	var plans []int
	for i := range s.Axes {
		if Planned(s.Axes[i].Path) && len(s.Axes[i].Values) > 1 {
			plans = append(plans, i)
		}
	}
	world, points := hardest(s, plans, measure, l, good)
	var spots []chart.Spot
	for _, p := range points {
		r, ok := p.Result(measure, l)
		cost, paid := p.Result(outcome.Cost, outcome.Labels{})
		if !ok || !paid || r.Unit != outcome.UnitShare {
			continue
		}
		gain := r.Estimate
		if !good {
			gain = kept(gain)
		}
		spots = append(spots, spot(valuesOf(p, plans), cost.Estimate, gain))
	}
	name := gained(measure, l, good)
	f, ok := frontier(spots, name, s.Currency)
	if !ok {
		return Picture{}, false
	}
	if s.Goal != nil {
		f.Bound = chart.Bound{Name: "target: " + format.Clean(s.Goal.Text), Value: s.Goal.Bound}
		if !good {
			f.Bound.Value = 1 - s.Goal.Bound
		}
	}
	var decided []string
	for _, i := range plans {
		if i < len(short) {
			decided = append(decided, short[i])
		}
	}
	caption := "Beside the points, where there is room: " + strings.Join(decided, " + ") + ". " + frontierCaption(outcome.DefaultLevel)
	if world != "" {
		caption = "All points with " + world + ", where the least is kept. " + caption
	}
	title := "What it costs to keep the target"
	if s.Goal == nil {
		title = "What it costs: " + name
	}
	f.Text = text(title, caption, outcome.Labels{})
	return Picture{Name: "frontier", Title: title, Chart: f}, true
}

// gained is what the vertical axis of a frontier is called.
func gained(measure string, l outcome.Labels, good bool) string {
	name := format.Words(measure)
	switch {
	case measure == outcome.BreachRate && l.Metric != "":
		name, good = format.Words(l.Metric)+" in time", true
	case l.Metric != "":
		name += " of " + format.Words(l.Metric)
	}
	l.Metric = ""
	if rest := l.String(); rest != "" {
		name += ", " + strings.ReplaceAll(format.Clean(rest), "=", " ")
	}
	if !good {
		name = "100" + format.Thin + "% less " + name
	}
	return name
}

// Planned reports whether a path of a scenario is a planner's to decide, and not a
// part of the world or a promise.
func Planned(path string) bool {
	head, _, _ := strings.Cut(path, ".")
	head, _, _ = strings.Cut(head, "[")
	return slices.Contains([]string{"teams", "routing", "overflow", "reserve", "interrupt", "escalations", "triage", "deflection", "bots", "on_call"}, head)
}

// hardest are the points of that combination of all other values in which the least is
// kept on average, and its name.
func hardest(s *outcome.Sweep, plans []int, measure string, l outcome.Labels, good bool) (string, []*outcome.Point) {
	type world struct {
		name   string
		points []*outcome.Point
		sum    float64
	}
	var worlds []*world
	index := map[string]*world{}
	for i := range s.Points {
		p := &s.Points[i]
		var parts []string
		for k := range s.Axes {
			if !slices.Contains(plans, k) && len(s.Axes[k].Values) > 1 && k < len(p.Values) {
				path := strings.Split(s.Axes[k].Path, ".")
				parts = append(parts, format.Words(strings.Join(path[max(0, len(path)-2):], " "))+" "+format.Clean(p.Values[k]))
			}
		}
		name := strings.Join(parts, ", ")
		w := index[name]
		if w == nil {
			w = &world{name: name}
			index[name], worlds = w, append(worlds, w)
		}
		w.points = append(w.points, p)
		if r, ok := p.Result(measure, l); ok && real(r.Estimate.Value) {
			if good {
				w.sum -= r.Estimate.Value
			} else {
				w.sum += r.Estimate.Value
			}
		}
	}
	if len(worlds) == 0 {
		return "", nil
	}
	worst := worlds[0]
	for _, w := range worlds[1:] {
		if w.sum/float64(len(w.points)) > worst.sum/float64(len(worst.points)) {
			worst = w
		}
	}
	return worst.name, worst.points
}

// valuesOf names a point by what a planner has decided, in the order of the axes.
func valuesOf(p *outcome.Point, plans []int) string {
	var parts []string
	for _, i := range plans {
		if i < len(p.Values) {
			parts = append(parts, format.Clean(p.Values[i]))
		}
	}
	return strings.Join(parts, " + ")
}

func kept(e estimate.Estimate) estimate.Estimate {
	return estimate.Estimate{Value: 1 - e.Value, Low: 1 - e.High, High: 1 - e.Low}
}

func spot(name string, cost, gain estimate.Estimate) chart.Spot {
	return chart.Spot{
		Name: name, Cost: cost.Value, CostLow: cost.Low, CostHigh: cost.High,
		Gain: gain.Value, GainLow: gain.Low, GainHigh: gain.High,
	}
}

// frontier is the chart of some plans, if they differ in both.
func frontier(spots []chart.Spot, gain, currency string) (chart.Frontier, bool) {
	costs, gains := map[float64]bool{}, map[float64]bool{}
	for _, s := range spots {
		if real(s.Cost) && real(s.Gain) {
			costs[s.Cost], gains[s.Gain] = true, true
		}
	}
	if len(costs) < 2 || len(gains) < 2 {
		return chart.Frontier{}, false
	}
	return chart.Frontier{Cost: format.InUnit("cost of staff over the measured time", currency), Gain: format.Capital(gain), Spots: spots}, true
}

func frontierCaption(level float64) string {
	return "Discs, joined: efficient plans, of which no other keeps more for as little. Rings: plans for which there is a better one. Whiskers: " +
		format.Percent(level) + " intervals of single plans. Neither axis begins at zero."
}

// Differences are the paired differences of some rows of a comparison, by their names.
func Differences(c *outcome.Comparison, rows []*outcome.ComparisonRow, name func(*outcome.ComparisonRow) string, text Text) (Picture, bool) {
	var d chart.Differences
	for _, row := range rows {
		g := chart.Contrast{Name: name(row), Unit: row.Unit}
		some := false
		for k, e := range row.Differences {
			if k+1 >= len(c.Scenarios) {
				break
			}
			words := format.Difference(e, row.Unit)
			if words == format.Same {
				words = "no difference"
			}
			some = some || real(e.Value)
			g.Rows = append(g.Rows, chart.Change{
				Name: format.Clean(c.Scenarios[k+1]),
				Bar:  chart.Bar{Value: e.Value, Low: e.Low, High: e.High, Text: words},
			})
		}
		if some {
			d.Groups = append(d.Groups, g)
		}
	}
	if len(d.Groups) == 0 {
		return Picture{}, false
	}
	title := "Differences from " + format.Clean(c.Base)
	caption := fmt.Sprintf("Each replication is a pair: every scenario sees the same customers. Whisker: %s interval of the paired difference", format.Percent(c.Level))
	if len(c.Scenarios) > 2 {
		caption += ", " + format.Decimal(100*c.JointLevel, 2) + format.Thin + "% each so that those of a measure hold together"
	}
	caption += ". Disc: it leaves zero out, so there is a difference; ring: it does not. Left of the line is less than " + format.Clean(c.Base) + ", right is more."
	d.Text = text(title, caption, outcome.Labels{})
	return Picture{Name: "differences", Title: title, Chart: d}, true
}
