// Package sla holds service-level policies and their clocks.
//
// A policy promises, for the tickets that it matches, targets for metrics, on
// a calendar. A Clock is the life of one promise for one ticket: a pure state
// machine that is told what happened and when, and knows no timer. The simulator
// and the reader of histories drive the same clocks, so that simulated and
// measured breach rates mean the same.
package sla

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Metric is what a clock measures.
type Metric uint8

const (
	// FirstReply runs from creation to the first public reply of an agent. It
	// does not pause while the ticket is pending.
	FirstReply Metric = iota
	// Resolution runs from creation until the ticket is solved, and pauses in
	// the statuses that the target names.
	Resolution
	// Answer is for live channels: from entering the queue to the answer by
	// an agent. Abandons within the channel's short-abandon threshold are left
	// out, later abandons count as missed.
	Answer
	// Metrics is how many there are.
	Metrics
)

var metricNames = [Metrics]string{"first_reply", "resolution", "answer"}

// String is the word of the scenario language: first_reply, resolution, answer.
func (m Metric) String() string { return metricNames[m] }

// ParseMetric is the inverse of String.
func ParseMetric(word string) (Metric, bool) {
	i := slices.Index(metricNames[:], word)
	return Metric(max(i, 0)), i >= 0
}

// MetricNames lists the words of all metrics.
func MetricNames() []string { return slices.Clone(metricNames[:]) }

// Rules are all policies of a scenario and how they combine.
type Rules struct {
	Policies []Policy
	Resolve  Resolve
}

// Resolve says which of several matching policies governs a metric.
type Resolve uint8

const (
	// Strictest: all matching policies run, each on its own calendar; the
	// earliest due instant wins.
	Strictest Resolve = iota
	// FirstMatch: the first matching policy that has a target for the metric wins.
	FirstMatch
)

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
	// Pauses are the statuses in which the clock stands still.
	Pauses StatusSet
}

// None in Target.Within means best effort.
const None time.Duration = -1

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
