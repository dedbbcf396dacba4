package bench

import (
	"math"
	"math/rand/v2"
)

// event is an event of the hand-written loop: 16 bytes.
type event struct {
	at   float64
	kind int32 // arrival, end of service, or the abandoning customer + 2
	pos  int32
}

// loop is a 4-ary heap with positions, so that an abandonment can be taken
// out, and first-come-first-served rings by class.
type loop struct {
	rng    *rand.Rand
	heap   []int32 // slots
	slots  []event
	free   []int32
	queues [3][]int32 // customers that wait, by class
	heads  [3]int
	who    []caller
	idle   []int32
}

type caller struct {
	arrived float64
	timer   int32
	class   int8
	waiting bool
}

func (h *loop) schedule(at float64, kind int32) int32 {
	var s int32
	if n := len(h.free); n > 0 {
		s, h.free = h.free[n-1], h.free[:n-1]
	} else {
		s = int32(len(h.slots))
		h.slots = append(h.slots, event{})
	}
	h.slots[s] = event{at: at, kind: kind}
	h.heap = append(h.heap, s)
	h.up(len(h.heap)-1, s)
	return s
}

func (h *loop) up(i int, s int32) {
	at := h.slots[s].at
	for i > 0 {
		p := (i - 1) / 4
		if h.slots[h.heap[p]].at <= at {
			break
		}
		h.heap[i] = h.heap[p]
		h.slots[h.heap[i]].pos = int32(i)
		i = p
	}
	h.heap[i] = s
	h.slots[s].pos = int32(i)
}

func (h *loop) down(i int, s int32) {
	at := h.slots[s].at
	for {
		c := 4*i + 1
		if c >= len(h.heap) {
			break
		}
		least, low := c, h.slots[h.heap[c]].at
		for d := c + 1; d < min(c+4, len(h.heap)); d++ {
			if x := h.slots[h.heap[d]].at; x < low {
				least, low = d, x
			}
		}
		if low >= at {
			break
		}
		h.heap[i] = h.heap[least]
		h.slots[h.heap[i]].pos = int32(i)
		i = least
	}
	h.heap[i] = s
	h.slots[s].pos = int32(i)
}

func (h *loop) remove(s int32) event {
	e := h.slots[s]
	i := int(e.pos)
	last := len(h.heap) - 1
	moved := h.heap[last]
	h.heap = h.heap[:last]
	if i < last {
		if i > 0 && h.slots[moved].at < h.slots[h.heap[(i-1)/4]].at {
			h.up(i, moved)
		} else {
			h.down(i, moved)
		}
	}
	h.free = append(h.free, s)
	return e
}

// run serves n customers and returns the mean wait of all and the share that left.
func (h *loop) run(n, agents int, rate float64, shares [3]float64, lognormal bool, patience float64) (wait, left float64) {
	sigma := math.Sqrt(math.Ln2)
	free := agents
	var total float64
	var gone, served int
	start := func(now float64) {
		service := h.rng.ExpFloat64()
		if lognormal {
			service = math.Exp(sigma*h.rng.NormFloat64() - sigma*sigma/2)
		}
		h.schedule(now+service, 1)
	}
	h.schedule(h.rng.ExpFloat64()/rate, 0)
	for came := 0; served+gone < n; {
		e := h.remove(h.heap[0])
		now := e.at
		switch e.kind {
		case 0:
			came++
			h.schedule(now+h.rng.ExpFloat64()/rate, 0)
			if free > 0 {
				free--
				served++
				start(now)
				continue
			}
			class := int8(0)
			if u := h.rng.Float64(); u >= shares[0] {
				class = 1
				if u >= shares[0]+shares[1] {
					class = 2
				}
			}
			c := h.customer()
			h.who[c] = caller{arrived: now, class: class, waiting: true, timer: -1}
			if patience > 0 {
				h.who[c].timer = h.schedule(now+patience*h.rng.ExpFloat64(), 2+c)
			}
			h.queues[class] = append(h.queues[class], c)
		case 1:
			c := h.next()
			if c < 0 {
				free++
				continue
			}
			total += now - h.who[c].arrived
			served++
			if t := h.who[c].timer; t >= 0 {
				h.remove(t)
			}
			h.idle = append(h.idle, c)
			start(now)
		default:
			c := e.kind - 2
			total += now - h.who[c].arrived
			h.who[c].waiting = false
			gone++
		}
	}
	return total / float64(n), float64(gone) / float64(n)
}

func (h *loop) customer() int32 {
	if n := len(h.idle); n > 0 {
		c := h.idle[n-1]
		h.idle = h.idle[:n-1]
		return c
	}
	h.who = append(h.who, caller{})
	return int32(len(h.who) - 1)
}

// next takes the foremost customer who still waits; -1 for none.
func (h *loop) next() int32 {
	for k := range h.queues {
		q := h.queues[k]
		for h.heads[k] < len(q) {
			c := q[h.heads[k]]
			h.heads[k]++
			if h.who[c].waiting {
				return c
			}
			h.idle = append(h.idle, c)
		}
		h.queues[k], h.heads[k] = q[:0], 0
	}
	return -1
}
