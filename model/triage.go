package model

import (
	"fmt"
	"math"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Triage says which priority a ticket gets when it comes.
type Triage struct {
	// Rules give a priority to the tickets that they match; the first that
	// matches counts. A rule sees the priority of the ticket's issue. Without a rule
	// that priority is the ticket's.
	Rules []PriorityRule
	// Wrong is the share of tickets whose priority is at first a step too high or
	// too low, either way equally often where both exist. The first agent who takes
	// such a ticket puts it right; what that does to its clocks is SLA.Change.
	// Replayed tickets have the priority that their history says.
	Wrong float64
}

// PriorityRule gives the tickets that it matches a priority.
type PriorityRule struct {
	Match    sla.Match
	Priority ticket.Priority
}

// PriorityOf is the right priority of a ticket with these attributes, whatever
// priority is among them.
func (s *Scenario) PriorityOf(c ticket.Class) ticket.Priority {
	c.Priority = s.Issues[c.Issue].Priority
	for i := range s.Triage.Rules {
		if r := &s.Triage.Rules[i]; r.Match.Matches(c) {
			return r.Priority
		}
	}
	return c.Priority
}

func (c *checker) triage() {
	t := &c.s.Triage
	if !(t.Wrong >= 0 && t.Wrong <= 1) {
		c.report("triage.wrong", fmt.Sprintf("the share of wrong priorities is %s", plain(t.Wrong)), "want a share from 0% to 100%")
	}
	if t.Wrong > 0 && !math.IsNaN(t.Wrong) && len(c.s.Names.Priorities) < 2 {
		c.report("triage.wrong", "there is only one priority, so none is wrong", "")
	}
	for i := range t.Rules {
		r := &t.Rules[i]
		path := fmt.Sprintf("triage.rules[%d]", i+1)
		c.match(&r.Match, func(string) string { return path + ".match" })
		c.index(path+".priority", "priority", int(r.Priority), len(c.s.Names.Priorities))
	}
}
