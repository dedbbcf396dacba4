package sla

import (
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Line is working time: the calendar of a policy laid out on the time axis.
// *calendar.Timeline is one.
type Line interface {
	// Between is the working time from a to b.
	Between(a, b time.Duration) time.Duration
	// Add is the first instant at which d of working time since at is used
	// up; false if there is no such instant.
	Add(at, d time.Duration) (time.Duration, bool)
}

// Term is one target as it applies to one class of tickets: everything that a
// clock must know, worked out once.
type Term struct {
	Policy       int // index into Rules.Policies
	Metric       Metric
	Within       time.Duration // working time allowed
	Pauses       StatusSet
	Line         Line
	Live         bool          // the ticket's channel is live
	ShortAbandon time.Duration // of the channel; for Answer; 0: nobody is left out
}

// phase is where a clock stands.
type phase uint8

const (
	idle    phase = iota // not started
	running              // in a stretch that began at since
	paused               // between stretches; the last one was [since, until)
	stopped              // the promise was fulfilled, early or late, at until
	missed               // the promise can no longer be fulfilled: breached, whatever the time
	void                 // the promise fell away: there is nothing to judge
)

// Clock is the state of one promise for one ticket. The zero Clock has not
// started. It is told every event of the ticket's life, in order, through
// Apply, and can be asked at any instant through Judge and Due. It is a small value
// and does no calendar arithmetic before somebody asks, except to close a stretch
// when another one begins.
type Clock struct {
	since time.Duration // start of the running stretch, or of the last one
	until time.Duration // end of the last stretch, once it has ended
	used  time.Duration // working time used in the stretches before it
	phase phase
}

// Apply tells the clock what happened at an instant and which status the ticket
// has from then on. A reply that sets the status to pending is one event: of what
// happens at the same instant, stopping goes before pausing and pausing before
// starting.
func (c *Clock) Apply(m *Term, kind ticket.EventKind, status ticket.Status, at time.Duration) {
	if c.phase == idle {
		if kind != ticket.Created {
			return
		}
		c.phase, c.since = running, at
	}
	switch m.Metric {
	case FirstReply:
		c.firstReply(m, kind, status, at)
	case Answer:
		c.answer(m, kind, at)
	case Resolution:
		c.resolution(m, kind, status, at)
	}
	switch {
	case c.phase == running && m.Pauses.Has(status):
		c.halt(m, paused, at)
	case c.phase == paused && !m.Pauses.Has(status):
		c.resume(m, at)
	}
}

// firstReply: the answer fulfils the promise on a live channel, the end of the
// first touch on any other. A ticket that ends without a reply has none to wait for.
func (c *Clock) firstReply(m *Term, kind ticket.EventKind, status ticket.Status, at time.Duration) {
	switch {
	case kind == ticket.Replied, kind == ticket.Started && m.Live:
		c.halt(m, stopped, at)
	case status >= ticket.Solved:
		c.withdraw(m, at)
	}
}

// answer: whoever leaves the queue within the short-abandon threshold, if there is
// one, is left out; whoever leaves later was not answered in time, even if the
// target was not yet used up.
func (c *Clock) answer(m *Term, kind ticket.EventKind, at time.Duration) {
	switch {
	case kind == ticket.Started:
		c.halt(m, stopped, at)
	case kind == ticket.Abandoned && c.phase == running:
		end := missed
		if m.ShortAbandon > 0 && at-c.since <= m.ShortAbandon {
			end = void
		}
		c.halt(m, end, at)
	}
}

// resolution: solving fulfils the promise; a return takes that back, and the
// time in between does not count.
func (c *Clock) resolution(m *Term, kind ticket.EventKind, status ticket.Status, at time.Duration) {
	switch {
	case kind == ticket.Abandoned:
		c.withdraw(m, at)
	case status >= ticket.Solved:
		c.halt(m, stopped, at)
	case c.phase == stopped:
		c.resume(m, at)
	}
}

// halt ends the running stretch and enters a phase; a clock that stands still
// gets a stretch of no length, so that Due knows when it ended. What has been
// decided stays decided.
func (c *Clock) halt(m *Term, p phase, at time.Duration) {
	switch c.phase {
	case running:
	case paused:
		c.resume(m, at)
	default:
		return
	}
	c.phase, c.until = p, at
}

// withdraw ends a promise that nobody waits for any longer. A breach that has
// happened is never taken back.
func (c *Clock) withdraw(m *Term, at time.Duration) {
	if c.phase != running && c.phase != paused {
		return
	}
	p := void
	if c.Elapsed(m, at) > m.Within {
		p = stopped
	}
	c.halt(m, p, at)
}

// resume begins another stretch.
func (c *Clock) resume(m *Term, at time.Duration) {
	c.used += m.Line.Between(c.since, c.until)
	c.since = at
	c.phase = running
}

// Elapsed is the working time that the clock has counted up to an instant.
func (c *Clock) Elapsed(m *Term, at time.Duration) time.Duration {
	switch c.phase {
	case idle:
		return 0
	case running:
		return c.used + m.Line.Between(c.since, at)
	}
	return c.used + m.Line.Between(c.since, c.until)
}

// Due is the first instant at which the target is used up: for a clock that runs,
// if it goes on running; for one that has ended, if it had; and for one that is
// paused, if it goes on from an instant that is not before its last event. The
// working time that is left counts from the start of the last stretch, so a target that was
// used up in an earlier one is due at that start. A closing instant can be due:
// four business hours from 13:00 are used up when the office closes at 17:00, and
// breached when it opens again. False if that never comes, if the clock has not
// started or if its promise fell away.
func (c *Clock) Due(m *Term, at time.Duration) (time.Duration, bool) {
	switch c.phase {
	case idle, void:
		return 0, false
	case paused:
		return m.Line.Add(at, max(0, m.Within-c.Elapsed(m, at)))
	}
	return m.Line.Add(c.since, max(0, m.Within-c.used))
}

// Running reports whether the clock is counting.
func (c *Clock) Running() bool { return c.phase == running }

// Verdict is the judgment on a clock at an instant.
type Verdict uint8

const (
	// Unjudged: not started, or the promise fell away. Not counted.
	Unjudged Verdict = iota
	// Met: fulfilled with elapsed ≤ target.
	Met
	// Breached: fulfilled with elapsed > target, or unfulfillable.
	Breached
	// Overdue: not fulfilled, and elapsed > target: a breach that is still open.
	Overdue
	// Undecided: not fulfilled, and elapsed ≤ target: it may still be met.
	Undecided
)

// Judge judges the clock at an instant that is not before its last event, and
// returns the working time elapsed.
func (c *Clock) Judge(m *Term, at time.Duration) (Verdict, time.Duration) {
	if c.phase == idle || c.phase == void {
		return Unjudged, 0
	}
	elapsed := c.Elapsed(m, at)
	switch {
	case c.phase == missed:
		return Breached, elapsed
	case c.phase == stopped && elapsed > m.Within:
		return Breached, elapsed
	case c.phase == stopped:
		return Met, elapsed
	case elapsed > m.Within:
		return Overdue, elapsed
	}
	return Undecided, elapsed
}
