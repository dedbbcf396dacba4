package audit

import (
	"cmp"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Cause says what the time of a clock went into, on the clock's own calendar: the parts add up
// to what it has counted. It goes by the events of the ticket alone, so that it says where the
// ticket was and not who is to blame.
type Cause struct {
	Parts []Part // each kind once, the longest first; of equal ones the earlier
	// Why stands where the time alone does not say it.
	Why Why
}

// Part is time that a clock has counted while one thing was the case.
type Part struct {
	Kind Kind
	Team ticket.Team // whose, for InHand, HandedOff and AwaitingReturn, if that is known; else NoTeam
	Time time.Duration
}

// Kind is what was the case.
type Kind uint8

const (
	// FirstTouch: nobody had taken it.
	FirstTouch Kind = iota
	// NextTouch: the customer had written again, and nobody had taken it since.
	NextTouch
	// InHand: an agent had it.
	InHand
	// Interrupted: it had been taken and had gone back to the queue.
	Interrupted
	// HandedOff: another team had become responsible, and nobody of it had taken it.
	HandedOff
	// WithCustomer: it was pending, and the clock went on.
	WithCustomer
	// ThirdParty: it was on hold, and the clock went on.
	ThirdParty
	// Unsolved: it had been answered, was not solved, and nobody had it.
	Unsolved
	// Recounted: what a change of class has added, or taken away, by counting the past anew.
	Recounted
	// Kinds is how many there are.
	Kinds
)

var kindWords = [Kinds]string{
	"waiting for a first touch", "waiting for the next touch", "in work", "back in the queue", "handed off, untouched",
	"pending with the customer", "on hold with a third party", "answered but not solved", "counted anew at a change of class",
}

// String says the kind in words: waiting for a first touch.
func (k Kind) String() string { return kindWords[k] }

// Why is a reason beyond the time that was counted.
type Why uint8

const (
	// TooLong: more time was counted than the target allows.
	TooLong Why = iota
	// GaveUp: the customer left before the promise was kept.
	GaveUp
	// EarlierTarget: it was late by a target that a change of class has replaced since.
	EarlierTarget
)

// Main is the longest part; false where nothing was counted.
func (c *Cause) Main() (Part, bool) {
	if len(c.Parts) == 0 || c.Parts[0].Time <= 0 {
		return Part{}, false
	}
	return c.Parts[0], true
}

// cause follows the ticket through its events and puts every stretch in which the clock
// counted to what was the case in it.
func cause(events []ticket.Event, x sla.Explanation) Cause {
	var c Cause
	var counted time.Duration
	at := Part{Kind: FirstTouch, Team: ticket.NoTeam}
	next := 0
	for _, g := range x.Segments {
		for from := g.From; from < g.To; {
			for next < len(events) && events[next].At <= from {
				at = after(at, events[next])
				next++
			}
			to := g.To
			if next < len(events) {
				to = min(to, events[next].At)
			}
			if g.State == sla.Running {
				c.add(at, to-from)
				counted += to - from
			}
			from = to
		}
	}
	if rest := x.Elapsed - counted; rest != 0 {
		c.add(Part{Kind: Recounted, Team: ticket.NoTeam}, rest)
	}
	slices.SortStableFunc(c.Parts, func(a, b Part) int { return cmp.Compare(b.Time, a.Time) })
	switch {
	case x.Kept:
		c.Why = EarlierTarget
	case x.Elapsed <= x.Within:
		c.Why = GaveUp
	}
	return c
}

// add counts time for a part.
func (c *Cause) add(p Part, d time.Duration) {
	for i := range c.Parts {
		if c.Parts[i].Kind == p.Kind && c.Parts[i].Team == p.Team {
			c.Parts[i].Time += d
			return
		}
	}
	p.Time = d
	c.Parts = append(c.Parts, p)
}

// after is what is the case after an event, and was the case before it.
func after(was Part, e ticket.Event) Part {
	now := was
	switch e.Kind {
	case ticket.Created:
		now = Part{Kind: FirstTouch, Team: ticket.NoTeam}
	case ticket.Message:
		if was.Kind >= WithCustomer { // a customer who asks again changes nothing
			now = Part{Kind: NextTouch, Team: ticket.NoTeam}
		}
	case ticket.Started:
		return Part{Kind: InHand, Team: e.Team}
	case ticket.Returned:
		return Part{Kind: Interrupted, Team: ticket.NoTeam}
	case ticket.Replied:
		now = Part{Kind: Unsolved, Team: ticket.NoTeam}
	case ticket.Assigned:
		// Whoever is responsible before anybody has taken it, or takes it himself, is no hand-off.
		if was.Kind != FirstTouch && (was.Kind != InHand || was.Team != e.Team) {
			now = Part{Kind: HandedOff, Team: e.Team}
		}
	}
	switch {
	case e.Status == ticket.Pending:
		return Part{Kind: WithCustomer, Team: ticket.NoTeam}
	case e.Status == ticket.OnHold && now.Kind != HandedOff && now.Kind != InHand:
		return Part{Kind: ThirdParty, Team: ticket.NoTeam}
	case e.Status == ticket.Open && now == was && (was.Kind == WithCustomer || was.Kind == ThirdParty):
		return Part{Kind: NextTouch, Team: ticket.NoTeam} // a status alone has brought it back to the desk
	}
	return now
}
