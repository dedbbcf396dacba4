package estimate

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// Sets adds up the entries of each set of so many consecutive replications. Where
// replications were drawn in sets, one making up for the chance of another, those of a
// set depend on one another and the sets do not: the sums are what an interval may
// rest on (for Latin hypercubes: McKay, Beckman and Conover 1979, Technometrics 21(2); Owen
// 1992, Statistica Sinica 2). Ratios of totals stay what they are. Replications
// after the last whole set are left out; a hole in one makes a hole of its set. With sets of
// one it is xs itself.
func Sets(xs []float64, size int) []float64 {
	if size <= 1 {
		return xs
	}
	sums := make([]float64, 0, len(xs)/size)
	for set := range slices.Chunk(xs[:len(xs)/size*size], size) {
		sums = append(sums, sum(set))
	}
	return sums
}

// togetherInSets is together by sets: without those in which any column has a hole, or
// that are not whole.
func togetherInSets(size int, columns ...[]float64) ([][]float64, bool) {
	if size <= 1 {
		return together(columns...)
	}
	sums := make([][]float64, len(columns))
	for k, c := range columns {
		sums[k] = Sets(c, size)
	}
	kept, missing := make([][]float64, len(columns)), false
	for i := range sums[0] {
		if slices.ContainsFunc(sums, func(c []float64) bool { return hole(c[i]) }) {
			missing = true
			continue
		}
		for k, c := range columns {
			kept[k] = append(kept[k], c[i*size:(i+1)*size]...)
		}
	}
	return kept, missing
}

// QuantileInSets is Quantile of replications that were drawn in sets. The order
// statistics are those of as many independent replications as tell the share below the
// quantile equally well: n over the design effect, the variance of that share between sets
// over that of independent replications (Korn and Graubard 1998, Survey Methodology
// 24(2)), which counts as 1 where it is less.
func QuantileInSets(xs []float64, size int, p, level float64) Estimate {
	e := Quantile(xs, p, level)
	kept, _ := observed(xs)
	if size <= 1 || len(kept) < 2*size {
		return e
	}
	below := make([]float64, len(xs))
	for i, x := range xs {
		if hole(x) {
			below[i] = math.NaN()
		} else if x <= e.Value {
			below[i] = 1
		}
	}
	shares, _ := observed(Sets(below, size))
	effect := stat.Variance(shares, nil) / (float64(size) * p * (1 - p))
	effect = min(max(effect, 1), float64(size)) // a set tells as much as one replication, at least
	if !(effect > 1) {
		return e
	}
	e.Low, e.High = orderBounds(slices.Sorted(slices.Values(kept)), effect, p, level)
	return e
}

// orderBounds are the order statistics that bound a quantile, of a sorted sample that tells as much as
// one that is smaller by a design effect.
func orderBounds(sorted []float64, effect, p, level float64) (low, high float64) {
	n := float64(len(sorted))
	fewer := max(int(n/effect), 1)
	l, u := bounds(fewer, p, level)
	low, high = math.Inf(-1), math.Inf(1)
	if l > 0 {
		low = sorted[max(int(float64(l)*n/float64(fewer)), 1)-1]
	}
	if u <= fewer {
		high = sorted[min(int(math.Ceil(float64(u)*n/float64(fewer))), len(sorted))-1]
	}
	return low, high
}

// Gain says how many times the replications would have had to be if each had been drawn
// by itself, with nothing corrected, for an interval of Σnum/Σden as narrow as half is. It is
//
//	( t(n−1) σ / (√n half) )²,  σ² = ((n−1) s² + n v) / n
//
// with s² the sample variance of the linear parts z of the ratio (see Controlled), and v the squared
// standard error of their mean between sets: s² by itself falls short of the variance of a
// single replication, by the dependence within sets.
//
// Where half is that of the ratio between sets, which is what a half of 0 asks for, the bounds are
// the jackknife's over sets, on the logarithm; else there are none, and the value is a
// guess. It is NaN where nothing varies.
func Gain(num, den []float64, size int, half, level float64) Estimate {
	columns, missing := together(num, den)
	num, den = columns[0], columns[1]
	n := len(num) / max(size, 1) * max(size, 1)
	sets := n / max(size, 1)
	none := Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN(), Level: level, N: sets}
	if missing || sets < few {
		return doubted(none, missing)
	}
	z := linear(num[:n], den[:n])
	perSet := Sets(z, size)
	if half > 0 {
		one, _ := spreads(z, perSet, size)
		none.Value = math.Pow(student(n-1, level)*math.Sqrt(one/float64(n))/half, 2)
		return doubted(none, false)
	}
	freedom := math.Pow(student(n-1, level)/student(sets-1, level), 2)
	ratio := func(z, perSet []float64) float64 {
		one, mean := spreads(z, perSet, size)
		return freedom * one / float64(len(z)) / nonzero(mean)
	}
	without := make([]float64, sets)
	for i := range sets {
		rest := slices.Concat(z[:i*size], z[(i+1)*size:])
		without[i] = math.Log(ratio(rest, slices.Concat(perSet[:i], perSet[i+1:])))
	}
	e := symmetric(math.Log(ratio(z, perSet)), jackknife(without), sets, level, false)
	e.Value, e.Low, e.High = math.Exp(e.Value), math.Exp(e.Low), math.Exp(e.High)
	return e
}

// spreads are the variance of a single replication and the squared standard error of the
// mean of all, from replications in sets.
func spreads(z, perSet []float64, size int) (one, mean float64) {
	n := float64(len(z))
	mean = stat.Variance(perSet, nil) / float64(size*size) / float64(len(perSet))
	return ((n-1)*stat.Variance(z, nil) + n*mean) / n, mean
}

// linear are numbers whose mean is Σnum/Σden, with the ratio's variance to first order (delta
// method).
func linear(num, den []float64) []float64 {
	ratio := sum(num) / sum(den)
	average := sum(den) / float64(len(den))
	z := make([]float64, len(num))
	for i := range z {
		z[i] = ratio + (num[i]-ratio*den[i])/average
	}
	return z
}
