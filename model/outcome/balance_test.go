package outcome

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Every kind of estimate of a merger whose runs come in sets is made from the sums of the sets; a
// set that is not whole counts for nothing.
func TestMergerInSets(t *testing.T) {
	t.Parallel()
	c := &Catalog{
		Measures: []Measure{
			{Name: Wait}, {Name: Elapsed, Labels: Labels{Quantile: "p50"}},
			{Name: Credit, Labels: Labels{Quantile: TailP95}}, {Name: Credit, Labels: Labels{Quantile: TailCVaR95}},
		},
		Series: []Series{{Name: SeriesQueue}, {Name: SeriesBacklog}}, Spread: []bool{true, false},
		Waits: []Labels{{}}, Quantiles: []Quantile{{Measure: 1, P: 0.5}}, Intervals: 3,
	}
	random := rand.New(rand.NewPCG(3, 3))
	m := NewMerger(c, 0.9)
	m.InSets(2)
	var moments [2][3]estimate.Moments
	var sums [2][3][2]float64
	for r := range 41 {
		run := c.NewRun()
		run.Replication = r
		for i := range run.Num {
			run.Num[i], run.Den[i] = random.Float64(), 1+random.Float64()
		}
		run.Bins[0][10+random.IntN(20)] = 1
		for k := range sums {
			for i := range 3 {
				den := 1.
				run.Series[k].Num[i] = random.Float64()
				if k == 1 {
					den = random.Float64()
					run.Series[k].Den[i] = den
				}
				sums[k][i][0] += run.Series[k].Num[i]
				sums[k][i][1] += den
				if r%2 == 1 {
					moments[k][i].Add(sums[k][i][0], sums[k][i][1])
					sums[k][i] = [2]float64{}
				}
			}
		}
		m.Add(run)
	}
	var x Experiment
	x.Drawn("mirrored", 2)
	m.Fill(&x)
	for k := range sums {
		for i, want := range estimate.Ratios(moments[k][:], 0.9) {
			s := &x.Series[k]
			got := [3]float64{float64(s.Mean[i]), float64(s.Low[i]), float64(s.High[i])}
			if diff := cmp.Diff([3]float64{want.Value, want.Low, want.High}, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", s.Name, diff)
			}
		}
	}
	num, den := x.Measures[0].Num, x.Measures[0].Den
	if diff := cmp.Diff(estimate.Ratio(estimate.Sets(num, 2), estimate.Sets(den, 2), 0.9), x.Measures[0].Estimate); diff != "" {
		t.Errorf("a ratio (-want +got):\n%s", diff)
	}
	half := estimate.Sets(x.Measures[1].Num, 2)
	for i := range half {
		half[i] /= 2
	}
	pooled := x.Measures[1].Estimate
	if diff := cmp.Diff(estimate.Sectioned(pooled.Value, half, 0.9), pooled); diff != "" {
		t.Errorf("a pooled quantile (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(estimate.QuantileInSets(x.Measures[2].Num, 2, 0.95, 0.9), x.Measures[2].Estimate); diff != "" {
		t.Errorf("a quantile of replications (-want +got):\n%s", diff)
	}
	if e := x.Measures[3].Estimate; e.N != 20 {
		t.Errorf("a tail mean of 41 replications rests on %d pairs", e.N)
	}
	if _, ok := x.Gain(&x.Measures[1]); ok {
		t.Error("a quantile has a gain")
	}
	if g, ok := x.Gain(&x.Measures[0]); !ok || g.N != 20 {
		t.Errorf("the gain is %v, %v", g, ok)
	}
}

// balancedPair are two outcomes of 25 and 23 replications in sets of 5.
func balancedPair() (a, b *Experiment) {
	random := rand.New(rand.NewPCG(5, 5))
	var late, judged, cost [2][]float64
	for range 25 {
		x := random.Float64()
		for k := range 2 {
			late[k] = append(late[k], 10*x+random.Float64()+float64(k))
			judged[k] = append(judged[k], 100+random.Float64())
			cost[k] = append(cost[k], 400+x)
		}
	}
	a, b = small("office", 7, late[0], judged[0], cost[0]), small("night", 7, late[1][:23], judged[1][:23], cost[1][:23])
	a.Drawn("days", 5)
	b.Drawn("days", 5)
	return a, b
}

// Differences are between sets of the replications that all have in common, and whole ones.
func TestCompareInSets(t *testing.T) {
	t.Parallel()
	a, b := balancedPair()
	c, err := Compare([]*Experiment{a, b}, 0.95, words)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{5, 3}, c.Dropped); diff != "" || c.Replications != 20 || c.Balance != "days" || c.Set != 5 {
		t.Errorf("%d replications in sets of %d by %q, dropped %v", c.Replications, c.Set, c.Balance, c.Dropped)
	}
	in := func(xs []float64) []float64 { return estimate.Sets(xs[:20], 5) }
	x, y := &a.Measures[0], &b.Measures[0]
	want := estimate.PairedRatio(in(x.Num), in(x.Den), in(y.Num), in(y.Den), 0.95)
	if diff := cmp.Diff(want, c.Rows[0].Differences[0]); diff != "" {
		t.Errorf("difference (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(estimate.PairedQuotient(in(x.Num), in(x.Den), in(y.Num), in(y.Den), 0.95), c.Rows[0].Quotients[0]); diff != "" {
		t.Errorf("quotient (-want +got):\n%s", diff)
	}
	b.Drawn("mirrored", 2)
	if _, err := Compare([]*Experiment{a, b}, 0.95, words); err == nil || !strings.Contains(err.Error(), `"office" was run with balance: days and "night" with balance: mirrored`) {
		t.Errorf("days with mirrored: %v", err)
	}
}
