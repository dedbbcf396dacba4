// Package outcome is what an experiment leaves behind, and the file it lives in.
//
// A Run is what one trial leaves: a list of totals, one entry per Measure, and
// time series. An Experiment is all runs of a scenario, merged in the order of
// their replication, with estimates. The outcome file is an Experiment as JSON;
// everything that people look at is made from it, without simulating again.
//
// Every measure is a ratio of two totals per replication, Num and Den: a breach
// rate is breached clocks over judged clocks, occupancy is busy time over time on
// shift, a mean wait is the sum of the waits over their number, a cost is money
// over one trial. So every measure is estimated, compared and written in one way.
package outcome

import (
	"fmt"
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Experiment is all trials of one scenario.
type Experiment struct {
	Format   string   `json:"format"`  // FormatName
	Version  int      `json:"version"` // FormatVersion
	Tool     string   `json:"tool"`    // the program that wrote it, with its version
	Scenario Scenario `json:"scenario"`

	Seed         uint64 `json:"seed"`
	Replications int    `json:"replications"`
	// Balance says how sets of Set consecutive replications were drawn together: days or
	// mirrored; empty if each was drawn by itself.
	Balance string `json:"balance,omitempty"`
	Set     int    `json:"set,omitempty"`
	// Control says by what estimates are corrected: arrivals; empty for nothing.
	Control string `json:"control,omitempty"`
	// Stopped says in words why there are not more replications.
	Stopped string `json:"stopped"`

	Measures []Measure `json:"measures"`
	Series   []Series  `json:"series"`
	Waits    []Waits   `json:"waits"`
	Warnings []Warning `json:"warnings"`
	// Findings are what was expected, and whether it holds.
	Findings []Finding `json:"findings,omitempty"`
}

// Scenario is the birth certificate of an outcome: what was simulated.
type Scenario struct {
	Name     string        `json:"name"`
	Title    string        `json:"title,omitempty"`
	Digest   string        `json:"digest"` // of the scenario's canonical encoding
	Zone     string        `json:"zone"`
	Start    time.Time     `json:"start"`
	Length   time.Duration `json:"length_ns"`
	Warmup   time.Duration `json:"warmup_ns"`
	Interval time.Duration `json:"interval_ns"` // of the time series
	Currency string        `json:"currency,omitempty"`

	Channels   []string   `json:"channels"`
	Issues     []string   `json:"issues"`
	Tiers      []string   `json:"tiers"`
	Priorities []string   `json:"priorities"` // highest first
	Accounts   []string   `json:"accounts"`
	Teams      []string   `json:"teams"`
	Targets    []Target   `json:"targets"`
	Contracts  []Contract `json:"contracts"`
	Spikes     []Spike    `json:"spikes"`
	Rungs      []Rung     `json:"rungs,omitempty"` // the escalation ladder

	Exceptions  []Exception  `json:"exceptions,omitempty"`
	Relaxations []Relaxation `json:"relaxations,omitempty"`

	// Bots are what customers meet before the desk.
	Bots []string `json:"bots,omitempty"`
	// Outages are when channels, or the systems of teams, are down.
	Outages []Outage `json:"outages,omitempty"`
	// Quality is what is promised about quality scores, in words; empty for nothing.
	Quality      string   `json:"quality,omitempty"`
	Availability []Uptime `json:"availability,omitempty"`
	// Plan is what was planned; files of older programs have none.
	Plan *Plan `json:"plan,omitempty"`
}

// Target is one promise of the scenario's policies, for reports.
type Target struct {
	Policy   string        `json:"policy"`
	Metric   string        `json:"metric"`
	Calendar string        `json:"calendar"`
	Priority string        `json:"priority,omitempty"` // empty: the same for all
	Within   time.Duration `json:"within_ns"`
	Share    float64       `json:"share,omitempty"`
}

// Contract is one contract of the scenario, for reports.
type Contract struct {
	Name    string  `json:"name"`
	Fee     float64 `json:"fee_per_month"`
	Promise string  `json:"promise,omitempty"` // in words: 95% of resolution within 4h; of all levels
	Metric  string  `json:"metric"`            // of the first level
	// Target is the share of clocks that the first level promises, 0 if it promises something else.
	Target float64 `json:"target"`
	Period string  `json:"period"`
	Scheme string  `json:"scheme"`          // what all levels pay, in words
	Terms  string  `json:"terms,omitempty"` // what holds for all levels together, in words
	// Levels are there where a contract has several.
	Levels []Level `json:"levels,omitempty"`
	// Accounts are those that it names; none for the contract of a tier.
	Accounts []string `json:"accounts,omitempty"`
}

// Promised is what the contract promises, in words; files of older programs have it in parts.
func (c *Contract) Promised() string {
	if c.Promise == "" {
		return fmt.Sprintf("%g%% of %s", math.Round(c.Target*1e6)/1e4, c.Metric)
	}
	return c.Promise
}

// Kept is the share of clocks by which a period is known to keep the promise; 0 if it takes more to know.
func (c *Contract) Kept() float64 {
	if len(c.Levels) > 0 {
		return 0
	}
	return c.Target
}

// Level is one of several service levels of a contract, for reports.
type Level struct {
	Name    string `json:"name"`
	Promise string `json:"promise"` // in words: 95% of resolution within 4h
	Scheme  string `json:"scheme"`  // in words
}

// Rung is one step of the scenario's escalation ladder, for reports.
type Rung struct {
	Name string `json:"name"`
	At   string `json:"at"` // in words: 75 % of first_reply
	Do   string `json:"do"` // in words: reassign to experts
}

// Exception is one dated record of when promises count differently, for reports.
type Exception struct {
	Name       string        `json:"name"`
	Reason     string        `json:"reason"`
	ApprovedBy string        `json:"approved_by"`
	From       time.Duration `json:"from_ns"` // since the scenario's start
	Until      time.Duration `json:"until_ns"`
	Affects    string        `json:"affects"` // in words: tier gold, channel chat
	Do         string        `json:"do"`      // exclude, suspend_credits or relax ×2
}

// Relaxation is one announced time in which promises are longer, for reports.
type Relaxation struct {
	Name      string        `json:"name"`
	Announced time.Duration `json:"announced_ns"` // since the scenario's start
	From      time.Duration `json:"from_ns"`
	Until     time.Duration `json:"until_ns"`
	Affects   string        `json:"affects"`  // in words: tier gold, channel chat
	Promises  []string      `json:"promises"` // in words: first_reply ×2
}

// Outage is one outage of the scenario, for reports.
type Outage struct {
	Name    string        `json:"name"`
	Down    string        `json:"down"` // in words: channel phone, team front
	From    time.Duration `json:"from_ns,omitempty"`
	Until   time.Duration `json:"until_ns,omitempty"`
	Every   time.Duration `json:"every_ns,omitempty"` // the mean, if it is at random
	Planned bool          `json:"planned,omitempty"`
}

// Uptime is what is promised about one channel, for reports.
type Uptime struct {
	Channel  string  `json:"channel"`
	AtLeast  float64 `json:"at_least"` // a share
	Period   string  `json:"period"`
	Calendar string  `json:"calendar"`
}

// Spike is one spike of the scenario, since its start.
type Spike struct {
	Name   string        `json:"name"`
	Factor float64       `json:"factor"`
	Start  time.Duration `json:"start_ns"`
	End    time.Duration `json:"end_ns"`
}

// Labels say what a measure or series is about. An empty label means all.
type Labels struct {
	Metric     string `json:"metric,omitempty"` // SLA metric
	Clock      string `json:"clock,omitempty"`  // WallClock: time on the wall; else working time
	Channel    string `json:"channel,omitempty"`
	Priority   string `json:"priority,omitempty"`
	Tier       string `json:"tier,omitempty"`
	Issue      string `json:"issue,omitempty"`
	Account    string `json:"account,omitempty"`
	Team       string `json:"team,omitempty"`
	Policy     string `json:"policy,omitempty"` // whose target it is about, where several policies promise the metric
	Contract   string `json:"contract,omitempty"`
	Level      string `json:"service_level,omitempty"` // one of several service levels of a contract
	Period     string `json:"period,omitempty"`        // a contract period or month such as 2026-11
	Spike      string `json:"spike,omitempty"`
	Rung       string `json:"rung,omitempty"` // of the escalation ladder
	Relaxation string `json:"relaxation,omitempty"`
	Exception  string `json:"exception,omitempty"`
	Bot        string `json:"bot,omitempty"` // what customers meet before the desk
	Outage     string `json:"outage,omitempty"`
	Hour       string `json:"hour,omitempty"`     // hour of the week, such as mon-09; of waits, of the day, such as 09
	Quantile   string `json:"quantile,omitempty"` // such as p50
}

// WallClock is the value of the label clock for times by the clock on the wall.
const WallClock = "wall"

// Unit of a measure or series.
type Unit string

// The units.
const (
	UnitShare   Unit = "share" // dimensionless, shown in percent
	UnitSeconds Unit = "s"
	UnitTickets Unit = "tickets"
	UnitPerHour Unit = "tickets/h"
	UnitHours   Unit = "h" // agent hours
	UnitHeads   Unit = "heads"
	UnitMoney   Unit = "money" // in Scenario.Currency
	UnitClocks  Unit = "clocks"
	UnitTouches Unit = "touches"

	UnitReminders Unit = "reminders"
	UnitPerTicket Unit = "per ticket"
)

// Measure is one number per replication with its estimate.
type Measure struct {
	Name   string `json:"name"`
	Labels Labels `json:"labels"`
	Unit   Unit   `json:"unit"`
	// Num and Den have one entry per replication. The value of a replication
	// is Num/Den and the estimate is ΣNum/ΣDen. For a quantile, Num is the
	// quantile of each replication, Den is 1 (0 where there was nothing to
	// measure) and the estimate is the quantile of all observations pooled.
	Num      []float64         `json:"num"`
	Den      []float64         `json:"den"`
	Estimate estimate.Estimate `json:"estimate"`
}

// Series is a measure over time: one entry per interval from the start of
// the scenario, warm-up included. An interval without observations holds NaN.
type Series struct {
	Name   string  `json:"name"`
	Labels Labels  `json:"labels"`
	Unit   Unit    `json:"unit"`
	Mean   []Float `json:"mean"` // ratio of totals over replications
	Low    []Float `json:"low"`  // confidence interval of Mean
	High   []Float `json:"high"`
	P10    []Float `json:"p10,omitempty"` // spread of single replications, where it makes sense
	P90    []Float `json:"p90,omitempty"`
	// Breached are, of a breach rate, the clocks of all replications together that were breached, and Judged all
	// that were judged, of which Mean is the ratio. Files of older programs have none.
	Breached []uint64 `json:"breached,omitempty"`
	Judged   []uint64 `json:"judged,omitempty"` // met or breached clocks of all replications together
	// Merged are the intervals of a breach rate that say too little each for itself, put together: see Span.
	Merged []Span `json:"merged,omitempty"`
}

// Waits is the distribution of a clock's elapsed time, pooled over replications.
type Waits struct {
	Labels Labels    `json:"labels"`  // {metric} and one of {tier, priority}, or {metric, hour} of the day, such as 09
	Upper  []float64 `json:"upper_s"` // upper bounds of the bins, seconds
	Count  []uint64  `json:"count"`
}

// Warning is a doubt about the whole experiment or a part of it.
type Warning struct {
	Labels Labels `json:"labels"`
	Text   string `json:"text"` // a full sentence
	// Kind is set where others must find the warning among many: PrecisionMissed, QueueGrows.
	Kind string `json:"kind,omitempty"`
}

// PrecisionMissed is the kind of the warning that the maximum of replications was reached before
// the precision that was asked for.
const PrecisionMissed = "precision_missed"

// QueueGrows is the kind of the warning that the queue was still growing at the end.
const QueueGrows = "queue_grows"

// Format of the outcome file.
const (
	FormatName    = "headroom/outcome"
	FormatVersion = 1
)
