package desk

import (
	"cmp"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// changeRoster carries out all roster edges of this instant: first all go who go,
// then what they hand back is offered to those who stay, then others come.
func (d *Desk) changeRoster() {
	now := d.events.Now()
	edges := d.layout.edges
	from := d.edge
	to := from
	for to < len(edges) && edges[to].at == now {
		to++
	}
	d.edge = to
	if to < len(edges) {
		d.schedule(edges[to].at, event{kind: rosterChanges})
	}
	d.expectPeople(edges[from:to])
	d.eachChange(from, to, func(g, heads int32, home bool) {
		switch gr := &d.layout.groups[g]; {
		case gr.call != nil:
			d.callsChange(g, heads)
		case gr.counts:
			d.peopleLeave(g, home)
		case heads < 0 || home:
			d.leave(g, max(0, -heads), home)
		}
	})
	d.offerBack()
	d.eachChange(from, to, func(g, heads int32, _ bool) {
		switch gr := &d.layout.groups[g]; {
		case gr.counts:
			d.peopleCome(g)
		case gr.call == nil && heads > 0:
			d.come(g, heads)
		}
	})
	for _, g := range d.layout.calls {
		d.callAll(g)
	}
	for t := range d.teams {
		d.tellStaff(int16(t))
	}
}

// eachChange sums up the roster edges [from, to), which are of one instant, group
// by group: heads is how many more agents the group has from then on, home whether
// a shift ends.
func (d *Desk) eachChange(from, to int, do func(g, heads int32, home bool)) {
	edges := d.layout.edges
	for i := from; i < to; {
		g := edges[i].group
		heads, home := int32(0), false
		for ; i < to && edges[i].group == g; i++ {
			if e := &edges[i]; e.start {
				heads += d.heads[e.stint]
			} else {
				heads -= d.heads[e.stint]
				home = home || e.home
			}
		}
		do(g, heads, home)
	}
}

// come brings n agents of a group on shift: those who have not left yet, then
// others.
func (d *Desk) come(g, n int32) {
	gr := &d.layout.groups[g]
	for _, back := range []bool{true, false} {
		for a := gr.first; a < gr.first+gr.size && n > 0; a++ {
			ag := &d.agents[a]
			if ag.duty == on || (ag.duty != off) != back {
				continue
			}
			n--
			d.bring(ag)
		}
	}
}

// bring takes an agent on shift, who has not left yet or is away.
func (d *Desk) bring(ag *agent) {
	tm := ag.crew
	if ag.duty != off {
		tm.staff.Over--
		tm.staff.Busy++
		if ag.duty == late {
			tm.staff.Late--
		}
	}
	ag.duty = on
	tm.staff.On++
	d.list(ag)
	d.freeAgent(ag)
}

// leave sends n agents of a group away: those with nothing in hand, then others.
// When it is the end of the shift, whoever is still at work on what he had before a
// break goes on in overtime.
func (d *Desk) leave(g, n int32, home bool) {
	gr := &d.layout.groups[g]
	tm := &d.teams[gr.team]
	for _, idle := range []bool{true, false} {
		for a := gr.first; a < gr.first+gr.size; a++ {
			ag := &d.agents[a]
			switch {
			case ag.duty == leaving && home:
				ag.duty = late
				tm.staff.Late++
			case ag.duty != on || (ag.held == 0) != idle || n == 0:
			default:
				n--
				d.sendAway(ag, home)
			}
		}
	}
}

// sendAway takes an agent off shift.
func (d *Desk) sendAway(ag *agent, home bool) {
	tm := ag.crew
	if ag.listed {
		d.unlist(ag)
	}
	tm.staff.On--
	if d.layout.owner > 0 {
		d.disown(ag)
	}
	if ag.held == 0 {
		ag.duty = off
		return
	}
	ag.duty = leaving
	tm.staff.Busy--
	tm.staff.Over++
	if home {
		ag.duty = late
		tm.staff.Late++
	}
	if d.layout.teams[ag.team].handBack {
		d.handBack(ag)
	}
}

// handedBack is a ticket on its way back to its queue.
type handedBack struct {
	place
	ticket int32
}

// handBack takes out of an agent's hands what he gives back, all but live contacts
// and what is finished at this very moment.
func (d *Desk) handBack(ag *agent) {
	now := d.events.Now()
	for i := ag.first; i >= 0; {
		t := &d.tickets[i]
		next := t.next
		if !d.wants(t).live && t.ends > now {
			d.breakOff(t)
			d.back = append(d.back, handedBack{d.placeOf(t), i})
		}
		i = next
	}
}

// breakOff takes a ticket out of its agent's hands, with the work that is left.
func (d *Desk) breakOff(t *Ticket) {
	d.events.Cancel(t.timer)
	t.left = time.Duration(float64(t.ends-d.events.Now()) / float64(t.stretch))
	d.release(t)
	t.Returned = true
	d.happen(ticket.Returned, t)
	t.Agent = -1
	d.goOn(t)
}

// offerBack offers what was handed back, in the order of the queue, to others who
// have room for it now; the rest goes back to its place in the queue. Of those who
// wait already none has a claim on them, for whoever has room has looked for work. All
// stand in line before the first is taken: where agents are kept free, whoever takes one
// of them may then take another that could not call on him before, and that may be any.
func (d *Desk) offerBack() {
	slices.SortFunc(d.back, func(x, y handedBack) int {
		return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.seq, y.seq))
	})
	for _, b := range d.back {
		t := &d.tickets[b.ticket]
		want := d.wants(t)
		d.enqueue(t, int32(want.queue))
		d.goOnLater(t, want)
	}
	for _, b := range d.back {
		t := &d.tickets[b.ticket]
		if t.state != waiting {
			continue
		}
		want := d.wants(t)
		ag := d.findAgent(want)
		if ag == nil {
			continue
		}
		d.dequeue(t)
		d.start(t, ag, want)
		if d.layout.reserved {
			d.freeAgent(ag) // see startAlone
		}
	}
	for _, b := range d.back {
		if d.tickets[b.ticket].state == waiting {
			d.callHelp(&d.tickets[b.ticket])
		}
	}
	d.back = d.back[:0]
}
