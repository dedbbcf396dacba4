package requirement

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Kind is which touches of its tickets a flow is made of.
type Kind uint8

// The kinds.
const (
	First  Kind = iota
	Later       // after a reply, a hold, a reopening, or back from another team
	Passed      // by a team that tickets are handed off to
)

// Flow is touches of one kind on tickets of one class, by when they can begin.
type Flow struct {
	Teams []ticket.Team // who may do them, in order
	Class ticket.Class
	Kind  Kind
	Live  bool // somebody waits on the line
	// Slots is how many of them one head has in hand at once, and Handle how long each
	// takes while it has, seconds.
	Slots  float64
	Handle dist.Dist
	Starts []float64 // touches by step
	// Effort is Starts, each touch weighted by how much longer it takes than Handle: those
	// of a spike may.
	Effort []float64
}

// batch is tickets of one issue that arrive together and live alike.
type batch struct {
	issue     ticket.Issue
	arrivals  []float64 // by step
	effort    []float64 // the same, by how long their touches take
	customers []customer
}

// customer is a class of tickets, with its share of a batch.
type customer struct {
	class ticket.Class
	share float64
}

// Flows follows the tickets of a scenario through their touches, step by step from its
// start to the end of its time. The scenario must be sound (model.Scenario.Check).
func Flows(s *model.Scenario, step time.Duration) []Flow {
	axis := calendar.Axis{Origin: s.Time.Start}
	lines := make([]*calendar.Timeline, len(s.Calendars))
	for i, c := range s.Calendars {
		lines[i] = c.On(axis, s.Time.Length)
	}
	var flows []Flow
	for _, b := range batches(s, axis, step, lines) {
		flows = append(flows, follow(s, &b, step, lines)...)
	}
	return flows
}

// batches are the tickets that come, by issue and by the deflection that they meet.
func batches(s *model.Scenario, axis calendar.Axis, step time.Duration, lines []*calendar.Timeline) (list []batch) {
	steps := intervals(s.Time.Length, step)
	for i := range s.Streams {
		st := &s.Streams[i]
		if st.Replay != nil {
			list = append(list, replayed(s, st, step, steps)...)
			continue
		}
		arrivals := make([]float64, steps)
		curve := st.Curve(axis, s.Time.Length)
		for k := range arrivals {
			from := time.Duration(k) * step
			arrivals[k] = curve.ExpectedWith(st.Spikes, from, min(from+step, s.Time.Length))
		}
		for _, share := range st.Issues {
			list = append(list, kinds(s, st, share.Issue, scaled(arrivals, share.Share), step, lines)...)
		}
	}
	for i := range s.Bursts {
		b := &s.Bursts[i]
		arrivals := make([]float64, steps)
		for k := range arrivals {
			from := time.Duration(k) * step
			if b.Every > 0 {
				arrivals[k] = b.Tickets * float64(step) / float64(b.Every)
			} else {
				arrivals[k] = b.Expected(from-b.At, from+step-b.At)
			}
		}
		plain := s.Streams[b.Stream]
		plain.Spikes = nil
		list = append(list, kinds(s, &plain, b.Issue, arrivals, step, lines)...)
	}
	return list
}

// kinds splits tickets of a stream by the deflection that their customers meet.
func kinds(s *model.Scenario, st *demand.Stream, issue ticket.Issue, arrivals []float64, step time.Duration, lines []*calendar.Timeline) (list []batch) {
	by := map[int]int{}
	for _, c := range customers(s, st, issue) {
		bot := slices.IndexFunc(s.Deflection, func(d model.Deflection) bool { return d.Match.Matches(c.class) })
		at, ok := by[bot]
		if !ok {
			at = len(list)
			by[bot] = at
			list = append(list, batch{issue: issue, arrivals: arrivals})
		}
		list[at].customers = append(list[at].customers, c)
	}
	for bot, at := range by {
		if bot >= 0 {
			list[at].arrivals = deflected(&s.Deflection[bot], arrivals, step, lines)
		}
	}
	for i := range list {
		list[i].effort = spiked(st.Spikes, list[i].arrivals, step)
	}
	return list
}

// customers are the classes of an issue that a stream brings.
func customers(s *model.Scenario, st *demand.Stream, issue ticket.Issue) (list []customer) {
	add := func(tier ticket.Tier, account ticket.Account, share float64) {
		if share > 1e-12 {
			c := ticket.Class{Channel: st.Channel, Issue: issue, Tier: tier, Account: account}
			c.Priority = s.PriorityOf(c, 0)
			list = append(list, customer{c, share})
		}
	}
	for _, tier := range st.Tiers {
		rest := tier.Share
		for _, a := range st.Accounts {
			if a.Tier == tier.Tier {
				rest -= a.Share
			}
		}
		add(tier.Tier, ticket.Anonymous, rest)
	}
	for _, a := range st.Accounts {
		add(a.Tier, a.Account, a.Share)
	}
	return list
}

// replayed are the tickets of a history, each class by itself.
func replayed(s *model.Scenario, st *demand.Stream, step time.Duration, steps int) (list []batch) {
	by := map[ticket.Class]int{}
	for _, a := range st.Replay {
		k := int(a.At / step)
		if a.At < 0 || k >= steps {
			continue
		}
		at, ok := by[a.Class]
		if !ok {
			at = len(list)
			by[a.Class] = at
			list = append(list, batch{issue: a.Class.Issue, arrivals: make([]float64, steps), customers: []customer{{a.Class, 1}}})
		}
		list[at].arrivals[k]++
	}
	for i := range list {
		list[i].effort = spiked(st.Spikes, list[i].arrivals, step)
	}
	return list
}

// deflected is what comes through to the desk.
func deflected(d *model.Deflection, arrivals []float64, step time.Duration, lines []*calendar.Timeline) []float64 {
	out := make([]float64, len(arrivals))
	for k, n := range arrivals {
		from := time.Duration(k) * step
		met := float64(lines[d.Calendar].Between(from, from+step)) / float64(step)
		out[k] = n * (1 - met*d.Contains*(1-d.Wrong))
	}
	return out
}

// spiked weights tickets by how much longer they take in spikes.
func spiked(spikes []demand.Spike, arrivals []float64, step time.Duration) []float64 {
	if !slices.ContainsFunc(spikes, func(p demand.Spike) bool { return p.Handle != 0 }) {
		return arrivals
	}
	out := make([]float64, len(arrivals))
	for k, n := range arrivals {
		out[k] = n * demand.HandleFactor(spikes, time.Duration(k)*step+step/2)
	}
	return out
}

// follow lives the lives of a batch.
func follow(s *model.Scenario, b *batch, step time.Duration, lines []*calendar.Timeline) (flows []Flow) {
	issue := &s.Issues[b.issue]
	fromFirst, fromLater := hops(issue, true, lines), hops(issue, false, lines)
	starts := later(b.arrivals, fromFirst, fromLater, step)
	effort := starts
	if &b.effort[0] != &b.arrivals[0] {
		effort = later(b.effort, fromFirst, fromLater, step)
	}
	for _, c := range b.customers {
		ch := &s.Channels[c.class.Channel]
		slots := max(1, ch.Concurrency)
		full := issue.Handle.Scale(1 + ch.Slowdown.With(slots-1))
		able := Teams(s, c.class)
		first := Flow{
			Teams: able, Class: c.class, Kind: First, Live: ch.Live, Slots: float64(slots), Handle: full,
			Starts: scaled(b.arrivals, c.share), Effort: scaled(b.effort, c.share),
		}
		next := first
		next.Kind, next.Live, next.Starts, next.Effort = Later, false, scaled(starts, c.share), scaled(effort, c.share)
		if ch.Live {
			next.Slots, next.Handle = 1, issue.Handle // in writing, one by one
		}
		flows = append(flows, first, next)
		for k := range issue.HandOffs {
			h := &issue.HandOffs[k]
			passed := Flow{Teams: []ticket.Team{h.To}, Class: c.class, Kind: Passed, Slots: 1, Handle: h.Handle}
			passed.Starts, passed.Effort = scaled(first.Starts, h.Share), scaled(first.Effort, h.Share)
			if h.AnyTouch {
				add(passed.Starts, scaled(next.Starts, h.Share))
				add(passed.Effort, scaled(next.Effort, h.Share))
			}
			flows = append(flows, passed)
		}
	}
	return flows
}

// Teams lists who may serve a class: those with its skill and channel, and those
// that it may overflow to.
func Teams(s *model.Scenario, c ticket.Class) (able []ticket.Team) {
	skill := s.Issues[c.Issue].Skill
	for i := range s.Teams {
		t := &s.Teams[i]
		if t.HandOffsOnly {
			continue
		}
		skilled := skill == ticket.NoSkill || len(t.Skills) == 0 || slices.Contains(t.Skills, skill)
		reached := len(t.Channels) == 0 || slices.Contains(t.Channels, c.Channel)
		helps := slices.ContainsFunc(s.Routing.Overflows, func(o model.Overflow) bool {
			return int(o.Team) == i && o.Covers(skill, c.Channel)
		})
		if skilled && reached || helps {
			able = append(able, ticket.Team(i))
		}
	}
	return able
}

// intervals is how many steps cover a length.
func intervals(length, step time.Duration) int { return int((length + step - 1) / step) }

func scaled(list []float64, k float64) []float64 {
	out := make([]float64, len(list))
	for i, x := range list {
		out[i] = x * k
	}
	return out
}

func add(to, list []float64) {
	for i, x := range list {
		to[i] += x
	}
}
