package collect

import (
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/desk"
)

// inherited is what becomes of the tickets that are open when a trial begins. They were
// created before the measured time, so nothing else counts them; see the package's comment.
type inherited struct {
	kinds   []inheritedKind               // by class
	clocks  [sla.Metrics][]inheritedClock // by class
	tickets map[ticket.ID]heirloom
	stood   []sla.Result // how their clocks stood at the start

	open     level // those that have not been solved since
	answered goal
	mostly   goal
	cleared  goal
}

// inheritedKind is that of a class: how many, how many of them late already, how many done.
type inheritedKind struct{ tickets, late, done int64 }

// inheritedClock is that of the clocks of a class: those late at the start, and those since.
type inheritedClock struct{ late, met, missed, undecided int64 }

// heirloom is a ticket that was open at the start.
type heirloom struct {
	from, to       int32 // of its clocks at the start
	waits, outlast bool  // it waits for an agent since then; it has not been solved
}

// goal is when so many of them are done.
type goal struct {
	left  int64
	after time.Duration // -1: not yet
}

func (g *goal) reach(at time.Duration) {
	if g.left--; g.left == 0 {
		g.after = at
	}
}

// begins sets the goal before the first event; without anything to do it is reached.
func (g *goal) begins(n int64) {
	*g = goal{n, -1}
	if n == 0 {
		g.after = 0
	}
}

// newInherited is nil where the desk starts empty.
func newInherited(l *Layout) *inherited {
	if l.inherits == 0 {
		return nil
	}
	x := &inherited{kinds: make([]inheritedKind, len(l.classes)), tickets: make(map[ticket.ID]heirloom, l.inherits)}
	for m := range x.clocks {
		x.clocks[m] = make([]inheritedClock, len(l.classes))
	}
	x.open.ends = make([]int32, l.Catalog.Intervals)
	return x
}

// share of the tickets that is most of them.
const most = 0.9

func (x *inherited) reset(l *Layout) {
	if x == nil {
		return
	}
	clear(x.kinds)
	for m := range x.clocks {
		clear(x.clocks[m])
	}
	clear(x.tickets)
	x.stood = x.stood[:0]
	x.open.reset(0)
	x.answered.begins(0)
	x.mostly.begins(int64(math.Ceil(most * float64(l.inherits))))
	x.cleared.begins(int64(l.inherits))
}

// Inherits implements desk.Heir.
func (c *Collector) Inherits(t *desk.Ticket, _ []arrivals.Past, results []sla.Result) {
	x := c.inherited
	h := heirloom{from: int32(len(x.stood)), waits: t.Status < ticket.Pending, outlast: true}
	x.stood = append(x.stood, results...)
	h.to = int32(len(x.stood))
	x.tickets[t.ID] = h
	if h.waits {
		x.answered.begins(x.answered.left + 1)
	}
	k := &x.kinds[t.Actual]
	k.tickets++
	late := false
	for _, r := range results {
		if r.Verdict == sla.Overdue {
			late = true
			x.clocks[r.Metric][c.desk.ClassOf(t.Promised)].late++
		}
	}
	if late {
		k.late++
	}
	x.open.change(0, 1)
	c.backlog.change(0, 1)
}

// inherit counts an event of a ticket that was open at the start.
func (c *Collector) inherit(kind ticket.EventKind, at time.Duration, t *desk.Ticket) {
	x := c.inherited
	h := x.tickets[t.ID]
	ended := t.Status >= ticket.Solved && h.outlast
	answered := h.waits && (ended || kind == ticket.Replied)
	if !ended && !answered {
		return
	}
	if answered {
		h.waits = false
		x.answered.reach(at)
	}
	if ended {
		h.outlast = false
		x.mostly.reach(at)
		x.cleared.reach(at)
		x.open.change(at, -1)
		x.kinds[t.Actual].done++
	}
	x.tickets[t.ID] = h
}

// judgeInherited counts verdicts on a ticket that was open at the start. What was settled, or
// broken, by then is not counted again.
func (c *Collector) judgeInherited(t *desk.Ticket, results []sla.Result) {
	x := c.inherited
	h := x.tickets[t.ID]
	stood := x.stood[h.from:h.to]
	for i := range results {
		r := &results[i]
		k := slices.IndexFunc(stood, func(s sla.Result) bool { return c.samePromise(&s, r) })
		if k >= 0 {
			was := stood[k].Verdict
			if was == sla.Overdue {
				stood[k].Verdict = sla.Unjudged // a later round is another promise
			}
			if was != sla.Undecided && was != sla.Unjudged {
				continue
			}
		}
		n := &x.clocks[r.Metric][c.desk.ClassOf(t.Promised)]
		switch r.Verdict {
		case sla.Undecided:
			n.undecided++
		case sla.Met:
			n.met++
		case sla.Breached, sla.Overdue:
			n.missed++
		}
	}
}

// samePromise reports whether two verdicts on one ticket are on one promise.
func (l *Layout) samePromise(a, b *sla.Result) bool {
	return a.Metric == b.Metric && a.Owner == b.Owner && a.Until == b.Until && (!l.apart || a.Policy == b.Policy)
}

// open adds what becomes of the tickets that are open at the start.
func (b *builder) open() {
	if b.inherits == 0 {
		return
	}
	for _, cut := range b.cuts {
		b.inheritedTickets(cut)
		for m := range sla.Metrics {
			b.inheritedClocks(m, cut)
		}
	}
	for _, g := range []struct {
		after, not string
		of         func(x *inherited) *goal
	}{
		{outcome.BacklogAnsweredAfter, outcome.BacklogUnanswered, func(x *inherited) *goal { return &x.answered }},
		{outcome.BacklogMostlyAfter, outcome.BacklogMostlyLeft, func(x *inherited) *goal { return &x.mostly }},
		{outcome.BacklogClearedAfter, outcome.BacklogLeft, func(x *inherited) *goal { return &x.cleared }},
	} {
		b.measure(g.after, outcome.Labels{}, outcome.UnitSeconds, func(c *Collector) (float64, float64) {
			if after := g.of(c.inherited).after; after >= 0 {
				return after.Seconds(), 1
			}
			return c.until.Seconds(), 1
		})
		b.measure(g.not, outcome.Labels{}, outcome.UnitShare, func(c *Collector) (float64, float64) {
			if g.of(c.inherited).after >= 0 {
				return 0, 1
			}
			return 1, 1
		})
	}
	b.series(outcome.SeriesInherited, outcome.Labels{}, outcome.UnitTickets, false, func(c *Collector, num, _ []float64) {
		copyCounts(num, c.inherited.open.ends)
	})
}

func (b *builder) inheritedTickets(cut cut) {
	sum := func(c *Collector, of func(k *inheritedKind) int64) float64 {
		var n int64
		for _, i := range cut.classes {
			n += of(&c.inherited.kinds[i])
		}
		return float64(n)
	}
	tickets := func(k *inheritedKind) int64 { return k.tickets }
	b.measure(outcome.OpenAtStart, cut.labels, outcome.UnitTickets, func(c *Collector) (float64, float64) { return sum(c, tickets), 1 })
	b.measure(outcome.LateAtStart, cut.labels, outcome.UnitTickets, func(c *Collector) (float64, float64) {
		return sum(c, func(k *inheritedKind) int64 { return k.late }), 1
	})
	b.measure(outcome.BacklogCleared, cut.labels, outcome.UnitShare, func(c *Collector) (float64, float64) {
		return sum(c, func(k *inheritedKind) int64 { return k.done }), sum(c, tickets)
	})
}

func (b *builder) inheritedClocks(m sla.Metric, cut cut) {
	cut.classes = slices.DeleteFunc(slices.Clone(cut.classes), func(i int32) bool { return !b.desk.Terms(i).Promises(m) })
	if len(cut.classes) == 0 {
		return
	}
	sum := func(c *Collector, of func(k *inheritedClock) int64) float64 {
		var n int64
		for _, i := range cut.classes {
			n += of(&c.inherited.clocks[m][i])
		}
		return float64(n)
	}
	cut.labels.Metric = m.String()
	b.measure(outcome.LateAtStart, cut.labels, outcome.UnitClocks, func(c *Collector) (float64, float64) {
		return sum(c, func(k *inheritedClock) int64 { return k.late }), 1
	})
	b.measure(outcome.LateSinceStart, cut.labels, outcome.UnitShare, func(c *Collector) (float64, float64) {
		missed := sum(c, func(k *inheritedClock) int64 { return k.missed })
		return missed, missed + sum(c, func(k *inheritedClock) int64 { return k.met })
	})
	b.measure(outcome.UndecidedSinceStart, cut.labels, outcome.UnitClocks, func(c *Collector) (float64, float64) {
		return sum(c, func(k *inheritedClock) int64 { return k.undecided }), 1
	})
}
