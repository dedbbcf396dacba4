package dist

import (
	"fmt"
	"math"
)

// Source is a stream of uniformly distributed 64-bit words. Every source of
// math/rand/v2 is one.
type Source interface{ Uint64() uint64 }

// Dist is a distribution of an amount that is never negative. It is a small
// immutable value, safe to copy and for many readers. The zero Dist means that
// there is no distribution: its moments and quantiles are NaN and it cannot be
// sampled.
type Dist struct {
	kind kind
	// The parameters as they were stated; which is which depends on the kind.
	a, b, c float64
	// What Sample would otherwise work out again for every draw.
	d, e float64
	mix  *mixture
}

type kind uint8

const (
	none kind = iota
	constant
	exponential
	lognormal
	lognormalMedian
	gamma
	weibull
	uniform
	triangular
	mixed
)

// Part is one component of a Mixture.
type Part struct {
	// Weight is the probability of the part, up to a factor that is common to
	// all parts.
	Weight float64
	Dist   Dist
}

// mixture holds the parts with weights that add up to 1, and the running sums
// of the weights.
type mixture struct {
	parts []Part
	upTo  []float64
}

// Must is d, for distributions that a program states itself; it panics if err
// is not nil.
func Must(d Dist, err error) Dist {
	if err != nil {
		panic(err)
	}
	return d
}

// IsZero reports whether d is the zero Dist, that is no distribution at all.
func (d Dist) IsZero() bool { return d.kind == none }

// Equal reports whether d and other were stated alike: the same kind with the
// same parameters. Two kinds that happen to describe the same law, such as an
// exponential and a Weibull of shape 1, are not equal.
func (d Dist) Equal(other Dist) bool {
	if d.kind != other.kind || d.a != other.a || d.b != other.b || d.c != other.c {
		return false
	}
	if d.mix == nil || other.mix == nil {
		return d.mix == other.mix
	}
	if len(d.mix.parts) != len(other.mix.parts) {
		return false
	}
	for i, p := range d.mix.parts {
		q := other.mix.parts[i]
		if p.Weight != q.Weight || !p.Dist.Equal(q.Dist) {
			return false
		}
	}
	return true
}

// Scale is the distribution of k times the amount, in the same family. It
// panics unless k is positive and finite, and if the result leaves the range of
// float64. The zero Dist stays zero.
func (d Dist) Scale(k float64) Dist {
	if !(k > 0) || math.IsInf(k, 0) {
		panic(fmt.Sprintf("dist: scale by %v", k))
	}
	switch d.kind {
	case constant, exponential, weibull:
		d.a *= k
	case lognormal:
		return scaled(Lognormal(d.a*k, d.b))
	case lognormalMedian:
		return scaled(LognormalMedian(d.a*k, d.b))
	case gamma:
		return scaled(Gamma(d.a*k, d.b))
	case uniform, triangular:
		d.a *= k
		d.b *= k
		d.c *= k
	case mixed:
		parts := make([]Part, len(d.mix.parts))
		for i, p := range d.mix.parts {
			parts[i] = Part{Weight: p.Weight, Dist: p.Dist.Scale(k)}
		}
		d.mix = &mixture{parts: parts, upTo: d.mix.upTo}
	}
	return d
}

// scaled is d as the constructor makes it, so that what is derived from the
// parameters agrees to the last bit with a distribution stated so from the start.
func scaled(d Dist, err error) Dist {
	if err != nil {
		panic("dist: scale: " + err.Error())
	}
	return d
}
