package changes

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
)

// Options choose what is looked at.
type Options struct {
	Level float64 // 1 − α, such as 0.95
	// Measures are names of measures, such as breach_rate or breach_rate(first_reply); none for
	// the usual ones, which leave out single hours and weeks.
	Measures []string
}

// Direction says whether more of a measure is bad, good or neither.
type Direction int8

// The directions.
const (
	Neither Direction = iota
	Bad               // more is worse
	Good              // more is better
)

// Diff is what is different between two outcomes.
type Diff struct {
	Before string  `json:"before"` // names of the scenarios
	After  string  `json:"after"`
	Paired bool    `json:"paired"` // replication by replication, on the same customers
	Pairs  int     `json:"pairs,omitempty"`
	Level  float64 `json:"level"`
	// Inputs are what the birth certificates say differently.
	Inputs []Input `json:"inputs"`
	// Rows are the measures that were looked at: those that have changed first, the most
	// important first.
	Rows []Row `json:"rows"`
	// LeftOut are the measures that are in one outcome only, or in another unit.
	LeftOut []string `json:"left_out"`
	Doubts  []string `json:"doubts"`

	Currency string `json:"currency,omitempty"`
}

// Row is one measure.
type Row struct {
	Name      string         `json:"name"`
	Labels    outcome.Labels `json:"labels"`
	Unit      outcome.Unit   `json:"unit"`
	Before    Value          `json:"before"`
	After     Value          `json:"after"`
	Change    Value          `json:"change"`
	P         outcome.Float  `json:"p"`          // of this measure by itself
	AdjustedP outcome.Float  `json:"p_adjusted"` // for looking at all of them
	// Verdict is worse, better, changed (neither good nor bad) or same, which is what the
	// replications cannot tell from noise.
	Verdict Verdict `json:"verdict"`

	untested bool // compared with an interval, by too few replications for a test
	shift    estimate.Shift
	values   [2]estimate.Estimate
}

// Value is a number with its interval.
type Value struct {
	Value outcome.Float `json:"value"`
	Low   outcome.Float `json:"low"`
	High  outcome.Float `json:"high"`
}

func valueOf(e estimate.Estimate) Value {
	return Value{outcome.Float(e.Value), outcome.Float(e.Low), outcome.Float(e.High)}
}

// Verdict is what became of a measure.
type Verdict string

// The verdicts.
const (
	Worse   Verdict = "worse"
	Better  Verdict = "better"
	Changed Verdict = "changed"
	Same    Verdict = "same"
)

// Describe is how expectations and reports call the measure.
func (r *Row) Describe() string {
	m := outcome.Measure{Name: r.Name, Labels: r.Labels}
	return m.Describe()
}

// Between compares an outcome with the one before it.
func Between(before, after *outcome.Experiment, o Options) (*Diff, error) {
	if !(o.Level > 0 && o.Level < 1) {
		return nil, fmt.Errorf("a confidence level lies between 0 and 1, got %v", o.Level)
	}
	if before.Replications < 1 || after.Replications < 1 {
		return nil, errors.New("an outcome without replications tells nothing")
	}
	d := &Diff{Before: before.Scenario.Name, After: after.Scenario.Name, Level: o.Level, Inputs: inputs(before, after), Currency: after.Scenario.Currency,
		Rows: []Row{}, LeftOut: []string{}, Doubts: []string{}}
	d.pair(before, after)
	table := map[key]*outcome.Measure{}
	for i := range before.Measures {
		table[keyOf(&before.Measures[i])] = &before.Measures[i]
	}
	money := before.Scenario.Currency == after.Scenario.Currency
	matched := map[key]bool{}
	for i := range after.Measures {
		m := &after.Measures[i]
		if !o.wants(m) {
			continue
		}
		was, ok := table[keyOf(m)]
		if !ok || was.Unit != m.Unit || m.Unit == outcome.UnitMoney && !money {
			d.LeftOut = append(d.LeftOut, m.Describe())
			matched[keyOf(m)] = true
			continue
		}
		matched[keyOf(m)] = true
		d.Rows = append(d.Rows, d.row(was, m, before, after))
	}
	for i := range before.Measures {
		if m := &before.Measures[i]; o.wants(m) && !matched[keyOf(m)] {
			d.LeftOut = append(d.LeftOut, m.Describe())
		}
	}
	if len(d.Rows) == 0 {
		return nil, errors.New("the outcomes have none of these measures in common")
	}
	d.judge()
	return d, nil
}

type key struct {
	name   string
	labels outcome.Labels
}

func keyOf(m *outcome.Measure) key { return key{m.Name, m.Labels} }

// isTail reports whether a measure is a CVaR over replications.
func isTail(m *outcome.Measure) bool {
	return m.Name == outcome.Credit && m.Labels.Quantile == outcome.TailCVaR95
}

// wants reports whether a measure is looked at. Of the tails over replications CVaR95 is; P95 is not, which
// is about the same tail and says less of it from as many replications.
func (o *Options) wants(m *outcome.Measure) bool {
	if m.Name == outcome.Credit && m.Labels.Quantile == outcome.TailP95 {
		return false
	}
	if len(o.Measures) > 0 {
		return slices.ContainsFunc(o.Measures, func(w string) bool { return w == m.Describe() || w == m.Name && (usual(m) || sliced(m.Name)) })
	}
	return usual(m)
}

// tail is the quantile of a CVaR95.
const tail = 0.95

// usual leaves out what would be looked at in vain mostly, and would make the rest harder to
// tell: single hours and weeks, more than two quantiles of a wait, and time on the wall.
func usual(m *outcome.Measure) bool {
	l := m.Labels
	return l.Hour == "" && l.Period == "" && l.Clock == "" && (l.Quantile == "" || l.Quantile == "p50" || l.Quantile == "p90" || isTail(m))
}

// sliced reports whether a measure is there for single hours or periods only.
func sliced(name string) bool {
	return name == outcome.BreachByHour || name == outcome.BreachByPeriod || name == outcome.PeriodsMet
}

// pair decides how the replications belong together.
func (d *Diff) pair(before, after *outcome.Experiment) {
	doubt := func(format string, args ...any) { d.Doubts = append(d.Doubts, fmt.Sprintf(format, args...)) }
	a, b := &before.Scenario, &after.Scenario
	d.Paired = before.Seed == after.Seed && before.Balance == after.Balance && before.Set == after.Set
	if d.Paired {
		d.Pairs = min(before.Replications, after.Replications)
		d.Pairs -= d.Pairs % max(before.Set, 1)
		if more := max(before.Replications, after.Replications) - d.Pairs; more > 0 {
			doubt("Only the first %d replications are pairs; %d of one outcome are left out.", d.Pairs, more)
		}
	}
	if n := min(before.Replications, after.Replications); n < 10 {
		doubt("With %d replications the tests are rough guesses, and small changes cannot be found.", n)
	}
	if !a.Start.Equal(b.Start) || a.Length != b.Length || a.Warmup != b.Warmup {
		doubt("The outcomes cover different stretches of time, so that totals such as costs do not compare.")
	}
	if a.Currency != b.Currency {
		doubt("The currencies differ, so that amounts are not compared.")
	}
}

// row compares one measure.
func (d *Diff) row(was, is *outcome.Measure, before, after *outcome.Experiment) Row {
	r := Row{Name: is.Name, Labels: is.Labels, Unit: is.Unit}
	na, nb := before.Replications, after.Replications
	if d.Paired {
		na, nb = d.Pairs, d.Pairs
	}
	numA, denA := was.Num[:na], was.Den[:na]
	numB, denB := is.Num[:nb], is.Den[:nb]
	if isTail(is) {
		// The mean of a part of each replication, and compared as such (see estimate.TailParts).
		var fewA, fewB bool
		numA, fewA = estimate.TailParts(numA, tail)
		numB, fewB = estimate.TailParts(numB, tail)
		r.untested = fewA || fewB
	}
	numA, denA = estimate.Sets(numA, before.Set), estimate.Sets(denA, before.Set)
	numB, denB = estimate.Sets(numB, after.Set), estimate.Sets(denB, after.Set)
	if d.Paired {
		r.shift = estimate.PairedShift(numA, denA, numB, denB, d.Level)
	} else {
		r.shift = estimate.IndependentShift(numA, denA, numB, denB, d.Level)
	}
	if r.untested {
		r.shift.P = math.NaN()
	}
	r.values = [2]estimate.Estimate{estimate.Ratio(numA, denA, d.Level), estimate.Ratio(numB, denB, d.Level)}
	r.Before, r.After, r.Change = valueOf(r.values[0]), valueOf(r.values[1]), valueOf(r.shift.Estimate)
	r.P = outcome.Float(r.shift.P)
	return r
}

// judge corrects for looking at all measures, and puts what has changed first.
func (d *Diff) judge() {
	ps := make([]float64, len(d.Rows))
	for i := range d.Rows {
		ps[i] = d.Rows[i].shift.P
	}
	adjusted := estimate.Holm(ps)
	untold, untested := 0, 0
	for i := range d.Rows {
		r := &d.Rows[i]
		r.AdjustedP = outcome.Float(adjusted[i])
		r.Verdict = Same
		switch {
		case r.untested:
			untested++
		case math.IsNaN(adjusted[i]) && r.values[0].N > 0 && r.values[1].N > 0:
			untold++
		}
		if !(adjusted[i] <= 1-d.Level) {
			continue
		}
		switch up := r.shift.Value > 0; {
		case direction(r.Name) == Neither:
			r.Verdict = Changed
		case up == (direction(r.Name) == Bad):
			r.Verdict = Worse
		default:
			r.Verdict = Better
		}
	}
	if untold > 0 {
		d.Doubts = append(d.Doubts, fmt.Sprintf("%d of the measures have no interval: nothing can be told of them.", untold))
	}
	if untested > 0 {
		d.Doubts = append(d.Doubts, "Tails of credits (CVaR95) are compared with intervals, and not tested: fewer than 30 replications lie beyond the 95 % quantile.")
	}
	slices.SortStableFunc(d.Rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(b.strength(), a.strength()))
	})
}

// rank is how early a row is shown: what has changed before what has not, and within that
// promises and credits, then cost, then how tickets flow, then teams, then the rest; what is about
// all before what is about a part.
func (r *Row) rank() int {
	n := 2 * slices.IndexFunc(families, func(names []string) bool { return slices.Contains(names, r.Name) })
	if n < 0 {
		n = 2 * len(families)
	}
	l := r.Labels
	if l != (outcome.Labels{Metric: l.Metric, Contract: l.Contract, Quantile: l.Quantile}) {
		n++
	}
	if r.Verdict == Same {
		n += 100
	}
	return n
}

// strength is the size of the change in standard errors, as far as p tells it.
func (r *Row) strength() float64 {
	if math.IsNaN(r.shift.P) {
		return -1
	}
	return -math.Log(max(r.shift.P, math.SmallestNonzeroFloat64))
}

// Count is how many rows have a verdict.
func (d *Diff) Count(v Verdict) (n int) {
	for i := range d.Rows {
		if d.Rows[i].Verdict == v {
			n++
		}
	}
	return n
}

// Unknown are the names of Options.Measures that are in neither outcome.
func Unknown(names []string, xs ...*outcome.Experiment) []string {
	var unknown []string
	for _, w := range names {
		found := false
		for _, x := range xs {
			found = found || slices.ContainsFunc(x.Measures, func(m outcome.Measure) bool { return m.Name == w || m.Describe() == w })
		}
		if !found {
			unknown = append(unknown, w)
		}
	}
	return unknown
}

// Names lists the names of the measures of an outcome, without labels.
func Names(x *outcome.Experiment) []string {
	var names []string
	for i := range x.Measures {
		if n := x.Measures[i].Name; !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names
}

// words puts underscores as spaces.
func words(s string) string { return strings.ReplaceAll(s, "_", " ") }
