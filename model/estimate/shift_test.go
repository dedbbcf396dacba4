package estimate_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Holm's own way, by hand: of four, the smallest times four, the next times three and so on.
func TestHolm(t *testing.T) {
	t.Parallel()
	got := estimate.Holm([]float64{0.03, 0.01, math.NaN(), 0.04, 0.005})
	for i, want := range []float64{0.06, 0.03, math.NaN(), 0.06, 0.02} {
		if math.Abs(got[i]-want) > 1e-12 || math.IsNaN(got[i]) != math.IsNaN(want) {
			t.Errorf("adjusted %v", got)
		}
	}
}

// A textbook case of Welch's test: means 3 and 6, variances 2.5 and 10, five of each. t is
// 3/√2.5 = 1.897 on 5.882 degrees of freedom, p = 0.1075
// by integrating the density.
func TestIndependentShiftIsWelchs(t *testing.T) {
	t.Parallel()
	one := ones(5)
	s := estimate.IndependentShift([]float64{1, 2, 3, 4, 5}, one, []float64{2, 4, 6, 8, 10}, one, 0.95)
	if math.Abs(s.Value-3) > 1e-12 || math.Abs(s.P-0.10753) > 1e-5 {
		t.Errorf("difference %v, p %v", s.Value, s.P)
	}
	// The interval holds 0 just if p is above 5 %.
	if (s.Low > 0) != (s.P < 0.05) {
		t.Errorf("interval from %v to %v, p %v", s.Low, s.High, s.P)
	}
}

// What does not vary is certain either way.
func TestShiftsOfConstants(t *testing.T) {
	t.Parallel()
	one, two := ones(4), []float64{2, 2, 2, 2}
	for name, p := range map[string][2]float64{
		"paired":      {estimate.PairedShift(one, one, two, one, 0.95).P, estimate.PairedShift(two, one, two, one, 0.95).P},
		"independent": {estimate.IndependentShift(one, one, two, one, 0.95).P, estimate.IndependentShift(two, one, two, one, 0.95).P},
	} {
		if p[0] != 0 || p[1] != 1 {
			t.Errorf("%s: %v", name, p)
		}
	}
	if p := estimate.PairedShift(one[:1], one[:1], two[:1], one[:1], 0.95).P; !math.IsNaN(p) {
		t.Errorf("one replication tells %v", p)
	}
}

// Under no change, p-values are uniform: in 4,000 samples as many are below each level as there
// should be, within three standard errors.
func TestPValuesAreUniformWithoutAChange(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	const samples = 4000
	normal := func(n int, by float64) (xs []float64) {
		for range n {
			xs = append(xs, 10+by*random.NormFloat64())
		}
		return xs
	}
	below := map[string]map[float64]int{"paired": {}, "independent": {}}
	for range samples {
		a, b, c := normal(12, 1), normal(12, 1), normal(25, 3)
		for name, p := range map[string]float64{
			"paired":      estimate.PairedShift(a, ones(12), b, ones(12), 0.95).P,
			"independent": estimate.IndependentShift(a, ones(12), c, ones(25), 0.95).P,
		} {
			for _, level := range []float64{0.01, 0.05, 0.5} {
				if p <= level {
					below[name][level]++
				}
			}
		}
	}
	for name, counts := range below {
		for level, n := range counts {
			if off := math.Abs(float64(n)/samples-level) / math.Sqrt(level*(1-level)/samples); off > 3 {
				t.Errorf("%s: %d of %d below %v, %.1f standard errors off", name, n, samples, level, off)
			}
		}
	}
}
