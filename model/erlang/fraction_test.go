package erlang_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/erlang"
)

func TestHeadsBeforeRoundingLieBelowTheWholeOnes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l := erlang.Load{Rate: rapid.Float64Range(0.01, 3).Draw(t, "rate"), Handle: rapid.Float64Range(1, 100).Draw(t, "handle")}
		patience := rapid.SampledFrom([]float64{0, 30, 600}).Draw(t, "patience")
		target := erlang.Target{
			Level:     rapid.SampledFrom([]float64{0, 0.5, 0.8, 0.95}).Draw(t, "level"),
			Within:    rapid.Float64Range(0, 60).Draw(t, "within"),
			ASA:       rapid.SampledFrom([]float64{0, 5, 40}).Draw(t, "asa"),
			Occupancy: rapid.SampledFrom([]float64{0.7, 0.85}).Draw(t, "occupancy"),
			Abandon:   rapid.SampledFrom([]float64{0, 0.03}).Draw(t, "abandon"),
		}
		whole, err := target.Agents(l, patience)
		if err != nil {
			t.Fatal(err)
		}
		heads, err := target.Heads(l, patience)
		if err != nil {
			t.Fatal(err)
		}
		if !(heads > float64(whole-1) && heads <= float64(whole)) {
			t.Errorf("%v heads, %d whole ones", heads, whole)
		}
		easier := target
		easier.Level /= 1.1
		if less, err := easier.Heads(l, patience); err != nil || less > heads+1e-9 {
			t.Errorf("an easier promise takes %v heads (%v), more than %v", less, err, heads)
		}
	})
}

func TestOccupancyUnderErlangCTakesTheLoadOverIt(t *testing.T) {
	t.Parallel()
	l := erlang.Load{Rate: 1. / 10, Handle: 100}
	// Between 12 and 13 agents the occupancy falls from 10/12 to 10/13.
	heads, err := erlang.Target{Occupancy: 0.8}.Heads(l, 0)
	if err != nil {
		t.Fatal(err)
	}
	closeTo(t, "heads", heads, 12+(10./12-0.8)/(10./12-10./13), 1e-12)
	exact, err := erlang.Target{Occupancy: 10. / 13}.Heads(l, 0)
	if err != nil || math.Abs(exact-13) > 1e-9 {
		t.Errorf("%v heads (%v) where 13 just do", exact, err)
	}
}
