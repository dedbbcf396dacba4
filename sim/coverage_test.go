package sim_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim"
)

// An interval that says 90 % holds the truth in 90 of 100 experiments. Here each
// experiment is ten replications of M/M/1 at ρ 0.8 from which the warm-up is deleted, and
// there are 2,000 of them, so the share that holds it is known within 2 points (three
// standard errors). The truth: an agent is busy for ρ of his time, and a customer waits for
// longer than a mean handling time with probability ρ exp(-(1-ρ)), and for ρ/(1-ρ) of
// them in the mean. What makes up that mean has a long tail, of which ten short replications
// show too little: its intervals are known to cover less (Law 2015, section 9.4.1), and are
// held to a lower bound.
func TestIntervalsCoverAsOftenAsTheySay(t *testing.T) {
	t.Parallel()
	const (
		experiments  = 2000
		replications = 10
		level        = 0.9
		rho          = 0.8
	)
	s := queue{
		agents: 1, classes: []load{{rho, exponential(1)}},
		length: 25 * time.Hour, warmup: 3 * time.Hour, interval: time.Hour, within: time.Minute,
	}.scenario()
	simulation, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	catalog := simulation.Catalog()
	type row struct {
		name       string
		labels     outcome.Labels
		exact      float64
		loss       float64 // of coverage, granted to a long tail
		covers     int
		mean, less float64
		at         int
	}
	rows := []*row{
		{name: outcome.Occupancy, exact: rho},
		{name: outcome.BreachRate, labels: answer, exact: rho * math.Exp(rho-1)},
		{name: outcome.Wait, exact: rho / (1 - rho) * 60, loss: 0.03},
	}
	for _, r := range rows {
		r.at = slices.IndexFunc(catalog.Measures, func(m outcome.Measure) bool { return m.Name == r.name && m.Labels == r.labels })
	}
	run, w := catalog.NewRun(), simulation.Worker()
	for e := range experiments {
		merger := outcome.NewMerger(catalog, level)
		for i := range replications {
			w.Run(uint64(e), i, run)
			merger.Add(run)
		}
		for _, r := range rows {
			m := merger.Estimate(r.at)
			r.mean += m.Value / experiments
			if m.Low <= r.exact && r.exact <= m.High {
				r.covers++
			} else if m.High < r.exact {
				r.less++
			}
		}
	}
	bound := 3 * math.Sqrt(level*(1-level)/experiments)
	for _, r := range rows {
		share := float64(r.covers) / experiments
		t.Logf("%s: %.2f %% of the intervals hold the exact %.4g, %.2f %% lie below; mean %.4g", r.name, 100*share, r.exact, 100*r.less/experiments, r.mean)
		if !(share >= level-bound-r.loss && share <= level+bound) {
			t.Errorf("%s: %.4f of the intervals hold the exact value, want %v ± %.4f", r.name, share, level, bound)
		}
	}
}
