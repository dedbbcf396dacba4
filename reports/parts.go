package reports

import (
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// Subject is what a table of a report is about.
type Subject string

// The subjects of an experiment's tables, in the order in which a report has them.
const (
	Expected    Subject = "expected"
	Promises    Subject = "promises"
	Staff       Subject = "staff"
	Flow        Subject = "flow"
	Solving     Subject = "solving"
	Credits     Subject = "credits"
	Escalations Subject = "escalations"
	Customers   Subject = "customers"
	Disturbed   Subject = "disturbed"
	Exclusions  Subject = "exclusions"
)

// part makes the tables of a subject.
type part struct {
	subject Subject
	make    func()
}

// parts are all that a report of an experiment may have.
func (s *summary) parts() []part {
	return []part{
		{Expected, s.expectations},
		{Promises, func() {
			for _, metric := range metrics(s.x) {
				s.promises(metric)
			}
			s.availability()
			s.quality()
		}},
		{Staff, func() {
			s.teams()
			s.strain()
			s.calls()
			s.people()
			s.routing()
		}},
		{Flow, func() {
			s.tickets()
			s.backlog()
			s.flow()
		}},
		{Solving, func() {
			s.cycles()
			s.handOffs()
			s.whereTime()
			for _, metric := range metrics(s.x) {
				s.hours(metric)
			}
		}},
		{Credits, s.contracts},
		{Promises, s.periods},
		{Escalations, s.escalations},
		{Customers, func() {
			s.customers()
			s.bots()
		}},
		{Disturbed, s.outages},
		{Exclusions, func() {
			s.relaxations()
			s.exceptions()
		}},
	}
}

// Parts are what a report consists of, for pages that set it in an order of their own.
type Parts struct {
	Title   string
	Head    string // one line: what was simulated
	Verdict string
	Doubts  []string // about the whole, each a full sentence
	Tables  []Part
	Birth   string // one line: where the numbers come from
}

// Part is a table and what it is about.
type Part struct {
	Subject Subject // empty where a report has one subject
	Table   *table.Table
}

// ExperimentParts are the parts of an experiment's report, with all its tables and rows for all
// channels.
func ExperimentParts(x *outcome.Experiment) Parts {
	title := x.Scenario.Title
	if title == "" {
		title = x.Scenario.Name
	}
	return summariseBy(x, true).split(title)
}

// ComparisonParts are the parts of a comparison's report.
func ComparisonParts(c *outcome.Comparison) Parts {
	return compared(c).split("Comparison with " + c.Base)
}

// SweepParts are the parts of a sweep's report.
func SweepParts(s *outcome.Sweep) Parts {
	title := s.Title
	if title == "" {
		title = s.Scenario
	}
	return newSurvey(s).document().split("What if: " + title)
}

func (d *document) split(title string) Parts {
	p := Parts{Title: format.Clean(title), Head: d.head, Verdict: d.verdict, Doubts: d.doubts, Birth: d.birth}
	for i, t := range d.tables {
		one := Part{Table: t}
		if i < len(d.subjects) {
			one.Subject = d.subjects[i]
		}
		p.Tables = append(p.Tables, one)
	}
	return p
}

// Timelines are the charts over time in full, however long the time: without the daily means
// that Pictures has for want of room.
func Timelines(x *outcome.Experiment) []Picture {
	a := &album{x: x, names: map[string]bool{}, fine: true}
	for _, metric := range metrics(x) {
		a.breach(metric)
	}
	a.occupancy()
	a.load()
	a.backlog()
	return a.pictures
}

// Metrics lists the metrics that have a breach rate, in the order of the outcome.
func Metrics(x *outcome.Experiment) []string { return metrics(x) }

// Local is an instant of the scenario, since its start, in the scenario's zone.
func Local(x *outcome.Experiment, d time.Duration) time.Time { return local(x, d) }
