package arrivals

import (
	"fmt"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Past is something that happened to a ticket before the start.
type Past = demand.Past

// backlog is tickets that are open at the start, laid out.
type backlog struct {
	stream  int // of its own, for its random numbers
	tickets int
	waits   demand.WaitsFor
	age     dist.Dist
	since   dist.Dist

	open    []demand.Open // single ones, and their classes
	classes []int32
}

// backlogLayer stands in the IDs of drawn tickets of a backlog where others have the
// layer of their stream, which never is so high. Where others have their stream, backlogs are
// counted from the end, so that one stream more changes nobody's ID.
const backlogLayer = maxLayers - 1

// attempts bounds how often something is drawn again that contradicts what is known of a
// ticket, such as a reply that should have come before the start.
const attempts = 256

// layBacklog lays out tickets that are open at the start. Single ones have the random
// numbers that a replay in their stream would give them, so that one whose history is
// replayed up to some instant, and one that is open at that instant, go on alike.
func (p *Plan) layBacklog(s *model.Scenario, b *demand.Backlog) {
	k := backlog{stream: len(p.streams), tickets: b.Tickets, waits: b.Waits, age: b.Age, since: b.Since, open: b.Open}
	st := stream{domain: rng.Domain("backlog\x00" + b.Name), named: numbered}
	if len(b.Open) > 0 {
		k.tickets = len(b.Open)
		st = stream{domain: rng.Domain(s.Streams[b.Stream].Name), named: historic}
		seen := map[ticket.Class]int32{}
		for i := range b.Open {
			c, ok := seen[b.Open[i].Class]
			if !ok {
				c = p.class(s, b.Open[i].Class)
				seen[b.Open[i].Class] = c
			}
			k.classes = append(k.classes, c)
		}
	} else if b.Tickets > 0 {
		mixed := s.BacklogMix(b)
		p.layMix(s, &st, &mixed)
	}
	p.streams = append(p.streams, st)
	p.backlogs = append(p.backlogs, k)
}

// checkBacklog fails if two open tickets, or one of them and a replayed one, have an ID in
// common.
func (p *Plan) checkBacklog() error {
	if len(p.backlogs) == 0 {
		return nil
	}
	seen := map[ticket.ID]bool{}
	for i := range p.streams {
		for j := range p.streams[i].replay {
			seen[p.streams[i].replay[j].ID] = true
		}
	}
	for i := range p.backlogs {
		for j := range p.backlogs[i].open {
			id := p.backlogs[i].open[j].ID
			if seen[id] {
				return fmt.Errorf("arrivals: ticket %#x is open at the start and comes again", uint64(id))
			}
			seen[id] = true
		}
	}
	return nil
}

// Backlog is how many tickets are open when a trial begins.
func (p *Plan) Backlog() (n int) {
	for i := range p.backlogs {
		n += p.backlogs[i].tickets
	}
	return n
}

// Open fills in the n-th ticket that is open when the trial begins, and appends what has
// happened to it. Its time lies before the start. Whose first touch is over is known for what it is:
// its class is no longer mistaken.
func (g *Generator) Open(n int, t *Ticket, past []Past) []Past {
	i := 0
	for n >= g.plan.backlogs[i].tickets {
		n -= g.plan.backlogs[i].tickets
		i++
	}
	b := &g.plan.backlogs[i]
	st := &g.plan.streams[b.stream]
	class := int32(-1)
	if len(b.open) > 0 {
		t.Origin = Origin{ID: b.open[n].ID, Stream: int16(b.stream)}
		past, class = append(past, b.open[n].Past...), b.classes[n]
	} else {
		t.Origin = Origin{ID: ticket.ID(uint64(maxStreams-1-i)<<streamShift | backlogLayer<<layerShift | uint64(n)), Stream: int16(b.stream)}
		past = g.ages(b, t.Origin, past)
	}
	t.At = past[0].At
	g.draw(st, t, class)
	touched := false
	for _, e := range past {
		touched = touched || e.Kind == ticket.Started || e.Kind == ticket.Replied
	}
	if touched {
		t.Class = t.Actual
	} else {
		g.stillThere(st, t)
	}
	return past
}

// The places of an open ticket's words.
const (
	wordAge = iota
	wordSince
)

// ages draws how old a ticket is, and since when it waits as it does.
func (g *Generator) ages(b *backlog, o Origin, past []Past) []Past {
	e := g.later(rng.Backlog, o, 0)
	age := seconds(b.age.Sample(e.At(wordAge)))
	since := age
	if !b.since.IsZero() {
		since = seconds(b.since.Sample(e.At(wordSince)))
	}
	return demand.PastOf(b.waits, age, since, past)
}

// stillThere draws the patience of a customer again who would have left before the start.
func (g *Generator) stillThere(st *stream, t *Ticket) {
	for k := 1; t.Patience != Forever && t.Patience <= -t.At && k < attempts; k++ {
		g.entity.Reset(g.key, rng.Backlog, uint32(k), st.domain, st.entity(t.ID))
		g.patience(t)
	}
	if t.Patience != Forever {
		t.Patience = max(t.Patience, -t.At)
	}
}

// StillPending is the cycle after the ticket's n-th touch, counted from 0, of a customer who
// has been silent for some time since, and for so many of the hours in which he answers: as Cycle has it, unless he would have answered
// before. Then it is drawn again until he has not. Where that never happens, he answers,
// or the ticket is closed, at once.
func (g *Generator) StillPending(o Origin, class int32, scale float32, n int, silent, inHours time.Duration) (c Cycle) {
	least := func() time.Duration {
		if c.Silent || c.Won {
			return silent
		}
		return inHours
	}
	for k := range attempts {
		if c = g.Cycle(o, class, scale, n+k<<attemptShift); c.Delay >= least() {
			return c
		}
	}
	c.Delay = least()
	return c
}

// attemptShift is where the number of an attempt stands in that of a touch.
const attemptShift = 16

// Awaited is the touch that a ticket needs whose customer has answered the n-th one, counted
// from 0, or has come back after it.
func (g *Generator) Awaited(o Origin, class int32, scale float32, n int, reopened bool) Touch {
	issue := g.plan.traits[class].issue
	purpose := rng.Reopen
	if !reopened && !issue.Reply.After.IsZero() {
		if c := g.Cycle(o, class, scale, n); !c.Silent {
			return c.Touch
		}
		purpose = rng.Cycle
	}
	e := g.later(purpose, o, n)
	return touch(issue.Handle.Sample(e.At(wordNextHandle)), scale, e.Uniform(wordNextSolves), issue.SolvedLater)
}

// StillUnanswered is the next time that a customer asks again who has been waiting for some time, as
// Chase has it, or drawn again until it has not passed.
func (g *Generator) StillUnanswered(o Origin, class int32, touches, n int, tolerance float64, waited time.Duration) time.Duration {
	for k := range attempts {
		if c := g.Chase(o, class, touches+k<<attemptShift, n, tolerance); c.Delay >= waited {
			return c.Delay
		}
	}
	return waited
}
