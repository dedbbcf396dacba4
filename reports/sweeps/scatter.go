package sweeps

import (
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// scattered reports whether no line leads through the points: those of a Latin hypercube over
// several axes. Over one axis they are a line like any other.
func (v *survey) scattered() bool { return v.Sample > 0 && v.Varied() > 1 }

// outward are the points at which the target was judged, by the axis of the lines and from its good
// end to its bad one; more says that more of the axis is better.
func (v *survey) outward() (points []*outcome.Point, more bool) {
	var x, y []float64
	for i := range v.Points {
		p := &v.Points[i]
		if e := v.estimate(p); !math.IsNaN(e.Value) {
			points, x, y = append(points, p), append(x, float64(p.Numbers[v.along])), append(y, e.Value)
		}
	}
	more = together(x, y) > 0 == v.Goal.HighIsGood()
	slices.SortStableFunc(points, func(p, q *outcome.Point) int {
		a, b := p.Numbers[v.along], q.Numbers[v.along]
		if more {
			a, b = b, a
		}
		switch {
		case a < b:
			return -1
		case a > b:
			return 1
		}
		return 0
	})
	return points, more
}

// together is by how much two lists move together: their covariance but for a factor.
func together(x, y []float64) (sum float64) {
	mean := 0.0
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for i := range x {
		sum += (x[i] - mean) * y[i]
	}
	return sum
}

// envelope says how far along the axis all points keep the target, and from where on none does: what a
// sample can say about a break without taking the other axes for granted.
func (v *survey) envelope() string {
	if !v.Axes[v.along].Numeric() {
		return ""
	}
	points, more := v.outward()
	kept, lost := 0, len(points)
	for kept < len(points) && v.judge(points[kept]) == outcome.ExpectationMet {
		kept++
	}
	for lost > 0 && v.judge(points[lost-1]) == outcome.ExpectationMissed {
		lost--
	}
	// Of equal values all must say so.
	same := func(i int) bool {
		return i > 0 && i < len(points) && points[i-1].Numbers[v.along] == points[i].Numbers[v.along]
	}
	for same(kept) {
		kept--
	}
	for same(lost) {
		lost++
	}
	if kept == len(points) || lost == 0 || kept == 0 && lost == len(points) {
		return ""
	}
	at := func(i int, upwards bool) string {
		value := format.Clean(points[i].Values[v.along])
		if upwards {
			return " from " + value + " on"
		}
		return " up to " + value
	}
	whatever := " Whatever the other values, "
	name := v.short[v.along]
	switch {
	case kept == 0:
		return whatever + "no point with " + name + at(lost, !more) + " keeps it."
	case lost == len(points):
		return whatever + "all points with " + name + at(kept-1, more) + " keep it."
	}
	return whatever + "all points with " + name + at(kept-1, more) + " keep it, and none" + at(lost, !more) + " does."
}

// noBreak says why a sample has no break point, and what to do.
func (v *survey) noBreak() string {
	a := &v.Axes[v.along]
	if v.Goal == nil || !a.Numeric() {
		return ""
	}
	return "A Latin hypercube has no break point: no two of its points differ in " + v.short[v.along] +
		" alone, so what looks like its doing may be that of the other values. To find the break, hold the others and try this one in steps, as a grid: --set '" +
		format.Clean(a.Path) + "=" + format.Clean(a.Values[0]) + ".." + format.Clean(a.Values[len(a.Values)-1]) + "/STEP', with one value or a few of each other axis."
}
