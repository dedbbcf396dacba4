package sla

import (
	"math"
	"slices"
	"time"
)

// Change says what becomes of the clocks of a ticket when its class changes, and
// with it what it was promised. Whatever the way, what has been decided stays decided:
// a promise that has been fulfilled is judged by the target that it had, and a breach
// that has happened is never taken back.
type Change uint8

const (
	// CarryElapsed: the clock goes on under the new target from where it stood. Its
	// start stays, the time that it has counted stays, each stretch by the calendar
	// that was in force, and what it did not count stays uncounted. If the new target is
	// already used up, the promise is broken at the change, never earlier.
	CarryElapsed Change = iota
	// RestartAtChange: the clock counts from nothing, from the change on.
	RestartAtChange
	// Freeze: the ticket keeps the terms that it had. There is nothing to do.
	Freeze
	// BackDate: the clock stands as if the new target and the new calendar had been in
	// force from its start, so that the promise may be broken before the change. Pauses
	// are credited with what they were on the old calendar.
	BackDate
)

var changeNames = [...]string{"carry_elapsed", "restart_at_change", "freeze", "back_date"}

// String is the word of the scenario language, such as carry_elapsed.
func (m Change) String() string { return changeNames[m] }

// ChangeNames lists the words of all ways, by Change.
func ChangeNames() []string { return slices.Clone(changeNames[:]) }

// Retarget moves a clock from an old term to a new one at an instant; start is when
// the clock, or its present round, started, which only BackDate asks for. Whether the
// clock runs on is settled by the event that is applied next, under the new term. A clock
// that has ended keeps its target until the ticket is reopened.
func (c *Clock) Retarget(old, next *Term, mode Change, start, at time.Duration) {
	if c.phase == idle || mode == Freeze {
		return
	}
	if c.phase != running && c.phase != paused {
		c.settle(old)
		c.seal(old)
		return
	}
	before := *c // at the beginning of its last stretch
	ran := c.phase == running
	if ran {
		c.until = at
	}
	end := c.until
	c.settle(old)
	c.seal(old)
	switch mode {
	case CarryElapsed, Freeze:
	case RestartAtChange:
		c.used, c.fired = 0, 0
	case BackDate:
		uncounted := old.Line.Between(start, at) - c.used
		c.used = max(0, next.Line.Between(start, at)-uncounted)
	}
	if ran {
		c.since, c.until = at, at
	}
	if mode == BackDate && c.used > next.Within && c.marks&broken == 0 {
		earlier := max(0, c.used-next.Line.Between(before.since, end))
		due, _ := next.Line.Add(before.since, max(0, next.Within-earlier))
		breach, _ := next.Line.NextOpen(due)
		c.broke = min(breach, at)
		c.marks |= broken | stamped
	}
	c.adopt(next.Within, at)
}

// adopt puts a target in force. If it is already missed, it is so from that instant on.
func (c *Clock) adopt(within, at time.Duration) {
	c.within = within
	if c.used > within && c.marks&broken == 0 {
		c.broke = at
		c.marks |= broken | stamped
	}
}

// seal makes a breach independent of the calendar on which it happened.
func (c *Clock) seal(m *Term) {
	if c.marks&(broken|stamped) == broken {
		c.broke, _ = m.Line.NextOpen(c.broke)
		c.marks |= stamped
	}
}

// Change moves the clocks of a ticket from the terms of its old class to those of its
// new one. Terms and clocks stand side by side on both sides, and may differ in length and
// order; the clocks must not overlap in memory. Then apply the event of the change, with
// Terms.Apply of the new terms. With Freeze it does nothing: go on with the old terms.
//
//   - A promise of the same policy for the same metric goes on, as the mode says.
//   - One of another policy goes on from the clock that governed the metric so far.
//   - A promise for a metric that had none begins at the change, since nothing was
//     counted that could be carried; with BackDate, at the metric's start, and all time
//     since then counts. Past says whether there is anything left to promise.
//   - Where a metric has no promise any longer, what has been decided is final: a
//     promise that was fulfilled or broken is appended to the results; one that was still
//     open falls away.
//   - A policy that no longer applies leaves its breach to those that go on with the
//     metric. Terms that stand alone are final one by one, and leave nothing.
func (ts Terms) Change(clocks []Clock, next Terms, to []Clock, past *Past, mode Change, at time.Duration, results []Result) []Result {
	if mode == Freeze {
		return results
	}
	for i := range next {
		m := &next[i]
		k, same := ts.before(clocks, m, at)
		if k < 0 {
			to[i] = past.clock(m, mode, at)
			continue
		}
		start, _ := past.start(m)
		to[i] = clocks[k]
		if !same && m.Alone {
			to[i].forget()
		}
		to[i].Retarget(&ts[k], m, mode, start, at)
	}
	for i, end := 0, 0; i < len(ts); i = end {
		end = ts.group(i)
		results = ts.leave(clocks, i, end, next, to, at, results)
	}
	return results
}

// before is the term from which a new one goes on, -1 for none, and whether it is of the
// same policy.
func (ts Terms) before(clocks []Clock, m *Term, at time.Duration) (int, bool) {
	from, to := ts.of(m)
	if from == to {
		return -1, false
	}
	for k := from; k < to; k++ {
		if ts[k].Policy == m.Policy {
			return k, true
		}
	}
	return ts.govern(clocks, from, to, at), false
}

// forget leaves of a clock what is not the affair of the policy that it belonged to:
// the time that it has counted, and not how it ended.
func (c *Clock) forget() {
	c.marks &^= broken | stamped
	c.within = math.MaxInt64
	if c.phase != running && c.phase != paused && c.phase != idle {
		c.phase = stopped
		c.marks |= silent
	}
}

// leave settles what becomes of the promises [from, to), which are judged together,
// when the next terms do not go on with them.
func (ts Terms) leave(clocks []Clock, from, to int, next Terms, nextClocks []Clock, at time.Duration, results []Result) []Result {
	g := ts.govern(clocks, from, to, at)
	m, c := &ts[g], clocks[g]
	first, last := next.of(m)
	for k := first; k < last; k++ {
		if next[k].Policy == m.Policy {
			return results
		}
	}
	breach, isBroken := c.Breach(m, at)
	if first < last && !m.Alone {
		for k := first; k < last; k++ {
			if n := &nextClocks[k]; isBroken && n.phase != missed && n.marks&broken == 0 {
				n.broke = breach
				n.marks |= broken | stamped
			}
		}
		return results
	}
	r, ok := c.result(m, at)
	switch {
	case !ok || r.Verdict == Undecided:
		return results
	case r.Verdict == Overdue:
		r.Verdict = Breached
	}
	return append(results, r)
}
