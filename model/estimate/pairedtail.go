package estimate

import (
	"math"
	"math/bits"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/headroom-sim/headroom/model/dist"
)

// resamples is how often the bootstrap draws: one less than a multiple of 1,000, so that the
// limits of the usual levels are entries of the sorted resamples.
const resamples = 1999

// PairedQuantile is the p-quantile of b minus that of a, and the one over the other, with
// the limits of the bootstrap over pairs: as many pairs as there are are drawn with
// replacement, 1,999 times, and of each draw both quantiles are taken; the interval leaves
// out an equal share of the draws on either side (percentile interval: Efron 1979, Annals of
// Statistics 7(1); Efron and Tibshirani 1993, An Introduction to the Bootstrap, 13.3). A pair
// stays a pair, so what both scenarios share cancels. The draws come from the source: the
// same source gives the same interval.
//
// The bootstrap sees nothing beyond the largest entry. Where the order statistics of one
// sample bound its quantile on one side only (see Quantile), the difference comes with
// FewExceedances, and its interval tends to be too short. The quotient has no interval where
// a draw divides by nothing.
func PairedQuantile(a, b []float64, p, level float64, source dist.Source) (Difference, Estimate) {
	return PairedQuantileInSets(a, b, 1, p, level, source)
}

// PairedQuantileInSets is PairedQuantile of replications that were drawn in sets of so many (see
// Sets): the bootstrap draws whole sets.
func PairedQuantileInSets(a, b []float64, size int, p, level float64, source dist.Source) (Difference, Estimate) {
	mustBeProbability("quantile", p)
	mustBeProbability("level", level)
	size = max(size, 1)
	columns, missing := togetherInSets(size, a, b)
	x, y := newDrawn(columns[0], p), newDrawn(columns[1], p)
	n := len(x.values)
	if n == 0 {
		none := symmetric(math.NaN(), math.NaN(), 0, level, missing)
		return Difference{none, math.NaN()}, none
	}
	change, times := make([]float64, resamples), make([]float64, resamples)
	of := [2][]float64{make([]float64, resamples), make([]float64, resamples)}
	often := make([]int, n)
	for r := range resamples {
		clear(often)
		for range n / size {
			set, _ := bits.Mul64(source.Uint64(), uint64(n/size))
			for k := range size {
				often[int(set)*size+k]++
			}
		}
		qx, qy := x.quantile(often), y.quantile(often)
		of[0][r], of[1][r] = qx, qy
		change[r], times[r] = qy-qx, qy/nonzero(qx)
	}
	every := slices.Repeat([]int{1}, n)
	qx, qy := x.quantile(every), y.quantile(every)
	ratio := stat.Variance(change, nil) / nonzero(stat.Variance(of[0], nil)+stat.Variance(of[1], nil))
	var few []Warning
	if l, u := bounds(n, p, level); l == 0 || u > n {
		few = []Warning{FewExceedances}
	}
	interval := func(value float64, draws []float64) Estimate {
		e := Estimate{Value: value, Low: math.NaN(), High: math.NaN(), Level: level, N: n}
		if n > 1 && !slices.ContainsFunc(draws, math.IsNaN) {
			slices.Sort(draws)
			k := max(int(math.Floor((resamples+1)*(1-level)/2+1e-9)), 1)
			e.Low, e.High = draws[k-1], draws[resamples-k]
		}
		e = doubted(e, missing)
		e.Warnings = append(e.Warnings, few...)
		return e
	}
	return Difference{interval(qy-qx, change), ratio}, interval(qy/nonzero(qx), times)
}

// drawn is a sample of which quantiles are taken by how often each entry was drawn.
type drawn struct {
	values []float64
	order  []int // by falling value
	above  int   // the entries beyond the quantile, in a draw of the sample's size
}

func newDrawn(values []float64, p float64) *drawn {
	d := &drawn{values: values, order: make([]int, len(values))}
	for i := range d.order {
		d.order[i] = i
	}
	slices.SortStableFunc(d.order, func(i, k int) int {
		switch {
		case values[i] > values[k]:
			return -1
		case values[i] < values[k]:
			return 1
		}
		return 0
	})
	if n := len(values); n > 0 {
		d.above = n - rank(n, p)
	}
	return d
}

func (d *drawn) quantile(often []int) float64 {
	passed := 0
	for _, i := range d.order {
		if passed += often[i]; passed > d.above {
			return d.values[i]
		}
	}
	return math.NaN()
}

// PairedCVaR is the CVaR of b minus that of a, and the one over the other. Each CVaR is the
// mean of a part of every replication (see CVaR), and to first order nothing but these
// parts moves it, so the interval of the difference is that of the paired parts (Trindade,
// Uryasev, Shapiro, Zrazhevsky 2007, Journal of Banking & Finance 31(11), applied to pairs)
// and that of the quotient is a jackknife over them (see PairedQuotient). As of a single CVaR,
// fewer than 30 entries beyond the quantile come with FewExceedances.
func PairedCVaR(a, b []float64, p, level float64) (Difference, Estimate) {
	return PairedCVaRInSets(a, b, 1, p, level)
}

// PairedCVaRInSets is PairedCVaR of replications that were drawn in sets of so many (see Sets).
func PairedCVaRInSets(a, b []float64, size int, p, level float64) (Difference, Estimate) {
	mustBeProbability("quantile", p)
	columns, missing := togetherInSets(size, a, b)
	x, y := inSets(worst(columns[0], p), size), inSets(worst(columns[1], p), size)
	ones := slices.Repeat([]float64{1}, len(x))
	d, q := Paired(x, y, level), PairedQuotient(x, ones, y, ones, level)
	for _, e := range []*Estimate{&d.Estimate, &q} {
		if missing {
			e.Warnings = append(e.Warnings, MissingReplications)
		}
		if n := len(columns[0]); n > 0 && n-rank(n, p) < fewBeyond {
			e.Warnings = append(e.Warnings, FewExceedances)
		}
	}
	return d, q
}
