package desk

import (
	"math/bits"

	"github.com/headroom-sim/headroom/model"
)

// offer brings a ticket to the queue, anew.
func (d *Desk) offer(t *Ticket) {
	t.Queued = d.events.Now()
	d.seq++
	t.seq, t.level = d.seq, 0
	want := d.wants(t)
	if d.layout.owner > 0 && d.toOwner(t) {
		return
	}
	if ag := d.findFor(t, want); ag != nil {
		d.startAlone(t, ag, want)
		return
	}
	if d.layout.breaks && d.interrupt(t, want) {
		return
	}
	d.await(t, want)
}

// give hands a ticket that is in no line to an agent who has room for it; false if
// there is none.
func (d *Desk) give(t *Ticket, want *demand) bool {
	ag := d.findFor(t, want)
	if ag == nil {
		return false
	}
	d.startAlone(t, ag, want)
	return true
}

// startAlone puts a ticket into the hands of an agent who was not looking for work. Where
// idle agents are kept free he may now have room for what he was not free for before.
func (d *Desk) startAlone(t *Ticket, ag *agent, want *demand) {
	d.start(t, ag, want)
	if d.layout.reserved {
		d.freeAgent(ag)
	}
	d.tellWork(ag)
}

// await lets a ticket wait in the line of its touch. If as many wait now as call for
// help, whoever helps out takes the first of them.
func (d *Desk) await(t *Ticket, want *demand) {
	d.enqueue(t, int32(want.queue))
	if d.layout.overflow {
		d.goOnLater(t, want)
		d.callHelp(t)
	}
}

// goOnLater lets others take a ticket too, once it has waited long enough for them.
func (d *Desk) goOnLater(t *Ticket, want *demand) {
	if want.then != nil {
		at := max(t.Queued+want.after, d.events.Now())
		t.moves = d.schedule(at, event{movesOn, t.slot})
	}
}

// callHelp lets whoever helps out take the first of those who wait, if as many do as call
// for it now that a ticket has come to wait.
func (d *Desk) callHelp(t *Ticket) {
	ql := &d.layout.queues[d.wants(t).queue]
	for k := range ql.helps {
		if x := &ql.helps[k]; d.calls(x.help) {
			if ag := d.freeIn(x, ql.fits); ag != nil {
				d.freeAgent(ag)
				d.tellStaff(x.team)
				return
			}
		}
	}
}

// calls reports whether as many tickets wait as a rule of overflow says.
func (d *Desk) calls(rule int16) bool {
	h := &d.layout.helps[rule]
	n := 0
	for _, q := range h.queues {
		n += d.queues[q].len
	}
	return n >= h.waiting
}

// moveOn: a ticket has waited for so long that others may take it.
func (d *Desk) moveOn(i int32) {
	t := &d.tickets[i]
	own := d.own(t.line)
	d.dequeue(t)
	if own {
		t.owner = -1
	}
	d.goOn(t)
	if want := d.wants(t); !d.give(t, want) {
		d.await(t, want)
	}
}

// goOn lets all take a ticket, from now on, for whom it has waited long enough since it
// came to the queue.
func (d *Desk) goOn(t *Ticket) {
	for want := d.wants(t); want.then != nil && t.Queued+want.after <= d.events.Now(); want = want.then {
		t.level++
	}
}

// findAgent is the agent who takes a touch now; nil if nobody can.
func (d *Desk) findAgent(want *demand) *agent {
	for k := range want.teams {
		s := &want.teams[k]
		if d.teams[s.team].room&want.fits == 0 {
			continue // nobody has room, as is usual while others wait
		}
		if ag := d.freeIn(s, want.fits); ag != nil {
			return ag
		}
	}
	return nil
}

// freeIn is the agent of a team who takes a ticket now, by the loads at which an agent
// has room for it; nil if nobody does.
func (d *Desk) freeIn(s *seat, fits uint64) *agent {
	tm := &d.teams[s.team]
	if tm.staff.Down {
		return nil
	}
	room := tm.room & fits
	if s.spare > 0 && tm.idle() <= s.spare {
		room &^= 1
	}
	if room == 0 {
		return nil
	}
	if d.layout.agent == model.LeastLoaded {
		return tm.lists[bits.TrailingZeros64(room)].head
	}
	var best *agent
	for ; room != 0; room &= room - 1 {
		if ag := tm.lists[bits.TrailingZeros64(room)].head; best == nil || ag.since < best.since {
			best = ag
		}
	}
	return best
}

// idle is how many are on shift with nothing in hand.
func (t *team) idle() int32 { return t.staff.On - t.staff.Busy }

// freeAgent lets an agent take what waits for him until he has no more room. If he has
// some left, he is listed from then on.
func (d *Desk) freeAgent(ag *agent) {
	if ag.duty == standby {
		d.callNext(ag, true)
	}
	for ag.duty == on && ag.load < d.layout.full {
		t := d.pick(ag)
		if t == nil {
			if !ag.listed {
				d.list(ag)
			}
			return
		}
		d.begin(t, ag)
	}
}

// begin lets an agent take a ticket out of its line.
func (d *Desk) begin(t *Ticket, ag *agent) {
	d.dequeue(t)
	d.start(t, ag, d.wants(t))
}

// pick is the ticket that an agent takes next; nil for none. Live contacts come first;
// team layouts list their lines so.
func (d *Desk) pick(ag *agent) (best *Ticket) {
	if d.waiting == 0 {
		return nil
	}
	var foremost place
	live := false
	for k := range ag.crew.turns {
		x := &ag.crew.turns[k]
		if live && !x.live {
			break
		}
		q := &d.queues[x.queue]
		if q.len == 0 || !ag.crew.lets(ag, x) || x.help != noHelp && !d.calls(x.help) {
			continue
		}
		t, p := q.first(d.tickets)
		if d.layout.spots > 0 {
			t, p = d.firstDue(q)
		}
		if best == nil || p.before(foremost) {
			best, foremost, live = t, p, x.live
		}
	}
	if d.layout.owner > 0 && !live {
		if t, p := d.ownFront(ag); t != nil && (best == nil || p.before(foremost)) {
			best = t
		}
	}
	return best
}

// lets reports whether an agent of the team has room for a touch of a line, and whether
// enough others are idle and the system is up.
func (t *team) lets(ag *agent, x *turn) bool {
	return x.fits>>(ag.load&63)&1 != 0 && !t.staff.Down && (x.spare == 0 || ag.held > 0 || t.idle() > x.spare)
}
