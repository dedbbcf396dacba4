package page

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/gallery"
	"github.com/headroom-sim/headroom/reports/html"
	"github.com/headroom-sim/headroom/reports/pictures"
)

// Experiment writes the page of an experiment.
func Experiment(w io.Writer, x *outcome.Experiment) error {
	parts := reports.Parts(x)
	p := &html.Page{
		Title: parts.Title, Head: parts.Head,
		Verdicts: []html.Verdict{{Sentence: parts.Verdict, Doubts: parts.Doubts}},
		Birth:    born(x),
	}
	p.Sections = sections(newView(x))
	return html.Write(w, p)
}

// view is an experiment with what its sections draw on.
type view struct {
	x         *outcome.Experiment
	name      string // of the scenario among those compared; empty where there is only one
	parts     document.Parts
	timelines []gallery.Picture
}

func newView(x *outcome.Experiment) view {
	return view{x: x, parts: reports.Parts(x), timelines: pictures.Timelines(x)}
}

// chapter is a section of every page: what it is about and how a scenario fills it.
type chapter struct {
	title, text string
	fill        func(v *view) []html.Block
	together    func(c *outcome.Comparison, views []view) []html.Block // what scenarios share; may be nil
}

var chapters = []chapter{
	{"What was expected", "", func(v *view) []html.Block { return v.tables(reports.Expected) }, nil},
	{"Broken promises", "The share of clocks that ran past their target, by metric, priority, tier, channel and account; and when.",
		func(v *view) []html.Block {
			return slices.Concat(v.days(), v.tables(reports.Promises), v.charts("breach-"))
		}, daysTogether},
	{"Broken promises by hour of the week", "When tickets come in that are answered or solved too late.", (*view).heats, nil},
	{"Occupancy", "How much of their time on shift agents have work in hand. Between 75 and 85" + format.Thin + "% a team is busy without burning out.",
		func(v *view) []html.Block { return append(v.charts("occupancy"), v.tables(reports.Staff)...) }, occupancyTogether},
	{"Arrivals against capacity", "What comes in, beside what the agents on shift can work off.",
		func(v *view) []html.Block { return append(v.charts("arrivals"), v.tables(reports.Flow)...) }, headsTogether},
	{"Backlog and recovery", "How much work waits, and how long after a spike until the queue is back to what it was.",
		func(v *view) []html.Block { return append(v.charts("backlog"), v.tables(reports.Disturbed)...) }, backlogTogether},
	{"How long customers wait", "Working time is what promises count; the clock on the wall is what the customer sees, nights and weekends included.",
		func(v *view) []html.Block {
			return slices.Concat(v.waits(), v.byHour(), withoutHours(v.tables(reports.Solving)))
		}, waitsTogether},
	{"Cost of staff", "", (*view).costs, costsTogether},
	{"Service credits", "What contracts pay back for missed promises: on average, and in bad times.",
		func(v *view) []html.Block { return append(v.tables(reports.Credits), v.exceedances()...) }, creditsTogether},
	{"Escalations", "How often each rung of the ladder was reached, and what it cost: hours of leads, and their pay where it is known.",
		func(v *view) []html.Block { return v.tables(reports.Escalations) }, nil},
	{"What customers do of their own accord", "", func(v *view) []html.Block { return v.tables(reports.Customers) }, nil},
	{"Assumptions and exclusions", "What was promised and assumed, and what does not count.",
		func(v *view) []html.Block { return append(v.assumptions(), v.tables(reports.Exclusions)...) }, nil},
}

// sections are the chapters of an experiment.
func sections(v view) []html.Section {
	var list []html.Section
	for _, c := range chapters {
		list = append(list, html.Section{Title: c.title, Text: c.text, Blocks: c.fill(&v)})
	}
	return list
}

// tables are those of a subject.
func (v *view) tables(subject document.Subject) []html.Block {
	var blocks []html.Block
	for _, t := range v.parts.Tables {
		if t.Subject == subject {
			blocks = append(blocks, html.Table{Table: t.Table})
		}
	}
	return blocks
}

// born is the birth certificate of an experiment.
func born(x *outcome.Experiment) []html.Fact {
	sc := &x.Scenario
	facts := []html.Fact{
		{Name: "Scenario", Value: format.Clean(sc.Name)},
		{Name: "Digest", Value: format.Clean(sc.Digest)},
		{Name: "Seed", Value: fmt.Sprint(x.Seed)},
		{Name: "Replications", Value: format.Count(float64(x.Replications))},
		{Name: "Stopped because", Value: format.Clean(x.Stopped)},
		{Name: "Made by", Value: format.Clean(x.Tool)},
	}
	return facts
}

// heats are the maps of the breach rate by hour of the week, one for each metric.
func (v *view) heats() []html.Block {
	var blocks []html.Block
	for _, metric := range v.x.Metrics() {
		h := &html.Heat{
			Title:   "Breach rate of " + format.Words(metric) + " by hour of the week",
			Caption: "Percent of the clocks of tickets created in that hour (" + format.Clean(v.x.Scenario.Zone) + ") that are breached, after the warm-up. Crossed out: no such tickets.",
		}
		switch some, late := v.heat(h, metric); {
		case late:
			blocks = append(blocks, h)
		case some:
			blocks = append(blocks, html.Words("Of "+format.Words(metric)+", no clock is breached at any hour of the week."))
		}
	}
	return blocks
}

// heat fills a map, and reports whether there is anything on it, and anything late.
func (v *view) heat(h *html.Heat, metric string) (some, late bool) {
	for day, name := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		for hour := range 24 {
			cell := &h.Cells[day][hour]
			*cell = html.Cell{Value: nan, Text: format.Missing}
			m, ok := v.x.Measure(outcome.BreachByHour, outcome.Labels{Metric: metric, Hour: fmt.Sprintf("%s-%02d", name, hour)})
			if !ok {
				continue
			}
			*cell = html.Cell{Value: m.Estimate.Value, Text: format.Estimate(m.Estimate, m.Unit)}
			some = some || m.Estimate.Value == m.Estimate.Value // not NaN
			late = late || m.Estimate.Value > 0
		}
	}
	return some, late
}

// flat reports whether all lines are zero wherever they are anything.
func flat(lines []html.Line) bool {
	for _, l := range lines {
		for _, v := range l.Values {
			if v == v && v != 0 { // NaN is nothing
				return false
			}
		}
	}
	return true
}

// charts are those over time whose names begin so.
func (v *view) charts(prefix string) []html.Block {
	var blocks []html.Block
	for _, p := range v.timelines {
		if strings.HasPrefix(p.Name, prefix) {
			for _, t := range timelines(p) {
				if strings.HasPrefix(p.Name, "breach-") && flat(t.Lines) {
					blocks = append(blocks, html.Words(t.Title+": no clock is breached in any interval."))
					continue
				}
				blocks = append(blocks, t)
			}
		}
	}
	return blocks
}
