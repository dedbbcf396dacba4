package desk

import "time"

// dueHeap is tickets by due time: the earliest first, then first come.
type dueHeap []byDue

// byDue is an entry of a heap.
type byDue struct {
	due    time.Duration
	seq    uint64
	ticket int32
	spot   int32 // where the desk notes the entry's index in its heap
}

func (a byDue) before(b byDue) bool { return a.due < b.due || a.due == b.due && a.seq < b.seq }

func (h *dueHeap) push(spots []int32, e byDue) {
	*h = append(*h, byDue{})
	h.up(spots, len(*h)-1, e)
}

// remove takes out the entry at an index.
func (h *dueHeap) remove(spots []int32, at int32) {
	last := len(*h) - 1
	moved := (*h)[last]
	spots[(*h)[at].spot] = nowhere
	*h = (*h)[:last]
	switch i := int(at); {
	case i == last:
	case i > 0 && moved.before((*h)[(i-1)/2]):
		h.up(spots, i, moved)
	default:
		h.down(spots, i, moved)
	}
}

func (h dueHeap) up(spots []int32, at int, e byDue) {
	for at > 0 && e.before(h[(at-1)/2]) {
		h.set(spots, at, h[(at-1)/2])
		at = (at - 1) / 2
	}
	h.set(spots, at, e)
}

func (h dueHeap) down(spots []int32, at int, e byDue) {
	for {
		child := 2*at + 1
		if child >= len(h) {
			break
		}
		if child+1 < len(h) && h[child+1].before(h[child]) {
			child++
		}
		if !h[child].before(e) {
			break
		}
		h.set(spots, at, h[child])
		at = child
	}
	h.set(spots, at, e)
}

func (h dueHeap) set(spots []int32, at int, e byDue) {
	h[at] = e
	spots[e.spot] = int32(at)
}

// nowhere is the spot of what is in no heap.
const nowhere = -1
