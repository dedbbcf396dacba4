// Package contract turns what a desk did into money: what a customer's contract promises
// per period, and the service credit that a missed promise costs.
//
// A contract has service levels. Each says what is promised of one metric, and a Scheme says
// what a period that misses it pays; the table of them is Schemes. What several levels pay
// together, and where that ends, is the contract's: a pool at risk, points, caps of the period
// and of the year, a least amount. See Settle for the order in which these apply.
//
// Money is exact: integer minor units, integer counts of clocks, whole seconds. A credit is
// worked out from the counts (met of judged), never from a rounded percentage.
package contract

import (
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
)

// Contract is one customer's (or tier's) promises and their price.
type Contract struct {
	Name   string
	Match  sla.Match // the tickets that it covers
	Fee    Money     // per month
	Period Period    // over which levels are judged and credits settled
	Levels []Level   // at least one

	Several Several // what levels pay that are missed together
	// Pool is the part of the period's fee that is at risk, of which levels have allocations; 0 for
	// none: then the credits of all levels are shares of the fee.
	Pool Share
	// Points turn the points of all levels together into a share of the fee, or of the pool where there is
	// one, by rising points.
	Points []Rate
	Cap    Share // the most that a period pays, of its fee
	// YearCap is the most that the periods of a calendar year pay, of twelve monthly fees; 0 for
	// no such cap. A period belongs to the year in its name.
	YearCap Share
	Least   Money // a period that would pay less pays nothing
	// ClaimWithin is how many days after the end of a period its credit can be claimed; 0 for
	// as long as one likes. It is stated; that a customer lets it lapse is not assumed.
	ClaimWithin int
	Exit        Exit

	// Alternatives are what might be promised to the same customer in its place, as whole contracts. They are
	// compared with it, and never pay anything.
	Alternatives []Contract
}

// Level is one service level: what is promised of a metric, and what a period that misses it pays.
type Level struct {
	Name    string // on the statement; the metric if empty
	Metric  sla.Metric
	Measure Measure
	// Target is the promised share of clocks of an Attained level, and which percentile of
	// the times a Percentile level is about: 900000 is the ninetieth.
	Target Share
	// Within is what a percentile or a mean must not exceed. Of an Attained level it is the
	// limit of each clock in place of the policies' own, which zero stands for. It is in the working
	// time of each clock's calendar, as all elapsed times are.
	Within time.Duration
	Scheme Scheme
	Cap    Share // the most that a period pays for this level, of its fee; 0 for none but the contract's

	MinVolume  int64 // a period with fewer judged clocks is neither kept nor missed
	Allocation Share // its part of the contract's pool
	Repeats    Repeats
	EarnBack   EarnBack
}

// Share is an exact share in millionths: 950000 is 95 %.
type Share int64

// Measure is what of its clocks a level is judged by.
type Measure uint8

const (
	// Attained: the share of clocks that were met.
	Attained Measure = iota
	// Percentile: the smallest time that the share Target of all clocks did not exceed. So it is
	// within the limit if, and only if, at least that share of clocks was.
	Percentile
	// Mean: the mean time, of whole seconds.
	Mean
)

// Several says what levels pay that are missed in the same period.
type Several uint8

const (
	// All: each pays.
	All Several = iota
	// Dearest: only the one that pays most.
	Dearest
	// Once: each pays, but a ticket that is late in several levels is late in the first of them
	// only, and does not count in the others. Rounds (next replies, updates) are occasions of their own.
	Once
)

// Repeats makes a level dearer that is missed again: the second miss among the last Window
// periods, the present one included, pays Credits[0] of what the scheme's shares are of, the
// third Credits[1], and so on; the last credit stands for all further ones. It never pays less than
// the scheme says.
type Repeats struct {
	Window  int // 0: a miss is like any other
	Credits []Share
}

// EarnBack returns the credit of a missed period to the provider once the level's attainment is at
// least Target in each of the next Periods periods. Periods without a judged clock do not count as such.
type EarnBack struct {
	Periods int // 0: what is paid is paid
	Target  Share
}

// Exit is the right to terminate after so many missed periods among so many in a row. A period
// is missed if one of its levels is.
type Exit struct {
	Misses, Periods int // 0 misses: no such right
}

// Period is the stretch of local calendar time over which attainment is judged.
type Period uint8

// The periods.
const (
	Monthly Period = iota
	Weekly         // weeks start on Monday
	Quarterly
	Yearly
)

// Title is what a level is called: its name, else its metric.
func (l *Level) Title() string {
	if l.Name != "" {
		return l.Name
	}
	return l.Metric.String()
}

// Promise is what is promised, in words: "95% of first_reply within 4h".
func (l *Level) Promise() string {
	var text string
	switch l.Measure {
	case Percentile:
		text = "p" + strings.TrimSuffix(l.Target.String(), "%")
	case Mean:
		text = "mean"
	default:
		text = l.Target.String()
	}
	text += " of " + l.Metric.String()
	if l.Within > 0 {
		text += " within " + lasting(l.Within)
	}
	return text
}
