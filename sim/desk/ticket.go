package desk

import (
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/des"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Observer is told what happens, at the time it happens and in order. What it
// gets by pointer is valid during the call only and must not be changed.
type Observer interface {
	// Ticket is told of an event of a ticket's life; the ticket's fields are
	// those after the event.
	Ticket(kind ticket.EventKind, at time.Duration, t *Ticket)
	// Waiting is told how many tickets wait for an agent, whenever that changes.
	Waiting(at time.Duration, tickets int)
	// Staff is told a team's numbers, whenever one of them changes.
	Staff(at time.Duration, team int, n Staff)
	// Judged is told the verdicts on rounds of a ticket's promises that an event has
	// ended, after the event itself.
	Judged(at time.Duration, t *Ticket, results []sla.Result)
	// Done is told that nothing more will happen to a ticket in this trial,
	// and how its other promises ended. At the horizon it is told of all that are open.
	Done(at time.Duration, t *Ticket, results []sla.Result)
}

// Beginner is an Observer that is told, before anything happens, which trial it is.
type Beginner interface{ Begin(key rng.Key) }

// Heir is an Observer that is told, before anything happens, of each ticket that is open when
// the trial begins, in the order in which they have come to wait: how it stands, what has
// happened to it, and how its promises stand, all at the start. Its creation lies before the start. No
// event of it is told again.
type Heir interface {
	Inherits(t *Ticket, past []arrivals.Past, results []sla.Result)
}

// Staff is how many agents of a team do what.
type Staff struct {
	On   int32 // on shift
	Busy int32 // of those, with work in hand
	// Over are those whose shift is over, or whose break has begun, and who
	// finish what they have in hand.
	Over int32
	Late int32 // of those, the ones whose shift is over: overtime
	Down bool  // their system is down: nobody starts anything
	// Strained says that what the scenario assumes about overload holds for them.
	Strained bool

	// Of the people whom the plan has on shift or on a break now, those who are sick
	// and those whose place is vacant; and of those whom it has in overtime, those who
	// are not there for it. All 0 where no shift has sickness or attrition.
	Sick, Vacant, Missed int32

	// People on call, who are none of On: those who can be called now, and those who
	// have been called and are on their way or at work, though their time be over.
	Standby, Called int32
}

// Ticket is a ticket in the system.
type Ticket struct {
	arrivals.Origin
	Created time.Duration
	Queued  time.Duration // when it entered the queue, the last time
	Class   int32         // index into the plan's classes: what it is taken for
	Actual  int32         // the class that it really has
	// Promised says whose promises it has: those of Class, unless promises are
	// frozen when a class changes, in the regime in which it was created. It is an index as
	// Layout.Promised gives it.
	Promised int32
	Touches  int32 // that have ended
	// Answered is when it was first answered: by a reply, or on a live channel by an
	// agent; Ended when it was solved, the last time. -1: not yet, or not any longer.
	Answered, Ended time.Duration
	// Since is when its customer last began to wait for a solution: when it was created, or came back. Before is how
	// long he waited for the solution before that.
	Since, Before time.Duration

	Agent  int32 // who has it in hand, or has it no longer from this event on; -1 for nobody
	Team   int16 // of the agent who has it or had it last; -1 for none
	Group  int16 // the team responsible, if that is promised anything or it may be handed off; -1 for none
	Status ticket.Status
	// Reopened says that its last message came after it had been solved;
	// Returned that it was taken before and went back to the queue.
	Reopened bool
	// Rung is the rung of the ladder that Noted is about; -1 if it is the note of a team
	// that gives back what was handed off to it.
	Rung     int8
	Returned bool
	// OnCall says that whoever has it or had it last is not at work, but was called.
	OnCall bool
	// SolvedAtFirst says that its first touch solved it, whatever came after.
	SolvedAtFirst bool
	HandOffs      int32         // how often it was handed off to another team
	Reopenings    int32         // how often it came back after it had been solved
	Parted        time.Duration // when it was handed off, the last time
	// Chaser says that the customer's last message asked again for an answer; Won that
	// his answer, if one comes, was won by a reminder; CalledBack that he has left the line and
	// is to be called back. Next is what he does after he has left for good.
	Chaser, Won, CalledBack bool
	Next                    arrivals.Next
	// First is when the customer's first contact about the matter was created: this one,
	// unless it descends from another.
	First time.Duration
	// WithCustomer is how long the ticket has been pending in all, up to when it last
	// became pending; Dormant how long it was solved before it was reopened.
	WithCustomer, Dormant time.Duration
	Chases                uint8 // how often the customer has asked again

	// Score is the quality of the touch that has ended, a share; -1 if nobody scores it.
	// Sampled says that it is looked at.
	Score   float32
	Sampled bool

	state   state
	slot    int32 // its place in the slab
	heeds   bool  // its class, by Promised, has clocks or a ladder that must be told of its events
	bucket  uint8
	load    uint8 // of the touch in hand
	solves  bool  // the next touch solves it
	scale   float32
	base    float32       // how much longer the touch in hand takes, whatever else the agent has: by slow tools
	stretch float32       // the same, with what else he has at present
	left    time.Duration // agent time that the next touch needs
	ends    time.Duration // when the touch in hand ends; of a pending ticket, since when it is
	timer   des.Handle
	alarm   des.Handle // the next escalation
	moves   des.Handle // to the line where more teams may take it
	line    int32      // where it waits
	owner   int32      // who had it last; -1 for nobody, or if it has waited for him long enough
	raised  uint8      // steps that it has gone up in the queue
	path
	asked uint8 // reminders since the last reply
	next  int32 // in its list
	prev  int32
	seq   uint64     // place in the order of the queue
	nudge des.Handle // the next time that the customer asks again, or is reminded
}

// path is how a ticket came to the line in which it stands; zero for the straight way.
type path struct {
	out   int8  // the hand-off that it is away by, + 1; 0 for none
	moved int8  // the rung that reassigned it last, + 1; 0 for none
	back  int16 // the team to which it belongs that was handed off, + 1; 0 for any that can
	level int32 // lines that it has gone on to since it came to the queue
}

// straight is whether it is the zero path, without a call.
func (p *path) straight() bool { return int32(p.out)|int32(p.moved)|int32(p.back)|p.level == 0 }

// state says where a ticket's links belong.
type state uint8

const (
	free    state = iota // its slot holds no ticket; next is the next free slot
	waiting              // in a queue
	inHand               // with an agent
	outside              // with its customer
	unborn               // no ticket yet: a customer who will try again
)
