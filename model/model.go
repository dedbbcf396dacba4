// Package model ties the ground together: a Scenario is everything that a
// simulation needs to know, as one value. It has no positions, no YAML, no
// random stream. Check finds what does not fit between its parts.
package model

import (
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

// Scenario is one question to the simulator.
type Scenario struct {
	Name  string
	Title string // one line for people; may be empty

	Time      Time
	Run       Run
	Names     ticket.Names
	Channels  []work.Channel       // by ticket.Channel
	Issues    []work.Issue         // by ticket.Issue
	Calendars []*calendar.Calendar // Calendars[0] is always open
	Triage    Triage
	Streams   []demand.Stream
	Bursts    []demand.Burst // incidents, on top of the streams
	// Backlog is the open tickets that the simulation starts with.
	Backlog []demand.Backlog
	// Deflection is what customers meet before the desk.
	Deflection []Deflection
	Teams      []staffing.Team // by ticket.Team
	SlowTools  []SlowTools
	// Outages are when channels, or the systems of teams, are down.
	Outages []Outage
	Routing Routing
	SLA     sla.Rules
	// Escalations is the ladder, from the first rung to the last.
	Escalations []Rung
	Contracts   []contract.Contract
	// Burnout is what is assumed about overload.
	Burnout Burnout
	// Quality is what is promised about the quality scores of touches.
	Quality Quality
	// Availability is what is promised about channels.
	Availability []Availability
	// Exceptions are the dated records of when promises count differently.
	Exceptions []Exception
	// Expect is what somebody expects of the outcome; it changes nothing of it.
	Expect   []outcome.Expectation
	Currency string // ISO 4217 code of all money; empty when none is named
}

// Time is the stretch that is simulated.
type Time struct {
	Start    time.Time     // in the scenario's zone
	Length   time.Duration // the measured horizon ends here
	Warmup   time.Duration // from the start; simulated, not measured
	Interval time.Duration // of all time series: 15, 30 or 60 minutes
}

// Run says how many trials answer the question.
type Run struct {
	Seed     uint64
	Min, Max int // replications
	// Precision stops the experiment once the half-width of the interval of
	// Measure is at most this share of its estimate, or at most Absolute in the
	// measure's unit, whichever of the two is not 0, and all of Further are reached
	// too; Precisions lists them. If none is asked for exactly Min replications run.
	Precision float64
	Measure   string // the name of a measure, such as breach_rate(first_reply)
	Absolute  float64
	Further   []Precision
	Control   Control
	Balance   Balance
}
