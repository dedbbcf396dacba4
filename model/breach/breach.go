// Package breach is what is known of why a promise was broken: where the time of broken clocks went, what each
// of the counterfactual switches would have saved, when and whose promises were broken, and whether that
// came alone or in spells. It holds results; packages elapsed, counterfactual and shapley say what they mean.
package breach

import (
	"time"

	"github.com/headroom-sim/headroom/model/elapsed"
	"github.com/headroom-sim/headroom/model/estimate"
)

// Hours is how many hours a week has; hour 0 begins on Monday at midnight.
const Hours = 7 * 24

// Report says why the promises of a metric are broken in a scenario. Clocks are counted that were decided in the
// measured time, by tickets created in it; a broken one is called late. Hours are those in which tickets were
// created, in the scenario's zone.
type Report struct {
	Name, Title, Digest, Tool string
	Start                     time.Time
	Length, Warmup            time.Duration
	Seed                      uint64
	Level                     float64
	Planned, Replications     int // asked for, and finished
	Set                       int // replications that were drawn together; their sums are what intervals rest on
	Trials                    int // simulated, over all combinations of switches that differ

	Metric string
	Late   estimate.Estimate // in a replication
	Rate   estimate.Estimate // of all clocks

	Went     []Went // by elapsed.Part, of those that occur
	Switches []Switch
	// Rest is the share of late clocks that is left with all switches together, and RestWent where their time
	// goes, as shares of it.
	Rest            estimate.Estimate
	RestLate, Saved estimate.Estimate // in a replication; Saved is what vanishes with all of them
	RestWent        [elapsed.Number]float64

	Spells     Spells
	Indicators []Indicator // none where there are no ordinary weeks to compare with

	Tiers, Accounts []Group
	Hourly          [Hours]Hour
}

// Went is a part of the time of clocks: as shares of the time of late ones and of all. Main is the share of the
// late clocks of whose time this part is the greatest.
type Went struct {
	Part            elapsed.Part
	OfLate, OfAll   estimate.Estimate
	Main            estimate.Estimate
	MeanLateSeconds estimate.Estimate // in a late clock
}

// Switch is what one cause contributes to the late clocks.
type Switch struct {
	Name, Says string
	// Changes is false for a switch that changes nothing in the scenario: its values are 0, exactly.
	Changes bool
	// Value is its Shapley value: late clocks in a replication; Share is that as a share of all late clocks, and Points
	// the same for the breach rate: how many late in each clock.
	Value, Share, Points estimate.Estimate
	// Alone is the share of late clocks that vanish with this switch only, and Last the share that comes back if
	// it is the only one of all that is not thrown.
	Alone, Last estimate.Estimate
	// Numerator is the Shapley value of the late clocks of all replications together, times Orders. Over all switches they
	// add up to Orders times what vanishes with all of them, exactly.
	Numerator int64
	Orders    int64
	Hourly    [Hours]float64 // its Shapley value in a replication, by hour
}

// Group is the promises of a tier or an account.
type Group struct {
	Name string
	Late estimate.Estimate // in a replication
	Rate estimate.Estimate
	Part estimate.Estimate // of all late clocks
}

// Hour is the clocks of an hour of the week, in a replication.
type Hour struct{ Late, Judged float64 }

// Spells says whether late clocks come alone or together (see package spell).
type Spells struct {
	Number int // over all replications
	// Share is that of the late clocks that were created in spells, PerWeek the number of spells, and Hours their
	// median length.
	Share, PerWeek, Hours estimate.Estimate
	// Dispersion is the index of dispersion: 1 if clocks were late independently of one another.
	Dispersion estimate.Estimate
}

// Indicator is something that a desk can see of itself, and how well it warns of spells.
type Indicator struct {
	Name string
	// Warned is the share of the spells before whose onset it warned, and LeadSeconds how long before that, the
	// median of those. InVain is the number of warnings a week that no spell followed.
	Warned, LeadSeconds, InVain estimate.Estimate
}
