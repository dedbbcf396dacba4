package demand

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Burst is what an incident brings on top of a stream: many tickets of one issue at
// once, from the same customers by the same channel.
//
//	tickets ┤
//	a second│  ┌\
//	        │  │ \
//	        │  │  `._
//	      0 ┤──┘     ``----.......___
//	        └──┬────────────────┬─────▶ time
//	           incident         └ after Over: 95 % are there
//
// An incident brings a Poisson number of tickets with mean Tickets. They come at a
// rate that jumps up and falls off exponentially, so that 95 % of them are expected
// within Over; the rest come later, fewer and fewer. Nothing else knows of
// the incident: the stream's own tickets, busyness and spikes stay as they are.
type Burst struct {
	Name    string
	Stream  int // index of the stream whose channel, tiers and accounts it has
	Issue   ticket.Issue
	Tickets float64       // mean of one incident
	Over    time.Duration // above 0

	// At is when the incident happens, since the scenario's start. Where Every is
	// not 0 it means nothing: incidents then come at random, as a Poisson process with
	// that mean time between two of them, from the start to the horizon.
	At    time.Duration
	Every time.Duration
}

// Decay is the constant of the exponential fall, per second: ln 20 / Over.
func (b *Burst) Decay() float64 { return math.Log(20) / b.Over.Seconds() }

// Rate is the mean number of tickets per second that an incident brings at a time
// since it happened, Tickets · Decay · e^(-Decay·since); 0 before it.
func (b *Burst) Rate(since time.Duration) float64 {
	if since < 0 {
		return 0
	}
	k := b.Decay()
	return b.Tickets * k * math.Exp(-k*since.Seconds())
}

// Expected is the integral of Rate from one time since the incident to another. It
// is 0 if to is not after from.
func (b *Burst) Expected(from, to time.Duration) float64 {
	from = max(from, 0)
	if to <= from {
		return 0
	}
	k := b.Decay()
	return b.Tickets * math.Exp(-k*from.Seconds()) * -math.Expm1(-k*(to-from).Seconds())
}
