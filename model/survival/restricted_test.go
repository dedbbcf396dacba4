package survival_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/headroom-sim/headroom/model/survival"
)

// By hand: of 1, 2, 3 and 5 within 4 the mean is (1 + 2 + 3 + 4)/4, and where nothing is cut off before, the variance is that of the mean of
// what each lasts, by n in place of n - 1. Where half of a sample of an exponential law is cut off, the mean within 2 is 1 - exp(-2) still.
func TestTheRestrictedMeanIsThatOfWhatIsSeen(t *testing.T) {
	t.Parallel()
	e := survival.Restricted(&survival.Sample{Exact: []float64{1, 2, 3, 5}}, 4, 0.95)
	if half := 1.959964 * math.Sqrt(1.25/4); math.Abs(e.Value-2.5) > 1e-12 || math.Abs(e.High-e.Value-half) > 1e-6 {
		t.Errorf("got %+v, want 2.5 and %v", e, half)
	}
	r := rand.New(rand.NewPCG(1, 2))
	held := 0
	for range 200 {
		s := &survival.Sample{}
		for range 150 {
			if x, c := r.ExpFloat64(), r.ExpFloat64(); x <= c {
				s.Exact = append(s.Exact, x)
			} else {
				s.Censored = append(s.Censored, c)
			}
		}
		if e := survival.Restricted(s, 2, 0.95); e.Low <= 1-math.Exp(-2) && 1-math.Exp(-2) <= e.High {
			held++
		}
	}
	if held < 177 {
		t.Errorf("%d of 200 intervals hold the truth", held)
	}
	if e := survival.Restricted(&survival.Sample{}, 4, 0.95); e.Value != 0 || e.N != 0 {
		t.Errorf("of nothing: %+v", e)
	}
}
