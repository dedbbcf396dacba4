package outcome

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Expectation is what somebody expects of a measure, such as
// breach_rate(first_reply, tier=enterprise) < 5%.
type Expectation struct {
	Measure  string   `json:"measure"` // as Measure.Describe calls it
	Relation Relation `json:"relation"`
	Bound    float64  `json:"bound"` // in the unit of the measure
	Unit     Unit     `json:"unit"`  // share, seconds, money; empty for a bare number
}

// Relation is how a measure is to stand to its bound.
type Relation string

// The relations.
const (
	Below   Relation = "<"
	AtMost  Relation = "<="
	Above   Relation = ">"
	AtLeast Relation = ">="
)

// Relations lists all, those of two signs first.
func Relations() []Relation { return []Relation{AtMost, AtLeast, Below, Above} }

// Finding is an expectation, judged.
type Finding struct {
	Expectation
	Estimate estimate.Estimate `json:"estimate"`
	Verdict  Verdict           `json:"verdict"`
}

// Verdict says whether an expectation holds.
type Verdict string

// The verdicts. An expectation is met if the whole interval of its measure is on the right
// side of the bound, missed if it is wholly on the wrong side, and else undecided by this many
// replications; so it is without an interval.
const (
	ExpectationMet       Verdict = "met"
	ExpectationMissed    Verdict = "missed"
	ExpectationUndecided Verdict = "undecided"
)

// judge judges an estimate.
func (e *Expectation) judge(x estimate.Estimate) Verdict {
	low, high := x.Low, x.High
	if math.IsNaN(low) || math.IsNaN(high) || math.IsNaN(x.Value) {
		return ExpectationUndecided
	}
	var met, missed bool
	switch e.Relation {
	case Below:
		met, missed = high < e.Bound, low >= e.Bound
	case AtMost:
		met, missed = high <= e.Bound, low > e.Bound
	case Above:
		met, missed = low > e.Bound, high <= e.Bound
	case AtLeast:
		met, missed = low >= e.Bound, high < e.Bound
	}
	switch {
	case met:
		return ExpectationMet
	case missed:
		return ExpectationMissed
	}
	return ExpectationUndecided
}

// Fits is an error if the catalog has no such measure, or one of another unit.
func (e *Expectation) Fits(c *Catalog) error {
	for i := range c.Measures {
		m := &c.Measures[i]
		if m.Describe() != e.Measure {
			continue
		}
		want := m.Unit
		if !slices.Contains([]Unit{UnitShare, UnitSeconds, UnitMoney}, want) {
			want = "" // a bare number
		}
		if e.Unit != want {
			return fmt.Errorf("%s is measured in %s, and the bound is %s", e.Measure, m.Unit, cmp.Or(string(e.Unit), "a bare number"))
		}
		return nil
	}
	return fmt.Errorf("%s is not measured in this scenario", e.Measure)
}

// Judge judges what is expected of an experiment.
func (x *Experiment) Judge(all []Expectation) {
	x.Findings = nil
	for _, e := range all {
		f := Finding{Expectation: e, Estimate: estimate.Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}}
		for i := range x.Measures {
			if m := &x.Measures[i]; m.Describe() == e.Measure {
				f.Estimate, f.Unit = m.Estimate, m.Unit
			}
		}
		f.Verdict = e.judge(f.Estimate)
		x.Findings = append(x.Findings, f)
	}
}
