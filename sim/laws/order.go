package laws

import (
	"cmp"
	"container/heap"
	"math"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// turn is where a waiting ticket stands: the lower goes first.
type turn struct {
	calm int   // 0 for a live customer, 1 for others
	key  int64 // by the order of the queue: priority, due time, or nothing
	seq  int   // who came first
}

func (a turn) compare(b turn) int {
	return cmp.Or(cmp.Compare(a.calm, b.calm), cmp.Compare(a.key, b.key), cmp.Compare(a.seq, b.seq))
}

// line is the waiting tickets of one class that ask for the same, a heap by turn.
// Those that have left stay in it until they come to the front.
type line []waiter

type waiter struct {
	turn
	v     *life
	visit int
}

func (w waiter) gone() bool { return w.v.place != queued || w.v.visit != w.visit }

func (q line) Len() int           { return len(q) }
func (q line) Less(i, j int) bool { return q[i].compare(q[j].turn) < 0 }
func (q line) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *line) Push(x any)        { *q = append(*q, x.(waiter)) }
func (q *line) Pop() any {
	last := len(*q) - 1
	w := (*q)[last]
	*q = (*q)[:last]
	return w
}

// front is the first who still waits; false if nobody does.
func (q *line) front() (waiter, bool) {
	for len(*q) > 0 {
		if w := (*q)[0]; !w.gone() {
			return w, true
		}
		heap.Pop(q)
	}
	return waiter{}, false
}

// lineUp gives a ticket its turn. One that goes back to the queue, or escalates,
// keeps its place among those that are otherwise equal.
func (l *Laws) lineUp(v *life, keeps bool) {
	k := &l.classes[v.class]
	if !keeps {
		l.arrivals++
		v.turn.seq = l.arrivals
		v.came, v.loose = l.now, false
	}
	v.turn.calm, v.turn.key = 1, 0
	if k.live && v.touches == 0 {
		v.turn.calm = 0
	}
	switch l.scenario.Routing.Order {
	case model.Priority:
		v.turn.key = max(0, int64(l.layout.Plan.Classes[v.class].Priority)-v.raised)
	case model.EarliestDue:
		v.turn.key = math.MaxInt64
		if due, ok := l.terms(v).NextDue(v.clocks); ok {
			v.turn.key = int64(due)
		}
	}
	if l.routed != nil {
		return
	}
	v.visit++
	heap.Push(&l.lines[l.lineOf(v)], waiter{v.turn, v, v.visit})
}

func (l *Laws) lineOf(v *life) int {
	return (2*int(v.class)+min(int(v.touches), 1))*(len(l.scenario.Teams)+1) + int(v.only)
}

// tick keeps the clocks that the order of the queue and the ladder look at.
func (l *Laws) tick(kind ticket.EventKind, status ticket.Status, at time.Duration, v *life) {
	if !l.timed() {
		return
	}
	terms := l.terms(v)
	if v.clocks == nil {
		v.clocks = make([]sla.Clock, len(terms))
	}
	v.told = at
	v.past.Apply(kind, status, at)
	if terms.Apply(v.clocks, kind, status, at) {
		terms.Take(v.clocks, at, nil) // so that the next rounds begin
	}
}

// takesTurn checks that a ticket that is taken goes before all that its agent
// could have taken instead: those that his team can serve and that fill no more of
// him.
func (l *Laws) takesTurn(t *desk.Ticket, v *life) {
	fills := l.classes[v.class].fills(v)
	if l.routed != nil {
		if l.interrupts(t, v) {
			return
		}
		for _, w := range l.routed.waiting {
			if l.classes[w.class].fills(w) <= fills && l.before(w, v, t.Agent, int(t.Team)) {
				l.breaksBy(t.ID, Order, "it is taken before its turn: one of class %d has waited since %v", w.class, w.since)
				return
			}
		}
		return
	}
	for i := range l.lines {
		w, ok := l.lines[i].front()
		if !ok {
			continue
		}
		k := &l.classes[w.v.class]
		if l.able(w.v, t.Team) && k.fills(w.v) <= fills && w.compare(v.turn) < 0 {
			l.breaksBy(t.ID, Order, "it is taken before its turn: one of class %d has waited since %v", w.v.class, w.v.since)
			return
		}
	}
}
