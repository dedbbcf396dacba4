package dist_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/dist"
)

// forEachKind runs a law on every distribution of kinds.
func forEachKind(t *testing.T, law func(t *testing.T, d dist.Dist)) {
	t.Helper()
	t.Parallel()
	for _, d := range kinds() {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			law(t, d)
		})
	}
}

// near reports a relative difference beyond the tolerance.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Max(math.Abs(want), 1e-300)) {
		t.Errorf("%s = %.12g, want %.12g (relative tolerance %g)", what, got, want, tolerance)
	}
}

func TestMeanAndVarianceAreThoseOfTheQuantiles(t *testing.T) {
	forEachKind(t, func(t *testing.T, d dist.Dist) {
		// E[f(X)] is the integral of f(Quantile(p)) over p; with p = Φ(z) the
		// integrand dies out on both sides and the midpoint rule is accurate.
		const step = 0.005
		mean, square := 0., 0.
		for z := -7.5 + step/2; z < 7.5; z += step {
			weight := step * math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
			x := d.Quantile(math.Erfc(-z/math.Sqrt2) / 2)
			mean += weight * x
			square += weight * (x - d.Mean()) * (x - d.Mean())
		}
		near(t, "mean", d.Mean(), mean, 1e-3)
		near(t, "variance", d.Variance(), square, 2e-3)
	})
}

func TestQuantileIsTheInverseOfTheCDF(t *testing.T) {
	forEachKind(t, func(t *testing.T, d dist.Dist) {
		for _, p := range []float64{1e-9, 1e-4, 0.01, 0.05, 0.1, 0.25, 0.5, 0.625, 0.75, 0.9, 0.95, 0.99, 0.9999, 1 - 1e-9} {
			x := d.Quantile(p)
			if got := d.CDF(x * (1 + 1e-12)); got < p-1e-11 {
				t.Errorf("CDF(Quantile(%v)) = %v", p, got)
			}
			if got := d.CDF(x * (1 - 1e-12)); x > 0 && got > p+1e-11 {
				t.Errorf("CDF just below Quantile(%v) = %v is already %v", p, x, got)
			}
		}
	})
}

func TestCDFRisesFromZeroToOne(t *testing.T) {
	forEachKind(t, func(t *testing.T, d dist.Dist) {
		if got := d.CDF(-1e-9); got != 0 {
			t.Errorf("CDF of a negative amount = %v", got)
		}
		if got := d.CDF(math.Inf(1)); got != 1 {
			t.Errorf("CDF(+Inf) = %v", got)
		}
		if got := d.CDF(math.NaN()); !math.IsNaN(got) {
			t.Errorf("CDF(NaN) = %v", got)
		}
		last := 0.
		for i := range 2000 {
			x := d.Mean() * float64(i) / 400
			got := d.CDF(x)
			if !(got >= last && got <= 1) {
				t.Fatalf("CDF(%v) = %v after %v", x, got, last)
			}
			last = got
		}
	})
}

func TestQuantilesStayWithinTheSupport(t *testing.T) {
	forEachKind(t, func(t *testing.T, d dist.Dist) {
		low, high := d.Quantile(0), d.Quantile(1)
		if !(low >= 0 && low <= high) {
			t.Fatalf("support %v to %v", low, high)
		}
		for _, p := range []float64{-0.1, 1.1, math.NaN()} {
			if got := d.Quantile(p); !math.IsNaN(got) {
				t.Errorf("Quantile(%v) = %v", p, got)
			}
		}
		last := low
		for i := range 101 {
			x := d.Quantile(float64(i) / 100)
			if !(x >= last && x <= high) {
				t.Errorf("Quantile(%v%%) = %v after %v", i, x, last)
			}
			last = x
		}
	})
}

// TestKnownValues compares with formulas other than the package's own.
func TestKnownValues(t *testing.T) {
	t.Parallel()
	must := dist.Must
	two := must(dist.Gamma(2, math.Sqrt(0.5))) // two exponential phases of mean 1
	weibull := must(dist.WeibullMean(300, 1.5))
	rayleigh := must(dist.Weibull(10, 2))
	log := must(dist.LognormalMedian(100, math.Sqrt(math.E-1))) // sigma 1
	mix := must(dist.Mixture(
		dist.Part{Weight: 1, Dist: must(dist.Constant(0))},
		dist.Part{Weight: 9, Dist: must(dist.Exponential(1000))}))
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"two phases, at most 3", two.CDF(3), 1 - math.Exp(-3)*(1+3)},
		{"two phases, median (solves exp(-x)(1+x) = 1/2)", two.Quantile(0.5), 1.6783469900166605},
		{"gamma of cv 1 is exponential", must(dist.Gamma(5, 1)).CDF(4), 1 - math.Exp(-0.8)},
		{"exponential median", must(dist.Exponential(10)).Quantile(0.5), 10 * math.Ln2},
		{"Rayleigh mean", rayleigh.Mean(), 10 * math.Sqrt(math.Pi) / 2},
		{"Rayleigh variance", rayleigh.Variance(), 100 * (1 - math.Pi/4)},
		{"Weibull by its mean: mean", weibull.Mean(), 300},
		{"Weibull by its mean: cv", math.Sqrt(weibull.Variance()) / 300, 1.5},
		{"lognormal median", log.Quantile(0.5), 100},
		{"lognormal 84 % point is one sigma up", log.Quantile(0.8413447460685429), 100 * math.E},
		{"lognormal mean is exp(mu + 1/2)", log.Mean(), 100 * math.Exp(0.5)},
		{"triangular mean", must(dist.Triangular(60, 120, 300)).Mean(), 160},
		{"triangular variance", must(dist.Triangular(60, 120, 300)).Variance(), (60.*60 + 120*120 + 300*300 - 60*120 - 60*300 - 120*300) / 18},
		{"triangular at its mode", must(dist.Triangular(60, 120, 300)).CDF(120), 60. / 240},
		{"uniform variance", must(dist.Uniform(900, 901)).Variance(), 1. / 12},
		{"mixture mean", mix.Mean(), 900},
		{"mixture variance is E[X²] - mean²", mix.Variance(), 0.9*2*1000*1000 - 900*900},
		{"mixture keeps its atom", mix.CDF(0), 0.1},
		{"mixture quantile beyond the atom", mix.Quantile(0.55), 1000 * math.Ln2},
	} {
		near(t, c.what, c.got, c.want, 1e-12)
	}
	if got := mix.Quantile(0.0999); got != 0 {
		t.Errorf("mixture quantile within the atom = %v", got)
	}
}

// kolmogorov is the largest distance between the distribution function of the
// sample and that of d, with d's jumps taken from both sides.
func kolmogorov(sample []float64, d dist.Dist) float64 {
	slices.Sort(sample)
	n, worst := float64(len(sample)), 0.
	for i := 0; i < len(sample); {
		x, j := sample[i], i
		for j < len(sample) && sample[j] == x {
			j++
		}
		below := d.CDF(math.Nextafter(x, -1))
		worst = math.Max(worst, math.Max(float64(j)/n-d.CDF(x), below-float64(i)/n))
		i = j
	}
	return worst
}

func TestSamplesFollowTheLaw(t *testing.T) {
	forEachKind(t, func(t *testing.T, d dist.Dist) {
		const n = 40000
		src := rand.NewPCG(11, 7)
		sample, sum := make([]float64, n), 0.
		low, high := d.Quantile(0), d.Quantile(1)
		for i := range sample {
			x := d.Sample(src)
			if !(x >= low*(1-1e-12) && x <= high*(1+1e-12)) {
				t.Fatalf("draw %v outside %v to %v", x, low, high)
			}
			sample[i], sum = x, sum+x
		}
		// 4.5 standard errors: once in 150,000 right implementations.
		err := math.Sqrt(d.Variance() / n)
		if got := sum / n; math.Abs(got-d.Mean()) > 4.5*err+1e-9*d.Mean() {
			t.Errorf("mean of draws %v, want %v ± %v", got, d.Mean(), 4.5*err)
		}
		// Exceeded once in 60,000 (2 exp(−2 · 2.28²)).
		if got := kolmogorov(sample, d); got > 2.28/math.Sqrt(n) {
			t.Errorf("distribution of draws is off by %v", got)
		}
	})
}

func TestSampleVarianceIsRight(t *testing.T) {
	forEachKind(t, func(t *testing.T, d dist.Dist) {
		// Winsorised at the 99 % quantile, so that the fourth moment is tame: the
		// expected square comes from the quantiles.
		const n, steps = 40000, 4000
		clip := d.Quantile(0.99)
		want, fourth := 0., 0.
		for i := range steps {
			x := min(d.Quantile((float64(i)+0.5)/steps), clip)
			want += x * x / steps
			fourth += x * x * x * x / steps
		}
		src, got := rand.NewPCG(5, 5), 0.
		for range n {
			x := min(d.Sample(src), clip)
			got += x * x / n
		}
		err := math.Sqrt(math.Max(fourth-want*want, 0) / n)
		if math.Abs(got-want) > 4.5*err+1e-3*want {
			t.Errorf("mean square of draws %v, want %v ± %v", got, want, 4.5*err)
		}
	})
}

func TestSameSourceSameDraws(t *testing.T) {
	forEachKind(t, func(t *testing.T, d dist.Dist) {
		one, two := rand.NewPCG(3, 4), rand.NewPCG(3, 4)
		for range 1000 {
			if x, y := d.Sample(one), d.Sample(two); x != y {
				t.Fatalf("%v and %v from sources in the same state", x, y)
			}
		}
	})
}

func TestScaleMultipliesTheAmount(t *testing.T) {
	forEachKind(t, func(t *testing.T, d dist.Dist) {
		for _, k := range []float64{1, 1.1, 60, 1e-3} {
			scaled := d.Scale(k)
			near(t, "mean", scaled.Mean(), k*d.Mean(), 1e-12)
			near(t, "variance", scaled.Variance(), k*k*d.Variance(), 1e-9)
			near(t, "quantile", scaled.Quantile(0.7), k*d.Quantile(0.7), 1e-9)
			one, two := rand.NewPCG(8, 9), rand.NewPCG(8, 9)
			for range 200 {
				near(t, "draw", scaled.Sample(one), k*d.Sample(two), 1e-11)
			}
			if k == 1 && !scaled.Equal(d) {
				t.Errorf("Scale(1) is %v", scaled)
			}
		}
	})
}

func TestSampleDoesNotAllocate(t *testing.T) {
	for _, d := range kinds() {
		src := rand.NewPCG(1, 2)
		if got := testing.AllocsPerRun(200, func() { d.Sample(src) }); got != 0 {
			t.Errorf("%v: %v allocations a draw", d, got)
		}
	}
}

// TestAnyParameters checks inverse and scaling far from the parameters of kinds.
func TestAnyParameters(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		mean := math.Exp(rapid.Float64Range(-12, 16).Draw(t, "log mean"))
		cv := math.Exp(rapid.Float64Range(-6.9, 4.6).Draw(t, "log cv"))
		p := rapid.Float64Range(0.001, 0.999).Draw(t, "p")
		for _, make := range []func(mean, cv float64) (dist.Dist, error){
			dist.Lognormal, dist.LognormalMedian, dist.Gamma, dist.WeibullMean,
		} {
			d, err := make(mean, cv)
			if err != nil {
				t.Fatal(err)
			}
			x := d.Quantile(p)
			if got := d.CDF(x); x > 1e-290 && math.Abs(got-p) > 1e-8 {
				t.Fatalf("%v: CDF(Quantile(%v)) = %v", d, p, got)
			}
			if got := math.Sqrt(d.Variance()) / d.Mean(); math.Abs(got-cv) > 1e-6*cv {
				t.Fatalf("%v: cv %v, want %v", d, got, cv)
			}
			src := rand.NewPCG(uint64(math.Float64bits(mean)), 1)
			if y := d.Sample(src); !(y >= 0) || math.IsInf(y, 0) {
				t.Fatalf("%v: draw %v", d, y)
			}
		}
	})
}

func ExampleMixture() {
	// A tenth of the callers leaves at once, the others have patience for 1,000
	// seconds on average.
	patience := dist.Must(dist.Mixture(
		dist.Part{Weight: 0.1, Dist: dist.Must(dist.Constant(0))},
		dist.Part{Weight: 0.9, Dist: dist.Must(dist.Exponential(1000))},
	))
	fmt.Println(patience)
	fmt.Printf("mean %.0f, gone within 20: %.3f\n", patience.Mean(), patience.CDF(20))
	// Output:
	// mixture(0.1 constant(0), 0.9 exponential(mean 1000))
	// mean 900, gone within 20: 0.118
}

func ExampleDist_Sample() {
	handle := dist.Must(dist.Lognormal(540, 0.8))
	src := rand.NewPCG(1, 2)
	for range 3 {
		fmt.Printf("%.0f ", handle.Sample(src))
	}
	// Output: 551 444 485
}
