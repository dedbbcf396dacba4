package experiment

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"strings"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/selection"
)

// Choice says which scenario is the best.
type Choice struct {
	Measure      string // such as cost or breach_rate(first_reply)
	Smallest     bool
	Indifference float64 // in the measure's unit
	// Confidence is the probability of a right choice that is guaranteed, with as many
	// replications as that takes, but no more than Most of a scenario.
	Confidence float64
	Most       int
	// Budget, if not 0, is a number of trials in all to make the most of instead.
	Budget int
}

// The replications of every scenario before any is dropped, and between two looks.
const (
	firstLook = 20
	lookEvery = 10
)

// Best chooses the best of scenarios that Check has found to be sound. All are run
// on the random numbers of the first one's seed, drawn with its balance; what the choice
// counts as one observation is a set of replications. When the context ends it returns the
// context's error and with it, if every scenario has been seen twice or more, what is known by
// then, with no claim to a choice.
func Best(ctx context.Context, scenarios []*model.Scenario, c Choice, o Options) (*outcome.Selection, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	balance := scenarios[0].Run.Balance
	set := balance.Set()
	if err := enough(c, balance, len(scenarios)); err != nil {
		return nil, err
	}
	r := &race{ctx: ctx, options: o, set: set}
	defer r.close()
	out := &outcome.Selection{
		Measure: c.Measure, Smallest: c.Smallest, Indifference: c.Indifference, Level: Level, Budget: c.Budget,
	}
	if set > 1 {
		out.Balance, out.Set = balance.String(), set
	}
	for _, s := range scenarios {
		if err := r.enter(s, scenarios[0].Run, c.Measure); err != nil {
			return nil, err
		}
		out.Add(s.Name, s.Digest())
	}
	if err := oneQuestion(scenarios, r, out); err != nil {
		return nil, err
	}
	q := selection.Question{
		Smallest: c.Smallest, Indifference: c.Indifference, Confidence: c.Confidence,
		First: firstLook, Step: max(1, lookEvery/set), Most: c.Most / set,
	}
	var found selection.Result
	var err error
	if c.Budget > 0 {
		budget := c.Budget / set
		q.Most = max(budget, firstLook)
		found, err = selection.OCBA(q, len(scenarios), budget, r)
	} else {
		out.Confidence = c.Confidence
		found, err = selection.KN(q, len(scenarios), r)
	}
	switch {
	case err == nil:
		for i := range out.Candidates {
			out.Candidates[i].Replications = found.N[i] * set
		}
		out.Best, out.Sure = found.Best, found.Sure
	case ctx.Err() == nil || !r.ahead(out, found.By):
		return nil, err
	}
	r.fill(out, found.By)
	return out, err
}

// ahead makes the best of those that stay, by all that is finished, the best of an interrupted
// search; false if too little is.
func (r *race) ahead(out *outcome.Selection, by []int) bool {
	out.Interrupted, out.Best = true, -1
	top := 0.0
	for i := range r.runners {
		x := &r.runners[i]
		n := x.merger.N() / r.set * r.set
		if n < 2*r.set {
			return false
		}
		out.Candidates[i].Replications = n
		value := x.merger.Estimate(x.measure).Value
		if out.Smallest {
			value = -value
		}
		if by[i] < 0 && (out.Best < 0 || value > top) {
			out.Best, top = i, value
		}
	}
	return true
}

// enough refuses a choice that is over before every scenario has the sets that it starts with.
func enough(c Choice, b model.Balance, scenarios int) error {
	least := firstLook * b.Set()
	switch {
	case b == model.NoBalance:
		return nil
	case c.Budget > 0 && c.Budget < least*scenarios:
		return fmt.Errorf("with balance: %v, %d scenarios take %d trials or more, not %d", b, scenarios, least*scenarios, c.Budget)
	case c.Budget == 0 && c.Most < least:
		return fmt.Errorf("with balance: %v every scenario takes %d replications or more, not %d at most", b, least, c.Most)
	}
	return nil
}

// oneQuestion writes what the scenarios have in common, or says that it is not enough.
func oneQuestion(scenarios []*model.Scenario, r *race, out *outcome.Selection) error {
	first := scenarios[0]
	out.Seed = first.Run.Seed
	out.Currency = first.Currency
	out.Unit = r.runners[0].unit
	for i, s := range scenarios {
		if out.Unit == outcome.UnitMoney && s.Currency != first.Currency {
			return fmt.Errorf("%s counts money in %q and %s in %q", s.Name, s.Currency, first.Name, first.Currency)
		}
		if s.Time.Length != first.Time.Length || s.Time.Warmup != first.Time.Warmup || !s.Time.Start.Equal(first.Time.Start) {
			out.Warnings = append(out.Warnings, outcome.Warning{Text: fmt.Sprintf("%s covers another stretch of time than %s.", out.Candidates[i].Name, first.Name)})
		}
	}
	return nil
}

// race is the scenarios of a choice, each with its workers and results.
type race struct {
	ctx     context.Context
	options Options
	set     int // replications that are drawn together
	runners []runner
}

type runner struct {
	pool    *pool
	merger  *outcome.Merger
	measure int
	unit    outcome.Unit
}

func (r *race) enter(s *model.Scenario, like model.Run, measure string) error {
	alike := *s
	alike.Run.Balance = like.Balance
	simulation, err := sim.New(&alike)
	if err != nil {
		return err
	}
	catalog := simulation.Catalog()
	i, ok := measureOf(catalog, measure)
	if !ok {
		return fmt.Errorf("%s does not measure %s%s", s.Name, measure, others(catalog, measure))
	}
	o := r.options
	o.Progress = func(int, int) {
		if r.options.Progress != nil {
			r.options.Progress(r.trials(), r.trials())
		}
	}
	merger := outcome.NewMerger(catalog, Level)
	merger.InSets(r.set)
	r.runners = append(r.runners, runner{
		pool: newPool(simulation, like.Seed, o), merger: merger, measure: i, unit: catalog.Measures[i].Unit,
	})
	return nil
}

// others lists the measures of a catalog that have the same name.
func others(c *outcome.Catalog, measure string) string {
	name, _, _ := strings.Cut(measure, "(")
	var all []string
	for i := range c.Measures {
		if m := &c.Measures[i]; m.Name == name && len(all) < 6 {
			all = append(all, m.Describe())
		}
	}
	if len(all) == 0 {
		return ""
	}
	return "; it measures " + strings.Join(all, ", ")
}

func (r *race) trials() (n int) {
	for i := range r.runners {
		n += r.runners[i].merger.N()
	}
	return n
}

// Extend is that of selection.Source, with sets for replications.
func (r *race) Extend(i, n int) (num, den []float64, err error) {
	x := &r.runners[i]
	n *= r.set
	if x.merger.N() < n {
		if err := x.pool.merge(r.ctx, x.merger, n); err != nil {
			return nil, nil, fmt.Errorf("interrupted after %d trials, before a choice: %w", r.trials(), context.Cause(r.ctx))
		}
	}
	num, den = x.merger.Totals(x.measure)
	return estimate.Sets(num, r.set), estimate.Sets(den, r.set), nil
}

func (r *race) close() {
	for i := range r.runners {
		r.runners[i].pool.close()
	}
}

// fill writes the estimates of all candidates, from as many replications as they say.
func (r *race) fill(out *outcome.Selection, by []int) {
	out.Trials = r.trials()
	out.JointLevel = 1 - (1-Level)/float64(len(r.runners)-1)
	totals := func(i, n int) (num, den []float64) {
		num, den = r.runners[i].merger.Totals(r.runners[i].measure)
		return estimate.Sets(num[:n], r.set), estimate.Sets(den[:n], r.set)
	}
	for i := range r.runners {
		k := &out.Candidates[i]
		num, den := totals(i, k.Replications)
		k.Value = estimate.Ratio(num, den, Level)
		if better := by[i]; better >= 0 {
			k.DroppedFor = out.Candidates[better].Name
		}
		if i == out.Best {
			k.Gap = estimate.Difference{Estimate: estimate.Estimate{Level: out.JointLevel}, VarianceRatio: math.NaN()}
			continue
		}
		both := min(k.Replications, out.Candidates[out.Best].Replications)
		bestNum, bestDen := totals(out.Best, both)
		k.Gap = estimate.PairedRatio(bestNum, bestDen, num[:both/r.set], den[:both/r.set], out.JointLevel)
	}
}
