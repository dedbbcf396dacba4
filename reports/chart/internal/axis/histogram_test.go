package axis

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/outcome"
)

func TestHistogramSharesAddUpToOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		amount := rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(0, 50000), rapid.SampledFrom([]float64{1800, 3600, 9000}))
		values := rapid.SliceOfN(amount, 1, 300).Draw(r, "values")
		slices.Sort(values)
		ruled := New(0, values[len(values)-1], outcome.UnitMoney, 8)
		total := 0.0
		for _, b := range Histogram(values, ruled) {
			total += b.Share
			if b.Share < 0 || b.To < b.From {
				r.Fatalf("bin %v", b)
			}
		}
		if math.Abs(total-1) > 1e-9 {
			r.Fatalf("shares add up to %v", total)
		}
	})
}

func TestHistogramGivesEachStepOfACreditItsBar(t *testing.T) {
	t.Parallel()
	values := []float64{0, 0, 0, 1800, 1800, 3600, 9000, 9000}
	got := Histogram(values, New(0, 9000, outcome.UnitMoney, 8))
	want := []Bin{{0, 0, 3. / 8, false}, {1800, 1800, 2. / 8, false}, {3600, 3600, 1. / 8, false}, {9000, 9000, 2. / 8, false}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
