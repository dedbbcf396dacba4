package desk

import (
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
)

// open tells of a new ticket, which has been filled in, and brings it to the queue.
func (d *Desk) open(t *Ticket, patience time.Duration) {
	d.happen(ticket.Created, t)
	if d.layout.owned {
		d.assign(t.slot, d.classes[t.Class].home)
	}
	d.offer(t)
	if t.state == waiting && patience >= 0 {
		t.timer = d.schedule(d.later(patience), event{givesUp, t.slot})
	}
	if d.layout.chased {
		d.unanswered(t.slot)
	}
}

// set fills in a ticket in a place of the slab, of which nothing has been told yet. First is
// when its customer's first contact was created.
func (d *Desk) set(t *Ticket, a *arrivals.Ticket, first time.Duration) {
	i := t.slot
	*t = Ticket{} // and field by field, which is faster than a literal that is copied
	t.Origin, t.First, t.Created = a.Origin, first, a.At
	t.Class, t.Actual, t.Promised = a.Class, a.Actual, d.layout.Promised(a.Class, a.At)
	t.Answered, t.Ended, t.Since = -1, -1, a.At
	t.Agent, t.owner, t.Team, t.Group = -1, -1, -1, -1
	c := &d.classes[t.Promised] // which differs from its class in nothing but what is promised
	t.slot, t.bucket, t.scale, t.heeds = i, c.bucket, a.Scale, c.heeds
	t.solves, t.left = a.Touch.Solves, a.Touch.Handle
	if t.heeds {
		clear(d.clocksOf(i))
		if d.layout.changes {
			d.pasts[i] = sla.Past{}
		}
	}
}

// take is a free place of the slab; pointers to others are valid no longer.
func (d *Desk) take() *Ticket {
	if d.freed > 0 {
		t := &d.tickets[d.freed-1]
		d.freed = t.next
		return t
	}
	slot := int32(len(d.tickets))
	d.tickets = append(d.tickets, Ticket{slot: slot})
	for range d.layout.terms {
		d.clocks = append(d.clocks, sla.Clock{})
	}
	if d.layout.changes {
		d.pasts = append(d.pasts, sla.Past{})
	}
	for range d.layout.spots {
		d.spots = append(d.spots, nowhere)
	}
	return &d.tickets[slot]
}

// happen tells the clocks and the observer of an event, after the ticket's
// fields have been set.
func (d *Desk) happen(kind ticket.EventKind, t *Ticket) {
	if t.heeds {
		d.heed(kind, t)
		return
	}
	d.obs.Ticket(kind, d.events.Now(), t)
}

// heed is happen for tickets that are promised something.
func (d *Desk) heed(kind ticket.EventKind, t *Ticket) {
	i, c := t.slot, &d.classes[t.Promised]
	now := d.events.Now()
	if len(d.pasts) > 0 {
		d.pasts[i].Apply(kind, t.Status, ticket.Team(t.Group), now)
	}
	rounds := len(c.terms) > 0 && c.terms.Apply(d.clocksOf(i), kind, t.Status, ticket.Team(t.Group), now)
	d.obs.Ticket(kind, now, t)
	if len(c.reviews) > 0 {
		d.breaches(i)
	}
	if rounds {
		if d.results = c.terms.Take(d.clocksOf(i), now, d.results[:0]); len(d.results) > 0 {
			d.obs.Judged(now, t, d.results)
		}
	}
	if len(c.rungs)+len(c.reviews) > 0 {
		d.watch(i)
	}
}

// assign makes a team responsible for a ticket, where that matters.
func (d *Desk) assign(i int32, team int16) {
	t := &d.tickets[i]
	if d.classes[t.Promised].owned && t.Group != team {
		t.Group = team
		d.happen(ticket.Assigned, t)
	}
}

func (d *Desk) clocksOf(i int32) []sla.Clock {
	k := d.layout.terms
	return d.clocks[int(i)*k : int(i)*k+k]
}

// wants is what the ticket's next touch asks for.
func (d *Desk) wants(t *Ticket) *demand {
	if !t.straight() {
		return d.wantsNow(t)
	}
	c := &d.classes[t.Class]
	if t.Touches == 0 {
		return &c.first
	}
	return &c.later
}

// wantsNow is wants for a ticket that has gone from line to line or team to team.
func (d *Desk) wantsNow(t *Ticket) *demand {
	c := &d.classes[t.Class]
	first, later := &c.first, &c.later
	switch {
	case t.out > 0:
		return &c.aways[t.out-1].demand
	case t.moved > 0:
		m := &c.moves[t.moved-1]
		first, later = &m.first, &m.later
	case t.back > 0:
		later = &c.backs[t.back-1]
	}
	want := first
	if t.Touches > 0 {
		want = later
	}
	for range t.level {
		want = want.then
	}
	return want
}

// endTouch ends the touch in hand: the agent replies.
func (d *Desk) endTouch(i int32) {
	t := &d.tickets[i]
	if t.out > 0 && !t.solves {
		d.comeBack(i)
		return
	}
	ag := &d.agents[t.Agent]
	d.letGo(t, ag)
	if d.layout.chased {
		d.hush(t)
	}
	t.Touches++
	if d.layout.qualities != nil {
		d.score(t)
	}
	var to *away
	if d.layout.owned {
		to = d.handsOff(t)
	}
	held := d.layout.held && to == nil && t.out == 0 && d.toBeHeld(t)
	switch {
	case to != nil:
		t.Status = to.status
	case held:
		t.Status = d.held.Status
	case t.solves:
		t.Status, t.Ended = ticket.Solved, d.events.Now()
		t.SolvedAtFirst = t.Touches == 1
	default:
		t.Status = ticket.Pending
	}
	if t.Answered < 0 {
		t.Answered = d.events.Now()
	}
	d.happen(ticket.Replied, t)
	t.Agent = -1
	if t.out == 0 {
		t.back = 0
	}
	t.out = 0
	switch {
	case to != nil:
	case held:
		d.hold(t)
	case t.solves:
		d.solved(t)
	default:
		d.pend(i)
	}
	d.freeAgent(ag)
	d.tellWork(ag)
	if to != nil {
		d.handOff(i, to)
	}
}

// comesBack says that the ticket is not solved any longer.
func (t *Ticket) comesBack(at time.Duration) {
	t.Dormant += at - t.Ended
	t.Before, t.Since = t.Ended-t.Since, at
}

// pend waits for the customer.
func (d *Desk) pend(i int32) {
	t := &d.tickets[i]
	t.state = outside
	c := d.gen.Cycle(t.Origin, t.Class, t.scale, int(t.Touches)-1)
	t.ends, t.Won = d.events.Now(), c.Won
	if d.layout.chased {
		d.silent(i)
	}
	if c.Silent {
		t.timer = d.schedule(d.later(c.Delay), event{closes, i})
		return
	}
	t.left, t.solves = c.Touch.Handle, c.Touch.Solves
	t.timer = d.schedule(d.answered(t, c, t.ends), event{answers, i})
}

// answered is when a customer answers who was asked at an instant.
func (d *Desk) answered(t *Ticket, c arrivals.Cycle, asked time.Duration) time.Duration {
	if c.Won {
		return d.after(asked, c.Delay)
	}
	at, ok := d.classes[t.Class].replies.Add(asked, c.Delay)
	if !ok {
		return noDue
	}
	return at
}

// answer: the customer of a pending or solved ticket writes again.
func (d *Desk) answer(i int32) {
	t := &d.tickets[i]
	t.Reopened, t.Chaser = t.Status == ticket.Solved, false
	if t.Reopened {
		t.comesBack(d.events.Now())
	}
	d.heard(t)
	t.Ended = -1
	t.Status = ticket.Open
	if t.Reopened {
		t.Reopenings++
	}
	d.happen(ticket.Message, t)
	if t.back > 0 { // it was solved by a team that it was handed off to
		d.assign(i, d.home(t))
	}
	d.offer(t)
	if d.layout.chased {
		d.unanswered(i)
	}
}

// close solves a ticket whose customer is silent.
func (d *Desk) close(i int32) {
	t := &d.tickets[i]
	d.heard(t)
	t.Status, t.Ended = ticket.Solved, d.events.Now()
	d.happen(ticket.StatusSet, t)
	d.solved(t)
}

// solved: the ticket's life is over, unless its customer comes back.
func (d *Desk) solved(t *Ticket) {
	t.state = outside
	if !d.classes[t.Class].returns || t.Kin.Copy() > 0 { // what was asked twice comes back once
		d.done(t)
		return
	}
	r := d.gen.ReturnMore(t.Origin, t.Class, t.scale, int(t.Touches)-1, d.comesBackMore(t))
	if !r.Comes {
		d.done(t)
		return
	}
	t.left, t.solves = r.Touch.Handle, r.Touch.Solves
	t.timer = d.schedule(d.later(r.Delay), event{answers, t.slot})
}

// abandon: the customer leaves the queue.
func (d *Desk) abandon(i int32) {
	t := &d.tickets[i]
	then := d.gen.Leave(t.Origin, t.Class)
	if then.CallBack {
		d.promiseCall(i)
		return
	}
	d.dequeue(t)
	t.Status, t.Next = ticket.Closed, then.Next
	d.happen(ticket.Abandoned, t)
	left := *t
	d.done(t)
	d.follow(&left, then)
}

// done takes a ticket out of the system.
func (d *Desk) done(t *Ticket) {
	if now := d.events.Now(); t.heeds {
		d.events.Cancel(t.alarm)
		d.report(t.slot, now)
	} else {
		d.obs.Done(now, t, nil)
	}
	t.state = free
	t.next = d.freed
	d.freed = t.slot + 1
}

func (d *Desk) report(i int32, at time.Duration) {
	t := &d.tickets[i]
	d.results = d.classes[t.Promised].terms.Judge(d.clocksOf(i), at, d.results[:0])
	d.obs.Done(at, t, d.results)
}
