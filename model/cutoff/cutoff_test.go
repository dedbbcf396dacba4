package cutoff_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/cutoff"
)

// No limit, whatever it is, agrees with more cases than the best one.
func TestNoLimitAgreesWithMore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cases := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) cutoff.Case {
			return cutoff.Case{Value: float64(rapid.IntRange(0, 8).Draw(t, "value")), Late: rapid.Bool().Draw(t, "late")}
		}), 1, 30).Draw(t, "cases")
		agrees := func(limit float64) (n int) {
			for _, c := range cases {
				if (c.Value > limit) == c.Late {
					n++
				}
			}
			return n
		}
		best := cutoff.Best(cases)
		if best.Agrees != agrees(best.Limit) || best.Of != len(cases) {
			t.Fatalf("%+v, agrees with %d", best, agrees(best.Limit))
		}
		for limit := -1.; limit < 10; limit += 0.5 {
			if n := agrees(limit); n > best.Agrees {
				t.Fatalf("%v agrees with %d, %+v", limit, n, best)
			}
		}
	})
}

// Flags that chance has made agree with the best limit in more than half of the cases in which it was
// found, and in half of those that it has not seen.
func TestValidationIsNotFittedToItself(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	found, held := 0., 0.
	const rounds = 60
	for range rounds {
		var cases []cutoff.Case
		for i := range 100 {
			cases = append(cases, cutoff.Case{Value: r.Float64(), Late: r.IntN(2) == 0, Day: i % 20, Key: r.Uint64()})
		}
		found += cutoff.Best(cases).Share() / rounds
		held += cutoff.Validated(cases, 0.95).Value / rounds
	}
	if found < 0.55 || math.Abs(held-0.5) > 0.04 {
		t.Errorf("%.3f in the cases it was found in, %.3f in others", found, held)
	}
}

func TestALimitThatTheToolGoesByIsFound(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	var cases []cutoff.Case
	for i := range 3000 {
		v := r.ExpFloat64() * 10
		cases = append(cases, cutoff.Case{Value: v, Late: (v > 8) != (r.IntN(50) == 0), Day: i / 100, Key: uint64(i)})
	}
	best, held := cutoff.Best(cases), cutoff.Validated(cases, 0.95)
	if math.Abs(best.Limit-8) > 0.1 || !(held.Low < 0.98 && 0.98 < held.High) || held.Value > best.Share() {
		t.Errorf("%+v, %+v", best, held)
	}
}
