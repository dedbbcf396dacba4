package pictures

import (
	"math"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// widest is the width of an interval beyond which a rate says nothing: half of all there is.
const widest = 0.5

// settled is a breach rate over time without the intervals of which there are too few clocks: those whose rate
// the trials do not tell to within half of all there is, and those that have no spread, since a clock or two
// lie behind them, and leap away from both their neighbours. It counts what it leaves out. The rate by day has
// them all.
func settled(s *outcome.Series) (mean, low, high []outcome.Float, left int) {
	none := outcome.Float(math.NaN())
	n := len(s.Mean)
	mean, low, high = make([]outcome.Float, n), make([]outcome.Float, n), make([]outcome.Float, n)
	for i := range s.Mean {
		mean[i], low[i], high[i] = s.Mean[i], none, none
		if i < len(s.Low) && i < len(s.High) {
			low[i], high[i] = s.Low[i], s.High[i]
		}
		if noisy(s, i) {
			mean[i], low[i], high[i] = none, none, none
			left++
		}
	}
	return mean, low, high, left
}

func noisy(s *outcome.Series, i int) bool {
	v := float64(s.Mean[i])
	if v != v || i >= len(s.Low) || i >= len(s.High) {
		return false
	}
	low, high := float64(s.Low[i]), float64(s.High[i])
	if high-low > widest {
		return true
	}
	return low == high && v > 0 && leaps(s.Mean, i)
}

// leaps reports whether a value is far from the one before it and from the one after it, as far as there are such.
func leaps(list []outcome.Float, i int) bool {
	far := func(k int) bool {
		if k < 0 || k >= len(list) || list[k] != list[k] { // no neighbour
			return true
		}
		return math.Abs(float64(list[k]-list[i])) > widest
	}
	return far(i-1) && far(i+1)
}

// leftOut says in a caption what is left out for want of clocks.
func leftOut(left int, every string) string {
	if left == 0 {
		return ""
	}
	return " Left blank: " + format.Plural(left, "value", "values") + " of single " + every + " with too few clocks, whose rate the trials do not tell to within " +
		format.Percent(widest) + "; the rate by day has them."
}
