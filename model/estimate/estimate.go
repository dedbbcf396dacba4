package estimate

import "math"

// Estimate is a value with a two-sided confidence interval.
//
// A value of NaN means that nothing was observed. Bounds of NaN mean that there
// is no interval, and come with NoInterval; a bound of ±Inf means that the sample
// is too small to bound that side.
type Estimate struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	// Level is the confidence level of the interval, such as 0.95.
	Level float64 `json:"level"`
	// N is the number of replications behind the estimate, or of sets of them that were
	// drawn together: those that had something to measure.
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
	// MissingReplications: some replications had nothing to measure (NaN) and are left out.
	MissingReplications Warning = "missing-replications"
)
