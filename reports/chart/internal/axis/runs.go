package axis

import (
	"math"

	"github.com/headroom-sim/headroom/model/outcome"
)

// Run is a stretch of a series without gaps: entries From up to To.
type Run struct{ From, To int }

// Runs splits a series at its gaps. An entry counts when all lists hold a number
// for it.
func Runs(lists ...[]outcome.Float) []Run {
	n := math.MaxInt
	for _, list := range lists {
		n = min(n, len(list))
	}
	var all []Run
	open := -1
	for i := 0; i <= n; i++ {
		whole := i < n
		for _, list := range lists {
			whole = whole && !math.IsNaN(float64(list[i])) && !math.IsInf(float64(list[i]), 0)
		}
		switch {
		case whole && open < 0:
			open = i
		case !whole && open >= 0:
			all = append(all, Run{open, i})
			open = -1
		}
	}
	return all
}

// Extent finds the smallest and largest finite value of some lists. ok is false
// when there is none.
func Extent(lists ...[]outcome.Float) (low, high float64, ok bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, list := range lists {
		for _, f := range list {
			if x := float64(f); !math.IsNaN(x) && !math.IsInf(x, 0) {
				low, high = math.Min(low, x), math.Max(high, x)
			}
		}
	}
	return low, high, low <= high
}
