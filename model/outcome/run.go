package outcome

import (
	"fmt"
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Run is what one trial leaves: totals, in the order of a Catalog.
type Run struct {
	Replication int
	Num, Den    []float64  // by measure; a quantile's are left at 0 and worked out when runs are merged
	Series      []Track    // by series
	Bins        [][]uint32 // by waiting-time distribution, BinCount each
}

// Track is one series of one trial: by interval, Num over Den. A nil Den is 1
// throughout.
type Track struct{ Num, Den []float64 }

// Catalog says what the entries of a Run mean. All runs of an experiment share one.
type Catalog struct {
	Measures  []Measure // name, labels and unit
	Series    []Series  // name, labels and unit
	Spread    []bool    // by series: P10 and P90 of single replications are wanted
	Waits     []Labels
	Quantiles []Quantile
	Intervals int // the length of every series
}

// Control is a measure by which ratios are corrected, since its mean is known.
type Control struct {
	Measure int     // index into the catalog
	Mean    float64 // of its numerator
}

// Quantile says that a measure is the P-quantile of a waiting-time distribution.
type Quantile struct {
	Measure, Waits int // indexes into the catalog
	P              float64
	Width          int // of what is counted in a bin, see BinQuantile
}

// NewRun is an empty run of the catalog's shape.
func (c *Catalog) NewRun() *Run {
	r := &Run{
		Num: make([]float64, len(c.Measures)), Den: make([]float64, len(c.Measures)),
		Series: make([]Track, len(c.Series)), Bins: make([][]uint32, len(c.Waits)),
	}
	for i := range r.Series {
		r.Series[i] = Track{Num: make([]float64, c.Intervals)}
		if !c.Spread[i] {
			r.Series[i].Den = make([]float64, c.Intervals)
		}
	}
	for i := range r.Bins {
		r.Bins[i] = make([]uint32, BinCount)
	}
	return r
}

// Merger adds up runs, one after another in the order of their replications, so
// that the result does not depend on who made them and when. It keeps the totals
// of every run, but of the series only sums (and, where the spread is wanted, one
// number per interval).
type Merger struct {
	catalog *Catalog
	level   float64
	control *Control // nil for none
	set     int      // consecutive replications that were drawn together
	n       int
	num     [][]float64 // by measure
	den     [][]float64
	grains  [][]grain     // by series: its intervals, and for a breach rate also blocks of them
	spread  [][][]float32 // by series, by interval; nil where not wanted
	bins    [][]uint64
}

// NewMerger makes a merger whose intervals have the given confidence level.
func NewMerger(c *Catalog, level float64) *Merger {
	m := &Merger{
		catalog: c, level: level, set: 1,
		num: make([][]float64, len(c.Measures)), den: make([][]float64, len(c.Measures)),
		grains: make([][]grain, len(c.Series)), spread: make([][][]float32, len(c.Series)),
		bins: make([][]uint64, len(c.Waits)),
	}
	for i := range c.Series {
		m.grains[i] = grainsOf(&c.Series[i], c.Intervals)
		if c.Spread[i] {
			m.spread[i] = make([][]float32, c.Intervals)
		}
	}
	for i := range m.bins {
		m.bins[i] = make([]uint64, BinCount)
	}
	return m
}

// ControlBy makes all estimates of ratios corrected ones: see estimate.Controlled.
func (m *Merger) ControlBy(c Control) { m.control = &c }

// InSets says that the runs come in sets of so many, drawn together, so that intervals are
// those between sets. Until a set is whole its runs count in no estimate.
func (m *Merger) InSets(of int) {
	m.set = max(of, 1)
}

// N is the number of runs merged.
func (m *Merger) N() int { return m.n }

// Add merges the run of the next replication. It panics if it is another's turn.
func (m *Merger) Add(r *Run) {
	if r.Replication != m.n {
		panic(fmt.Sprintf("outcome: replication %d merged when it is the turn of %d", r.Replication, m.n))
	}
	m.n++
	for _, q := range m.catalog.Quantiles {
		if x, ok := BinQuantile(r.Bins[q.Waits], q.P, q.Width); ok {
			r.Num[q.Measure], r.Den[q.Measure] = x, 1
		}
	}
	for i := range m.num {
		m.num[i] = append(m.num[i], r.Num[i])
		m.den[i] = append(m.den[i], r.Den[i])
	}
	for i := range m.grains {
		m.addTrack(i, &r.Series[i])
	}
	for i, bins := range r.Bins {
		for j, c := range bins {
			m.bins[i][j] += uint64(c)
		}
	}
}

func (m *Merger) addTrack(i int, t *Track) {
	for k := range m.grains[i] {
		m.grains[i][k].add(t, m.n%m.set == 0)
	}
	for j := range m.spread[i] {
		m.spread[i][j] = append(m.spread[i][j], float32(t.Num[j]))
	}
}

// Estimate is the present estimate of measure i of the catalog.
func (m *Merger) Estimate(i int) estimate.Estimate {
	x := Measure{
		Name: m.catalog.Measures[i].Name, Labels: m.catalog.Measures[i].Labels,
		Num: m.num[i], Den: m.den[i],
	}
	return m.estimate(i, &x)
}

// Totals are the numerators and denominators of measure i, by replication. They are
// the merger's own and grow with it.
func (m *Merger) Totals(i int) (num, den []float64) { return m.num[i], m.den[i] }

func (m *Merger) estimate(i int, x *Measure) estimate.Estimate {
	for _, q := range m.catalog.Quantiles {
		if q.Measure == i {
			return m.pooled(q, x)
		}
	}
	if tail, ok := x.tail(); ok {
		return tail.single(x.Num, m.set, m.level)
	}
	if m.control != nil && m.control.Measure != i {
		return estimate.Controlled(estimate.Sets(x.Num, m.set), estimate.Sets(x.Den, m.set),
			estimate.Sets(m.num[m.control.Measure], m.set), m.control.Mean*float64(m.set), m.level)
	}
	return ratioInSets(x.Num, x.Den, m.set, m.level)
}

// pooled is the quantile of all observations, with the interval from the
// quantiles of the replications that had any; with sets, from their means in each set.
func (m *Merger) pooled(q Quantile, x *Measure) estimate.Estimate {
	value, ok := BinQuantile(m.bins[q.Waits], q.P, q.Width)
	if !ok {
		value = math.NaN()
	}
	nums, counts := estimate.Sets(x.Num, m.set), estimate.Sets(x.Den, m.set)
	var per []float64
	for j, d := range counts {
		if d > 0 {
			per = append(per, nums[j]/d)
		}
	}
	return estimate.Sectioned(value, per, m.level)
}

// Fill writes everything merged into an experiment.
func (m *Merger) Fill(x *Experiment) {
	x.Format, x.Version, x.Replications = FormatName, FormatVersion, m.n
	x.Measures = slices.Clone(m.catalog.Measures)
	for i := range x.Measures {
		x.Measures[i].Num, x.Measures[i].Den = m.num[i], m.den[i]
		x.Measures[i].Estimate = m.estimate(i, &x.Measures[i])
	}
	x.Series = slices.Clone(m.catalog.Series)
	for i := range x.Series {
		m.fillSeries(i, &x.Series[i])
	}
	x.Waits = make([]Waits, len(m.bins))
	for i, bins := range m.bins {
		x.Waits[i].Labels = m.catalog.Waits[i]
		for j, c := range bins {
			if c > 0 {
				x.Waits[i].Upper = append(x.Waits[i].Upper, BinUpper(j))
				x.Waits[i].Count = append(x.Waits[i].Count, c)
			}
		}
	}
}

func (m *Merger) fillSeries(i int, s *Series) {
	n := m.catalog.Intervals
	s.Mean, s.Low, s.High = make([]Float, n), make([]Float, n), make([]Float, n)
	for j, e := range estimate.Ratios(m.grains[i][0].moments, m.level) {
		s.Mean[j], s.Low[j], s.High[j] = Float(e.Value), Float(e.Low), Float(e.High)
	}
	if len(m.grains[i]) > 1 {
		s.count(m.grains[i], m.level)
	}
	if m.spread[i] == nil {
		return
	}
	s.P10, s.P90 = make([]Float, n), make([]Float, n)
	for j, xs := range m.spread[i] {
		sorted := slices.Sorted(slices.Values(xs))
		s.P10[j], s.P90[j] = Float(at(sorted, 0.1)), Float(at(sorted, 0.9))
	}
}

// at is the p-quantile of a sorted sample, linear between its order statistics.
func at(sorted []float32, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	pos := p * float64(len(sorted)-1)
	i := int(pos)
	j := min(i+1, len(sorted)-1)
	return float64(sorted[i]) + (pos-float64(i))*float64(sorted[j]-sorted[i])
}
