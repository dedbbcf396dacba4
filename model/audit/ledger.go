package audit

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Ledger is every clock of the tickets that were created in a stretch of time.
type Ledger struct {
	Scenario *model.Scenario
	From, To time.Duration // tickets that were created in [From, To) are counted
	Until    time.Duration // clocks that had not stopped are judged as they stood then
	// Tickets were created in the stretch: of them Solved, Abandoned and Open at the end of the log, and
	// Unpromised, to which nothing is promised. Outside were created before or after it, and are in nothing else.
	Tickets, Solved, Abandoned, Open, Unpromised, Outside int
	Entries                                               []Entry // in the order of the tickets
	// Silent are metrics that are not judged since the log does not record what stops their clocks.
	Silent []sla.Metric

	auditor *Auditor
}

// Entry is a clock that counts, with what there is to count it by.
type Entry struct {
	Ticket  ticket.ID
	Created time.Duration // of the ticket
	Day     int           // the local day of its creation, counted from that of Ledger.From
	Class   ticket.Class  // whose promise it is
	Team    ticket.Team   // of the agent who had the ticket, or had had it last, when the clock was judged; NoTeam for nobody
	Metric  sla.Metric
	Owner   sla.Owner
	Moment  sla.Until
	Round   int
	Policy  int
	Verdict sla.Verdict
	Kept    bool          // late by an earlier target
	Elapsed time.Duration // working time
	Within  time.Duration
	// Wall is what has passed on the wall: of a first reply, an answer and a solution since the ticket was
	// created, of other clocks since they started.
	Wall             time.Duration
	AsItIs, Adjusted Record // Adjusted: with exceptions applied
	Excuse           Excuse // what exceptions make of it, for credits too
}

// Late reports whether the clock counts as breached, whether or not it has stopped.
func (e *Entry) Late() bool { return e.Verdict == sla.Breached || e.Verdict == sla.Overdue }

// Stopped reports whether the clock has come to its end.
func (e *Entry) Stopped() bool { return e.Verdict == sla.Met || e.Verdict == sla.Breached }

// NewLedger makes a ledger without a ticket.
func NewLedger(s *model.Scenario, from, to, until time.Duration) *Ledger {
	return &Ledger{Scenario: s, From: from, To: to, Until: until, auditor: New(s, until)}
}

// Holds reports whether tickets created at an instant are counted.
func (l *Ledger) Holds(created time.Duration) bool { return created >= l.From && created < l.To }

// Add judges a ticket, whose events are in order and begin with the one that creates it, and
// gives its clocks; none for a ticket that is not counted. What it is given it does not keep.
func (l *Ledger) Add(events []ticket.Event) []Clock {
	created := events[0].At
	if !l.Holds(created) {
		l.Outside++
		return nil
	}
	l.Tickets++
	switch fate(events) {
	case abandoned:
		l.Abandoned++
	case solved:
		l.Solved++
	default:
		l.Open++
	}
	clocks := slices.DeleteFunc(l.auditor.Clocks(events), func(c Clock) bool { return slices.Contains(l.Silent, c.Metric) })
	if len(clocks) == 0 {
		l.Unpromised++
	}
	day := l.Day(created)
	for i := range clocks {
		c := &clocks[i]
		e := Entry{
			Ticket: c.Ticket, Created: created, Day: day, Class: c.Class, Metric: c.Metric, Owner: c.Owner, Moment: c.Until, Round: c.Round, Policy: c.Policy,
			Verdict: c.Verdict, Kept: c.Kept, Elapsed: c.Elapsed, Within: c.Within, Wall: seen(events, clocks, i, l.Until), AsItIs: c.AsItIs(), Adjusted: c.Adjusted(), Excuse: c.Excuse,
		}
		e.Team = teamAt(events, c, c.Ended && (c.Metric.InRounds() || startsAgain(clocks, c)))
		l.Entries = append(l.Entries, e)
	}
	return clocks
}

// seen is what has passed on the wall when the i-th of a ticket's clocks stopped, or is seen. A customer
// whose ticket came back sees its last solution, whatever the clock says, unless each is judged for itself.
func seen(events []ticket.Event, clocks []Clock, i int, until time.Duration) time.Duration {
	c := &clocks[i]
	switch c.Metric {
	case sla.FirstReply, sla.Answer:
		return c.End - c.Created
	case sla.Resolution:
		end := solvedAt(events, until)
		if startsAgain(clocks, c) {
			end = c.End
		}
		if c.Reopen == sla.Reset {
			return end - returned(events, end)
		}
		return end - c.Created
	}
	return c.End - c.Start
}

// startsAgain reports whether another round of a clock has begun after it.
func startsAgain(clocks []Clock, c *Clock) bool {
	return slices.ContainsFunc(clocks, func(o Clock) bool {
		return o.Metric == c.Metric && o.Owner == c.Owner && o.Until == c.Until && o.Round > c.Round
	})
}

// returned is when a ticket last came back before an instant; when it was created, if it did not.
func returned(events []ticket.Event, before time.Duration) time.Duration {
	at := events[0].At
	for i := 1; i < len(events) && events[i].At <= before; i++ {
		if events[i-1].Status >= ticket.Solved && events[i].Status < ticket.Solved {
			at = events[i].At
		}
	}
	return at
}

// solvedAt is when a ticket was solved for the last time; until, if it is not.
func solvedAt(events []ticket.Event, until time.Duration) time.Duration {
	at := until
	for i := len(events) - 1; i >= 0 && events[i].Status >= ticket.Solved; i-- {
		at = events[i].At
	}
	return at
}

// teamAt is the team that had the ticket last when a clock was judged: a round when it ended, any other
// clock with the last event.
func teamAt(events []ticket.Event, c *Clock, round bool) ticket.Team {
	team := ticket.NoTeam
	for _, e := range events {
		over := round && (e.At > c.End || e.At == c.End && ends(c, e))
		if over && (e.Kind != ticket.Started || e.At > c.End) {
			break
		}
		if e.Kind == ticket.Started && e.Team != ticket.NoTeam {
			team = e.Team
		}
		if over {
			break
		}
	}
	return team
}

// ends reports whether an event at the instant at which a round ended may be the one that ended it: what
// follows in the same instant, such as that the next team takes the ticket, comes after the verdict.
func ends(c *Clock, e ticket.Event) bool {
	switch {
	case e.Kind == ticket.Started:
		return c.Until == sla.Taken
	case e.Kind == ticket.Assigned:
		return c.Metric.Owned() && (c.Until != sla.Taken || e.At > c.Start) // the one that began it does not end it
	}
	return e.Kind == ticket.Replied && !c.Metric.Owned() || e.Status >= ticket.Solved
}

// Day is the local day of an instant, counted from that of the ledger's beginning.
func (l *Ledger) Day(at time.Duration) int {
	axis := calendar.Axis{Origin: l.Scenario.Time.Start}
	noon := func(at time.Duration) time.Time { return calendar.DateOf(axis.At(at)).At(12*60, time.UTC) }
	return int(noon(at).Sub(noon(l.From)) / (24 * time.Hour)) // noons of UTC, which has no clock changes
}

// fates of a ticket at the end of its log.
type outcomeOf uint8

const (
	open outcomeOf = iota
	solved
	abandoned
)

// fate is what has become of a ticket. A desk closes what is solved: that is no abandonment.
func fate(events []ticket.Event) outcomeOf {
	left := false
	for _, e := range events {
		left = left || e.Kind == ticket.Abandoned
	}
	switch last := events[len(events)-1].Status; {
	case left && last == ticket.Closed:
		return abandoned
	case last >= ticket.Solved:
		return solved
	}
	return open
}
