package desk

import (
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
)

// bot reads what the tickets meet before the desk, although they are a history.
func (p *script) bot(w *words) {
	b := model.Deflection{Name: w.next(), Replays: true}
	for w.more() {
		switch key, value := w.option(); key {
		case "contains":
			b.Contains = share(value)
		case "wrong":
			b.Wrong = share(value)
		case "handle":
			b.Handle = constant(duration(value))
		case "back":
			b.Back = constant(duration(value))
		default:
			panic("unknown " + key)
		}
	}
	p.s.Deflection = append(p.s.Deflection, b)
}

// outage reads what is down, from when until when.
func (p *script) outage(w *words) {
	o := model.Outage{Name: w.next(), From: w.time(), Until: w.time()}
	at := len(p.s.Outages)
	for w.more() {
		switch key, value := w.option(); key {
		case "channels":
			p.late = append(p.late, func() {
				for _, name := range strings.Split(value, ",") {
					p.s.Outages[at].Channels = append(p.s.Outages[at].Channels, p.offered[name]...)
				}
			})
		case "teams":
			for _, name := range strings.Split(value, ",") {
				o.Teams = append(o.Teams, ticket.Team(slices.IndexFunc(p.s.Teams, func(t staffing.Team) bool { return t.Name == name })))
			}
		case "switch":
			part, to, _ := strings.Cut(value, "/")
			o.Switch = share(part)
			p.late = append(p.late, func() { p.s.Outages[at].To = p.offered[to][0] })
		case "back":
			o.Patient, o.Spread = true, duration(value)
		default:
			panic("unknown " + key)
		}
	}
	p.s.Outages = append(p.s.Outages, o)
}

// slow reads whose tools are slow, from when until when and by how much.
func (p *script) slow(w *words) {
	x := model.SlowTools{Name: w.next(), From: w.time(), Until: w.time(), Handle: share(w.next())}
	for w.more() {
		x.Teams = append(x.Teams, p.teamOf(w.next()))
	}
	p.s.SlowTools = append(p.s.SlowTools, x)
}

// burnout reads what is assumed about overload.
func (p *script) burnout(w *words) {
	b := &p.s.Burnout
	for w.more() {
		switch key, value := w.option(); key {
		case "above":
			b.Above = share(value)
		case "over":
			b.Over = duration(value)
		case "handle":
			b.Handle = share(value)
		case "reopen":
			b.Reopen = share(value)
		default:
			panic("unknown " + key)
		}
	}
}
