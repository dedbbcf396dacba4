package des

import (
	"fmt"
	"time"
)

// lanes are events that are neither cancelled nor moved, of each lane the next one: a heap
// without slots, so that most of what an event of the list costs is saved.
type lanes[E any] struct {
	heap []node // the slot in its word is the lane
	all  []lane[E]
}

// lane is what all events of a lane are, and whether the next one is ahead.
type lane[E any] struct {
	event E
	rank  uint64 // where it stands in a node's word
	ahead bool
}

// Lane adds a lane for equal events that follow one upon another, such as the arrivals of a
// source, and returns its number; they count from 0. Reset keeps it.
func (q *Queue[E]) Lane(rank Rank, event E) int32 {
	if rank > MaxRank {
		panic(q.refusal(q.now, rank, event))
	}
	q.lanes.all = append(q.lanes.all, lane[E]{event: event, rank: uint64(rank) << (seqBits + slotBits)})
	return int32(len(q.lanes.all) - 1)
}

// Expect adds the next event of a lane, which cannot be cancelled. It panics as Schedule does,
// and if the lane has an event ahead.
func (q *Queue[E]) Expect(number int32, at time.Duration) {
	l := &q.lanes.all[number]
	if at < q.now || q.seq == maxSeq || l.ahead {
		panic(q.collision(number, at))
	}
	l.ahead = true
	q.seq++
	n := node{at, l.rank | q.seq<<slotBits | uint64(number)}
	if q.hole == inLanes {
		q.hole = whole
		q.lanes.down(n)
		return
	}
	q.lanes.heap = append(q.lanes.heap, n)
	q.lanes.up(n)
}

// collision says why the next event of a lane is not added.
func (q *Queue[E]) collision(number int32, at time.Duration) string {
	l := &q.lanes.all[number]
	if !l.ahead {
		return q.refusal(at, 0, l.event)
	}
	return fmt.Sprintf("des: event %+v scheduled for %v, when lane %d has one ahead", l.event, at, number)
}

// take takes the first event of all lanes.
func (l *lanes[E]) take() E {
	first := &l.all[l.heap[0].word&slotMask]
	first.ahead = false
	return first.event
}

// close puts the last event in the place of the one that has been taken.
func (l *lanes[E]) close() {
	last := len(l.heap) - 1
	moved := l.heap[last]
	l.heap = l.heap[:last]
	if last > 0 {
		l.down(moved)
	}
}

func (l *lanes[E]) reset() {
	for i := range l.all {
		l.all[i].ahead = false
	}
	l.heap = l.heap[:0]
}

// up moves the hole at the end towards the root until n fits, and puts it there.
func (l *lanes[E]) up(n node) {
	i := len(l.heap) - 1
	for i > 0 && n.before(l.heap[(i-1)/4]) {
		l.heap[i] = l.heap[(i-1)/4]
		i = (i - 1) / 4
	}
	l.heap[i] = n
}

// down moves the hole at the root towards the leaves until n fits, and puts it there.
func (l *lanes[E]) down(n node) {
	h, i := l.heap, 0
	for 4*i+1 < len(h) {
		least := 4*i + 1
		for c := least + 1; c < min(4*i+5, len(h)); c++ {
			if h[c].before(h[least]) {
				least = c
			}
		}
		if !h[least].before(n) {
			break
		}
		h[i] = h[least]
		i = least
	}
	h[i] = n
}
