package desk

import (
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// reclassify puts right the class of a ticket that was mistaken for another. Its
// clocks go over to the promises of its new class; verdicts that this makes final
// belong to the old one.
func (d *Desk) reclassify(i int32) {
	t := &d.tickets[i]
	now := d.events.Now()
	if d.layout.change != sla.Freeze {
		promised := d.layout.Promised(t.Actual, t.Created)
		old, next := d.classes[t.Promised].terms, d.classes[promised].terms
		clocks := d.clocksOf(i)
		clear(d.spare)
		d.results = old.Change(clocks, next, d.spare, &d.pasts[i], d.layout.change, now, d.results[:0])
		d.keepTold(i, promised, old, next, d.spare)
		copy(clocks, d.spare)
		if len(d.results) > 0 {
			d.obs.Judged(now, t, d.results)
		}
		t.Promised, t.heeds = promised, d.classes[promised].heeds
	}
	t.Class = t.Actual
	d.rank(t)
	d.happen(ticket.Reclassified, t)
}
