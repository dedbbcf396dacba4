package sla

import "time"

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
// used up in an earlier one is due at that start; one that was used up at a change of
// class, or before it, is due when it was. A closing instant can be due:
// four business hours from 13:00 are used up when the office closes at 17:00, and
// breached when it opens again. False if that never comes, if the clock has not
// started or if its promise fell away.
func (c *Clock) Due(m *Term, at time.Duration) (time.Duration, bool) {
	switch {
	case c.phase == idle || c.phase == void || c.marks&silent != 0:
		return 0, false
	case c.marks&(stamped|over) != 0 && c.marks&broken != 0:
		return c.broke, true
	case c.phase == paused:
		return m.boundary(m.Line.Add(at, max(0, c.within-c.Elapsed(m, at))))
	}
	return c.exhausted(m)
}

// Breach is the instant from which the promise is broken, as seen from an instant
// that is not before the clock's last event: the first working instant after the
// target was used up, or the change of class that made it so. False if it is not
// broken by then.
func (c *Clock) Breach(m *Term, at time.Duration) (time.Duration, bool) {
	switch {
	case c.phase == idle || c.phase == void || c.marks&silent != 0:
		return 0, false
	case c.marks&stamped != 0:
		return c.broke, true
	case c.marks&broken != 0:
		return m.Line.NextOpen(c.broke)
	case c.Elapsed(m, at) > c.within:
		due, _ := m.Line.Add(c.since, c.within-c.used)
		return m.Line.NextOpen(due)
	case c.phase == missed:
		return c.until, true
	}
	return 0, false
}

// Reach is when the clock reaches a mark if it goes on running: at the start of
// the running stretch if it was reached before. False if the clock does not run,
// and so is never due for a warning while it is paused, or if that never comes.
//
// A mark is reached once in a round: whoever acts on it says so with Fire and asks
// Fired before. An instant that Reach gave holds until the next event of the ticket.
func (c *Clock) Reach(m *Term, mark Mark) (time.Duration, bool) {
	if c.phase != running {
		return 0, false
	}
	return m.Line.Add(c.since, max(0, mark.of(c.within)-c.used))
}

// Fire notes that the caller has acted on one of its marks, 0 to 31. The clock
// forgets it when another round begins, or when a change of class restarts it.
func (c *Clock) Fire(mark int) { c.fired |= 1 << mark }

// Fired reports whether Fire has been called in this round.
func (c *Clock) Fired(mark int) bool { return c.fired>>mark&1 != 0 }

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

var verdictNames = [...]string{"unjudged", "met", "breached", "overdue", "undecided"}

// String is the verdict in a word.
func (v Verdict) String() string { return verdictNames[v] }

// Judge judges the clock at an instant that is not before its last event, and
// returns the working time elapsed. A breach that happened before a change of class
// stays, whatever the time that is counted after it.
func (c *Clock) Judge(m *Term, at time.Duration) (Verdict, time.Duration) {
	if c.phase == idle || c.phase == void || c.marks&silent != 0 {
		return Unjudged, 0
	}
	elapsed := c.Elapsed(m, at)
	late := elapsed > c.within || c.marks&broken != 0
	switch {
	case c.phase == missed:
		return Breached, elapsed
	case c.phase == stopped && late:
		return Breached, elapsed
	case c.phase == stopped:
		return Met, elapsed
	case late:
		return Overdue, elapsed
	}
	return Undecided, elapsed
}

// Result is what became of one metric of one ticket, or of one round of it.
type Result struct {
	Metric  Metric
	Owner   Owner // of the promise, and
	Until   Until // its moment, for GroupOwnership
	Policy  int   // the one that governed
	Verdict Verdict
	Elapsed time.Duration // working time, on the governing policy's calendar
	Within  time.Duration // the target that was in force
	// Kept says that the promise was broken under an earlier target, or before
	// the clock was restarted: the breach stands although Elapsed ≤ Within.
	Kept bool
	// Reopen is what the target says of returns.
	Reopen Reopen
}

// result is the judgment as a Result; false if there is none.
func (c *Clock) result(m *Term, at time.Duration) (Result, bool) {
	v, elapsed := c.Judge(m, at)
	if v == Unjudged {
		return Result{}, false
	}
	return Result{
		Metric: m.Metric, Owner: m.Owner, Until: m.Until, Policy: m.Policy, Verdict: v, Elapsed: elapsed, Within: c.within,
		Kept: c.marks&broken != 0 && elapsed <= c.within, Reopen: m.Reopen,
	}, true
}

// Take gives the verdict on a round that has ended, as Apply has just said, and
// lets the next one begin. False if no round has ended, or if its promise fell away.
// For several policies on one metric see Terms.Take.
func (c *Clock) Take(m *Term, at time.Duration) (Result, bool) {
	if c.marks&over == 0 {
		return Result{}, false
	}
	r, ok := c.result(m, at)
	c.roll(m)
	return r, ok
}
