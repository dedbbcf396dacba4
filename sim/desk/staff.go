package desk

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/ticket"
)

// agent is one pair of hands.
type agent struct {
	team int16
	duty duty
	load uint8
	// listed says that he is in the list of his load: he is on shift and has room.
	listed bool
	group  int32
	held   int32 // tickets in hand
	first  int32 // of them, linked through Ticket.next; -1 for none
	next   int32 // in his team's list of agents with the same load
	prev   int32
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
	lists []list
	room  uint64 // loads with somebody in the list, as bits
	turns []turn // the layout's
	staff Staff
	told  Staff
	// outages is how many outages of its system last at present.
	outages int16
}

func (d *Desk) resetStaff() {
	for i := range d.teams {
		t := &d.teams[i]
		if t.lists == nil {
			t.lists, t.turns = make([]list, d.layout.full), d.layout.teams[i].turns
		}
		for j := range t.lists {
			t.lists[j] = list{-1, -1}
		}
		t.room, t.staff, t.told, t.outages = 0, Staff{}, Staff{}, 0
	}
	for g := range d.layout.groups {
		gr := &d.layout.groups[g]
		for i := gr.first; i < gr.first+gr.size; i++ {
			d.agents[i] = agent{team: gr.team, crew: &d.teams[gr.team], group: int32(g), first: -1, person: person{came: gr.begins}}
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
func (d *Desk) list(a int32) {
	ag := &d.agents[a]
	if ag.duty != on || ag.load >= d.layout.full {
		return
	}
	tm := ag.crew
	l := &tm.lists[ag.load]
	d.listings++
	ag.listed = true
	ag.next, ag.prev, ag.since = -1, l.tail, d.listings
	if l.tail < 0 {
		l.head = a
	} else {
		d.agents[l.tail].next = a
	}
	l.tail = a
	tm.room |= 1 << ag.load
}

// unlist is the inverse of list, for an agent who is listed.
func (d *Desk) unlist(a int32) {
	ag := &d.agents[a]
	ag.listed = false
	tm := ag.crew
	l := &tm.lists[ag.load]
	if ag.prev < 0 {
		l.head = ag.next
	} else {
		d.agents[ag.prev].next = ag.next
	}
	if ag.next < 0 {
		l.tail = ag.prev
	} else {
		d.agents[ag.next].prev = ag.prev
	}
	if l.head < 0 {
		tm.room &^= 1 << ag.load
	}
}

// start puts a ticket that is in no queue into an agent's hands.
func (d *Desk) start(t *Ticket, a int32, want *demand) {
	i, ag := t.slot, &d.agents[a]
	if t.timer != 0 {
		d.events.Cancel(t.timer)
	}
	if ag.listed {
		d.unlist(a)
	}
	t.base, t.load = 1, want.load
	if d.layout.varies {
		t.base = d.slowness(ag)
	}
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
		d.callOut(a)
	case ag.held == 1:
		ag.crew.staff.Busy++
	}
	if ag.load < d.layout.full {
		d.list(a)
	}
	if d.layout.owned {
		d.assign(i, ag.team)
	}
	t.state, t.Agent, t.Team, t.OnCall = inHand, a, ag.team, onCall
	if t.out == 0 {
		t.owner, t.Status = a, ticket.Open
	} else { // it goes back to whoever had it
		t.Status = d.classes[t.Class].aways[t.out-1].status
	}
	if t.Answered < 0 && d.layout.queues[want.queue].live {
		t.Answered = d.events.Now()
	}
	work := t.left
	t.stretch = t.base
	if d.layout.paced {
		t.stretch = t.paced(want, ag.held)
	}
	if t.stretch != 1 {
		work = time.Duration(float64(work) * float64(t.stretch))
	}
	if len(d.layout.calls) > 0 {
		work += d.responds(a)
	}
	t.ends = d.later(work)
	t.timer = d.schedule(t.ends, event{touchEnds, i})
	if d.layout.paced {
		d.pace(a)
	}
	d.happen(ticket.Started, t)
	if t.Class != t.Actual {
		d.reclassify(i)
	}
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
	d.letGo(t, &d.agents[t.Agent])
	d.list(t.Agent)
}

// letGo is release for an agent who looks for other work at once: he is not listed in
// between.
func (d *Desk) letGo(t *Ticket, ag *agent) {
	if ag.listed {
		d.unlist(t.Agent)
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
		d.pace(t.Agent)
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
