package hiring

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/headcount"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/gallery"
)

// Pictures are a chart for each team: heads needed against heads there, without hires and with them.
func Pictures(a *Answer, s *model.Scenario, tool string) []gallery.Picture {
	w := &writer{Answer: a, currency: s.Currency}
	var all []gallery.Picture
	for i := range a.Teams {
		t := &a.Teams[i]
		title := "Heads of " + format.Clean(t.Name) + ", needed and there"
		all = append(all, gallery.Picture{Name: "heads-" + t.Name, Title: title, Chart: w.timeline(t, chart.Text{
			Title: title, Subtitle: format.Clean(s.Name),
			Caption: "Full-time heads on the payroll, by month; newcomers count by their speed. Band: the middle 95" + format.Thin + "% of what chance makes of who leaves. Shaded: too few on average.",
			Source:  format.Join(tool, "scenario "+format.Short(s.Digest())),
		})})
	}
	return all
}

// timeline is the picture of a team: a day has the values of its month.
func (w *writer) timeline(t *Team, text chart.Text) chart.Timeline {
	c := chart.Timeline{Text: text, Start: w.Months[0].First.UTC(0), Interval: 24 * time.Hour, SameScale: true}
	panel := func(name string, lines []headcount.Line) {
		need := chart.Line{Name: "needed", Ink: chart.Vermilion, Steps: true}
		have := chart.Line{Name: "there", Ink: chart.Blue, Steps: true, Band: "by who leaves"}
		for m := range lines {
			l := &lines[m]
			for range w.Months[m].Days() {
				need.Values = append(need.Values, outcome.Float(l.Gross))
				have.Values = append(have.Values, outcome.Float(l.Heads))
				have.Low, have.High = append(have.Low, outcome.Float(l.Low)), append(have.High, outcome.Float(l.High))
			}
		}
		c.Panels = append(c.Panels, chart.Panel{Name: name, Unit: outcome.UnitHeads, Short: "too few", Lines: []chart.Line{need, have}})
	}
	panel("If nobody is hired", t.Bare)
	if sum(t.Starts) > 0 {
		panel("With the plan", t.With)
	}
	return c
}
