package desk

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/ticket"
)

// watch schedules the next escalation of a ticket, after an event that may have
// moved it, stopped its clocks or started them.
func (d *Desk) watch(i int32) {
	t := &d.tickets[i]
	d.events.Cancel(t.alarm)
	t.alarm = 0
	at, _, _, ok := d.nextRung(i)
	if breach, comes := d.nextBreach(i); comes && (!ok || breach < at) {
		at, ok = breach, true
	}
	if ok {
		t.alarm = d.schedule(max(at, d.events.Now()), event{escalates, i})
	}
}

// nextRung is the rung that a ticket comes to next if its clocks go on, as an index
// into its class's, with the term whose clock comes to it, and when; the lower rung among equals.
func (d *Desk) nextRung(i int32) (at time.Duration, rung, term int, ok bool) {
	c := &d.classes[d.tickets[i].Promised]
	clocks := d.clocksOf(i)
	for k := range c.rungs {
		r := &c.rungs[k]
		for j := range c.terms {
			if c.terms[j].Metric != r.Metric || clocks[j].Fired(r.number) {
				continue
			}
			if x, comes := clocks[j].Reach(&c.terms[j], r.At); comes && (!ok || x < at) {
				at, rung, term, ok = x, k, j, true
			}
		}
	}
	return at, rung, term, ok
}

// escalate carries out the rung that a ticket has come to, or counts a breach for the
// reviews.
func (d *Desk) escalate(i int32) {
	t := &d.tickets[i]
	c := &d.classes[t.Promised]
	if len(c.reviews) > 0 {
		d.breaches(i)
	}
	at, k, first, ok := d.nextRung(i)
	if !ok || at > d.events.Now() {
		d.watch(i)
		return
	}
	r := &c.rungs[k]
	d.fire(i, r, first)
	t.Rung = int8(r.number)
	waits := t.state == waiting
	if waits {
		d.dequeue(t)
	}
	able := d.climb(t, r)
	d.happen(ticket.Noted, t)
	if able && t.out == 0 {
		d.assign(i, int16(r.Team))
	}
	if !waits {
		return
	}
	if want := d.wants(t); !d.give(t, want) {
		d.await(t, want)
	}
}

// fire notes that a ticket has come to a rung, by the clock of a term.
func (d *Desk) fire(i int32, r *rung, first int) {
	terms, clocks := d.classes[d.tickets[i].Promised].terms, d.clocksOf(i)
	for j := range terms {
		if terms[j].Like(&terms[first]) {
			clocks[j].Fire(r.number)
		}
	}
}

// climb does what a rung does to a ticket that is in no queue. It reports whether the rung
// gives it to its team.
func (d *Desk) climb(t *Ticket, r *rung) (able bool) {
	able = d.classes[t.Class].moves[r.number].able
	switch {
	case r.Do == model.Raise:
		t.raised++
		d.rank(t)
	case able:
		t.moved, t.level = int8(r.number+1), 0
	}
	return able
}

// rank puts a ticket into the list of its priority, or as much before it as it has
// been raised.
func (d *Desk) rank(t *Ticket) {
	t.bucket = d.classes[t.Class].bucket
	t.bucket -= min(t.bucket, t.raised)
}
