package roster

import (
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/staffing"
)

// Proposal is the answer to how many people on which shifts: a roster, what it costs, and what
// the simulation says of it. All money is in the scenario's currency and for a week of seven
// days; simulated numbers are of the proof run, whose random numbers the search has never
// seen.
type Proposal struct {
	Tool     string   `json:"tool"` // the program that wrote it, with its version
	Scenario Asked    `json:"scenario"`
	Wish     Wish     `json:"wish"`
	Kept     bool     `json:"kept"` // the proof run confirms every target with the confidence that was asked for
	Targets  []Target `json:"targets"`
	// Weekly says that the roster is the same in each week: Days are the weekdays from Monday
	// on. Otherwise they are the days of the scenario.
	Weekly bool          `json:"weekly"`
	Days   []Day         `json:"days"`
	Shifts []Line        `json:"shifts"`
	Teams  []Crew        `json:"teams"`
	Bill   Bill          `json:"bill"`
	Cover  []Requirement `json:"cover"`
	// Search is all rosters that the search has simulated, in their order; the last one that is
	// Chosen was proven.
	Search []Step `json:"search"`
	// Baselines are what planners would staff without simulation, each scaled until it keeps
	// the same targets, at the same random numbers as the proof of the roster.
	Baselines []Baseline        `json:"baselines,omitempty"`
	Program   Solved            `json:"program"`
	Proof     Proof             `json:"proof"`
	Warnings  []outcome.Warning `json:"warnings,omitempty"`
	// Staffed are the scenario's teams with this roster, as they were simulated.
	Staffed []staffing.Team `json:"-"`
}

// Asked is what the answer is about.
type Asked struct {
	Name     string        `json:"name"`
	Title    string        `json:"title,omitempty"`
	Digest   string        `json:"digest"` // of the scenario as it was, with its own roster
	Zone     string        `json:"zone"`
	Start    time.Time     `json:"start"`
	Length   time.Duration `json:"length"` // warm-up included
	Warmup   time.Duration `json:"warmup"`
	Interval time.Duration `json:"interval"`
	Currency string        `json:"currency"` // of all money; PaidHours where no team has a price
}

// PaidHours is what costs are counted in where a scenario knows no pay.
const PaidHours = "h"

// Wish is what was asked for beyond the targets.
type Wish struct {
	Confidence float64 `json:"confidence"` // with which each target must be kept
	// Fails is the largest chance that a simulated period, as long as the scenario's measured
	// time, misses a target; 0: the targets are about all periods together.
	Fails float64 `json:"fails,omitempty"`
	// Budget is the most that a week may cost; the roster is then the one with the best
	// attainment. 0: the cheapest that keeps the targets.
	Budget  float64 `json:"budget,omitempty"`
	Credits bool    `json:"credits"` // expected service credits count as cost
	// Band is the occupancy wished for, and Price what an hour of one head costs on top that
	// is worked outside of it; 0: no matter.
	Band   [2]float64 `json:"band"`
	Price  float64    `json:"price,omitempty"`
	Method string     `json:"method"` // iterate or cuts
	// FullWeeks asks for heads such that people with days off as their teams have them are all at work on all of
	// their days, and nobody is paid for a day on which no shift is there for him.
	FullWeeks bool `json:"full_weeks,omitempty"`
}

// Target is something promised, and what became of it.
type Target struct {
	outcome.Expectation
	Value estimate.Estimate `json:"value"`
	// Sure is the confidence that the target is kept, one-sided: by Student's law of the
	// estimate, or of the share of periods that miss it where Wish.Fails is set (Clopper and
	// Pearson 1934).
	Sure float64 `json:"sure"`
	// Missed is the share of simulated periods that miss the target.
	Missed estimate.Estimate `json:"missed"`
	Before estimate.Estimate `json:"before"` // with the scenario's own roster, on the same random numbers
}

// Day is a day of the roster.
type Day struct {
	Weekday time.Weekday `json:"weekday"`
	Date    string       `json:"date,omitempty"` // 2026-11-16; empty where the roster is weekly
}

// Line is a shift with its heads on each day of Proposal.Days: gross, whole, on the payroll.
type Line struct {
	Team   string  `json:"team"`
	Shift  string  `json:"shift"`
	From   int     `json:"from"`             // minutes since local midnight
	To     int     `json:"to"`               // above 1,440 if it ends after midnight
	Breaks []Rest  `json:"breaks,omitempty"` // by the clock
	Heads  []int   `json:"heads"`
	Hours  float64 `json:"hours"` // paid, a week
	Pay    float64 `json:"pay"`   // a week
	Part   bool    `json:"part_time,omitempty"`
}

// Rest is a break of a shift.
type Rest struct {
	At      int `json:"at"` // minutes since local midnight of the shift's day
	Minutes int `json:"minutes"`
	Turns   int `json:"turns,omitempty"`
}

// Crew is a team of the roster.
type Crew struct {
	Team      string  `json:"team"`
	Zone      string  `json:"zone"`
	Shrinkage float64 `json:"shrinkage"`
	Raw       float64 `json:"raw"`    // net heads required, mean over the hours of work, fractional
	Gross     float64 `json:"gross"`  // the same before shrinkage
	Shifts    int     `json:"shifts"` // staffed, a week: heads times days
	// People have so many days of work and days off that every shift is staffed; Spare is their
	// days of work beyond what the shifts ask for. 0 where no days off were assigned.
	People int               `json:"people,omitempty"`
	Spare  int               `json:"spare,omitempty"`
	Short  int               `json:"short,omitempty"` // how often a week somebody has less rest than the team's rules ask for
	Tours  []Turn            `json:"tours,omitempty"`
	Hours  float64           `json:"hours"` // paid, a week, as planned
	Cost   float64           `json:"cost"`
	Busy   estimate.Estimate `json:"busy"` // occupancy
}

// Turn is people with the same days off. Shift is, for each of them and by time.Weekday, which
// line of Proposal.Shifts they work, Off or Spare.
type Turn struct {
	Works [7]bool  `json:"works"`
	Shift [][7]int `json:"shift"`
	Part  bool     `json:"part_time,omitempty"` // they work shifts that are for part-timers, and only those
}

// Bill is what the roster costs a week.
type Bill struct {
	Planned  float64           `json:"planned"` // pay of its shifts, with premiums
	Own      float64           `json:"own"`     // pay of the scenario's own roster
	Cost     estimate.Estimate `json:"cost"`    // as simulated, with overtime that nobody planned
	Saved    estimate.Estimate `json:"saved"`   // that of the scenario's own roster, minus this
	Credits  estimate.Estimate `json:"credits"`
	Outside  estimate.Estimate `json:"outside"`  // hours of heads outside the occupancy wished for
	Premiums float64           `json:"premiums"` // within Planned: night, weekend, holiday
}

// Requirement is the heads that work asks for, and what becomes of them, by interval from the
// scenario's start on; of a weekly roster, by interval of a week from Monday on, the mean of
// all such.
type Requirement struct {
	Name      string    `json:"name"`
	Teams     []string  `json:"teams"`
	Offered   []float64 `json:"offered"`   // net heads by formula, before any simulation
	Required  []float64 `json:"required"`  // net heads by the search, of which the roster was made
	Scheduled []float64 `json:"scheduled"` // net heads on the roster, of these teams
	Present   []float64 `json:"present"`   // as simulated
	Busy      []float64 `json:"busy"`      // as simulated, of Present
}

// Step is a roster that the search has simulated.
type Step struct {
	Cost   float64   `json:"cost"`   // planned, a week
	Values []float64 `json:"values"` // of the targets, in their order
	Kept   bool      `json:"kept"`   // all of them, with the margin that the search keeps
	Credit float64   `json:"credit,omitempty"`
	Chosen bool      `json:"chosen,omitempty"`
	What   string    `json:"what"` // how it was made
}

// Baseline is a way to staff without simulation.
type Baseline struct {
	Name   string              `json:"name"`
	Scale  float64             `json:"scale"` // by which its heads are multiplied to keep the targets; 0: none up to 16 does
	Cost   float64             `json:"cost"`  // planned, a week
	Values []estimate.Estimate `json:"values"`
	Dearer estimate.Estimate   `json:"dearer"` // its simulated cost over that of the roster, minus 1
	AsIs   float64             `json:"as_is"`  // planned cost at scale 1
	Holds  bool                `json:"holds"`  // whether it keeps the targets at scale 1
	// AsIsOnly is that no other scale was tried.
	AsIsOnly bool `json:"as_is_only,omitempty"`
}

// Solved is what the program behind the roster has proven: nothing that covers the
// requirement costs less than Bound. It says nothing about other requirements.
type Solved struct {
	Solver string  `json:"solver"`
	Cost   float64 `json:"cost"`
	Bound  float64 `json:"bound"`
	Gap    float64 `json:"gap"`
	Proven bool    `json:"proven"`
}

// Proof is what was spent.
type Proof struct {
	Seed         uint64 `json:"seed"` // of the proof, in which no part of the search had a hand
	Replications int    `json:"replications"`
	Rounds       int    `json:"rounds"`    // proof runs until one confirmed, each with a seed of its own
	Simulated    int    `json:"simulated"` // replications of the search
	Rosters      int    `json:"rosters"`   // that they simulated
	InTime       bool   `json:"in_time"`   // the search came to its end before its time limit
}

// Band is the occupancy that is wished for.
var Band = [2]float64{0.75, 0.85}
