package rostering

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/sim/optimize"
)

// crew is those of a team who work full weeks, full-time or part-time.
type crew struct {
	team     int
	tours    []roster.Tour
	weekends float64  // the largest share of its people who work on a weekend; 0: no bound
	byDay    [7][]int // slots by time.Weekday
}

// terms are what a team's people agree to, by its rules or by default: days in a row, the share who work on a weekend, rest.
func (q *Question) terms(team int) (inARow int, weekends float64, rest time.Duration) {
	if r := q.Scenario.Teams[team].Rules; r != nil {
		return cmp.Or(r.InARow, staffing.DefaultInARow), r.Weekends, r.Rest
	}
	return staffing.DefaultInARow, 0, staffing.DefaultRest
}

// fullWeeks lays out the teams whose people work full weeks.
func (sp *space) fullWeeks() error {
	sp.crews = make([]*crew, 2*len(sp.q.Scenario.Teams))
	for j := range sp.slots {
		sl := &sp.slots[j]
		if !sp.full(sl.team) {
			continue
		}
		k := sp.crewOf(sl)
		if sp.crews[k] == nil {
			sp.crews[k] = &crew{team: sl.team}
		}
		sp.crews[k].byDay[sl.weekday] = append(sp.crews[k].byDay[sl.weekday], j)
	}
	for _, c := range sp.crews {
		if c == nil {
			continue
		}
		var open [7]bool
		for d, slots := range c.byDay {
			open[d] = len(slots) > 0
		}
		row, weekends, _ := sp.q.terms(c.team)
		c.weekends = weekends
		var err error
		if c.tours, err = roster.Within(open, row); err != nil {
			return err
		}
	}
	return nil
}

// crewOf is the place among the crews of a team's people, of whom those who work part-time are a crew of their own.
func crewOf(team int, part bool) int {
	if part {
		return 2*team + 1
	}
	return 2 * team
}

func (sp *space) crewOf(sl *slot) int { return crewOf(sl.team, sp.q.Candidates[sl.candidate].Part) }

// full reports whether a team's people work full weeks.
func (sp *space) full(team int) bool {
	rules := sp.q.Scenario.Teams[team].Rules
	return sp.q.Wish.FullWeeks || sp.q.Weekly && rules != nil && rules.FullWeeks
}

// days are the heads of a crew by day.
func (c *crew) days(heads []int) (days [7]int) {
	for d, slots := range c.byDay {
		for _, j := range slots {
			days[d] += heads[j]
		}
	}
	return days
}

// count is how many heads a crew has in all; no crew has none.
func (c *crew) count(heads []int) (n int) {
	if c == nil {
		return 0
	}
	for _, k := range c.days(heads) {
		n += k
	}
	return n
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

// fillings is how often part-timers above their share are made full-timers, before all of them are.
const fillings = 5

// filled adds heads until everybody works a full week: those whom the days ask for anyway, as many as
// need be, and on each of their further days a head on the shift that has most. Where that takes more part-timers than a team
// may have, some are full-timers instead; where it takes more heads than a day may have, people are left out.
func (sp *space) filled(ctx context.Context, heads []int) ([]int, error) {
	if !slices.ContainsFunc(sp.crews, func(c *crew) bool { return c != nil }) {
		return heads, nil
	}
	heads = slices.Clone(heads)
	for t := range sp.q.Scenario.Teams {
		full, part := sp.crews[crewOf(t, false)], sp.crews[crewOf(t, true)]
		most := sp.partTimers(t)
		for round := range fillings + 1 {
			try := slices.Clone(heads)
			for _, c := range []*crew{full, part} {
				if err := sp.fill(ctx, c, try); err != nil {
					return nil, err
				}
			}
			parts, all := part.count(try), part.count(try)+full.count(try)
			if most == 0 || full == nil || float64(parts) <= most*float64(all)+1e-9 {
				heads = try
				break
			}
			keep := most * float64(all) / float64(parts)
			if round == fillings-1 {
				keep = 0
			}
			sp.instead(heads, part, full, keep)
		}
	}
	for !sp.allowed(heads) {
		if !sp.leaveOut(heads) {
			return nil, problemf("the limits of heads leave no room for people who work full weeks")
		}
	}
	return heads, nil
}

// partTimers is the largest share of a team's shifts that part-timers may work; 0: no bound.
func (sp *space) partTimers(team int) float64 {
	for _, l := range sp.q.Limits {
		if l.Team == team {
			return l.Part
		}
	}
	return 0
}

// fill completes the weeks of a crew.
func (sp *space) fill(ctx context.Context, c *crew, heads []int) error {
	if c == nil {
		return nil
	}
	w := &roster.Week{Heads: c.days(heads), Tours: c.tours, Weekends: c.weekends}
	r, err := optimize.Rotate(ctx, sp.q.Solver, w)
	if err != nil {
		return err
	}
	for d := range 7 {
		there := 0
		for k, n := range r.People {
			if c.tours[k].Works[d] {
				there += n
			}
		}
		if !sp.spread(heads, c.byDay[d], there-w.Heads[d]) {
			return problemf("the limits of the shifts of %s leave no room for people who work full weeks", sp.q.Scenario.Teams[c.team].Name)
		}
	}
	return nil
}

// instead keeps a part of the part-timers of each day, and makes the others full-timers.
func (sp *space) instead(heads []int, part, full *crew, keep float64) {
	for d, n := range part.days(heads) {
		gone := n - int(keep*float64(n))
		for range gone {
			most := part.byDay[d][0]
			for _, j := range part.byDay[d] {
				if heads[j] > heads[most] {
					most = j
				}
			}
			heads[most]--
		}
		sp.spread(heads, full.byDay[d], gone)
	}
}

// leaveOut takes the week of one person out, of the tour that most work; false if nobody is left.
func (sp *space) leaveOut(heads []int) bool {
	var of *crew
	tour, most := -1, 0
	for _, c := range sp.crews {
		if c == nil {
			continue
		}
		people, ok := roster.Whole(c.days(heads), c.tours)
		for k, n := range people {
			if ok && n > most {
				of, tour, most = c, k, n
			}
		}
	}
	if tour < 0 {
		return false
	}
	for _, j := range of.week(tour, func(j int) (float64, bool) { return float64(heads[j]), heads[j] > 0 }) {
		heads[j]--
	}
	return true
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
