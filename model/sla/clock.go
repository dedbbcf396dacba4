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
	// NextOpen is the first working instant from at on; false if there is none.
	NextOpen(at time.Duration) (time.Duration, bool)
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
	Reopen       Reopen
	Boundary     Boundary
	Alone        bool // judged by itself, whatever other policies promise
	Warn         Mark
	// Relaxed is the relaxation that has made Within longer, + 1, and Usual the time
	// allowed without it; 0 for none.
	Relaxed int
	Usual   time.Duration
}

// phase is where a clock, or its present round, stands.
type phase uint8

const (
	idle    phase = iota // not started, or between rounds
	running              // in a stretch that began at since
	paused               // between stretches; the last one was [since, until)
	stopped              // the promise was fulfilled, early or late, at until
	missed               // the promise can no longer be fulfilled: breached, whatever the time
	void                 // the promise fell away: there is nothing to judge
)

// marks are what else there is to know of a clock, one bit each.
type marks uint16

const (
	over    marks = 1 << iota // the round has ended and was not taken yet
	again                     // and the next one began at until
	halted                    // which stands still from its beginning
	heard                     // there has been a first reply
	owed                      // a round begins as soon as the ticket is no longer solved
	silent                    // stopped, but before there was a promise: nothing to judge
	broken                    // the target was used up at broke and then missed, which nothing takes back
	stamped                   // broke is the very instant of the breach: there has been a change of class since, or it is that change
)

// Clock is the state of one promise for one ticket. The zero Clock has not
// started. It is told every event of the ticket's life, in order, through
// Apply, and can be asked at any instant through Judge and Due. It is a small value
// and does no calendar arithmetic before somebody asks, except to close a stretch
// when another one begins.
type Clock struct {
	since  time.Duration // start of the running stretch, or of the last one
	until  time.Duration // end of the last stretch, once it has ended
	used   time.Duration // working time used in the stretches before it
	within time.Duration // the target in force: the term's, until a change of class
	broke  time.Duration // when the target was used up that was missed, if broken
	fired  uint32        // marks that have been acted on, one bit each
	marks  marks
	phase  phase
}

// Apply tells the clock what happened at an instant and which status the ticket
// has from then on. A reply that sets the status to pending is one event: of what
// happens at the same instant, stopping goes before pausing and pausing before
// starting.
//
// It reports whether a round has ended. Then Take gives its verdict; until then the
// clock stands for the round that has ended. A round that nobody takes before the
// next event is forgotten.
func (c *Clock) Apply(m *Term, kind ticket.EventKind, status ticket.Status, at time.Duration) bool {
	d := &definitions[m.Metric]
	if c.marks != 0 || d.later {
		c.remember(d, m, kind)
	}
	switch c.phase {
	case running, paused:
		// Most events end nothing.
		if d.ends.has(kind) || status >= ticket.Solved {
			if c.end(d, m, kind, status, at) {
				return d.rounds && d.final(kind, m.Live) && c.finish(d, m, status, d.starts.has(kind))
			}
		}
	case idle:
		if !c.starts(d, kind, status) {
			return false
		}
		c.begin(m, at)
		if status >= ticket.Solved { // it was created so
			c.solve(d, m, at)
			return false
		}
	default:
		if d.once && c.phase != void {
			return false
		}
		if c.ended(d, m, kind, status, at) {
			return c.finish(d, m, status, true)
		}
	}
	if holds := m.Pauses | d.holds; holds.Has(status) {
		if c.phase == running {
			c.phase, c.until = paused, at
		}
	} else if c.phase == paused {
		c.resume(m, at)
	}
	return false
}

// remember does what must be done before an event is told to a clock that is more than
// running or ended.
func (c *Clock) remember(d *definition, m *Term, kind ticket.EventKind) {
	if c.marks&over != 0 {
		c.roll(m)
	}
	if d.later && (kind == ticket.Replied || kind == ticket.Started && m.Live) {
		c.marks |= heard
	}
}

// starts reports whether an event starts a clock that is idle. A round does not
// start on a ticket that is solved; one that should have starts when it comes back.
func (c *Clock) starts(d *definition, kind ticket.EventKind, status ticket.Status) bool {
	if !d.rounds {
		return d.starts.has(kind)
	}
	ready := c.marks&owed != 0 || d.starts.has(kind) && (!d.later || c.marks&heard != 0)
	if ready && status >= ticket.Solved && d.reopens {
		c.marks |= owed
	}
	return ready && status < ticket.Solved
}

// end ends a promise that waits to be fulfilled, if an event does. On a live
// channel the answer fulfils FirstReply, on any other the end of the first touch.
func (c *Clock) end(d *definition, m *Term, kind ticket.EventKind, status ticket.Status, at time.Duration) bool {
	switch {
	case d.fulfilled(kind, m.Live):
		c.halt(m, stopped, at)
	case kind == ticket.Abandoned && d.leave == misses:
		c.miss(m, at)
	case kind == ticket.Abandoned:
		c.withdraw(m, at)
	case status >= ticket.Solved:
		c.solve(d, m, at)
	default:
		return false
	}
	return true
}

func (c *Clock) solve(d *definition, m *Term, at time.Duration) {
	if d.solve == withdraws {
		c.withdraw(m, at)
		return
	}
	c.halt(m, stopped, at)
}

// miss: whoever leaves the queue within the short-abandon threshold, if there is
// one, is left out; whoever leaves later was not answered in time, even if the
// target was not yet used up.
func (c *Clock) miss(m *Term, at time.Duration) {
	p := missed
	if c.phase == running && m.ShortAbandon > 0 && c.used+at-c.since <= m.ShortAbandon {
		p = void
	}
	c.halt(m, p, at)
}

// ended is for what happens after a promise has ended. It reports whether that
// makes the verdict on it final, so that another round can begin.
func (c *Clock) ended(d *definition, m *Term, kind ticket.EventKind, status ticket.Status, at time.Duration) bool {
	switch {
	case c.phase == void && c.until == at && c.marks&silent == 0 && d.fulfilled(kind, m.Live) && !d.rounds:
		// Of a reply and a solution at one instant the reply comes first, in
		// whatever order they are told.
		c.phase = stopped
	case d.rounds && d.starts.has(kind):
		c.fold(m, at)
		return true
	case c.phase != stopped || !d.reopens || status >= ticket.Solved:
	case m.Reopen == Ignore && c.marks&silent == 0:
	case m.Reopen == Reset:
		c.fold(m, at)
		return true
	default:
		c.marks &^= silent
		c.resume(m, at)
		c.adopt(m.Within, at)
	}
	return false
}

// finish notes that a round is over, and how the next one begins, if it does.
func (c *Clock) finish(d *definition, m *Term, status ticket.Status, next bool) bool {
	c.marks |= over
	switch {
	case !next:
	case status >= ticket.Solved:
		if d.reopens {
			c.marks |= owed
		}
	default:
		c.marks |= again
		if (m.Pauses | d.holds).Has(status) {
			c.marks |= halted
		}
	}
	return true
}

// begin starts a clock, or a round of it.
func (c *Clock) begin(m *Term, at time.Duration) {
	*c = Clock{phase: running, since: at, within: m.Within, marks: c.marks & heard}
}

// roll leaves the round that is over.
func (c *Clock) roll(m *Term) {
	was := c.marks
	if was&again == 0 {
		*c = Clock{marks: was & (heard | owed)}
		return
	}
	c.begin(m, c.until)
	if was&halted != 0 {
		c.phase, c.until = paused, c.since
	}
}

// halt ends the running stretch and enters a phase; a clock that stands still
// gets a stretch of no length, so that Due knows when it ended.
func (c *Clock) halt(m *Term, p phase, at time.Duration) {
	if c.phase == paused {
		c.resume(m, at)
	}
	c.phase, c.until = p, at
}

// withdraw ends a promise that nobody waits for any longer. A breach that has
// happened is never taken back.
func (c *Clock) withdraw(m *Term, at time.Duration) {
	p := void
	if c.marks&broken != 0 || c.Elapsed(m, at) > c.within {
		p = stopped
	}
	c.halt(m, p, at)
}

// resume begins another stretch.
func (c *Clock) resume(m *Term, at time.Duration) {
	c.settle(m)
	c.since = at
	c.phase = running
}

// settle puts the last stretch to the account, and with it a breach that happened
// in it. It leaves a stretch of no length where the last one ended.
func (c *Clock) settle(m *Term) {
	used := c.used + m.Line.Between(c.since, c.until)
	if used > c.within && c.marks&broken == 0 {
		c.broke, _ = c.exhausted(m)
		c.marks |= broken
	}
	c.used, c.since = used, c.until
}

// fold is settle for a clock that has ended, and moves that end, so that the next
// round begins there.
func (c *Clock) fold(m *Term, at time.Duration) {
	c.settle(m)
	c.since, c.until = at, at
}

// exhausted is when the target is used up if the last stretch goes on.
func (c *Clock) exhausted(m *Term) (time.Duration, bool) {
	return m.boundary(m.Line.Add(c.since, max(0, c.within-c.used)))
}

// boundary moves a due instant to the next opening, if the target wants it so.
func (m *Term) boundary(due time.Duration, ok bool) (time.Duration, bool) {
	if ok && m.Boundary == NextOpen {
		return m.Line.NextOpen(due)
	}
	return due, ok
}
