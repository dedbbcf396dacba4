package estimate

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestRatiosOfMomentsAgreeWithRatioOfSamples(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	const n = 200
	num, den := make([]float64, n), make([]float64, n)
	var m Moments
	for i := range n {
		den[i] = 50 + 10*r.NormFloat64()
		num[i] = 0.3*den[i] + 2*r.NormFloat64()
		m.Add(num[i], den[i])
	}
	got, want := Ratios([]Moments{m}, 0.95)[0], Ratio(num, den, 0.95)
	if math.Abs(got.Value-want.Value) > 1e-12 {
		t.Errorf("value %v, want %v", got.Value, want.Value)
	}
	// Delta method and jackknife agree to the order 1/n.
	if ratio := got.HalfWidth() / want.HalfWidth(); math.Abs(ratio-1) > 0.02 {
		t.Errorf("half-width %v, want about %v", got.HalfWidth(), want.HalfWidth())
	}
}

func TestRatiosWithoutObservationsOrReplications(t *testing.T) {
	t.Parallel()
	var empty, single Moments
	empty.Add(0, 0)
	single.Add(1, 2)
	es := Ratios([]Moments{empty, single}, 0.95)
	if !math.IsNaN(es[0].Value) || !math.IsInf(es[0].HalfWidth(), 1) {
		t.Errorf("nothing observed: %+v", es[0])
	}
	if es[1].Value != 0.5 || !math.IsInf(es[1].HalfWidth(), 1) {
		t.Errorf("one replication has a value and no interval: %+v", es[1])
	}
}
