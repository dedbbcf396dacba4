package desk

import (
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
)

// toBeHeld reports whether the touch that has just ended is followed by a hold, which is kept in held.
func (d *Desk) toBeHeld(t *Ticket) (ok bool) {
	d.held, ok = d.gen.Hold(t.Origin, t.Class, t.scale, int(t.Touches)-1)
	return ok
}

// hold lets a ticket wait for somebody outside, after a touch.
func (d *Desk) hold(t *Ticket) {
	h := d.held
	t.state = outside
	t.ends = d.events.Now()
	t.left, t.solves = h.Touch.Handle, h.Touch.Solves
	t.timer = d.schedule(d.heldUntil(t, h, t.ends), event{holdEnds, t.slot})
}

// heldUntil is when a hold ends that began at an instant.
func (d *Desk) heldUntil(t *Ticket, h arrivals.Hold, since time.Duration) time.Duration {
	at, ok := d.classes[t.Class].holds[h.Way].Add(since, h.Delay)
	if !ok {
		return noDue
	}
	return at
}

// endHold brings a ticket back that was held.
func (d *Desk) endHold(i int32) {
	t := &d.tickets[i]
	t.Status = ticket.Open
	d.happen(ticket.StatusSet, t)
	d.offer(t)
	if d.layout.chased {
		d.unanswered(i)
	}
}

// stillHeld lets a ticket be held that was so at the start, since some time: on hold by its status, or
// open and nothing has happened since a reply that left it so.
func (d *Desk) stillHeld(i int32, since time.Duration) bool {
	t := &d.tickets[i]
	if len(d.classes[t.Class].holds) == 0 || t.Status != ticket.OnHold && !lastReplyLeftOpen(d.past) {
		return false
	}
	hours := d.classes[t.Class].holds
	waited := func(way int) time.Duration { return hours[way].Between(since, 0) }
	h, ok := d.gen.StillHeld(t.Origin, t.Class, t.scale, max(0, int(t.Touches)-1), t.Status, waited)
	if !ok {
		return false
	}
	t.state, t.ends = outside, since
	t.left, t.solves = h.Touch.Handle, h.Touch.Solves
	t.timer = d.schedule(max(0, d.heldUntil(t, h, since)), event{holdEnds, i})
	return true
}

// lastReplyLeftOpen reports whether the last thing that happened is a reply after which the ticket stayed open.
func lastReplyLeftOpen(past []arrivals.Past) bool {
	n := len(past)
	for n > 0 && (past[n-1].Kind == ticket.Assigned || past[n-1].Kind == ticket.Noted || past[n-1].Kind == ticket.Reclassified) {
		n--
	}
	return n > 0 && past[n-1].Kind == ticket.Replied && past[n-1].Status == ticket.Open
}
