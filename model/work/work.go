// Package work says what an issue type asks of the desk: how long an agent
// handles it, how many touches it takes, and how the customer behaves between
// them. All of it belongs to the customer's side: the simulator draws it from
// the ticket's own random stream, whatever the staffing.
package work

import (
	"time"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Issue is one issue type.
//
// A ticket's life under it: the first touch solves the ticket with probability
// SolvedAtFirst. If it does not, the agent's reply asks the customer something
// and the ticket is pending. The customer never answers with probability
// Reply.Never (then the ticket is solved Reply.Close after the agent's reply),
// else answers after Reply.After, and the next touch solves with probability
// SolvedLater. A solved ticket comes back with probability Reopen.Share after
// Reopen.After, for one more touch that is drawn as a later touch.
//
// A touch may also be followed by a hand-off: then it solves nothing and asks the
// customer nothing, and another team works on the ticket; see HandOff. Or, if no hand-off
// follows, by a hold: the ticket waits for somebody outside; see Hold.
type Issue struct {
	Name     string
	Priority ticket.Priority // the priority that tickets of this issue get
	Skill    ticket.Skill    // who can do it; ticket.NoSkill for anybody

	Handle        dist.Dist // agent time of one touch, seconds
	SolvedAtFirst float64   // probability, in (0, 1]
	SolvedLater   float64   // probability at every later touch, in (0, 1]

	Reply  Reply
	Reopen Reopen

	HandOffs []HandOff // their shares add up to 1 at most
	Holds    []Hold    // and so do those of these that may follow one touch
}

// Reply is what the customer does after an agent's reply that did not solve
// the ticket.
type Reply struct {
	After dist.Dist // delay until the customer answers, seconds
	// Calendar is an index into the scenario's calendars: in its hours that delay passes. What
	// a reminder wins comes by the clock on the wall.
	Calendar int
	Never    float64       // probability that no answer comes
	Close    time.Duration // when no answer comes, the ticket is solved this long after the agent's reply
	// Remind is when the customer is reminded, counted from the agent's reply, in
	// order. Each time a customer who would never answer decides with probability Wins
	// to answer after all, after a new delay; whose delay goes beyond Close is not won.
	Remind []time.Duration
	Wins   float64
}

// Reopen is the return of a solved ticket.
type Reopen struct {
	Share float64   // probability, below 1
	After dist.Dist // delay after solving, seconds
}

// Channel is how a contact reaches the desk.
type Channel struct {
	Name string
	// Live contacts occupy the customer while he waits: he may abandon, and the
	// first reply is the moment an agent answers.
	Live bool
	// Patience is how long a live customer waits before he leaves, seconds; the
	// zero Dist means for ever.
	Patience dist.Dist
	// ShortAbandon leaves abandons within it out of the answer metric.
	ShortAbandon time.Duration
	// Concurrency is how many contacts of this channel one agent serves at once; at least 1.
	Concurrency int
	// Slowdown lengthens a contact while its agent has others in hand.
	Slowdown Slowdown
	// Callback is the share of live customers who, when their patience ends, accept to be
	// called back in place of leaving.
	Callback     float64
	AfterAbandon AfterAbandon // of a live channel
	Chase        Chase        // of any other
}

// Slowdown is how much longer a contact takes while its agent has others in hand:
// Slowdown[k-1] is the share with k others. Beyond its end it goes on by its last step, so
// that one number is so much for each other contact.
type Slowdown []float64

// With is the share with a number of others.
func (s Slowdown) With(others int) float64 {
	n := len(s)
	switch {
	case n == 0 || others < 1:
		return 0
	case others <= n:
		return s[others-1]
	}
	step := s[n-1]
	if n > 1 {
		step -= s[n-2]
	}
	return s[n-1] + float64(others-n)*step
}
