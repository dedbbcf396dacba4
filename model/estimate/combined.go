package estimate

import "math"

// Combined is a weighted sum of ratios of totals, Σ w[k] · Σnum[k] / Σden[k], such as a difference of
// breach rates or a Shapley value of several, with an interval from the jackknife over replications, which all ratios
// leave out together (see Ratio). A replication in which any of the ratios has a hole is left out.
func Combined(weights []float64, num, den [][]float64, level float64) Estimate {
	columns, missing := together(append(append([][]float64{}, num...), den...)...)
	n := 0
	value := 0.0
	var without []float64
	for k, w := range weights {
		num, den := columns[k], columns[len(weights)+k]
		if n = len(num); without == nil {
			without = make([]float64, n)
		}
		if w == 0 {
			continue
		}
		value += w * sum(num) / nonzero(sum(den))
		for i, x := range leaveOneOut(num, den) {
			without[i] += w * x
		}
	}
	if len(weights) == 0 {
		value = math.NaN()
	}
	return symmetric(value, jackknife(without), n, level, missing)
}
