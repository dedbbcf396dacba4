// Package sla holds service-level policies and their clocks.
//
// A policy promises, for the tickets that it matches, targets for metrics, on
// a calendar. A Clock is the life of one promise for one ticket: a pure state
// machine that is told what happened and when, and knows no timer. The simulator
// and the reader of histories drive the same clocks, so that simulated and
// measured breach rates mean the same.
//
// # How to drive the clocks of a ticket
//
// Rules.Terms works out once what is promised to a class of tickets, and Rules.TermsAt what
// is where an announced relaxation holds: a ticket keeps the terms of its creation, and
// those are the same throughout each of Rules.Regimes. For each ticket there is a Clock beside each Term. At every event of the ticket's life:
//
//   - if the event changes the ticket's class, Terms.Change moves the clocks from the
//     old terms to the new ones, unless Rules.Change is Freeze;
//   - Terms.Apply tells the clocks. If it says that rounds have ended, Terms.Take
//     gives their verdicts, and their next rounds begin;
//   - if there are warnings, Terms.NextReach says when the next one is due, as things
//     stand.
//
// At the end of the ticket's life, or where the history breaks off, Terms.Judge
// gives the verdicts on what is left. Rules.Explain does all this for the events of one
// ticket and says how it came out as it did.
package sla

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Rules are all policies of a scenario and how they combine.
type Rules struct {
	Policies []Policy
	Resolve  Resolve
	Change   Change // what a change of class does to running clocks
	// Relaxations are the announced times in which promises are longer.
	Relaxations []Relaxation
}

// Resolve says which of several matching policies governs a metric.
type Resolve uint8

const (
	// Strictest: all matching policies run, each on its own calendar; the
	// earliest due instant wins. A clock that is paused is due as if it went on
	// when it is asked, so it gives way to one that runs.
	Strictest Resolve = iota
	// FirstMatch: the first matching policy that has a target for the metric wins.
	FirstMatch
	// All: every matching policy is judged and counted by itself, so that a
	// ticket may have several verdicts on one metric.
	All
)

var resolveNames = [...]string{"strictest", "first_match", "all"}

// String is the word of the scenario language: strictest, first_match, all.
func (r Resolve) String() string { return resolveNames[r] }

// ResolveNames lists the words of all ways, by Resolve.
func ResolveNames() []string { return slices.Clone(resolveNames[:]) }

// Policy is a set of targets for the tickets that it matches.
type Policy struct {
	Name     string
	Match    Match
	Calendar int // index into the scenario's calendars
	Targets  []Target
}

// Target is one promise of a policy.
type Target struct {
	Metric Metric
	// Within is the working time allowed, by priority. None means best effort:
	// no clock at all.
	Within []time.Duration
	// Share is the share of clocks that must meet Within for the promise to
	// hold as a whole, for targets such as "80% within 20s"; 0 when the
	// promise is per ticket.
	Share float64
	// Pauses are the statuses in which the clock stands still, besides those
	// that belong to the metric.
	Pauses StatusSet
	// Reopen says what a return after solving does to the clock.
	Reopen Reopen
	// Boundary says when a target is due that is used up as the calendar closes.
	Boundary Boundary
	// Warn is when a warning is due. The zero Mark is at 75 % of the target.
	Warn Mark
}

// None in Target.Within means best effort.
const None time.Duration = -1

// Reopen says what becomes of a clock that had stopped because the ticket was solved,
// when the ticket comes back. It is about the metrics that run from creation until
// solving, and about GroupOwnership. In other rounds solving ends the round for good.
type Reopen uint8

const (
	// Resume: the clock goes on from where it stood; solved time does not count.
	Resume Reopen = iota
	// Reset: the verdict stands, and the clock starts once more from nothing, for
	// a verdict of its own.
	Reset
	// Ignore: the first solution counts, whatever comes later.
	Ignore
)

var reopenNames = [...]string{"resume", "reset", "ignore"}

// String is the word of the scenario language: resume, reset, ignore.
func (r Reopen) String() string { return reopenNames[r] }

// ReopenNames lists the words of all ways, by Reopen.
func ReopenNames() []string { return slices.Clone(reopenNames[:]) }

// Boundary says when a target is due that is used up at the very instant at which
// the calendar closes. Either way it is breached only once elapsed exceeds the
// target, that is from the next opening on, so that no verdict depends on it; the due
// instant, and with it which of several policies is the strictest, does.
type Boundary uint8

const (
	// AtClose: it is due at the closing instant.
	AtClose Boundary = iota
	// NextOpen: it is due when the calendar opens again.
	NextOpen
)

var boundaryNames = [...]string{"at_close", "next_open"}

// String is the word of the scenario language: at_close, next_open.
func (b Boundary) String() string { return boundaryNames[b] }

// BoundaryNames lists the words of both, by Boundary.
func BoundaryNames() []string { return slices.Clone(boundaryNames[:]) }

// Mark is a point on a clock's way, at which somebody is warned or something is
// escalated: a share of the target and a working time added to it. {Share: 0.75} is
// after three hours of a target of four, {Share: 1, Offset: -30m} is half an hour
// before due, {Share: 1, Offset: 1h} an hour after. The zero Mark is at 75 %.
type Mark struct {
	Share  float64
	Offset time.Duration
}

// of is the working time at which a clock with a target reaches the mark.
func (k Mark) of(within time.Duration) time.Duration {
	if k == (Mark{}) {
		k.Share = 0.75
	}
	return time.Duration(float64(within)*k.Share) + k.Offset
}

// StatusSet is a set of statuses, one bit each.
type StatusSet uint8

// Has reports whether s is in the set.
func (set StatusSet) Has(s ticket.Status) bool { return set>>s&1 != 0 }

// With is the set with s added.
func (set StatusSet) With(s ticket.Status) StatusSet { return set | 1<<s }

// Match selects tickets by class. An empty list matches everything; a ticket
// matches if it matches every list.
type Match struct {
	Channels   []ticket.Channel
	Issues     []ticket.Issue
	Tiers      []ticket.Tier
	Priorities []ticket.Priority
	Accounts   []ticket.Account
}

// Matches reports whether tickets of class c are selected.
func (m *Match) Matches(c ticket.Class) bool {
	return in(m.Channels, c.Channel) && in(m.Issues, c.Issue) && in(m.Tiers, c.Tier) &&
		in(m.Priorities, c.Priority) && in(m.Accounts, c.Account)
}

func in[T comparable](list []T, x T) bool { return len(list) == 0 || slices.Contains(list, x) }
