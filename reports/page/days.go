package page

import (
	"fmt"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
)

// days are, for each metric, the breach rate of the tickets created on each day, a line for each
// scenario. A day has enough tickets for its rate to mean something, where half an hour has a
// handful; and it is what a support leader calls a bad day.
func days(views []view) []html.Block {
	var blocks []html.Block
	for _, metric := range metricsOf(views) {
		c := &html.Curves{
			Title: "Breach rate of " + format.Words(metric) + " by day",
			Y:     html.Axis{Name: "Breach rate", Unit: "%"},
		}
		first, last := time.Time{}, time.Time{}
		var named []string
		var lists [][]dayRate
		for i := range views {
			list := byDay(views[i].x, metric)
			if len(list) < 2 {
				continue
			}
			if first.IsZero() || list[0].day.Before(first) {
				first = list[0].day
			}
			if end := list[len(list)-1].day; end.After(last) {
				last = end
			}
			named, lists = append(named, views[i].name), append(lists, list)
		}
		if len(lists) == 0 {
			continue
		}
		for i, list := range lists {
			c.Curves = append(c.Curves, curveOf(named[i], list, first))
		}
		c.X = html.Axis{Name: "Day on which the ticket was created", Ticks: dayTicks(first, last)}
		c.Caption = fmt.Sprintf("Dots: breached clocks over judged clocks of the tickets created on that day (%s), all trials together. Band: %s interval. Of the last days only the clocks count that were judged before the end.",
			format.Clean(views[0].x.Scenario.Zone), format.Percent(levelOf(views[0].x)))
		blocks = append(blocks, c)
	}
	return blocks
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

func curveOf(name string, list []dayRate, first time.Time) html.Curve {
	if name == "" {
		name = "All tickets"
	}
	curve := html.Curve{Name: name, Dots: true}
	for _, r := range list {
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
		for _, metric := range reports.Metrics(views[i].x) {
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
