package sim_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/erlang"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim"
)

// forecast is a desk that is staffed for a load which the days then miss by a gamma
// factor (Steckley, Henderson and Mehrotra 2009, Probability in the Engineering and
// Informational Sciences 23(2)). Times are in minutes.
type forecast struct {
	erlangs float64
	agents  int
	handle  float64
	within  float64
	cv      float64 // of the factor
}

// level is the service level on a day with so many erlangs, by Erlang C; 0 where that is too much.
func (f forecast) level(t *testing.T, erlangs float64) float64 {
	if erlangs >= float64(f.agents) {
		return 0
	}
	return must[erlang.C](t)(erlang.NewC(erlang.Load{Rate: erlangs / f.handle, Handle: f.handle}, f.agents)).ServiceLevel(f.within)
}

// longRun is E[Λ f(Λ)]/E[Λ], by the midpoints of equally likely slices of Λ.
func (f forecast) longRun(t *testing.T) float64 {
	const slices = 20_000
	factor := dist.Must(dist.Constant(1))
	if f.cv > 0 {
		factor = dist.Must(dist.Gamma(1, f.cv))
	}
	var level, all float64
	for i := range slices {
		x := f.erlangs * factor.Quantile((float64(i)+0.5)/slices)
		level, all = level+x*f.level(t, x), all+x
	}
	return level / all
}

// simulate runs days of which the first hours are deleted. By day it returns the calls,
// those answered in time, and how many that would have been by Erlang C at the rate of that day.
func (f forecast) simulate(t *testing.T, seed uint64, days int) (calls, timely, formula []float64) {
	t.Helper()
	const length, warmup = 24 * time.Hour, 4 * time.Hour
	s := queue{
		agents: f.agents, classes: []load{{f.erlangs / f.handle, exponential(f.handle)}},
		length: length, warmup: warmup, interval: time.Hour, within: minutes(f.within),
	}.scenario()
	s.Streams[0].Busyness = f.cv
	simulation, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	catalog := simulation.Catalog()
	breach := slices.IndexFunc(catalog.Measures, func(m outcome.Measure) bool { return m.Name == outcome.BreachRate && m.Labels == answer })
	run, w := catalog.NewRun(), simulation.Worker()
	for day := range days {
		w.Run(seed, day, run)
		late, n := run.Num[breach], run.Den[breach]
		calls, timely = append(calls, n), append(timely, n-late)
		formula = append(formula, n*f.level(t, n/(length-warmup).Minutes()*f.handle))
	}
	return calls, timely, formula
}

// A forecast of 100 erlangs for 110 agents, wrong by a few per cent from day to day. The
// levels are the published ones. So that a few hundred days tell, what chance has made of
// their rates is taken out: the formula's level at the rates that came, whose mean is
// known, is the control variate.
func TestForecastErrorCostsServiceLevel(t *testing.T) {
	t.Parallel()
	last := 1.0
	for i, row := range []struct {
		cv, published float64
		days          int
	}{{0, 0.8562, 30}, {0.05, 0.7677, 90}, {0.10, 0.649, 120}} {
		t.Run(fmt.Sprintf("wrong by %.0f %%", 100*row.cv), func(t *testing.T) {
			f := forecast{erlangs: 100, agents: 110, handle: 4, within: 0.05 * 4, cv: row.cv}
			exact := f.longRun(t)
			if math.Abs(exact-row.published) > 0.0006 {
				t.Errorf("the long-run level is %.4f, published %v", exact, row.published)
			}
			calls, timely, formula := f.simulate(t, uint64(80+i), row.days)
			var n, in, by float64
			for d := range calls {
				n, in, by = n+calls[d], in+timely[d], by+formula[d]
			}
			level := in / n
			if row.cv > 0 {
				level -= by/n - exact
			}
			var rest sample
			for d := range calls {
				x := timely[d] - in/n*calls[d]
				if row.cv > 0 {
					x = timely[d] - formula[d] - (in-by)/n*calls[d]
				}
				rest.xs = append(rest.xs, x*float64(len(calls))/n)
			}
			se := rest.deviation() / math.Sqrt(float64(len(calls)))
			t.Logf("service level %.4f ± %.4f, without the control %.4f; published %v, exact %.4f", level, 2*se, in/n, row.published, exact)
			// On a day just at the limit the queue has not yet become what it would in the long run.
			const short = 0.01
			if math.Abs(level-row.published) > 4*se+short {
				t.Errorf("service level %.4f ± %.4f, published %v", level, 2*se, row.published)
			}
			if se > 0.008 || level > last-0.05 {
				t.Errorf("%.4f ± %.4f after %.4f: this says too little", level, 2*se, last)
			}
			last = level
		})
	}
}
