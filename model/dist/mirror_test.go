package dist_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat"

	"github.com/headroom-sim/headroom/model/dist"
)

// Mirrored variates have the same distribution (Kolmogorov and Smirnov), lie at the other
// end of it, and pair by pair fall where the others rise.
func TestSampleMirrored(t *testing.T) {
	t.Parallel()
	const n = 20_000
	mixed := dist.Must(dist.Mixture(
		dist.Part{Weight: 0.7, Dist: dist.Must(dist.Exponential(2))}, dist.Part{Weight: 0.3, Dist: dist.Must(dist.Lognormal(20, 0.5))}))
	for _, row := range []struct {
		d           dist.Dist
		correlation float64 // at most
	}{
		{dist.Must(dist.Exponential(3)), -0.6}, // exactly 1 − π²/6
		{dist.Must(dist.Lognormal(10, 0.8)), -0.5},
		{dist.Must(dist.LognormalMedian(10, 1)), -0.4},
		{dist.Must(dist.Gamma(1, 0.15)), -0.95},
		{dist.Must(dist.Gamma(4, 1.5)), -0.3},
		{dist.Must(dist.Weibull(5, 2)), -0.9},
		{dist.Must(dist.Uniform(2, 7)), -0.999},
		{dist.Must(dist.Triangular(1, 2, 9)), -0.9},
		{mixed, -0.25},
	} {
		t.Run(row.d.String(), func(t *testing.T) {
			t.Parallel()
			var xs, ys []float64
			for i := range n {
				// Two generators with the same words.
				a, b := rand.NewPCG(5, uint64(i)), rand.NewPCG(5, uint64(i))
				x, y := row.d.Sample(a), row.d.SampleMirrored(b)
				if row.d.String() != mixed.String() && a.Uint64() != b.Uint64() {
					t.Fatal("the mirrored variate takes other words")
				}
				xs, ys = append(xs, x), append(ys, y)
				if sum := row.d.CDF(x) + row.d.CDF(y); row.d.String() != mixed.String() && math.Abs(sum-1) > 1e-6 {
					t.Fatalf("%v and %v are no mirror images: their ranks add up to %v", x, y, sum)
				}
			}
			if r := stat.Correlation(xs, ys, nil); r > row.correlation {
				t.Errorf("correlation %.3f, want at most %.2f", r, row.correlation)
			}
			if gap := kolmogorov(ys, row.d); gap > 1.95/math.Sqrt(n) { // at 0.1 %
				t.Errorf("the distribution is off by %.4f", gap)
			}
		})
	}
	if x := dist.Must(dist.Constant(4)).SampleMirrored(rand.NewPCG(1, 1)); x != 4 {
		t.Errorf("a constant 4 mirrored is %v", x)
	}
}

// zeros is a source whose words are all 0.
type zeros struct{}

func (zeros) Uint64() uint64 { return 0 }

func TestSampleMirroredIsFinite(t *testing.T) {
	t.Parallel()
	for _, d := range []dist.Dist{dist.Must(dist.Exponential(1)), dist.Must(dist.Weibull(1, 0.5)), dist.Must(dist.Uniform(0, 1))} {
		if x := d.SampleMirrored(zeros{}); math.IsInf(x, 0) || math.IsNaN(x) || x < 0 {
			t.Errorf("%v gives %v", d, x)
		}
	}
}
