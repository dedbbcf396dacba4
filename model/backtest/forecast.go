package backtest

import (
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/estimate"
)

// Forecast is what was forecast from one origin, and what came.
type Forecast struct {
	Split
	Days     []calendar.Day
	Observed *Daily
	Runs     []*Daily              // one per trial
	Kept     Kept                  // what was recorded of the promises of a policy; nil without one
	Trials   []Kept                // the same, one per trial
	Naive    [Measures][][]float64 // a sorted sample per day; see Naive
	Erlang   *Daily                // single values, NaN where the formulas have no answer; nil for none
	Scale    [Measures]float64     // see scale
}

// Compare fills in what a history says by itself: the values of its days, which end where the forecast begins.
func (f *Forecast) Compare(history *Daily) {
	for m := range Measures {
		f.Naive[m] = Naive(m, history[m], len(f.Days))
		f.Scale[m] = scale(history[m])
	}
}

// Day is one measure on one day.
type Day struct {
	Date     calendar.Date
	Origin   int // index of the forecast that it is of
	Observed float64
	Median   float64
	Bands    [len(Levels)][2]float64 // of the trials, by level
	Rank     float64                 // of what came among the trials, between 0 and 1: the PIT
	Inside   [len(Levels)]bool
}

// Coverage is how many days lay within the intervals of a level.
type Coverage struct {
	Level      float64
	Inside, Of int
	// Low and High are how many it would be in 95 of 100 logs under a right model.
	Low, High int
	// TooFew and TooMany are the probabilities that a right model would have as few, and as many.
	TooFew, TooMany float64
}

// Share is the share of days inside.
func (c Coverage) Share() float64 { return float64(c.Inside) / float64(c.Of) }

// Score is how good the forecasts of one method were, over the days on which it has one.
type Score struct {
	Method   string
	Days     int
	CRPS     float64 // mean over days
	WAPE     float64 // absolute errors of the medians over the sum of what came
	MASE     float64 // absolute error of the median over that of the seasonal-naive forecast in the history
	Bias     float64 // medians over what came, less one
	Interval float64 // mean interval score at 95 %; NaN for a method without intervals
	// Skill is by how much the simulation's CRPS is below this method's, as a share of it, on the days on which
	// both have one: paired, over weeks. It has no value for the simulation itself.
	Skill estimate.Estimate
}

// The methods.
const (
	Simulation    = "simulation"
	SeasonalNaive = "same weekday last week"
	ErlangHours   = "Erlang, hour by hour"
)

// Track is all about one measure.
type Track struct {
	Measure  Measure
	Days     []Day
	Coverage [len(Levels)]Coverage
	// Above and Below are the probabilities that a right model would see days lie as
	// high, and as low, among their forecasts.
	Above, Below float64
	// P is the probability that a right model would be as far off, in the way in which it is furthest off.
	P      float64
	Off    []Off
	PIT    [PITBins]float64 // share of days by Rank
	Scores []Score
	Faults []Fault
}

// PITBins is how many bars the picture of the PIT has.
const PITBins = 10

// Off is a weekday whose values lie off more than a right model explains, with all seven looked at.
type Off struct {
	Weekday int
	Above   bool
	P       float64
}

// Fault is a way in which forecasts are wrong.
type Fault uint8

// The faults, the worse first.
const (
	TooLow  Fault = iota // what came lies above what was forecast
	TooHigh              // what came lies below
	Narrow               // it scatters more than was forecast
	Wide                 // it scatters less
)

// Doubtful is the probability below which a right model is not believed in; with fewer than 99 trials, of which
// none is as rare, it is that of being further off than all of them.
const Doubtful = 0.01

// Holds reports whether nothing speaks against the forecasts.
func (t *Track) Holds() bool { return len(t.Faults) == 0 && len(t.Off) == 0 }

// Known reports whether anything came that could be measured.
func (t *Track) Known() bool { return len(t.Days) > 0 }
