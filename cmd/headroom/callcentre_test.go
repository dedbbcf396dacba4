package main

import (
	"encoding/json"
	"math"
	"path/filepath"
	"testing"

	"github.com/headroom-sim/headroom/model/outcome"
)

// The call-centre day of L'Ecuyer and Buist, stated as users state scenarios, falls
// inside the joint interval with the published results (10,000 days of SSJ, half-widths
// at 90 %). Its means are daily sums over the 1,660 calls that are expected.
func TestTheCallCentreDayAsAScenario(t *testing.T) {
	t.Parallel()
	code, stdout, stderr := call(t, "run", filepath.Join("testdata", "call-centre-day.yaml"), "--json")
	if code != exitDone {
		t.Fatal(stderr)
	}
	var x outcome.Experiment
	if err := json.Unmarshal([]byte(stdout), &x); err != nil {
		t.Fatal(err)
	}
	const expected = 1660
	for _, row := range []struct {
		name       string
		measure    string
		over       float64
		mean, half float64
	}{
		{"calls a day", outcome.Arrived, 1, 1660.4, 1.55},
		{"wait per expected call", outcome.Wait, expected, 4.713, 0.033},
		{"lost per expected call", outcome.Abandoned, expected, 0.020, 0.00055}, // half a printed digit and its interval
	} {
		m, ok := x.Measure(row.measure, outcome.Labels{})
		if !ok {
			t.Fatalf("no measure %s", row.measure)
		}
		var sum, square float64
		for _, v := range m.Num {
			sum += v / row.over
			square += v / row.over * v / row.over
		}
		n := float64(len(m.Num))
		mean := sum / n
		half := 1.645 * math.Sqrt((square/n-mean*mean)/n)
		// Both intervals at 99.9 %.
		if joint := 2 * math.Hypot(half, row.half); math.Abs(mean-row.mean) > joint {
			t.Errorf("%s: %.5g, published %.5g, apart by more than %.2g", row.name, mean, row.mean, joint)
		}
	}
}
