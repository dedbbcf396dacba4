package desk

import (
	"math"
	"math/bits"
	"time"
)

// queue is one waiting line. Tickets wait either in lists, one for each bucket
// and first come first served within it, or in heaps by due time: one for all, or one for
// each pace of clocks. A list holds its tickets by their links; who leaves, leaves at once.
type queue struct {
	lists    []list
	occupied uint64    // buckets with somebody in them, as bits
	heaps    []dueHeap // by pace
	len      int
}

// list is doubly linked through Ticket.next and Ticket.prev; -1 ends it.
type list struct{ head, tail int32 }

// noDue is the due time of a ticket without a running clock: after all others.
const noDue = time.Duration(math.MaxInt64)

// place is where a ticket stands in the order of its queue; queues are compared by it.
type place struct {
	key int64 // bucket, due time, or the share that is left
	seq uint64
}

func (a place) before(b place) bool { return a.key < b.key || a.key == b.key && a.seq < b.seq }

func (q *queue) reset(buckets, heaps int) {
	if cap(q.lists) < buckets {
		q.lists = make([]list, buckets)
	}
	q.lists = q.lists[:buckets]
	for i := range q.lists {
		q.lists[i] = list{-1, -1}
	}
	if q.heaps == nil {
		q.heaps = make([]dueHeap, heaps)
	}
	for i := range q.heaps {
		q.heaps[i] = q.heaps[i][:0]
	}
	q.occupied, q.len = 0, 0
}

// first is the foremost ticket of the lists and its place; nil if nobody is there.
func (q *queue) first(ts []Ticket) (*Ticket, place) {
	if q.occupied == 0 {
		return nil, place{}
	}
	b := bits.TrailingZeros64(q.occupied)
	t := &ts[q.lists[b].head]
	return t, place{int64(b), t.seq}
}

// enter puts a ticket into its bucket's list by its place in the order: at the
// end, unless it has been in the queue before.
func (q *queue) enter(ts []Ticket, t *Ticket) {
	l := &q.lists[t.bucket]
	before, after := l.tail, int32(-1)
	for before >= 0 && ts[before].seq > t.seq {
		before, after = ts[before].prev, before
	}
	t.prev, t.next = before, after
	if before < 0 {
		l.head = t.slot
	} else {
		ts[before].next = t.slot
	}
	if after < 0 {
		l.tail = t.slot
	} else {
		ts[after].prev = t.slot
	}
	q.occupied |= 1 << (t.bucket & 63)
}

// leave takes a ticket out of its list.
func (q *queue) leave(ts []Ticket, t *Ticket) {
	l := &q.lists[t.bucket]
	if t.prev < 0 {
		l.head = t.next
	} else {
		ts[t.prev].next = t.next
	}
	if t.next < 0 {
		l.tail = t.prev
	} else {
		ts[t.next].prev = t.prev
	}
	if l.head < 0 {
		q.occupied &^= 1 << (t.bucket & 63)
	}
}
