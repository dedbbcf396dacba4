package targets_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/targets"
)

// Of exponential waits with a mean of an hour a target keeps 1 − exp(−t): the curve holds it within its intervals
// nearly everywhere, rises, and ends where all is kept.
func TestACurveIsThatOfTheLaw(t *testing.T) {
	t.Parallel()
	waits := desk(90, 60, 3)
	end := time.Duration(90) * 24 * time.Hour
	curve := targets.Curve(waits, end, 0.95)
	if len(curve) < 10 {
		t.Fatalf("%d points", len(curve))
	}
	for i, p := range curve {
		if i > 0 && (p.Target <= curve[i-1].Target || p.Kept.Value < curve[i-1].Kept.Value) {
			t.Errorf("at %v: %v kept after %v", p.Target, p.Kept.Value, curve[i-1].Kept.Value)
		}
		if p.Kept.Low > p.Kept.Value || p.Kept.High < p.Kept.Value {
			t.Errorf("at %v: %v lies outside of %v to %v", p.Target, p.Kept.Value, p.Kept.Low, p.Kept.High)
		}
	}
	if last := curve[len(curve)-1].Kept.Value; last != 1 {
		t.Errorf("the last target keeps %v", last)
	}
	if targets.Curve(waits[:targets.Fewest-1], end, 0.95) != nil {
		t.Error("too few waits make a curve")
	}
	for _, p := range targets.Propose(waits, end, 0.95) {
		for _, c := range curve {
			if c.Target == p.Target && c.Kept.Value != p.Fitted.Value {
				t.Errorf("at %v the curve keeps %v and the proposal %v", p.Target, c.Kept.Value, p.Fitted.Value)
			}
		}
	}
}

func TestACurveOfBinsIsTheirSum(t *testing.T) {
	t.Parallel()
	b := &targets.Binned{Upper: []float64{60, 3600, math.Inf(1)}, Count: []uint64{300, 600, 100}}
	for _, p := range b.Curve(0.95) {
		want := 0.0
		switch {
		case p.Target >= time.Hour:
			want = 0.9
		case p.Target >= time.Minute:
			want = 0.3
		}
		if p.Kept.Value != want || !math.IsNaN(p.Kept.Low) {
			t.Errorf("%v keeps %+v, want %v without an interval", p.Target, p.Kept, want)
		}
	}
	if (&targets.Binned{}).Curve(0.95) != nil {
		t.Error("nothing makes a curve")
	}
}
