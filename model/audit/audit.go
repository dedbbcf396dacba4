package audit

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Clock is one clock that counts, with its verdict.
type Clock struct {
	Ticket  ticket.ID
	Created time.Duration // of the ticket
	sla.Explanation
	Cause  Cause  // of a breach; the zero Cause else
	Excuse Excuse // what exceptions make of it
}

// Late reports whether the clock counts as breached, whether or not it has stopped.
func (c *Clock) Late() bool { return c.Verdict == sla.Breached || c.Verdict == sla.Overdue }

// Auditor judges tickets by the promises of a scenario.
type Auditor struct {
	scenario *model.Scenario
	until    time.Duration
	lines    []sla.Line
	regimes  sla.Regimes
	terms    map[promise]sla.Terms
}

// promise names the terms of a class in a regime.
type promise struct {
	class  ticket.Class
	regime int
}

// New makes an auditor. Clocks that have not stopped are judged as they stand at an instant,
// which is not before the last event of any ticket.
func New(s *model.Scenario, until time.Duration) *Auditor {
	a := &Auditor{scenario: s, until: until, regimes: s.SLA.Regimes(), terms: map[promise]sla.Terms{}}
	axis := calendar.Axis{Origin: s.Time.Start}
	for _, c := range s.Calendars {
		a.lines = append(a.lines, c.On(axis, max(s.Time.Length, until)))
	}
	return a
}

// Clocks judges a ticket, whose events are in order and begin with the one that creates it. Only
// clocks that count are there: of policies that are judged together the one that governs.
func (a *Auditor) Clocks(events []ticket.Event) []Clock {
	created := events[0].At
	var clocks []Clock
	for _, x := range a.scenario.SLA.Explain(events, a.promised(created), a.until) {
		if !x.Governs {
			continue
		}
		c := Clock{Ticket: events[0].Ticket, Created: created, Explanation: x, Excuse: a.excuse(created, x)}
		if c.Late() {
			c.Cause = cause(events, x)
		}
		clocks = append(clocks, c)
	}
	return clocks
}

// promised gives the terms of classes for tickets that are created at an instant.
func (a *Auditor) promised(created time.Duration) func(ticket.Class) sla.Terms {
	regime := a.regimes.At(created)
	return func(c ticket.Class) sla.Terms {
		key := promise{c, regime}
		terms, known := a.terms[key]
		if !known {
			ch := &a.scenario.Channels[c.Channel]
			terms = a.scenario.SLA.TermsAt(created, c, a.lines, ch.Live, ch.ShortAbandon)
			a.terms[key] = terms
		}
		return terms
	}
}
