package backtest

import (
	"fmt"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/routes"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/touches"
	"github.com/headroom-sim/headroom/model/work"
)

// Stage puts a fitted scenario where the log stood at an origin.
type Stage struct {
	Fitted *fit.Fitted
	Past   *fit.Log // up to the origin: what was fitted to; see Before
	Whole  *fit.Log // all of it
	// Start is the origin, and End that of the forecast, on the axis of the logs.
	Start, End time.Duration
}

// channel is the number of a channel of the past in the scenario that was fitted to it, or -1: channels
// are in the order of streams.
func (g *Stage) channel(c ticket.Channel) int {
	return slices.IndexFunc(g.Fitted.Streams, func(st fit.Stream) bool { return st.Channel == c })
}

// fits reports that a scenario is the one that was made from the fit.
func (g *Stage) fits(s *model.Scenario) error {
	n := &s.Names
	if len(s.Issues) != len(g.Fitted.Issues()) || len(s.Streams) != len(g.Fitted.Streams) || len(n.Channels) != len(g.Fitted.Streams) || len(n.Tiers) != len(g.Fitted.Names.Tiers) {
		return fmt.Errorf("backtest: the scenario %s is not the one that was fitted", s.Name)
	}
	return nil
}

// class is a class of the past in words of the scenario; false where the scenario has no such channel.
func (g *Stage) class(s *model.Scenario, id ticket.ID, c ticket.Class) (ticket.Class, bool) {
	at, kind := g.channel(c.Channel), g.Fitted.KindOf(c)
	if at < 0 {
		return c, false
	}
	if kind < 0 {
		kind = g.Fitted.Streams[at].Kinds[0].Index
	}
	return ticket.Class{Channel: ticket.Channel(at), Issue: g.issue(id, kind, at), Tier: c.Tier, Priority: s.Issues[kind].Priority, Account: ticket.Anonymous}, true
}

// issue is that of a ticket of a kind on a channel. Which team had it is not known when it comes: where teams share a kind by a rule that the log does not
// show, its part is drawn by its shares, and for a ticket always the same.
func (g *Stage) issue(id ticket.ID, kind, channel int) ticket.Issue {
	const bits = 53 // of a float64
	return ticket.Issue(routes.Draw(g.Fitted.Issues(), kind, channel, float64(uint64(newID(newID(id)))>>(64-bits))/(1<<bits)))
}

// Inherit lets a scenario start with the tickets that were open at the origin.
func (g *Stage) Inherit(s *model.Scenario) error {
	if err := g.fits(s); err != nil {
		return err
	}
	s.Time.Warmup = 0
	s.Backlog = nil
	open := make([][]demand.Open, len(s.Streams))
	for _, events := range g.Past.Tickets {
		last := events[len(events)-1]
		if last.Status >= ticket.Solved {
			continue
		}
		class, ok := g.class(s, last.Ticket, events[0].Class)
		if !ok {
			continue // from before the history
		}
		o := demand.Open{ID: newID(last.Ticket), Class: class}
		for _, e := range touches.Of(events, g.Start, !g.Fitted.Deeds) {
			if e.Kind == ticket.Assigned {
				continue // who is responsible is not fitted
			}
			o.Past = append(o.Past, demand.Past{At: e.At - g.Start, Kind: e.Kind, Status: e.Status, Team: ticket.NoTeam})
		}
		// Who holds a ticket is not known, nor in some kinds when customers answer: such tickets come back at once.
		if last.Status == ticket.OnHold && !holds(&s.Issues[class.Issue]) || last.Status == ticket.Pending && s.Issues[class.Issue].Reply.After.IsZero() {
			o.Past = append(o.Past, demand.Past{At: -1, Kind: ticket.StatusSet, Status: ticket.Open, Team: ticket.NoTeam})
		}
		open[class.Channel] = append(open[class.Channel], o)
	}
	for i, list := range open {
		if len(list) > 0 {
			s.Backlog = append(s.Backlog, demand.Backlog{Name: "open on " + s.Names.Channels[i], Stream: i, Open: list})
		}
	}
	return nil
}

// holds reports whether tickets of an issue may be on hold.
func holds(issue *work.Issue) bool {
	return slices.ContainsFunc(issue.Holds, func(h work.Hold) bool { return !h.Open })
}

// Replay is a scenario that brings the tickets that really came. Foreign are those of words that
// the history does not know; they are replayed as the most frequent kind of their channel, or of the first
// channel.
func (g *Stage) Replay(s *model.Scenario) (out *model.Scenario, foreign int, err error) {
	if err := g.fits(s); err != nil {
		return nil, 0, err
	}
	out = copied(s)
	for i := range out.Streams {
		st := &out.Streams[i]
		st.Volume.Count, st.Growth, st.Busyness, st.Shared, st.Season = 0, 0, 0, 0, demand.Season{}
	}
	for _, events := range g.Whole.Tickets {
		e := events[0]
		if e.At < g.Start || e.At >= g.End {
			continue
		}
		class, known := g.translate(s, e.Ticket, e.Class)
		if !known {
			foreign++
		}
		st := &out.Streams[class.Channel]
		st.Replay = append(st.Replay, demand.Arrival{ID: newID(e.Ticket), At: e.At - g.Start, Class: class})
	}
	return out, foreign, nil
}

// copied is a scenario whose streams and issues may be changed.
func copied(s *model.Scenario) *model.Scenario {
	out := *s
	out.Streams, out.Issues = slices.Clone(s.Streams), slices.Clone(s.Issues)
	return &out
}

// translate is a class of the whole log in words of the scenario, by the words themselves.
func (g *Stage) translate(s *model.Scenario, id ticket.ID, c ticket.Class) (ticket.Class, bool) {
	from, to := g.Whole.Names, g.Past.Names
	places := [4]int{
		slices.Index(to.Channels, from.Channels[c.Channel]), slices.Index(to.Issues, from.Issues[c.Issue]),
		slices.Index(to.Tiers, from.Tiers[c.Tier]), slices.Index(to.Priorities, from.Priorities[c.Priority]),
	}
	known := slices.Min(places[:]) >= 0
	if places[0] < 0 || g.channel(ticket.Channel(places[0])) < 0 {
		places[0], known = int(g.Fitted.Streams[0].Channel), false
	}
	past := ticket.Class{Channel: ticket.Channel(places[0]), Tier: ticket.Tier(max(0, places[2]))}
	kind := -1
	if places[1] >= 0 && places[3] >= 0 {
		past.Issue, past.Priority = ticket.Issue(places[1]), ticket.Priority(places[3])
		kind = g.Fitted.KindOf(past)
	}
	at := g.channel(past.Channel)
	if kind < 0 {
		kind, known = g.Fitted.Streams[at].Kinds[0].Index, false
	}
	return ticket.Class{Channel: ticket.Channel(at), Issue: g.issue(id, kind, at), Tier: past.Tier, Priority: s.Issues[kind].Priority, Account: ticket.Anonymous}, known
}

// newID spreads IDs anew (the finaliser of SplitMix64; Steele, Lea and Flood 2014): a log that was
// simulated must not meet its own random numbers again.
func newID(id ticket.ID) ticket.ID {
	x := uint64(id) + 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return ticket.ID(x ^ x>>31)
}

// On are the local days of a window on an axis, in the zone of its origin.
func (w Window) On(x calendar.Axis) []calendar.Day {
	zone := x.Origin.Location()
	return x.Days(zone, x.Local(w.From, 0, zone), x.Local(w.Until.AddDays(1), 0, zone))
}

// Observe measures the days of a log by the rule of Meter.
func Observe(l *fit.Log, days []calendar.Day, live func(ticket.Channel) bool, t Targets) (d *Daily, kept Kept) {
	m := NewMeter(days, live, t, l.Names)
	for _, events := range l.Tickets {
		for _, e := range events {
			e.At -= days[0].Start
			m.Add(e)
		}
	}
	d, kept, _ = m.Days()
	return d, kept
}
