package estimate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/estimate"
)

// ranks is the sample 1, 2, …, n in a fixed disorder: its order statistics are
// their own ranks.
func ranks(n int) []float64 {
	xs := make([]float64, n)
	for i, k := range rand.New(rand.NewPCG(9, 9)).Perm(n) {
		xs[i] = float64(k + 1)
	}
	return xs
}

// atMost is P(Binomial(n, p) ≤ k), summed term by term.
func atMost(k, n int, p float64) float64 {
	sum := 0.
	for i := 0; i <= k; i++ {
		all, _ := math.Lgamma(float64(n + 1))
		in, _ := math.Lgamma(float64(i + 1))
		out, _ := math.Lgamma(float64(n - i + 1))
		sum += math.Exp(all - in - out + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return sum
}

func TestQuantileBoundsAreTheTightestTheBinomialAllows(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 5, 10, 30, 64, 101, 400} {
		for _, p := range []float64{0.01, 0.1, 0.5, 0.8, 0.95, 0.99} {
			for _, level := range []float64{0.8, 0.95, 0.99} {
				e := estimate.Quantile(ranks(n), p, level)
				tail := (1 - level) / 2
				what := fmt.Sprintf("n %d, p %v, level %v: %+v", n, p, level, e)
				if math.IsInf(e.Low, -1) {
					if atMost(0, n, p) <= tail {
						t.Errorf("no lower bound although the smallest is one: %s", what)
					}
				} else if l := int(e.Low); atMost(l-1, n, p) > tail || l < n && atMost(l, n, p) <= tail {
					t.Errorf("lower rank is not the largest allowed: %s", what)
				}
				if math.IsInf(e.High, 1) {
					if 1-atMost(n-1, n, p) <= tail {
						t.Errorf("no upper bound although the largest is one: %s", what)
					}
				} else if u := int(e.High); 1-atMost(u-1, n, p) > tail || u > 1 && 1-atMost(u-2, n, p) <= tail {
					t.Errorf("upper rank is not the smallest allowed: %s", what)
				}
			}
		}
	}
}

func TestQuantileByHand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		n           int
		p, level    float64
		value       float64
		low, high   float64
		wantWarning []estimate.Warning
	}{
		// P(Bin(10, ½) ≤ 1) = 11/1024 = 1.07 %, P(≤ 2) = 5.5 %: ranks 2 and 9.
		{"median of ten", 10, 0.5, 0.95, 5, 2, 9, nil},
		{"0.95 of 20 is the 19th, whatever the rounding", 20, 0.95, 0.95, 19, 17, math.Inf(1), nil},
		{"the median of three has no bounds", 3, 0.5, 0.95, 2, math.Inf(-1), math.Inf(1), []estimate.Warning{estimate.FewReplications}},
		{"one entry", 1, 0.5, 0.95, 1, math.Inf(-1), math.Inf(1), []estimate.Warning{estimate.FewReplications}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			want := estimate.Estimate{Value: c.value, Low: c.low, High: c.high, Level: c.level, N: c.n, Warnings: c.wantWarning}
			if diff := cmp.Diff(want, estimate.Quantile(ranks(c.n), c.p, c.level)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestQuantileOfNothing(t *testing.T) {
	t.Parallel()
	for name, e := range map[string]estimate.Estimate{
		"quantile": estimate.Quantile([]float64{nan}, 0.5, 0.95),
		"CVaR":     estimate.CVaR([]float64{nan}, 0.5, 0.95),
	} {
		want := estimate.Estimate{Value: nan, Low: nan, High: nan, Level: 0.95,
			Warnings: []estimate.Warning{estimate.NoInterval, estimate.MissingReplications}}
		if diff := cmp.Diff(want, e, roughly); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestCVaRIsTheMeanOfTheWorst(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		n    int
		p    float64
		want float64
		few  bool
	}{
		{"worst 5 of 100: 96 to 100", 100, 0.95, 98, true},
		{"worst half of ten: 6 to 10", 10, 0.5, 8, true},
		// 1.5 entries: 10 in full, half of 9.
		{"worst 15 % of ten", 10, 0.85, (10 + 0.5*9) / 1.5, true},
		{"less than one entry is the largest", 10, 0.95, 10, true},
		{"worst 30 of 600", 600, 0.95, 585.5, false},
		{"worst 29 of 580", 580, 0.95, 566, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := estimate.CVaR(ranks(c.n), c.p, 0.95)
			near(t, "CVaR", e.Value, c.want, 1e-9)
			few := false
			for _, w := range e.Warnings {
				few = few || w == estimate.FewExceedances
			}
			if few != c.few {
				t.Errorf("warnings %v", e.Warnings)
			}
			if e.N != c.n || !(e.Low <= e.Value && e.Value <= e.High) {
				t.Errorf("%+v", e)
			}
		})
	}
}

func TestCVaRReportsHoles(t *testing.T) {
	t.Parallel()
	e := estimate.CVaR([]float64{1, nan, 3}, 0.5, 0.95)
	near(t, "worst of 1 and 3", e.Value, 3, 1e-12)
	want := []estimate.Warning{estimate.FewReplications, estimate.MissingReplications, estimate.FewExceedances}
	if diff := cmp.Diff(want, e.Warnings); diff != "" {
		t.Error(diff)
	}
}

func ExampleQuantile() {
	// Credits of 20 simulated years.
	credits := []float64{0, 0, 1800, 0, 900, 0, 0, 2700, 0, 0, 900, 0, 4500, 0, 0, 1800, 0, 900, 0, 0}
	p95 := estimate.Quantile(credits, 0.95, 0.95)
	fmt.Printf("P95 %.0f, between %.0f and %.0f\n", p95.Value, p95.Low, p95.High)
	// Output: P95 2700, between 1800 and +Inf
}
