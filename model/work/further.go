package work

import (
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
)

// AfterAbandon is what customers do who have left the queue of a live channel: with
// probability Retry they try again after a while, with probability Switch they write on
// another channel at once, else they are lost. Who has tried again Most times, and would
// once more, is lost.
type AfterAbandon struct {
	Retry  float64
	After  dist.Dist // delay until the next attempt, seconds
	Most   int       // further attempts of one customer
	Switch float64
	To     ticket.Channel // where those write; not a live one
}

// Any reports whether anybody comes back.
func (a *AfterAbandon) Any() bool { return a.Retry > 0 || a.Switch > 0 }

// MostReminders is how many reminders can follow one reply.
const MostReminders = 8

// Chase is how customers in writing ask again while nobody has answered them: After their
// message and After each time that they asked, at most Most times for one ticket. Who has
// asked Most times waits. With probability Merged the desk sees that it is the same matter:
// the touch takes longer by Handle. Else it is a ticket of its own, which takes a touch of
// Handle and is solved by it.
type Chase struct {
	After  dist.Dist // seconds; zero: nobody asks again
	Merged float64
	Handle dist.Dist // agent time, seconds
	Most   int
}

// Any reports whether anybody asks again.
func (c *Chase) Any() bool { return !c.After.IsZero() && c.Most > 0 }
