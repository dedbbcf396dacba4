package desk

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model"
)

// enqueue lets a ticket wait in a line. Lines beyond those of the layout belong to
// single agents.
func (d *Desk) enqueue(t *Ticket, to int32) {
	t.state, t.line = waiting, to
	d.waiting++
	q := &d.queues[to]
	q.len++
	if d.plain {
		q.enter(d.tickets, t)
	} else {
		d.enter(q, t, to)
	}
}

// enter is for a ticket that waits in heaps, or of which a witness is told.
func (d *Desk) enter(q *queue, t *Ticket, to int32) {
	if d.layout.spots == 0 || d.own(to) || !d.enterHeap(q, t) { // those of agents are few, and looked through one by one
		q.enter(d.tickets, t)
	}
	if d.witness != nil {
		d.witness.Stands(d.events.Now(), t, int(d.wants(t).stand))
	}
}

// enterHeap puts a ticket into the heaps of a line by due time; false if it belongs into
// its list.
func (d *Desk) enterHeap(q *queue, t *Ticket) bool {
	if d.layout.order == model.NearestBreach {
		return d.enterPaced(q, t)
	}
	q.heaps[0].push(d.spots, byDue{d.dueOf(t), t.seq, t.slot, t.slot * int32(d.layout.spots)})
	return true
}

// enterPaced puts a ticket into the heaps of its running clocks; false if it has none.
func (d *Desk) enterPaced(q *queue, t *Ticket) (runs bool) {
	i, c := t.slot, &d.classes[t.Promised]
	clocks := d.clocksOf(i)
	for j := range c.terms {
		if !clocks[j].Running() {
			continue
		}
		if due, ok := clocks[j].Due(&c.terms[j], 0); ok {
			runs = true
			q.heaps[c.paces[j]].push(d.spots, byDue{due, t.seq, i, i*int32(d.layout.spots) + int32(j)})
		}
	}
	return runs
}

// dequeue takes a ticket out of the line in which it waits.
func (d *Desk) dequeue(t *Ticket) {
	d.waiting--
	if t.moves != 0 {
		d.events.Cancel(t.moves)
		t.moves = 0
	}
	q := &d.queues[t.line]
	q.len--
	if d.layout.spots == 0 || !d.leaveHeaps(q, t) {
		q.leave(d.tickets, t)
	}
}

// leaveHeaps takes a ticket out of the heaps of its line; false if it is in none.
func (d *Desk) leaveHeaps(q *queue, t *Ticket) (was bool) {
	i, n := int(t.slot), d.layout.spots
	c := &d.classes[t.Promised]
	for j, at := range d.spots[i*n : i*n+n] {
		if at == nowhere {
			continue
		}
		was = true
		h := 0
		if d.layout.order == model.NearestBreach {
			h = int(c.paces[j])
		}
		q.heaps[h].remove(d.spots, at)
	}
	return was
}

// dueOf is when the next running clock of a ticket is due.
func (d *Desk) dueOf(t *Ticket) time.Duration {
	if due, ok := d.classes[t.Promised].terms.NextDue(d.clocksOf(t.slot)); ok {
		return due
	}
	return noDue
}

// firstDue is the foremost ticket of a line by due time and its place; nil if nobody waits.
func (d *Desk) firstDue(q *queue) (*Ticket, place) {
	if d.layout.order == model.NearestBreach {
		return d.nearest(q)
	}
	if h := q.heaps[0]; len(h) > 0 {
		return &d.tickets[h[0].ticket], place{int64(h[0].due), h[0].seq}
	}
	return nil, place{}
}

// nearest is the front of a line whose nearest breach goes first.
func (d *Desk) nearest(q *queue) (best *Ticket, at place) {
	for k, h := range q.heaps {
		if len(h) == 0 {
			continue
		}
		if p := (place{d.shareKey(k, h[0].due), h[0].seq}); best == nil || p.before(at) {
			best, at = &d.tickets[h[0].ticket], p
		}
	}
	if best == nil {
		best, at = q.first(d.tickets)
		at.key = math.MaxInt64
	}
	return best, at
}

// shareKey is the share that is left of a target of a pace, as a key: in units so small
// that no two moments of a working day look alike.
func (d *Desk) shareKey(pace int, due time.Duration) int64 {
	const unit = 1e-12
	return int64(max(-1e6, min(1e6, d.layout.paces[pace].left(d.events.Now(), due))) / unit)
}

// placeOf is where a ticket would stand in its queue.
func (d *Desk) placeOf(t *Ticket) place {
	switch d.layout.order {
	case model.EarliestDue:
		return place{int64(d.dueOf(t)), t.seq}
	case model.NearestBreach:
		key := int64(math.MaxInt64)
		c := &d.classes[t.Promised]
		clocks := d.clocksOf(t.slot)
		for j := range c.terms {
			if due, ok := clocks[j].Due(&c.terms[j], 0); ok && clocks[j].Running() {
				key = min(key, d.shareKey(int(c.paces[j]), due))
			}
		}
		return place{key, t.seq}
	}
	return place{int64(t.bucket), t.seq}
}
