package coverage

import (
	"math"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
)

// Study is the five plans and what trials of them came to.
type Study struct {
	Options Options
	Plans   []Plan
	// Senseless is why there is no plan with people on call; empty where there is one.
	Senseless string
	shrinkage float64

	Weeks      float64 // of the measured time
	Seed       uint64
	Comparison *outcome.Comparison
	// By plan and replication, in the scenario's currency; of credits, all contracts together.
	Cost, Credits, Paid [][]float64
	Parts               []Part // of the week in which customers write
	// Promised says that contracts promise something, so that credits mean something.
	Promised bool
}

// Part is a part of the week, by when tickets are created on the clock at home, with totals by plan and replication.
type Part struct {
	Name string
	// Waited are the seconds on the wall until the first answer, or until the customer left or the time was over, of
	// Tickets tickets; Late are the broken promises of a first reply or answer, of Clocks.
	Tickets, Waited, Clocks, Late [][]float64
}

// The parts of the week.
const (
	ByDay = iota
	AtNight
	AtWeekends

	PartsOfWeek
)

// PartNames are the names of the parts.
var PartNames = [PartsOfWeek]string{"by day", "at night", "on other days"}

// PartOf is the part of a minute of the week, counted from Sunday midnight on the clock at home.
func (o *Options) PartOf(minute int) int {
	// Business hours may go beyond midnight.
	for _, back := range [2]int{0, 1} {
		d, m := (minute/day+7-back)%7, minute%day+back*day
		if o.Business.Days[d] && m >= o.Business.From && m < o.Business.To {
			return ByDay
		}
	}
	if o.Business.Days[minute/day] {
		return AtNight
	}
	return AtWeekends
}

// Ratio is an estimate of totals by plan.
func (s *Study) Ratio(num, den [][]float64, plan int) estimate.Estimate {
	set := s.set()
	return estimate.Ratio(estimate.Sets(num[plan], set), estimate.Sets(den[plan], set), s.Comparison.Level)
}

// Change is what a plan makes of a ratio of totals against the first, replication by replication, at the level at which all
// changes hold together.
func (s *Study) Change(num, den [][]float64, plan int) estimate.Difference {
	set := s.set()
	return estimate.PairedRatio(estimate.Sets(num[0], set), estimate.Sets(den[0], set),
		estimate.Sets(num[plan], set), estimate.Sets(den[plan], set), s.Comparison.JointLevel)
}

// Times is how many times the first plan's total that of another is.
func (s *Study) Times(num [][]float64, plan int) estimate.Estimate {
	set := s.set()
	ones := s.ones(plan)
	return estimate.PairedQuotient(estimate.Sets(num[0], set), estimate.Sets(s.ones(0), set), estimate.Sets(num[plan], set), estimate.Sets(ones, set), s.Comparison.JointLevel)
}

// Weekly is a total by the week.
func (s *Study) Weekly(num [][]float64, plan int) estimate.Estimate {
	set := s.set()
	weeks := s.ones(plan)
	for i := range weeks {
		weeks[i] = s.Weeks
	}
	return estimate.Ratio(estimate.Sets(num[plan], set), estimate.Sets(weeks, set), s.Comparison.Level)
}

func (s *Study) ones(plan int) []float64 {
	out := make([]float64, len(s.Cost[plan]))
	for i := range out {
		out[i] = 1
	}
	return out
}

func (s *Study) set() int { return max(1, s.Comparison.Set) }

// Employed is how many people a plan takes, from the hours that it pays: by the week, over the hours of one person.
func (s *Study) Employed(plan int) float64 {
	e := s.Weekly(s.Paid, plan).Value / s.Options.Week
	if math.IsNaN(e) {
		return 0
	}
	return e
}

// Shrinkage is that of the teams whose hours are replaced, weighted by the heads that they have by day.
func (s *Study) Shrinkage() float64 { return s.shrinkage }
