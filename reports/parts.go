package reports

import (
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
)

// The subjects of an experiment's tables, in the order in which a report has them.
const (
	Expected    document.Subject = "expected"
	Promises    document.Subject = "promises"
	Staff       document.Subject = "staff"
	Flow        document.Subject = "flow"
	Solving     document.Subject = "solving"
	Credits     document.Subject = "credits"
	Escalations document.Subject = "escalations"
	Customers   document.Subject = "customers"
	Disturbed   document.Subject = "disturbed"
	Exclusions  document.Subject = "exclusions"
)

// part makes the tables of a subject.
type part struct {
	subject document.Subject
	make    func()
}

// parts are all that a report of an experiment may have.
func (s *summary) parts() []part {
	return []part{
		{Expected, s.expectations},
		{Promises, func() {
			for _, metric := range s.x.Metrics() {
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
			for _, metric := range s.x.Metrics() {
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

// ExperimentParts are the parts of an experiment's report, with all its tables and rows for all
// channels.
func Parts(x *outcome.Experiment) document.Parts {
	return summariseBy(x, true).Split(document.Titled(x.Scenario.Title, x.Scenario.Name))
}
