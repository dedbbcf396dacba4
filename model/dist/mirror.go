package dist

import "math"

// SampleMirrored draws the amount that lies as far from the other end of the
// distribution as the one that Sample draws from the same words: where that is the
// p-quantile it is the (1−p)-quantile. So it has the same distribution, and both
// together, the one large where the other is small, scatter less around the mean than two
// independent draws (antithetic variates; Hammersley and Morton 1956, Proceedings of the
// Cambridge Philosophical Society 52). Of a mixture the choice of the part and the draw
// within it are mirrored, each by itself, which is no exact mirror image but has the same
// distribution too.
//
// The words themselves are not mirrored, since a variate of the ziggurat does not rise
// with its word: the variate is, by its own distribution function.
func (d Dist) SampleMirrored(src Source) float64 {
	if d.kind == mixed {
		return d.mix.choose(1 - 0x1p-53 - unit(src)).SampleMirrored(src)
	}
	return d.mirror(d.Sample(src))
}

// mirror is Quantile(1 − CDF(x)), in closed form where there is one.
func (d Dist) mirror(x float64) float64 {
	switch d.kind {
	case constant:
		return x
	case exponential:
		return d.a * opposite(x/d.a)
	case lognormal, lognormalMedian:
		return math.Exp(2*d.d) / x
	case weibull:
		return d.a * math.Pow(opposite(math.Pow(x/d.a, d.b)), d.d)
	case uniform:
		return d.a + (d.b - x)
	}
	return d.Quantile(min(1-d.CDF(x), 1-0x1p-53))
}

// opposite mirrors an exponential variate of mean 1. The ziggurat's are multiples of
// about 2⁻³²; its 0 stands for what is less.
func opposite(x float64) float64 {
	x = max(x, 0x1p-33)
	if x < 1 {
		return -math.Log(-math.Expm1(-x))
	}
	return -math.Log1p(-math.Exp(-x))
}
