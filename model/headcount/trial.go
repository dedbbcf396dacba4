package headcount

import (
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/staffing"
)

// Worst is the month that is shortest of heads, over all teams together and as a share of what is
// needed, where nobody is hired.
func (p *Plan) Worst() (month int) {
	least := 0.
	for m := range p.Months {
		short, needed := 0., 0.
		for i := range p.Teams {
			t := &p.Teams[i]
			needed += p.Gross(t, m)
			short += min(p.headsIn(t, nil, m)-p.Gross(t, m), 0)
		}
		if share := short / max(needed, leastHeads); m == 0 || share < least {
			month, least = m, share
		}
	}
	return month
}

// headsIn is the heads that a team has in a month.
func (p *Plan) headsIn(t *Team, starts []float64, month int) (heads float64) {
	for _, c := range t.all(p, starts) {
		heads += c.Heads * t.present(&c, &p.Months[month]).work
	}
	return heads
}

// Trial is a scenario of one month, with the demand of that time and so many full heads in each
// team, on the shifts that it has now; temps are there as the roster says. Heads are full ones and stay:
// nobody leaves, learns or is hired within it. It warms up on the last days of the month before.
// Left out are the backlog at the start, contracts, expectations, and what happens at a time that was
// said: incidents, outages, slow tools, relaxations and exceptions. The error says why the scenario
// cannot be simulated so.
func (p *Plan) Trial(s *model.Scenario, month int, heads []float64) (*model.Scenario, error) {
	m := &p.Months[month]
	w := window(s, m.First.AddDays(-leadIn), leadIn+m.Days())
	w.Time.Warmup = leadIn * day
	w.Contracts, w.Expect, w.Exceptions, w.SLA.Relaxations = nil, nil, nil, nil
	w.Bursts = slices.DeleteFunc(w.Bursts, func(b demand.Burst) bool { return b.Every == 0 })
	w.Outages = slices.DeleteFunc(slices.Clone(w.Outages), func(o model.Outage) bool { return o.Every == 0 })
	w.SlowTools = nil
	for i := range w.Streams {
		st := &w.Streams[i]
		st.Spikes = slices.DeleteFunc(st.Spikes, func(x demand.Spike) bool { return x.End() <= 0 || x.Start >= w.Time.Length })
	}
	w.Streams = slices.DeleteFunc(w.Streams, func(st demand.Stream) bool {
		return !st.Until.IsZero() && st.Until.Compare(m.First.AddDays(-leadIn)) < 0 || !st.From.IsZero() && st.From.Compare(m.First.AddDays(m.Days())) >= 0
	})
	w.Teams = slices.Clone(s.Teams)
	for i := range w.Teams {
		p.staff(&w.Teams[i], i, m, heads[i])
	}
	if problems := w.Check(); len(problems) > 0 {
		return nil, fmt.Errorf("%s by itself is no scenario: %s: %s", m.Name(), problems[0].Path, problems[0].Text)
	}
	return w, nil
}

// staff gives a team so many full heads in a month.
func (p *Plan) staff(t *staffing.Team, team int, m *Month, heads float64) {
	now := standing(t)
	x := &p.Teams[team]
	temps := 0.
	for i := range x.People {
		if c := &x.People[i]; c.Until > 0 {
			temps += c.Heads * x.present(c, m).work
		}
	}
	scale := max(heads-temps, 0) / max(now.heads, leastHeads)
	t.Hiring, t.Ramp, t.Overtime = staffing.Hiring{}, nil, nil
	t.Shrinkage, t.Monthly = t.ShrinkageIn(m.First.Month), nil
	var shifts []staffing.Shift
	for _, sh := range t.Shifts {
		switch last := sh.Last; {
		case sh.OnCall != nil:
		case last.IsZero():
			for _, h := range sh.Hires {
				sh.Heads += h.Heads
			}
			sh.Heads *= scale
			sh.First, sh.Hires, sh.Learning = calendar.Date{}, nil, nil
		case last.Compare(m.First.AddDays(-leadIn)) < 0 || !sh.First.IsZero() && sh.First.Compare(m.First.AddDays(m.Days())) >= 0:
			continue
		}
		shifts = append(shifts, sh)
	}
	t.Shifts = shifts
}

// Cases are the heads by team of the three rosters that a month is simulated with: those that are needed,
// those that are there if nobody is hired, and those that are there with the plan.
func (p *Plan) Cases(month int, starts [][]float64) [3][]float64 {
	var cases [3][]float64
	for i := range p.Teams {
		t := &p.Teams[i]
		cases[0] = append(cases[0], p.Gross(t, month))
		cases[1] = append(cases[1], p.headsIn(t, nil, month))
		cases[2] = append(cases[2], p.headsIn(t, starts[i], month))
	}
	return cases
}
