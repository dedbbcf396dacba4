package collect

import (
	"time"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/staffing"
)

// crowd is the plan of a team of which it matters who is there. Its lists are empty
// for other teams.
type crowd struct {
	hours    float64   // planned, after planned shrinkage
	byMonth  []float64 // the same; only where there are several months
	heads    []float64 // at work, mean by interval
	paidEach float64   // heads paid for each who is there after planned shrinkage
}

// layCrowds works out the plans of the teams of which it matters who is there.
func (b *builder) layCrowds() {
	axis, teams := b.desk.Axis, b.desk.Teams
	b.crowds = make([]crowd, len(teams))
	if b.months = contract.Monthly.Split(axis, b.warmup, b.until); len(b.months) < 2 {
		b.months = nil
	}
	duties := staffing.ByTeam(staffing.Duties(teams, axis, 0, b.until), len(teams))
	for i := range teams {
		t := &teams[i]
		counts := false
		for j := range t.Shifts {
			counts = counts || t.People(&t.Shifts[j])
		}
		if !counts {
			continue
		}
		k := &b.crowds[i]
		k.paidEach = 1 / (1 - t.Shrinkage)
		k.byMonth = make([]float64, len(b.months))
		k.heads = make([]float64, b.Catalog.Intervals)
		for j := range duties[i] {
			if d := &duties[i][j]; !d.OnCall {
				b.planDuty(k, d, d.Gross*(1-t.Shrinkage))
			}
		}
	}
}

// planDuty counts a duty of some people in.
func (b *builder) planDuty(k *crowd, d *staffing.Duty, heads float64) {
	if !d.Overtime {
		k.hours += heads * hoursIn(d.From, d.To, b.warmup, b.until)
		for m := range k.byMonth {
			k.byMonth[m] += heads * hoursIn(d.From, d.To, b.months[m].From, b.months[m].To)
		}
	}
	from := d.From
	for _, gap := range append(append([]staffing.Interval(nil), d.Breaks...), staffing.Interval{From: d.To}) {
		for i := int(max(from, 0) / b.interval); i < len(k.heads) && time.Duration(i)*b.interval < gap.From; i++ {
			start := time.Duration(i) * b.interval
			length := b.lengthOf(i)
			k.heads[i] += heads * hoursIn(from, gap.From, start, start+length) / length.Hours()
		}
		from = gap.To
	}
}

// hoursIn is how many hours of [a, b) lie in [from, to).
func hoursIn(a, b, from, to time.Duration) float64 {
	return max(0, (min(b, to) - max(a, from)).Hours())
}

// missing is the time of people who are not there, since the end of the warm-up, in
// nanoseconds.
type missing struct {
	sick, vacant float64
	byMonth      [][2]float64
	month        int // the first one that is not over
}

func newMissing(l *Layout, team int) missing {
	return missing{byMonth: make([][2]float64, len(l.crowds[team].byMonth))}
}

func (m *missing) reset() {
	clear(m.byMonth)
	*m = missing{byMonth: m.byMonth}
}

// miss accounts for those who have been missing since the last change. Vacant places
// are not paid, nor is overtime that was not worked; who is sick is paid.
func (c *Collector) miss(t *teamLevels, team int, at time.Duration) {
	sick, vacant := float64(t.now.Sick), float64(t.now.Vacant)
	m := &t.missing
	if s := float64(at - max(t.since, c.warmup)); s > 0 {
		m.sick += s * sick
		m.vacant += s * vacant
	}
	for m.month < len(m.byMonth) && c.months[m.month].To <= t.since {
		m.month++
	}
	for i := m.month; i < len(m.byMonth) && c.months[i].From < at; i++ {
		if s := float64(min(at, c.months[i].To) - max(t.since, c.months[i].From)); s > 0 {
			m.byMonth[i][0] += s * sick
			m.byMonth[i][1] += s * vacant
		}
	}
	each := c.crowds[team].paidEach
	if t.now.Vacant > 0 {
		t.totals.bill = t.totals.bill.Plus(c.tariffs[team].Planned(t.since, at, -vacant*each))
	}
	if t.now.Missed > 0 {
		t.totals.bill = t.totals.bill.Plus(c.tariffs[team].Overtime(t.since, at, -float64(t.now.Missed)*each))
	}
}

// people adds how many of the people whom the plan has on shift are there, for the
// teams for which that matters, in all and by month.
func (b *builder) people() {
	for i := range b.crowds {
		k := &b.crowds[i]
		if k.heads == nil {
			continue
		}
		l := outcome.Labels{Team: b.desk.Teams[i].Name}
		b.presence(l, k.hours, func(c *Collector) (sick, vacant float64) {
			return c.teams[i].missing.sick, c.teams[i].missing.vacant
		})
		for m := range k.byMonth {
			p := l
			p.Period = b.months[m].Name
			b.presence(p, k.byMonth[m], func(c *Collector) (sick, vacant float64) {
				x := c.teams[i].missing.byMonth[m]
				return x[0], x[1]
			})
		}
		b.series(outcome.SeriesPlanned, l, outcome.UnitHeads, false, func(_ *Collector, num, _ []float64) { copy(num, k.heads) })
	}
}

// presence adds the measures of some planned hours.
func (b *builder) presence(l outcome.Labels, hours float64, of func(c *Collector) (sick, vacant float64)) {
	b.measure(outcome.PlannedHours, l, outcome.UnitHours, func(*Collector) (float64, float64) { return hours, 1 })
	b.measure(outcome.Present, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
		sick, vacant := of(c)
		return hours - (sick+vacant)/float64(time.Hour), hours
	})
	b.measure(outcome.Sickness, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
		sick, _ := of(c)
		return sick / float64(time.Hour), hours
	})
	b.measure(outcome.Vacancies, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
		_, vacant := of(c)
		return vacant / float64(time.Hour), hours
	})
}
