package estimate_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Clusters of one are independent things: then the interval is that of Clopper and Pearson, whose tables
// say 0 to 11.6 % for none of 30, and 1.2 % to 31.7 % for 2 of 20; the design effect is 20/19 there, since it is
// measured.
func TestAShareOfIndependentThingsHasTheExactInterval(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		some, all int
		low, high float64
	}{{0, 30, 0, 0.1157}, {30, 30, 0.8843, 1}, {2, 20, 0.0123, 0.3170}} {
		num, den := make([]float64, row.all), slices.Repeat([]float64{1}, row.all)
		for i := range row.some {
			num[i*row.all/row.some] = 1
		}
		e := estimate.Share(num, den, 0.95)
		if math.Abs(e.Low-row.low) > 0.008 || math.Abs(e.High-row.high) > 0.008 || e.Value != float64(row.some)/float64(row.all) {
			t.Errorf("%d of %d: %v (%v to %v), want %v to %v", row.some, row.all, e.Value, e.Low, e.High, row.low, row.high)
		}
	}
}

// Days differ: their rates scatter around 10 %, some of them far. Intervals that took tickets for
// independent would hold the true rate in about half of the samples.
func TestSharesInClustersCoverTheRateOfTheProcess(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	const samples, days, truth = 600, 40, 0.1
	covered, naive := 0, 0
	for range samples {
		num, den := make([]float64, days), make([]float64, days)
		some, all := 0., 0.
		for d := range days {
			p, n := 0.02, 30+r.IntN(60)
			if r.Float64() < 0.2 {
				p = 0.42
			}
			den[d] = float64(n)
			for range n {
				if r.Float64() < p {
					num[d]++
				}
			}
			some, all = some+num[d], all+den[d]
		}
		e := estimate.Share(num, den, 0.95)
		if e.Low <= truth && truth <= e.High {
			covered++
		}
		p := some / all
		if half := 1.96 * math.Sqrt(p*(1-p)/all); math.Abs(p-truth) <= half {
			naive++
		}
	}
	if covered < samples*90/100 || covered > samples*995/1000 {
		t.Errorf("%d of %d intervals hold the rate", covered, samples)
	}
	if naive > samples*70/100 {
		t.Errorf("the days hardly differ: intervals for independent tickets hold the rate in %d of %d", naive, samples)
	}
}

func TestSharesLieWithinTheirIntervalAndTheUnit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 30).Draw(t, "clusters")
		num, den := make([]float64, n), make([]float64, n)
		for i := range n {
			all := rapid.IntRange(0, 50).Draw(t, "all")
			num[i], den[i] = float64(rapid.IntRange(0, all).Draw(t, "some")), float64(all)
		}
		e := estimate.Share(num, den, 0.9)
		if math.IsNaN(e.Low) {
			return // fewer than two clusters with anything in them
		}
		if !(0 <= e.Low && e.Low <= e.Value && e.Value <= e.High && e.High <= 1) {
			t.Fatalf("%v of %v: %v (%v to %v)", num, den, e.Value, e.Low, e.High)
		}
	})
}

func TestAShareOfOneClusterHasNoInterval(t *testing.T) {
	t.Parallel()
	e := estimate.Share([]float64{3, 0}, []float64{9, 0}, 0.95)
	if e.N != 1 || !math.IsNaN(e.Low) || !slices.Contains(e.Warnings, estimate.NoInterval) {
		t.Errorf("%+v", e)
	}
}

// Entries of one day that are alike tell little more than one of them.
func TestQuantilesInClustersAreLessSure(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	const samples, days, per = 400, 50, 20
	covered, plain := 0, 0
	truth := 0.8416 * math.Sqrt(1.25) // of a sum of normal laws
	for range samples {
		var xs []float64
		var day []int
		for d := range days {
			level := r.NormFloat64()
			for range per {
				xs, day = append(xs, level+r.NormFloat64()/2), append(day, d)
			}
		}
		e := estimate.QuantileInClusters(xs, day, 0.8, 0.95)
		if e.Low <= truth && truth <= e.High {
			covered++
		}
		if q := estimate.Quantile(xs, 0.8, 0.95); q.Value != e.Value {
			t.Fatal("another quantile")
		} else if q.Low <= truth && truth <= q.High {
			plain++
		}
	}
	if covered < samples*89/100 || plain > samples*70/100 {
		t.Errorf("%d of %d intervals hold the quantile, %d of those for independent entries", covered, samples, plain)
	}
}

// Worked out by hand: 20, 5, 10 and 15 agree in 35 of 50; chance brings 25/50·30/50 + 25/50·20/50 = 50 %.
func TestKappaIsAgreementBeyondChance(t *testing.T) {
	t.Parallel()
	e := estimate.Kappa([][4]float64{{12, 2, 5, 6}, {}, {8, 3, 5, 9}}, 0.95)
	if math.Abs(e.Value-0.4) > 1e-12 || e.N != 2 || !(e.Low < 0.4 && 0.4 < e.High) {
		t.Errorf("%+v", e)
	}
	if e := estimate.Kappa([][4]float64{{7, 0, 0, 0}, {2, 0, 0, 0}}, 0.95); !math.IsNaN(e.Value) {
		t.Errorf("everything is a yes: κ is %v", e.Value)
	}
	if e := estimate.Kappa([][4]float64{{7, 0, 0, 3}, {2, 0, 0, 9}}, 0.95); e.Value != 1 {
		t.Errorf("they always agree: κ is %v", e.Value)
	}
}

// The lady who tastes tea (Fisher 1935): three right of four, and all four.
func TestEnrichedIsFishersTail(t *testing.T) {
	t.Parallel()
	for some, want := range map[int]float64{0: 1, 1: 69. / 70, 2: 53. / 70, 3: 17. / 70, 4: 1. / 70} {
		if p := estimate.Enriched(some, 4, 4, 8); math.Abs(p-want) > 1e-12 {
			t.Errorf("%d right: %v, want %v", some, p, want)
		}
	}
}

// Of Benjamini and Hochberg's own example (1995, section 3.2) the first four of fifteen are found at 5 %.
func TestFalseDiscoveryFindsThePapersFour(t *testing.T) {
	t.Parallel()
	ps := []float64{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000, math.NaN()}
	qs := estimate.FalseDiscovery(ps)
	found := 0
	for i, q := range qs[:15] {
		if q <= 0.05 {
			found++
		}
		if q < ps[i] || i > 0 && q < qs[i-1] {
			t.Errorf("q of %v is %v", ps[i], q)
		}
	}
	if found != 4 || !math.IsNaN(qs[15]) {
		t.Errorf("%d are found: %v", found, qs)
	}
}
