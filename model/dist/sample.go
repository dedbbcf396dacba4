package dist

import (
	"math"
	"math/rand/v2"
)

// Sample draws one amount with words from src. It takes as many words as it
// needs and allocates nothing. It panics for the zero Dist.
//
// Exponential and normal variates come from the ziggurat of math/rand/v2
// (Marsaglia, Tsang 2000, Journal of Statistical Software 5(8)), gamma variates
// from Marsaglia and Tsang (2000, ACM Transactions on Mathematical Software
// 26(3)), the others from the inverse of their distribution function.
func (d Dist) Sample(src Source) float64 {
	switch d.kind {
	case constant:
		return d.a
	case exponential:
		return d.a * rand.New(src).ExpFloat64()
	case lognormal, lognormalMedian:
		return math.Exp(d.d + d.e*rand.New(src).NormFloat64())
	case gamma:
		return d.sampleGamma(src)
	case weibull:
		return d.a * math.Pow(rand.New(src).ExpFloat64(), d.d)
	case uniform:
		return d.a + unit(src)*(d.b-d.a)
	case triangular:
		return d.triangularQuantile(unit(src))
	case mixed:
		return d.mix.choose(unit(src)).Sample(src)
	}
	panic("dist: sample of no distribution")
}

// unit is uniform on the multiples of 2⁻⁵³ in [0, 1).
func unit(src Source) float64 { return float64(src.Uint64()>>11) * 0x1p-53 }

// choose is the part of which u, uniform on [0, 1), falls into the share. The
// last running sum is exactly 1, so there is one.
func (m *mixture) choose(u float64) Dist {
	i := 0
	for u >= m.upTo[i] {
		i++
	}
	return m.parts[i].Dist
}

// sampleGamma is Marsaglia and Tsang's method: a cubed shifted normal variate
// is nearly gamma, and is accepted more than 95 times in 100.
func (d Dist) sampleGamma(src Source) float64 {
	r := rand.New(src)
	for {
		x := r.NormFloat64()
		v := 1 + d.e*x
		if v <= 0 {
			continue
		}
		v *= v * v
		u := unit(src)
		// The first test is a cheap bound on the second.
		if u >= 1-0.0331*(x*x)*(x*x) && math.Log(u) >= x*x/2+d.d*(1-v+math.Log(v)) {
			continue
		}
		y := d.c * d.d * v
		if d.b > 1 {
			// Shape below 1: the variate of shape + 1 times U^(1/shape), where
			// −ln U is exponential.
			y *= math.Exp(-r.ExpFloat64() * d.b * d.b)
		}
		return y
	}
}
