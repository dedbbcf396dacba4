package desk

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/ticket"
)

// agent is one pair of hands.
type agent struct {
	index int32 // among all
	team  int16
	duty  duty
	load  uint8
	// listed says that he is in the list of his load: he is on shift and has room.
	listed bool
	group  int32
	held   int32  // tickets in hand
	first  int32  // of them, linked through Ticket.next; -1 for none
	next   *agent // in his team's list of agents with the same load
	prev   *agent
	since  uint64 // when he came into the list, in the order of all
	crew   *team  // the team, in this trial
	person
}

// duty says whether an agent is there.
type duty uint8

const (
	off     duty = iota
	on           // on shift, takes work
	leaving      // takes nothing new, finishes what he has before a break
	late         // the same, after the end of his shift

	standby    // on call
	called     // on call, and called
	calledOver // the same, after the end of his time on call
)

// team keeps its agents who have room in lists by load, longest in it first.
type team struct {
	lists []roll
	room  uint64 // loads with somebody in the list, as bits
	turns []turn // the layout's
	staff Staff
	told  Staff
	// outages is how many outages of its system last at present.
	outages int16
}

// roll is a list of agents, doubly linked through next and prev.
type roll struct{ head, tail *agent }

func (d *Desk) resetStaff() {
	for i := range d.teams {
		t := &d.teams[i]
		if t.lists == nil {
			t.lists, t.turns = make([]roll, d.layout.full), d.layout.teams[i].turns
		}
		clear(t.lists)
		t.room, t.staff, t.told, t.outages = 0, Staff{}, Staff{}, 0
	}
	for g := range d.layout.groups {
		gr := &d.layout.groups[g]
		for i := gr.first; i < gr.first+gr.size; i++ {
			d.agents[i] = agent{index: i, team: gr.team, crew: &d.teams[gr.team], group: int32(g), first: -1, person: person{came: gr.begins}}
		}
	}
}

// tellStaff tells the observer if a team's numbers have changed.
func (d *Desk) tellStaff(t int16) {
	if tm := &d.teams[t]; !tm.staff.equal(&tm.told) {
		if len(d.strains) > 0 {
			d.strains[t].add(d.events.Now(), tm.told)
		}
		tm.told = tm.staff
		d.obs.Staff(d.events.Now(), int(t), tm.staff)
	}
}

// tellWork is tellStaff after an agent has taken or finished work. Unless he leaves or is
// called, that changes nothing but how many of his team are busy.
func (d *Desk) tellWork(ag *agent) {
	if tm := ag.crew; ag.duty != on || tm.staff.Busy != tm.told.Busy {
		d.tellStaff(ag.team)
	}
}

// equal is ==, without a call.
func (n *Staff) equal(m *Staff) bool {
	return n.Busy == m.Busy && n.On == m.On && n.Over == m.Over && n.Late == m.Late &&
		n.Down == m.Down && n.Strained == m.Strained && n.Sick == m.Sick && n.Vacant == m.Vacant && n.Missed == m.Missed &&
		n.Standby == m.Standby && n.Called == m.Called
}

// list puts an agent on shift who has room at the end of the list of his load.
func (d *Desk) list(ag *agent) {
	if ag.duty != on || ag.load >= d.layout.full {
		return
	}
	tm := ag.crew
	l := &tm.lists[ag.load]
	d.listings++
	ag.listed = true
	ag.next, ag.prev, ag.since = nil, l.tail, d.listings
	if l.tail == nil {
		l.head = ag
	} else {
		l.tail.next = ag
	}
	l.tail = ag
	tm.room |= 1 << (ag.load & 63)
}

// unlist is the inverse of list, for an agent who is listed.
func (d *Desk) unlist(ag *agent) {
	ag.listed = false
	tm := ag.crew
	l := &tm.lists[ag.load]
	if ag.prev == nil {
		l.head = ag.next
	} else {
		ag.prev.next = ag.next
	}
	if ag.next == nil {
		l.tail = ag.prev
	} else {
		ag.next.prev = ag.prev
	}
	if l.head == nil {
		tm.room &^= 1 << (ag.load & 63)
	}
}

// start puts a ticket that is in no queue into an agent's hands.
func (d *Desk) start(t *Ticket, ag *agent, want *demand) {
	i := t.slot
	if t.timer != 0 {
		d.events.Cancel(t.timer)
	}
	if ag.listed {
		d.unlist(ag)
	}
	t.load = want.load
	ag.load += t.load
	ag.held++
	t.next, t.prev = ag.first, -1
	if ag.first >= 0 {
		d.tickets[ag.first].prev = i
	}
	ag.first = i
	onCall := ag.duty == standby
	switch {
	case onCall:
		d.callOut(ag)
	case ag.held == 1:
		ag.crew.staff.Busy++
	}
	if ag.load < d.layout.full {
		d.list(ag)
	}
	if d.layout.owned {
		d.assign(i, ag.team)
	}
	t.state, t.Agent, t.Team, t.OnCall = inHand, ag.index, ag.team, onCall
	if t.out == 0 {
		t.owner, t.Status = ag.index, ticket.Open
	} else { // it goes back to whoever had it
		t.Status = d.classes[t.Class].aways[t.out-1].status
	}
	now := d.events.Now()
	if t.Answered < 0 && want.live {
		t.Answered = now
	}
	t.base, t.stretch = 1, 1
	lasts := t.left
	if d.layout.varies {
		lasts = d.lasts(t, ag, want)
	}
	t.ends = d.later(lasts)
	t.timer = d.schedule(t.ends, event{touchEnds, i})
	if d.layout.paced {
		d.pace(ag)
	}
	d.happen(ticket.Started, t)
	if t.Class != t.Actual {
		d.reclassify(i)
	}
}

// lasts is how long a touch that starts now lasts in an agent's hands, at the pace of the
// moment, until it ends.
func (d *Desk) lasts(t *Ticket, ag *agent, want *demand) time.Duration {
	t.base = d.slowness(ag)
	t.stretch = t.paced(want, ag.held)
	work := t.left
	if t.stretch != 1 {
		work = time.Duration(float64(work) * float64(t.stretch))
	}
	return work + d.responds(ag)
}

// slowness is how much longer work takes in an agent's hands, whatever else he has in them.
func (d *Desk) slowness(ag *agent) float32 {
	base := float32(1)
	if len(d.layout.slow) > 0 {
		base = float32(model.Slowness(d.layout.slow, ticket.Team(ag.team), d.events.Now()))
	}
	if d.teams[ag.team].staff.Strained {
		base *= float32(1 + d.layout.burnout.Handle)
	}
	if learning := d.layout.groups[ag.group].learning; learning != nil {
		base /= float32(learning.Speed(d.events.Now() - ag.came))
	}
	return base
}

// release takes a ticket out of its agent's hands. He may be found for another, but does
// not look for one himself; see freeAgent.
func (d *Desk) release(t *Ticket) {
	ag := &d.agents[t.Agent]
	d.letGo(t, ag)
	d.list(ag)
}

// letGo is release for an agent who looks for other work at once: he is not listed in
// between.
func (d *Desk) letGo(t *Ticket, ag *agent) {
	if ag.listed {
		d.unlist(ag)
	}
	ag.load -= t.load
	ag.held--
	if t.prev < 0 {
		ag.first = t.next
	} else {
		d.tickets[t.prev].next = t.next
	}
	if t.next >= 0 {
		d.tickets[t.next].prev = t.prev
	}
	t.timer = 0
	if d.layout.paced {
		d.pace(ag)
	}
	tm := ag.crew
	switch {
	case ag.held > 0:
	case ag.duty >= called:
		d.callEnds(ag)
	case ag.duty == on:
		tm.staff.Busy--
	case ag.duty == late:
		tm.staff.Late--
		fallthrough
	case ag.duty == leaving:
		tm.staff.Over--
		ag.duty = off
	}
}
