package des

import (
	"fmt"
	"time"
)

// lanes are events that are neither cancelled nor moved, of each lane the next one: a heap
// without slots, so that most of what an event of the list costs is saved.
type lanes[E any] struct {
	heap  []node // the slot in its word is the lane
	ahead []ahead[E]
	taken bool // the root is out of the heap; see Queue.taken
}

// ahead is the event of a lane, if one is to come.
type ahead[E any] struct {
	event E
	comes bool
}

// Expect adds the next event of a lane, such as the next arrival of a source. Lanes are
// numbered from 0; of each at most one event is ahead at a time, which cannot be cancelled. It
// panics as Schedule does, and if the lane has an event ahead.
func (q *Queue[E]) Expect(lane int32, at time.Duration, rank Rank, event E) {
	if at < q.now || rank > MaxRank || q.seq == maxSeq {
		panic(q.refusal(at, rank, event))
	}
	l := &q.lanes
	for int(lane) >= len(l.ahead) {
		l.ahead = append(l.ahead, ahead[E]{})
	}
	if l.ahead[lane].comes {
		panic(fmt.Sprintf("des: event %+v scheduled for %v, when lane %d has %+v ahead", event, at, lane, l.ahead[lane].event))
	}
	l.ahead[lane] = ahead[E]{event, true}
	q.seq++
	n := node{at, uint64(rank)<<(seqBits+slotBits) | q.seq<<slotBits | uint64(lane)}
	if l.taken {
		l.taken = false
		l.down(n)
		return
	}
	l.heap = append(l.heap, n)
	l.up(n)
}

// take takes the first event of all lanes.
func (l *lanes[E]) take() E {
	a := &l.ahead[l.heap[0].word&slotMask]
	a.comes = false
	l.taken = true
	return a.event
}

// close puts the last event in the place of the one that has been taken.
func (l *lanes[E]) close() {
	l.taken = false
	last := len(l.heap) - 1
	moved := l.heap[last]
	l.heap = l.heap[:last]
	if last > 0 {
		l.down(moved)
	}
}

func (l *lanes[E]) reset() {
	clear(l.ahead)
	l.heap, l.taken = l.heap[:0], false
}

// len is the number of events ahead.
func (l *lanes[E]) len() int {
	if l.taken {
		return len(l.heap) - 1
	}
	return len(l.heap)
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
