package rostering

import (
	"cmp"
	"math"
	"slices"
)

// move is heads that come or go together: one on a slot or, in a team whose people work full weeks,
// one on each day that a person works.
type move struct {
	key   int // by which one that failed is remembered
	slots []int
}

// move makes a move: by 1 puts its heads in, by -1 takes them out. False if the heads are not allowed then; they are as before.
func (sp *space) move(heads []int, m move, by int) bool {
	for _, j := range m.slots {
		heads[j] += by
	}
	if sp.allowed(heads) {
		return true
	}
	for _, j := range m.slots {
		heads[j] -= by
	}
	return false
}

// paid is what a move's heads cost a week.
func (sp *space) paid(m move) (sum float64) {
	for _, j := range m.slots {
		sum += sp.slots[j].pay
	}
	return sum
}

// teamOf is whose heads a move's are.
func (sp *space) teamOf(m move) int { return sp.slots[m.slots[0]].team }

// ranked are the moves that take heads out, those first whose heads help late clocks least for their pay.
func (f *finder) ranked(t *tried) []move {
	sp := f.space
	worth := sp.worth(t)
	rate := func(j int) float64 { return worth[j] / max(sp.slots[j].pay, 1e-9) }
	var list []move
	for j, n := range t.heads {
		if sl := &sp.slots[j]; n > sl.least && sl.pay > 0 && sp.crews[sp.crewOf(sl)] == nil {
			list = append(list, move{key: j, slots: []int{j}})
		}
	}
	for i, c := range sp.crews {
		if c == nil {
			continue
		}
		people, _ := c.people(t.heads)
		for k, n := range people {
			if n > 0 {
				m := move{key: len(sp.slots) + 14*i + k, slots: c.week(k, func(j int) (float64, bool) { return -rate(j), t.heads[j] > sp.slots[j].least })}
				if sp.paid(m) > 0 {
					list = append(list, m)
				}
			}
		}
	}
	value := func(m move) (sum float64) {
		for _, j := range m.slots {
			sum += worth[j]
		}
		return sum / sp.paid(m)
	}
	slices.SortStableFunc(list, func(a, b move) int {
		return cmp.Or(cmp.Compare(value(a), value(b)), cmp.Compare(sp.paid(b), sp.paid(a)))
	})
	return list
}

// week is a person's week on a tour: on each day of it the slot with the highest value, of those that are free.
func (c *crew) week(tour int, value func(j int) (float64, bool)) (slots []int) {
	for d, on := range c.tours[tour].Works {
		if !on {
			continue
		}
		best, top := -1, math.Inf(-1)
		for _, j := range c.byDay[d] {
			if v, free := value(j); free && v > top {
				best, top = j, v
			}
		}
		if best >= 0 {
			slots = append(slots, best)
		}
	}
	return slots
}

// mostUrgent is the move that puts heads in where they help late clocks most for their pay, of those not ruled
// out; false if none does.
func (f *finder) mostUrgent(t *tried, not map[int]bool) (move, bool) {
	sp := f.space
	worth := sp.worth(t)
	var best move
	top := 0.
	consider := func(m move) {
		sum := 0.
		for _, j := range m.slots {
			sum += worth[j]
		}
		if rate := sum / max(sp.paid(m), 1e-9); rate > top && !not[m.key] && sp.move(slices.Clone(t.heads), m, 1) {
			best, top = m, rate
		}
	}
	for j := range sp.slots {
		if sp.crews[sp.crewOf(&sp.slots[j])] == nil {
			consider(move{key: j, slots: []int{j}})
		}
	}
	for i, c := range sp.crews {
		if c == nil {
			continue
		}
		for k := range c.tours {
			consider(move{key: len(sp.slots) + 14*i + 7 + k, slots: c.week(k, func(j int) (float64, bool) {
				return worth[j] / max(sp.slots[j].pay, 1e-9), sp.slots[j].most < 0 || t.heads[j] < sp.slots[j].most
			})})
		}
	}
	return best, top > 0
}

// together is how often an exchange makes a move at once, at most: where a team can do the work
// of several others, one of its heads may be worth nothing yet that three are worth.
func (sp *space) together(m move) int {
	needs := 0
	for i := range sp.needs {
		if sp.serves(i, sp.teamOf(m)) {
			needs++
		}
	}
	if needs > 1 {
		return 3
	}
	return 1
}

// count is how many heads there are in all.
func count(heads []int) (n int) {
	for _, k := range heads {
		n += k
	}
	return n
}
