package estimate_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/stat"

	"github.com/headroom-sim/headroom/model/estimate"
)

// A ratio that is a straight line of its control is known without error.
func TestControlledByALine(t *testing.T) {
	t.Parallel()
	var num, den, control []float64
	for i := range 12 {
		c := float64(100 + i)
		num, den, control = append(num, 3+0.5*c), append(den, 1), append(control, c)
	}
	e := estimate.Controlled(num, den, control, 100, 0.95)
	near(t, "the value at the known mean", e.Value, 53, 1e-9)
	near(t, "the half-width", e.HalfWidth(), 0, 1e-9)
}

// Against regressions of which each leaves a replication out.
func TestControlledAgainstItself(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(8, 8))
	const n, mean = 14, 5.
	var z, one, c []float64
	for range n {
		c = append(c, 10*random.Float64())
		z = append(z, 3+c[len(c)-1]*random.Float64())
		one = append(one, 1)
	}
	at := func(z, c []float64) float64 {
		alpha, beta := stat.LinearRegression(c, z, nil, false)
		return alpha + beta*mean
	}
	var without []float64
	for i := range n {
		without = append(without, at(slices.Delete(slices.Clone(z), i, i+1), slices.Delete(slices.Clone(c), i, i+1)))
	}
	// The quantile of t(12) is 2.178812830.
	half := 2.178812830 * stat.StdDev(without, nil) * (n - 1) / math.Sqrt(n)
	e := estimate.Controlled(z, one, c, mean, 0.95)
	near(t, "value", e.Value, at(z, c), 1e-9)
	near(t, "half-width", e.HalfWidth(), half, 1e-7)
}

func TestControlledIsRatioWhereItCannotHelp(t *testing.T) {
	t.Parallel()
	num, den := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 11}, []float64{9, 8, 9, 8, 9, 9, 8, 9, 9, 9}
	same := make([]float64, 10)
	want := estimate.Ratio(num, den, 0.9)
	if diff := cmp.Diff(want, estimate.Controlled(num, den, same, 0, 0.9), roughly); diff != "" {
		t.Errorf("a control that does not vary (-want +got):\n%s", diff)
	}
	want = estimate.Ratio(num[:9], den[:9], 0.9)
	if diff := cmp.Diff(want, estimate.Controlled(num[:9], den[:9], num[:9], 5, 0.9), roughly); diff != "" {
		t.Errorf("nine replications (-want +got):\n%s", diff)
	}
}

// The interval covers the truth as often as it says and is as much shorter as the
// correlation promises, also for ratios of totals.
func TestControlledCovers(t *testing.T) {
	t.Parallel()
	const macro, n, rho = 3000, 20, 0.9
	random := rand.New(rand.NewPCG(3, 1))
	covered, shorter, bias := 0, 0., 0.
	for range macro {
		num, den, control := make([]float64, n), make([]float64, n), make([]float64, n)
		for i := range n {
			c := random.NormFloat64()
			weight := 1 + 0.1*random.NormFloat64()
			num[i] = (5 + rho*c + math.Sqrt(1-rho*rho)*random.NormFloat64()) * weight
			den[i], control[i] = weight, 100+7*c
		}
		e := estimate.Controlled(num, den, control, 100, 0.9)
		if e.Low <= 5 && 5 <= e.High {
			covered++
		}
		shorter += e.HalfWidth() / estimate.Ratio(num, den, 0.9).HalfWidth() / macro
		bias += (e.Value - 5) / macro
	}
	if share, err := float64(covered)/macro, math.Sqrt(0.9*0.1/macro); math.Abs(share-0.9) > 3*err+0.005 {
		t.Errorf("the 90 %% interval covers %.3f", share)
	}
	near(t, "the length against that without control", shorter, math.Sqrt(1-rho*rho), 0.055)
	near(t, "bias", bias, 0, 0.01)
}
