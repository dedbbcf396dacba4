package estimate

import (
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Share is Σnum / Σden of things that are so or not so, such as clocks that are late, in
// clusters that hang together, such as days. The interval is that of Clopper and Pearson (1934,
// Biometrika 26(4)) for as many independent things as tell equally much: n over the design effect, which
// is the variance of the share between clusters over p(1−p)/n, and
//
//	n* = n / effect × ( t(n−1) / t(d−1) )²,   at most n
//
// for d clusters (Korn and Graubard 1998, Survey Methodology 24(2), section 3). So it lies within
// [0, 1], and says of none in thirty what it can. With fewer than two clusters there is no interval.
func Share(num, den []float64, level float64) Estimate {
	columns, missing := together(num, den)
	num, den = filled(columns[0], columns[1])
	d, n := len(num), sum(den)
	e := Estimate{Value: sum(num) / nonzero(n), Low: math.NaN(), High: math.NaN(), Level: level, N: d}
	if d < 2 {
		student(1, level) // refuses a level that is none
		return doubted(e, missing)
	}
	p := e.Value
	fewer := n
	if v := p * (1 - p) / n; v > 0 {
		if between := betweenClusters(num, den, p); between > 0 {
			fewer = n * v / between
		}
	}
	ratio := student(max(int(n)-1, 1), level) / student(d-1, level)
	fewer = min(fewer*ratio*ratio, n)
	e.Low, e.High = exact(p*fewer, fewer, level)
	return doubted(e, missing)
}

// filled are the clusters in which there is anything.
func filled(num, den []float64) (a, b []float64) {
	for i, x := range den {
		if x > 0 {
			a, b = append(a, num[i]), append(b, x)
		}
	}
	return a, b
}

// betweenClusters is the variance of Σnum/Σden, which is p, by how clusters differ.
func betweenClusters(num, den []float64, p float64) float64 {
	d, n, squares := float64(len(num)), 0., 0.
	for i, x := range num {
		rest := x - p*den[i]
		squares += rest * rest
		n += den[i]
	}
	return d / (d - 1) * squares / (n * n)
}

// exact is the interval of Clopper and Pearson, for counts that need not be whole.
func exact(x, n, level float64) (low, high float64) {
	tail := (1 - level) / 2
	low, high = 0, 1
	if x > 0 {
		low = distuv.Beta{Alpha: x, Beta: n - x + 1}.Quantile(tail)
	}
	if x < n {
		high = distuv.Beta{Alpha: x + 1, Beta: n - x}.Quantile(1 - tail)
	}
	return low, high
}

// QuantileInClusters is Quantile of entries that hang together in clusters, such as the waits of
// a day: cluster[i] is that of xs[i]. The order statistics are those of as many independent entries as tell
// the share below the quantile equally well (see Share).
func QuantileInClusters(xs []float64, cluster []int, p, level float64) Estimate {
	e := Quantile(xs, p, level)
	var kept []float64
	below, all := map[int]float64{}, map[int]float64{}
	for i, x := range xs {
		if hole(x) {
			continue
		}
		kept = append(kept, x)
		all[cluster[i]]++
		if x <= e.Value {
			below[cluster[i]]++
		}
	}
	if len(kept) == 0 {
		return e
	}
	e.N = len(all)
	if len(all) < 2 {
		e.Low, e.High, e.Warnings = math.NaN(), math.NaN(), nil
		return doubted(e, len(kept) < len(xs))
	}
	num, den := make([]float64, 0, len(all)), make([]float64, 0, len(all))
	for _, k := range slices.Sorted(maps.Keys(all)) {
		num, den = append(num, below[k]), append(den, all[k])
	}
	share, n := sum(num)/sum(den), sum(den)
	effect := betweenClusters(num, den, share) / nonzero(share*(1-share)/n)
	ratio := student(len(all)-1, level) / student(max(len(kept)-1, 1), level)
	if effect *= ratio * ratio; effect > 1 {
		e.Low, e.High = orderBounds(slices.Sorted(slices.Values(kept)), min(effect, n), p, level)
	}
	return e
}

// Kappa is Cohen's κ of two judges who say yes or no: their agreement beyond what chance alone would
// bring, over what it could be at most,
//
//	κ = (p − e) / (1 − e),   e = yes₁ yes₂ + no₁ no₂
//
// (Cohen 1960, Educational and Psychological Measurement 20(1)). Each cluster has its counts of yes-yes,
// yes-no, no-yes and no-no; the interval is from the jackknife over clusters (see Ratio). It is NaN
// where one of them says the same of everything and the other too.
func Kappa(clusters [][4]float64, level float64) Estimate {
	var all [4]float64
	for _, c := range clusters {
		for i, x := range c {
			all[i] += x
		}
	}
	var without []float64
	for _, c := range clusters {
		if c == ([4]float64{}) {
			continue
		}
		rest := all
		for i, x := range c {
			rest[i] -= x
		}
		without = append(without, kappa(rest))
	}
	return symmetric(kappa(all), jackknife(without), len(without), level, false)
}

func kappa(c [4]float64) float64 {
	n := c[0] + c[1] + c[2] + c[3]
	first, second := (c[0]+c[1])/nonzero(n), (c[0]+c[2])/nonzero(n)
	chance := first*second + (1-first)*(1-second)
	return ((c[0]+c[3])/nonzero(n) - chance) / nonzero(1-chance)
}

// Enriched is the chance that as many of a group's trials, or more, come out so as did, if its
// share were that of the whole to which it belongs: the tail of the hypergeometric law (Fisher 1935, The
// Design of Experiments, section 11). some of its trials are so, and all of all.
func Enriched(some, trials, all, whole int) float64 {
	if some <= 0 {
		return 1
	}
	p := 0.
	for k := some; k <= min(trials, all); k++ {
		if trials-k <= whole-all {
			p += math.Exp(choose(all, k) + choose(whole-all, trials-k) - choose(whole, trials))
		}
	}
	return min(p, 1)
}

// choose is the logarithm of the number of ways to choose k of n.
func choose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}

// FalseDiscovery adjusts p-values for looking at all of them at once: of those whose adjusted value is
// at most q, a share of q at most is expected to be false alarms,
//
//	q(i) = min over j ≥ i of m p(j) / j,   p(1) ≤ … ≤ p(m)
//
// (Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57(1)). Values that are NaN stay so
// and do not count. It finds more than Holm, which allows for no false alarm at all.
func FalseDiscovery(ps []float64) []float64 {
	out := make([]float64, len(ps))
	var order []int
	for i, p := range ps {
		out[i] = p
		if !math.IsNaN(p) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case ps[a] > ps[b]:
			return -1
		case ps[a] < ps[b]:
			return 1
		}
		return 0
	})
	least, m := 1., float64(len(order))
	for k, i := range order {
		least = min(least, m*ps[i]/(m-float64(k)))
		out[i] = least
	}
	return out
}
