package estimate_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/estimate"
)

// correlated is n pairs of normals with the correlation rho and means 0 and 1.
func correlated(r *rand.Rand, n int, rho float64) (a, b []float64) {
	for range n {
		x, y := r.NormFloat64(), r.NormFloat64()
		a = append(a, x)
		b = append(b, 1+rho*x+math.Sqrt(1-rho*rho)*y)
	}
	return a, b
}

func TestPairedIsTheMeanOfTheDifferences(t *testing.T) {
	t.Parallel()
	// Differences 1, 2, 3; variances 1 paired, 7/3 and 1 apart.
	got := estimate.Paired([]float64{1, 2, 4}, []float64{2, 4, 7}, 0.95)
	half := 4.302652729911275 / math.Sqrt(3)
	want := estimate.Difference{
		Estimate: estimate.Estimate{Value: 2, Low: 2 - half, High: 2 + half, Level: 0.95, N: 3,
			Warnings: []estimate.Warning{estimate.FewReplications}},
		VarianceRatio: 1 / (7./3 + 19./3),
	}
	if diff := cmp.Diff(want, got, roughly); diff != "" {
		t.Error(diff)
	}
}

func TestVarianceRatioMeasuresWhatPairingBuys(t *testing.T) {
	t.Parallel()
	for _, rho := range []float64{-0.5, 0, 0.9} {
		r := rand.New(rand.NewPCG(4, 2))
		a, b := correlated(r, 4000, rho)
		// Var(b − a) = 2 − 2 rho, over 2; its error is about 2/√4000 of it.
		tolerance := 4.5 * (1 - rho) * math.Sqrt(2./4000)
		near(t, "variance ratio of means", estimate.Paired(a, b, 0.95).VarianceRatio, 1-rho, tolerance)
		num := [2][]float64{make([]float64, len(a)), make([]float64, len(a))}
		den := make([]float64, len(a))
		for i := range a {
			// Ratios near 10 and 11 over a denominator that all share: to first
			// order the deviations are a and b.
			den[i] = 100 + 10*r.Float64()
			num[0][i], num[1][i] = 10*den[i]+a[i], 11*den[i]+b[i]
		}
		got := estimate.PairedRatio(num[0], den, num[1], den, 0.95)
		near(t, "variance ratio of ratios", got.VarianceRatio, 1-rho, tolerance)
		near(t, "difference of ratios", got.Value, 1+1./105, 0.001)
	}
}

func TestPairingIntervalsHoldTheTruth(t *testing.T) {
	t.Parallel()
	covered(t, "paired mean", 0.95, 0, 0, 1, func(r *rand.Rand) estimate.Estimate {
		a, b := correlated(r, 12, 0.8)
		return estimate.Paired(a, b, 0.95).Estimate
	})
	pair := func(r *rand.Rand) (numA, numB, den []float64) {
		for range 40 {
			n := 500 + 500*r.Float64()
			shared := 20 * r.NormFloat64()
			den = append(den, n)
			numA = append(numA, 0.1*n+shared+5*r.NormFloat64())
			numB = append(numB, 0.25*n+2*shared+5*r.NormFloat64())
		}
		return numA, numB, den
	}
	covered(t, "paired ratio", 0.95, 0.01, 0, 0.15, func(r *rand.Rand) estimate.Estimate {
		a, b, den := pair(r)
		return estimate.PairedRatio(a, den, b, den, 0.95).Estimate
	})
	covered(t, "paired quotient", 0.95, 0.01, 0, 2.5, func(r *rand.Rand) estimate.Estimate {
		a, b, den := pair(r)
		return estimate.PairedQuotient(a, den, b, den, 0.95)
	})
}

func TestPairedRatioOfAScenarioWithItself(t *testing.T) {
	t.Parallel()
	num, den := breaches(rand.New(rand.NewPCG(1, 2)), 20)
	d := estimate.PairedRatio(num, den, num, den, 0.95)
	want := estimate.Difference{Estimate: estimate.Estimate{Level: 0.95, N: 20}}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Error(diff)
	}
	q := estimate.PairedQuotient(num, den, num, den, 0.95)
	if diff := cmp.Diff(estimate.Estimate{Value: 1, Low: 1, High: 1, Level: 0.95, N: 20}, q); diff != "" {
		t.Error(diff)
	}
}

func TestPairedRatioWithoutVariationHasNoVarianceRatio(t *testing.T) {
	t.Parallel()
	ones, twos := []float64{1, 1, 1}, []float64{2, 2, 2}
	for name, d := range map[string]estimate.Difference{
		"means":  estimate.Paired(ones, twos, 0.95),
		"ratios": estimate.PairedRatio(ones, ones, twos, ones, 0.95),
	} {
		if d.Value != 1 || d.Low != 1 || d.High != 1 || !math.IsNaN(d.VarianceRatio) {
			t.Errorf("%s: %+v", name, d)
		}
	}
	for name, d := range map[string]estimate.Difference{
		"one mean":           estimate.Paired([]float64{1}, []float64{3}, 0.95),
		"one ratio":          estimate.PairedRatio([]float64{1}, []float64{1}, []float64{3}, []float64{1}, 0.95),
		"nothing to measure": estimate.PairedRatio([]float64{0, 0}, []float64{0, 0}, []float64{3, 2}, []float64{1, 1}, 0.95),
	} {
		if !math.IsNaN(d.VarianceRatio) || !math.IsNaN(d.Low) || !cmp.Equal(d.Warnings, []estimate.Warning{estimate.NoInterval}) {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func TestHolesDropThePair(t *testing.T) {
	t.Parallel()
	warnings := []estimate.Warning{estimate.FewReplications, estimate.MissingReplications}
	whole := estimate.Paired([]float64{1, 2}, []float64{2, 4}, 0.95)
	got := estimate.Paired([]float64{1, nan, 2, 5}, []float64{2, 3, 4, nan}, 0.95)
	whole.Warnings = warnings
	if diff := cmp.Diff(whole, got); diff != "" {
		t.Error(diff)
	}
	ones := []float64{1, 1, 1, 1}
	ratio := estimate.PairedRatio([]float64{1, nan, 2, 5}, ones, []float64{2, 3, 4, nan}, ones, 0.95)
	if ratio.N != 2 || ratio.Value != 1.5 || !cmp.Equal(ratio.Warnings, warnings) {
		t.Errorf("%+v", ratio)
	}
}

func TestQuotientTurnedRoundIsTheMirrorImage(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(6, 6))
	numA, den := breaches(r, 30)
	numB, _ := breaches(r, 30)
	one := estimate.PairedQuotient(numA, den, numB, den, 0.95)
	two := estimate.PairedQuotient(numB, den, numA, den, 0.95)
	near(t, "value", one.Value, 1/two.Value, 1e-12)
	near(t, "low", one.Low, 1/two.High, 1e-9)
	near(t, "high", one.High, 1/two.Low, 1e-9)
	if !(0 < one.Low && one.Low < one.Value && one.Value < one.High) {
		t.Errorf("%+v", one)
	}
}

func TestQuotientWithoutLogarithms(t *testing.T) {
	t.Parallel()
	ones, zeros := []float64{1, 1, 1}, []float64{0, 0, 0}
	none := estimate.PairedQuotient(zeros, ones, ones, ones, 0.95)
	if !math.IsNaN(none.Value) || !math.IsNaN(none.Low) || !cmp.Equal(none.Warnings, []estimate.Warning{estimate.NoInterval}) {
		t.Errorf("over nothing: %+v", none)
	}
	// B breaches in one replication only: without it the quotient is 0.
	rare := estimate.PairedQuotient(ones, ones, []float64{1, 0, 0}, ones, 0.95)
	if !(rare.Value > 0 && rare.Low < 0 && rare.High > rare.Value) {
		t.Errorf("rare: %+v", rare)
	}
	if zero := estimate.PairedQuotient(ones, ones, zeros, ones, 0.95); zero.Value != 0 || zero.Low != 0 || zero.High != 0 {
		t.Errorf("nothing over something: %+v", zero)
	}
}

func TestJSONKeepsEveryEstimate(t *testing.T) {
	t.Parallel()
	for name, e := range map[string]estimate.Estimate{
		"ordinary":             estimate.Mean([]float64{1, 2, 4}, 0.95),
		"without an interval":  estimate.Mean([]float64{1}, 0.95),
		"without a value":      estimate.Mean(nil, 0.95),
		"unbounded above":      estimate.Quantile(ranks(30), 0.99, 0.95),
		"unbounded both sides": estimate.Quantile(ranks(2), 0.5, 0.95),
		"negative zero":        {Value: math.Copysign(0, -1), Level: 0.9, N: 12},
		"tiny and huge":        {Value: 5e-324, Low: -math.MaxFloat64, High: math.MaxFloat64, Level: 0.999, N: 1 << 40},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := json.Marshal(e)
			if err != nil {
				t.Fatal(err)
			}
			var back estimate.Estimate
			if err := json.Unmarshal(data, &back); err != nil {
				t.Fatalf("%s: %v", data, err)
			}
			if diff := cmp.Diff(e, back, roughlyNaN); diff != "" {
				t.Errorf("%s: %s", data, diff)
			}
		})
	}
}

var roughlyNaN = cmp.Comparer(func(x, y float64) bool {
	return x == y || math.IsNaN(x) && math.IsNaN(y)
})

func TestJSONOfDifferences(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]estimate.Difference{
		"with a variance ratio": estimate.Paired([]float64{1, 2, 4}, []float64{2, 4, 7}, 0.95),
		"without":               estimate.Paired([]float64{1}, []float64{2}, 0.95),
	} {
		data, err := json.Marshal(map[string]any{"change": d})
		if err != nil {
			t.Fatal(err)
		}
		var back struct{ Change estimate.Difference }
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		if diff := cmp.Diff(d, back.Change, roughlyNaN); diff != "" {
			t.Errorf("%s: %s: %s", name, data, diff)
		}
	}
}

func TestJSONForm(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(estimate.Paired([]float64{1}, []float64{3}, 0.95))
	want := `{"value":2,"low":null,"high":null,"level":0.95,"n":1,"warnings":["no-interval"],"variance_ratio":null}`
	if err != nil || string(data) != want {
		t.Errorf("got %s, %v", data, err)
	}
	for _, bad := range []string{`{"value":"1"}`, `[]`, `{"n":1.5}`, `{"variance_ratio":"x"}`, `{`} {
		var d estimate.Difference
		if err := json.Unmarshal([]byte(bad), &d); err == nil {
			t.Errorf("%s was read as %+v", bad, d)
		}
	}
	var e estimate.Estimate
	if err := json.Unmarshal([]byte(`{"value":[]}`), &e); err == nil {
		t.Errorf("a list was read as %+v", e)
	}
}
