package page

import (
	"slices"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
)

// Scenarios lie over one another in time, a line for each, so that a reader sees where they part. All see the
// same customers, so where lines part it is the desk that differs.

func backlogTogether(c *outcome.Comparison, views []view) []html.Block {
	return overlaid(c, views, "Backlog", outcome.SeriesBacklog, outcome.BacklogPeak, []outcome.Labels{{}})
}

func occupancyTogether(c *outcome.Comparison, views []view) []html.Block {
	return overlaid(c, views, "Occupancy", outcome.SeriesOccupancy, outcome.Occupancy, teamLabels(views))
}

func headsTogether(c *outcome.Comparison, views []view) []html.Block {
	return overlaid(c, views, "Agents on shift", outcome.SeriesHeads, outcome.PaidHours, teamLabels(views))
}

// overlaid are the charts of a series, one for each of some labels, with the paired differences of the
// measure that sums the series up.
func overlaid(c *outcome.Comparison, views []view, title, series, whole string, labels []outcome.Labels) []html.Block {
	var blocks []html.Block
	for _, l := range labels {
		of := ""
		if l.Team != "" && len(labels) > 1 {
			of = " of " + format.Clean(l.Team)
		}
		if t := overlay(views, title+of, series, l); t != nil {
			blocks = append(blocks, t)
			blocks = append(blocks, beside(c, format.Capital(format.Words(whole))+of, whole, l)...)
		}
	}
	return blocks
}

func teamLabels(views []view) (labels []outcome.Labels) {
	for _, team := range teamsOf(views) {
		labels = append(labels, outcome.Labels{Team: team})
	}
	return labels
}

// waitsTogether are, for each metric, how long clocks run, a line for each scenario.
func waitsTogether(_ *outcome.Comparison, views []view) []html.Block {
	var blocks []html.Block
	for _, metric := range metricsOf(views) {
		if set := curvesTogether(views, func(v *view) *html.Curves { return v.survival(metric) }); set != nil {
			set.Caption = "Lines: share of the clocks that still run after so long of the working time that promises count, all trials together."
			blocks = append(blocks, set)
		}
	}
	return blocks
}

// creditsTogether are, for each contract, how likely credits are to be above an amount, a line for each scenario.
func creditsTogether(_ *outcome.Comparison, views []view) []html.Block {
	var blocks []html.Block
	var names []string
	for i := range views {
		for k := range views[i].x.Scenario.Contracts {
			name := views[i].x.Scenario.Contracts[k].Name
			if slices.Contains(names, name) {
				continue
			}
			names = append(names, name)
			set := curvesTogether(views, func(v *view) *html.Curves {
				at := slices.IndexFunc(v.x.Scenario.Contracts, func(k outcome.Contract) bool { return k.Name == name })
				if at < 0 {
					return nil
				}
				return v.exceedance(&v.x.Scenario.Contracts[at])
			})
			if set != nil {
				set.Marks, set.Caption = nil, "Lines: share of trials that pay more than so much over the measured time."
				for i := range views {
					named := func(c html.Curve) bool { return c.Name == views[i].name }
					if !slices.ContainsFunc(set.Curves, named) {
						set.Caption += " " + format.Capital(format.Clean(views[i].name)) + ": no line, since no trial pays anything."
					}
				}
				blocks = append(blocks, set)
			}
		}
	}
	return blocks
}

// curvesTogether are the first curves of a chart that scenarios have each, under their names; nil where fewer
// than two have it.
func curvesTogether(views []view, of func(*view) *html.Curves) *html.Curves {
	var set *html.Curves
	for i := range views {
		one := of(&views[i])
		if one == nil || len(one.Curves) == 0 {
			continue
		}
		curve := one.Curves[0]
		curve.Name = views[i].name
		switch {
		case set == nil:
			one.Curves = []html.Curve{curve}
			set = one
		case len(set.Curves) < mostLines:
			set.Curves = append(set.Curves, curve)
			set.Marks = slices.DeleteFunc(set.Marks, func(m html.Mark) bool { return !slices.Contains(one.Marks, m) })
			if n := len(one.X.Ticks); n > len(set.X.Ticks) {
				set.X.Ticks = one.X.Ticks
			}
		}
	}
	if set == nil || len(set.Curves) < 2 {
		return nil
	}
	return set
}

// overlay is a series of every scenario that has it and runs over the same time; nil where fewer than two do.
func overlay(views []view, title, name string, l outcome.Labels) *html.Timeline {
	first := &views[0].x.Scenario
	t := &html.Timeline{Title: title, Start: first.Start, Interval: first.Interval, Warmup: first.Warmup, Caption: "Lines: means over the trials."}
	for i := range views {
		sc := &views[i].x.Scenario
		if len(t.Lines) == mostLines || sc.Interval != first.Interval || !sc.Start.Equal(first.Start) || sc.Zone != first.Zone {
			continue
		}
		k := slices.IndexFunc(views[i].x.Series, func(s outcome.Series) bool { return s.Name == name && s.Labels == l })
		if k < 0 {
			continue
		}
		series := &views[i].x.Series[k]
		t.Unit = series.Unit
		line := html.Line{Name: views[i].name, Values: series.Mean, Steps: name == outcome.SeriesHeads}
		if len(series.Low) > 0 && name != outcome.SeriesHeads {
			line.Low, line.High, line.Band = series.Low, series.High, format.Percent(levelOf(views[i].x))+" interval"
			t.Caption = "Lines: means over the trials. Bands: " + line.Band + " of the mean."
		}
		t.Lines = append(t.Lines, line)
	}
	if len(t.Lines) < 2 || alike(t.Lines) {
		return nil
	}
	if t.Unit == outcome.UnitShare {
		t.AtLeast = 1
	}
	for _, p := range first.Spikes {
		t.Windows = append(t.Windows, html.Window{Name: p.Name, From: p.Start, To: p.End})
	}
	return t
}

// alike reports whether all lines are the same: then there is nothing to compare.
func alike(lines []html.Line) bool {
	for _, l := range lines[1:] {
		if !slices.EqualFunc(l.Values, lines[0].Values, func(a, b outcome.Float) bool { return a == b || a != a && b != b }) {
			return false
		}
	}
	return true
}

// teamsOf are the teams of some scenarios, each once.
func teamsOf(views []view) []string {
	var list []string
	for i := range views {
		for _, team := range views[i].x.Scenario.Teams {
			if !slices.Contains(list, team) {
				list = append(list, team)
			}
		}
	}
	return list
}
