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
// lie behind them, and leap away from what is before and after. It counts what it leaves out. The rate by day has
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
	if i >= len(s.Low) || i >= len(s.High) {
		return false
	}
	return s.High[i]-s.Low[i] > widest || leaps(s, i)
}

// enough is how many intervals in a row without spread are no chance.
const enough = 4

// leaps reports whether a value belongs to a short run of the same ones, above zero and without spread, that is far from
// the value before the run and from the one after it, as far as there are such.
func leaps(s *outcome.Series, i int) bool {
	same := func(k int) bool {
		return k >= 0 && k < min(len(s.Mean), len(s.Low), len(s.High)) && s.Mean[k] == s.Mean[i] && s.Low[k] == s.High[k]
	}
	if !(s.Mean[i] > 0) || !same(i) {
		return false
	}
	from, to := i, i
	for same(from-1) && i-from < enough {
		from--
	}
	for same(to+1) && to-i < enough {
		to++
	}
	far := func(k int) bool {
		return k < 0 || k >= len(s.Mean) || !(math.Abs(float64(s.Mean[k]-s.Mean[i])) <= widest) // NaN: no neighbour
	}
	return to-from+1 < enough && far(from-1) && far(to+1)
}

// leftOut says in a caption what is left out for want of clocks.
func leftOut(left int, every string) string {
	if left == 0 {
		return ""
	}
	return " Left blank: " + format.Plural(left, "value", "values") + " of single " + every + " with too few clocks, whose rate the trials do not tell to within " +
		format.Percent(widest) + "; the rate by day has them."
}
