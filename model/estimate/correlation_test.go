package estimate_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Five pairs by hand: r = 0.8, and its z ± 1.96 over the root of two.
func TestACorrelationIsThatOfItsFormula(t *testing.T) {
	t.Parallel()
	xs, ys := []float64{1, 2, 3, 4, 5}, []float64{2, 1, 4, 3, 5}
	e := estimate.Correlation(xs, ys, 0.95)
	if math.Abs(e.Value-0.8) > 1e-12 {
		t.Errorf("the correlation is %v, by hand 0.8", e.Value)
	}
	half := 1.959963984540054 / math.Sqrt(2)
	if math.Abs(e.Low-math.Tanh(math.Atanh(0.8)-half)) > 1e-12 || math.Abs(e.High-math.Tanh(math.Atanh(0.8)+half)) > 1e-12 {
		t.Errorf("the interval is %v to %v", e.Low, e.High)
	}
}

func TestWhatDoesNotVaryHasNoCorrelation(t *testing.T) {
	t.Parallel()
	if e := estimate.Correlation([]float64{1, 1, 1, 1}, []float64{1, 2, 3, 4}, 0.95); !math.IsNaN(e.Value) || !math.IsNaN(e.Low) {
		t.Errorf("it is %v", e)
	}
}

func TestCorrelationsOfNormalPairsLieWithinTheirIntervals(t *testing.T) {
	t.Parallel()
	const seeds, n, rho = 1000, 40, 0.6
	held := 0
	for seed := range uint64(seeds) {
		r := rand.New(rand.NewPCG(seed, 1))
		xs, ys := make([]float64, n), make([]float64, n)
		for i := range xs {
			z := r.NormFloat64()
			xs[i], ys[i] = z, rho*z+math.Sqrt(1-rho*rho)*r.NormFloat64()
		}
		if e := estimate.Correlation(xs, ys, 0.95); e.Low <= rho && rho <= e.High {
			held++
		}
	}
	if held < 925 || held > 972 {
		t.Errorf("%d of %d intervals hold the truth", held, seeds)
	}
}
