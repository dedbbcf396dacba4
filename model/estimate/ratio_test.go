package estimate_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/estimate"
)

// delta is the interval of a ratio by the delta method, a second road to the
// same place: the variance of num − ratio × den, over the mean of den.
func delta(num, den []float64, level float64) (low, high float64) {
	n, a, b := float64(len(num)), 0., 0.
	for i := range num {
		a, b = a+num[i], b+den[i]
	}
	square := 0.
	for i := range num {
		z := num[i] - a/b*den[i]
		square += z * z
	}
	half := distuv.StudentsT{Sigma: 1, Nu: n - 1}.Quantile(0.5+level/2) * math.Sqrt(square/(n-1)/n) / (b / n)
	return a/b - half, a/b + half
}

func TestRatioAgreesWithTheDeltaMethod(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{20, 100, 400} {
		num, den := breaches(r, n)
		e := estimate.Ratio(num, den, 0.95)
		low, high := delta(num, den, 0.95)
		// The two differ by a term of order 1/n.
		tolerance := 2 / float64(n) * e.HalfWidth()
		near(t, "low", e.Low, low, tolerance)
		near(t, "high", e.High, high, tolerance)
		if e.N != n || len(e.Warnings) > 0 {
			t.Errorf("%+v", e)
		}
	}
}

func TestRatioIsOfTotalsAndNotAMeanOfRatios(t *testing.T) {
	t.Parallel()
	e := estimate.Ratio([]float64{1, 0}, []float64{1, 99}, 0.95)
	near(t, "one breach in a hundred", e.Value, 0.01, 1e-15)
}

// TestRatioByHand: leaving one out gives 5/4, 4/3, 3/3; their mean is 43/36, the
// squares about it sum to (2² + 5² + 7²)/36² = 78/1296.
func TestRatioByHand(t *testing.T) {
	t.Parallel()
	e := estimate.Ratio([]float64{1, 2, 3}, []float64{1, 2, 2}, 0.95)
	half := 4.302652729911275 * math.Sqrt(2./3*78/1296)
	near(t, "value", e.Value, 1.2, 1e-15)
	near(t, "low", e.Low, 1.2-half, 1e-9)
	near(t, "high", e.High, 1.2+half, 1e-9)
}

func TestRatioOverAConstantIsAMean(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOfN(rapid.Float64Range(-1000, 1000), 2, 30).Draw(t, "xs")
		den := make([]float64, len(xs))
		for i := range den {
			den[i] = 4
		}
		ratio, mean := estimate.Ratio(xs, den, 0.9), estimate.Mean(xs, 0.9)
		for _, pair := range [][2]float64{{ratio.Value, mean.Value / 4}, {ratio.Low, mean.Low / 4}, {ratio.High, mean.High / 4}} {
			if math.Abs(pair[0]-pair[1]) > 1e-8 {
				t.Fatalf("ratio %+v, mean %+v", ratio, mean)
			}
		}
	})
}

func TestRatioWithoutADenominator(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		num, den []float64
		value    float64
		n        int
		want     []estimate.Warning
	}{
		{"no replications", nil, nil, nan, 0, []estimate.Warning{estimate.NoInterval}},
		{"nothing judged", []float64{0, 0, 0}, []float64{0, 0, 0}, nan, 3, []estimate.Warning{estimate.NoInterval}},
		{"one replication", []float64{1}, []float64{4}, 0.25, 1, []estimate.Warning{estimate.NoInterval}},
		{"all judged in one replication", []float64{1, 0, 0}, []float64{4, 0, 0}, 0.25, 3, []estimate.Warning{estimate.NoInterval}},
		{"holes", []float64{1, nan, 1}, []float64{4, 4, nan}, 0.25, 1, []estimate.Warning{estimate.NoInterval, estimate.MissingReplications}},
		{"some replications without clocks", []float64{1, 0, 1}, []float64{4, 0, 4}, 0.25, 3, []estimate.Warning{estimate.FewReplications}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := estimate.Ratio(c.num, c.den, 0.95)
			if !cmp.Equal(e.Value, c.value, roughly) || e.N != c.n || !cmp.Equal(e.Warnings, c.want) {
				t.Errorf("%+v", e)
			}
			if none := c.want[0] == estimate.NoInterval; none != math.IsNaN(e.Low) || none != math.IsNaN(e.High) {
				t.Errorf("bounds of %+v", e)
			}
		})
	}
}
