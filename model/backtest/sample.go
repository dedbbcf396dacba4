package backtest

import (
	"math"
	"slices"
)

// Levels are the nominal shares of the intervals that are judged.
var Levels = [3]float64{0.5, 0.8, 0.95}

// Quantile is the p-quantile of a sorted sample as a forecast of one more value like it: by
// (n+1)p, so that a share p of them lies below whatever the law (Hyndman and Fan 1996, The American
// Statistician 50(4), definition 6).
func Quantile(sorted []float64, p float64) float64 {
	n := len(sorted)
	if n == 0 {
		return math.NaN()
	}
	h := p * float64(n+1)
	i := int(math.Floor(h))
	switch {
	case i < 1:
		return sorted[0]
	case i >= n:
		return sorted[n-1]
	}
	return sorted[i-1] + (h-float64(i))*(sorted[i]-sorted[i-1])
}

// CRPS is the continuous ranked probability score of a sorted sample as a forecast of y: twice the
// pinball loss, averaged over all quantiles, in the unit of y. The less the better. It is the mean distance
// to y less half the mean distance between two of the sample, which are different ones, so that small
// samples are at no disadvantage (Gneiting and Raftery 2007, JASA 102(477), eq. 21; Ferro
// 2014, Quarterly Journal of the Royal Meteorological Society 140(683)). Of a single
// value it is the absolute error.
func CRPS(sorted []float64, y float64) float64 {
	n := float64(len(sorted))
	if n == 0 {
		return math.NaN()
	}
	away, apart := 0., 0.
	for i, x := range sorted {
		away += math.Abs(x - y)
		apart += x * (2*float64(i) + 1 - n) // the sum of distances of all pairs
	}
	if n == 1 {
		return away
	}
	return away/n - apart/(n*(n-1))
}

// IntervalScore is the width of an interval of a level and, where y lies outside, 2/(1 − level)
// for each unit by which it does (Gneiting and Raftery 2007, eq. 43).
func IntervalScore(low, high, y, level float64) float64 {
	return high - low + 2/(1-level)*(max(0, low-y)+max(0, y-high))
}

// known are the values that are numbers, sorted.
func known(values []float64) []float64 {
	var out []float64
	for _, x := range values {
		if !math.IsNaN(x) {
			out = append(out, x)
		}
	}
	slices.Sort(out)
	return out
}
