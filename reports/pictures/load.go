package pictures

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
)

// coarse is the length from which on series over time are drawn as daily means
// where those can be worked out from the series.
const coarse = 45 * 24 * time.Hour

func (a *album) long() bool { return !a.fine && a.x.Scenario.Length > coarse }

// occupancy is the occupancy of each team over time.
func (a *album) occupancy() {
	caption := "Line: agents with work in hand over agents on shift in each " + a.every() + ". Band: " + a.level() +
		". Green: 75–85" + format.Thin + "%, busy without burning out. Gaps: nobody on shift."
	long := a.long()
	if long {
		caption = "Line: agents with work in hand over agents on shift, per day. Green: 75–85" + format.Thin + "%, busy without burning out."
	}
	title := "Occupancy by team"
	t := a.timeline(title, caption, outcome.Labels{})
	left := 0
	for _, team := range a.x.Scenario.Teams {
		labels := outcome.Labels{Team: team}
		s := a.x.TimeSeries(outcome.SeriesOccupancy, labels)
		if s == nil {
			continue
		}
		if len(t.Panels) == mostPanels {
			left++
			continue
		}
		line := chart.Line{Ink: chart.Blue, Values: s.Mean, Low: s.Low, High: s.High}
		busy, heads := a.x.TimeSeries(outcome.SeriesBusy, labels), a.x.TimeSeries(outcome.SeriesHeads, labels)
		if long && busy != nil && heads != nil {
			line = chart.Line{Ink: chart.Blue, Values: daily(&t, a.x, busy.Mean, heads.Mean)}
		}
		panel := chart.Panel{
			Name: format.Capital(format.Clean(team)), Unit: outcome.UnitShare, AtLeast: 1,
			Goal:  chart.Range{Low: 0.75, High: 0.85},
			Lines: []chart.Line{line},
		}
		if len(t.Panels) == 0 {
			panel.Goal.Name = "75–85" + format.Thin + "%"
			if line.Low != nil {
				panel.Lines[0].Band = a.level()
			}
		}
		t.Panels = append(t.Panels, panel)
	}
	if left > 0 {
		t.Text.Caption = "Only the first " + format.Count(mostPanels) + " teams are drawn; the rest are in series.csv. " + t.Text.Caption
	}
	if len(t.Panels) > 0 {
		a.add("occupancy", title, t)
	}
}

// daily is the ratio of two series per local day, and sets the interval of the
// timeline to a day. Every interval is equally long, so sums are enough. A nil
// divisor means the mean. Days of a clock change have an hour more or less;
// the picture does not show the difference.
func daily(t *chart.Timeline, x *outcome.Experiment, num, den []outcome.Float) []outcome.Float {
	t.Interval = 24 * time.Hour
	per := max(1, int(t.Interval/x.Scenario.Interval))
	var days []outcome.Float
	for from := 0; from < len(num); from += per {
		a, b := 0.0, 0.0
		for i := from; i < min(from+per, len(num)); i++ {
			v, w := float64(num[i]), 1.0
			if den != nil {
				w = float64(den[i])
			}
			if !math.IsNaN(v) && !math.IsNaN(w) {
				a, b = a+v, b+w
			}
		}
		days = append(days, outcome.Float(a/b)) // NaN when nothing was there
	}
	return days
}

// load is arrivals against capacity.
func (a *album) load() {
	arrivals := a.x.TimeSeries(outcome.SeriesArrivals, outcome.Labels{})
	if arrivals == nil {
		return
	}
	title := "Arrivals against capacity"
	caption := "Arrivals: tickets created per hour. "
	t := a.timeline(title, "", outcome.Labels{})
	line := chart.Line{Name: "arrivals", Ink: chart.Blue, Values: arrivals.Mean, Low: arrivals.Low, High: arrivals.High, Band: a.level()}
	if arrivals.P10 != nil {
		line.Low, line.High, line.Band = arrivals.P10, arrivals.P90, "8 of 10 trials"
		caption += "Band: from the 10th to the 90th percentile of single trials. "
	} else {
		caption += "Band: " + a.level() + ". "
	}
	panel := chart.Panel{Name: "Tickets per hour", Unit: outcome.UnitPerHour}
	capacity, work := a.capacity(len(arrivals.Mean))
	if a.long() {
		line = chart.Line{Name: "arrivals", Ink: chart.Blue, Values: daily(&t, a.x, arrivals.Mean, nil)}
		caption = "Both lines are means of whole days. "
		if capacity != nil {
			capacity = daily(&t, a.x, capacity, nil)
		}
	}
	panel.Lines = append(panel.Lines, line)
	if capacity != nil {
		panel.Lines = append(panel.Lines, chart.Line{Name: "capacity", Ink: chart.Slate, Values: capacity, Steps: true})
		caption += "Capacity: all agents on shift × 3600" + format.Thin + "s ÷ " + format.Seconds(work) +
			" of work per ticket, as if every agent could take every ticket one at a time."
	}
	t.Panels = []chart.Panel{panel}
	t.Text = a.text(title, caption, outcome.Labels{})
	a.add("arrivals", title, t)
}

// capacity is how many tickets per hour the agents on shift can work off, and
// the work per ticket in seconds that it rests on.
func (a *album) capacity(n int) ([]outcome.Float, float64) {
	m, ok := a.x.Measure(outcome.WorkPerTicket, outcome.Labels{})
	if !ok || !(m.Estimate.Value > 0) {
		return nil, 0
	}
	total := make([]outcome.Float, n)
	some := false
	for _, team := range a.x.Scenario.Teams {
		if s := a.x.TimeSeries(outcome.SeriesHeads, outcome.Labels{Team: team}); s != nil && len(s.Mean) == n {
			some = true
			for i, h := range s.Mean {
				if !math.IsNaN(float64(h)) {
					total[i] += h * outcome.Float(3600/m.Estimate.Value)
				}
			}
		}
	}
	if !some {
		return nil, 0
	}
	return total, m.Estimate.Value
}

// backlog is the number of unsolved and of waiting tickets over time.
func (a *album) backlog() {
	title := "Backlog and queue"
	caption := "Line: mean over trials at the end of each " + a.every() + ". Band: from the 10th to the 90th percentile of single trials."
	t := a.timeline(title, caption, outcome.Labels{})
	t.SameScale = true
	for _, what := range []struct {
		name, head string
		ink        chart.Ink
	}{
		{outcome.SeriesBacklog, "Backlog: tickets that are not solved", chart.Purple},
		{outcome.SeriesQueue, "Queue: tickets that wait for an agent", chart.Blue},
		{outcome.SeriesInherited, "Of the tickets open at the start: not solved since", chart.Slate},
	} {
		s := a.x.TimeSeries(what.name, outcome.Labels{})
		if s == nil {
			continue
		}
		line := chart.Line{Ink: what.ink, Values: s.Mean, Low: s.P10, High: s.P90, Band: "8 of 10 trials"}
		if s.P10 == nil {
			line.Low, line.High, line.Band = s.Low, s.High, a.level()
			t.Text = a.text(title, "Line: mean over trials at the end of each "+a.every()+". Band: "+a.level()+".", outcome.Labels{})
		}
		t.Panels = append(t.Panels, chart.Panel{Name: what.head, Unit: outcome.UnitTickets, Lines: []chart.Line{line}})
	}
	if len(t.Panels) == 0 {
		return
	}
	for _, s := range a.x.Scenario.Spikes {
		if m, ok := a.x.Measure(outcome.Recovery, outcome.Labels{Spike: s.Name}); ok && m.Estimate.Value > 0 {
			end := s.End + time.Duration(m.Estimate.Value*float64(time.Second))
			t.Windows = append(t.Windows, chart.Window{
				Name: "recovered after " + format.Estimate(m.Estimate, m.Unit), From: end, To: end,
			})
		}
	}
	a.add("backlog", title, t)
}
