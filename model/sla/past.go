package sla

import (
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Past is what of a ticket's life so far matters to a promise that is made later, at
// a change of its class. The zero Past is that of a ticket that does not exist yet. It is
// needed only where classes change.
type Past struct {
	created  time.Duration
	asked    time.Duration // the oldest message that nobody has answered
	told     time.Duration // the last public reply
	assigned time.Duration // the last assignment
	returned time.Duration // when it was last reopened; before that, when it was created
	group    ticket.Team   // to which it was assigned
	facts    facts
}

// facts are yes-or-no matters, one bit each.
type facts uint16

const (
	exists  facts = 1 << iota
	taken         // an agent has had it in hand: the first reply on a live channel
	replied       // there has been a public reply
	waiting       // the customer has written since, and waits
	updated       // there has been a public reply since the ticket was last solved
	grouped       // it belongs to a group
	seized        // an agent has taken it in hand since it does
	handed        // which got it when it was solved, and owns it once it comes back
	solved        // it is solved
	settled       // it has been solved or left at some time
)

// Apply tells of an event, as Clock.Apply is told of it. With the creation of a ticket all that
// was before is forgotten.
func (p *Past) Apply(kind ticket.EventKind, status ticket.Status, team ticket.Team, at time.Duration) {
	if kind != ticket.Created && p.facts&exists == 0 {
		return
	}
	switch kind {
	case ticket.Created:
		*p = Past{created: at, returned: at, facts: exists}
	case ticket.Message:
		if p.facts&(taken|replied) != 0 && p.facts&waiting == 0 && status < ticket.Solved {
			p.asked = at
			p.facts |= waiting
		}
	case ticket.Started:
		p.facts |= taken | seized
	case ticket.Replied:
		p.told = at
		p.facts |= taken | replied | updated
		p.facts &^= waiting
	case ticket.Assigned:
		p.assigned, p.group = at, team
		p.facts |= grouped
		p.facts &^= handed | seized
		if status >= ticket.Solved {
			p.facts |= handed
		}
	}
	if p.facts&solved != 0 && status < ticket.Solved {
		if p.facts&handed != 0 {
			p.assigned = at
		}
		p.facts &^= solved | handed
		p.returned = at
	}
	if status >= ticket.Solved {
		p.facts |= solved | settled
		p.facts &^= waiting | updated
	}
}

// answered reports whether there has been a first reply, on a live channel or not.
func (p *Past) answered(live bool) bool {
	return p.facts&replied != 0 || live && p.facts&taken != 0
}

// start is when the clock of a term started, or its present round; false if there is
// nothing to wait for.
func (p *Past) start(m *Term) (time.Duration, bool) {
	is := func(want facts) bool { return p.facts&want == want }
	open := is(exists) && !is(solved)
	switch m.Metric {
	case FirstReply:
		return p.created, open && !p.answered(m.Live) && !is(settled)
	case Answer:
		return p.created, open && !is(taken) && !is(settled)
	case NextReply:
		return p.asked, open && is(waiting) && p.answered(m.Live)
	case PeriodicUpdate, PausableUpdate:
		return p.told, open && is(updated)
	}
	start := p.created
	if m.Metric == GroupOwnership {
		start, open = p.assigned, open && p.owes(m)
	}
	if m.Reopen == Reset {
		start = max(start, p.returned)
	}
	return start, open
}

// owes reports whether those whom a promise of GroupOwnership is about have the ticket,
// and have still to do what it says.
func (p *Past) owes(m *Term) bool {
	return p.facts&grouped != 0 && m.Owner.covers(p.group) && (m.Until == HandedOn || p.facts&seized == 0)
}

// clock is that of a promise that is first made at an instant.
func (p *Past) clock(m *Term, mode Change, at time.Duration) Clock {
	var c Clock
	d := &definitions[m.Metric]
	if d.later && p.answered(m.Live) {
		c.marks |= heard
	}
	start, waits := p.start(m)
	switch {
	case waits && mode == BackDate:
		c.begin(m, start)
	case waits:
		c.begin(m, at)
	case p.facts&exists == 0:
	case !d.rounds:
		// Nothing is promised that has been done; but if the ticket comes back,
		// the promise holds.
		c = Clock{phase: stopped, marks: silent, since: at, until: at, within: m.Within}
	case d.reopens && p.facts&solved != 0 && p.owes(m):
		c.marks |= owed
	}
	return c
}
