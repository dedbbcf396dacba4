// Package elapsed says where the time went that a clock has counted: which part of it a ticket
// waited, and for what, which part somebody worked on it, and so on. The parts are integer
// nanoseconds on the clock's own calendar and add up to what the clock counted, exactly.
//
// What a ticket did follows from its events alone. Why it waited does not: that is for whoever has
// watched the desk to say (see Why). Where nobody has, as in a log and before the start of a
// simulation, it is in Waiting.
package elapsed

import (
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Part is what a ticket's time went into.
type Part uint8

// The parts.
const (
	// Unstaffed: it waited, and nobody who could take it was at work.
	Unstaffed Part = iota
	// Behind: it waited, and all who could take it had others in hand.
	Behind
	// HeldBack: it waited, although somebody at work with the skill had room: he was kept free for
	// others, had no room for such work beside what he had in hand, or was not allowed to
	// take it yet; or it waited for the agent who had had it.
	HeldBack
	// Handling: an agent had it in hand; somebody on call from the call on.
	Handling
	// HandOff: another team had it, in its queue or in hand, or somebody outside, whom it was on
	// hold for.
	HandOff
	// Outage: it waited, and somebody who could take it had room, but his system was down.
	Outage
	// Reopened: all that came after it had been solved and came back, on a clock that began
	// before that and went on.
	Reopened
	// Customer: its customer was asked, and the clock ran nevertheless.
	Customer
	// Waiting: it waited, and why is not known.
	Waiting
	// Recounted: what a change of class has added, or taken away (then it is negative), where
	// the past is counted anew on another calendar (back_date).
	Recounted

	Number = int(Recounted) + 1
)

var words = [Number]string{
	"unstaffed", "behind_others", "held_back", "handling", "hand_off", "outage", "reopened", "customer", "waiting", "recounted",
}

// String is the name of the part in files.
func (p Part) String() string { return words[p] }

var says = [Number]string{
	Unstaffed: "waiting for staff to come on shift",
	Behind:    "in queue behind others",
	HeldBack:  "in queue though somebody skilled had room",
	Handling:  "handling",
	HandOff:   "with another team or somebody outside",
	Outage:    "waiting for a system that was down",
	Reopened:  "after it had been solved and came back",
	Customer:  "with the customer",
	Waiting:   "waiting for what is not known",
	Recounted: "counted anew at a change of class",
}

// Says is the part in words for people.
func (p Part) Says() string { return says[p] }

// Parts is time by what it went into.
type Parts [Number]time.Duration

// Sum is all of it.
func (p *Parts) Sum() (sum time.Duration) {
	for _, d := range p {
		sum += d
	}
	return sum
}

// Main is the part that has the most; of equals the first.
func (p *Parts) Main() Part {
	most := 0
	for i := range p {
		if p[i] > p[most] {
			most = i
		}
	}
	return Part(most)
}

// Add adds other time.
func (p *Parts) Add(o *Parts) {
	for i := range p {
		p[i] += o[i]
	}
}

// Stay is a stretch of a ticket's life that goes on until the next one begins.
type Stay struct {
	From time.Duration
	Part Part // Unstaffed, Behind and HeldBack never; Outage neither: those are Waiting
	// Returned says that it had been solved and came back at From.
	Returned bool
}

// Course lists the stays of a ticket by its events, which are in order.
func Course(events []ticket.Event) []Stay {
	var out []Stay
	away, was := false, ticket.New
	at := func(e ticket.Event, p Part) {
		returned := was >= ticket.Solved && e.Status < ticket.Solved
		if n := len(out); n > 0 && out[n-1].Part == p && !returned {
			return
		}
		out = append(out, Stay{e.At, p, returned})
	}
	for _, e := range events {
		switch e.Kind {
		case ticket.Created:
			at(e, Waiting)
		case ticket.Started:
			at(e, either(away, HandOff, Handling))
		case ticket.Returned:
			at(e, either(away, HandOff, Waiting))
		case ticket.Replied:
			// Whose reply leaves the ticket with the desk has passed it on.
			away = e.Status == ticket.Open || e.Status == ticket.OnHold || e.Status == ticket.New
			at(e, either(away, HandOff, Customer))
		case ticket.Noted:
			if away && e.Agent >= 0 { // the other team gives it back
				away = false
				at(e, Waiting)
			}
		case ticket.Message, ticket.StatusSet:
			switch {
			case e.Status == ticket.Pending:
				at(e, Customer)
			case e.Status == ticket.OnHold:
				at(e, HandOff)
			case e.Status < ticket.Pending && (was >= ticket.Pending || away && e.Kind == ticket.StatusSet):
				away = false
				at(e, Waiting)
			}
		}
		was = e.Status
	}
	return out
}

func either(first bool, a, b Part) Part {
	if first {
		return a
	}
	return b
}

// Why says what a ticket waited for between two instants of a stay in which it did: it adds all
// of that time to parts.
type Why func(stay int, from, to time.Duration, parts *Parts)

// Split says where the time of a clock went, by the stays of its ticket. Why may be nil. The sum is
// the clock's Elapsed.
func Split(x *sla.Explanation, stays []Stay, why Why) (parts Parts) {
	reopened := false
	for i, s := range stays {
		until := x.End
		if i+1 < len(stays) {
			until = min(until, stays[i+1].From)
		}
		reopened = reopened || s.Returned && s.From > x.Start
		for _, g := range x.Segments {
			from, to := max(g.From, s.From), min(g.To, until)
			switch {
			case g.State != sla.Running || from >= to:
			case reopened:
				parts[Reopened] += to - from
			case s.Part == Waiting && why != nil:
				why(i, from, to, &parts)
			default:
				parts[s.Part] += to - from
			}
		}
	}
	if x.Verdict != sla.Unjudged {
		parts[Recounted] = x.Elapsed - parts.Sum()
	}
	return parts
}
