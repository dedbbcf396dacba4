package arrivals

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/sim/rng"
)

// way is what lies between customers and the desk.
type way struct {
	bots          []bot
	outages       []outage
	warmup, until time.Duration
}

// bot is a deflection as the generator must know it.
type bot struct {
	*model.Deflection
	hours *calendar.Timeline
	meets []bool  // by class
	moved []int32 // by class: the same on the channel to which customers turn
}

// Outside is what became, in a trial, of customers before they came to the desk. They
// are counted by when they made contact, which is not in the warm-up.
type Outside struct {
	Bots []BotCount // by the scenario's deflections
	// Outages are those who met the scenario's outages, and Down is when these were,
	// warm-up included.
	Outages []OutageCount
	Down    [][]Window
}

// BotCount is what a deflection did: those who met it were contained or passed on, and
// of the contained some got a wrong answer.
type BotCount struct{ Met, Contained, Wrong, PassedOn int64 }

// underway is what is known of a source and has not come to the desk yet.
type underway struct {
	next  contact // the next that the source brings
	read  bool    // next holds one
	dry   bool    // the source brings no more
	later heap
}

// contact is a ticket on its way.
type contact struct {
	Ticket
	stage    stage
	switched bool // it has turned to another channel
}

// stage says what a contact has behind it.
type stage uint8

const (
	fresh  stage = iota // its customer makes contact
	passed              // a bot passed it on
	back                // its customer comes back after a wrong answer
)

// layWay prepares what customers meet before the desk.
func (p *Plan) layWay(s *model.Scenario) {
	p.way.warmup, p.way.until = s.Time.Warmup, s.Time.Length
	p.layClasses(s)
	p.layOutages(s)
	axis := calendar.Axis{Origin: s.Time.Start}
	for i := range s.Deflection {
		d := &s.Deflection[i]
		b := bot{Deflection: d, hours: s.Calendars[d.Calendar].On(axis, s.Time.Length)}
		for _, c := range p.Classes {
			b.meets = append(b.meets, d.Match.Matches(c))
			if d.Switch > 0 {
				c.Channel = d.To
			}
			b.moved = append(b.moved, p.class(s, c))
		}
		p.way.bots = append(p.way.bots, b)
	}
}

// layClasses adds the classes of customers who turn to other channels: whoever turns to one is of another
// class from then on, with the priority that he had, and may turn again to a third.
func (p *Plan) layClasses(s *model.Scenario) {
	for i := 0; i < len(p.Classes); i++ {
		for k := range s.Outages {
			if o := &s.Outages[k]; o.Switch > 0 && slices.Contains(o.Channels, p.Classes[i].Channel) {
				c := p.Classes[i]
				c.Channel = o.To
				p.class(s, c)
			}
		}
		for k := range s.Deflection {
			if d := &s.Deflection[k]; d.Switch > 0 {
				c := p.Classes[i]
				c.Channel = d.To
				p.class(s, c)
			}
		}
	}
}

func (g *Generator) layWays() {
	w := &g.plan.way
	g.outside.Outages = make([]OutageCount, len(w.outages))
	g.outside.Down = make([][]Window, len(w.outages))
	if len(w.bots) == 0 && !w.blocks() {
		return
	}
	g.ways = make([]underway, len(g.plan.sources))
	g.outside.Bots = make([]BotCount, len(g.plan.way.bots))
}

func (g *Generator) resetWays() {
	for i := range g.ways {
		g.ways[i] = underway{later: g.ways[i].later[:0]}
	}
	clear(g.outside.Bots)
	g.drawOutages()
}

// Outside is what has become of customers before they came to the desk, in the trial
// so far: all of it once every source has no more. It is valid until Reset.
func (g *Generator) Outside() *Outside { return &g.outside }

// arrive is the next ticket of a source that comes to the desk.
func (g *Generator) arrive(source int, t *Ticket) bool {
	u := &g.ways[source]
	st := &g.plan.streams[g.plan.sources[source].stream]
	for {
		if !u.read && !u.dry {
			u.next.stage = fresh
			u.read = g.contact(source, &u.next.Ticket)
			u.dry = !u.read
		}
		var c contact
		switch {
		case len(u.later) > 0 && (!u.read || u.later[0].At <= u.next.At):
			c = u.later.pop()
		case u.read:
			c, u.read = u.next, false
		default:
			return false
		}
		if c.stage != passed && g.turnedAway(st, u, &c) || c.stage == fresh && g.deflected(st, u, &c) {
			continue
		}
		*t = c.Ticket
		return true
	}
}

// The places of a deflection's words.
const (
	wordContained = iota
	wordWrongAnswer
	wordTalk
	wordBack
	wordAsked
)

// deflected reports whether a bot keeps a contact from coming to the desk now.
func (g *Generator) deflected(st *stream, u *underway, c *contact) bool {
	i := g.botFor(st, &c.Ticket)
	if i < 0 {
		return false
	}
	b := &g.plan.way.bots[i]
	e := &g.entity
	e.Reset(g.key, rng.Deflection, 0, st.domain, st.entity(c.ID))
	contained := e.Uniform(wordContained) < b.Contains
	wrong := contained && e.Uniform(wordWrongAnswer) < b.Wrong
	if c.At >= g.plan.way.warmup {
		n := &g.outside.Bots[i]
		n.Met++
		switch {
		case !contained:
			n.PassedOn++
		case wrong:
			n.Wrong++
			fallthrough
		default:
			n.Contained++
		}
	}
	if contained && !wrong {
		return true
	}
	moves := !contained && b.Switch > 0 && !c.switched && e.Uniform(wordAsked) < b.Switch
	delay := time.Duration(0)
	if !b.Handle.IsZero() {
		delay = seconds(drawAt(&b.Handle, e, wordTalk))
	}
	if c.stage = passed; wrong {
		c.stage = back
		delay = sum(delay, seconds(drawAt(&b.Back, e, wordBack)))
	}
	if moves {
		g.turn(st, c, b.moved)
	}
	g.delay(u, c, delay)
	return true
}

// turn lets a customer turn to another channel, on which he has another patience.
func (g *Generator) turn(st *stream, c *contact, moved []int32) {
	c.switched = true
	c.Class, c.Actual = moved[c.Class], moved[c.Actual]
	g.entity.Reset(g.key, rng.Ticket, 0, st.domain, st.entity(c.ID))
	g.patience(&c.Ticket)
}

// botFor is the deflection that a contact meets; -1 for none.
func (g *Generator) botFor(st *stream, t *Ticket) int {
	for i := range g.plan.way.bots {
		b := &g.plan.way.bots[i]
		if b.meets[t.Actual] && (st.replay == nil || b.Replays) && b.hours.Open(t.At) {
			return i
		}
	}
	return -1
}

// delay puts a contact off. One that would come at the horizon or later never comes.
func (g *Generator) delay(u *underway, c *contact, by time.Duration) {
	if c.At = sum(c.At, by); c.At < g.plan.way.until {
		u.later.push(*c)
	}
}

// sum is a + b for times that are not negative, or the end of time.
func sum(a, b time.Duration) time.Duration {
	if a > never-b {
		return never
	}
	return a + b
}

// heap holds contacts, the earliest first; of equal ones that with the lower ID.
type heap []contact

func (h heap) less(i, j int) bool {
	return h[i].At < h[j].At || h[i].At == h[j].At && h[i].ID < h[j].ID
}

func (h *heap) push(c contact) {
	*h = append(*h, c)
	l := *h
	for i := len(l) - 1; i > 0; {
		up := (i - 1) / 2
		if !l.less(i, up) {
			return
		}
		l[i], l[up] = l[up], l[i]
		i = up
	}
}

func (h *heap) pop() contact {
	l := *h
	first, last := l[0], len(l)-1
	l[0] = l[last]
	l = l[:last]
	*h = l
	for i := 0; ; {
		down := 2*i + 1
		if down >= last {
			return first
		}
		if right := down + 1; right < last && l.less(right, down) {
			down = right
		}
		if !l.less(down, i) {
			return first
		}
		l[i], l[down] = l[down], l[i]
		i = down
	}
}
