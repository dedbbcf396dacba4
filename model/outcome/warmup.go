package outcome

import (
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Warmup is a proposal for how much of the beginning of a scenario not to measure,
// because the desk starts empty.
type Warmup struct {
	Name         string        `json:"name"`
	Digest       string        `json:"digest"`
	Start        time.Time     `json:"start"` // in the scenario's zone
	Length       time.Duration `json:"length_ns"`
	Interval     time.Duration `json:"interval_ns"`
	Seed         uint64        `json:"seed"`
	Replications int           `json:"replications"`
	Level        float64       `json:"level"`
	// Without says what of the scenario was left out, in words, since nothing settles
	// while it goes on.
	Without []string `json:"without,omitempty"`
	// Cycle is what repeats itself and is taken out: a week, a day or nothing.
	Cycle    time.Duration  `json:"cycle_ns,omitempty"`
	Stated   time.Duration  `json:"stated_ns"`   // what the scenario says now
	Proposed time.Duration  `json:"proposed_ns"` // the longest that a series takes, rounded up
	Settled  bool           `json:"settled"`     // false: the length is too short to say
	Series   []WarmupSeries `json:"series"`      // each measure over time that has to settle
}

// WarmupSeries is one series in a proposal.
type WarmupSeries struct {
	Name string  `json:"name"`
	Mean []Float `json:"mean"` // by interval, over replications
	Low  []Float `json:"low"`
	High []Float `json:"high"`
	// Usual is what is usual at that time of the cycle; empty without one.
	Usual   []Float       `json:"usual,omitempty"`
	Cut     time.Duration `json:"cut_ns"`
	Settled bool          `json:"settled"` // whether it does within the length
	// Earliest and Latest are the cuts that fifths of the replications propose: how
	// much chance there is in it.
	Earliest time.Duration `json:"earliest_ns"`
	Latest   time.Duration `json:"latest_ns"`
	// First is the mean of the first cycle, Later that of whole cycles after the
	// proposed warm-up, and Gap First minus Later.
	First estimate.Estimate   `json:"first"`
	Later estimate.Estimate   `json:"later"` // the mean of whole cycles after the proposed warm-up
	Gap   estimate.Difference `json:"gap"`   // first minus later
}
