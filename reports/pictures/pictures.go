// Package pictures decides which charts the report of an experiment has, and in which order. Its own
// are those over time; those that look at one question come from package gallery.
package pictures

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/gallery"
	"github.com/headroom-sim/headroom/reports/verdict"
)

// mostPanels is how many panels a timeline has room for.
const mostPanels = 6

// Of chooses the charts of an experiment.
func Of(x *outcome.Experiment) []gallery.Picture {
	a := &album{x: x, names: map[string]bool{}}
	for _, metric := range x.Metrics() {
		a.breach(metric)
		a.hours(metric)
		a.hang(gallery.Waits(x, metric, a.text))
		a.hang(gallery.Hours(x, metric, a.text))
	}
	a.occupancy()
	a.load()
	a.hang(gallery.Coverage(x, a.text))
	a.backlog()
	a.hang(gallery.Escalations(x, a.text))
	for i := range x.Scenario.Contracts {
		a.credits(&x.Scenario.Contracts[i])
		a.hang(gallery.Exceedance(x, &x.Scenario.Contracts[i], a.text))
	}
	return a.pictures
}

// Timelines are the charts over time in full, however long the time: without the daily means
// that Pictures has for want of room.
func Timelines(x *outcome.Experiment) []gallery.Picture {
	a := &album{x: x, names: map[string]bool{}, fine: true}
	for _, metric := range x.Metrics() {
		a.breach(metric)
	}
	a.occupancy()
	a.load()
	a.backlog()
	return a.pictures
}

// album collects pictures.
type album struct {
	x        *outcome.Experiment
	pictures []gallery.Picture
	names    map[string]bool
	fine     bool // no daily means, however long the time
}

// hang adds a picture that has something to say.
func (a *album) hang(p gallery.Picture, some bool) {
	if some {
		a.add(p.Name, p.Title, p.Chart)
	}
}

func (a *album) add(name string, title string, c chart.Chart) {
	base := fileName(name)
	if base == "" {
		base = "picture"
	}
	name = base
	for n := 2; a.names[name]; n++ {
		name = base + "-" + strconv.Itoa(n)
	}
	a.names[name] = true
	a.pictures = append(a.pictures, gallery.Picture{Name: name, Title: title, Chart: c})
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
	subtitle := format.Join(format.Clean(sc.Name),
		format.Between(a.x.Local(0), a.x.Local(sc.Length))+" from "+format.Date(a.x.Local(0))+", "+format.Clean(sc.Zone),
		format.Plural(a.x.Replications, "replication", "replications"))
	t := chart.Text{Title: title, Subtitle: subtitle, Caption: caption, Source: document.Birth(a.x)}
	for _, w := range a.x.Warnings {
		if w.Labels.Includes(about) {
			t.Notes = append(t.Notes, w.Text)
		}
	}
	if a.x.Replications < 10 {
		t.Notes = append(t.Notes, document.FewReplications)
	}
	return t
}

// timeline is the frame of all charts over time.
func (a *album) timeline(title, caption string, about outcome.Labels) chart.Timeline {
	t := chart.Timeline{
		Text:     a.text(title, caption, about),
		Start:    a.x.Local(0),
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

func (a *album) level() string { return format.Percent(a.x.Level()) + " interval" }

// breach is the breach rate over time: by tier, by priority, or of all tickets
// where there is neither.
func (a *album) breach(metric string) {
	sc := &a.x.Scenario
	word := format.Words(metric)
	tiers := verdict.BreachBy(a.x, metric, sc.Tiers, func(l *outcome.Labels, v string) { l.Tier = v })
	priorities := verdict.BreachBy(a.x, metric, sc.Priorities, func(l *outcome.Labels, v string) { l.Priority = v })
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
		if all := verdict.BreachBy(a.x, metric, []string{""}, func(*outcome.Labels, string) {}); len(all) > 0 {
			a.breachLines("breach-"+metric, "Breach rate of "+word, metric, all)
		}
	}
}

// seen leaves out lines without a single observation, unless there is no other.
func seen(lines []verdict.Line) []verdict.Line {
	some := slices.DeleteFunc(slices.Clone(lines), func(l verdict.Line) bool {
		return !slices.ContainsFunc(l.Series.Mean, func(v outcome.Float) bool { return !math.IsNaN(float64(v)) })
	})
	if len(some) == 0 {
		return lines
	}
	return some
}

func (a *album) breachLines(name, title, metric string, lines []verdict.Line) {
	caption := "Line: breached clocks over judged clocks of the tickets created in each " + a.every() +
		", all trials together. Band: " + a.level() + ". Gaps: no such tickets."
	if len(lines) > mostPanels {
		caption += " Only the first " + format.Count(mostPanels) + " of " + format.Count(float64(len(lines))) + " are drawn; the rest are in series.csv."
		lines = lines[:mostPanels]
	}
	t := a.timeline(title, "", outcome.Labels{Metric: metric})
	t.SameScale = true
	together, blank := 0, 0
	for i, line := range seen(lines) {
		panel := chart.Panel{Name: format.Capital(format.Clean(line.Name)), Unit: outcome.UnitShare, AtLeast: 0.05}
		if panel.Name == "" {
			panel.Name = "All tickets"
		}
		band := ""
		if i == 0 {
			band = a.level()
		}
		told := line.Series.Told()
		panel.Lines = []chart.Line{{Ink: chart.Vermilion, Values: told.Mean, Low: told.Low, High: told.High, Band: band, Told: &told}}
		t.Panels = append(t.Panels, panel)
		together, blank = together+told.Together(), blank+told.Left
	}
	t.Text.Caption = caption + putTogether(together, a.every()) + leftOut(blank, a.every())
	a.add(name, title, t)
}

// weekDays are the days in the names of hours of the week, Monday first.
var weekDays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// hours is the heat map of the breach rate by hour of the week.
func (a *album) hours(metric string) {
	var h chart.HeatMap
	for d := range h.Cells {
		for i := range h.Cells[d] {
			h.Cells[d][i] = math.NaN()
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

// credits is the distribution of a contract's credits.
func (a *album) credits(c *outcome.Contract) {
	labels := outcome.Labels{Contract: c.Name}
	m, ok := a.x.Measure(outcome.Credit, labels)
	if !ok {
		return
	}
	title := "Service credits of " + format.Clean(c.Name)
	caption := "Bars: share of trials by the credit that they pay over the measured time. Promise: " + format.Deal(c, a.x.Scenario.Currency) +
		". P95: 95" + format.Thin + "% of trials pay no more. CVaR95: mean of the worst 5" + format.Thin + "%."
	d := chart.Distribution{
		Text: a.text(title, caption, labels),
		Head: format.InUnit("Credit", a.x.Scenario.Currency),
	}
	for r, v := range m.Num {
		if r < len(m.Den) && m.Den[r] != 0 {
			d.Values = append(d.Values, v/m.Den[r])
		}
	}
	d.Marks = gallery.Tails(a.x, c.Name)
	a.add("credits-"+c.Name, title, d)
}
