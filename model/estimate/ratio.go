package estimate

import "math"

// Ratio is Σnum / Σden, such as breached over judged clocks, with an interval
// from the jackknife over replications: θ[i] is the ratio without replication i,
// and
//
//	ratio ± t(n−1) √( (n−1)/n Σ (θ[i] − θ̄)² )
//
// (Efron and Stein 1981, Annals of Statistics 9(3)). It allows for numerator and denominator moving together. If
// Σden is 0, or is without one of the replications, there is no interval.
func Ratio(num, den []float64, level float64) Estimate {
	columns, missing := together(num, den)
	num, den = columns[0], columns[1]
	ratios := leaveOneOut(num, den)
	return symmetric(sum(num)/nonzero(sum(den)), jackknife(ratios), len(num), level, missing)
}

// leaveOneOut is the ratio of totals without each of the replications in turn;
// NaN where nothing is left to divide by.
func leaveOneOut(num, den []float64) []float64 {
	ratios := make([]float64, len(num))
	// Sums from both ends, not total − entry: a denominator that vanishes does so
	// exactly, and huge entries take no digits away from the others.
	before := [2]float64{}
	for i := range num {
		ratios[i] = before[0]
		before[0] += num[i]
	}
	dens := make([]float64, len(den))
	for i := range den {
		dens[i] = before[1]
		before[1] += den[i]
	}
	after := [2]float64{}
	for i := len(num) - 1; i >= 0; i-- {
		ratios[i] = (ratios[i] + after[0]) / nonzero(dens[i]+after[1])
		after[0] += num[i]
		after[1] += den[i]
	}
	return ratios
}

// jackknife is the standard error of a statistic from its values without each
// of the replications in turn.
func jackknife(without []float64) float64 {
	n := float64(len(without))
	return deviation(without) * (n - 1) / math.Sqrt(n)
}

// nonzero is x, or NaN for 0: what is divided by it then counts as not observed
// rather than as infinite.
func nonzero(x float64) float64 {
	if x == 0 {
		return math.NaN()
	}
	return x
}

func sum(xs []float64) float64 {
	total := 0.
	for _, x := range xs {
		total += x
	}
	return total
}
