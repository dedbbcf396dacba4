package arrivals

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/rng"
)

// burst is the incidents of one name. Given the incidents, their tickets are a
// Poisson process whose rate falls exponentially and jumps up at each incident. Because an
// exponential has no memory, all that need be known of the incidents so far is how
// many tickets are still to come of them.
type burst struct {
	tickets float64 // mean of one incident
	decay   float64 // per nanosecond
	at      time.Duration
	every   float64 // mean nanoseconds between incidents; 0: one, at at
}

// outbreak is where the source of a burst stands.
type outbreak struct {
	clocks    rng.Stream    // gaps between incidents
	now       time.Duration // the last ticket or incident
	rest      float64       // expected tickets that are still to come after now
	incident  time.Duration // the next; never if there is none
	happening bool          // the first incident has been drawn
}

// never is later than any horizon.
const never time.Duration = 1<<63 - 1

// The entities of a burst's gaps.
const (
	ofTickets = iota
	ofIncidents
)

// layBurst makes a burst a stream of its own, with the customers of another. It has
// its own domain, which no stream can have since names have no colon, and IDs of its
// own; so it changes nothing about the tickets of others.
func (p *Plan) layBurst(s *model.Scenario, b *demand.Burst) {
	of := s.Streams[b.Stream]
	of.Issues = []demand.IssueShare{{Issue: b.Issue, Share: 1}}
	st := stream{
		domain: rng.Domain("burst:" + b.Name), spikes: of.Spikes, named: numbered,
		burst: &burst{tickets: b.Tickets, decay: b.Decay() / 1e9, at: b.At, every: float64(b.Every)},
		until: s.Time.Length,
	}
	p.layMix(s, &st, &of)
	p.sources = append(p.sources, source{stream: len(p.streams)})
	p.streams = append(p.streams, st)
}

// burst is the next ticket of a burst.
func (g *Generator) burst(src *source, s *state, st *stream, t *Ticket) bool {
	b, o := st.burst, &s.outbreak
	if !o.happening {
		o.happening = true
		s.id = ticket.ID(uint64(src.stream) << streamShift)
		s.gaps = g.drawn.own.Of(rng.Gaps, st.domain, ofTickets)
		o.incident = b.at
		if b.every > 0 {
			o.clocks = g.drawn.own.Of(rng.Gaps, st.domain, ofIncidents)
			o.incident = after(0, g.drawn.next(&g.unit, &o.clocks)*b.every)
		}
	}
	// mass is how many tickets the process expects up to the next one.
	mass := g.drawn.next(&g.unit, &s.gaps)
	for {
		// What comes up to the next incident, if it comes at all.
		here := o.rest * -math.Expm1(-b.decay*float64(o.incident-o.now))
		if mass < here {
			o.now = min(after(o.now, -math.Log1p(-mass/o.rest)/b.decay), o.incident)
			o.rest -= mass
			break
		}
		if o.incident >= st.until {
			return false
		}
		mass -= here
		o.rest = max(0, o.rest-here) + b.tickets
		o.now, o.incident = o.incident, never
		if b.every > 0 {
			o.incident = after(o.now, g.drawn.next(&g.unit, &o.clocks)*b.every)
		}
	}
	if o.now >= st.until {
		return false
	}
	t.Origin, t.At = Origin{ID: s.id, Stream: int16(src.stream)}, o.now
	s.id++
	g.draw(st, t, -1)
	return true
}

// after is a time plus nanoseconds, or never where that is later.
func after(at time.Duration, nanos float64) time.Duration {
	if nanos >= float64(never-at) {
		return never
	}
	return at + time.Duration(nanos)
}
