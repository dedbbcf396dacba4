package estimate_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/estimate"
)

// A shift of every pair shifts quantile and CVaR by just that, without any doubt; a factor
// multiplies them.
func TestWhatAllPairsShareCancelsInTails(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 1))
	a := make([]float64, 120)
	shifted, doubled := slices.Clone(a), slices.Clone(a)
	for i := range a {
		a[i] = 1 + r.ExpFloat64()
		shifted[i], doubled[i] = a[i]+7, 2*a[i]
	}
	for name, of := range tails() {
		d, _ := of(a, shifted)
		near(t, name+" shifted", d.Value, 7, 1e-12)
		near(t, name+" shifted, low", d.Low, 7, 1e-12)
		near(t, name+" shifted, high", d.High, 7, 1e-12)
		near(t, name+" shifted, variance ratio", d.VarianceRatio, 0, 1e-12)
		_, q := of(a, doubled)
		near(t, name+" doubled", q.Value, 2, 1e-12)
		near(t, name+" doubled, low", q.Low, 2, 1e-12)
		near(t, name+" doubled, high", q.High, 2, 1e-12)
	}
}

// tails are the two paired tail estimates at 95 %.
func tails() map[string]func(a, b []float64) (estimate.Difference, estimate.Estimate) {
	return map[string]func(a, b []float64) (estimate.Difference, estimate.Estimate){
		"P95": func(a, b []float64) (estimate.Difference, estimate.Estimate) {
			return estimate.PairedQuantile(a, b, 0.95, 0.95, rand.NewPCG(5, 8))
		},
		"CVaR95": func(a, b []float64) (estimate.Difference, estimate.Estimate) {
			return estimate.PairedCVaR(a, b, 0.95, 0.95)
		},
	}
}

// The values are those of the estimates of either sample alone.
func TestPairedTailsAgreeWithSingleOnes(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 2))
	a, b := correlated(r, 77, 0.5)
	for _, p := range []float64{0.5, 0.95} {
		d, q := estimate.PairedQuantile(a, b, p, 0.9, rand.NewPCG(1, 1))
		x, y := estimate.Quantile(a, p, 0.9).Value, estimate.Quantile(b, p, 0.9).Value
		near(t, "difference of quantiles", d.Value, y-x, 1e-12)
		near(t, "quotient of quantiles", q.Value, y/x, 1e-12)
		d, q = estimate.PairedCVaR(a, b, p, 0.9)
		x, y = estimate.CVaR(a, p, 0.9).Value, estimate.CVaR(b, p, 0.9).Value
		near(t, "difference of CVaRs", d.Value, y-x, 1e-12)
		near(t, "quotient of CVaRs", q.Value, y/x, 1e-12)
		if !(d.Low < d.Value && d.Value < d.High && q.Low < q.Value && q.Value < q.High) {
			t.Errorf("%+v and %+v are no intervals", d, q)
		}
	}
}

func TestPairedTailsOfLittle(t *testing.T) {
	t.Parallel()
	ranked := ranks(60)
	for _, row := range []struct {
		name     string
		a, b     []float64
		n        int
		warnings []estimate.Warning
	}{
		{"nothing", nil, nil, 0, []estimate.Warning{estimate.NoInterval}},
		{"one pair", []float64{1}, []float64{2}, 1, []estimate.Warning{estimate.NoInterval, estimate.FewExceedances}},
		{"a hole", []float64{1, nan, 3}, []float64{2, 2, 2}, 2, []estimate.Warning{estimate.FewReplications, estimate.MissingReplications, estimate.FewExceedances}},
		// No sample of 60 bounds its 95 % quantile from above.
		{"sixty", ranked, ranked, 60, []estimate.Warning{estimate.FewExceedances}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			for name, of := range tails() {
				d, _ := of(row.a, row.b)
				if d.N != row.n {
					t.Errorf("%s of %d pairs", name, d.N)
				}
				if diff := cmp.Diff(row.warnings, d.Warnings); diff != "" {
					t.Errorf("%s: %s", name, diff)
				}
				if none := math.IsNaN(d.Low) && math.IsNaN(d.High); none != (row.n < 2) {
					t.Errorf("%s: %+v", name, d)
				}
			}
		})
	}
	d, _ := estimate.PairedQuantile(ranks(100), ranks(100), 0.95, 0.95, rand.NewPCG(1, 1))
	if len(d.Warnings) > 0 {
		t.Errorf("a hundred pairs: %v", d.Warnings)
	}
	// Credits that are mostly nothing have no quotient that a draw could not turn into a
	// division by nothing.
	zeros := append(make([]float64, 96), 1, 2, 3, 4)
	if _, q := estimate.PairedQuantile(zeros, ranks(100), 0.95, 0.95, rand.NewPCG(1, 1)); !math.IsNaN(q.Low) || q.Warnings[0] != estimate.NoInterval {
		t.Errorf("a quotient over nothing is %+v", q)
	}
}

// The intervals hold the true difference and quotient as often as they say. Exponential
// credits of means 1 and 2 have the 95 % quantiles ln 20 and 2 ln 20 and, since what is beyond
// a quantile is exponential again, the CVaRs 1 + ln 20 and twice that. Seven pairs in ten
// share their chance.
func TestPairedTailIntervalsHoldTheTruth(t *testing.T) {
	t.Parallel()
	const macro, n = 300, 300
	ln20 := math.Log(20)
	truth := map[string]float64{"P95": ln20, "CVaR95": 1 + ln20}
	held, bought := map[string]int{}, map[string]float64{}
	for m := range macro {
		r := rand.New(rand.NewPCG(uint64(m), 77))
		a, b := make([]float64, n), make([]float64, n)
		for i := range a {
			a[i] = r.ExpFloat64()
			b[i] = 2 * a[i]
			if r.Float64() > 0.7 {
				b[i] = 2 * r.ExpFloat64()
			}
		}
		for name, of := range tails() {
			d, q := of(a, b)
			if d.Low <= truth[name] && truth[name] <= d.High {
				held[name+", difference"]++
			}
			if q.Low <= 2 && 2 <= q.High {
				held[name+", quotient"]++
			}
			bought[name] += d.VarianceRatio / macro
		}
	}
	// What seven pairs in ten share takes 0.7 × 2 × 2 off the variance of 1 + 4.
	for name, ratio := range bought {
		near(t, name+", variance ratio", ratio, 0.44, 0.1)
	}
	// CVaR rests on 15 entries: it is known to fall a little short (and says so).
	for name, least := range map[string]float64{"P95, difference": 0.95, "P95, quotient": 0.95, "CVaR95, difference": 0.92, "CVaR95, quotient": 0.92} {
		share := float64(held[name]) / macro
		t.Logf("%s: %.3f", name, share)
		if bound := least - 3*math.Sqrt(least*(1-least)/macro); share < bound {
			t.Errorf("%s is held in %.3f of the cases, want %.3f", name, share, bound)
		}
		if share > 0.995 {
			t.Errorf("%s is held in %.3f of the cases: the interval is idle", name, share)
		}
	}
}

// Credits come in steps. With P(a ≤ 0) = 0.9, P(a ≤ 5) = 0.96 and P(b ≤ 0) = 0.97 the quantiles
// are 5 and 0, whatever the two share.
func TestPairedQuantilesOfStepsHoldTheTruth(t *testing.T) {
	t.Parallel()
	const macro, n = 300, 120
	step := func(u float64, steps ...float64) float64 {
		for i, bound := range steps {
			if u <= bound {
				return 5 * float64(i)
			}
		}
		return 5 * float64(len(steps))
	}
	held := 0
	for m := range macro {
		r := rand.New(rand.NewPCG(uint64(m), 78))
		a, b := make([]float64, n), make([]float64, n)
		for i := range a {
			u := r.Float64()
			a[i], b[i] = step(u, 0.9, 0.96), step(u, 0.97)
		}
		if d, _ := estimate.PairedQuantile(a, b, 0.95, 0.95, r); d.Low <= -5 && -5 <= d.High {
			held++
		}
	}
	if share, bound := float64(held)/macro, 0.95-3*math.Sqrt(0.95*0.05/macro); share < bound {
		t.Errorf("held in %.3f of the cases, want %.3f", share, bound)
	}
}
