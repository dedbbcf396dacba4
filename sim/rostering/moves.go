package rostering

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/sim/optimize"
)

// move is heads that come or go together: one on a slot or, in a team whose people work full weeks,
// one on each day that a person works.
type move struct {
	key   int // by which one that failed is remembered
	slots []int
}

// crew is a team whose people work full weeks.
type crew struct {
	tours    []roster.Tour
	weekends float64  // the largest share of its people who work on a weekend; 0: no bound
	byDay    [7][]int // slots by time.Weekday
}

// lent is what the tours of a team are taken from: its rules, or what they are by default.
func (q *Question) lent(team int) (inARow int, weekends float64, rest time.Duration) {
	if r := q.Scenario.Teams[team].Rules; r != nil {
		return cmp.Or(r.InARow, staffing.DefaultInARow), r.Weekends, r.Rest
	}
	return staffing.DefaultInARow, 0, staffing.DefaultRest
}

// fullWeeks lays out the teams whose people work full weeks.
func (sp *space) fullWeeks() error {
	if !sp.q.Wish.FullWeeks {
		return nil
	}
	sp.crews = make([]*crew, len(sp.q.Scenario.Teams))
	for j := range sp.slots {
		sl := &sp.slots[j]
		if sp.crews[sl.team] == nil {
			sp.crews[sl.team] = &crew{}
		}
		c := sp.crews[sl.team]
		c.byDay[sl.weekday] = append(c.byDay[sl.weekday], j)
	}
	for t, c := range sp.crews {
		if c == nil {
			continue
		}
		var open [7]bool
		for d, slots := range c.byDay {
			open[d] = len(slots) > 0
		}
		row, weekends, _ := sp.q.lent(t)
		c.weekends = weekends
		var err error
		if c.tours, err = roster.Within(open, row); err != nil {
			return err
		}
	}
	return nil
}

// days are the heads of a team by day.
func (c *crew) days(heads []int) (days [7]int) {
	for d, slots := range c.byDay {
		for _, j := range slots {
			days[d] += heads[j]
		}
	}
	return days
}

// people are how many work each tour, so that all heads are there and nobody is spare; false if that cannot be, or too
// many of them would work on weekends.
func (c *crew) people(heads []int) ([]int, bool) {
	people, ok := roster.Whole(c.days(heads), c.tours)
	if !ok {
		return nil, false
	}
	all, some := 0, 0
	for k, n := range people {
		if all += n; c.tours[k].Weekend() {
			some += n
		}
	}
	return people, c.weekends == 0 || float64(some) <= c.weekends*float64(all)+1e-9
}

// filled adds heads until everybody works a full week: those whom the days ask for anyway, as many as
// need be, and on each of their further days a head on the shift that has most.
func (sp *space) filled(ctx context.Context, heads []int) ([]int, error) {
	if sp.crews == nil {
		return heads, nil
	}
	heads = slices.Clone(heads)
	for t, c := range sp.crews {
		if c == nil {
			continue
		}
		w := &roster.Week{Heads: c.days(heads), Tours: c.tours, Weekends: c.weekends}
		r, err := optimize.Rotate(ctx, sp.q.Solver, w)
		if err != nil {
			return nil, err
		}
		for d := range 7 {
			there := 0
			for k, n := range r.People {
				if c.tours[k].Works[d] {
					there += n
				}
			}
			if !sp.spread(heads, c.byDay[d], there-w.Heads[d]) {
				return nil, problemf("the limits of %s leave no room for people who work full weeks", sp.q.Scenario.Teams[t].Name)
			}
		}
	}
	return heads, nil
}

// spread puts n heads more on some slots, in parts as they are now; false if they may not have so many.
func (sp *space) spread(heads, slots []int, n int) bool {
	was := make(map[int]int, len(slots))
	for _, j := range slots {
		was[j] = heads[j]
	}
	for range n {
		best, top := -1, -1.
		for _, j := range slots {
			if most := sp.slots[j].most; most >= 0 && heads[j] >= most {
				continue
			}
			if share := (float64(was[j]) + 0.1) / float64(1+heads[j]-was[j]); share > top {
				best, top = j, share
			}
		}
		if best < 0 {
			return false
		}
		heads[best]++
	}
	return true
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
		if sl := &sp.slots[j]; n > sl.least && sl.pay > 0 && (sp.crews == nil || sp.crews[sl.team] == nil) {
			list = append(list, move{key: j, slots: []int{j}})
		}
	}
	for team, c := range sp.crews {
		if c == nil {
			continue
		}
		people, _ := c.people(t.heads)
		for k, n := range people {
			if n > 0 {
				m := move{key: len(sp.slots) + 14*team + k, slots: c.week(k, func(j int) (float64, bool) { return -rate(j), t.heads[j] > sp.slots[j].least })}
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
		if sp.crews == nil || sp.crews[sp.slots[j].team] == nil {
			consider(move{key: j, slots: []int{j}})
		}
	}
	for team, c := range sp.crews {
		if c == nil {
			continue
		}
		for k := range c.tours {
			consider(move{key: len(sp.slots) + 14*team + 7 + k, slots: c.week(k, func(j int) (float64, bool) {
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
