package dist

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Mean is the expected amount; NaN for the zero Dist.
func (d Dist) Mean() float64 {
	switch d.kind {
	case constant, exponential, lognormal, gamma:
		return d.a
	case lognormalMedian:
		return d.a * math.Sqrt(1+d.b*d.b)
	case weibull:
		return d.a * math.Gamma(1+d.d)
	case uniform:
		return d.a + (d.b-d.a)/2
	case triangular:
		return d.a + (d.b-d.a)/3 + (d.c-d.a)/3
	case mixed:
		sum := 0.
		for _, p := range d.mix.parts {
			sum += p.Weight * p.Dist.Mean()
		}
		return sum
	}
	return math.NaN()
}

// Variance is the expected squared distance from the mean; NaN for the zero
// Dist.
func (d Dist) Variance() float64 {
	switch d.kind {
	case constant:
		return 0
	case exponential:
		return d.a * d.a
	case lognormal, lognormalMedian, gamma:
		sd := d.Mean() * d.b
		return sd * sd
	case weibull:
		one, two := math.Gamma(1+d.d), math.Gamma(1+2*d.d)
		return d.a * d.a * max(two-one*one, 0)
	case uniform:
		return (d.b - d.a) * (d.b - d.a) / 12
	case triangular:
		u, w := d.b-d.a, d.c-d.a
		return (w*(w-u) + u*u) / 18
	case mixed:
		mean, sum := d.Mean(), 0.
		for _, p := range d.mix.parts {
			off := p.Dist.Mean() - mean
			sum += p.Weight * (p.Dist.Variance() + off*off)
		}
		return sum
	}
	return math.NaN()
}

// CDF is the probability of at most x; NaN for the zero Dist or if x is NaN.
func (d Dist) CDF(x float64) float64 {
	switch {
	case d.kind == none || math.IsNaN(x):
		return math.NaN()
	case x < 0:
		return 0
	case math.IsInf(x, 1):
		return 1
	}
	switch d.kind {
	case constant:
		if x < d.a {
			return 0
		}
		return 1
	case exponential:
		return -math.Expm1(-x / d.a)
	case lognormal, lognormalMedian:
		return math.Erfc(-(math.Log(x)-d.d)/(d.e*math.Sqrt2)) / 2
	case gamma:
		return mathext.GammaIncReg(1/(d.b*d.b), x/d.c)
	case weibull:
		return -math.Expm1(-math.Pow(x/d.a, d.b))
	case uniform:
		return min(max((x-d.a)/(d.b-d.a), 0), 1)
	case triangular:
		return d.triangularCDF(x)
	}
	sum := 0.
	for _, p := range d.mix.parts {
		sum += p.Weight * p.Dist.CDF(x)
	}
	return min(sum, 1)
}

func (d Dist) triangularCDF(x float64) float64 {
	switch {
	case x <= d.a:
		return 0
	case x >= d.c:
		return 1
	case x < d.b:
		return (x - d.a) / (d.c - d.a) * ((x - d.a) / (d.b - d.a))
	}
	return 1 - (d.c-x)/(d.c-d.a)*((d.c-x)/(d.c-d.b))
}

// Quantile is the smallest x with CDF(x) ≥ p. Quantile(0) is the smallest
// amount that can occur, Quantile(1) the largest, which may be +Inf. It is NaN
// for the zero Dist and if p is not a probability.
func (d Dist) Quantile(p float64) float64 {
	if !(p >= 0 && p <= 1) {
		return math.NaN()
	}
	switch d.kind {
	case constant:
		return d.a
	case exponential:
		return -math.Log1p(-p) * d.a
	case lognormal, lognormalMedian:
		return math.Exp(d.d + d.e*mathext.NormalQuantile(p))
	case gamma:
		return d.gammaQuantile(p)
	case weibull:
		return d.a * math.Pow(-math.Log1p(-p), d.d)
	case uniform:
		return d.a + p*(d.b-d.a)
	case triangular:
		return d.triangularQuantile(p)
	case mixed:
		return d.mixedQuantile(p)
	}
	return math.NaN()
}

func (d Dist) triangularQuantile(p float64) float64 {
	left, width := d.b-d.a, d.c-d.a
	if p*width < left {
		return d.a + math.Sqrt(p*width*left)
	}
	return d.c - math.Sqrt((1-p)*width*(d.c-d.b))
}

func (d Dist) gammaQuantile(p float64) float64 {
	if p == 1 {
		return math.Inf(1)
	}
	return d.search(p, 0, math.MaxFloat64)
}

// mixedQuantile searches between the parts' own quantiles: at the smallest of
// them no part has passed p, at the largest every part has.
func (d Dist) mixedQuantile(p float64) float64 {
	low, high := math.Inf(1), 0.
	for _, part := range d.mix.parts {
		if part.Weight == 0 {
			continue
		}
		q := part.Dist.Quantile(p)
		low, high = min(low, q), max(high, q)
	}
	if p == 0 {
		return low
	}
	if low == high || math.IsInf(high, 1) {
		return high
	}
	return d.search(p, low, high)
}

// search is the smallest float64 in [low, high] whose CDF is at least p, or high
// if rounding leaves none. It halves the range of bit patterns, which for
// numbers that are not negative have the order of the numbers, and so is exact
// at jumps and as quick near 0 as far out.
func (d Dist) search(p, low, high float64) float64 {
	from, to := math.Float64bits(low), math.Float64bits(high)
	for from < to {
		mid := from + (to-from)/2
		if d.CDF(math.Float64frombits(mid)) >= p {
			to = mid
		} else {
			from = mid + 1
		}
	}
	return math.Float64frombits(to)
}
