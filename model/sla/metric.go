package sla

import (
	"slices"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Metric is what a clock measures.
type Metric uint8

// The metrics. The numbers are part of a scenario's digest: new ones come last.
const (
	// FirstReply runs from creation to the first public reply of an agent; on a
	// live channel, to the answer. It does not pause while the ticket is pending.
	FirstReply Metric = iota
	// Resolution runs from creation until the ticket is solved, and pauses in
	// the statuses that the target names.
	Resolution
	// Answer is for live channels: from entering the queue to the answer by
	// an agent. Abandons within the channel's short-abandon threshold are left
	// out, later abandons count as missed. A customer who tries again has a clock for
	// each attempt.
	Answer
	// NextReply runs from the oldest message of the customer that nobody has
	// answered, once there has been a first reply, to the next public reply or
	// until the ticket is solved. It comes in rounds.
	NextReply
	// PeriodicUpdate runs from each public reply to the next one or until the
	// ticket is solved. It comes in rounds.
	PeriodicUpdate
	// PausableUpdate is PeriodicUpdate, but stands still while the ticket is pending.
	PausableUpdate
	// RequesterWait is the time for which the customer waits for a solution: it
	// runs from creation until the ticket is solved, and not while it is pending.
	RequesterWait
	// AgentWork is the time for which the desk can work: it runs from creation until
	// the ticket is solved, while it is new or open.
	AgentWork
	// GroupOwnership runs from the assignment to a group until another group gets
	// the ticket or it is solved, and pauses in the statuses that the target names. It
	// comes in rounds, one for each assignment. It is the clock of agreements
	// between teams: a target may be about one team alone, and may end as soon as an
	// agent takes the ticket; see Owner and Until.
	GroupOwnership
	// Metrics is how many there are.
	Metrics
)

// definition is a row of the table of metrics.
type definition struct {
	word   string
	starts kinds // events that start a clock, or a round of it
	stops  kinds // events that fulfil the promise
	live   kinds // further ones on live channels
	taken  kinds // further ones where the promise is kept once the ticket is taken
	solve  end   // what solving means
	leave  end   // what it means that a live customer leaves the queue
	holds  StatusSet
	// rounds: the clock starts again, and each round has a verdict.
	rounds bool
	// reopens: a return after solving takes the end back, unless the target says
	// otherwise.
	reopens bool
	// later: it starts only after the first reply.
	later bool
	// pauses: a target may name further statuses in which it stands still.
	pauses bool

	// What follows from the rest.
	ends kinds // all events that may end a promise, besides solving
	once bool  // there is one verdict, and nothing takes it back
}

// end is how an event ends a promise, if it does.
type end uint8

const (
	fulfils   end = iota // as promised, early or late
	withdraws            // nobody waits for it any longer
	misses               // it cannot be kept any longer
)

var definitions = complete([Metrics]definition{
	FirstReply: {
		word: "first_reply", starts: on(ticket.Created), stops: on(ticket.Replied), live: on(ticket.Started),
		solve: withdraws, leave: withdraws,
	},
	Resolution: {
		word: "resolution", starts: on(ticket.Created), solve: fulfils, leave: withdraws, reopens: true, pauses: true,
	},
	Answer: {
		word: "answer", starts: on(ticket.Created), stops: on(ticket.Started, ticket.Replied), solve: withdraws, leave: misses,
	},
	NextReply: {
		word: "next_reply", starts: on(ticket.Message), stops: on(ticket.Replied), solve: fulfils, leave: withdraws,
		rounds: true, later: true,
	},
	PeriodicUpdate: {
		word: "periodic_update", starts: on(ticket.Replied), stops: on(ticket.Replied), solve: fulfils, leave: withdraws,
		rounds: true,
	},
	PausableUpdate: {
		word: "pausable_update", starts: on(ticket.Replied), stops: on(ticket.Replied), solve: fulfils, leave: withdraws,
		rounds: true, holds: 1 << ticket.Pending,
	},
	RequesterWait: {
		word: "requester_wait", starts: on(ticket.Created), solve: fulfils, leave: withdraws, reopens: true,
		holds: 1 << ticket.Pending,
	},
	AgentWork: {
		word: "agent_work", starts: on(ticket.Created), solve: fulfils, leave: withdraws, reopens: true,
		holds: 1<<ticket.Pending | 1<<ticket.OnHold,
	},
	GroupOwnership: {
		word: "group_ownership", starts: on(ticket.Assigned), stops: on(ticket.Assigned), taken: on(ticket.Started),
		solve: fulfils, leave: withdraws,
		rounds: true, reopens: true, pauses: true,
	},
})

// complete fills in what follows from the rest.
func complete(table [Metrics]definition) [Metrics]definition {
	for m := range table {
		d := &table[m]
		d.ends = d.stops | d.live | d.taken | on(ticket.Abandoned)
		d.once = !d.rounds && !d.reopens
	}
	return table
}

// kinds is a set of kinds of events, one bit each.
type kinds uint16

func on(list ...ticket.EventKind) (set kinds) {
	for _, k := range list {
		set |= 1 << k
	}
	return set
}

func (set kinds) has(k ticket.EventKind) bool { return set>>k&1 != 0 }

// fulfilled reports whether an event is what the promise is about.
func (d *definition) fulfilled(kind ticket.EventKind, m *Term) bool {
	return d.stops.has(kind) || m.Live && d.live.has(kind) || m.Until == Taken && d.taken.has(kind)
}

// final reports whether an event that ends a round ends it for good: a reopened ticket
// goes on with a round that ended because it was solved, for the metrics that reopen.
func (d *definition) final(kind ticket.EventKind, m *Term) bool {
	return !d.reopens || kind != ticket.Abandoned && d.fulfilled(kind, m)
}

// begins reports whether an event is one that a round of the promise starts with. An
// assignment starts nothing for a promise about another team.
func (d *definition) begins(kind ticket.EventKind, m *Term, team ticket.Team) bool {
	return d.starts.has(kind) && (kind != ticket.Assigned || m.Owner.covers(team))
}

// String is the word of the scenario language, such as first_reply.
func (m Metric) String() string { return definitions[m].word }

// ParseMetric is the inverse of String.
func ParseMetric(word string) (Metric, bool) {
	i := slices.IndexFunc(definitions[:], func(d definition) bool { return d.word == word })
	return Metric(max(i, 0)), i >= 0
}

// MetricNames lists the words of all metrics, by Metric.
func MetricNames() []string {
	names := make([]string, Metrics)
	for m := range names {
		names[m] = definitions[m].word
	}
	return names
}

// Pausable reports whether a target of the metric may name the statuses in which
// its clock stands still. The clocks of the other metrics stand still by their definition or
// not at all.
func (m Metric) Pausable() bool { return definitions[m].pauses }

// Owned reports whether a target of the metric may be about one team alone, and may
// end once the ticket is taken.
func (m Metric) Owned() bool { return definitions[m].starts.has(ticket.Assigned) }

// InRounds reports whether one ticket may have several verdicts on the metric, one
// for each round of its clock.
func (m Metric) InRounds() bool { return definitions[m].rounds }
