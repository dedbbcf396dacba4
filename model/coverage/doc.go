// Package coverage derives from one roster five ways to cover a week (business hours, extended hours, around the
// clock, follow the sun, on-call nights), says what a seat of each costs in heads, and compares what trials of them
// came to.
//
// The stance: by day every coverage has the seats that the roster has, so that what differs is the rest of the week.
// There a seat is filled for as many tickets as it takes by day, unless somebody says how many; at least one is. What
// covering more hours costs is therefore a result, and not the naive multiple of all seats.
package coverage

import "github.com/headroom-sim/headroom/model"

// Kind is a way to cover a week.
type Kind uint8

// The kinds.
const (
	BusinessHours Kind = iota
	ExtendedHours
	AroundTheClock
	FollowTheSun
	OnCallNights

	Kinds = int(OnCallNights) + 1
)

var kindNames = [Kinds]string{"business hours", "extended hours", "24/7", "follow the sun", "on-call nights"}

// String is the kind's name.
func (k Kind) String() string { return kindNames[k] }

// Plan is a scenario under one coverage.
type Plan struct {
	Kind     Kind
	Scenario *model.Scenario
	// Hours are those of an ordinary week in which somebody is at work.
	Hours float64
	// By day, heads on the payroll at work at once; and in the other hours that are covered, from the fewest to the
	// most.
	Day, Fewest, Most float64
	OnCall            float64 // heads who can be called at once
	Sites             []string
}

// Heads is how many people it takes to keep a seat filled for so many hours a week, if each is paid for week hours and
// is away for the shrinkage, a share of them: hours/(week(1−shrinkage)). Around the clock 168/40 = 4.2, and 6 with a
// shrinkage of 30 %.
func Heads(hours, week, shrinkage float64) float64 { return hours / (week * (1 - shrinkage)) }
