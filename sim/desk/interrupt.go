package desk

import "time"

// interrupt lets a ticket that finds nobody free break off other work, if it may; false
// if there is none.
func (d *Desk) interrupt(i int32) bool {
	rules := d.classes[d.tickets[i].Class].interrupts
	if len(rules) == 0 {
		return false
	}
	want := d.wants(&d.tickets[i])
	for k := range rules {
		j := d.lastWork(want, rules[k].works)
		if j < 0 {
			continue
		}
		d.displace(i, j, rules[k].resume)
		return true
	}
	return false
}

// displace gives a ticket the agent of another, which goes back to the queue.
func (d *Desk) displace(i, j int32, resume time.Duration) {
	a := d.tickets[j].Agent
	d.breakOff(j)
	d.tickets[j].left += resume
	t := &d.tickets[i]
	d.start(t, a, d.wants(t))
	u := &d.tickets[j]
	d.await(u, d.wants(u))
	d.freeAgent(a) // what was broken off may have filled more of him
	d.tellStaff(d.agents[a].team)
	if u.state != waiting {
		return
	}
	want := d.wants(u)
	if b := d.findFor(j, want.queue); b >= 0 {
		d.dequeue(u)
		d.startAlone(u, b, want)
	}
}

// lastWork is, of the work in the hands of those who could take a touch, that which
// would come last in the queue; -1 if none can be broken off. Live contacts are not,
// nor is what ends at this very moment.
func (d *Desk) lastWork(want *demand, works []bool) int32 {
	last := int32(-1)
	var at place
	for _, s := range d.layout.queues[want.queue].teams {
		for g := range d.layout.groups {
			gr := &d.layout.groups[g]
			if gr.team != s.team || d.teams[s.team].staff.Down {
				continue
			}
			for a := gr.first; a < gr.first+gr.size; a++ {
				if d.agents[a].duty != on {
					continue
				}
				for j := d.agents[a].first; j >= 0; j = d.tickets[j].next {
					if !d.breakable(j, want, works) {
						continue
					}
					if p := d.placeOf(j); last < 0 || at.before(p) {
						last, at = j, p
					}
				}
			}
		}
	}
	return last
}

// breakable reports whether a ticket in hand may be broken off, and leaves room enough.
func (d *Desk) breakable(j int32, want *demand, works []bool) bool {
	t := &d.tickets[j]
	return works[t.Class] && !d.layout.queues[d.wants(t).queue].live && t.ends > d.events.Now() &&
		d.agents[t.Agent].load-t.load+want.load <= d.layout.full
}
