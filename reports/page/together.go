package page

import (
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
)

// together lays scenarios over one another in time, a line for each, so that a reader sees where
// they part and can hide the ones that are not in question.
func together(c *outcome.Comparison, views []view) html.Section {
	s := html.Section{
		Title: "Scenarios over time",
		Text:  "A line for each scenario; a click on its name hides it. All see the same customers, so where lines part it is the desk that differs. Below the lines stand the paired differences of the whole time, with their intervals.",
	}
	s.Blocks = append(s.Blocks, daysTogether(c, views)...)
	for _, o := range []struct {
		name, title string
		teams       bool
		whole       string // what sums the series up
	}{
		{outcome.SeriesBacklog, "Backlog", false, outcome.BacklogPeak},
		{outcome.SeriesOccupancy, "Occupancy", true, outcome.Occupancy},
		{outcome.SeriesHeads, "Agents on shift", true, outcome.PaidHours},
	} {
		labels := []outcome.Labels{{}}
		if o.teams {
			labels = nil
			for _, team := range teamsOf(views) {
				labels = append(labels, outcome.Labels{Team: team})
			}
		}
		for _, l := range labels {
			title := o.title
			if l.Team != "" && len(labels) > 1 {
				title += " of " + format.Clean(l.Team)
			}
			if t := overlay(views, title, o.name, l); t != nil {
				s.Blocks = append(s.Blocks, t)
				s.Blocks = append(s.Blocks, beside(c, format.Capital(format.Words(o.whole))+strings.TrimPrefix(title, o.title), o.whole, l)...)
			}
		}
	}
	return s
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
