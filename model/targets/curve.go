package targets

import (
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Point is a target and the share of waits that it keeps.
type Point struct {
	Target time.Duration
	Kept   estimate.Estimate
}

// Curve is the share that each of the figures that people say keeps of the last window before an instant, with
// days as clusters, up to one that all waits are within; none if there are too few waits.
func Curve(waits []Wait, end time.Duration, level float64) []Point {
	var window []Wait
	longest := 0.0
	for _, w := range waits {
		if w.Created >= end-Window && w.Created < end {
			window = append(window, w)
			longest = math.Max(longest, w.Seconds)
		}
	}
	if len(window) < Fewest {
		return nil
	}
	var curve []Point
	for _, t := range figures(longest) {
		curve = append(curve, Point{t, Kept(window, t, level)})
	}
	return curve
}

// Curve is the share that each of the figures that people say keeps. Of single replications a distribution knows
// nothing, so that there are no intervals.
func (b *Binned) Curve(level float64) []Point {
	if b.N() < Fewest {
		return nil
	}
	var curve []Point
	for _, t := range figures(b.Quantile(0.9999)) {
		e := nothing(level)
		e.Value = b.Within(t.Seconds())
		curve = append(curve, Point{t, e})
	}
	return curve
}

// mostDays is how many days beyond those that are said a curve reaches.
const mostDays = 60

// figures are those that people say, up to the first that is no shorter than a time.
func figures(seconds float64) []time.Duration {
	list := slices.Clone(said)
	for d := said[len(said)-1] + day; d <= mostDays*day; d += day {
		list = append(list, d)
	}
	for i, t := range list {
		if t.Seconds() >= seconds {
			return list[:i+1]
		}
	}
	return list
}
