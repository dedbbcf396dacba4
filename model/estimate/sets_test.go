package estimate_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/estimate"
)

func TestSets(t *testing.T) {
	t.Parallel()
	xs := []float64{1, 2, 3, 4, math.NaN(), 6, 7}
	if got := estimate.Sets(xs, 3); len(got) != 2 || got[0] != 6 || !math.IsNaN(got[1]) {
		t.Errorf("sets of three: %v", got)
	}
	if got := estimate.Sets(xs, 1); &got[0] != &xs[0] || len(got) != len(xs) {
		t.Errorf("sets of one: %v", got)
	}
	if got := estimate.Sets(xs, 8); len(got) != 0 {
		t.Errorf("a set that is not whole: %v", got)
	}
}

// strata are replications in sets of five, each of whose members has another fifth of a uniform
// distribution, plus noise of its own.
func strata(random *rand.Rand, sets int, noise float64) []float64 {
	var xs []float64
	for range sets {
		for _, k := range random.Perm(5) {
			xs = append(xs, (float64(k)+random.Float64())/5+noise*random.NormFloat64())
		}
	}
	return xs
}

// alone are as many numbers of the same distribution without sets.
func alone(random *rand.Rand, n int, noise float64) []float64 {
	var xs []float64
	for range n {
		xs = append(xs, random.Float64()+noise*random.NormFloat64())
	}
	return xs
}

func ones(n int) []float64 { return slices.Repeat([]float64{1}, n) }

// The variance of a number is 1/12 + σ², of which strata leave 1/12/25 + σ². The gain is known within
// its bounds as often as they say, roughly, and there is none without strata.
func TestGain(t *testing.T) {
	t.Parallel()
	const macro, sets = 400, 30
	random := rand.New(rand.NewPCG(21, 1))
	for _, noise := range []float64{0.05, 0.1, 0.3} {
		exact := (1./12 + noise*noise) / (1./12/25 + noise*noise)
		freedom := math.Pow(1.97601/2.04523, 2) // t(149) and t(29) at 95 %
		covered, logs := 0, 0.
		for range macro {
			xs := strata(random, sets, noise)
			g := estimate.Gain(xs, ones(len(xs)), 5, 0, 0.95)
			logs += math.Log(g.Value/(exact*freedom)) / macro
			if g.Low <= exact*freedom && exact*freedom <= g.High {
				covered++
			}
		}
		if share := float64(covered) / macro; share < 0.90 || share > 0.98 {
			t.Errorf("noise %v: the gain is within its bounds in %.3f", noise, share)
		}
		near(t, "the mean logarithm of the gain over the exact one", logs, 0, 0.06)
	}
	logs := 0.
	for range macro {
		xs := alone(random, 5*sets, 0.1)
		logs += math.Log(estimate.Gain(xs, ones(len(xs)), 5, 0, 0.95).Value/math.Pow(1.97601/2.04523, 2)) / macro
	}
	near(t, "the mean logarithm of the gain without strata", logs, 0, 0.06)
}

func TestGainOfNothing(t *testing.T) {
	t.Parallel()
	xs := strata(rand.New(rand.NewPCG(1, 1)), 12, 0)
	if g := estimate.Gain(ones(60), ones(60), 5, 0, 0.95); !math.IsNaN(g.Value) {
		t.Errorf("nothing varies, and the gain is %v", g.Value)
	}
	if g := estimate.Gain(xs[:45], ones(45), 5, 0, 0.95); !math.IsNaN(g.Value) {
		t.Errorf("a gain of %v from nine sets", g.Value)
	}
	plain := estimate.Ratio(xs, ones(60), 0.95)
	near(t, "the gain of an interval that is half as long", estimate.Gain(xs, ones(60), 1, plain.HalfWidth()/2, 0.95).Value, 4, 1e-9)
}

// Order statistics of replications in sets: as of independent ones where the sets help, of fewer where
// they harm, and holding the quantile as often as they say.
func TestQuantileInSets(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(4, 9))
	xs := strata(random, 40, 0)
	if diff := cmp.Diff(estimate.Quantile(xs, 0.8, 0.9), estimate.QuantileInSets(xs, 5, 0.8, 0.9)); diff != "" {
		t.Errorf("strata (-independent +sets):\n%s", diff)
	}
	const macro = 2000
	covered, plain := 0, 0
	for range macro {
		var alike []float64 // the worst: all of a set are the same
		for range 60 {
			x := random.Float64()
			alike = append(alike, x, x)
		}
		if e := estimate.QuantileInSets(alike, 2, 0.8, 0.9); e.Low <= 0.8 && 0.8 <= e.High {
			covered++
		}
		if e := estimate.Quantile(alike, 0.8, 0.9); e.Low <= 0.8 && 0.8 <= e.High {
			plain++
		}
	}
	if share := float64(covered) / macro; share < 0.9-3*math.Sqrt(0.09/macro) {
		t.Errorf("the 90 %% interval covers %.3f", share)
	}
	if share := float64(plain) / macro; share > 0.85 {
		t.Errorf("without regard to sets it covers %.3f: this test says nothing", share)
	}
}

// Tails of two scenarios whose replications come in sets: as of pairs where sets are of one; and
// where all of a set are alike, the interval is as long as from one replication of each set.
func TestPairedTailsInSets(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(12, 3))
	var a, b, a2, b2 []float64
	for range 300 {
		x, y := random.Float64(), random.Float64()
		a, b = append(a, x), append(b, x+y)
		a2, b2 = append(a2, x, x), append(b2, x+y, x+y)
	}
	const p, level = 0.8, 0.9
	source := func() *rand.PCG { return rand.NewPCG(1, 2) }
	one, quotient := estimate.PairedQuantile(a, b, p, level, source())
	two, quotient2 := estimate.PairedQuantileInSets(a2, b2, 2, p, level, source())
	near(t, "quantile", two.Value, one.Value, 1e-12)
	near(t, "half-width of the quantile's difference", two.HalfWidth(), one.HalfWidth(), 1e-12)
	near(t, "half-width of the quantiles' quotient", quotient2.HalfWidth(), quotient.HalfWidth(), 1e-12)
	mean, times := estimate.PairedCVaR(a, b, p, level)
	mean2, times2 := estimate.PairedCVaRInSets(a2, b2, 2, p, level)
	near(t, "CVaR", mean2.Value, mean.Value, 1e-12)
	near(t, "half-width of the CVaR's difference", mean2.HalfWidth(), mean.HalfWidth(), 1e-12)
	near(t, "half-width of the CVaRs' quotient", times2.HalfWidth(), times.HalfWidth(), 1e-12)

	a2[7] = math.NaN() // the whole of its set is out
	holed, _ := estimate.PairedCVaRInSets(a2, b2, 2, p, level)
	if holed.N != 299 || !slices.Contains(holed.Warnings, estimate.MissingReplications) {
		t.Errorf("with a hole it rests on %d sets, %v", holed.N, holed.Warnings)
	}
}
