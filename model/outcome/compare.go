package outcome

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/estimate"
)

// Comparison is several scenarios side by side, replication by replication.
//
// Replication i of every scenario sees the same customers (common random
// numbers), so differences are taken within a replication and their interval is
// that of the paired differences. Each Difference says by its VarianceRatio what
// the pairing has bought: below 1 it has sharpened the comparison.
type Comparison struct {
	Base      string   `json:"base"`      // the scenario that the others are compared with
	Scenarios []string `json:"scenarios"` // the base first
	Digests   []string `json:"digests"`   // of the scenarios, in the same order
	Seed      uint64   `json:"seed"`      // of all of them
	Currency  string   `json:"currency,omitempty"`
	// Replications is the number of trials compared: the first that all
	// scenarios have in common. Dropped counts, by scenario, those beyond.
	Replications int   `json:"replications"`
	Dropped      []int `json:"dropped"`
	// Level is the confidence level of the values. JointLevel is that of each
	// difference and quotient, raised (Bonferroni) so that for any one measure
	// all scenarios' differences hold together with probability Level. Nothing
	// is corrected for looking at many measures.
	Level      float64 `json:"level"`
	JointLevel float64 `json:"joint_level"`
	// Balance and Set are those of all scenarios: see Experiment.
	Balance string `json:"balance,omitempty"`
	Set     int    `json:"set,omitempty"`

	Rows    []ComparisonRow `json:"rows"`
	LeftOut []LeftOut       `json:"left_out"`
	// Warnings are doubts about the comparison as a whole.
	Warnings []Warning `json:"warnings"`
}

// ComparisonRow is one measure in all scenarios.
//
// A quantile is compared as the mean over replications of each replication's
// quantile, so that values and differences of a row agree; this differs a little
// from the pooled quantile of a single experiment. The tails of a Credit over replications,
// TailP95 and TailCVaR95, are compared as the tails that they are (see estimate.PairedQuantile
// and estimate.PairedCVaR).
type ComparisonRow struct {
	Name        string                `json:"name"`
	Labels      Labels                `json:"labels"`
	Unit        Unit                  `json:"unit"`
	Values      []estimate.Estimate   `json:"values"`      // one per scenario
	Differences []estimate.Difference `json:"differences"` // one per scenario after the base: it minus the base
	Quotients   []estimate.Estimate   `json:"quotients"`   // one per scenario after the base: it over the base
}

// LeftOut is a measure that is not compared.
type LeftOut struct {
	Name   string `json:"name"`
	Labels Labels `json:"labels"`
	Reason string `json:"reason"`
}

// DefaultLevel is the confidence level where nobody asks for another.
const DefaultLevel = 0.95

// measureKey identifies a measure within an experiment.
type measureKey struct {
	name   string
	labels Labels
}

func (m *Measure) key() measureKey { return measureKey{m.Name, m.Labels} }

// Compare pairs the measures of experiments by name and labels, and compares
// every experiment with the first. The experiments must have the same seed,
// since only then are their replications pairs. The level is that of the
// intervals, such as 0.95. Draws gives the random words with which the pairs of a measure are
// resampled (see estimate.PairedQuantile); the same words give the same comparison.
func Compare(xs []*Experiment, level float64, draws func(measure string) dist.Source) (*Comparison, error) {
	if err := pairable(xs, level); err != nil {
		return nil, err
	}
	c := &Comparison{
		Seed:       xs[0].Seed,
		Level:      level,
		JointLevel: 1 - (1-level)/float64(len(xs)-1),
	}
	c.Replications = xs[0].Replications
	for _, x := range xs {
		c.Replications = min(c.Replications, x.Replications)
	}
	c.Balance, c.Set = xs[0].Balance, xs[0].Set
	if set := xs[0].set(); c.Replications >= set {
		c.Replications -= c.Replications % set
	}
	for _, x := range xs {
		c.Scenarios = append(c.Scenarios, unused(x.Scenario.Name, c.Scenarios))
		c.Digests = append(c.Digests, x.Scenario.Digest)
		c.Dropped = append(c.Dropped, x.Replications-c.Replications)
	}
	c.Base = c.Scenarios[0]
	oneCurrency := true
	for _, x := range xs {
		if c.Currency == "" {
			c.Currency = x.Scenario.Currency
		}
		oneCurrency = oneCurrency && x.Scenario.Currency == xs[0].Scenario.Currency
	}
	if !oneCurrency {
		c.Currency = ""
	}
	c.doubt(xs)

	tables := make([]map[measureKey]*Measure, len(xs))
	for i, x := range xs {
		tables[i] = index(x.Measures)
	}
	for _, k := range order(xs) {
		c.row(k, xs, tables, oneCurrency, draws)
	}
	return c, nil
}

// pairable refuses what cannot be paired.
func pairable(xs []*Experiment, level float64) error {
	if len(xs) < 2 {
		return errors.New("a comparison needs at least two outcomes")
	}
	if !(level > 0 && level < 1) {
		return fmt.Errorf("a confidence level lies between 0 and 1, got %v", level)
	}
	for _, x := range xs {
		if x.Replications < 1 {
			return fmt.Errorf("%q has no replications", x.Scenario.Name)
		}
		if x.Seed != xs[0].Seed {
			return fmt.Errorf("%q was run with seed %d and %q with seed %d: only runs with the same seed see the same customers and can be compared",
				xs[0].Scenario.Name, xs[0].Seed, x.Scenario.Name, x.Seed)
		}
		if x.Balance != xs[0].Balance || x.set() != xs[0].set() {
			return fmt.Errorf("%q was run with balance: %s and %q with balance: %s: only runs that draw alike see the same customers and can be compared",
				xs[0].Scenario.Name, cmp.Or(xs[0].Balance, "none"), x.Scenario.Name, cmp.Or(x.Balance, "none"))
		}
		if err := wellFormed(x); err != nil {
			return err
		}
	}
	return nil
}

// wellFormed checks what pairing rests on: one entry per replication, and no
// measure twice.
func wellFormed(x *Experiment) error {
	seen := make(map[measureKey]bool, len(x.Measures))
	for i := range x.Measures {
		m := &x.Measures[i]
		if seen[m.key()] {
			return fmt.Errorf("%q holds the measure %s twice", x.Scenario.Name, m.Describe())
		}
		seen[m.key()] = true
		if len(m.Num) != len(m.Den) || len(m.Num) != x.Replications {
			return fmt.Errorf("%q has %d replications, but its measure %s holds %d numerators and %d denominators",
				x.Scenario.Name, x.Replications, m.Describe(), len(m.Num), len(m.Den))
		}
	}
	return nil
}

// unused is name, or name with a number when it is taken already.
func unused(name string, taken []string) string {
	for n, candidate := 2, name; ; n++ {
		if !slices.Contains(taken, candidate) {
			return candidate
		}
		candidate = fmt.Sprintf("%s (%d)", name, n)
	}
}

// doubt collects what makes scenarios hard to compare.
func (c *Comparison) doubt(xs []*Experiment) {
	warn := func(format string, args ...any) {
		c.Warnings = append(c.Warnings, Warning{Text: fmt.Sprintf(format, args...)})
	}
	base := &xs[0].Scenario
	for i, x := range xs {
		if n := c.Dropped[i]; n > 0 {
			warn("%s has %d trials, of which the first %d are compared, as many as all scenarios have.", c.Scenarios[i], x.Replications, c.Replications)
		}
		s := &x.Scenario
		if s.Length-s.Warmup != base.Length-base.Warmup || s.Warmup != base.Warmup || !s.Start.Equal(base.Start) {
			warn("%s covers another stretch of time than %s, so that totals such as costs do not compare.", c.Scenarios[i], c.Base)
		}
		if s.Currency != base.Currency {
			warn("%s counts money in %q and %s in %q, so that amounts are not compared.", c.Scenarios[i], s.Currency, c.Base, base.Currency)
		}
		for _, pair := range [][2]int{{i, 0}, {0, i}} {
			if more := relaxedOnly(xs[pair[0]], xs[pair[1]]); more != "" {
				warn("%s relaxes its promises (%s) and %s does not: breaches are counted against other targets.", c.Scenarios[pair[0]], more, c.Scenarios[pair[1]])
			}
		}
		for _, w := range x.Warnings {
			if w.Kind == PrecisionMissed {
				warn("%s: %s", c.Scenarios[i], w.Text)
			}
		}
		if i > 0 && s.Digest == base.Digest && s.Digest != "" {
			warn("%s and %s are the same scenario.", c.Scenarios[i], c.Base)
		}
	}
	if c.Replications < 10 {
		warn("Only %d trials are compared: the intervals are rough guesses.", c.Replications)
	}
}

// relaxedOnly names the relaxations of a scenario that another does not have in just that
// way.
func relaxedOnly(x, other *Experiment) string {
	var names []string
	for _, r := range x.Scenario.Relaxations {
		if !slices.ContainsFunc(other.Scenario.Relaxations, func(o Relaxation) bool { return reflect.DeepEqual(r, o) }) {
			names = append(names, r.Name)
		}
	}
	return strings.Join(names, ", ")
}

func index(ms []Measure) map[measureKey]*Measure {
	table := make(map[measureKey]*Measure, len(ms))
	for i := range ms {
		table[ms[i].key()] = &ms[i]
	}
	return table
}

// order lists the keys of all experiments, in the order in which they first
// appear.
func order(xs []*Experiment) []measureKey {
	var keys []measureKey
	seen := map[measureKey]bool{}
	for _, x := range xs {
		for i := range x.Measures {
			if k := x.Measures[i].key(); !seen[k] {
				seen[k] = true
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// row adds the row of a measure, or the reason why there is none.
func (c *Comparison) row(k measureKey, xs []*Experiment, tables []map[measureKey]*Measure, oneCurrency bool, draws func(string) dist.Source) {
	leave := func(format string, args ...any) {
		c.LeftOut = append(c.LeftOut, LeftOut{Name: k.name, Labels: k.labels, Reason: fmt.Sprintf(format, args...)})
	}
	ms := make([]*Measure, len(xs))
	var absent []string
	for i := range xs {
		if ms[i] = tables[i][k]; ms[i] == nil {
			absent = append(absent, c.Scenarios[i])
		}
	}
	if len(absent) > 0 {
		leave("not in %s", list(absent))
		return
	}
	for _, m := range ms {
		if m.Unit != ms[0].Unit {
			leave("in %s and in %s", ms[0].Unit, m.Unit)
			return
		}
	}
	if ms[0].Unit == UnitMoney && !oneCurrency {
		leave("the currencies differ")
		return
	}
	c.Rows = append(c.Rows, c.compared(ms, draws))
}

// compared estimates one row.
func (c *Comparison) compared(ms []*Measure, draws func(string) dist.Source) ComparisonRow {
	n, set := c.Replications, max(c.Set, 1)
	row := ComparisonRow{Name: ms[0].Name, Labels: ms[0].Labels, Unit: ms[0].Unit}
	tail, isTail := ms[0].tail()
	for i, m := range ms {
		num, den := m.Num[:n], m.Den[:n]
		baseNum, baseDen := ms[0].Num[:n], ms[0].Den[:n]
		if isTail {
			row.Values = append(row.Values, tail.single(num, set, c.Level))
		} else {
			num, den = estimate.Sets(num, set), estimate.Sets(den, set)
			baseNum, baseDen = estimate.Sets(baseNum, set), estimate.Sets(baseDen, set)
			row.Values = append(row.Values, estimate.Ratio(num, den, c.Level))
		}
		if i == 0 {
			continue
		}
		var d estimate.Difference
		var q estimate.Estimate
		if isTail {
			// Every scenario draws the same pairs.
			d, q = tail.paired(baseNum, num, set, c.JointLevel, draws(m.Describe()))
		} else {
			d = estimate.PairedRatio(baseNum, baseDen, num, den, c.JointLevel)
			q = estimate.PairedQuotient(baseNum, baseDen, num, den, c.JointLevel)
		}
		row.Differences, row.Quotients = append(row.Differences, d), append(row.Quotients, q)
	}
	return row
}

func list(names []string) string {
	s := names[0]
	for i, name := range names[1:] {
		if i == len(names)-2 {
			s += " and " + name
		} else {
			s += ", " + name
		}
	}
	return s
}
