package estimate_test

import (
	"math"
	"testing"

	"github.com/headroom-sim/headroom/model/estimate"
)

// One-sided confidence is what the two-sided interval says of its ends.
func TestConfidenceInABoundAgreesWithTheInterval(t *testing.T) {
	t.Parallel()
	e := estimate.Mean([]float64{3, 5, 4, 6, 2, 4}, 0.9)
	for bound, want := range map[float64]float64{e.High: 0.95, e.Low: 0.05, e.Value: 0.5} {
		near(t, "confidence", e.AtMost(bound), want, 1e-9)
	}
	same := estimate.Mean([]float64{2, 2, 2}, 0.9)
	if same.AtMost(2) != 1 || same.AtMost(1.99) != 0 {
		t.Errorf("of what never varies: %v, %v", same.AtMost(2), same.AtMost(1.99))
	}
	if one := estimate.Mean([]float64{2}, 0.9); !math.IsNaN(one.AtMost(3)) {
		t.Errorf("of one replication: %v", one.AtMost(3))
	}
}

func TestConfidenceInAShareIsClopperPearsons(t *testing.T) {
	t.Parallel()
	// 59 without a hit are the fewest that make a share of at most 5 % sure by 95 % (Wilks 1941).
	near(t, "59 of 59", estimate.AtMostShare(0, 59, 0.05), 1-math.Pow(0.95, 59), 1e-12)
	if estimate.AtMostShare(0, 58, 0.05) >= 0.95 || estimate.AtMostShare(0, 59, 0.05) < 0.95 {
		t.Error("58 suffice, or 59 do not")
	}
	// 93 with one hit are the fewest.
	if estimate.AtMostShare(1, 92, 0.05) >= 0.95 || estimate.AtMostShare(1, 93, 0.05) < 0.95 {
		t.Error("92 suffice, or 93 do not")
	}
	for _, row := range []struct {
		hits, of    int
		bound, want float64
	}{{3, 3, 0.9, 0}, {3, 3, 1, 1}, {0, 3, 0, 0}, {1, 3, 1, 1}} {
		if got := estimate.AtMostShare(row.hits, row.of, row.bound); got != row.want {
			t.Errorf("%d of %d at most %v: %v, want %v", row.hits, row.of, row.bound, got, row.want)
		}
	}
	if !math.IsNaN(estimate.AtMostShare(0, 0, 0.5)) {
		t.Error("nothing seen, and something is sure")
	}
}
