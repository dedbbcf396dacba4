package des

// mostNear is the size above which a heap is slower than to set aside what comes later,
// and fewest that to which it is cut, if the times allow.
const (
	mostNear = 1024
	fewest   = 256
)

// toFar sets a node aside.
func (q *Queue[E]) toFar(n node) { q.slots[n.word&slotMask].place = ^q.far.add(n) }

// fromFar takes the node of a slot from among the far ones.
func (q *Queue[E]) fromFar(slot int32) node {
	place := ^q.slots[slot].place
	n, other, moved := q.far.remove(place)
	if moved {
		q.slots[other.word&slotMask].place = ^place
	}
	return n
}

// divide sets aside all of a heap that has become too large, and takes the earliest back.
func (q *Queue[E]) divide() {
	if len(q.heap) <= q.most {
		return // that was all of one instant
	}
	if q.far.n == 0 {
		q.far.floor = q.now
	}
	for _, n := range q.heap {
		if n.at < q.far.floor {
			// The heap was filled with what is later than now, and then came much that
			// is before it. That is rare.
			q.lower()
			break
		}
	}
	for _, n := range q.heap {
		q.toFar(n)
	}
	q.heap = q.heap[:0]
	q.refill()
}

// lower lays out the far events anew, from the present on.
func (q *Queue[E]) lower() {
	at := len(q.heap)
	q.far.reset(func(n node) { q.heap = append(q.heap, n) })
	q.far.floor = q.now
	for _, n := range q.heap[at:] {
		q.toFar(n)
	}
	q.heap = q.heap[:at]
}

// refill fills the empty heap with the earliest of the far events.
func (q *Queue[E]) refill() {
	bucket, level, from := q.far.next()
	for level > 0 && q.far.count(bucket, fewest) > fewest {
		q.far.floor = from
		q.far.take(bucket, q.toFar)
		bucket, level, from = q.far.next()
	}
	q.far.floor = from
	q.far.take(bucket, func(n node) {
		q.heap = append(q.heap, node{})
		q.up(len(q.heap)-1, n)
	})
	if q.Near != nil {
		for _, n := range q.heap {
			q.Near(q.slots[n.word&slotMask].event)
		}
	}
	q.split = q.far.n > 0
	q.window = from + 1<<(level*digitBits)
	if q.window < from || !q.split {
		q.window = never
	}
	q.most = 2 * len(q.heap)
}
