package estimate

import (
	"fmt"
	"math"
)

// Truncation says where a series has settled.
type Truncation struct {
	Cut int // how many observations at the beginning to leave out
	// Settled is false if the first half of the series is not enough: the cut is
	// then only where the search ended, and the series should be longer.
	Settled bool
}

// MSER is how much of the beginning of a series to leave out, by the marginal
// standard error rule on means of batches of so many observations (MSER-5 with
// batches of 5: White 1997, Simulation 69(6); White, Cobb and Spratt 2000): the d that makes
//
//	Σ_{i>d} (Y[i] − Ȳ(d))² / (m − d)²
//
// smallest, with Y the m batch means and Ȳ(d) their mean without the first d. It is looked for in
// the first half; at its end the rule has failed (White and Robinson 2010, Journal of
// Simulation 4(4)). Entries that are not numbers, and what is left of the last batch,
// are not used. Below ten batches nothing can be said: Settled is false.
func MSER(xs []float64, batch int) Truncation {
	if batch < 1 {
		panic(fmt.Sprintf("estimate: batches of %d", batch))
	}
	ys := make([]float64, 0, len(xs)/batch)
	for i := 0; i+batch <= len(xs); i += batch {
		sum := 0.
		for _, x := range xs[i : i+batch] {
			sum += x
		}
		ys = append(ys, sum/float64(batch))
	}
	m := len(ys)
	if m < 10 {
		return Truncation{}
	}
	// From the end, so that mean and sum of squares grow by one batch at a time
	// (Welford 1962).
	best, at := math.Inf(1), 0
	mean, squares, n := 0., 0., 0.
	for d := m - 1; d >= 0; d-- {
		if hole(ys[d]) {
			continue
		}
		n++
		step := ys[d] - mean
		mean += step / n
		squares += step * (ys[d] - mean)
		if score := squares / (n * n); d <= m/2 && score <= best {
			best, at = score, d
		}
	}
	return Truncation{Cut: at * batch, Settled: at < m/2}
}

// Seasonal splits a series into what is usual at each place of a cycle of period entries
// and the rest. The usual value is the mean over the cycles of the second half, which
// a beginning does not reach; to what it is made of itself an entry is compared with the
// others alone, so that it looks no less noisy there than elsewhere. There must be four
// cycles or more. A period of 0 has no cycle: the rest is the series.
func Seasonal(xs []float64, period int) (usual, rest []float64) {
	n := len(xs)
	usual, rest = make([]float64, n), make([]float64, n)
	if period == 0 {
		copy(rest, xs)
		return usual, rest
	}
	if period < 0 || n < 4*period {
		panic(fmt.Sprintf("estimate: a cycle of %d in %d entries", period, n))
	}
	// Whole cycles, counted from the end, that lie in the second half.
	from := n - n/2/period*period
	cycles := float64((n - from) / period)
	sums := make([]float64, period)
	for i := from; i < n; i++ {
		sums[i%period] += xs[i]
	}
	for i, x := range xs {
		usual[i] = sums[i%period] / cycles
		if i < from {
			rest[i] = x - usual[i]
		} else {
			rest[i] = x - (sums[i%period]-x)/(cycles-1)
		}
	}
	return usual, rest
}
