package outcome

import "github.com/headroom-sim/headroom/model/estimate"

// Drawn writes down how the replications were drawn.
func (x *Experiment) Drawn(balance string, set int) {
	if set > 1 {
		x.Balance, x.Set = balance, set
	}
}

// set is the number of consecutive replications that were drawn together.
func (x *Experiment) set() int { return max(x.Set, 1) }

// Ratio estimates Σnum/Σden of numbers with an entry for each of the experiment's
// replications.
func (x *Experiment) Ratio(num, den []float64, level float64) estimate.Estimate {
	return ratioInSets(num, den, x.set(), level)
}

func ratioInSets(num, den []float64, set int, level float64) estimate.Estimate {
	return estimate.Ratio(estimate.Sets(num, set), estimate.Sets(den, set), level)
}

// Gain is how many times the replications it would have taken without balance and
// control for an interval of a measure as narrow as it has: above 1 they pay. It has bounds of
// its own where nothing but balance is at work. False for a measure that is no ratio, and
// where nothing is at work or can be told.
func (x *Experiment) Gain(m *Measure) (estimate.Estimate, bool) {
	_, isTail := m.tail()
	if x.set() == 1 && x.Control == "" || isTail || m.Labels.Quantile != "" {
		return estimate.Estimate{}, false
	}
	half := 0.
	if x.Control != "" {
		if half = m.Estimate.HalfWidth(); !(half > 0) {
			return estimate.Estimate{}, false
		}
	}
	g := estimate.Gain(m.Num, m.Den, x.set(), half, m.Estimate.Level)
	return g, g.Value > 0
}
