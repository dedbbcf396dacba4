package arrivals

import (
	"time"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Origin is where a ticket comes from; its random numbers are named by it.
type Origin struct {
	ID     ticket.ID
	Stream int16      // index into the scenario's demand streams, followed by its bursts
	Kin    ticket.Kin // how it descends from its customer's first contact
}

// Ticket is an arrival, with the work that it brings.
type Ticket struct {
	Origin
	At       time.Duration // since the scenario's start
	Class    int32         // index into Plan.Classes: what it is taken for at first
	Actual   int32         // the class that it really has
	Scale    float32       // of all its handling times: 1, or more in a spike
	Touch    Touch         // the first
	Patience time.Duration // how long the customer waits for an answer; Forever if he does
}

// Forever is the patience of whoever never leaves.
const Forever time.Duration = -1

// Touch is one piece of agent work.
type Touch struct {
	Handle time.Duration // agent time
	Solves bool          // the ticket is solved by it
}

// Cycle is the customer's side after a touch that did not solve the ticket.
type Cycle struct {
	Silent bool          // the customer never answers
	Delay  time.Duration // until he does; if Silent, until the ticket is closed
	Touch  Touch         // the one that his answer asks for
	Won    bool          // he would never have answered but for a reminder
}

// Return is the customer's side after a ticket is solved.
type Return struct {
	Comes bool // the ticket is reopened
	Delay time.Duration
	Touch Touch
}

// Generator makes the tickets of one trial after another.
type Generator struct {
	plan   *Plan
	key    rng.Key
	states []state
	entity rng.Entity
	unit   dist.Dist // exponential with mean 1
	drawn  balanced

	ways    []underway // by source; nil where nothing stands before the desk
	outside Outside
	// A stream on the stack would escape into the sampler.
	begins, lasts rng.Stream // of outages
}

// state is where a source stands.
type state struct {
	src     *source
	st      *stream // of the source
	day     int     // index into the curve's days; for a replay, the next row
	today   *day
	segment int
	gaps    rng.Stream
	mass    float64   // expected arrivals of the day up to the last candidate
	passed  float64   // expected arrivals of the day before the segment
	busy    float64   // the day's busyness, times volume
	volume  float64   // of the whole trial, as a multiple of what was forecast
	id      ticket.ID // of the next candidate; of a burst, of its next ticket
	outbreak
}

// Generator is a new generator; Reset must be called before its first use.
func (p *Plan) Generator() *Generator {
	g := &Generator{plan: p, states: make([]state, len(p.sources)), unit: dist.Must(dist.Exponential(1)), drawn: balanced{Balance: p.balance}}
	g.layWays()
	return g
}

// Reset starts the trial of a key.
func (g *Generator) Reset(key rng.Key) {
	g.key = key
	g.drawn.reset(key)
	g.resetWays()
	for i := range g.states {
		src := &g.plan.sources[i]
		s := state{src: src, st: &g.plan.streams[src.stream], day: -1, volume: 1}
		if !s.st.forecast.IsZero() {
			s.volume = g.drawn.volume(&s.st.forecast)
		}
		if s.st.replay != nil {
			s.day = 0
		}
		g.states[i] = s
	}
}

// Next is the next ticket of a source that comes to the desk; false when it has no
// more. Times of one source never go back.
func (g *Generator) Next(source int, t *Ticket) bool {
	if g.ways != nil {
		return g.arrive(source, t)
	}
	return g.contact(source, t)
}

// contact is the next ticket of a source as its customer makes it.
func (g *Generator) contact(source int, t *Ticket) bool {
	s := &g.states[source]
	src, st := s.src, s.st
	if st.replay != nil {
		return g.replay(src, s, st, t)
	}
	if st.burst != nil {
		return g.burst(src, s, st, t)
	}
	if s.day < 0 && !g.nextDay(src, s, st) {
		return false
	}
	for {
		at, ok := g.candidate(src, s, st)
		if !ok {
			return false
		}
		id := s.id
		s.id++
		if src.layer > 0 && !keep(src, g.drawn.flip(s.gaps.Float64()), st, at) {
			continue
		}
		t.Origin, t.At = Origin{ID: id, Stream: int16(src.stream)}, at
		g.draw(st, t, -1)
		return true
	}
}

// candidate is the next point of the layer's process at the base rate.
func (g *Generator) candidate(src *source, s *state, st *stream) (time.Duration, bool) {
	s.mass += g.drawn.next(&g.unit, &s.gaps)
	for {
		for s.segment < len(s.today.segments) {
			seg := &s.today.segments[s.segment]
			if span := seg.expected * s.busy; s.mass >= s.passed+span {
				s.passed += span
				s.segment++
				continue
			}
			return min(seg.from+time.Duration((s.mass-s.passed)/(seg.perNano*s.busy)), seg.to-1), true
		}
		if !g.nextDay(src, s, st) {
			return 0, false
		}
		s.mass = g.drawn.next(&g.unit, &s.gaps)
	}
}

// nextDay moves to the next day on which the layer brings something.
func (g *Generator) nextDay(src *source, s *state, st *stream) bool {
	s.day++
	for s.day < len(src.active) && !src.active[s.day] {
		s.day++
	}
	if s.day >= len(src.active) {
		return false
	}
	s.today = &st.days[s.day]
	number := s.today.number
	s.segment, s.mass, s.passed, s.busy = 0, 0, 0, s.volume
	s.id = ticket.ID(uint64(src.stream)<<streamShift | uint64(src.layer)<<layerShift | number<<dayShift)
	if !st.busyness.IsZero() {
		// The place of the day's gaps serves for its busyness first: a stream
		// on the stack would escape into the sampler and be allocated.
		s.gaps = g.drawn.own.Of(rng.Busyness, st.domain, number)
		if st.shared > 0 {
			s.busy *= g.drawn.sharedBusyness(st, number, &s.gaps)
		} else {
			s.busy *= g.drawn.busyness(&st.busyness, st.domain, number, &s.gaps)
		}
	}
	s.gaps = g.drawn.own.Of(rng.Gaps, st.domain, uint64(src.layer)<<layerShift|number)
	return true
}

// keep decides whether the spike reaches up to a candidate of its layer with a mark.
func keep(src *source, mark float64, st *stream, at time.Duration) bool {
	return mark < demand.Factor(st.spikes, at)-float64(src.layer)
}

func (g *Generator) replay(src *source, s *state, st *stream, t *Ticket) bool {
	if s.day >= len(st.replay) {
		return false
	}
	row := &st.replay[s.day]
	t.Origin = Origin{ID: row.ID, Stream: int16(src.stream)}
	t.At = row.At
	g.draw(st, t, st.replayClasses[s.day])
	s.day++
	return true
}

// The places of a ticket's words.
const (
	wordMix = iota
	wordHandle
	wordPatience
	wordSolves
)

// draw fills in what the ticket is and brings; the class is drawn too unless it
// is given.
func (g *Generator) draw(st *stream, t *Ticket, class int32) {
	drawn := class < 0
	e := &g.entity
	e.Reset(g.key, rng.Ticket, 0, st.domain, st.entity(t.ID))
	if drawn {
		mix := e.Word(wordMix)
		class = st.classes[place(st.tiers, uint32(mix>>32))*len(st.issues)+place(st.issues, uint32(mix))]
	}
	t.Class, t.Actual = class, class
	tr := &g.plan.traits[class]
	t.Scale = 1
	if len(st.spikes) > 0 {
		t.Scale = float32(demand.HandleFactor(st.spikes, t.At))
	}
	t.Touch = touch(drawAt(&tr.issue.Handle, e, wordHandle), t.Scale, e.Uniform(wordSolves), tr.issue.SolvedAtFirst)
	if g.drawn.mirrored {
		t.Touch = g.drawn.touch(rng.Ticket, 0, st, t.ID, places{wordHandle, wordSolves}, tr.issue, t.Scale, tr.issue.SolvedAtFirst)
	}
	t.Patience = Forever
	if tr.leaves {
		g.patience(t)
	}
	if g.plan.triages {
		g.triage(st, t, drawn)
	}
}

// triage gives a ticket the priority that its text calls for, or a wrong one.
func (g *Generator) triage(st *stream, t *Ticket, drawn bool) {
	if drawn && len(g.plan.words.keywords) > 0 {
		g.read(st, t)
	}
	if g.plan.wrong > 0 && (drawn || g.plan.wrongReplays) {
		g.misread(st, t)
	}
}

// patience draws how long the customer of a ticket waits, from the ticket's words.
func (g *Generator) patience(t *Ticket) {
	t.Patience = Forever
	if tr := &g.plan.traits[t.Actual]; tr.leaves {
		t.Patience = seconds(drawAt(&tr.patience, &g.entity, wordPatience) * g.plan.Tolerance(t.Actual, t.At))
	}
}

// The places of a triage's words.
const (
	wordWrong = iota
	wordWay
)

// misread gives the ticket the wrong priority with the probability that the
// scenario says.
func (g *Generator) misread(st *stream, t *Ticket) {
	g.entity.Reset(g.key, rng.Triage, 0, st.domain, st.entity(t.ID))
	if g.entity.Uniform(wordWrong) >= g.plan.wrong {
		return
	}
	near := g.plan.misread[t.Actual]
	way := g.entity.Word(wordWay) >> 63
	if near[way] < 0 {
		way = 1 - way
	}
	if near[way] >= 0 {
		t.Class = near[way]
	}
}

func touch(handle float64, scale float32, u, solved float64) Touch {
	return Touch{Handle: seconds(handle * float64(scale)), Solves: u < solved}
}

// seconds converts without overflow: what lasts for more than 292 years lasts for
// 292 years.
func seconds(x float64) time.Duration {
	const most = float64(1<<63-1) / 1e9
	if x >= most {
		return 1<<63 - 1
	}
	return time.Duration(x * 1e9)
}

// The places of a cycle's words, and of a return's.
const (
	wordSilent = iota // or whether it comes back
	wordDelay
	wordNextHandle
	wordNextSolves
)

// Cycle is what follows the ticket's n-th touch, counted from 0, when it did not
// solve the ticket.
func (g *Generator) Cycle(o Origin, class int32, scale float32, n int) Cycle {
	issue := g.plan.traits[class].issue
	e := g.later(rng.Cycle, o, n)
	c := Cycle{Silent: e.Uniform(wordSilent) < issue.Reply.Never}
	if c.Silent {
		c.Delay = issue.Reply.Close
		if len(issue.Reply.Remind) > 0 {
			g.remind(&c, o, issue, scale, n)
		}
		return c
	}
	c.Delay = seconds(drawAt(&issue.Reply.After, e, wordDelay))
	c.Touch = touch(drawAt(&issue.Handle, e, wordNextHandle), scale, e.Uniform(wordNextSolves), issue.SolvedLater)
	if g.drawn.mirrored {
		c.Touch = g.nextTouch(rng.Cycle, o, issue, scale, n)
	}
	return c
}

// Return is what follows when the ticket's n-th touch, or the customer's silence
// after it, solved the ticket.
func (g *Generator) Return(o Origin, class int32, scale float32, n int) Return {
	return g.ReturnMore(o, class, scale, n, 0)
}

// ReturnMore is Return where the share of tickets that come back is higher, by more: the
// same ones come back, and others. Tickets of an issue that never come back do not.
func (g *Generator) ReturnMore(o Origin, class int32, scale float32, n int, more float64) Return {
	issue := g.plan.traits[class].issue
	if issue.Reopen.Share == 0 {
		return Return{}
	}
	e := g.later(rng.Reopen, o, n)
	r := Return{Comes: e.Uniform(wordSilent) < issue.Reopen.Share+more}
	if r.Comes {
		r.Delay = seconds(drawAt(&issue.Reopen.After, e, wordDelay))
		r.Touch = touch(drawAt(&issue.Handle, e, wordNextHandle), scale, e.Uniform(wordNextSolves), issue.SolvedLater)
		if g.drawn.mirrored {
			r.Touch = g.nextTouch(rng.Reopen, o, issue, scale, n)
		}
	}
	return r
}

// Later is the random numbers of a ticket for a purpose of the desk's, of its n-th touch
// counted from 0. It is valid until the generator is used again.
func (g *Generator) Later(p rng.Purpose, o Origin, n int) *rng.Entity { return g.later(p, o, n) }

func (g *Generator) later(p rng.Purpose, o Origin, n int) *rng.Entity {
	st := &g.plan.streams[o.Stream]
	g.entity.Reset(g.key, p, uint32(n), st.domain, st.entity(o.ID))
	return &g.entity
}
