package chart

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/reports/chart/internal/axis"
)

func TestAPlaceIsANumberWhateverTheValueAndTheAxis(t *testing.T) {
	t.Parallel()
	const largest, least = math.MaxFloat64, math.SmallestNonzeroFloat64
	for _, c := range []struct {
		name         string
		low, high, x float64
		want         float64
	}{
		{"the middle", 0, 10, 5, 50},
		{"below", 0, 10, -5, -50},
		{"an axis over all numbers", -largest, largest, 0, 50},
		{"the end of it", -largest, largest, largest, 100},
		{"the largest on a small axis", 0, 1e-200, largest, 100 * beyond},
		{"the same downwards", 0, 1e-200, -largest, -100 * beyond},
		{"an axis of one value, and that value", 3, 3, 3, 0},
		{"an axis of one value, and another", 3, 3, 4, 100 * beyond},
		{"an axis too short to be halved", 0, least, 1, 100 * beyond},
		{"no number", 0, 1, math.NaN(), 0},
		{"an infinite one", 0, 1, math.Inf(1), 100 * beyond},
		{"an axis without numbers", math.NaN(), math.NaN(), 1, 0},
	} {
		if got := float64((scale{c.low, c.high, 0, 100}).at(c.x)); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		s := scale{rapid.Float64().Draw(r, "low"), rapid.Float64().Draw(r, "high"), 40, 940}
		x := rapid.Float64().Draw(r, "x")
		for _, at := range []float64{float64(s.at(x)), float64(s.clamped(x))} {
			if math.IsNaN(at) || math.Abs(at) > 1e6 {
				r.Fatalf("%v on an axis from %v to %v is at %v", x, s.low, s.high, at)
			}
		}
	})
}

// Credits as a broken file may hold them: off the axis, at the ends of what a number holds, or all alike.
func TestCreditsThatNoAxisHoldsAreDrawnAtNumbers(t *testing.T) {
	t.Parallel()
	const largest = math.MaxFloat64
	for name, values := range map[string][]float64{
		"the largest number":         {largest},
		"the smallest":               {-largest, -largest},
		"both":                       {-largest, 0, largest},
		"next to nothing":            {0, math.SmallestNonzeroFloat64, 1e-300},
		"next to nothing and a lot":  {1e-300, largest},
		"all alike and very many":    {1e17, 1e17, 1e17},
		"a step below what is shown": {1e17, 1e17 + 16},
	} {
		for _, mark := range []float64{0, -largest, largest, 1e-300, math.Inf(1)} {
			var b bytes.Buffer
			if err := WriteSVG(&b, Distribution{Values: values, Marks: []Mark{{Name: "mean", Value: mark}}}); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(b.String(), "Inf") || strings.Contains(b.String(), "NaN") {
				t.Errorf("%s with a mark at %v: a coordinate is no number", name, mark)
			}
		}
		ruled := axis.New(math.Min(values[0], 0), values[len(values)-1], "", 8)
		if !(ruled.High() > ruled.Low()) {
			t.Errorf("%s: an axis from %v to %v", name, ruled.Low(), ruled.High())
		}
	}
}
