package estimate_test

import (
	"math"
	"testing"

	"github.com/headroom-sim/headroom/model/estimate"
)

// One ratio is Ratio, and the difference of two is the paired difference of ratios.
func TestCombinedAgreesWithRatiosAndTheirDifferences(t *testing.T) {
	t.Parallel()
	numA, denA := []float64{3, 5, 2, 8, 4}, []float64{30, 41, 25, 60, 38}
	numB, denB := []float64{2, 5, 1, 5, 3}, []float64{31, 40, 25, 61, 36}
	close := func(a, b float64) bool { return math.Abs(a-b) < 1e-12 }
	one, ratio := estimate.Combined([]float64{1}, [][]float64{numA}, [][]float64{denA}, 0.95), estimate.Ratio(numA, denA, 0.95)
	if !close(one.Value, ratio.Value) || !close(one.Low, ratio.Low) || !close(one.High, ratio.High) {
		t.Errorf("%+v, want %+v", one, ratio)
	}
	two := estimate.Combined([]float64{-1, 1}, [][]float64{numA, numB}, [][]float64{denA, denB}, 0.95)
	paired := estimate.PairedRatio(numA, denA, numB, denB, 0.95).Estimate
	if !close(two.Value, paired.Value) || !close(two.Low, paired.Low) || !close(two.High, paired.High) {
		t.Errorf("%+v, want %+v", two, paired)
	}
}
