// Package counterfactual asks what would have been: five switches that take a cause of broken promises out
// of a scenario, after the root causes that support teams look for (capacity, skills, process, system,
// customer factors). Each is a pure function of the scenario. They can be combined in any order, and leave
// demand, its random numbers, calendars and promises as they are, so that the same customers come with the
// same matters on either side of the comparison.
package counterfactual

import (
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/work"
)

// Switch is one cause that can be taken out.
type Switch uint8

// The switches.
const (
	// Capacity: every shift, on call or not, has so many heads that nobody waits for one, and nobody of
	// them is sick or leaves. Hours stay: where nobody is planned at night, nobody is there.
	Capacity Switch = iota
	// Skills: every team that takes more than hand-offs takes all issues on all channels, at once, so
	// that nothing needs to overflow.
	Skills
	// Process: nothing is handed off or held for somebody outside, so whoever has a ticket goes on with it;
	// and no rule keeps an agent with room from work that he can do: nobody is kept free for others, no
	// follow-up waits for the agent who had it, and teams that help out do so as soon as one ticket waits.
	Process
	// System: nothing is down and no tool is slow.
	System
	// Customer: no long investigations, no replies needed. Every touch takes the median handling time of its
	// issue; the first solves the ticket, and solved tickets do not come back.
	Customer

	Number = int(Customer) + 1
)

var names = [Number]string{"capacity", "skills", "process", "system", "customer"}

// String is the switch's name in files.
func (s Switch) String() string { return names[s] }

// without are the switches, by Switch.
var without = [Number]func(*model.Scenario){
	Capacity: capacity, Skills: skills, Process: process, System: system, Customer: customer,
}

// Set is a set of switches, one bit each.
type Set uint8

// All is the set of all switches.
const All Set = 1<<Number - 1

// Has reports whether a switch is in the set.
func (s Set) Has(k Switch) bool { return s>>k&1 != 0 }

// Without is the scenario without the causes of a set. It changes nothing of the scenario that it is given, and
// shares with it what is the same. A scenario that Check has found to be sound stays so.
func Without(s *model.Scenario, causes Set) *model.Scenario {
	out := *s
	for k := range Number {
		if causes.Has(Switch(k)) {
			without[k](&out)
		}
	}
	return &out
}

// The most heads that a shift gets, and the least: one for each ticket that is expected, between these.
const (
	leastHeads = 100
	mostHeads  = 4000
)

func capacity(s *model.Scenario) {
	expected := s.ExpectedArrivals()
	for i := range s.Streams {
		expected += float64(len(s.Streams[i].Replay))
	}
	for i := range s.Backlog {
		expected += float64(s.Backlog[i].Tickets + len(s.Backlog[i].Open))
	}
	if math.IsNaN(expected) || expected > mostHeads {
		expected = mostHeads
	}
	plenty := math.Ceil(max(leastHeads, expected))
	s.Teams = slices.Clone(s.Teams)
	for i := range s.Teams {
		t := &s.Teams[i]
		t.Sickness, t.Hiring = staffing.Sickness{}, staffing.Hiring{}
		if !slices.ContainsFunc(t.Shifts, func(sh staffing.Shift) bool { return len(sh.Hires) > 0 }) {
			t.Ramp = nil // there are no newcomers
		}
		t.Shifts = slices.Clone(t.Shifts)
		for k := range t.Shifts {
			sh := &t.Shifts[k]
			gross := math.Ceil(plenty / (1 - t.Shrinkage))
			if sh.OnCall != nil {
				gross = plenty
			}
			if sh.PartTime > 0 {
				gross = math.Ceil(gross / sh.PartTime)
			}
			gross = min(gross, 10*mostHeads)
			if sh.Heads > 0 {
				sh.Heads = max(sh.Heads, gross)
			}
			sh.Hires = slices.Clone(sh.Hires)
			for h := range sh.Hires {
				if sh.Hires[h].Heads > 0 {
					sh.Hires[h].Heads = max(sh.Hires[h].Heads, gross)
				}
			}
		}
	}
}

func skills(s *model.Scenario) {
	s.Teams = slices.Clone(s.Teams)
	for i := range s.Teams {
		if t := &s.Teams[i]; !t.HandOffsOnly {
			t.Skills, t.Channels = nil, nil
		}
	}
	s.Routing.Overflows = nil
}

// never is the share of hand-offs and holds that do not happen: one in a million million. They are not
// deleted, so that the same teams and clocks are there.
const never = 1e-12

func process(s *model.Scenario) {
	s.Issues = slices.Clone(s.Issues)
	for i := range s.Issues {
		x := &s.Issues[i]
		x.HandOffs = slices.Clone(x.HandOffs)
		for k := range x.HandOffs {
			x.HandOffs[k].Share = min(never, x.HandOffs[k].Share)
		}
		x.Holds = nil
	}
	r := &s.Routing
	r.Reserves, r.Owner = nil, 0
	r.Overflows = slices.Clone(r.Overflows)
	for i := range r.Overflows {
		r.Overflows[i].After, r.Overflows[i].Waiting = 0, 1
	}
}

func system(s *model.Scenario) { s.Outages, s.SlowTools = nil, nil }

func customer(s *model.Scenario) {
	s.Issues = slices.Clone(s.Issues)
	for i := range s.Issues {
		x := &s.Issues[i]
		x.Handle = usual(x.Handle)
		x.HandOffs = slices.Clone(x.HandOffs)
		for k := range x.HandOffs {
			x.HandOffs[k].Handle = usual(x.HandOffs[k].Handle)
		}
		x.SolvedAtFirst, x.SolvedLater, x.Reopen = 1, 1, work.Reopen{}
	}
}

// usual is the median of a distribution, always.
func usual(d dist.Dist) dist.Dist {
	if d.IsZero() {
		return d
	}
	median := d.Quantile(0.5)
	if !(median > 0) {
		median = d.Mean()
	}
	if c, err := dist.Constant(median); err == nil {
		return c
	}
	return d
}

// Says is what a switch does in a sentence, for reports.
func (s Switch) Says() string {
	return [Number]string{
		Capacity: "every shift has more heads than it can use, and nobody is sick or leaves; hours stay as they are",
		Skills:   "every team takes all issues on all channels",
		Process:  "nothing is handed off or put on hold for others, and no reserve, owner or wait for overflow keeps an agent with room from work he can do",
		System:   "nothing is down and no tool is slow",
		Customer: "every touch takes its issue's median time, the first one solves the ticket, and nothing is reopened",
	}[s]
}
