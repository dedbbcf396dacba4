package scenarios

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// routing reads the section routing.
func (d *Decoder_desk) routing(v yamltree.Value) {
	s := d.section(optional(v), "routing")
	out := &d.out.Routing
	order, _ := choice(s.take("order"), model.OrderNames())
	out.Order = model.Order(order)
	agent, _ := choice(s.take("agent"), model.SelectionNames())
	out.Agent = model.Selection(agent)
	out.Owner, _ = scalar.Duration(s.take("owner"))
	for _, e := range s.take("overflow").Entries("a map from teams to when they help out") {
		if team, ok := d.known.teams.find(e.Name); ok {
			out.Overflows = append(out.Overflows, d.overflow(e.Value, ticket.Team(team)))
		}
	}
	for _, e := range s.take("reserve").Entries("a map from teams to how many agents they keep free") {
		if team, ok := d.known.teams.find(e.Name); ok {
			out.Reserves = append(out.Reserves, d.reserve(e.Value, ticket.Team(team)))
		}
	}
	for _, item := range s.take("interrupt").Items() {
		out.Interrupts = append(out.Interrupts, d.interrupt(item))
	}
	s.close()
}

func (d *Decoder_desk) overflow(v yamltree.Value, team ticket.Team) model.Overflow {
	o := model.Overflow{Team: team}
	s := d.section(v, "routing.overflow.*")
	o.Skills = list(s.take("skills"), d.known.skills.find, func(i int) ticket.Skill { return ticket.Skill(i) })
	o.Channels = list(s.take("channels"), d.known.channels.find, func(i int) ticket.Channel { return ticket.Channel(i) })
	o.After, _ = scalar.Duration(s.take("after"))
	if v := s.take("waiting"); v.Exists() {
		o.Waiting, _ = scalar.Count(v, 1, mostLarge)
	}
	s.close()
	return o
}

func (d *Decoder_desk) reserve(v yamltree.Value, team ticket.Team) model.Reserve {
	r := model.Reserve{Team: team}
	s := d.section(v, "routing.reserve.*")
	if v := s.need("keep", "write keep: 2"); v.Exists() {
		r.Heads, _ = scalar.Count(v, 1, mostLarge)
	}
	if v := s.need("for", "write for: {priority: urgent}"); v.Exists() {
		r.Match = d.match(v, "routing.reserve.*.for")
	}
	s.close()
	return r
}

func (d *Decoder_desk) interrupt(v yamltree.Value) model.Interrupt {
	var p model.Interrupt
	s := d.section(v, "routing.interrupt.*")
	if v := s.need("for", "write for: {priority: urgent}"); v.Exists() {
		p.For = d.match(v, "routing.interrupt.*.for")
	}
	if v := s.need("of", "write of: {priority: low}"); v.Exists() {
		p.Of = d.match(v, "routing.interrupt.*.of")
	}
	p.Resume, _ = scalar.Duration(s.take("resume"))
	s.close()
	return p
}
