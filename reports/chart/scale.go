package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// scale maps values from 0 (or below) to top onto a stretch of the page.
type scale struct {
	low, high float64 // values at the ends
	from, to  vg.Length
}

// beyond is how many stretches off the page a value may be placed: far enough that
// nobody sees it, near enough that it is a coordinate whatever the value.
const beyond = 100

// at is the place of a value, on the page or off it, and always a number: what is
// no number, or has no axis, stands where the axis begins. Halves are subtracted,
// since the difference of two numbers may be beyond the largest one.
func (s scale) at(x float64) vg.Length {
	share := (x/2 - s.low/2) / (s.high/2 - s.low/2)
	if math.IsNaN(share) {
		share = 0
	}
	return s.from + vg.Length(math.Min(math.Max(share, -beyond), beyond))*(s.to-s.from)
}

// clamped is at, kept within the stretch.
func (s scale) clamped(x float64) vg.Length {
	return s.at(math.Min(math.Max(x, s.low), s.high))
}
