package model

import (
	"fmt"
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Rung is a step of the escalation ladder: what happens when a running clock of a
// metric comes to a mark, once for each round of the clock. Nothing happens while the clock
// is paused. A rung changes what the desk does with the ticket, never what was promised.
type Rung struct {
	Name   string
	Match  sla.Match // the tickets that it is for
	Metric sla.Metric
	At     sla.Mark
	Do     Action
	Team   ticket.Team   // to whom, for Reassign
	Lead   time.Duration // of a lead's or manager's time, each time; counted, not staffed
	// LeadPerHour is what an hour of that costs, in the scenario's currency; 0: nothing is said of it.
	LeadPerHour float64
	// Repeat makes it a review of repeated breaches; then At says nothing.
	Repeat Repeat
}

// Where is the point at which it happens, in words.
func (r *Rung) Where() string {
	switch off := r.At.Offset; {
	case r.Repeat.Breaches > 0:
		return r.Repeat.words(r.Metric)
	case r.At == (sla.Mark{}):
		return "75 % of " + r.Metric.String()
	case off < 0:
		return span(-off) + " before " + r.Metric.String()
	case off > 0 && r.At.Share == 1:
		return span(off) + " after " + r.Metric.String()
	}
	return plain(100*r.At.Share) + " % of " + r.Metric.String()
}

// Action is what an escalation does.
type Action uint8

const (
	// Notify: somebody knows; the ticket goes on as before.
	Notify Action = iota
	// Raise: the ticket goes one step up in the queue, as if it had the next higher
	// priority. It makes a difference where the order of the queue is by priority.
	Raise
	// Reassign: only the named team does what is left, from the next touch on. A
	// ticket that waits moves to its queue, at its old place in the order.
	Reassign
)

var actionNames = [...]string{"notify", "raise_priority", "reassign"}

// String is the word of the scenario language.
func (a Action) String() string { return actionNames[a] }

// ActionNames lists the words of all actions, by Action.
func ActionNames() []string { return append([]string(nil), actionNames[:]...) }

// MostRungs is how many rungs a ladder can have.
const MostRungs = 24

// escalations checks the ladder.
func (c *checker) escalations() {
	rungs := c.s.Escalations
	const section = "escalations"
	if len(rungs) > MostRungs {
		c.report(section, fmt.Sprintf("there are %d escalations, at most %d are possible", len(rungs), MostRungs), "")
	}
	names := make([]string, len(rungs))
	for i := range rungs {
		names[i] = rungs[i].Name
	}
	c.unique("escalation", names, func(i int) string { return entry(section, names[i], i) })
	for i := range rungs {
		r := &rungs[i]
		path := entry(section, r.Name, i)
		switch {
		case r.Metric >= sla.Metrics:
			c.report(path+".at", fmt.Sprintf("unknown metric %d", r.Metric), "want "+list(sla.MetricNames()))
		case !c.promised(r.Metric):
			c.report(path+".at", fmt.Sprintf("no policy promises %s, so the escalation never happens", r.Metric), "promise it in a policy, or choose another metric")
		}
		before := len(c.problems)
		c.match(&r.Match, func(attribute string) string { return path + ".match." + attribute })
		if len(c.problems) == before && !c.brought(&r.Match) {
			c.report(path+".match", "the escalation is for none of the tickets that the demand brings", "match other tickets, or remove it")
		}
		if r.At.Share < 0 || r.At.Share > 100 {
			c.report(path+".at", fmt.Sprintf("the escalation is at %s of the target", plain(r.At.Share)), "want a share from 0% to 10000%")
		}
		if r.Do > Reassign {
			c.report(path+".do", fmt.Sprintf("unknown action %d", r.Do), "want "+list(ActionNames()))
		}
		if r.Do == Reassign && c.index(path+".to", "team", int(r.Team), len(c.s.Teams)) && c.s.Teams[r.Team].HandOffsOnly {
			c.report(path+".to", fmt.Sprintf("team %s takes nothing but hand-offs", c.s.Teams[r.Team].Name), "reassign to a team that serves customers")
		}
		if r.Repeat != (Repeat{}) {
			c.review(r, path)
		}
		if r.Lead < 0 {
			c.report(path+".takes", fmt.Sprintf("it takes %s", span(r.Lead)), "")
		}
		if !(r.LeadPerHour >= 0) || math.IsInf(r.LeadPerHour, 0) || r.LeadPerHour > 0 && c.s.Currency == "" {
			c.report(path+".takes", fmt.Sprintf("an hour of a lead costs %v, in currency %q", r.LeadPerHour, c.s.Currency), "want an amount that is finite and not negative, and a currency")
		}
	}
}

// promised reports whether any policy has a target for a metric.
func (c *checker) promised(m sla.Metric) bool {
	for i := range c.s.SLA.Policies {
		for _, t := range c.s.SLA.Policies[i].Targets {
			if t.Metric == m {
				return true
			}
		}
	}
	return false
}
