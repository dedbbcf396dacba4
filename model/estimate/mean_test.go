package estimate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/headroom-sim/headroom/model/estimate"
)

// close enough for sums in another order; NaN equals NaN.
var roughly = cmp.Options{cmpopts.EquateApprox(1e-9, 1e-12), cmpopts.EquateNaNs()}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %.10g, want %.10g ± %g", what, got, want, tolerance)
	}
}

var nan = math.NaN()

func TestMeanIsStudents(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		xs    []float64
		level float64
		want  estimate.Estimate
	}{
		{
			// s = 1, t(2) at 97.5 % is 4.302652730 (tables), over √3.
			"three numbers", []float64{1, 2, 3}, 0.95,
			estimate.Estimate{Value: 2, Low: 2 - 4.302652729911275/math.Sqrt(3), High: 2 + 4.302652729911275/math.Sqrt(3),
				Level: 0.95, N: 3, Warnings: []estimate.Warning{estimate.FewReplications}},
		},
		{
			// t(1) at 95 % is tan(0.45 π) = 6.313751515; s/√n = 1.
			"two numbers at 90 %", []float64{4, 6}, 0.9,
			estimate.Estimate{Value: 5, Low: 5 - math.Tan(0.45*math.Pi), High: 5 + math.Tan(0.45*math.Pi),
				Level: 0.9, N: 2, Warnings: []estimate.Warning{estimate.FewReplications}},
		},
		{
			"ten equal numbers have an interval of length 0", []float64{7, 7, 7, 7, 7, 7, 7, 7, 7, 7}, 0.95,
			estimate.Estimate{Value: 7, Low: 7, High: 7, Level: 0.95, N: 10},
		},
		{
			"one number has no interval", []float64{3}, 0.95,
			estimate.Estimate{Value: 3, Low: nan, High: nan, Level: 0.95, N: 1, Warnings: []estimate.Warning{estimate.NoInterval}},
		},
		{
			"nothing has no value", nil, 0.95,
			estimate.Estimate{Value: nan, Low: nan, High: nan, Level: 0.95, Warnings: []estimate.Warning{estimate.NoInterval}},
		},
		{
			"holes are left out, and said so", []float64{nan, 4, 6, math.Inf(1)}, 0.9,
			estimate.Estimate{Value: 5, Low: 5 - math.Tan(0.45*math.Pi), High: 5 + math.Tan(0.45*math.Pi),
				Level: 0.9, N: 2, Warnings: []estimate.Warning{estimate.FewReplications, estimate.MissingReplications}},
		},
		{
			"nothing but holes", []float64{nan, nan}, 0.9,
			estimate.Estimate{Value: nan, Low: nan, High: nan, Level: 0.9,
				Warnings: []estimate.Warning{estimate.NoInterval, estimate.MissingReplications}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, estimate.Mean(c.xs, c.level), roughly); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMeanLeavesItsSampleAlone(t *testing.T) {
	t.Parallel()
	xs := []float64{3, nan, 1, 2}
	estimate.Mean(xs, 0.95)
	estimate.Quantile(xs, 0.5, 0.95)
	estimate.CVaR(xs, 0.5, 0.95)
	if diff := cmp.Diff([]float64{3, nan, 1, 2}, xs, cmpopts.EquateNaNs()); diff != "" {
		t.Error(diff)
	}
}

func TestHalfWidth(t *testing.T) {
	t.Parallel()
	near(t, "of an interval", estimate.Estimate{Low: 1, High: 4}.HalfWidth(), 1.5, 0)
	for name, e := range map[string]estimate.Estimate{
		"without an interval": estimate.Mean([]float64{1}, 0.95),
		"without a bound":     {Low: 1, High: math.Inf(1)},
	} {
		if got := e.HalfWidth(); !math.IsInf(got, 1) {
			t.Errorf("half-width %s = %v", name, got)
		}
	}
}

func TestSectionedIsCentredOnThePooledValue(t *testing.T) {
	t.Parallel()
	// Squares of distances from 10: 1, 1, 4; /(3·2) = 1.
	got := estimate.Sectioned(10, []float64{9, 11, 12, nan}, 0.95)
	want := estimate.Estimate{Value: 10, Low: 10 - 4.302652729911275, High: 10 + 4.302652729911275, Level: 0.95, N: 3,
		Warnings: []estimate.Warning{estimate.FewReplications, estimate.MissingReplications}}
	if diff := cmp.Diff(want, got, roughly); diff != "" {
		t.Error(diff)
	}
	for name, e := range map[string]estimate.Estimate{
		"one section":     estimate.Sectioned(10, []float64{9}, 0.95),
		"no section":      estimate.Sectioned(10, nil, 0.95),
		"no pooled value": estimate.Sectioned(nan, []float64{1, 2, 3}, 0.95),
	} {
		if !math.IsNaN(e.Low) || !math.IsNaN(e.High) || !cmp.Equal(e.Warnings, []estimate.Warning{estimate.NoInterval}) {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

// covered counts in how many of trials the interval holds the truth, and checks
// that it is level × trials up to 4.5 standard deviations of the binomial. slack
// widens the band for intervals that are right only for large samples, or err on
// the long side.
func covered(t *testing.T, what string, level, slackBelow, slackAbove, truth float64, interval func(r *rand.Rand) estimate.Estimate) {
	t.Helper()
	const trials = 1000
	r, hits := rand.New(rand.NewPCG(2026, 11)), 0
	for range trials {
		if e := interval(r); e.Low <= truth && truth <= e.High {
			hits++
		}
	}
	band := 4.5 * math.Sqrt(level*(1-level)/trials)
	got := float64(hits) / trials
	if got < level-band-slackBelow || got > level+band+slackAbove {
		t.Errorf("%s: an interval of level %v holds the truth in %v of samples (±%.3f)", what, level, got, band)
	}
}

func draw(n int, one func() float64) []float64 {
	xs := make([]float64, n)
	for i := range xs {
		xs[i] = one()
	}
	return xs
}

func TestIntervalsHoldTheTruthAsOftenAsTheySay(t *testing.T) {
	t.Parallel()
	covered(t, "mean of 5 normals", 0.95, 0, 0, 3, func(r *rand.Rand) estimate.Estimate {
		return estimate.Mean(draw(5, func() float64 { return 3 + 2*r.NormFloat64() }), 0.95)
	})
	covered(t, "mean of 30 normals at 80 %", 0.8, 0, 0, 0, func(r *rand.Rand) estimate.Estimate {
		return estimate.Mean(draw(30, r.NormFloat64), 0.8)
	})
	covered(t, "mean of 50 exponentials", 0.95, 0.02, 0, 1, func(r *rand.Rand) estimate.Estimate {
		return estimate.Mean(draw(50, r.ExpFloat64), 0.95)
	})
	// A busy day brings more tickets and a larger share of breaches:
	// E[num]/E[den] = E[N · 0.1 N/100]/E[N] with N uniform on 50..150.
	truth := 0.
	for n := 50; n <= 150; n++ {
		truth += float64(n) * 0.1 * float64(n) / 100 / 101
	}
	covered(t, "ratio of totals", 0.95, 0.015, 0, truth/100, func(r *rand.Rand) estimate.Estimate {
		num, den := breaches(r, 40)
		return estimate.Ratio(num, den, 0.95)
	})
	for _, p := range []float64{0.5, 0.9} {
		// Exact for every law: never below the level, above it by at most the
		// steps of the binomial.
		covered(t, fmt.Sprintf("quantile %v of exponentials", p), 0.95, 0, 0.04, -math.Log(1-p), func(r *rand.Rand) estimate.Estimate {
			return estimate.Quantile(draw(64, r.ExpFloat64), p, 0.95)
		})
	}
	// The worst tenth of an exponential lies 1 above the quantile, having no memory.
	covered(t, "CVaR of 1,000 exponentials", 0.95, 0.02, 0, -math.Log(0.1)+1, func(r *rand.Rand) estimate.Estimate {
		return estimate.CVaR(draw(1000, r.ExpFloat64), 0.9, 0.95)
	})
	covered(t, "sectioned median", 0.95, 0.015, 0.01, math.Ln2, func(r *rand.Rand) estimate.Estimate {
		var pooled, medians []float64
		for range 20 {
			section := draw(101, r.ExpFloat64)
			medians = append(medians, estimate.Quantile(section, 0.5, 0.95).Value)
			pooled = append(pooled, section...)
		}
		return estimate.Sectioned(estimate.Quantile(pooled, 0.5, 0.95).Value, medians, 0.95)
	})
}

// breaches is n replications of 50 to 150 tickets, of which a share breaches
// that rises with their number.
func breaches(r *rand.Rand, n int) (num, den []float64) {
	for range n {
		tickets := 50 + r.IntN(101)
		breached := 0
		for range tickets {
			if r.Float64() < 0.1*float64(tickets)/100 {
				breached++
			}
		}
		num, den = append(num, float64(breached)), append(den, float64(tickets))
	}
	return num, den
}

func TestMisuseOfLevelsPanics(t *testing.T) {
	t.Parallel()
	xs := []float64{1, 2, 3}
	for _, bad := range []float64{0, 1, -0.5, 95, nan} {
		for name, do := range map[string]func(){
			"mean":           func() { estimate.Mean(xs, bad) },
			"mean of none":   func() { estimate.Mean(nil, bad) },
			"ratio":          func() { estimate.Ratio(xs, xs, bad) },
			"sectioned":      func() { estimate.Sectioned(2, xs, bad) },
			"quantile level": func() { estimate.Quantile(xs, 0.5, bad) },
			"quantile":       func() { estimate.Quantile(xs, bad, 0.95) },
			"CVaR":           func() { estimate.CVaR(xs, bad, 0.95) },
			"paired":         func() { estimate.Paired(xs, xs, bad) },
		} {
			mustPanic(t, fmt.Sprintf("%s at %v", name, bad), do)
		}
	}
	mustPanic(t, "pairs of different lengths", func() { estimate.Paired(xs, xs[:2], 0.95) })
	mustPanic(t, "ratio of different lengths", func() { estimate.Ratio(xs, xs[:2], 0.95) })
}

func mustPanic(t *testing.T, what string, do func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s: no panic", what)
		}
	}()
	do()
}

func ExampleRatio() {
	breached := []float64{3, 8, 2, 5, 4, 6, 3, 7, 5, 4}
	judged := []float64{100, 140, 90, 120, 110, 125, 95, 130, 115, 105}
	e := estimate.Ratio(breached, judged, 0.95)
	fmt.Printf("%.2f %% (%.2f to %.2f), %d replications\n", 100*e.Value, 100*e.Low, 100*e.High, e.N)
	// Output: 4.16 % (3.37 to 4.95), 10 replications
}
