package gallery

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
)

// Waits is how long the clocks of a metric run, with its targets: a line for each tier
// or each priority, whichever the policies are named after, else for all tickets.
func Waits(x *outcome.Experiment, metric string, text Text) (Picture, bool) {
	tiers := distributions(x, metric, x.Scenario.Tiers, func(l *outcome.Labels, v string) { l.Tier = v })
	priorities := distributions(x, metric, x.Scenario.Priorities, func(l *outcome.Labels, v string) { l.Priority = v })
	all := distributions(x, metric, []string{""}, func(*outcome.Labels, string) {})
	lines, by := tiers, ", by tier"
	if named(x, metric, x.Scenario.Priorities) > named(x, metric, x.Scenario.Tiers) || len(tiers) < 2 && len(priorities) > 1 {
		lines, by = priorities, ", by priority"
	}
	if len(lines) < 2 && len(all) == 1 {
		lines, by = all, ""
	}
	if len(lines) == 0 {
		return Picture{}, false
	}
	word := format.Words(metric)
	title := "How long it takes: " + word + by
	caption := "Line: share of the clocks that ran for no longer than this, in the time that their policies count; of those still open and overdue, as they stand at the end. " +
		"Dashed upright: what is promised. The axis of time is logarithmic; what is shorter than its left end stands there."
	if len(lines) > mostLines {
		caption += fmt.Sprintf(" Shown are %d of %d.", mostLines, len(lines))
		lines = lines[:mostLines]
	}
	c := chart.Cumulative{
		Text: text(title, caption, outcome.Labels{Metric: metric}),
		Name: "Share of clocks", Head: "time on the clock of " + word, Unit: outcome.UnitSeconds,
	}
	inks := map[string]chart.Ink{}
	for i, d := range lines {
		s := chart.Steps{Name: format.Capital(format.Clean(d.name)), Ink: chart.Ink(i)}
		inks[d.name] = s.Ink
		var total, sum float64
		for _, n := range d.waits.Count {
			total += float64(n)
		}
		for k, n := range d.waits.Count {
			if sum += float64(n); real(d.waits.Upper[k]) {
				s.Values, s.Shares = append(s.Values, d.waits.Upper[k]), append(s.Shares, sum/total)
			}
		}
		c.Steps = append(c.Steps, s)
	}
	c.Marks = targets(x, metric, inks)
	return Picture{Name: "waits-" + metric, Title: title, Chart: c}, true
}

// distribution is a distribution of waits with the name of its slice.
type distribution struct {
	name  string
	waits *outcome.Waits
}

func distributions(x *outcome.Experiment, metric string, names []string, label func(l *outcome.Labels, v string)) (found []distribution) {
	for _, name := range names {
		l := outcome.Labels{Metric: metric}
		label(&l, name)
		for i := range x.Waits {
			if w := &x.Waits[i]; w.Labels == l && slices.ContainsFunc(w.Count, func(n uint64) bool { return n > 0 }) {
				found = append(found, distribution{name, w})
				break
			}
		}
	}
	return found
}

// named counts the targets of a metric whose policy or priority is one of some names.
func named(x *outcome.Experiment, metric string, names []string) (n int) {
	for _, t := range x.Scenario.Targets {
		if t.Metric == metric && (slices.Contains(names, t.Policy) || t.Priority != "" && slices.Contains(names, t.Priority)) {
			n++
		}
	}
	return n
}

// targets are the promises of a metric, those of the same length together. A promise that
// is named after a line has its ink.
func targets(x *outcome.Experiment, metric string, inks map[string]chart.Ink) []chart.Mark {
	const mostMarks = 6
	names := map[time.Duration][]string{}
	var order []time.Duration
	for _, t := range x.Scenario.Targets {
		if t.Metric != metric || t.Within <= 0 {
			continue
		}
		if names[t.Within] == nil {
			order = append(order, t.Within)
		}
		name := format.Clean(t.Policy)
		if t.Priority != "" {
			name = strings.TrimSpace(name + " " + format.Clean(t.Priority))
		}
		names[t.Within] = append(names[t.Within], name)
	}
	slices.Sort(order)
	var marks []chart.Mark
	for _, within := range order[:min(len(order), mostMarks)] {
		m := chart.Mark{Name: names[within][0], Value: within.Seconds(), Text: format.Stated(within), Ink: chart.Slate}
		switch rest := len(names[within]) - 1; {
		case rest == 1:
			m.Name += ", " + names[within][1]
		case rest > 1:
			m.Name += fmt.Sprintf(" and %d more", rest)
		}
		for _, t := range x.Scenario.Targets {
			if t.Metric != metric || t.Within != within {
				continue
			}
			for _, name := range []string{t.Policy, t.Priority} {
				if ink, ok := inks[name]; ok && name != "" && m.Ink == chart.Slate {
					m.Ink = ink
				}
			}
		}
		marks = append(marks, m)
	}
	return marks
}

// Hours is how long the clocks of a metric run by the hour in which the ticket was
// created: quantiles, hour by hour.
func Hours(x *outcome.Experiment, metric string, text Text) (Picture, bool) {
	word := format.Words(metric)
	c := chart.Curves{
		Name: format.Capital(word) + ", time on the clock", Unit: outcome.UnitSeconds, FromZero: true,
		X: chart.Ruler{Name: "hour of creation, " + format.Clean(x.Scenario.Zone), Suffix: ":00", Ticks: []float64{0, 3, 6, 9, 12, 15, 18, 21}},
	}
	for i, p := range []float64{0.5, 0.8, 0.95} {
		c.Curves = append(c.Curves, chart.Curve{Name: format.Percent(p) + " within", Ink: chart.Ink(i)})
	}
	hours := 0
	for hour := range 24 {
		c.X.Values = append(c.X.Values, float64(hour))
		l := outcome.Labels{Metric: metric, Hour: fmt.Sprintf("%02d", hour)}
		at := slices.IndexFunc(x.Waits, func(w outcome.Waits) bool { return w.Labels == l })
		for i, p := range []float64{0.5, 0.8, 0.95} {
			q, low, high := nan, nan, nan
			l.Quantile = fmt.Sprintf("p%.0f", 100*p)
			if m, ok := x.Measure(outcome.ElapsedByHour, l); ok {
				q, low, high = m.Estimate.Value, m.Estimate.Low, m.Estimate.High
			} else if at >= 0 {
				q = x.Waits[at].Quantile(p) // of an outcome that was written before there were intervals
			}
			if i == 0 && real(q) {
				hours++
			}
			c.Curves[i].Add(float64(hour), q, low, high)
		}
	}
	if hours < 2 {
		return Picture{}, false
	}
	for _, m := range targets(x, metric, nil) {
		c.Levels = append(c.Levels, chart.Bound{Name: m.Name + "  " + m.Text, Value: m.Value})
	}
	title := "How long it takes: " + word + ", by hour of the day"
	caption := "Points: times within which half, 80" + format.Thin + "% and 95" + format.Thin + "% of the clocks of tickets created in that hour stop, after the warm-up, all days and trials together; " +
		"of those still open and overdue, as they stand at the end. 9:00 is from 9:00 to 10:00. Dashed: what is promised, where it has room. Gaps: no such tickets."
	c.Text = text(title, caption, outcome.Labels{Metric: metric})
	return Picture{Name: "percentiles-" + metric, Title: title, Chart: c}, true
}
