package estimate

import (
	"math"

	"gonum.org/v1/gonum/mathext"
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
