package estimate

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// Proportion is a share of independent observations, such as of tickets, with Wilson's
// score interval (Wilson 1927, Journal of the American Statistical Association 22). N counts
// observations. Of none there is no estimate.
func Proportion(hits, of int, level float64) Estimate {
	mustBeProbability("level", level)
	e := Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN(), Level: level, N: of}
	if of < 1 {
		e.Warnings = []Warning{NoInterval}
		return e
	}
	n := float64(of)
	p := float64(hits) / n
	z := mathext.NormalQuantile((1 + level) / 2)
	centre := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	// Of none and of all the ends are the shares themselves, which rounding would miss by a little.
	e.Value, e.Low, e.High = p, min(max(0, centre-half), p), max(min(1, centre+half), p)
	return e
}

// AtMostShare is the confidence with which a share is at most a bound, of which so many hits of
// so many independent tries were seen: the level of the one-sided interval that ends there
// (Clopper and Pearson 1934, Biometrika 26(4)).
func AtMostShare(hits, of int, bound float64) float64 {
	switch {
	case of < 1 || math.IsNaN(bound):
		return math.NaN()
	case hits >= of || bound <= 0:
		if bound >= 1 {
			return 1
		}
		return 0
	case bound >= 1:
		return 1
	}
	return 1 - distuv.Binomial{N: float64(of), P: bound}.CDF(float64(hits))
}
