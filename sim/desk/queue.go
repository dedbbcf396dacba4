package desk

import (
	"math"
	"math/bits"
	"time"
)

// queue is one waiting line. Tickets wait either in lists, one for each bucket
// and first come first served within it, or in a heap by due time. A list holds its
// tickets by their links; who leaves, leaves at once.
type queue struct {
	lists    []list
	occupied uint64 // buckets with somebody in them, as bits
	heap     []byDue
	len      int
}

// list is doubly linked through Ticket.next and Ticket.prev; -1 ends it.
type list struct{ head, tail int32 }

// byDue is an entry of the heap: the earliest due first, then first come.
type byDue struct {
	due    time.Duration
	seq    uint64
	ticket int32
}

func (a byDue) before(b byDue) bool { return a.due < b.due || a.due == b.due && a.seq < b.seq }

// noDue is the due time of a ticket without a running clock: after all others.
const noDue = time.Duration(math.MaxInt64)

// place is where the foremost ticket of a queue stands; queues are compared by it.
type place struct {
	key int64 // bucket or due time
	seq uint64
}

func (a place) before(b place) bool { return a.key < b.key || a.key == b.key && a.seq < b.seq }

func (q *queue) reset(buckets int) {
	if cap(q.lists) < buckets {
		q.lists = make([]list, buckets)
	}
	q.lists = q.lists[:buckets]
	for i := range q.lists {
		q.lists[i] = list{-1, -1}
	}
	q.occupied, q.heap, q.len = 0, q.heap[:0], 0
}

// front is the foremost ticket and its place; -1 if nobody waits.
func (q *queue) front(ts []Ticket) (int32, place) {
	if q.occupied != 0 {
		b := bits.TrailingZeros64(q.occupied)
		i := q.lists[b].head
		return i, place{int64(b), ts[i].seq}
	}
	if len(q.heap) > 0 {
		e := q.heap[0]
		return e.ticket, place{int64(e.due), e.seq}
	}
	return -1, place{}
}

// enter puts ticket i into its bucket's list by its place in the order: at the
// end, unless it has been in the queue before.
func (q *queue) enter(ts []Ticket, i int32) {
	t := &ts[i]
	l := &q.lists[t.bucket]
	after := l.tail
	for after >= 0 && ts[after].seq > t.seq {
		after = ts[after].prev
	}
	t.prev = after
	if after < 0 {
		t.next = l.head
		l.head = i
	} else {
		t.next = ts[after].next
		ts[after].next = i
	}
	if t.next < 0 {
		l.tail = i
	} else {
		ts[t.next].prev = i
	}
	q.occupied |= 1 << t.bucket
	q.len++
}

// leave takes ticket i out of its list.
func (q *queue) leave(ts []Ticket, i int32) {
	t := &ts[i]
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
		q.occupied &^= 1 << t.bucket
	}
	q.len--
}

// enterDue puts ticket i into the heap.
func (q *queue) enterDue(ts []Ticket, i int32, due time.Duration) {
	q.heap = append(q.heap, byDue{})
	q.up(ts, len(q.heap)-1, byDue{due, ts[i].seq, i})
	q.len++
}

// leaveDue takes ticket i out of the heap; Ticket.next is its index there.
func (q *queue) leaveDue(ts []Ticket, i int32) {
	at := int(ts[i].next)
	last := len(q.heap) - 1
	moved := q.heap[last]
	q.heap = q.heap[:last]
	q.len--
	switch {
	case at == last:
	case at > 0 && moved.before(q.heap[(at-1)/2]):
		q.up(ts, at, moved)
	default:
		q.down(ts, at, moved)
	}
}

func (q *queue) up(ts []Ticket, at int, e byDue) {
	for at > 0 && e.before(q.heap[(at-1)/2]) {
		q.set(ts, at, q.heap[(at-1)/2])
		at = (at - 1) / 2
	}
	q.set(ts, at, e)
}

func (q *queue) down(ts []Ticket, at int, e byDue) {
	for {
		child := 2*at + 1
		if child >= len(q.heap) {
			break
		}
		if child+1 < len(q.heap) && q.heap[child+1].before(q.heap[child]) {
			child++
		}
		if !q.heap[child].before(e) {
			break
		}
		q.set(ts, at, q.heap[child])
		at = child
	}
	q.set(ts, at, e)
}

func (q *queue) set(ts []Ticket, at int, e byDue) {
	q.heap[at] = e
	ts[e.ticket].next = int32(at)
}
