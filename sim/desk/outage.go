package desk

import (
	"cmp"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
)

// system is a change of whether the system of a team is down: by one outage more, or
// by one less.
type system struct {
	at   time.Duration
	team int16
	by   int16
}

// drawSystems lists when the systems of teams go down and come back in this trial.
func (d *Desk) drawSystems(outages []model.Outage) {
	d.systems, d.system = d.systems[:0], 0
	for i, down := range d.gen.Outside().Down {
		for _, t := range outages[i].Teams {
			for _, w := range down {
				d.systems = append(d.systems, system{w.From, int16(t), 1}, system{w.Until, int16(t), -1})
			}
		}
	}
	slices.SortFunc(d.systems, func(a, b system) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.team, b.team), cmp.Compare(a.by, b.by))
	})
	if len(d.systems) > 0 {
		d.schedule(d.systems[0].at, event{kind: systemsChange})
	}
}

// changeSystems carries out what changes now. Where the roster changes too, that does
// it, so that those who come find a system that is down, and those who go do not take
// what waits for one that is back.
func (d *Desk) changeSystems() {
	if e := d.layout.edges; d.edge < len(e) && e[d.edge].at == d.events.Now() {
		return
	}
	d.failSystems()
	d.restoreSystems()
}

// failSystems counts the outages that begin and end now, and stops the teams whose
// system is down from now on.
func (d *Desk) failSystems() {
	from := d.system
	for d.system < len(d.systems) && d.systems[d.system].at <= d.events.Now() {
		s := &d.systems[d.system]
		d.teams[s.team].outages += s.by
		d.system++
	}
	if from == d.system {
		return
	}
	if d.system < len(d.systems) {
		d.schedule(d.systems[d.system].at, event{kind: systemsChange})
	}
	for i := range d.teams {
		if t := &d.teams[i]; t.outages > 0 && !t.staff.Down {
			t.staff.Down = true
			d.tellStaff(int16(i))
		}
	}
}

// restoreSystems lets the teams whose system is back look for work, of each the agent
// with the least in hand first.
func (d *Desk) restoreSystems() {
	for i := range d.teams {
		if t := &d.teams[i]; t.outages == 0 && t.staff.Down {
			t.staff.Down = false
			d.tellStaff(int16(i))
			d.resume(t)
			for _, g := range d.layout.calls {
				if d.layout.groups[g].team == int16(i) {
					d.callAll(g)
				}
			}
			d.tellStaff(int16(i))
		}
	}
}

// resume gives agents of a team what waits for them, a ticket at a time.
func (d *Desk) resume(t *team) {
	for load := 0; load < len(t.lists); {
		started := false
		for ag := t.lists[load].head; ag != nil; ag = ag.next {
			if next := d.pick(ag); next != nil {
				d.begin(next, ag)
				started = true
				break
			}
		}
		if load++; started {
			load = 0 // the one with the least in hand goes next
		}
	}
}
