package arrivals

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Window is a stretch in which something is down: From until before Until.
type Window struct{ From, Until time.Duration }

// OutageCount is what became of those who made contact on a channel while it was
// down. Who meets two outages counts in both.
type OutageCount struct{ Met, Switched, Lost, Waited int64 }

// outage is an outage as the generator must know it.
type outage struct {
	*model.Outage
	domain uint64
	hits   []bool  // by class: whether it is on a channel that is down
	moved  []int32 // by class: the same on the channel to which customers turn
}

// blocks reports whether any channel can be down.
func (w *way) blocks() bool {
	return slices.ContainsFunc(w.outages, func(o outage) bool { return len(o.Channels) > 0 })
}

// layOutages prepares the outages.
func (p *Plan) layOutages(s *model.Scenario) {
	for i := range s.Outages {
		p.way.outages = append(p.way.outages, outage{Outage: &s.Outages[i], domain: rng.Domain("outage:" + s.Outages[i].Name)})
	}
	for i := range p.way.outages {
		o := &p.way.outages[i]
		for k := range len(p.Classes) {
			c := p.Classes[k]
			hit := slices.Contains(o.Channels, c.Channel)
			o.hits = append(o.hits, hit)
			if hit && o.Switch > 0 {
				c.Channel = o.To
				o.moved = append(o.moved, p.class(s, c))
			} else {
				o.moved = append(o.moved, int32(k))
			}
		}
	}
}

// The entities of an outage's times.
const (
	ofBeginnings = iota
	ofLengths
)

// drawOutages works out when what is down in a trial. Windows of one outage that
// overlap become one.
func (g *Generator) drawOutages() {
	clear(g.outside.Outages)
	until := g.plan.way.until
	for i := range g.plan.way.outages {
		o := &g.plan.way.outages[i]
		down := g.outside.Down[i][:0]
		if o.Every == 0 {
			if w := (Window{max(o.From, 0), min(o.Until, until)}); w.From < w.Until {
				down = append(down, w)
			}
			g.outside.Down[i] = down
			continue
		}
		g.begins = g.key.Of(rng.Outage, o.domain, ofBeginnings)
		g.lasts = g.key.Of(rng.Outage, o.domain, ofLengths)
		for at := time.Duration(0); ; {
			if at = after(at, g.unit.Sample(&g.begins)*float64(o.Every)); at >= until {
				break
			}
			end := min(sum(at, seconds(o.Lasts.Sample(&g.lasts))), until)
			last := len(down) - 1
			switch {
			case end <= at:
			case last >= 0 && at <= down[last].Until:
				down[last].Until = max(down[last].Until, end)
			default:
				down = append(down, Window{at, end})
			}
		}
		g.outside.Down[i] = down
	}
}

// during is the window that holds an instant, of windows in the order of time.
func during(down []Window, at time.Duration) (Window, bool) {
	low, high := 0, len(down)
	for low < high {
		if mid := (low + high) / 2; down[mid].Until <= at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < len(down) && down[low].From <= at {
		return down[low], true
	}
	return Window{}, false
}

// Up is the first time from at on at which the channel of a class is not down.
func (g *Generator) Up(class int32, at time.Duration) time.Duration {
	for i := 0; i < len(g.plan.way.outages); i++ {
		if !g.plan.way.outages[i].hits[class] {
			continue
		}
		if w, down := during(g.outside.Down[i], at); down {
			at = w.Until
			i = -1 // another outage may go on
		}
	}
	return at
}

// The places of an outage's words.
const (
	wordSwitch = iota
	wordWithin
)

// turnedAway reports whether a contact cannot come in now, because its channel is
// down and its customer does not turn to another.
func (g *Generator) turnedAway(st *stream, u *underway, c *contact) bool {
	for i := 0; i < len(g.plan.way.outages); i++ {
		o := &g.plan.way.outages[i]
		if !o.hits[c.Class] {
			continue
		}
		w, down := during(g.outside.Down[i], c.At)
		if !down {
			continue
		}
		g.entity.Reset(g.key, rng.Outage, 0, st.domain, st.entity(c.ID))
		switches := !c.switched && g.entity.Uniform(wordSwitch) < o.Switch
		g.count(i, c.At, switches, o.Patient)
		if !switches {
			if o.Patient {
				within := time.Duration(g.entity.Uniform(wordWithin) * float64(o.Spread))
				g.delay(u, c, sum(w.Until-c.At, within))
			}
			return true
		}
		g.turn(st, c, o.moved)
		i = -1 // the other channel may be down too
	}
	return false
}

func (g *Generator) count(outage int, at time.Duration, switches, waits bool) {
	if at < g.plan.way.warmup {
		return
	}
	n := &g.outside.Outages[outage]
	n.Met++
	switch {
	case switches:
		n.Switched++
	case waits:
		n.Waited++
	default:
		n.Lost++
	}
}
