// Package arrivals turns demand, or a history, into tickets.
//
// A ticket carries its work: what it is, how long its first touch takes, whether
// that solves it and how long its customer is patient are drawn here, from a
// random stream that belongs to the ticket alone. What the customer does later
// (Cycle, Return) is a function of the same ticket and of how often it was touched, so
// it is the same as if it had been drawn at once, but costs no memory while the
// ticket waits. Nothing here depends on the desk.
//
// # Layers
//
// A spike of factor f brings f-1 times the base rate on top. The extra tickets
// come in layers: layer j has its own Poisson process at the base rate, and a
// ticket of it is kept with probability f(t)-j, cut to [0, 1]. Layer 0 is the base
// and does not know of spikes. So the ordinary tickets are the same with and
// without a spike, and those of a spike of 5 are among those of a spike of 10
// (thinning after Lewis and Shedler 1979, with one common mark per candidate).
//
// # Days
//
// Each layer starts afresh on every local day, which the memoryless process
// allows, with a stream of random numbers for that day. A change of one day's
// volume leaves the tickets of all others as they are.
//
// # Balance
//
// Replications may be drawn in sets (model.Balance). Each is then still what it would be by
// itself, a function of its own number, with the same distribution: what balances it is the order in which
// the replications of a set go through the strata, or whose words they mirror.
//
// # Bursts
//
// What an incident brings is a stream of its own. The times of random incidents and the
// gaps between their tickets have streams of random numbers that are named by the burst, so
// both are the same whatever else the scenario holds.
//
// # Backlog
//
// Tickets that are open at the start are no arrivals: Open gives them one by one, with what has
// happened to them. What is drawn of them agrees with that: a customer who has been silent
// for two days does not answer after one.
//
// # Descendants
//
// A customer who has left may try again or write instead, and one who is not answered may
// bring a second ticket. When that happens is up to the desk; whether it does and what it
// brings is up to the customer: Leave and Chase are functions of the ticket, and
// Further fills in a descendant from streams of random numbers that are named by its own ID
// (see ticket.Kin). So it asks for the same under every staffing plan under which it is born.
//
// # On the way to the desk
//
// A ticket that meets a bot is contained, or comes to the desk later. What has been
// read of a source but does not come before its next ticket is kept in a heap, so the
// sources stay in the order of time, and memory grows with what is under way at once.
// Descendants meet no bot; they wait until their channel is up.
package arrivals

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Plan is the demand of a scenario, laid out on the time axis once for all
// trials. It does not change and may be shared.
type Plan struct {
	// Classes are all classes that a ticket can have; a ticket names its own
	// by index.
	Classes []ticket.Class

	traits  []traits // by class
	triages bool     // some priority depends on words, or may be wrong
	words   words    // of the tickets' texts
	wrong   float64  // share of tickets whose priority is wrong at first
	// wrongReplays says that the priority of replayed tickets may be wrong too.
	wrongReplays bool
	// misread is, by class, the classes a step higher and a step lower; -1 for none.
	// It is empty if no priority is wrong.
	misread [][2]int32
	// relaxations are the announced times in which customers put up with more or less.
	relaxations []sla.Relaxation
	// switched is, by class, that of those who write in place of another attempt; -1
	// for none. It is empty if nobody does.
	switched []int32
	sources  []source
	streams  []stream
	way      way // to the desk
	balance  model.Balance
	backlogs []backlog // open at the start
}

// traits is what the generator must know of a class.
type traits struct {
	issue    *work.Issue
	patience dist.Dist // zero: for ever, or not live
	leaves   bool      // there is one
	channel  *work.Channel
}

// stream is a demand stream with its mix.
type stream struct {
	domain   uint64
	days     []day
	busyness dist.Dist // zero: every day is as planned
	shared   float64   // how much of it all streams have in common
	forecast dist.Dist // of the whole replication; zero: the volume is as forecast
	spikes   []demand.Spike

	tiers, issues []uint32 // cumulative shares, of 2³²
	classes       []int32  // by tier place, and within it by issue place

	replay        []demand.Arrival
	replayClasses []int32

	burst *burst        // if not nil the stream is a burst
	named uint64        // the bits of a ticket's ID that entity keeps: numbered, or historic
	until time.Duration // of a burst: the horizon
}

// day is one local day of a stream's base rate.
type day struct {
	number     uint64 // since the scenario's start
	start, end time.Duration
	segments   []segment
}

// segment is a stretch of constant rate.
type segment struct {
	from, to time.Duration
	perNano  float64 // arrivals per nanosecond
	expected float64 // arrivals in all
}

// source is one sequence of arrivals: a layer of a stream, a replay, or a burst.
type source struct {
	stream int
	layer  int
	active []bool // by day of the curve: false where the layer brings nothing
}

// The parts of a ticket's ID, from the highest bit down: stream, layer, day,
// number within the day. A burst has a stream of its own, after those of the scenario, and
// numbers its tickets throughout.
const (
	maxStreams = 1 << 8
	maxLayers  = 1 << 8
	maxDays    = 1 << 16

	streamShift = 56
	layerShift  = 48
	dayShift    = 32
)

// What of a ticket's ID its random numbers are named by: all but the stream, or the whole of
// what a history gave it.
const (
	numbered = 1<<streamShift - 1
	historic = math.MaxUint64
)

// entity is what a ticket's random numbers are named by within its stream: its ID
// without the stream's index, which another stream added before it would change. A
// replayed ticket keeps the whole of the ID that its history gave it. So a stream that
// replays a log of its own, under its own name and the same seed, brings the same
// tickets with the same work.
func (st *stream) entity(id ticket.ID) uint64 { return uint64(id) & st.named }

// NewPlan lays out the demand of a scenario that Check has found to be sound. It
// fails if the scenario is larger than ticket IDs can number.
func NewPlan(s *model.Scenario) (*Plan, error) {
	if n := len(s.Streams) + len(s.Bursts) + len(s.Backlog); n > maxStreams {
		return nil, fmt.Errorf("arrivals: %d demand streams, bursts and backlogs, at most %d are possible", n, maxStreams)
	}
	p := &Plan{relaxations: s.SLA.Relaxations, balance: s.Run.Balance}
	axis := calendar.Axis{Origin: s.Time.Start}
	for i := range s.Streams {
		d := &s.Streams[i]
		st := stream{domain: rng.Domain(d.Name), spikes: d.Spikes, named: numbered}
		if d.Replay != nil {
			p.layReplay(s, &st, d.Replay)
			p.sources = append(p.sources, source{stream: i})
		} else {
			st.days = layDays(d.Curve(axis, s.Time.Length))
			if d.Busyness > 0 {
				st.busyness, st.shared = dist.Must(dist.Gamma(1, d.Busyness)), d.Shared
			}
			if d.Forecast > 0 {
				st.forecast = dist.Must(dist.Gamma(1, d.Forecast))
			}
			p.layMix(s, &st, d)
			layers := 1 + int(math.Ceil(peak(d.Spikes)-1))
			if layers > maxLayers || len(st.days) > maxDays {
				return nil, fmt.Errorf("arrivals: stream %s has %d spike layers over %d days, at most %d over %d are possible",
					d.Name, layers, len(st.days), maxLayers, maxDays)
			}
			for j := range layers {
				p.sources = append(p.sources, source{stream: i, layer: j, active: activeDays(&st, j)})
			}
		}
		p.streams = append(p.streams, st)
	}
	for i := range s.Bursts {
		p.layBurst(s, &s.Bursts[i])
	}
	for i := range s.Backlog {
		p.layBacklog(s, &s.Backlog[i])
	}
	if err := p.checkBacklog(); err != nil {
		return nil, err
	}
	p.layWords(s)
	p.layMisread(s)
	p.triages = len(p.words.keywords) > 0 || p.wrong > 0
	p.layWay(s)
	if err := p.layFurther(s); err != nil {
		return nil, err
	}
	return p, nil
}

func peak(spikes []demand.Spike) float64 {
	f := 1.0
	for i := range spikes {
		f = max(f, spikes[i].Factor)
	}
	return f
}

// layDays puts a curve into the form that candidates are drawn from.
func layDays(c *demand.Curve) []day {
	days := make([]day, len(c.Days))
	for i := range c.Days {
		d := &c.Days[i]
		days[i] = day{number: uint64(d.Number), start: d.Start, end: d.End}
		for _, g := range d.Segments {
			days[i].segments = append(days[i].segments, segment{
				from: g.From, to: g.To, perNano: g.PerSecond / 1e9, expected: g.PerSecond * (g.To - g.From).Seconds(),
			})
		}
	}
	return days
}

// activeDays marks the days on which a layer brings anything at all.
func activeDays(st *stream, layer int) []bool {
	active := make([]bool, len(st.days))
	for i := range active {
		day := &st.days[i]
		active[i] = layer == 0
		for j := range st.spikes {
			sp := &st.spikes[j]
			if sp.Factor > float64(layer) && sp.Start < day.end && sp.End() > day.start {
				active[i] = true
			}
		}
	}
	return active
}

// layMix turns shares of accounts, tiers and issues into a table of classes. An
// account's share is taken out of its tier's. What has no share brings no class, so
// that nobody need be able to serve it.
func (p *Plan) layMix(s *model.Scenario, st *stream, d *demand.Stream) {
	type who struct {
		tier    ticket.Tier
		account ticket.Account
	}
	var whos []who
	var shares []float64
	for _, a := range d.Accounts {
		if a.Share > 0 {
			whos, shares = append(whos, who{a.Tier, a.Account}), append(shares, a.Share)
		}
	}
	for _, t := range d.Tiers {
		rest := t.Share
		for _, a := range d.Accounts {
			if a.Tier == t.Tier {
				rest -= a.Share
			}
		}
		if rest > 1e-12 {
			whos, shares = append(whos, who{t.Tier, ticket.Anonymous}), append(shares, rest)
		}
	}
	st.tiers = cumulate(shares)
	var issues []ticket.Issue
	shares = shares[:0]
	for _, i := range d.Issues {
		if i.Share > 0 {
			issues, shares = append(issues, i.Issue), append(shares, i.Share)
		}
	}
	st.issues = cumulate(shares)
	for _, w := range whos {
		for _, i := range issues {
			c := ticket.Class{Channel: d.Channel, Issue: i, Tier: w.tier, Account: w.account}
			c.Priority = s.PriorityOf(c, 0)
			st.classes = append(st.classes, p.class(s, c))
		}
	}
}

// layMisread finds the classes that a class is mistaken for. Those are classes too,
// but of nothing that comes right.
func (p *Plan) layMisread(s *model.Scenario) {
	p.wrongReplays = s.Triage.Replays
	if p.wrong = s.Triage.Wrong; p.wrong == 0 {
		return
	}
	for i := range len(p.Classes) {
		near := [2]int32{-1, -1}
		for k, step := range [2]int{-1, 1} {
			c := p.Classes[i]
			if x := int(c.Priority) + step; x >= 0 && x < len(s.Names.Priorities) {
				c.Priority = ticket.Priority(x)
				near[k] = p.class(s, c)
			}
		}
		p.misread = append(p.misread, near)
	}
}

// layReplay takes over a history as far as it lies before the horizon.
func (p *Plan) layReplay(s *model.Scenario, st *stream, rows []demand.Arrival) {
	inside, _ := slices.BinarySearchFunc(rows, s.Time.Length, func(a demand.Arrival, end time.Duration) int {
		return cmp.Compare(a.At, end)
	})
	rows = rows[:inside]
	st.replay, st.named = rows, historic
	seen := map[ticket.Class]int32{}
	for i := range rows {
		c, ok := seen[rows[i].Class]
		if !ok {
			c = p.class(s, rows[i].Class)
			seen[rows[i].Class] = c
		}
		st.replayClasses = append(st.replayClasses, c)
	}
}

// class is the index of c, which is added if it is new.
func (p *Plan) class(s *model.Scenario, c ticket.Class) int32 {
	for i, have := range p.Classes {
		if have == c {
			return int32(i)
		}
	}
	t := traits{issue: &s.Issues[c.Issue], channel: &s.Channels[c.Channel]}
	if ch := &s.Channels[c.Channel]; ch.Live {
		t.patience, t.leaves = ch.Patience, !ch.Patience.IsZero()
	}
	p.Classes = append(p.Classes, c)
	p.traits = append(p.traits, t)
	return int32(len(p.Classes) - 1)
}

// cumulate turns shares, scaled to add up to 1, into upper bounds of 32-bit
// words; the last bound is never reached.
func cumulate(shares []float64) []uint32 {
	var sum, c float64
	for _, x := range shares {
		sum += x
	}
	bounds := make([]uint32, len(shares))
	for i, x := range shares {
		c += x
		bounds[i] = uint32(min(c/sum*(1<<32), 1<<32-1))
	}
	return bounds
}

// place is the index of the share that a word falls into.
func place(bounds []uint32, word uint32) int {
	for i := range len(bounds) - 1 {
		if word < bounds[i] {
			return i
		}
	}
	return len(bounds) - 1
}

// Sources is the number of sequences of arrivals that a trial merges.
func (p *Plan) Sources() int { return len(p.sources) }
