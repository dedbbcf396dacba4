package reports

import (
	"math"
	"strings"
	"time"
	"unicode"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
)

// Picture is a chart with a name for its files.
type Picture struct {
	Name  string // without ending: breach-first_reply-tier
	Title string
	Chart chart.Chart
}

// mostPanels is how many panels a timeline has room for.
const mostPanels = 6

// Pictures chooses the charts of an experiment.
func Pictures(x *outcome.Experiment) []Picture {
	a := &album{x: x, names: map[string]bool{}}
	for _, metric := range metrics(x) {
		a.breach(metric)
		a.hours(metric)
	}
	a.occupancy()
	a.load()
	a.backlog()
	for i := range x.Scenario.Contracts {
		a.credits(&x.Scenario.Contracts[i])
	}
	return a.pictures
}

// album collects pictures.
type album struct {
	x        *outcome.Experiment
	pictures []Picture
	names    map[string]bool
}

func (a *album) add(name string, title string, c chart.Chart) {
	name = fileName(name)
	for n := 2; a.names[name]; n++ {
		name = strings.TrimRight(name, "0123456789") + format.Decimal(float64(n), 0)
	}
	a.names[name] = true
	a.pictures = append(a.pictures, Picture{name, title, c})
}

// fileName makes a name from data fit for any file system: letters, digits,
// dots, dashes and underscores, at most 80 of them.
func fileName(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		if r < 128 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_') {
			b.WriteRune(r)
		} else {
			b.WriteByte('-')
		}
		if b.Len() >= 80 {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}

// text is what a chart says about itself, with the doubts that concern it and
// the birth certificate.
func (a *album) text(title, caption string, about outcome.Labels) chart.Text {
	sc := &a.x.Scenario
	subtitle := join(format.Clean(sc.Name),
		format.Stated(sc.Length)+" from "+format.Date(local(a.x, 0))+", "+format.Clean(sc.Zone),
		format.Plural(a.x.Replications, "replication", "replications"))
	t := chart.Text{Title: title, Subtitle: subtitle, Caption: caption, Source: birth(a.x)}
	for _, w := range a.x.Warnings {
		if includes(w.Labels, about) {
			t.Notes = append(t.Notes, w.Text)
		}
	}
	return t
}

// timeline is the frame of all charts over time.
func (a *album) timeline(title, caption string, about outcome.Labels) chart.Timeline {
	t := chart.Timeline{
		Text:     a.text(title, caption, about),
		Start:    local(a.x, 0),
		Interval: a.x.Scenario.Interval,
		Warmup:   a.x.Scenario.Warmup,
	}
	for _, s := range a.x.Scenario.Spikes {
		t.Windows = append(t.Windows, chart.Window{Name: spikeName(s), From: s.Start, To: s.End})
	}
	return t
}

func spikeName(s outcome.Spike) string {
	return format.Clean(s.Name) + ", " + format.Value(s.Factor, "") + "×"
}

func (a *album) every() string { return format.Stated(a.x.Scenario.Interval) }

func (a *album) level() string { return intervalLevel(a.x) + " interval" }

// intervalLevel is the confidence level of an experiment's intervals.
func intervalLevel(x *outcome.Experiment) string {
	for i := range x.Measures {
		if l := x.Measures[i].Estimate.Level; l > 0 && l < 1 {
			return format.Percent(l)
		}
	}
	return format.Percent(outcome.DefaultLevel)
}

// breach is the breach rate over time: by tier, by priority, or of all tickets
// where there is neither.
func (a *album) breach(metric string) {
	sc := &a.x.Scenario
	word := format.Words(metric)
	tiers := breachBy(a.x, metric, sc.Tiers, func(l *outcome.Labels, v string) { l.Tier = v })
	priorities := breachBy(a.x, metric, sc.Priorities, func(l *outcome.Labels, v string) { l.Priority = v })
	some := false
	if len(tiers) > 1 {
		a.breachLines("breach-"+metric+"-tier", "Breach rate of "+word+", by tier", metric, tiers)
		some = true
	}
	if len(priorities) > 1 {
		a.breachLines("breach-"+metric+"-priority", "Breach rate of "+word+", by priority", metric, priorities)
		some = true
	}
	if !some {
		if all := breachBy(a.x, metric, []string{""}, func(*outcome.Labels, string) {}); len(all) > 0 {
			a.breachLines("breach-"+metric, "Breach rate of "+word, metric, all)
		}
	}
}

func (a *album) breachLines(name, title, metric string, lines []breachLine) {
	caption := "Line: breached clocks over judged clocks of the tickets created in each " + a.every() +
		", all trials together. Band: " + a.level() + ". Gaps: no such tickets."
	if len(lines) > mostPanels {
		caption += " Only the first " + format.Count(mostPanels) + " of " + format.Count(float64(len(lines))) + " are drawn; the rest are in series.csv."
		lines = lines[:mostPanels]
	}
	t := a.timeline(title, caption, outcome.Labels{Metric: metric})
	t.SameScale = true
	for i, line := range lines {
		panel := chart.Panel{Name: capital(format.Clean(line.name)), Unit: outcome.UnitShare, AtLeast: 0.05}
		if panel.Name == "" {
			panel.Name = "All tickets"
		}
		band := ""
		if i == 0 {
			band = a.level()
		}
		panel.Lines = []chart.Line{{Ink: chart.Vermilion, Values: line.series.Mean, Low: line.series.Low, High: line.series.High, Band: band}}
		t.Panels = append(t.Panels, panel)
	}
	a.add(name, title, t)
}

// weekDays are the days in the names of hours of the week, Monday first.
var weekDays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// hours is the heat map of the breach rate by hour of the week.
func (a *album) hours(metric string) {
	var h chart.HeatMap
	for d := range h.Cells {
		for i := range h.Cells[d] {
			h.Cells[d][i] = nan
		}
	}
	some := false
	for i := range a.x.Measures {
		m := &a.x.Measures[i]
		if m.Name != outcome.BreachByHour || m.Labels.Metric != metric {
			continue
		}
		if day, hour, ok := hourOfWeek(m.Labels.Hour); ok {
			h.Cells[day][hour] = m.Estimate.Value
			some = true
		}
	}
	if !some {
		return
	}
	title := "Breach rate of " + format.Words(metric) + " by hour of the week"
	h.Key = "breached"
	h.Text = a.text(title, "Number in a cell: percent of the clocks of tickets created in that hour (local time) that are breached, after the warm-up. "+
		"Hatched: no such tickets.", outcome.Labels{Metric: metric})
	a.add("hours-"+metric, title, h)
}

// hourOfWeek reads mon-09.
func hourOfWeek(s string) (day, hour int, ok bool) {
	name, digits, found := strings.Cut(s, "-")
	if !found || len(digits) != 2 || digits[0] < '0' || digits[0] > '9' || digits[1] < '0' || digits[1] > '9' {
		return 0, 0, false
	}
	hour = 10*int(digits[0]-'0') + int(digits[1]-'0')
	for day, d := range weekDays {
		if d == name && hour < 24 {
			return day, hour, true
		}
	}
	return 0, 0, false
}

// coarse is the length from which on series over time are drawn as daily means
// where those can be worked out from the series.
const coarse = 45 * 24 * time.Hour

// occupancy is the occupancy of each team over time.
func (a *album) occupancy() {
	caption := "Line: agents with work in hand over agents on shift in each " + a.every() + ". Band: " + a.level() +
		". Green: 75–85" + format.Thin + "%, busy without burning out. Gaps: nobody on shift."
	long := a.x.Scenario.Length > coarse
	if long {
		caption = "Line: agents with work in hand over agents on shift, per day. Green: 75–85" + format.Thin + "%, busy without burning out."
	}
	title := "Occupancy by team"
	t := a.timeline(title, caption, outcome.Labels{})
	left := 0
	for _, team := range a.x.Scenario.Teams {
		labels := outcome.Labels{Team: team}
		s := series(a.x, outcome.SeriesOccupancy, labels)
		if s == nil {
			continue
		}
		if len(t.Panels) == mostPanels {
			left++
			continue
		}
		line := chart.Line{Ink: chart.Blue, Values: s.Mean, Low: s.Low, High: s.High}
		busy, heads := series(a.x, outcome.SeriesBusy, labels), series(a.x, outcome.SeriesHeads, labels)
		if long && busy != nil && heads != nil {
			line = chart.Line{Ink: chart.Blue, Values: daily(&t, a.x, busy.Mean, heads.Mean)}
		}
		panel := chart.Panel{
			Name: capital(format.Clean(team)), Unit: outcome.UnitShare, AtLeast: 1,
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
	arrivals := series(a.x, outcome.SeriesArrivals, outcome.Labels{})
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
	if a.x.Scenario.Length > coarse {
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
		if s := series(a.x, outcome.SeriesHeads, outcome.Labels{Team: team}); s != nil && len(s.Mean) == n {
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
	} {
		s := series(a.x, what.name, outcome.Labels{})
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

// credits is the distribution of a contract's credits.
func (a *album) credits(c *outcome.Contract) {
	labels := outcome.Labels{Contract: c.Name}
	m, ok := a.x.Measure(outcome.Credit, labels)
	if !ok {
		return
	}
	title := "Service credits of " + format.Clean(c.Name)
	caption := "Bars: share of trials by the credit that they pay over the measured time. Promise: " + format.Percent(c.Target) + " of " +
		format.Words(c.Metric) + " per " + format.Clean(c.Period) + "; " + format.Clean(c.Scheme) + "; fee " + format.Money(c.Fee, a.x.Scenario.Currency) +
		" per month. P95: 95" + format.Thin + "% of trials pay no more. CVaR95: mean of the worst 5" + format.Thin + "%."
	d := chart.Distribution{
		Text: a.text(title, caption, labels),
		Head: words("Credit", a.x.Scenario.Currency),
	}
	for r, v := range m.Num {
		if r < len(m.Den) && m.Den[r] != 0 {
			d.Values = append(d.Values, v/m.Den[r])
		}
	}
	for _, mark := range []struct {
		name, quantile string
		ink            chart.Ink
	}{{"Mean", "", chart.Slate}, {"P95", outcome.TailP95, chart.Vermilion}, {"CVaR95", outcome.TailCVaR95, chart.Purple}} {
		l := labels
		l.Quantile = mark.quantile
		if tail, ok := a.x.Measure(outcome.Credit, l); ok {
			d.Marks = append(d.Marks, chart.Mark{Name: mark.name, Value: tail.Estimate.Value, Text: format.Estimate(tail.Estimate, tail.Unit), Ink: mark.ink})
		}
	}
	a.add("credits-"+c.Name, title, d)
}
