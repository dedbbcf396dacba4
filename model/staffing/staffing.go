// Package staffing is the plan of who is there: teams, their skills, weekly
// shift patterns, breaks, shrinkage and what an hour costs. From a plan it works
// out the duties, instants at which heads come and go, and the hours paid.
//
// It decides nothing that needs chance: a duty may have a fractional number of
// net heads, and the simulator rounds it (up or down at random, so that the mean
// is right); it says how many people fall sick or leave, not who and when.
package staffing

import (
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Team is a group of agents with the same skills, channels and price.
type Team struct {
	Name     string
	Skills   []ticket.Skill   // empty: every skill
	Channels []ticket.Channel // empty: every channel
	// HandOffsOnly: it takes what is handed off to it and nothing else, whatever its
	// skills and channels.
	HandOffsOnly bool

	Zone      *time.Location // of its shifts
	Shrinkage float64        // planned; in [0, 1)
	Cost      Cost
	Shifts    []Shift
	ShiftEnd  ShiftEnd
	Holidays  []calendar.Date // no shift starts on these days unless it says so
	Quality   Quality

	Sickness Sickness // on top of Shrinkage
	// Monthly is what Shrinkage is in each month, from January on, for plans of months ahead; nil: the same in all. Trials have Shrinkage.
	Monthly  []float64
	Hiring   Hiring
	FullTime time.Duration // paid hours a week of a full-time head, as Week has it; 0: 40
	Ramp     Learning      // of newcomers, unless their shift has a curve of its own
	Overtime []Overtime

	Rules *Rules // of rosters that may be made for it; nil: it has none
}

// ShrinkageIn is the planned shrinkage of a month.
func (t *Team) ShrinkageIn(m time.Month) float64 {
	if t.Monthly == nil {
		return t.Shrinkage
	}
	return t.Monthly[m-1]
}

// Quality is how good the touches of a team are: shares, with this mean and standard
// deviation. The zero Quality is of a team whose touches nobody scores.
type Quality struct{ Mean, SD float64 }

// ShiftEnd says what an agent does with the ticket in hand when the shift or
// the time before a break ends.
type ShiftEnd uint8

const (
	// Finish: the agent finishes what is in hand, then goes; the time after
	// the end of a shift is overtime.
	Finish ShiftEnd = iota
	// HandBack: the ticket goes back to its place in the queue, with the work
	// that is left. Live contacts are always finished.
	HandBack
)

// String is the word of the scenario language.
func (e ShiftEnd) String() string {
	if e == HandBack {
		return "hand_back"
	}
	return "finish"
}

// Cost is what a paid hour of one agent costs.
type Cost struct {
	PerHour  float64 // in the scenario's currency, at base rate
	Night    float64 // premium on top, for hours between NightFrom and NightTo; 0.25 is +25 %
	Weekend  float64 // premium on top, for hours on a Saturday or Sunday
	Overtime float64 // premium on top, for hours after the end of a shift
	Holiday  float64 // premium on top, for hours on the team's holidays
	// The night, in minutes since local midnight; From may be later than To.
	NightFrom, NightTo int
}

// Shift is a weekly pattern of work of some heads.
type Shift struct {
	Name  string
	Heads float64 // gross heads, as on the payroll; net heads = Heads × (1 - shrinkage)
	Days  [7]bool // by time.Weekday: the days on which it starts
	// From and To are minutes since local midnight of the day on which it
	// starts; To is above 1,440 when the shift ends after midnight.
	// From 0 To 1,440 on all days is a seat that is always filled.
	From, To int
	First    calendar.Date // first day on which it may start; zero for no limit
	Last     calendar.Date // last day on which it may start; zero for no limit
	Breaks   []Break
	Holidays bool // it also starts on the team's holidays
	// HolidaysOnly is a shift that starts on the team's holidays and on no other day.
	HolidaysOnly bool

	PartTime float64  // the share of its days on which each person works; 0 for all
	Learning Learning // of its people, from First or else the scenario's start
	Hires    []Hire
	OnCall   *OnCall // nil for people who are at work
}

// Break is time off within a shift. Breaks are paid.
type Break struct {
	At      int // minutes since local midnight of the shift's day
	Minutes int
	// Turns is how many crews of the shift, equally large, take the break one
	// after another, the first of them at At; 0 and 1: all heads at once. At
	// most MaxTurns.
	Turns int
}

// MaxTurns is in how many turns a shift may take a break.
const MaxTurns = 60

// Duty is one shift on one day: some heads, from an instant to an instant. A shift
// that takes its breaks in turns has a duty for each of its crews.
type Duty struct {
	Team  int // index into the plan's teams
	Shift int // index into the team's shifts
	Crew  int // 0 for the first or only one
	Date  calendar.Date
	From  time.Duration // since the scenario's start; may be negative
	To    time.Duration
	Gross float64 // heads paid
	Net   float64 // heads available, after planned shrinkage; of a part-time shift, those who take turns
	// Before is the net heads of the shift's crews before this one. Whoever needs
	// whole heads rounds the running totals, Before and Before+Net, so that the crews
	// add up to the rounded shift.
	Before   float64
	Overtime bool // planned overtime after the shift, of the first of its people
	OnCall   bool
	// Breaks are half-open, sorted, disjoint, inside the duty.
	Breaks []Interval
}

// Interval is a half-open stretch of time since the scenario's start.
type Interval struct{ From, To time.Duration }
