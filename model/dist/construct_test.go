package dist_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/dist"
)

func TestConstructorsRefuseNonsense(t *testing.T) {
	t.Parallel()
	inf, nan := math.Inf(1), math.NaN()
	one := dist.Must(dist.Constant(1))
	zero := dist.Must(dist.Constant(0))
	made := func(d dist.Dist, err error) func() (dist.Dist, error) {
		return func() (dist.Dist, error) { return d, err }
	}
	for _, c := range []struct {
		name string
		make func() (dist.Dist, error)
		want string
	}{
		{"constant below zero", made(dist.Constant(-1)), "constant: value must be finite and not negative, not -1"},
		{"constant NaN", made(dist.Constant(nan)), "not NaN"},
		{"constant infinite", made(dist.Constant(inf)), "not +Inf"},
		{"exponential of mean zero", made(dist.Exponential(0)), "exponential: mean must be positive and finite, not 0"},
		{"exponential below zero", made(dist.Exponential(-3)), "not -3"},
		{"exponential NaN", made(dist.Exponential(nan)), "not NaN"},
		{"exponential whose variance overflows", made(dist.Exponential(1e200)), "out of range"},
		{"lognormal of mean zero", made(dist.Lognormal(0, 1)), "lognormal: mean must be positive"},
		{"lognormal without spread", made(dist.Lognormal(5, 0)), "say constant"},
		{"lognormal with a negative cv", made(dist.Lognormal(5, -0.5)), "lognormal: cv must lie between 0.001 and 100, not -0.5"},
		{"lognormal with both wrong", made(dist.Lognormal(-5, nan)), "mean must be positive and finite, not -5\nlognormal: cv"},
		{"lognormal of infinite median", made(dist.LognormalMedian(inf, 1)), "lognormal: median must be positive and finite, not +Inf"},
		{"lognormal by median with an enormous cv", made(dist.LognormalMedian(1, 1e9)), "cv must lie between"},
		{"gamma of mean zero", made(dist.Gamma(0, 1)), "gamma: mean"},
		{"gamma with NaN cv", made(dist.Gamma(1, nan)), "gamma: cv"},
		{"weibull of scale zero", made(dist.Weibull(0, 1)), "weibull: scale"},
		{"weibull of shape zero", made(dist.Weibull(1, 0)), "weibull: shape"},
		{"weibull whose mean overflows", made(dist.Weibull(1, 1e-3)), "out of range"},
		{"weibull by mean without spread", made(dist.WeibullMean(1, 0)), "weibull: cv"},
		{"uniform without width", made(dist.Uniform(2, 2)), "uniform: min 2 must be below max 2"},
		{"uniform turned round", made(dist.Uniform(3, 2)), "uniform: min 3 must be below max 2"},
		{"uniform from below zero", made(dist.Uniform(-1, 2)), "uniform: min must be finite and not negative, not -1"},
		{"uniform to infinity", made(dist.Uniform(1, inf)), "uniform: max"},
		{"triangular with its mode outside", made(dist.Triangular(1, 5, 4)), "triangular: mode 5 must lie between min 1 and max 4"},
		{"triangular with its mode below", made(dist.Triangular(1, 0, 4)), "mode 0 must lie between"},
		{"triangular without width", made(dist.Triangular(1, 1, 1)), "triangular: min 1 must be below max 1"},
		{"triangular NaN", made(dist.Triangular(1, nan, 4)), "triangular: mode must be finite"},
		{"mixture of nothing", made(dist.Mixture()), "mixture: no parts"},
		{"mixture with a negative weight", made(dist.Mixture(dist.Part{Weight: 1, Dist: one}, dist.Part{Weight: -1, Dist: one})), "mixture: weight of part 2"},
		{"mixture without weight", made(dist.Mixture(dist.Part{Weight: 0, Dist: one})), "weights must have a positive finite sum, not 0"},
		{"mixture whose weights overflow", made(dist.Mixture(dist.Part{Weight: 1e308, Dist: one}, dist.Part{Weight: 1e308, Dist: one})), "not +Inf"},
		{"mixture with a part that is none", made(dist.Mixture(dist.Part{Weight: 1})), "mixture: part 1 has no distribution"},
		{"mixture that is always zero", made(dist.Mixture(dist.Part{Weight: 1, Dist: zero}, dist.Part{Weight: 1, Dist: zero})), "always 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d, err := c.make()
			if err == nil {
				t.Fatalf("made %v", d)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %q lacks %q", err, c.want)
			}
			if !d.IsZero() {
				t.Errorf("left %v behind", d)
			}
		})
	}
}

func TestStringsAreCanonical(t *testing.T) {
	t.Parallel()
	must := dist.Must
	for want, d := range map[string]dist.Dist{
		"none":                                 dist.Dist{},
		"constant(0)":                          must(dist.Constant(math.Copysign(0, -1))),
		"constant(0.1)":                        must(dist.Constant(0.1)),
		"exponential(mean 0.3333333333333333)": must(dist.Exponential(1. / 3)),
		"lognormal(mean 540, cv 0.8)":          must(dist.Lognormal(540, 0.8)),
		"lognormal(median 18000, cv 2)":        must(dist.LognormalMedian(18000, 2)),
		"gamma(mean 1, cv 0.05)":               must(dist.Gamma(1, 0.05)),
		"weibull(scale 240, shape 0.7)":        must(dist.Weibull(240, 0.7)),
		"uniform(min 0, max 1e+06)":            must(dist.Uniform(0, 1e6)),
		"triangular(min 1, mode 2, max 4)":     must(dist.Triangular(1, 2, 4)),
		"mixture(0.1 constant(0), 0.9 exponential(mean 1000))": must(dist.Mixture(
			dist.Part{Weight: 1, Dist: must(dist.Constant(0))},
			dist.Part{Weight: 9, Dist: must(dist.Exponential(1000))})),
		"exponential(mean 264)": must(dist.Exponential(240)).Scale(1.1),
	} {
		if got := d.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestEqualAgreesWithString(t *testing.T) {
	t.Parallel()
	all := append(kinds(), dist.Dist{})
	again := append(kinds(), dist.Dist{})
	for i, d := range all {
		for j, e := range again {
			if got, want := d.Equal(e), d.String() == e.String(); got != want || want != (i == j) {
				t.Errorf("%v equals %v: %v", d, e, got)
			}
		}
	}
	if diff := cmp.Diff(all, again); diff != "" {
		t.Errorf("go-cmp finds a difference between equal distributions: %s", diff)
	}
}

func TestTheZeroDistIsNone(t *testing.T) {
	t.Parallel()
	var d dist.Dist
	if !d.IsZero() || d.String() != "none" || !d.Scale(2).IsZero() {
		t.Errorf("zero Dist is %v, scaled %v", d, d.Scale(2))
	}
	for what, x := range map[string]float64{
		"mean": d.Mean(), "variance": d.Variance(), "CDF": d.CDF(1), "quantile": d.Quantile(0.5),
	} {
		if !math.IsNaN(x) {
			t.Errorf("%s of no distribution = %v", what, x)
		}
	}
	mustPanic(t, "sample", func() { d.Sample(rand.NewPCG(1, 1)) })
	for _, d := range kinds() {
		if d.IsZero() {
			t.Errorf("%v is zero", d)
		}
	}
}

func TestScaleRefusesWhatIsNoFactor(t *testing.T) {
	t.Parallel()
	d := dist.Must(dist.Lognormal(1, 1))
	for _, k := range []float64{0, -1, math.NaN(), math.Inf(1), 1e300} {
		mustPanic(t, "scale", func() { d.Scale(k) })
	}
}

func TestMustPanicsOnError(t *testing.T) {
	t.Parallel()
	mustPanic(t, "Must", func() { dist.Must(dist.Exponential(-1)) })
}

func mustPanic(t *testing.T, what string, do func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s did not panic", what)
		}
	}()
	do()
}

func TestMixtureOwnsItsParts(t *testing.T) {
	t.Parallel()
	parts := []dist.Part{{Weight: 1, Dist: dist.Must(dist.Constant(1))}, {Weight: 1, Dist: dist.Must(dist.Constant(2))}}
	d := dist.Must(dist.Mixture(parts...))
	before := d.String()
	parts[0] = dist.Part{Weight: 100, Dist: dist.Must(dist.Constant(50))}
	if got := d.String(); got != before {
		t.Errorf("changed from outside: %s", got)
	}
}

// TestPinnedDraws notices if another version of Go draws otherwise: published
// results would change with it. That the draws follow their law is checked elsewhere.
func TestPinnedDraws(t *testing.T) {
	t.Parallel()
	must := dist.Must
	for _, c := range []struct {
		d    dist.Dist
		want [3]float64
	}{
		{must(dist.Exponential(1)), [3]float64{0.59313171513697194, 0.068003458880784295, 0.036496967459790364}},
		{must(dist.Lognormal(1, 1)), [3]float64{0.96980089548430692, 0.75250315854828598, 0.83526544093164889}},
		{must(dist.Gamma(1, 0.5)), [3]float64{1.1105747833979192, 1.0158164649541899, 0.73796134813447101}},
		{must(dist.Gamma(1, 2)), [3]float64{4.5975974274571332, 0.021233096830688438, 0.87996771094930648}},
		{must(dist.Weibull(1, 2)), [3]float64{0.7701504496765369, 0.26077472822492653, 0.1910417950601134}},
		{must(dist.Uniform(0, 1)), [3]float64{0.76937326936507211, 0.61643622373912133, 0.78442800165902149}},
		{must(dist.Triangular(0, 1, 3)), [3]float64{1.8236665507563057, 1.4829691309781228, 1.8627084850198385}},
	} {
		src := rand.NewPCG(1, 2)
		var got [3]float64
		for i := range got {
			got[i] = c.d.Sample(src)
		}
		for i, x := range got {
			near(t, c.d.String(), x, c.want[i], 1e-12)
		}
	}
}
