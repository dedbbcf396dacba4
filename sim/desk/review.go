package desk

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// record is the latest breaches for a review, for each account, tier or issue that
// it may be about, the oldest first.
type record struct {
	*model.Repeat
	times []time.Duration // Breaches of them for each
	held  []int           // how many of those
}

// reviewRecords are the records of the ladder, by rung; empty for a rung that is no review.
func reviewRecords(rungs []model.Rung, n *ticket.Names) []record {
	records := make([]record, len(rungs))
	for i := range rungs {
		if p := &rungs[i].Repeat; p.Breaches > 0 {
			k := p.By.Among(n)
			records[i] = record{p, make([]time.Duration, k*p.Breaches), make([]int, k)}
		}
	}
	return records
}

func (r *record) reset() { clear(r.held) }

// add counts a breach. It reports whether there is to be a review, with which the
// count begins afresh.
func (r *record) add(of int, at time.Duration) bool {
	times := r.times[of*r.Breaches:][:r.Breaches]
	old := 0
	for old < r.held[of] && times[old] <= at-r.Within {
		old++
	}
	copy(times, times[old:r.held[of]])
	times[r.held[of]-old] = at
	r.held[of] += 1 - old
	if r.held[of] < r.Breaches {
		return false
	}
	r.held[of] = 0
	return true
}

// breaches counts the breaches of a ticket that have happened since its last event, for
// the reviews of its class.
func (d *Desk) breaches(i int32) {
	t := &d.tickets[i]
	c := &d.classes[t.Promised]
	now := d.events.Now()
	for k := range c.reviews {
		r := &c.reviews[k]
		of, has := r.Repeat.By.Of(d.layout.Plan.Classes[t.Class])
		if !has {
			continue
		}
		d.broken = c.terms.Breaches(d.clocksOf(i), r.Metric, r.number, now, d.broken[:0])
		for _, at := range d.broken {
			if at < now-1 {
				at = now // a change of class has dated it back: nobody knew before
			}
			if d.records[r.number].add(of, at) {
				t.Rung = int8(r.number)
				d.obs.Ticket(ticket.Noted, now, t)
			}
		}
	}
}

// nextBreach is when a clock of a ticket that a review is about is overdue next.
func (d *Desk) nextBreach(i int32) (next time.Duration, found bool) {
	c := &d.classes[d.tickets[i].Promised]
	for k := range c.reviews {
		r := &c.reviews[k]
		if at, comes := c.terms.NextBreach(d.clocksOf(i), r.Metric, r.number, d.events.Now()); comes && (!found || at < next) {
			next, found = at, true
		}
	}
	return next, found
}

// keepTold sees to it that a change of class lets no breach count twice.
func (d *Desk) keepTold(i, promised int32, old, next sla.Terms, clocks []sla.Clock) {
	for k := range d.classes[promised].reviews {
		r := &d.classes[promised].reviews[k]
		old.KeepTold(d.clocksOf(i), next, clocks, r.Metric, r.number)
	}
}
