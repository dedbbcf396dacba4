package survival_test

import (
	"math/rand/v2"
	"testing"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/survival"
)

// p is the goodness of fit of a family to durations of a law.
func p(t *testing.T, truth dist.Dist, family survival.Family, seed uint64, n int) float64 {
	t.Helper()
	s := draw(truth, seed, n)
	l, err := survival.Fit(s, family, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	g, err := survival.Judge(s, l, rand.New(rand.NewPCG(seed, 3)), 39)
	if err != nil {
		t.Fatal(err)
	}
	return g.P
}

func TestALawThatFitsIsSeldomDoubted(t *testing.T) {
	t.Parallel()
	doubted := 0
	for seed := range uint64(40) {
		if p(t, dist.Must(dist.Lognormal(540, 0.8)), survival.Lognormal, seed, 200) <= 0.1 {
			doubted++
		}
	}
	if doubted > 12 { // 4 are to be expected; more than 12 in fewer than one of ten thousand
		t.Errorf("a tenth of right laws should be doubted at 10 %%, and %d of 40 are", doubted)
	}
}

func TestALawThatDoesNotFitIsDoubted(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		if got := p(t, dist.Must(dist.Lognormal(540, 1.5)), survival.Exponential, seed, 500); got > 0.05 {
			t.Errorf("durations that are lognormal are taken for exponential, p %v", got)
		}
	}
}
