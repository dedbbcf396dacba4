package dist

import (
	"errors"
	"fmt"
	"math"
)

// Limits of the coefficient of variation. Below the first a distribution is a
// constant for every practical purpose; above the second its mean rests on
// draws so rare that no simulation sees them.
const (
	minCV = 1e-3
	maxCV = 100
)

// Constant is always x. It may be 0.
func Constant(x float64) (Dist, error) {
	if err := notNegative("constant", "value", x); err != nil {
		return Dist{}, err
	}
	return Dist{kind: constant, a: x + 0}, nil // + 0 turns -0 into 0
}

// Exponential has the given mean and no memory: however long it has lasted, the
// rest is distributed as the whole.
func Exponential(mean float64) (Dist, error) {
	if err := positive("exponential", "mean", mean); err != nil {
		return Dist{}, err
	}
	return finite("exponential", Dist{kind: exponential, a: mean})
}

// Lognormal has a normally distributed logarithm. It fits handling times and
// delays well.
func Lognormal(mean, cv float64) (Dist, error) {
	if err := errors.Join(positive("lognormal", "mean", mean), inRange("lognormal", cv)); err != nil {
		return Dist{}, err
	}
	v := math.Log1p(cv * cv)
	return finite("lognormal", Dist{kind: lognormal, a: mean, b: cv, d: math.Log(mean) - v/2, e: math.Sqrt(v)})
}

// LognormalMedian is Lognormal stated by its median, which people know better
// than the mean when a few values are very large. The mean is
// median × √(1 + cv²).
func LognormalMedian(median, cv float64) (Dist, error) {
	if err := errors.Join(positive("lognormal", "median", median), inRange("lognormal", cv)); err != nil {
		return Dist{}, err
	}
	v := math.Log1p(cv * cv)
	return finite("lognormal", Dist{kind: lognormalMedian, a: median, b: cv, d: math.Log(median), e: math.Sqrt(v)})
}

// Gamma has shape 1/cv² and scale mean × cv². With cv 1 it is exponential, with
// cv² = 1/k it is the sum of k exponential phases (Erlang).
func Gamma(mean, cv float64) (Dist, error) {
	if err := errors.Join(positive("gamma", "mean", mean), inRange("gamma", cv)); err != nil {
		return Dist{}, err
	}
	shape := 1 / (cv * cv)
	// Marsaglia and Tsang's method works for shape ≥ 1; below, one draws with
	// shape + 1 and corrects.
	if shape < 1 {
		shape++
	}
	centre := shape - 1./3
	return finite("gamma", Dist{
		kind: gamma, a: mean, b: cv, c: mean * cv * cv,
		d: centre, e: 1 / math.Sqrt(9*centre),
	})
}

// Weibull has the distribution function 1 − exp(−(x/scale)^shape). With a shape
// below 1 those who have waited long are ever less likely to leave, with 1 it is
// exponential. The mean is scale × Γ(1 + 1/shape).
func Weibull(scale, shape float64) (Dist, error) {
	if err := errors.Join(positive("weibull", "scale", scale), positive("weibull", "shape", shape)); err != nil {
		return Dist{}, err
	}
	return finite("weibull", Dist{kind: weibull, a: scale, b: shape, d: 1 / shape})
}

// WeibullMean is Weibull stated by its mean and its coefficient of variation;
// scale and shape follow, and String shows them.
func WeibullMean(mean, cv float64) (Dist, error) {
	if err := errors.Join(positive("weibull", "mean", mean), inRange("weibull", cv)); err != nil {
		return Dist{}, err
	}
	// cv falls as the shape grows: 1 + cv² = Γ(1 + 2/shape) / Γ(1 + 1/shape)².
	inverse := func(shape float64) float64 {
		two, _ := math.Lgamma(1 + 2/shape)
		one, _ := math.Lgamma(1 + 1/shape)
		return two - 2*one
	}
	low, high, want := 0.05, 5000., math.Log1p(cv*cv)
	for range 200 {
		mid := math.Sqrt(low * high)
		if inverse(mid) > want {
			low = mid
		} else {
			high = mid
		}
	}
	return Weibull(mean/math.Gamma(1+1/high), high)
}

// Uniform is equally likely anywhere between low and high, 0 ≤ low < high.
func Uniform(low, high float64) (Dist, error) {
	if err := errors.Join(notNegative("uniform", "min", low), notNegative("uniform", "max", high)); err != nil {
		return Dist{}, err
	}
	if low >= high {
		return Dist{}, fmt.Errorf("uniform: min %v must be below max %v", low, high)
	}
	return finite("uniform", Dist{kind: uniform, a: low + 0, b: high})
}

// Triangular rises from low to its mode and falls to high,
// 0 ≤ low ≤ mode ≤ high and low < high: the law of a guess with three numbers.
func Triangular(low, mode, high float64) (Dist, error) {
	err := errors.Join(notNegative("triangular", "min", low), notNegative("triangular", "mode", mode),
		notNegative("triangular", "max", high))
	if err != nil {
		return Dist{}, err
	}
	switch {
	case low >= high:
		return Dist{}, fmt.Errorf("triangular: min %v must be below max %v", low, high)
	case mode < low || mode > high:
		return Dist{}, fmt.Errorf("triangular: mode %v must lie between min %v and max %v", mode, low, high)
	}
	return finite("triangular", Dist{kind: triangular, a: low + 0, b: mode + 0, c: high})
}

// Mixture is one of its parts, each with a probability in proportion to its
// weight. Weights need not add up to 1; a part may have weight 0, and may be
// Constant(0), such as for customers who leave at once.
func Mixture(parts ...Part) (Dist, error) {
	if len(parts) == 0 {
		return Dist{}, errors.New("mixture: no parts")
	}
	total := 0.
	for i, p := range parts {
		if err := notNegative("mixture", fmt.Sprintf("weight of part %d", i+1), p.Weight); err != nil {
			return Dist{}, err
		}
		if p.Dist.IsZero() {
			return Dist{}, fmt.Errorf("mixture: part %d has no distribution", i+1)
		}
		total += p.Weight
	}
	if !(total > 0) || math.IsInf(total, 0) {
		return Dist{}, fmt.Errorf("mixture: weights must have a positive finite sum, not %v", total)
	}
	m := &mixture{parts: make([]Part, len(parts)), upTo: make([]float64, len(parts))}
	running := 0.
	for i, p := range parts {
		running += p.Weight
		m.parts[i] = Part{Weight: p.Weight / total, Dist: p.Dist}
		m.upTo[i] = running / total
	}
	d := Dist{kind: mixed, mix: m}
	if d.Mean() == 0 {
		return Dist{}, errors.New("mixture: always 0; say constant instead")
	}
	return finite("mixture", d)
}

func positive(kind, name string, x float64) error {
	if !(x > 0) || math.IsInf(x, 0) {
		return fmt.Errorf("%s: %s must be positive and finite, not %v", kind, name, x)
	}
	return nil
}

func notNegative(kind, name string, x float64) error {
	if !(x >= 0) || math.IsInf(x, 0) {
		return fmt.Errorf("%s: %s must be finite and not negative, not %v", kind, name, x)
	}
	return nil
}

func inRange(kind string, cv float64) error {
	if !(cv >= minCV && cv <= maxCV) {
		hint := ""
		if cv >= 0 && cv < minCV {
			hint = "; without spread, say constant"
		}
		return fmt.Errorf("%s: cv must lie between %v and %v, not %v%s", kind, minCV, maxCV, cv, hint)
	}
	return nil
}

// finite refuses parameters so extreme that the moments leave the range of
// float64.
func finite(kind string, d Dist) (Dist, error) {
	mean, variance := d.Mean(), d.Variance()
	if !(mean > 0) || math.IsInf(mean, 0) || !(variance > 0) || math.IsInf(variance, 0) {
		return Dist{}, fmt.Errorf("%s: mean %v and variance %v are out of range", kind, mean, variance)
	}
	return d, nil
}
