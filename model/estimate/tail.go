package estimate

import (
	"math"
	"slices"
	"sort"

	"gonum.org/v1/gonum/stat/distuv"
)

// fewBeyond is the number of observations beyond a quantile below which their
// mean is doubtful.
const fewBeyond = 30

// Quantile is the p-quantile of xs, its ⌈np⌉-th smallest entry, with an interval
// between two other order statistics that needs no assumption on the law of xs:
// the number of entries up to the true quantile is binomial, so that
//
//	P( x(l) ≤ quantile ≤ x(u) ) ≥ P( l ≤ Binomial(n, p) < u ) ≥ level
//
// (David and Nagaraja 2003, Order Statistics, 7.1). l and u leave at most half of
// 1 − level on either side; the interval errs on the long side. Where the sample
// has no such entry the bound is infinite: no sample of 64 can say how
// large the 99 % quantile may be.
func Quantile(xs []float64, p, level float64) Estimate {
	mustBeProbability("level", level)
	mustBeProbability("quantile", p)
	xs, missing := observed(xs)
	n := len(xs)
	if n == 0 {
		return doubted(Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN(), Level: level}, missing)
	}
	sorted := slices.Sorted(slices.Values(xs))
	e := Estimate{
		Value: sorted[rank(n, p)-1],
		Low:   math.Inf(-1), High: math.Inf(1),
		Level: level, N: n,
	}
	l, u := bounds(n, p, level)
	if l > 0 {
		e.Low = sorted[l-1]
	}
	if u <= n {
		e.High = sorted[u-1]
	}
	return doubted(e, missing)
}

// rank is ⌈np⌉, at least 1. The product is forgiven its rounding error, so that
// 0.95 of 20 is 19 and not 20.
func rank(n int, p float64) int {
	np := float64(n) * p
	return min(max(int(math.Ceil(np-1e-9*math.Max(1, np))), 1), n)
}

// bounds is the largest l with P(Binomial < l) ≤ tail and the smallest u with
// P(Binomial ≥ u) ≤ tail, tail = (1 − level)/2; l is 0 and u is n+1 where there is none.
func bounds(n int, p, level float64) (l, u int) {
	count := distuv.Binomial{N: float64(n), P: p}
	tail := (1 - level) / 2
	l = sort.Search(n, func(k int) bool { return count.CDF(float64(k)) > tail })
	u = 1 + sort.Search(n, func(k int) bool { return 1-count.CDF(float64(k)) <= tail })
	return l, u
}

// CVaR is the mean of the worst share 1 − p of xs, the largest being the worst
// (conditional value at risk, expected shortfall). With q the p-quantile of xs it
// is the mean over the sample of
//
//	q + max(x − q, 0) / (1 − p)
//
// (Rockafellar and Uryasev 2000, Journal of Risk 2(3), eq. 9), which takes a
// part of the entry at the quantile if n(1 − p) is no whole number. The interval is the t
// interval of that mean, right for large samples since the error of q has no
// effect to first order (Trindade, Uryasev, Shapiro, Zrazhevsky 2007, Journal of
// Banking & Finance 31(11)). With fewer than 30 entries beyond the quantile it
// comes with FewExceedances, and tends to be too short.
func CVaR(xs []float64, p, level float64) Estimate { return CVaRInSets(xs, 1, p, level) }

// CVaRInSets is CVaR of replications that were drawn in sets of so many (see Sets): the
// interval is that of the means of the sets.
func CVaRInSets(xs []float64, size int, p, level float64) Estimate {
	mustBeProbability("quantile", p)
	columns, missing := togetherInSets(size, xs)
	xs = columns[0]
	n := len(xs)
	e := Mean(inSets(worst(xs, p), size), level)
	if missing {
		e.Warnings = append(e.Warnings, MissingReplications)
	}
	if n > 0 && n-rank(n, p) < fewBeyond {
		e.Warnings = append(e.Warnings, FewExceedances)
	}
	return e
}

// inSets are the means of sets; xs itself where sets are of one.
func inSets(xs []float64, size int) []float64 {
	if size <= 1 {
		return xs
	}
	means := Sets(xs, size)
	for i := range means {
		means[i] /= float64(size)
	}
	return means
}

// TailParts are the numbers whose mean is the CVaR of xs, one for each entry: tails are compared by comparing
// these, paired or as independent samples. Few says that fewer than 30 entries lie beyond the
// quantile, where intervals tend to be too short and tests to find too much.
func TailParts(xs []float64, p float64) (parts []float64, few bool) {
	mustBeProbability("quantile", p)
	return worst(xs, p), len(xs)-rank(max(len(xs), 1), p) < fewBeyond
}

// worst are the numbers, one for each entry, whose mean is the CVaR.
func worst(xs []float64, p float64) []float64 {
	parts := make([]float64, len(xs))
	if len(xs) == 0 {
		return parts
	}
	q := slices.Sorted(slices.Values(xs))[rank(len(xs), p)-1]
	for i, x := range xs {
		parts[i] = q + max(x-q, 0)/(1-p)
	}
	return parts
}
