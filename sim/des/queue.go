package des

import (
	"fmt"
	"math/bits"
	"time"
)

// Rank orders events of equal time, lower first; at most MaxRank.
type Rank uint8

// MaxRank is the highest rank.
const MaxRank Rank = 1<<rankBits - 1

// A node's word is rank | insertion number | slot, from the highest bit down, so
// that comparing words compares rank, then insertion. The slot takes no part in
// the order: insertion numbers are unique.
const (
	rankBits = 4
	slotBits = 24
	seqBits  = 64 - rankBits - slotBits

	slotMask = 1<<slotBits - 1
	maxSeq   = 1<<seqBits - 1
)

type node struct {
	at   time.Duration
	word uint64
}

// before is the order of events.
func (a node) before(b node) bool {
	return a.at < b.at || a.at == b.at && a.word < b.word
}

type slot[E any] struct {
	// place is the index in the heap, or ^ the place among the far ones; in a free
	// slot, the next free one.
	place int32
	life  uint32
	event E
}

// Handle names a scheduled event for Cancel and Move. The zero Handle names none.
type Handle uint64

// Queue is the clock and the event list. E is what an event carries: a small
// struct without pointers is fastest. The zero Queue is empty, at time zero.
type Queue[E any] struct {
	now   time.Duration
	seq   uint64
	heap  []node // the events before the window's end
	slots []slot[E]
	free  int32 // first free slot + 1; 0 for none
	// hole says where the event taken last was the root, which is out of the queue. Most
	// events schedule another: that one is put there, which saves to bring up the last one.
	hole  hole
	lanes lanes[E]

	// Until the first time that the heap is too large, everything is near.
	split  bool
	window time.Duration // if split: what comes at it, or after, is far
	far    far
	most   int // events in the heap, above which it is split

	// Near, unless it is nil, is told of the events that have come from far to near, some
	// hundreds at a time, before any of them is taken. What they are about has often left
	// the caches; reading all of it here lets the processor wait for many at once, which
	// taking them one by one would not.
	Near func(E)
}

// hole is where the root is missing.
type hole uint8

const (
	whole hole = iota
	inHeap
	inLanes // in the heap of the lanes
)

// Reset empties the queue and sets the clock to zero, keeping its memory. All
// handles are dead.
func (q *Queue[E]) Reset() {
	q.close()
	for _, n := range q.heap {
		q.release(int32(n.word & slotMask))
	}
	q.far.reset(func(n node) { q.release(int32(n.word & slotMask)) })
	q.lanes.reset()
	q.now, q.seq, q.heap, q.split = 0, 0, q.heap[:0], false
}

// Now is the time of the last event taken.
func (q *Queue[E]) Now() time.Duration { return q.now }

// Len is the number of events scheduled.
func (q *Queue[E]) Len() int {
	q.close()
	return len(q.heap) + q.far.n + len(q.lanes.heap)
}

// Schedule adds an event. It panics if at lies in the past, if rank exceeds
// MaxRank, or if more than 2²⁴ events are pending or 2³⁶ have been scheduled.
func (q *Queue[E]) Schedule(at time.Duration, rank Rank, event E) Handle {
	if at < q.now || rank > MaxRank || q.seq == maxSeq {
		panic(q.refusal(at, rank, event))
	}
	if q.free == 0 {
		q.grow(event)
	}
	i := q.free - 1
	s := &q.slots[i]
	q.free = s.place
	s.event = event
	h := Handle(uint64(s.life)<<32 | uint64(i))
	q.seq++
	n := node{at, uint64(rank)<<(seqBits+slotBits) | q.seq<<slotBits | uint64(i)}
	if q.hole == inHeap && (!q.split || at < q.window) {
		q.hole = whole
		q.down(0, n)
	} else {
		q.insert(n)
	}
	return h
}

// insert puts a node near or far.
func (q *Queue[E]) insert(n node) {
	if q.split && n.at >= q.window {
		q.toFar(n)
		return
	}
	q.heap = append(q.heap, n)
	q.up(len(q.heap)-1, n)
	if len(q.heap) > mostNear {
		q.divide()
	}
}

// grow adds a free slot.
func (q *Queue[E]) grow(event E) {
	if len(q.slots) > slotMask {
		panic(fmt.Sprintf("des: more than %d events pending at %v, scheduling %+v", slotMask, q.now, event))
	}
	q.slots = append(q.slots, slot[E]{life: 1})
	q.free = int32(len(q.slots))
}

// refusal says why an event is not scheduled.
func (q *Queue[E]) refusal(at time.Duration, rank Rank, event E) string {
	switch {
	case at < q.now:
		return fmt.Sprintf("des: event %+v scheduled for %v, in the past of %v", event, at, q.now)
	case rank > MaxRank:
		return fmt.Sprintf("des: event %+v at %v has rank %d, above %d", event, at, rank, MaxRank)
	}
	return fmt.Sprintf("des: insertion numbers are used up at %v", q.now)
}

// Next takes the next event that is due until the given time, included, and
// moves the clock to it. Without one it reports false and leaves the clock.
func (q *Queue[E]) Next(until time.Duration) (event E, ok bool) {
	if q.hole != whole {
		q.close()
	}
	if len(q.heap) == 0 && q.far.n > 0 {
		q.refill()
	}
	if l := q.lanes.heap; len(l) > 0 && (len(q.heap) == 0 || l[0].before(q.heap[0])) {
		if l[0].at > until {
			return event, false
		}
		q.now = l[0].at
		q.hole = inLanes
		return q.lanes.take(), true
	}
	if len(q.heap) == 0 || q.heap[0].at > until {
		return event, false
	}
	top := q.heap[0]
	q.now = top.at
	i := int32(top.word & slotMask)
	event = q.slots[i].event
	q.release(i)
	q.hole = inHeap
	return event, true
}

// close puts the last event in the place of the one that has been taken.
func (q *Queue[E]) close() {
	switch q.hole {
	case inHeap:
		last := len(q.heap) - 1
		moved := q.heap[last]
		q.heap = q.heap[:last]
		if last > 0 {
			q.down(0, moved)
		}
	case inLanes:
		q.lanes.close()
	}
	q.hole = whole
}

// AdvanceTo moves the clock forward to an instant at which nothing happens. It
// panics if that skips an event or goes back.
func (q *Queue[E]) AdvanceTo(at time.Duration) {
	q.close()
	if len(q.heap) == 0 && q.far.n > 0 {
		q.refill()
	}
	if l := q.lanes.heap; at < q.now || len(q.heap) > 0 && q.heap[0].at < at || len(l) > 0 && l[0].at < at {
		panic(fmt.Sprintf("des: clock moved from %v to %v past the next event", q.now, at))
	}
	q.now = at
}

// Pending reports whether the handle's event is still to come.
func (q *Queue[E]) Pending(h Handle) bool {
	i := uint32(h)
	return h != 0 && int(i) < len(q.slots) && q.slots[i].life == uint32(h>>32)
}

// Cancel removes an event and reports whether it was still to come.
func (q *Queue[E]) Cancel(h Handle) bool {
	if !q.Pending(h) {
		return false
	}
	q.close()
	i := int32(uint32(h))
	place := int(q.slots[i].place)
	if place < 0 {
		q.fromFar(i)
		q.release(i)
		return true
	}
	q.release(i)
	q.cut(place)
	return true
}

// cut takes the node at a place out of the heap.
func (q *Queue[E]) cut(place int) {
	last := len(q.heap) - 1
	moved := q.heap[last]
	q.heap = q.heap[:last]
	if place < last {
		q.put(place, moved)
	}
}

// Move reschedules an event to another time, as if it were newly inserted there,
// and reports whether it was still to come.
func (q *Queue[E]) Move(h Handle, at time.Duration) bool {
	if !q.Pending(h) {
		return false
	}
	i := uint32(h)
	if at < q.now || q.seq == maxSeq {
		panic(q.refusal(at, 0, q.slots[i].event))
	}
	q.close()
	place := int(q.slots[i].place)
	var n node
	if place < 0 {
		n = q.fromFar(int32(i))
	} else {
		n = q.heap[place]
	}
	const ranks = uint64(MaxRank) << (seqBits + slotBits)
	q.seq++
	n = node{at, n.word&ranks | q.seq<<slotBits | uint64(i)}
	switch {
	case place < 0:
		q.insert(n)
	case q.split && at >= q.window:
		q.cut(place)
		q.toFar(n)
	default:
		q.put(place, n)
	}
	return true
}

// put places n into the hole at place, upward or downward.
func (q *Queue[E]) put(place int, n node) {
	if place > 0 && n.before(q.heap[(place-1)/4]) {
		q.up(place, n)
	} else {
		q.down(place, n)
	}
}

// release frees a slot and kills its handles.
func (q *Queue[E]) release(i int32) {
	s := &q.slots[i]
	s.life++
	if s.life == 0 {
		s.life = 1
	}
	s.place = q.free
	q.free = i + 1
}

// up moves the hole at i towards the root until n fits, and puts it there.
func (q *Queue[E]) up(i int, n node) {
	h := q.heap
	for i > 0 {
		parent := (i - 1) / 4
		if !n.before(h[parent]) {
			break
		}
		h[i] = h[parent]
		q.slots[h[i].word&slotMask].place = int32(i)
		i = parent
	}
	h[i] = n
	q.slots[n.word&slotMask].place = int32(i)
}

// down moves the hole at i towards the leaves until n fits, and puts it there.
func (q *Queue[E]) down(i int, n node) {
	h := q.heap
	for {
		child := 4*i + 1
		if child >= len(h) {
			break
		}
		least, m := child, h[child]
		if child+3 < len(h) {
			// Which of four it is cannot be foreseen, so it is found without a branch.
			of := (*[4]node)(h[child:])
			a := sooner(&of[1], &of[0])
			b := 2 + sooner(&of[3], &of[2])
			a += (b - a) & -sooner(&of[b&3], &of[a&3])
			least, m = child+int(a), of[a&3]
		} else {
			for c := child + 1; c < len(h); c++ {
				if h[c].before(m) {
					least, m = c, h[c]
				}
			}
		}
		if !m.before(n) {
			break
		}
		h[i] = m
		q.slots[m.word&slotMask].place = int32(i)
		i = least
	}
	h[i] = n
	q.slots[n.word&slotMask].place = int32(i)
}

// sooner is 1 if a is before b, else 0. No time is negative.
func sooner(a, b *node) uint64 {
	_, borrow := bits.Sub64(a.word, b.word, 0)
	_, borrow = bits.Sub64(uint64(a.at), uint64(b.at), borrow)
	return borrow
}
