package erlang_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/headroom-sim/headroom/model/erlang"
)

func TestOfferedLoadFollowsItsEquation(t *testing.T) {
	t.Parallel()
	rates := []float64{1, 10, 10, 0, 3}
	const step, handle, start = 30., 12., 5.
	got, err := erlang.OfferedLoad(start, rates, step, handle)
	if err != nil {
		t.Fatal(err)
	}
	// m' = rate − m/handle in small steps of the midpoint rule.
	const small = 100000
	m := start
	for i, rate := range rates {
		h := step / float64(small)
		for range small {
			half := m + h/2*(rate-m/handle)
			m += h * (rate - half/handle)
		}
		closeTo(t, fmt.Sprintf("load after step %d", i), got[i], m, 1e-7)
	}
}

func TestOfferedLoadOfAConstantRateIsTheLoad(t *testing.T) {
	t.Parallel()
	got, err := erlang.OfferedLoad(10, []float64{2, 2, 2}, 7, 5)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range got {
		near(t, "load", m, 10, 1e-12)
	}
	// A step much longer than a handling time forgets the past.
	got, err = erlang.OfferedLoad(1e6, []float64{3}, 1e4, 5)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "load after a long step", got[0], 15, 1e-9)
	if none, err := erlang.OfferedLoad(1, nil, 1, 1); err != nil || len(none) != 0 {
		t.Errorf("no steps: %v, %v", none, err)
	}
}

func TestOfferedLoadRefusesNonsense(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ start, rate, step, handle float64 }{
		{-1, 1, 1, 1}, {math.Inf(1), 1, 1, 1}, {0, -1, 1, 1}, {0, math.NaN(), 1, 1}, {0, math.Inf(1), 1, 1},
		{0, 1, 0, 1}, {0, 1, math.NaN(), 1}, {0, 1, 1, 0}, {0, 1, 1, math.Inf(1)},
	} {
		if got, err := erlang.OfferedLoad(c.start, []float64{c.rate}, c.step, c.handle); err == nil {
			t.Errorf("%+v gives %v", c, got)
		}
	}
}

func ExampleOfferedLoad() {
	// A rush of an hour, 12 minutes of work each, seen every quarter of an hour:
	// the work arrives later than the customers, and stays longer.
	perMinute := []float64{2, 2, 10, 10, 10, 10, 2, 2, 2}
	loads, _ := erlang.OfferedLoad(24, perMinute, 15, 12)
	for _, m := range loads {
		fmt.Printf("%.0f ", m)
	}
	// Output: 24 24 92 112 118 119 51 32 26
}
