package rostering

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/program"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/sim/optimize"
)

// block is a stretch of a day of a team, in which one head more is tried.
type block struct {
	team     int
	weekday  time.Weekday
	date     calendar.Date // where days differ
	from, to int           // minutes since local midnight
	gain     []float64     // by target: what one net head more takes off the overshoot
	at       float64       // net heads on average, where it was tried
}

// blockLength is how long a block is.
const blockLength = 4 * 60

// floor is the part of the requirement that suffices by formula under which no cut may lead:
// far below it more heads help little by little only, and a linear condition misleads.
const floor = 0.7

// cut is a condition on heads: the overshoot at some roster, and what heads in blocks take off.
type cut struct {
	target int
	over   float64
	blocks []block
}

// cuts goes down from the requirement that suffices, and returns by conditions taken from
// simulated differences.
func (f *finder) cuts(ctx context.Context, by float64) error {
	needs := f.space.scaled(by * floor)
	var all []cut
	for range iterations {
		heads, err := f.cutCover(ctx, needs, all)
		if err != nil {
			return err
		}
		t, err := f.try(ctx, heads, fmt.Sprintf("%d cuts", len(all)))
		if err != nil {
			return err
		}
		if t.excess == 0 {
			return nil
		}
		more, err := f.cutAt(ctx, t)
		if err != nil || len(more) == 0 {
			return err
		}
		all = append(all, more...)
	}
	return nil
}

// blocks are the stretches in which late clocks have waited.
func (f *finder) blocks(t *tried) (list []block) {
	s := f.q.Scenario
	type key struct {
		team int
		day  calendar.Date
		part int
	}
	seen := map[key]int{}
	for i := range f.space.needs {
		for k, w := range f.space.smoothed(t.weight[i]) {
			if w == 0 || !f.space.needs[i].open[k] {
				continue
			}
			for _, team := range f.space.needs[i].teams {
				zone := s.Teams[team].Zone
				local := f.space.axis.At(time.Duration(k) * s.Time.Interval)
				if zone != nil {
					local = local.In(zone)
				}
				date, part := calendar.DateOf(local), local.Hour()*60/blockLength
				b := block{team: int(team), weekday: date.Weekday(), from: part * blockLength, to: (part + 1) * blockLength}
				id := key{int(team), date, part}
				if f.q.Weekly {
					id.day = calendar.Date{Day: int(date.Weekday())}
				} else {
					b.date = date
				}
				if _, ok := seen[id]; !ok {
					seen[id] = len(list)
					list = append(list, b)
				}
			}
		}
	}
	return list
}

// cutAt simulates what one head more in each block changes, and makes a cut of it for each target
// that is missed.
func (f *finder) cutAt(ctx context.Context, t *tried) ([]cut, error) {
	blocks := f.blocks(t)
	base := f.overs(t)
	for i := range blocks {
		b := &blocks[i]
		g := *f
		g.extra = b
		more, err := g.simulate(ctx, t.heads, f.seed, f.q.Trials, false)
		if err != nil {
			return nil, err
		}
		f.trials += f.q.Trials
		for k, over := range f.overs(more) {
			b.gain = append(b.gain, base[k]-over)
		}
		b.at = f.space.inBlock(b, t.heads)
	}
	var list []cut
	for k, over := range base {
		if t.sure[k] >= f.sure {
			continue
		}
		c := cut{target: k, over: max(over, 0.01)}
		for _, b := range blocks {
			if b.gain[k] > 0 {
				c.blocks = append(c.blocks, b)
			}
		}
		if len(c.blocks) > 0 {
			list = append(list, c)
		}
	}
	return list, nil
}

// overs is by how much each target is missed.
func (f *finder) overs(t *tried) []float64 {
	out := make([]float64, len(t.values))
	for k := range out {
		out[k] = overshoot(&f.q.Targets[k], t.values[k])
	}
	return out
}

// shift is a block as a shift of one net head.
func (b *block) shift(team *staffing.Team) staffing.Shift {
	s := staffing.Shift{Name: "one head more", Heads: 1 / (1 - team.Shrinkage), From: b.from, To: b.to, Holidays: true, First: b.date, Last: b.date}
	s.Days[b.weekday] = true
	return s
}

// inBlock is the mean net heads on a block.
func (sp *space) inBlock(b *block, heads []int) (sum float64) {
	for j, n := range heads {
		if n > 0 {
			sum += float64(n) * sp.share(b, &sp.slots[j])
		}
	}
	return sum
}

// share is the mean net heads in a block of one gross head on a slot.
func (sp *space) share(b *block, sl *slot) float64 {
	if sl.team != b.team {
		return 0
	}
	shift := &sp.q.Candidates[sl.candidate].Shift
	minutes := 0
	for _, days := range []int{0, 1} { // the shift's own day, and the one into which it goes on
		same := sl.date.AddDays(days) == b.date
		if sp.q.Weekly {
			same = (int(sl.weekday)+days)%7 == int(b.weekday)
		}
		if same {
			minutes += max(0, min(shift.To-days*1440, b.to)-max(shift.From-days*1440, b.from))
		}
	}
	return float64(minutes) / blockLength * (1 - sp.q.Scenario.Teams[sl.team].Shrinkage)
}

// cutCover covers needs at the least pay, and keeps the cuts.
func (f *finder) cutCover(ctx context.Context, needs [][]float64, all []cut) ([]int, error) {
	c, err := f.space.cover(needs)
	if err != nil {
		return nil, err
	}
	p := c.Program
	for _, one := range all {
		// over − Σ gain × (heads − heads then) ≤ 0
		row := len(p.Rows)
		lower := one.over
		for i := range one.blocks {
			lower += one.blocks[i].gain[one.target] * one.blocks[i].at
		}
		p.Rows = append(p.Rows, program.Row{Name: f.q.Targets[one.target].Measure, Lower: lower, Upper: math.Inf(1)})
		for j := range f.space.slots {
			coef := 0.
			for i := range one.blocks {
				coef += one.blocks[i].gain[one.target] * f.space.share(&one.blocks[i], &f.space.slots[j])
			}
			if coef > 0 {
				p.Columns[j].Entries = append(p.Columns[j].Entries, program.Entry{Row: row, Coef: coef})
			}
		}
	}
	var start []float64
	if f.best != nil {
		start = started(c, f.best.heads)
	}
	part, stop := context.WithTimeout(ctx, f.q.solving())
	defer stop()
	a, err := optimize.Solve(part, f.q.Solver, p, start)
	if err != nil {
		return nil, err
	}
	return f.space.filled(ctx, f.space.heads(a.X))
}
