// Package contract turns attainment into money: what a customer's contract
// promises per period, and the service credit that a missed promise costs.
//
// Money is exact: integer minor units and integer counts of clocks. A credit is
// worked out from the counts (met of judged), never from a rounded percentage.
package contract

import (
	"github.com/headroom-sim/headroom/model/sla"
)

// Contract is one customer's (or tier's) promise and its price.
type Contract struct {
	Name   string
	Match  sla.Match // the tickets that it covers
	Fee    Money     // per month
	Metric sla.Metric
	Target Share // promised attainment of Metric per period
	Period Period
	Scheme Scheme
}

// Share is an exact share in millionths: 950000 is 95 %.
type Share int64

// Period is the stretch of local calendar time over which attainment is judged.
type Period uint8

// The periods.
const (
	Monthly Period = iota
	Weekly         // weeks start on Monday
	Quarterly
)

// Scheme is "Credit for each Step below target, at most Cap", all in shares:
// credit and cap of the fee of the period, step of attainment.
type Scheme struct {
	Step     Share    // 10000: one percentage point
	Credit   Share    // 100000: 10 % of the fee
	Cap      Share    // 250000: 25 % of the fee
	Rounding Rounding // of the number of steps
}

// Rounding says how a part of a step counts.
type Rounding uint8

const (
	// Started: a started step counts in full. 93.5 % against 95 % is two steps.
	Started Rounding = iota
	// Full: only full steps count. 93.5 % against 95 % is one step.
	Full
	// Linear: a part of a step counts in proportion.
	Linear
)
