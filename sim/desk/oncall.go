package desk

import (
	"time"

	"github.com/headroom-sim/headroom/model/staffing"
)

// call is what a group of people on call is for.
type call struct {
	*staffing.OnCall
	classes []bool // that match
}

// layCalls prepares the groups of people on call, once all classes are known.
func (l *Layout) layCalls() {
	g := 0
	for i := range l.Teams {
		for j := range l.Teams[i].Shifts {
			if oc := l.Teams[i].Shifts[j].OnCall; oc != nil {
				c := &call{OnCall: oc}
				for _, class := range l.Plan.Classes {
					c.classes = append(c.classes, oc.Match.Matches(class))
				}
				l.groups[g].call = c
				l.calls = append(l.calls, int32(g))
			}
			g++
		}
	}
}

// OnCall is what an agent is on call for; nil if he is not on call but at work.
func (l *Layout) OnCall(agent int32) *staffing.OnCall {
	for _, g := range l.calls {
		if gr := &l.groups[g]; agent >= gr.first && agent < gr.first+gr.size {
			return gr.call.OnCall
		}
	}
	return nil
}

// takes reports whether the people of a group can be called for a ticket.
func (d *Desk) takes(g *group, t *Ticket, want *demand) bool {
	if want.live || d.teams[g.team].staff.Down || !g.call.classes[t.Class] {
		return false
	}
	for k := range want.teams {
		if want.teams[k].team == g.team {
			return true
		}
	}
	return false
}

// findFor is the agent who takes a ticket now: somebody on shift, else somebody on
// call; nil if nobody can. Teams go in the order of the queue, shifts in that of the team.
func (d *Desk) findFor(t *Ticket, want *demand) *agent {
	if ag := d.findAgent(want); ag != nil || len(d.layout.calls) == 0 {
		return ag
	}
	for _, s := range want.teams {
		for _, g := range d.layout.calls {
			gr := &d.layout.groups[g]
			if gr.team != s.team || !d.takes(gr, t, want) {
				continue
			}
			for a := gr.first; a < gr.first+gr.size; a++ {
				if ag := &d.agents[a]; ag.duty == standby {
					return ag
				}
			}
		}
	}
	return nil
}

// callOut counts an agent on call who is called.
func (d *Desk) callOut(ag *agent) {
	ag.duty = called
	st := &d.teams[ag.team].staff
	st.Standby--
	st.Called++
}

// callEnds counts an agent on call who has finished.
func (d *Desk) callEnds(ag *agent) {
	st := &d.teams[ag.team].staff
	st.Called--
	if ag.duty == calledOver {
		ag.duty = off
		return
	}
	ag.duty = standby
	st.Standby++
}

// callsChange changes how many of a group can be called. Whoever has been called
// finishes, whatever the hour.
func (d *Desk) callsChange(g, heads int32) {
	gr := &d.layout.groups[g]
	st := &d.teams[gr.team].staff
	change := func(from, to duty, by int32) {
		for a := gr.first; a < gr.first+gr.size && heads != 0; a++ {
			if ag := &d.agents[a]; ag.duty == from && heads*by > 0 {
				ag.duty = to
				heads -= by
				if from == standby {
					st.Standby--
				}
				if to == standby {
					st.Standby++
				}
			}
		}
	}
	change(standby, off, -1)
	change(called, calledOver, -1)
	change(calledOver, called, 1)
	change(off, standby, 1)
}

// callAll calls those of a group who can be called for what waits.
func (d *Desk) callAll(g int32) {
	gr := &d.layout.groups[g]
	for a := gr.first; a < gr.first+gr.size; a++ {
		d.callNext(&d.agents[a], false)
	}
}

// callNext calls an agent, if he can be called, for the first ticket of the queue that
// he is for. There are few calls, so all tickets are looked at.
//
// Whoever is at work already, on the ticket before, needs no time to respond.
func (d *Desk) callNext(ag *agent, atWork bool) {
	if ag.duty != standby {
		return
	}
	var best *Ticket
	var foremost place
	for i := range d.tickets {
		t := &d.tickets[i]
		// Who waits for the agent who had him is not for others yet.
		if t.state != waiting || int(t.line) >= len(d.layout.queues) || !d.takes(&d.layout.groups[ag.group], t, d.wants(t)) {
			continue
		}
		if p := d.placeOf(t); best == nil || p.before(foremost) {
			best, foremost = t, p
		}
	}
	if best != nil {
		d.atWork = atWork
		d.begin(best, ag)
		d.atWork = false
	}
}

// responds is how long it takes from the start of a touch until the work begins.
func (d *Desk) responds(ag *agent) time.Duration {
	if c := d.layout.groups[ag.group].call; c != nil && !d.atWork {
		return c.Responds
	}
	return 0
}
