package demand

import (
	"time"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Backlog is open tickets that are there when a scenario starts: so many of a kind, or
// those of a file one by one. Their instants lie before the start, so they are negative.
type Backlog struct {
	Name   string
	Stream int // index into the scenario's streams: whose channel and customers they have

	// Tickets are drawn, in each replication anew, if there are no single ones: what they
	// are about and who their customers are by the shares of the stream, or by these.
	Tickets int
	Issues  []IssueShare // nil for those of the stream
	Tiers   []TierShare  // nil for those of the stream and its accounts
	Waits   WaitsFor
	Age     dist.Dist // seconds since they were created
	// Since is how many seconds they have been waiting as they do, at most since they were
	// created; zero: all the time.
	Since dist.Dist

	Open []Open // single ones
}

// WaitsFor is what an open ticket waits for.
type WaitsFor uint8

const (
	// FirstReply: nobody has replied yet.
	FirstReply WaitsFor = iota
	// Answer: somebody has replied, the customer has written again.
	Answer
	// Customer: the last word is the desk's.
	Customer
)

// WaitsForNames are the words for what a ticket waits for, in their order.
var WaitsForNames = []string{"first reply", "answer", "customer"}

// Open is a single ticket that is open at the start, with all that is known to have
// happened to it. The first event is its creation.
type Open struct {
	ID    ticket.ID
	Class ticket.Class
	Past  []Past
}

// Past is something that happened to a ticket before the start.
type Past struct {
	At     time.Duration // since the start, so it is negative
	Kind   ticket.EventKind
	Status ticket.Status // after it
	Team   ticket.Team   // who did it; who is responsible, for Assigned; else NoTeam
}

// PastOf is the past of a ticket that was created so long ago and has waited so long for
// what it waits for, appended to past. The least age is a nanosecond. Where somebody has
// replied, nothing is known of that but that it was so: the reply and the message that
// wants an answer stand at one instant, so that no clock is taken to have been paused.
func PastOf(waits WaitsFor, age, since time.Duration, past []Past) []Past {
	age = max(1, age)
	since = min(max(1, since), age)
	past = append(past, Past{-age, ticket.Created, ticket.New, ticket.NoTeam})
	if waits == FirstReply {
		return past
	}
	past = append(past, Past{-since, ticket.Started, ticket.Open, ticket.NoTeam}, Past{-since, ticket.Replied, ticket.Pending, ticket.NoTeam})
	if waits == Answer {
		past = append(past, Past{-since, ticket.Message, ticket.Open, ticket.NoTeam})
	}
	return past
}
