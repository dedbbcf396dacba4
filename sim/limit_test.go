package sim_test

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The limit: M1 and M2 written by hand for nothing but themselves, with the one
// generator, the waits summed up and no calendar, class, shift or clock. What the
// engine costs is its ratio to this, measured in the same run.

// handEvent is an event of the hand-written loop: 16 bytes.
type handEvent struct {
	at   float64
	kind int32 // arrival, end of service, or the abandoning customer + 2
	pos  int32
}

// handLoop is a 4-ary heap with positions, so that an abandonment can be taken
// out, and first-come-first-served rings by class.
type handLoop struct {
	rng    *rand.Rand
	heap   []int32 // slots
	slots  []handEvent
	free   []int32
	queues [3][]int32 // customers that wait, by class
	heads  [3]int
	who    []handCustomer
	idle   []int32
}

type handCustomer struct {
	arrived float64
	timer   int32
	class   int8
	waiting bool
}

func (h *handLoop) schedule(at float64, kind int32) int32 {
	var s int32
	if n := len(h.free); n > 0 {
		s, h.free = h.free[n-1], h.free[:n-1]
	} else {
		s = int32(len(h.slots))
		h.slots = append(h.slots, handEvent{})
	}
	h.slots[s] = handEvent{at: at, kind: kind}
	h.heap = append(h.heap, s)
	h.up(len(h.heap)-1, s)
	return s
}

func (h *handLoop) up(i int, s int32) {
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

func (h *handLoop) down(i int, s int32) {
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

func (h *handLoop) remove(s int32) handEvent {
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
func (h *handLoop) run(n, agents int, rate float64, shares [3]float64, lognormal bool, patience float64) (wait, left float64) {
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
			h.who[c] = handCustomer{arrived: now, class: class, waiting: true, timer: -1}
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

func (h *handLoop) customer() int32 {
	if n := len(h.idle); n > 0 {
		c := h.idle[n-1]
		h.idle = h.idle[:n-1]
		return c
	}
	h.who = append(h.who, handCustomer{})
	return int32(len(h.who) - 1)
}

// next takes the foremost customer who still waits; -1 for none.
func (h *handLoop) next() int32 {
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

func limit(b *testing.B, n int, agents int, rate float64, lognormal bool, patience float64) {
	b.ReportAllocs()
	start := cpu()
	for i := range b.N {
		h := &handLoop{rng: rand.New(rand.NewPCG(1, uint64(i)))}
		h.run(n, agents, rate, [3]float64{0.1, 0.3, 0.6}, lognormal, patience)
	}
	b.ReportMetric(float64(n)*float64(b.N)/(cpu()-start).Seconds()/1e6, "Mtickets/cpu-s")
}

func BenchmarkM1Limit(b *testing.B) { limit(b, 1e6, 1, 0.9, false, 0) }

func BenchmarkM2Limit(b *testing.B) { limit(b, 1e6, 50, 47.5, true, 5) }

func TestTheLimitIsTheSameModel(t *testing.T) {
	t.Parallel()
	h := &handLoop{rng: rand.New(rand.NewPCG(5, 6))}
	wait, left := h.run(2_000_000, 50, 47.5, [3]float64{0.1, 0.3, 0.6}, true, 5)
	const exactWait, exactLeft = 0.1*0.01087 + 0.3*0.01699 + 0.6*0.13473, 0.1*0.00217 + 0.3*0.00340 + 0.6*0.02693
	if math.Abs(wait/exactWait-1) > 0.05 || math.Abs(left/exactLeft-1) > 0.05 {
		t.Errorf("mean wait %v and share that left %v, want about %v and %v", wait, left, exactWait, exactLeft)
	}
	one := &handLoop{rng: rand.New(rand.NewPCG(7, 8))}
	if wait, _ := one.run(3_000_000, 1, 0.9, [3]float64{1}, false, 0); math.Abs(wait/9-1) > 0.1 {
		t.Errorf("M/M/1: mean wait %v, want about 9", wait)
	}
}
