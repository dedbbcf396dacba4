package desk

import (
	"cmp"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
)

// opened is a ticket that is open when a trial begins, by its number.
type opened struct {
	number int32
	id     ticket.ID
	since  time.Duration // when it came to wait as it does
}

// inherit opens the tickets that are there when a trial begins: nobody is at work yet, and
// nothing has arrived. Those who have waited longest come first.
func (d *Desk) inherit() {
	d.opened = d.opened[:0]
	var a arrivals.Ticket
	for n := range d.layout.backlog {
		d.past = d.gen.Open(n, &a, d.past[:0])
		d.opened = append(d.opened, opened{int32(n), a.ID, waitsSince(d.past)})
	}
	slices.SortFunc(d.opened, func(x, y opened) int {
		return cmp.Or(cmp.Compare(x.since, y.since), cmp.Compare(x.id, y.id))
	})
	heir, _ := d.obs.(Heir)
	for k := range d.opened {
		d.past = d.gen.Open(int(d.opened[k].number), &a, d.past[:0])
		d.reopen(&a, d.opened[k].since, heir)
	}
	switch {
	case d.told < 0:
		d.tellWaiting()
	case d.told != d.waiting:
		d.told = d.waiting
		d.obs.Waiting(0, d.waiting)
	}
}

// waitsSince is when a ticket came to wait as it does: for an agent, with the first message
// since the last reply; for its customer, with that reply.
func waitsSince(past []arrivals.Past) time.Duration {
	at, away := past[0].At, false
	for _, e := range past {
		if e.Kind == ticket.Replied || away != (e.Status >= ticket.Pending) {
			at = e.At
		}
		away = e.Status >= ticket.Pending
	}
	return at
}

// reopen lets a ticket be open when the trial begins: its past is told to its clocks alone,
// and it goes on from there.
func (d *Desk) reopen(a *arrivals.Ticket, since time.Duration, heir Heir) {
	t := d.take()
	d.set(t, a, a.At)
	i := t.slot
	reopened := false
	for k := range d.past {
		e := &d.past[k]
		d.overtake(i, e.At)
		d.recall(i, e)
		reopened = e.Kind == ticket.Message && t.Reopened || reopened && e.Kind != ticket.Replied
	}
	d.overtake(i, 0)
	d.goesOn(i, since, reopened)
	if heir != nil {
		d.results = d.classes[t.Promised].terms.Judge(d.clocksOf(i), 0, d.results[:0])
		heir.Inherits(t, d.past, d.results)
	}
	d.carryOn(i, a)
}

// recall tells a ticket of something that happened to it before the start.
func (d *Desk) recall(i int32, e *arrivals.Past) {
	t := &d.tickets[i]
	was := t.Status
	switch e.Kind {
	case ticket.Started:
		if t.Answered < 0 && d.wants(t).live {
			t.Answered = e.At
		}
		t.Team, t.Returned = int16(e.Team), true
	case ticket.Replied:
		t.Touches++
		t.Returned = false
		if t.Answered < 0 {
			t.Answered = e.At
		}
	case ticket.Message:
		t.Reopened = was >= ticket.Solved
		if t.Reopened {
			t.Reopenings++
			t.comesBack(e.At)
		}
		if was < ticket.Pending {
			t.Chases = uint8(min(int(t.Chases)+1, ticket.MostFurther))
		}
	case ticket.StatusSet:
		t.CalledBack = t.CalledBack || e.Status == ticket.New
	case ticket.Assigned:
		if t.Group == int16(e.Team) {
			return
		}
		t.Group = int16(e.Team)
	}
	if was == ticket.Pending && e.Status != ticket.Pending {
		t.WithCustomer += e.At - t.ends
	}
	if e.Status == ticket.Pending && (was != ticket.Pending || e.Kind == ticket.Replied) {
		t.ends = e.At
	}
	t.Status, t.Ended = e.Status, -1
	if e.Status >= ticket.Solved {
		t.Ended = e.At
	}
	d.remember(e.Kind, i, e.At)
	if e.Kind == ticket.Created && d.classes[t.Promised].owned {
		t.Group = d.classes[t.Class].home
		d.remember(ticket.Assigned, i, e.At)
	}
}

// remember tells the clocks of an event before the start. Verdicts on rounds that it ends
// belong to that time too.
func (d *Desk) remember(kind ticket.EventKind, i int32, at time.Duration) {
	t := &d.tickets[i]
	if d.witness != nil {
		d.witness.Recalls(kind, at, t)
	}
	if len(d.pasts) > 0 {
		d.pasts[i].Apply(kind, t.Status, ticket.Team(t.Group), at)
	}
	terms := d.classes[t.Promised].terms
	if len(terms) > 0 && terms.Apply(d.clocksOf(i), kind, t.Status, ticket.Team(t.Group), at) {
		d.results = terms.Take(d.clocksOf(i), at, d.results[:0])
	}
}

// overtake carries out, without a note, the rungs of the ladder to which a ticket came before
// an instant. Its breaches of that time count for no review.
func (d *Desk) overtake(i int32, until time.Duration) {
	t := &d.tickets[i]
	c := &d.classes[t.Promised]
	for {
		at, k, first, ok := d.nextRung(i)
		if !ok || at >= until {
			break
		}
		r := &c.rungs[k]
		d.fire(i, r, first)
		if d.climb(t, r) && c.owned && t.Group != int16(r.Team) {
			t.Group = int16(r.Team)
			d.remember(ticket.Assigned, i, max(at, t.Created))
		}
	}
	for k := range c.reviews {
		d.broken = c.terms.Breaches(d.clocksOf(i), c.reviews[k].Metric, c.reviews[k].number, until, d.broken[:0])
	}
}

// goesOn sets what a ticket needs next, once its past is over.
func (d *Desk) goesOn(i int32, since time.Duration, reopened bool) {
	t := &d.tickets[i]
	n := int(t.Touches) - 1
	t.Queued = since
	switch {
	case t.Status == ticket.Pending:
		t.state = outside
		c := d.gen.StillPending(t.Origin, t.Class, t.scale, n, -t.ends, d.classes[t.Class].replies.Between(t.ends, 0))
		t.Won = c.Won
		t.left, t.solves = c.Touch.Handle, c.Touch.Solves
		then := answers
		if c.Silent {
			then = closes
		}
		at := t.ends + c.Delay
		if !c.Silent {
			at = d.answered(t, c, t.ends)
		}
		t.timer = d.schedule(max(0, at), event{then, i})
		for remind := d.classes[t.Class].remind; int(t.asked) < len(remind) && t.ends+remind[t.asked] < 0; {
			t.asked++
		}
		d.nextReminder(i)
	case d.stillHeld(i, since):
	case n >= 0:
		next := d.gen.Awaited(t.Origin, t.Class, t.scale, n, reopened)
		t.left, t.solves = next.Handle, next.Solves
	}
	if t.state != outside {
		d.lengthened(t)
	}
}

// lengthened makes the next touch as much longer as the customer has asked again since the last
// reply.
func (d *Desk) lengthened(t *Ticket) {
	if d.classes[t.Class].chases == 0 {
		return
	}
	asked := 0
	status := ticket.New
	for k := range d.past {
		switch e := &d.past[k]; {
		case e.Kind == ticket.Replied:
			asked = 0
		case e.Kind == ticket.Message && status < ticket.Pending:
			asked++
		}
		status = d.past[k].Status
	}
	for n := int(t.Chases) - asked; n < int(t.Chases); n++ {
		d.lengthen(t, d.gen.Chase(t.Origin, t.Class, int(t.Touches), max(0, n), 1).Handle)
	}
}

// carryOn lets a ticket wait that waits for an agent, as if it had done so all along.
func (d *Desk) carryOn(i int32, a *arrivals.Ticket) {
	t := &d.tickets[i]
	if t.state != outside {
		d.seq++
		t.seq = d.seq
		d.goOn(t)
		d.await(t, d.wants(t))
		if t.Touches == 0 && a.Patience >= 0 && !t.Returned && !t.CalledBack {
			t.timer = d.schedule(max(0, t.Created+a.Patience), event{givesUp, i})
		}
		d.stillUnanswered(i)
	}
	if c := &d.classes[t.Promised]; len(c.rungs)+len(c.reviews) > 0 {
		d.watch(i)
	}
}

// stillUnanswered is unanswered for a customer who has been waiting before the start.
func (d *Desk) stillUnanswered(i int32) {
	t := &d.tickets[i]
	if int(t.Chases) >= d.classes[t.Class].chases {
		return
	}
	asked := t.Created
	for k := range d.past {
		if d.past[k].Kind == ticket.Message {
			asked = d.past[k].At
		}
	}
	tolerance := d.layout.Plan.Tolerance(t.Class, t.Created)
	delay := d.gen.StillUnanswered(t.Origin, t.Class, int(t.Touches), int(t.Chases), tolerance, -asked)
	t.nudge = d.schedule(asked+delay, event{chases, i})
}
