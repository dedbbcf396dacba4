package page

import (
	"fmt"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
)

// A day has enough tickets for its breach rate to mean something, where half an hour has a handful;
// and it is what a support leader calls a bad day.

// days is the breach rate of the tickets created on each day, a line for each metric.
func (v *view) days() []html.Block {
	var lines []dayLine
	for _, metric := range v.x.Metrics() {
		lines = append(lines, dayLine{format.Capital(format.Words(metric)), byDay(v.x, metric)})
	}
	return byDayChart("Breach rate by day", v.x, lines)
}

// daysTogether are, for each metric, the breach rates by day of some scenarios, a line for each. Their paired
// differences stand among those at the top.
func daysTogether(_ *outcome.Comparison, views []view) []html.Block {
	var blocks []html.Block
	for _, metric := range metricsOf(views) {
		var lines []dayLine
		for i := range views {
			lines = append(lines, dayLine{views[i].name, byDay(views[i].x, metric)})
		}
		set := byDayChart("Breach rate of "+format.Words(metric)+" by day", views[0].x, lines)
		blocks = append(blocks, set...)
	}
	return blocks
}

// dayLine is a line of a chart by day.
type dayLine struct {
	name string
	days []dayRate
}

// late reports whether any day of the line has a breach.
func (l dayLine) late() bool {
	return slices.ContainsFunc(l.days, func(d dayRate) bool { return d.measure.Estimate.Value > 0 })
}

// byDayChart is a chart of the lines that have days, at most as many as can be told apart; x says
// where days begin.
func byDayChart(title string, x *outcome.Experiment, lines []dayLine) []html.Block {
	lines = slices.DeleteFunc(lines, func(l dayLine) bool { return len(l.days) < 2 })
	lines = lines[:min(len(lines), mostLines)]
	if len(lines) == 0 {
		return nil
	}
	first, last := lines[0].days[0].day, lines[0].days[0].day
	for _, l := range lines {
		if l.days[0].day.Before(first) {
			first = l.days[0].day
		}
		if end := l.days[len(l.days)-1].day; end.After(last) {
			last = end
		}
	}
	if !slices.ContainsFunc(lines, dayLine.late) {
		return []html.Block{html.Words(title + ": no clock is breached on any day.")}
	}
	c := &html.Curves{
		Title: title, X: html.Axis{Name: "Day on which the ticket was created", Ticks: dayTicks(first, last)}, Y: html.Axis{Name: "Breach rate", Unit: "%"},
		Caption: fmt.Sprintf("Line: breached clocks over judged clocks of the tickets created on that day (%s), all trials together. Band: %s interval. Of the last days only the clocks count that were judged before the end.",
			format.Clean(x.Scenario.Zone), format.Percent(levelOf(x))),
	}
	for _, l := range lines {
		c.Curves = append(c.Curves, l.over(first))
	}
	return []html.Block{c}
}

// dayRate is the breach rate of a day.
type dayRate struct {
	day     time.Time // its date, at midnight UTC
	measure *outcome.Measure
}

// byDay are the rates of a metric in the order of the days, those of all tickets together.
func byDay(x *outcome.Experiment, metric string) []dayRate {
	var list []dayRate
	for i := range x.Measures {
		m := &x.Measures[i]
		if m.Name != outcome.BreachByPeriod || m.Labels != (outcome.Labels{Metric: metric, Period: m.Labels.Period}) {
			continue
		}
		if day, err := time.Parse(time.DateOnly, m.Labels.Period); err == nil {
			list = append(list, dayRate{day, m})
		}
	}
	slices.SortFunc(list, func(a, b dayRate) int { return a.day.Compare(b.day) })
	return list
}

// mostDots is how many days have a dot each; beyond, dots run into one another.
const mostDots = 62

// over is the line over the days since the first.
func (l dayLine) over(first time.Time) html.Curve {
	curve := html.Curve{Name: l.name, Dots: len(l.days) <= mostDots}
	for _, r := range l.days {
		e := r.measure.Estimate
		curve.Points = append(curve.Points, html.Point{
			X: r.day.Sub(first).Hours() / 24, Y: 100 * e.Value, Low: 100 * e.Low, High: 100 * e.High,
			XText: format.Date(r.day), Text: format.Estimate(e, r.measure.Unit),
		})
	}
	return curve
}

// mostWeeks is how many weeks have a tick each; beyond, months have.
const mostWeeks = 10

// dayTicks are Mondays, or the firsts of months where there are too many of these.
func dayTicks(first, last time.Time) []html.Mark {
	var marks []html.Mark
	weeks := last.Sub(first) <= mostWeeks*7*24*time.Hour
	for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
		at := day.Sub(first).Hours() / 24
		switch {
		case weeks && day.Weekday() == time.Monday:
			marks = append(marks, html.Mark{At: at, Name: day.Format("Mon 2 Jan")})
		case !weeks && day.Day() == 1:
			marks = append(marks, html.Mark{At: at, Name: day.Format("Jan 2006")})
		}
	}
	if len(marks) == 0 {
		marks = append(marks, html.Mark{At: 0, Name: first.Format("Mon 2 Jan")})
	}
	return marks
}

// metricsOf are the metrics of some scenarios, each once, in the order of the first that has it.
func metricsOf(views []view) []string {
	var list []string
	for i := range views {
		for _, metric := range views[i].x.Metrics() {
			if !slices.Contains(list, metric) {
				list = append(list, metric)
			}
		}
	}
	return list
}

// levelOf is the level of the intervals of an experiment.
func levelOf(x *outcome.Experiment) float64 {
	for i := range x.Measures {
		if level := x.Measures[i].Estimate.Level; level > 0 {
			return level
		}
	}
	return 0.95
}
