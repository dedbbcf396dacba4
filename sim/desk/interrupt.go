package desk

import "time"

// interrupt lets a ticket that finds nobody free break off other work, if it may; false
// if there is none.
func (d *Desk) interrupt(t *Ticket, want *demand) bool {
	rules := d.classes[t.Class].interrupts
	for k := range rules {
		if other := d.lastWork(want, rules[k].works); other != nil {
			d.displace(t, other, rules[k].resume)
			return true
		}
	}
	return false
}

// displace gives a ticket the agent of another, which goes back to the queue.
func (d *Desk) displace(t, other *Ticket, resume time.Duration) {
	ag := &d.agents[other.Agent]
	d.breakOff(other)
	other.left += resume
	d.start(t, ag, d.wants(t))
	d.await(other, d.wants(other))
	d.freeAgent(ag) // what was broken off may have filled more of him
	d.tellStaff(ag.team)
	if other.state != waiting {
		return
	}
	want := d.wants(other)
	if ag := d.findFor(other, want); ag != nil {
		d.dequeue(other)
		d.startAlone(other, ag, want)
	}
}

// lastWork is, of the work in the hands of those who could take a touch, that which
// would come last in the queue; nil if none can be broken off. Live contacts are not,
// nor is what ends at this very moment.
func (d *Desk) lastWork(want *demand, works []bool) (last *Ticket) {
	var at place
	for _, s := range want.teams {
		for g := range d.layout.groups {
			gr := &d.layout.groups[g]
			if gr.team != s.team || d.teams[s.team].staff.Down {
				continue
			}
			for a := gr.first; a < gr.first+gr.size; a++ {
				ag := &d.agents[a]
				if ag.duty != on {
					continue
				}
				for j := ag.first; j >= 0; j = d.tickets[j].next {
					t := &d.tickets[j]
					if !d.breakable(t, ag, want, works) {
						continue
					}
					if p := d.placeOf(t); last == nil || at.before(p) {
						last, at = t, p
					}
				}
			}
		}
	}
	return last
}

// breakable reports whether a ticket in an agent's hands may be broken off, and leaves room
// enough.
func (d *Desk) breakable(t *Ticket, ag *agent, want *demand, works []bool) bool {
	return works[t.Class] && !d.wants(t).live && t.ends > d.events.Now() && ag.load-t.load+want.load <= d.layout.full
}
