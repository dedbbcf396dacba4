package collect_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// takes is started by an agent of a team.
func (x *trial) takes(at time.Duration, k *desk.Ticket, agent int32, team int16) {
	x.on(at, func() {
		k.Status, k.Agent, k.Team = ticket.Open, agent, team
		x.Ticket(ticket.Started, at, k)
	})
}

// The second team has calls, and helps out with emails. Agents 0 and 1 are of the first.
func TestWhatRoutingDid(t *testing.T) {
	t.Parallel()
	s := scenario(8*hour, hour, hour)
	s.Teams[1].Channels = []ticket.Channel{1}
	s.Routing = model.Routing{
		Owner:      hour,
		Overflows:  []model.Overflow{{Team: 1, After: minute}},
		Interrupts: []model.Interrupt{{For: sla.Match{Priorities: []ticket.Priority{0}}, Of: sla.Match{Priorities: []ticket.Priority{1}}}},
	}
	x := newTrial(t, s)
	early := x.comes(30*minute, question) // of the warm-up: counts nowhere
	x.takes(70*minute, early, 1, 0)

	low := x.comes(2*hour, question)
	x.takes(2*hour, low, 0, 0)
	x.returned(130*minute, low)
	high := x.comes(130*minute, outage)
	x.takes(130*minute, high, 0, 0) // breaks it off
	x.returned(135*minute, early)
	x.takes(135*minute, x.comes(135*minute, outage), 1, 0) // breaks off what does not count
	x.replied(140*minute, high, ticket.Pending)
	x.takes(141*minute, low, 2, 1) // by overflow
	x.replied(150*minute, low, ticket.Pending)
	x.message(160*minute, high)
	x.takes(160*minute, high, 0, 0) // who had it
	x.message(170*minute, low)
	x.takes(170*minute, low, 0, 0) // another than the one who had it last
	x.returned(175*minute, low)    // goes home
	x.takes(176*minute, x.comes(176*minute, call), 0, 0)
	x.takes(177*minute, x.comes(177*minute, call), 2, 1) // its own
	x.end()

	front, back := outcome.Labels{Team: "front"}, outcome.Labels{Team: "back"}
	x.want(outcome.Overflowed, everything, 1, 8)
	x.want(outcome.Overflowed, back, 1, 2)
	x.want(outcome.Interrupted, everything, 1, 8)
	x.want(outcome.Interrupted, front, 1, 6)
	x.want(outcome.OwnerKept, everything, 1, 2)
	x.want(outcome.OwnerKept, front, 1, 2)
	if x.has(outcome.Overflowed, front) {
		t.Error("a team that never helps out has a share of touches by overflow")
	}
}

func TestPlainRoutingHasNothingToSay(t *testing.T) {
	t.Parallel()
	s := scenario(8*hour, 0, hour)
	s.Routing.Order = model.Priority
	x := newTrial(t, s).end()
	for _, name := range []string{outcome.Overflowed, outcome.Interrupted, outcome.OwnerKept} {
		if x.has(name, everything) {
			t.Errorf("there is %s without a rule for it", name)
		}
	}
}
