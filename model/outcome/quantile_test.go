package outcome

import (
	"math"
	"testing"
)

func TestQuantilesOfDistributions(t *testing.T) {
	t.Parallel()
	inf := math.Inf(1)
	for _, c := range []struct {
		name  string
		upper []float64
		count []uint64
		p     float64
		want  float64
	}{
		{"in the middle of a bin", []float64{10, 20, 30}, []uint64{0, 100, 0}, 0.5, 15},
		{"at the end of a bin", []float64{10, 20, 30}, []uint64{50, 50, 0}, 0.5, 10},
		{"over several bins", []float64{10, 20, 30}, []uint64{10, 10, 80}, 0.6, 25},
		{"in the first bin from zero", []float64{10}, []uint64{4}, 0.25, 2.5},
		{"in a bin without end", []float64{10, inf}, []uint64{1, 9}, 0.9, 10},
		{"all", []float64{10, 20}, []uint64{1, 1}, 1, 20},
		{"nothing", []float64{10, 20}, []uint64{0, 0}, 0.5, math.NaN()},
		{"a broken file", []float64{10}, []uint64{1, 1}, 0.5, math.NaN()},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := (&Waits{Upper: c.upper, Count: c.count}).Quantile(c.p)
			if got != c.want && !(math.IsNaN(got) && math.IsNaN(c.want)) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
