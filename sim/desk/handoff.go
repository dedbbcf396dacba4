package desk

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/ticket"
)

// away is where a hand-off takes tickets of a class.
type away struct {
	demand
	team   int16
	status ticket.Status // of the ticket meanwhile
	solves bool          // the team replies and solves it
}

// addHandOffs gives a class its hand-offs, and the queues of single teams in which
// tickets wait that have come back.
func (l *Layout) addHandOffs(s *model.Scenario, c ticket.Class, routes []route, out *class) {
	offs := s.Issues[c.Issue].HandOffs
	if len(offs) == 0 {
		return
	}
	out.owned = true
	for i := range offs {
		h := &offs[i]
		only := []route{{team: int16(h.To), spare: spare(s, int(h.To), c), help: noHelp}}
		a := away{demand: l.demand(line{load: l.full}, only, 0), team: int16(h.To), status: ticket.OnHold, solves: h.Solves}
		if h.Open {
			a.status = ticket.Open
		}
		out.aways = append(out.aways, a)
	}
	out.backs = make([]demand, len(s.Teams))
	for _, r := range routes {
		only := []route{{team: r.team, spare: r.spare, help: noHelp}}
		back := &out.backs[r.team]
		*back = l.demand(line{load: out.later.load}, only, 0)
		back.slowdown = out.later.slowdown
	}
}

// handsOff is where the touch that has just ended hands the ticket off to; nil if it does not.
func (d *Desk) handsOff(t *Ticket) *away {
	c := &d.classes[t.Class]
	if len(c.aways) == 0 || t.out > 0 {
		return nil
	}
	if h, ok := d.gen.HandOff(t.Origin, t.Class, t.scale, int(t.Touches)-1); ok {
		return &c.aways[h.Way]
	}
	return nil
}

// handOff passes a ticket on to another team. Whoever had it has looked for work already:
// he may be of that team.
func (d *Desk) handOff(i int32, to *away) {
	t := &d.tickets[i]
	h, _ := d.gen.HandOff(t.Origin, t.Class, t.scale, int(t.Touches)-1) // the one of handsOff
	t.back = t.Team + 1
	t.out = int8(h.Way + 1)
	t.HandOffs++
	t.Parted = d.events.Now()
	t.left, t.solves = h.Handle, to.solves
	d.passTo(i, to.team)
	d.offer(t)
}

// passTo makes a team responsible that is now to work on the ticket, also if an
// escalation has made it so before.
func (d *Desk) passTo(i int32, team int16) {
	t := &d.tickets[i]
	t.Group = team
	d.happen(ticket.Assigned, t)
}

// comeBack ends the work of a team that a ticket was handed off to: it leaves a note
// and gives the ticket back, where it waits for a later touch.
func (d *Desk) comeBack(i int32) {
	t := &d.tickets[i]
	ag := &d.agents[t.Agent]
	d.letGo(t, ag)
	t.Rung = -1
	d.happen(ticket.Noted, t)
	t.Agent = -1
	// He looks for work first: that of others, if the ticket comes back to his own team.
	d.freeAgent(ag)
	d.tellStaff(ag.team)
	t.out = 0
	t.Status = ticket.Open
	h, _ := d.gen.HandOff(t.Origin, t.Class, t.scale, int(t.Touches)-1)
	t.left, t.solves = h.Touch.Handle, h.Touch.Solves
	d.passTo(i, d.home(t))
	d.offer(t)
}

// home is the team that a ticket belongs to which was handed off: the one that did so, or
// the one that an escalation has given it to since.
func (d *Desk) home(t *Ticket) int16 {
	if t.moved > 0 {
		return d.classes[t.Class].moves[t.moved-1].team
	}
	return t.back - 1
}

// Away reports whether another team has the ticket, which was handed off to it.
func (t *Ticket) Away() bool { return t.out > 0 }
