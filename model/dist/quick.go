package dist

import "math"

// Quick is what Sample draws from a source whose first word is this one, if that word is
// all it takes; else it reports false. That is known 97 times in 100 and more for
// exponential and lognormal amounts, always for constant and uniform ones, and never for gamma,
// Weibull, triangular and mixed ones.
//
// It is for loops that draw millions: a ziggurat answers nearly always from its first
// table, and that is found out here without a call through an interface.
func (d *Dist) Quick(word uint64) (x float64, ok bool) {
	switch d.kind {
	case exponential:
		j, i := uint32(word), uint8(word>>32)
		s := &exponentialStrips[i]
		return d.a * (float64(j) * s.width), j < s.inside
	case lognormal, lognormalMedian:
		j, i := int32(word), word>>32&(normalCount-1)
		s := &normalStrips[i]
		if abs(j) >= s.inside {
			return 0, false
		}
		return math.Exp(d.d + d.e*(float64(j)*s.width)), true
	case constant:
		return d.a, true
	case uniform:
		return d.a + float64(word>>11)*0x1p-53*(d.b-d.a), true
	}
	return 0, false
}

func abs(j int32) uint32 {
	if j < 0 {
		return uint32(-j)
	}
	return uint32(j)
}

// strip is one of the strips of equal area that a ziggurat is built of: the width of
// one step of a random integer in it, and the integers below which a point lies under the
// curve whatever its height.
type strip struct {
	width  float64
	inside uint32
}

const (
	exponentialCount = 256
	normalCount      = 128
)

// The right end of the lowest strip and the area of each, from Marsaglia and Tsang
// (2000), section 2; TestQuickIsWhatSampleDraws holds them to the ziggurats of math/rand/v2.
var (
	exponentialStrips = [exponentialCount]strip(strips(
		exponentialCount, 1<<32, 7.697117470131487, 3.949659822581572e-3,
		func(x float64) float64 { return math.Exp(-x) }, func(y float64) float64 { return -math.Log(y) },
	))
	normalStrips = [normalCount]strip(strips(
		normalCount, 1<<31, 3.442619855899, 9.91256303526217e-3,
		func(x float64) float64 { return math.Exp(-x * x / 2) }, func(y float64) float64 { return math.Sqrt(-2 * math.Log(y)) },
	))
)

// strips are those under a falling curve, by the largest of the random integers plus one,
// the right end of the lowest and the area of each. The curve's tail belongs to the first.
// Widths are rounded as those of math/rand/v2.
func strips(n int, steps, right, area float64, curve, inverse func(float64) float64) []strip {
	out := make([]strip, n)
	base := area / curve(right)
	out[0] = strip{width: float64(float32(base / steps)), inside: uint32(right / base * steps)}
	out[n-1].width = float64(float32(right / steps))
	x := right
	for i := n - 2; i >= 1; i-- {
		narrower := inverse(area/x + curve(x))
		out[i+1].inside = uint32(narrower / x * steps)
		out[i].width = float64(float32(narrower / steps))
		x = narrower
	}
	out[1].inside = 0 // it has no part that lies wholly under the curve
	return out
}
