package desk

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// Routing reads the section routing.
func (d *Decoder) Routing(v yamltree.Value) {
	s := d.Section(scope.Optional(v), "routing")
	out := &d.Out.Routing
	order, _ := scope.Choice(s.Key("order"), model.OrderNames())
	out.Order = model.Order(order)
	agent, _ := scope.Choice(s.Key("agent"), model.SelectionNames())
	out.Agent = model.Selection(agent)
	out.Owner, _ = scalar.Duration(s.Key("owner"))
	for _, e := range s.Key("overflow").Entries("a map from teams to when they help out") {
		if team, ok := d.Known.Teams.Find(e.Name); ok {
			out.Overflows = append(out.Overflows, d.overflow(e.Value, ticket.Team(team)))
		}
	}
	for _, e := range s.Key("reserve").Entries("a map from teams to how many agents they keep free") {
		if team, ok := d.Known.Teams.Find(e.Name); ok {
			out.Reserves = append(out.Reserves, d.reserve(e.Value, ticket.Team(team)))
		}
	}
	for _, item := range s.Key("interrupt").Items() {
		out.Interrupts = append(out.Interrupts, d.interrupt(item))
	}
	s.Done()
}

func (d *Decoder) overflow(v yamltree.Value, team ticket.Team) model.Overflow {
	o := model.Overflow{Team: team}
	s := d.Section(v, "routing.overflow.*")
	o.Skills = scope.List(s.Key("skills"), d.Known.Skills.Find, func(i int) ticket.Skill { return ticket.Skill(i) })
	o.Channels = scope.List(s.Key("channels"), d.Known.Channels.Find, func(i int) ticket.Channel { return ticket.Channel(i) })
	o.After, _ = scalar.Duration(s.Key("after"))
	if v := s.Key("waiting"); v.Exists() {
		o.Waiting, _ = scalar.Count(v, 1, scope.MostLarge)
	}
	s.Done()
	return o
}

func (d *Decoder) reserve(v yamltree.Value, team ticket.Team) model.Reserve {
	r := model.Reserve{Team: team}
	s := d.Section(v, "routing.reserve.*")
	if v := s.Need("keep", "write keep: 2"); v.Exists() {
		r.Heads, _ = scalar.Count(v, 1, scope.MostLarge)
	}
	if v := s.Need("for", "write for: {priority: urgent}"); v.Exists() {
		r.Match = d.Match(v, "routing.reserve.*.for")
	}
	s.Done()
	return r
}

func (d *Decoder) interrupt(v yamltree.Value) model.Interrupt {
	var p model.Interrupt
	s := d.Section(v, "routing.interrupt.*")
	if v := s.Need("for", "write for: {priority: urgent}"); v.Exists() {
		p.For = d.Match(v, "routing.interrupt.*.for")
	}
	if v := s.Need("of", "write of: {priority: low}"); v.Exists() {
		p.Of = d.Match(v, "routing.interrupt.*.of")
	}
	p.Resume, _ = scalar.Duration(s.Key("resume"))
	s.Done()
	return p
}
