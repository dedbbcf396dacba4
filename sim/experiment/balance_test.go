package experiment_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim/experiment"
)

func balanced(n int, b model.Balance) *model.Scenario {
	s := small()
	s.Run = model.Run{Seed: 11, Min: n, Max: n, Balance: b}
	return s
}

// A replication is a function of its own number, not of how many there are nor of who
// runs them.
func TestBalancedReplicationsDoNotDependOnTheRest(t *testing.T) {
	t.Parallel()
	for _, b := range []model.Balance{model.BalancedDays, model.Mirrored} {
		short := mustRun(t, balanced(50, b), experiment.Options{Workers: 3})
		long := mustRun(t, balanced(60, b), experiment.Options{Workers: 1})
		for i := range short.Measures {
			m, l := &short.Measures[i], &long.Measures[i]
			if !slices.Equal(m.Num, l.Num[:50]) || !slices.Equal(m.Den, l.Den[:50]) {
				t.Fatalf("%v: %s changes with the number of replications", b, m.Describe())
			}
		}
		if short.Balance != b.String() || short.Set != b.Set() {
			t.Errorf("the outcome says %q in sets of %d", short.Balance, short.Set)
		}
		if string(encode(t, short)) != string(encode(t, mustRun(t, balanced(50, b), experiment.Options{Workers: 1}))) {
			t.Errorf("%v: another number of workers gives another outcome", b)
		}
	}
}

// Intervals are those between sets.
func TestBalancedIntervalsAreBetweenSets(t *testing.T) {
	t.Parallel()
	s := balanced(60, model.BalancedDays)
	s.Run.Control = model.ByArrivals
	x, plain := mustRun(t, s, experiment.Options{}), mustRun(t, balanced(60, model.BalancedDays), experiment.Options{})
	in := func(xs []float64) []float64 { return estimate.Sets(xs, 5) }
	of := outcome.Labels{Team: "front"}
	m, arrived := measure(t, x, outcome.Occupancy, of), measure(t, x, outcome.Arrived, outcome.Labels{})
	want := estimate.Controlled(in(m.Num), in(m.Den), in(arrived.Num), 5*s.ExpectedArrivals(), experiment.Level)
	if diff := cmp.Diff(want, m.Estimate); diff != "" {
		t.Errorf("controlled (-want +got):\n%s", diff)
	}
	m = measure(t, plain, outcome.Occupancy, of)
	if diff := cmp.Diff(estimate.Ratio(in(m.Num), in(m.Den), experiment.Level), m.Estimate); diff != "" {
		t.Errorf("without control (-want +got):\n%s", diff)
	}
	g, ok := plain.Gain(m)
	if !ok || g.Value < 1.5 || !(g.Low < g.Value && g.Value < g.High) {
		t.Errorf("balanced days are said to be worth %v times the replications for occupancy", g)
	}
	if g, ok := mustRun(t, balanced(60, model.NoBalance), experiment.Options{}).Gain(m); ok {
		t.Errorf("without a balance there is a gain of %v", g.Value)
	}
}

func TestBalanceStopsAtWholeSets(t *testing.T) {
	t.Parallel()
	s := balanced(100, model.BalancedDays)
	s.Run.Max, s.Run.Measure, s.Run.Precision = 400, "wait", 0.13
	x := mustRun(t, s, experiment.Options{})
	if x.Replications%5 != 0 || x.Replications <= 100 || x.Replications >= 400 || !strings.Contains(x.Stopped, "precision reached") {
		t.Errorf("%d replications, %s", x.Replications, x.Stopped)
	}
}

// What is left of an interrupted set counts in no estimate.
func TestInterruptedInASet(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	x, err := experiment.Run(ctx, balanced(100, model.BalancedDays), experiment.Options{Workers: 1, Progress: func(done, _ int) {
		if done == 61 {
			stop()
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	n := x.Replications
	if n < 61 || n >= 100 {
		t.Fatalf("%d replications", n)
	}
	m := measure(t, x, outcome.Wait, outcome.Labels{})
	whole := n / 5 * 5
	sets := func(xs []float64) []float64 { return estimate.Sets(xs[:whole], 5) }
	if diff := cmp.Diff(estimate.Ratio(sets(m.Num), sets(m.Den), experiment.Level), m.Estimate); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A choice draws all scenarios with the balance of the first, in whole sets, and finds the same.
func TestBestWithBalance(t *testing.T) {
	t.Parallel()
	c := experiment.Choice{Measure: "occupancy(team=front)", Smallest: true, Indifference: 0.004, Confidence: 0.95, Most: 1000}
	for _, b := range []model.Balance{model.NoBalance, model.Mirrored} {
		all := rosters(8, 8.2, 8.4)
		all[0].Run.Balance = b
		x, err := experiment.Best(context.Background(), all, c, experiment.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if x.Best != 2 || x.Sure != 0.95 || x.Trials%b.Set() != 0 {
			t.Errorf("%v: %+v", b, x)
		}
		total := 0
		for _, k := range x.Candidates {
			total += k.Replications
		}
		if total != x.Trials {
			t.Errorf("%v: %d trials in all, %d by candidate", b, x.Trials, total)
		}
	}
	all := rosters(8, 9)
	all[0].Run.Balance = model.BalancedDays
	c.Most = 60
	if _, err := experiment.Best(context.Background(), all, c, experiment.Options{}); err == nil || !strings.Contains(err.Error(), "takes 100 replications or more") {
		t.Errorf("sixty at most: %v", err)
	}
	c.Budget = 150
	if _, err := experiment.Best(context.Background(), all, c, experiment.Options{}); err == nil || !strings.Contains(err.Error(), "take 200 trials or more") {
		t.Errorf("a budget of 150: %v", err)
	}
	c.Budget = 230
	x, err := experiment.Best(context.Background(), all, c, experiment.Options{})
	if err != nil || x.Trials != 230 || x.Balance != "days" || x.Set != 5 {
		t.Errorf("a budget of 230: %+v, %v", x, err)
	}
}
