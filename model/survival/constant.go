package survival

import (
	"slices"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/estimate"
)

// What makes durations one: they differ by so little of it, or by what whole seconds at both ends of it bring, as long as
// that is little too.
const (
	sameShare   = 0.005
	sameSeconds = 2
	sameAtMost  = 0.05
)

// constant recognises durations that are always the same, to which no density can be fitted: the likelihood of a law that is ever
// narrower grows without end. Its interval is what was seen: from the shortest to the longest. It is nil where they
// differ, or where something is known to last longer.
func constant(s *Sample, level float64) *Law {
	if len(s.Exact) < Fewest {
		return nil
	}
	sorted := slices.Sorted(slices.Values(s.Exact))
	low, middle, high := sorted[0], sorted[len(sorted)/2], sorted[len(sorted)-1]
	if high-low > min(max(sameShare*middle, sameSeconds), sameAtMost*middle) {
		return nil
	}
	if len(s.Censored) > 0 && slices.Max(s.Censored) > high {
		return nil
	}
	d, err := dist.Constant(middle)
	if err != nil {
		return nil
	}
	e := estimate.Estimate{Value: middle, Low: low, High: high, Level: level, N: s.N()}
	return &Law{Family: Constant, Dist: d, Parameters: []Parameter{{"mean", e}}, Mean: e, Median: e, P90: e, N: s.N(), Censored: len(s.Censored)}
}

// constantReturn is the same of what comes back: with the share that does, of those of which it is known.
func constantReturn(r *Return, level float64) *Returning {
	law := constant(&Sample{Exact: r.Came.Exact}, level)
	if law == nil || len(r.Came.Late) > 0 {
		return nil
	}
	never := r.Never
	for _, waited := range r.Came.Censored {
		if waited > law.Mean.High {
			never++ // it would have come by then
		}
	}
	law.N, law.Censored = r.Came.N(), len(r.Came.Censored)
	return &Returning{Share: estimate.Proportion(len(r.Came.Exact), len(r.Came.Exact)+never, level), After: law}
}
