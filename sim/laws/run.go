package laws

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/sim/desk"
)

// counts is what a run must say: of the tickets created after the warm-up.
type counts struct {
	arrived, solved, abandoned, open float64
	waits, waited                    float64 // first waits that ended, and their sum in nanoseconds
	judged, overdue, undecided       [sla.Metrics]float64
	touches, handed                  float64  // of solved tickets; tickets that were handed off
	people                           []people // by channel
	spans                            spans
	routes                           map[int16]*routes // by team
	opened                           opened
}

func (c *counts) arrive(l *Laws, t *desk.Ticket) {
	if t.Created >= l.scenario.Time.Warmup {
		c.arrived++
	}
}

func (c *counts) wait(l *Laws, t *desk.Ticket, v *life, d time.Duration) {
	if t.Created >= l.scenario.Time.Warmup && !v.started {
		c.waits++
		c.waited += float64(d)
	}
}

func (c *counts) end(l *Laws, t *desk.Ticket, v *life) {
	if t.Created < l.scenario.Time.Warmup {
		return
	}
	switch v.place {
	case solved:
		c.solved++
		c.touches += float64(v.touches)
	case abandoned:
		c.abandoned++
	default:
		c.open++
	}
}

func (c *counts) judge(l *Laws, t *desk.Ticket, r sla.Result) {
	if t.Created < l.scenario.Time.Warmup {
		return
	}
	switch r.Verdict {
	case sla.Undecided:
		c.undecided[r.Metric]++
		return
	case sla.Overdue:
		c.overdue[r.Metric]++
	}
	c.judged[r.Metric]++
}

// Check is Err, and holds what the trial has left behind to the laws of Tally and
// Credit.
func (l *Laws) Check(c *outcome.Catalog, r *outcome.Run) error {
	if err := l.Err(); err != nil {
		return err
	}
	k := book{c, r}
	for i := range c.Measures {
		m := &c.Measures[i]
		num, den := r.Num[i], r.Den[i]
		switch m.Name {
		case outcome.Arrived:
			l.same(m, num, k.num(outcome.Solved, m.Labels)+k.num(outcome.Abandoned, m.Labels)+k.num(outcome.Open, m.Labels))
		case outcome.BreachRate, outcome.AbandonRate, outcome.Attainment, outcome.PayRate, outcome.MissRate, outcome.ExitRate, outcome.Occupancy,
			outcome.Unrecovered, outcome.LateSinceStart, outcome.BacklogCleared, outcome.BreachByHour, outcome.InBand,
			outcome.BreachRateAdjusted, outcome.AttainmentAdjusted, outcome.BreachRateRelaxed, outcome.BreachRateUsual,
			outcome.Overflowed, outcome.Interrupted, outcome.OwnerKept,
			outcome.FirstContact, outcome.ReopenRate, outcome.HandedOff, outcome.OLAKept, outcome.OLAAnswered,
			outcome.CallbackRate, outcome.RetryRate, outcome.SwitchRate, outcome.FirstAbandonRate, outcome.LostRate,
			outcome.ChasedRate, outcome.CustomerShare,
			outcome.Availability, outcome.AvailabilityMet, outcome.BelowBand, outcome.AboveBand, outcome.QualitySampled, outcome.QualityMet, outcome.HighOccupancy, outcome.Strained, outcome.Containment, outcome.WrongAnswers, outcome.Deflected:
			if !(num >= 0 && num <= den*(1+rounding)) {
				l.breaks(Tally, "%s is %v of %v", m.Describe(), num, den)
			}
		case outcome.Clocks:
			l.same(m, num, k.den(outcome.BreachRate, m.Labels))
		case outcome.RelaxedClocks:
			l.same(m, num, k.den(outcome.BreachRateRelaxed, m.Labels))
			if k.num(outcome.BreachRateUsual, m.Labels) < k.num(outcome.BreachRateRelaxed, m.Labels) {
				l.breaks(Tally, "%s: more are late by the longer target than by the usual one", m.Describe())
			}
		case outcome.Touched:
			if excused := k.num(outcome.Excused, m.Labels); !(excused >= 0 && excused <= num) {
				l.breaks(Tally, "%s is %v, of which %v are excused", m.Describe(), num, excused)
			}
		case outcome.Excluded:
			l.same(m, num, k.den(outcome.BreachRate, m.Labels)-k.den(outcome.BreachRateAdjusted, m.Labels))
		case outcome.Quality:
			l.quality(m, k)
		case outcome.LongestHigh:
			l.bands(m, num, k)
		case outcome.OutageContacts:
			l.same(m, num, k.num(outcome.OutageLost, m.Labels)+k.num(outcome.OutageSwitched, m.Labels)+k.num(outcome.OutageWaited, m.Labels))
		case outcome.BotContacts:
			l.contacts(m, num, k)
		case outcome.Credit, outcome.CreditAdjusted:
			l.credit(m, num, k)
		}
	}
	l.tally(k)
	l.tallyPeople(k)
	l.tallyRoutes(k)
	l.tallyOpened(k)
	l.cuts(k)
	if l.broken == nil {
		return nil
	}
	return l.broken
}

// tally compares totals of the run with the books.
func (l *Laws) tally(k book) {
	n := &l.counts
	everything := outcome.Labels{}
	var on, busy, worked float64
	for i := range l.teams {
		t := &l.teams[i]
		on, busy, worked = on+t.on, busy+t.busy, worked+t.worked
		if len(l.teams) > 1 {
			l.holds(k, outcome.Occupancy, outcome.Labels{Team: l.scenario.Teams[i].Name}, t.busy, t.on)
		}
	}
	for _, row := range []struct {
		name     string
		labels   outcome.Labels
		num, den float64
	}{
		{outcome.Arrived, everything, n.arrived, 1},
		{outcome.Solved, everything, n.solved, 1},
		{outcome.Abandoned, everything, n.abandoned, 1},
		{outcome.Open, everything, n.open, 1},
		{outcome.Wait, everything, n.waited / 1e9, n.waits},
		{outcome.Occupancy, everything, busy, on},
		{outcome.WorkPerTicket, everything, worked / 1e9, n.arrived + n.opened.tickets},
	} {
		l.holds(k, row.name, row.labels, row.num, row.den)
	}
	for name, of := range map[string][2]float64{outcome.Touches: {n.touches, n.solved}, outcome.HandedOff: {n.handed, n.arrived}} {
		if _, counts := k.find(name, everything); counts {
			l.holds(k, name, everything, of[0], of[1])
		}
	}
	for m := range sla.Metrics {
		labels := outcome.Labels{Metric: m.String()}
		if _, promised := k.find(outcome.Clocks, labels); !promised {
			if n.judged[m]+n.undecided[m] > 0 {
				l.breaks(Tally, "%v is judged, but the run does not count it", m)
			}
			continue
		}
		l.holds(k, outcome.Clocks, labels, n.judged[m], 1)
		l.holds(k, outcome.Overdue, labels, n.overdue[m], 1)
		l.holds(k, outcome.Undecided, labels, n.undecided[m], 1)
	}
}

// rounding is how far sums of floating-point numbers may be apart.
const rounding = 1e-9

func equal(a, b float64) bool { return math.Abs(a-b) <= rounding*max(math.Abs(a), math.Abs(b)) }

func (l *Laws) same(m *outcome.Measure, got, want float64) {
	if !equal(got, want) {
		l.breaks(Tally, "%s is %v, its parts add up to %v", m.Describe(), got, want)
	}
}

func (l *Laws) holds(k book, name string, labels outcome.Labels, num, den float64) {
	i, ok := k.find(name, labels)
	if !ok {
		l.breaks(Tally, "the run does not count %s %v", name, labels)
		return
	}
	if !equal(k.run.Num[i], num) || !equal(k.run.Den[i], den) {
		l.breaks(Tally, "%s is %v of %v, by the events %v of %v", k.catalog.Measures[i].Describe(), k.run.Num[i], k.run.Den[i], num, den)
	}
}

// credit holds a credit to its cap: of one period, or of all.
func (l *Laws) credit(m *outcome.Measure, paid float64, k book) {
	for i := range l.scenario.Contracts {
		deal := &l.scenario.Contracts[i]
		if deal.Name != m.Labels.Contract {
			continue
		}
		periods := 1
		if m.Labels.Period == "" {
			periods = len(deal.Period.Split(l.layout.Axis, l.scenario.Time.Warmup, l.layout.Until))
		}
		most := float64(periods) * deal.Cap.Float() * deal.PeriodFee().Float()
		if !(paid >= 0 && paid <= most*(1+rounding)) {
			l.breaks(Credit, "%s is %v, at most %v can be due", m.Describe(), paid, most)
		}
		return
	}
	l.breaks(Credit, "%s belongs to no contract", m.Describe())
}

// book looks things up in a run.
type book struct {
	catalog *outcome.Catalog
	run     *outcome.Run
}

func (k book) find(name string, labels outcome.Labels) (int, bool) {
	for i := range k.catalog.Measures {
		if m := &k.catalog.Measures[i]; m.Name == name && m.Labels == labels {
			return i, true
		}
	}
	return 0, false
}

// num and den are NaN, which equals nothing, where there is no such measure.
func (k book) num(name string, labels outcome.Labels) float64 {
	if i, ok := k.find(name, labels); ok {
		return k.run.Num[i]
	}
	return math.NaN()
}

func (k book) den(name string, labels outcome.Labels) float64 {
	if i, ok := k.find(name, labels); ok {
		return k.run.Den[i]
	}
	return math.NaN()
}
