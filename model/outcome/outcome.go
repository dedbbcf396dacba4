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
	// Stopped says in words why there are not more replications.
	Stopped string `json:"stopped"`

	Measures []Measure `json:"measures"`
	Series   []Series  `json:"series"`
	Waits    []Waits   `json:"waits"`
	Warnings []Warning `json:"warnings"`
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
	Name   string  `json:"name"`
	Fee    float64 `json:"fee_per_month"`
	Metric string  `json:"metric"`
	Target float64 `json:"target"` // a share
	Period string  `json:"period"`
	Scheme string  `json:"scheme"` // in words
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
	Contract   string `json:"contract,omitempty"`
	Period     string `json:"period,omitempty"` // a contract period or month such as 2026-11
	Spike      string `json:"spike,omitempty"`
	Rung       string `json:"rung,omitempty"` // of the escalation ladder
	Relaxation string `json:"relaxation,omitempty"`
	Exception  string `json:"exception,omitempty"`
	Bot        string `json:"bot,omitempty"` // what customers meet before the desk
	Outage     string `json:"outage,omitempty"`
	Hour       string `json:"hour,omitempty"`     // hour of the week, such as mon-09
	Quantile   string `json:"quantile,omitempty"` // such as p50
}

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

// The names of measures. Labels narrow them down.
const (
	// BreachRate is breached over judged clocks. {metric} and one of
	// {channel, priority, tier, issue, account}.
	BreachRate = "breach_rate"
	// Clocks judged, met or breached, per replication. Same labels.
	Clocks = "clocks"
	// Overdue counts clocks still open and past due at the end; they are breached.
	Overdue = "overdue"
	// Undecided counts clocks still open and not yet due at the end; they are not judged.
	Undecided = "undecided"
	// Elapsed is the quantile {metric, quantile} of the clock's elapsed
	// working time, over stopped clocks and overdue ones as they stand. With
	// {clock} it is what the customer saw pass on the wall, from writing until the
	// reply or the solution.
	Elapsed = "elapsed"
	// Arrived, Solved, Abandoned and Open count tickets created in the
	// measured time: in all, solved, abandoned, and neither at the end.
	Arrived   = "arrived"
	Solved    = "solved"
	Abandoned = "abandoned"
	Open      = "open"
	// AbandonRate is abandoned over arrived tickets: each attempt of a customer is one. {channel}, {priority}.
	AbandonRate = "abandon_rate"
	// Wait is the mean time in the queue until first taken or abandoned. {channel}, {priority}.
	Wait = "wait"
	// Occupancy is agent time with work in hand over agent time on shift. {team}
	Occupancy = "occupancy"
	// InBand is the share of intervals with staff in which occupancy lies within 75–85 %. {team}
	InBand = "occupancy_in_band"
	// BelowBand and AboveBand are the shares in which it lies below and above. {team}
	BelowBand = "occupancy_below_band"
	AboveBand = "occupancy_above_band"
	// HighOccupancy is the share of agent time on shift at the end of four hours on shift
	// in which occupancy was above 85 %. LongestHigh is the longest time on shift in a
	// row of which that is so, in hours. {team}
	HighOccupancy = "high_occupancy"
	LongestHigh   = "longest_high_occupancy"
	// OpenedPerSolved is tickets opened, anew or again, less those abandoned, over tickets
	// solved in the measured time, whenever they were created: above 100 % the backlog grows.
	// In all, and by {period}, which is a week.
	OpenedPerSolved = "opened_per_solved"
	// Quality is the mean quality score of the touches that ended in the measured time.
	// {team} QualitySampled is that of the touches that were looked at, of all teams, and
	// QualityMet the share of periods in which it is at least what is promised.
	Quality        = "quality"
	QualitySampled = "quality_sampled"
	QualityMet     = "quality_met"
	// Strained is the share of agent time on shift in which what the scenario assumes
	// about overload holds. {team} Only where something is assumed.
	Strained = "strained"
	// Utilisation is agent time with work in hand over agent time paid. {team}
	Utilisation = "utilisation"
	// PaidHours, Overtime in agent hours. {team}
	PaidHours = "paid_hours"
	Overtime  = "overtime_hours"
	// PlannedHours are the agent hours of the people whom the plan has on shift, after
	// planned shrinkage and with breaks; Present, Sickness and Vacancies are the shares
	// of them in which people were there, were sick, or nobody held the place. {team},
	// {team, period} They are there only for teams of which it matters who is there.
	PlannedHours = "planned_hours"
	Present      = "present"
	Sickness     = "sickness"
	Vacancies    = "vacancies"
	// StandbyHours are the hours of people on call, who are not at work; Calls are the
	// touches for which one was called, and CalledHours the hours of those who were on
	// their way or at work then. {team} They are there only for teams with people on call.
	StandbyHours = "standby_hours"
	Calls        = "calls"
	CalledHours  = "called_hours"
	// Cost of staff, in the scenario's currency. {team}
	Cost = "cost"
	// BacklogPeak is the largest number of unsolved tickets; QueuePeak that of
	// tickets waiting for an agent.
	BacklogPeak = "backlog_peak"
	QueuePeak   = "queue_peak"
	// Recovery is the time from the end of a spike until the queue is back at
	// what it was before. {spike} Trials that do not recover count with the
	// time left to the horizon, and Unrecovered is their share.
	Recovery    = "recovery"
	Unrecovered = "unrecovered"
	// PeriodsMet is the share of periods of one length, such as 15m or 1d, in which the
	// share of clocks that policies promise was in time, of the periods with any judged
	// clock. {metric, period} It depends on the length: in short periods chance
	// decides, in long ones the mean (Roubos, Koole and Stolletz 2012, Manufacturing &
	// Service Operations Management 14(3)). Periods follow one another from the warm-up
	// on. It is there only where all policies promise the same share of a metric.
	PeriodsMet = "periods_met"
	// Attainment is met over judged clocks of a contract. {contract} or {contract, period}
	Attainment = "attainment"
	// Credit in the scenario's currency. {contract} for the whole horizon,
	// {contract, period} for one period; with {quantile} "p95" or "cvar95"
	// a tail measure over replications.
	Credit = "credit"
	// PayRate is the share of contract periods that pay a credit. {contract}
	PayRate = "pay_rate"
	// BreachRateAdjusted is BreachRate without the clocks of tickets that the
	// scenario's exceptions exclude, and with the longer targets of those that relax;
	// Excluded counts the judged clocks that it leaves out: those of excluded
	// tickets, and those that are late, open and not past the longer target. {metric},
	// {metric, tier}. AttainmentAdjusted is Attainment as seen so. {contract} CreditAdjusted is the credit for the whole horizon that is
	// worked out without them and without those whose credits are suspended. {contract}
	// They are there only in scenarios with exceptions. All other
	// measures are what the customers live through, whatever is excluded.
	BreachRateAdjusted = "breach_rate_adjusted"
	AttainmentAdjusted = "attainment_adjusted"
	CreditAdjusted     = "credit_adjusted"
	Excluded           = "excluded"
	// Touched counts the judged clocks of the tickets that an exception affects (one that
	// suspends credits: those that a contract judges), and Excused those of them that
	// are late and count as late no longer. Each exception counts by itself, so where
	// several affect a ticket their sum is more than what they do together.
	// {exception}, {exception, metric}
	Touched = "exception_clocks"
	Excused = "exception_excused"
	// RelaxedClocks counts the judged clocks whose target a relaxation made longer,
	// BreachRateRelaxed is the share of them that are breached, and BreachRateUsual
	// the share that would be by the target without it, as they ran. {metric, relaxation}
	RelaxedClocks     = "relaxed_clocks"
	BreachRateRelaxed = "breach_rate_relaxed"
	BreachRateUsual   = "breach_rate_usual"
	// Escalations counts how often a {rung} of the ladder was reached by tickets
	// created in the measured time; LeadHours is what that cost leads, in hours,
	// for a {rung} or in all.
	Escalations = "escalations"
	LeadHours   = "lead_hours"
	// The measures of reply cycles are there where some touch does not end a ticket for
	// good: of all tickets, and of each {issue}. FirstContact is the share of solved tickets that
	// their first touch solved and that did not come back. Touches is the mean number of
	// touches of solved tickets. ReopenRate is returns over solutions: the share
	// of times that a ticket was solved after which it came back. TimeToSolve is the quantile
	// {quantile} of the time on the wall from creation to the last solution, of solved tickets.
	FirstContact = "first_contact_resolution"
	Touches      = "touches"
	ReopenRate   = "reopen_rate"
	TimeToSolve  = "time_to_solve"
	// HandedOff is the share of arrived tickets that were handed off to another team, once or
	// more; of all tickets, and of each {issue}. HandOffTime is the time from a hand-off until the
	// ticket came back, or was solved by the other {team}: the mean, and quantiles {team,
	// quantile}. AwayAtEnd counts tickets that a {team} still has at the end, of which there is no
	// such time.
	HandedOff   = "handed_off"
	HandOffTime = "hand_off_time"
	AwayAtEnd   = "away_at_end"
	// OLAKept is met over judged clocks of the promises of group_ownership that are about
	// a {team}, OLAAnswered the same for promises that are kept once the ticket is taken.
	OLAKept     = "ola_kept"
	OLAAnswered = "ola_answered"
	// BotContacts counts the customers who met a {bot} before the desk, by when they
	// made contact. Containment is the share of them who did not come on to the desk,
	// WrongAnswers the share of those who got a wrong answer and come back, and
	// Deflected the share of all who met it whom the desk never sees. BotCost is in the
	// scenario's currency, for a {bot} or in all, and is not in Cost.
	BotContacts  = "bot_contacts"
	Containment  = "containment"
	WrongAnswers = "wrong_answers"
	Deflected    = "deflected"
	BotCost      = "bot_cost"
	// OutageHours is how long an {outage} lasts in the measured time. OutageContacts
	// counts the customers who made contact, in that time, on a channel while it was down:
	// OutageSwitched of them turned to another channel, OutageLost were lost, and
	// OutageWaited made contact again later. StalledHours is agent time on shift without
	// work in hand while the system was down. {team}, and in all.
	OutageHours    = "outage_hours"
	OutageContacts = "outage_contacts"
	OutageSwitched = "outage_switched"
	OutageLost     = "outage_lost"
	OutageWaited   = "outage_waited"
	StalledHours   = "stalled_hours"
	// Availability is the promised time of a {channel} in which it is up over all of it.
	// {channel}, {channel, period} AvailabilityMet is the share of periods in which it is
	// at least what is promised. {channel}
	Availability    = "availability"
	AvailabilityMet = "availability_met"
	// WorkPerTicket is the agent time spent per ticket, seconds.
	WorkPerTicket = "work_per_ticket"
	// BreachByHour is BreachRate of {metric} by {hour} of the week in which the ticket was created.
	BreachByHour = "breach_rate_by_hour"
)

// What customers do of their own accord, on the channels on which they do it, and how
// the time until a solution is divided.
const (
	// Of the attempts on a live {channel}: CallbackRate is the share whose customer accepted to be
	// called back. AbandonRate counts attempts too.
	CallbackRate = "callback_rate"
	// RetryRate and SwitchRate are the shares of the abandoned attempts on a {channel}
	// after which the customer tries again, or writes on another channel.
	RetryRate  = "retry_rate"
	SwitchRate = "switch_rate"
	// FirstAbandonRate and LostRate are shares of the customers who got in touch on a
	// {channel} for the first time in the measured time: of those who abandoned that attempt,
	// and of those who abandoned the last one they made and did not write instead. Who would try
	// again after the end is in neither.
	FirstAbandonRate = "first_abandon_rate"
	LostRate         = "lost_rate"
	// ChasedRate is the share of the tickets of a {channel} whose customers asked again
	// for an answer, Chasers how often they did, and SecondTickets the number of
	// tickets that this brought because nobody saw that it was the same matter.
	ChasedRate    = "chased_rate"
	Chasers       = "chasers"
	SecondTickets = "second_tickets"
	// Reminders counts those that went out to silent customers, and Won the
	// answers that would not have come without them.
	Reminders = "reminders"
	Won       = "won"
	// CustomerTime and DeskTime are the mean time on the wall until a solved ticket was
	// solved: while it was pending with its customer, and else. CustomerShare is the first as
	// a share of both. The time for which it was solved before it came back
	// is in neither. {priority}, {tier}.
	CustomerTime  = "customer_time"
	DeskTime      = "desk_time"
	CustomerShare = "customer_share"
)

// WallClock is the value of the label clock for times by the clock on the wall.
const WallClock = "wall"

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
}

// The names of series.
const (
	SeriesArrivals  = "arrivals"      // tickets/h, by creation
	SeriesBreach    = "breach_rate"   // {metric}, {metric, tier} or {metric, priority}: of the tickets created in the interval
	SeriesHeads     = "heads"         // {team}: agents on shift, mean over the interval
	SeriesPlanned   = "heads_planned" // {team}: agents whom the plan has at work, if nobody were sick or had left
	SeriesBusy      = "busy"          // {team}: agents with work in hand, mean over the interval
	SeriesOccupancy = "occupancy"     // {team}: busy over heads
	SeriesBacklog   = "backlog"       // unsolved tickets at the interval's end
	SeriesQueue     = "queue"         // tickets waiting for an agent at the interval's end
)

// Waits is the distribution of a clock's elapsed time, pooled over replications.
type Waits struct {
	Labels Labels    `json:"labels"`  // {metric} and one of {tier, priority}
	Upper  []float64 `json:"upper_s"` // upper bounds of the bins, seconds
	Count  []uint64  `json:"count"`
}

// Warning is a doubt about the whole experiment or a part of it.
type Warning struct {
	Labels Labels `json:"labels"`
	Text   string `json:"text"` // a full sentence
}

// Format of the outcome file.
const (
	FormatName    = "headroom/outcome"
	FormatVersion = 1
)
