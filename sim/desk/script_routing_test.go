package desk

import (
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
)

// routing reads the lines about who takes what:
//
//	agent least_loaded|longest_idle
//	owner DURATION
//	overflow TEAM [skills=A,B] [channels=A,B] [after=D] [waiting=N]
//	reserve TEAM N [priority=P] [channel=C]
//	interrupt [priority=P] [channel=C] of [priority=P] [channel=C] [resume=D]
//
// False if the verb is none of these.
func (p *script) routing(verb string, w *words) bool {
	r := &p.s.Routing
	switch verb {
	case "agent":
		r.Agent = model.Selection(find(model.SelectionNames(), w.next()))
	case "owner":
		r.Owner = duration(w.next())
	case "overflow":
		p.overflow(w)
	case "reserve":
		at := len(r.Reserves)
		r.Reserves = append(r.Reserves, model.Reserve{Team: p.teamOf(w.next()), Heads: w.int()})
		for w.more() {
			key, value := w.option()
			p.match(key, value, func() *sla.Match { return &p.s.Routing.Reserves[at].Match })
		}
	case "interrupt":
		p.interrupt(w)
	default:
		return false
	}
	return true
}

func (p *script) teamOf(name string) ticket.Team {
	i := slices.IndexFunc(p.s.Teams, func(t staffing.Team) bool { return t.Name == name })
	if i < 0 {
		panic("no team " + name)
	}
	return ticket.Team(i)
}

func (p *script) overflow(w *words) {
	o := model.Overflow{Team: p.teamOf(w.next())}
	at := len(p.s.Routing.Overflows)
	for w.more() {
		switch key, value := w.option(); key {
		case "skills":
			for _, name := range strings.Split(value, ",") {
				o.Skills = append(o.Skills, p.skill(name))
			}
		case "channels":
			p.late = append(p.late, func() {
				for _, name := range strings.Split(value, ",") {
					p.s.Routing.Overflows[at].Channels = append(p.s.Routing.Overflows[at].Channels, p.offered[name]...)
				}
			})
		case "after":
			o.After = duration(value)
		case "waiting":
			o.Waiting = number(value)
		default:
			panic("unknown " + key)
		}
	}
	p.s.Routing.Overflows = append(p.s.Routing.Overflows, o)
}

func (p *script) interrupt(w *words) {
	at := len(p.s.Routing.Interrupts)
	p.s.Routing.Interrupts = append(p.s.Routing.Interrupts, model.Interrupt{})
	rule := func() *model.Interrupt { return &p.s.Routing.Interrupts[at] }
	side := func() *sla.Match { return &rule().For }
	for w.more() {
		key, value := w.option()
		switch key {
		case "of":
			side = func() *sla.Match { return &rule().Of }
		case "resume":
			rule().Resume = duration(value)
		default:
			p.match(key, value, side)
		}
	}
}

// match reads one attribute of a match.
func (p *script) match(key, value string, m func() *sla.Match) {
	switch key {
	case "priority":
		m().Priorities = append(m().Priorities, ticket.Priority(find(p.s.Names.Priorities, value)))
	case "channel":
		p.late = append(p.late, func() { m().Channels = append(m().Channels, p.offered[value]...) })
	default:
		panic("unknown " + key)
	}
}
