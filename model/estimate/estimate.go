// Package estimate turns samples into estimates: a value with its interval and
// its doubts.
//
// The stance: a number without an interval is not an estimate, so every function
// returns both. What is doubtful about a number travels with it as a Warning,
// which is to be shown beside the number and is not a failure. Replications are
// the unit of independence: a sample has one entry for each replication, and the
// intervals are over replications. Ratios are ratios of totals, never means of
// ratios.
package estimate

import "math"

// Estimate is a value with a two-sided confidence interval.
type Estimate struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	// Level is the confidence level of the interval, such as 0.95.
	Level float64 `json:"level"`
	// N is the number of replications behind the estimate.
	N        int       `json:"n"`
	Warnings []Warning `json:"warnings,omitempty"`
}

// HalfWidth is half the length of the interval; +Inf when there is none.
func (e Estimate) HalfWidth() float64 {
	if math.IsNaN(e.High) || math.IsNaN(e.Low) {
		return math.Inf(1)
	}
	return (e.High - e.Low) / 2
}

// Warning is a doubt about an estimate.
type Warning string

// The doubts that this package can have.
const (
	// FewReplications: fewer than ten, the interval is a rough guess.
	FewReplications Warning = "few-replications"
	// NoInterval: fewer than two replications, or no observations.
	NoInterval Warning = "no-interval"
	// FewExceedances: a tail measure rests on fewer than 30 observations beyond the quantile.
	FewExceedances Warning = "few-exceedances"
)
