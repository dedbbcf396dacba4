package backtest

import (
	"time"

	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Before is what a log says before an instant, and nothing else: words that are used later only
// are not in its names, and the others are numbered by when they first appear.
func Before(l *fit.Log, at time.Duration) *fit.Log {
	out := &fit.Log{Axis: l.Axis, Names: &ticket.Names{}}
	w := words{from: l.Names, to: out.Names}
	for _, events := range l.Tickets {
		n := 0
		for n < len(events) && events[n].At < at {
			n++
		}
		if n == 0 {
			continue
		}
		kept := make([]ticket.Event, n)
		for i, e := range events[:n] {
			e.Class, e.Team = w.class(e.Class), w.team(e.Team)
			kept[i] = e
			out.Last = max(out.Last, e.At)
		}
		out.Tickets = append(out.Tickets, kept)
	}
	return out
}

// words numbers words anew, in the order in which they are asked for.
type words struct {
	from, to                                               *ticket.Names
	channels, issues, tiers, priorities, accounts, workers map[int]int
}

func (w *words) class(c ticket.Class) ticket.Class {
	c.Channel = ticket.Channel(again(&w.channels, int(c.Channel), w.from.Channels, &w.to.Channels))
	c.Issue = ticket.Issue(again(&w.issues, int(c.Issue), w.from.Issues, &w.to.Issues))
	c.Tier = ticket.Tier(again(&w.tiers, int(c.Tier), w.from.Tiers, &w.to.Tiers))
	c.Priority = ticket.Priority(again(&w.priorities, int(c.Priority), w.from.Priorities, &w.to.Priorities))
	if c.Account != ticket.Anonymous {
		c.Account = ticket.Account(again(&w.accounts, int(c.Account), w.from.Accounts, &w.to.Accounts))
	}
	return c
}

func (w *words) team(t ticket.Team) ticket.Team {
	if t < 0 {
		return t
	}
	return ticket.Team(again(&w.workers, int(t), w.from.Teams, &w.to.Teams))
}

// again is the new number of a word.
func again(known *map[int]int, old int, from []string, to *[]string) int {
	if *known == nil {
		*known = map[int]int{}
	}
	i, ok := (*known)[old]
	if !ok {
		i = len(*to)
		(*known)[old] = i
		*to = append(*to, from[old])
	}
	return i
}
