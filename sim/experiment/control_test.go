package experiment_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim/experiment"
)

func controlled(n int, control model.Control) *model.Scenario {
	s := small()
	s.Run = model.Run{Seed: 11, Min: n, Max: n, Control: control}
	return s
}

func measure(t *testing.T, x *outcome.Experiment, name string, l outcome.Labels) *outcome.Measure {
	t.Helper()
	m, ok := x.Measure(name, l)
	if !ok {
		t.Fatalf("%s is not measured", name)
	}
	return m
}

// The control changes estimates and nothing of what happens, and the outcome says so.
func TestControlByArrivals(t *testing.T) {
	t.Parallel()
	a := mustRun(t, controlled(40, model.NoControl), experiment.Options{})
	b := mustRun(t, controlled(40, model.ByArrivals), experiment.Options{})
	arrived := measure(t, a, outcome.Arrived, outcome.Labels{})
	expected := controlled(1, model.NoControl).ExpectedArrivals()
	of := outcome.Labels{Team: "front"}
	p, c := measure(t, a, outcome.Occupancy, of), measure(t, b, outcome.Occupancy, of)
	if !cmp.Equal(p.Num, c.Num) || !cmp.Equal(p.Den, c.Den) {
		t.Fatal("the control changes what happens")
	}
	want := estimate.Controlled(p.Num, p.Den, arrived.Num, expected, experiment.Level)
	if diff := cmp.Diff(want, c.Estimate); diff != "" {
		t.Errorf("occupancy (-want +got):\n%s", diff)
	}
	if c.Estimate.HalfWidth() > 0.75*p.Estimate.HalfWidth() {
		t.Errorf("the interval of occupancy is %.2f as long", c.Estimate.HalfWidth()/p.Estimate.HalfWidth())
	}
	if warning(b, "control variate") == "" || warning(a, "control variate") != "" {
		t.Error("the outcome does not say that its estimates are corrected")
	}
}

// Over and over, in groups of 40 replications: corrected intervals are shorter, the
// estimates scatter less, and the mean by which they are corrected is the true one,
// spikes, busy days and returning tickets and all.
func TestControlByArrivalsPays(t *testing.T) {
	t.Parallel()
	const group, groups = 40, 15
	s := controlled(group*groups, model.NoControl)
	x := mustRun(t, s, experiment.Options{})
	expected, arrived := s.ExpectedArrivals(), measure(t, x, outcome.Arrived, outcome.Labels{})
	if e := arrived.Estimate; math.Abs(e.Value-expected) > 2*e.HalfWidth() || e.HalfWidth() > expected/50 {
		t.Errorf("%v ± %v tickets arrive, %v are expected", e.Value, e.HalfWidth(), expected)
	}
	for _, row := range []struct {
		name   string
		labels outcome.Labels
		length float64 // of the intervals, at most, against those without
	}{
		{outcome.Occupancy, outcome.Labels{Team: "front"}, 0.65},
		{outcome.BreachRate, outcome.Labels{Metric: "first_reply"}, 0.98},
		{outcome.Wait, outcome.Labels{}, 0.98},
	} {
		m := measure(t, x, row.name, row.labels)
		var plain, with, squares, squaresWith float64
		covered := 0
		for g := 0; g < len(m.Num); g += group {
			num, den := m.Num[g:g+group], m.Den[g:g+group]
			p := estimate.Ratio(num, den, experiment.Level)
			c := estimate.Controlled(num, den, arrived.Num[g:g+group], expected, experiment.Level)
			plain, with = plain+p.HalfWidth(), with+c.HalfWidth()
			squares += math.Pow(p.Value-m.Estimate.Value, 2)
			squaresWith += math.Pow(c.Value-m.Estimate.Value, 2)
			if c.Low <= m.Estimate.Value && m.Estimate.Value <= c.High {
				covered++
			}
		}
		if with > row.length*plain || squaresWith > squares || covered < groups-4 {
			t.Errorf("%s: intervals %.2f as long, squared error %.2f, %d of %d cover", row.name, with/plain, squaresWith/squares, covered, groups)
		}
	}
}
