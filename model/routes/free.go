package routes

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Stay is a time in which somebody was at work, or had something in hand.
type Stay struct {
	Team     ticket.Team
	Agent    int32
	From, To time.Duration
}

// Add adds a ticket that was created on a day, by its events as package touches tells them. Teams are by index.
func (h *History) Add(events []ticket.Event, teams []ticket.Team, kind, channel, day int) {
	t := Touch{Kind: kind, Channel: channel, Day: day, Team: None, Created: events[0].At}
	touched := 0
	for i := range events {
		e := &events[i]
		if e.Agent < 0 || e.Kind != ticket.Started && e.Kind != ticket.Replied {
			continue
		}
		team := slices.Index(teams, e.Team)
		switch {
		case team < 0: // what is retold names nobody
		case t.Team == None:
			t.Team, t.Begun = team, e.At
			h.Begins = h.Begins || e.Kind == ticket.Started
		case e.Kind == ticket.Replied && touched > 0:
			h.Later = append(h.Later, Touch{Kind: kind, Channel: channel, Team: team})
		}
		if e.Kind == ticket.Replied {
			touched++
		}
	}
	h.Touches = append(h.Touches, t)
}

// FreeOf tells the share of the people of a team at work who have nothing in hand, from when they were at work and from the tickets of
// the log until its end.
func FreeOf(teams []ticket.Team, work []Stay, tickets [][]ticket.Event, end time.Duration) func(team int, at time.Duration) (float64, bool) {
	there, busy := make([]counter, len(teams)), make([]counter, len(teams))
	fill := func(list []counter, stays []Stay) {
		for _, s := range stays {
			if i := slices.Index(teams, s.Team); i >= 0 {
				list[i].from, list[i].to = append(list[i].from, s.From), append(list[i].to, s.To)
			}
		}
		for i := range list {
			slices.Sort(list[i].from)
			slices.Sort(list[i].to)
		}
	}
	fill(there, work)
	fill(busy, inHand(tickets, end))
	return func(team int, at time.Duration) (float64, bool) {
		n := there[team].at(at)
		if n <= 0 {
			return 0, false
		}
		return float64(max(0, n-busy[team].at(at))) / float64(n), true
	}
}

// inHand lists when people had something in hand, without overlaps.
func inHand(tickets [][]ticket.Event, end time.Duration) []Stay {
	var list []Stay
	for _, events := range tickets {
		var begun *ticket.Event
		for i := range events {
			e := &events[i]
			if e.At >= end {
				break
			}
			switch e.Kind {
			case ticket.Started:
				begun = e
			case ticket.Replied, ticket.Returned, ticket.Noted:
				if begun != nil && begun.Agent == e.Agent {
					list = append(list, Stay{begun.Team, begun.Agent, begun.At, e.At})
					begun = nil
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b Stay) int {
		if a.Agent != b.Agent {
			return int(a.Agent) - int(b.Agent)
		}
		return int(min(1, max(-1, a.From-b.From)))
	})
	out := list[:0]
	for _, s := range list {
		if n := len(out); n > 0 && out[n-1].Agent == s.Agent && out[n-1].Team == s.Team && s.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, s.To)
			continue
		}
		out = append(out, s)
	}
	return out
}

// counter tells how many stretches of time an instant is in.
type counter struct{ from, to []time.Duration }

func (c *counter) at(at time.Duration) int {
	begun, _ := slices.BinarySearch(c.from, at+1)
	ended, _ := slices.BinarySearch(c.to, at+1)
	return begun - ended
}
