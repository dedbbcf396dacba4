package desk

import (
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
)

// promiseCall keeps a customer in the queue who is to be called back: nobody is on the
// line any longer, so he cannot leave, but he has not been answered either.
func (d *Desk) promiseCall(i int32) {
	t := &d.tickets[i]
	t.timer, t.CalledBack = 0, true
	d.happen(ticket.StatusSet, t)
}

// follow is what comes of a customer who has left.
func (d *Desk) follow(left *Ticket, then arrivals.Leaving) {
	switch then.Next {
	case arrivals.Retries:
		d.descend(left.Descend(left.Kin.Again()), left.Class, left.Actual, left.First, then.Delay)
	case arrivals.Switches:
		plan := d.layout.Plan
		d.descend(left.Descend(left.Kin.InWriting()), plan.Switched(left.Class), plan.Switched(left.Actual), left.First, 0)
	}
}

// descend lets a ticket come that descends from another, after a delay, and when its
// channel is up.
func (d *Desk) descend(o arrivals.Origin, class, actual int32, first, delay time.Duration) {
	at := d.gen.Up(class, d.later(delay))
	if at >= d.layout.Until {
		return // tickets come before the horizon
	}
	t := d.take()
	if at == d.events.Now() {
		d.bear(t, o, class, actual, first)
		return
	}
	*t = Ticket{slot: t.slot, Origin: o, First: first, Class: class, Actual: actual, state: unborn}
	d.schedule(at, event{born, t.slot})
}

// again: a customer who had left tries again.
func (d *Desk) again(i int32) {
	t := &d.tickets[i]
	d.bear(t, t.Origin, t.Class, t.Actual, t.First)
}

// bear creates a ticket that descends from another.
func (d *Desk) bear(t *Ticket, o arrivals.Origin, class, actual int32, first time.Duration) {
	a := arrivals.Ticket{Origin: o, At: d.events.Now(), Class: class, Actual: actual}
	d.gen.Further(&a)
	d.set(t, &a, first)
	d.open(t, a.Patience)
}

// nextChase is how the customer of a ticket would ask again: later, if he came while it was
// announced that everything takes longer.
func (d *Desk) nextChase(t *Ticket) arrivals.Chase {
	tolerance := d.layout.Plan.Tolerance(t.Class, t.Created)
	return d.gen.Chase(t.Origin, t.Class, int(t.Touches), int(t.Chases), tolerance)
}

// unanswered begins the time until a customer asks again who has written, or asked, now.
func (d *Desk) unanswered(i int32) {
	t := &d.tickets[i]
	most := d.classes[t.Class].chases
	if int(t.Chases) >= most || t.Kin.Copy() > 0 {
		return
	}
	t.nudge = d.schedule(d.later(d.nextChase(t).Delay), event{chases, i})
}

// chase: the customer of a ticket that nobody has answered asks again.
func (d *Desk) chase(i int32) {
	t := &d.tickets[i]
	t.nudge = 0
	switch at := d.gen.Up(t.Class, d.events.Now()); {
	case at >= d.layout.Until:
		return // tickets come before the horizon
	case at > d.events.Now():
		t.nudge = d.schedule(at, event{chases, i}) // as soon as he can
		return
	}
	c := d.nextChase(t)
	t.Chases++
	if c.Merged {
		d.lengthen(t, c.Handle)
		t.Chaser, t.Reopened = true, false
		d.happen(ticket.Message, t)
	} else {
		asks := *t
		d.bear(d.take(), asks.Descend(asks.Kin.Copied(int(asks.Chases))), asks.Class, asks.Actual, asks.First)
	}
	d.unanswered(i)
}

// lengthen adds agent time to the touch that is in hand or comes next.
func (d *Desk) lengthen(t *Ticket, by time.Duration) {
	if t.state != inHand {
		t.left = max(t.left, t.left+by) // the second overflows for what lasts for centuries
		return
	}
	t.ends = max(t.ends, t.ends+time.Duration(float64(by)*float64(t.stretch)))
	d.events.Move(t.timer, t.ends)
}

// hush: there is nothing more to ask.
func (d *Desk) hush(t *Ticket) {
	if t.nudge != 0 {
		d.events.Cancel(t.nudge)
		t.nudge = 0
	}
}

// silent begins the reminders to the customer of a ticket that is pending from now on.
func (d *Desk) silent(i int32) {
	t := &d.tickets[i]
	t.asked = 0
	d.nextReminder(i)
}

func (d *Desk) nextReminder(i int32) {
	t := &d.tickets[i]
	if times := d.classes[t.Class].remind; int(t.asked) < len(times) {
		t.nudge = d.schedule(d.later(times[t.asked]-(d.events.Now()-t.ends)), event{reminds, i})
	}
}

// remind: the desk reminds a customer by itself, without an agent. For its clocks
// nothing happens: nobody has replied.
func (d *Desk) remind(i int32) {
	t := &d.tickets[i]
	t.nudge = 0
	t.asked++
	d.happen(ticket.StatusSet, t)
	d.nextReminder(i)
}

// heard ends the time for which a ticket was pending.
func (d *Desk) heard(t *Ticket) {
	d.hush(t)
	if t.Status == ticket.Pending {
		t.WithCustomer += d.events.Now() - t.ends
	}
}
