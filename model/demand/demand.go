// Package demand says how many tickets come and when: the arrival rate as a
// function of time.
//
// A Stream has a base volume, shaped by hour of day, day of week and growth; a
// busyness factor that makes whole days busier or calmer than planned; and
// spikes that multiply its rate for a while. A Burst is what an incident brings on
// top. The package works out rates and
// their integrals. It draws nothing: the simulator samples the process that the
// rate describes, a Poisson process given the busyness of each day.
package demand

import (
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Stream is one source of tickets: one channel, a mix of issues, tiers and
// accounts, and either a volume or a history to replay.
type Stream struct {
	Name    string
	Channel ticket.Channel

	Issues   []IssueShare   // shares add up to 1
	Tiers    []TierShare    // shares add up to 1
	Accounts []AccountShare // shares of the whole stream; the rest is anonymous

	Volume   Volume
	Profile  Profile
	Growth   float64 // relative change per 365 days, compounded daily; 0.2 is 20 % a year
	Season   Season  // of the year; zero for none
	Busyness float64 // coefficient of variation of the day's gamma factor, mean 1; 0 for none
	// Shared is how much of that factor is of a kind that comes over all streams at once: the correlation, on the
	// scale of a Gaussian copula (Nelsen 2006, section 2.3), of the stream's busy days with those that streams have in common.
	// Two streams go together as the product of theirs.
	Shared float64
	// Forecast is the coefficient of variation of a gamma factor, mean 1, by which the whole stream of a replication is larger
	// or smaller than Volume: nobody knows next year's volume. What is more than expected of one stream is of all.
	Forecast float64
	From     calendar.Date // first day with arrivals; zero Date for the scenario's start
	Until    calendar.Date // last day with arrivals; zero Date for the scenario's end
	Spikes   []Spike       // those that apply to this stream

	Replay []Arrival // if not nil the stream replays these instead of drawing; sorted by At
}

// IssueShare is the share of a stream's tickets that are of an issue.
type IssueShare struct {
	Issue ticket.Issue
	Share float64
}

// TierShare is the share of a stream's tickets that come from a tier.
type TierShare struct {
	Tier  ticket.Tier
	Share float64
}

// AccountShare is the share of a stream's tickets that come from a named
// account; the account's customers are all of Tier, so the share counts against
// that tier's share.
type AccountShare struct {
	Account ticket.Account
	Tier    ticket.Tier
	Share   float64
}

// Volume is how many tickets a stream brings in the long run, before growth,
// busyness and spikes.
type Volume struct {
	// Count tickets per Per.
	Count float64
	Per   Period
}

// Period is what a volume is counted over.
type Period uint8

// The periods. A volume per day is that of a day of weight 1: with "sat: 70%"
// a stream of 900 a day brings 630 on a Saturday. A volume per week is the sum
// of its seven days, whatever their weights. A volume per hour is that of an
// hour at the mean of the hour weights, on a day of weight 1.
const (
	PerDay Period = iota
	PerWeek
	PerHour
)

// Profile is the shape of a week.
type Profile struct {
	// Hours are weights of equal parts of the local day: 24 for hours, 48 for
	// half hours, any divisor of 1,440. Only their ratios matter. Empty: flat.
	Hours []float64
	// ByDay are weights of the days that have a shape of their own, in place of Hours, by
	// time.Weekday. Empty: as Hours. They shape the day and do not change how much it brings.
	ByDay [7][]float64
	// Days are weights of the days, by time.Weekday; 1 is an ordinary day.
	// All zero: every day is ordinary.
	Days [7]float64
	// Special are single dates with a weight of their own beside that of their weekday, no date twice.
	Special []SpecialDay
}

// SpecialDay is a date that brings Weight times what its weekday does: 0.3 for a public
// holiday, 1.8 for the day after.
type SpecialDay struct {
	Date   calendar.Date
	Weight float64
}

// Season is what each month brings of an ordinary one, by month from January on, whatever the weekdays in it; all zero
// for a year without seasons. It steps at midnight on the first of a month.
type Season [12]float64

// Of is the factor of a date.
func (s *Season) Of(d calendar.Date) float64 {
	if *s == (Season{}) {
		return 1
	}
	return s[d.Month-1]
}

// Arrival is one ticket of a history to replay.
type Arrival struct {
	ID    ticket.ID
	At    time.Duration // since the scenario's start
	Class ticket.Class
}

// Spike multiplies a stream's rate for a while.
//
//	factor ┤        ┌────────────┐
//	       │       /              \
//	       │      /                \
//	     1 ┤─────┘                  └─────
//	       └─────┬──┬────────────┬──┬────▶ time
//	           Start└─Rise   Hold┘  └Fall
//
// It climbs in a straight line from 1 to Factor during Rise, stays there for
// Hold, and comes down in a straight line during Fall. The extra arrivals per
// unit of base rate are (Factor-1)(Rise/2 + Hold + Fall/2).
type Spike struct {
	Name   string
	Factor float64       // at least 1
	Start  time.Duration // since the scenario's start
	Rise   time.Duration
	Hold   time.Duration
	Fall   time.Duration
	Handle float64 // handling times of tickets that arrive in the spike are multiplied by 1+Handle
}
