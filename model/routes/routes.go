// Package routes tells from a history which team takes which tickets: the share of each kind of ticket of which each team was
// the first to work, and whether teams that share a kind take it as they come or by a rule.
//
// A desk that lets several teams take a kind lets no ticket wait while one of them has somebody free. So the teams share freely if,
// at the moments at which a ticket that has waited is taken by one team, hardly anybody of the others is free; and there is a
// rule if then about as many are free as at any other time. A log that does not say when work begins does not tell who is
// free: there a rule is what takes the shares far from those of the people at work.
//
// In 240 simulated desks of two teams, busy for half to most of the time, the people of the other team are free 0.00 times as often as
// ever where the teams share freely, and 0.91 to 1.55 times where they do not: the threshold of 0.5 parts them all. Where nobody says when
// work begins, free sharing has ratios of odds of 0.97 to 1.98, since a desk offers tickets to one team first; so what a rule brings
// is told from 3 on, and the rule of these desks, 0.54 to 0.63, is not (TestTheThresholdsOfRulesPartThemFromSharingFreely).
package routes

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
)

// The thresholds.
const (
	// AlmostAll is the share from which on a kind is all one team's.
	AlmostAll = 0.98
	// hardlyShare and hardlyTickets: a team that takes less than both of a kind does not take it.
	hardlyShare, hardlyTickets = 0.01, 10
	// AsFree is the ratio of the people free while tickets wait to those free at any time from which on teams share by a rule.
	AsFree = 0.5
	// FarFromHeads is the ratio of odds, of the share of tickets to that of people at work, from which on it is a rule where
	// the log does not tell who was free.
	FarFromHeads = 3.
	// fewestWaited is how many tickets must have waited, or be contested, before a rule is told.
	fewestWaited = 30
	// mostSplit is among how many teams a rule is looked for, and fewestSplit how many tickets each of them must have begun, or a kind have on
	// a channel on which it goes another way.
	mostSplit, fewestSplit = 3, 30
	// goodPart is the share of a team's later touches that makes a kind one that it takes.
	goodPart = 0.1
	// waited is how long a ticket must have waited to speak against free sharing.
	waited = time.Minute
)

// Touch is the first touch of a ticket, or that there was none: Team is None then.
type Touch struct {
	Kind, Channel int
	Day           int // of its creation, from 0 on
	Team          int // index of the teams; None: nobody touched it
	Created       time.Duration
	Begun         time.Duration // when work began, or where the log has no beginnings when it was first seen to be done
}

// None is the team of a ticket that nobody touched, and AnyChannel no channel in particular.
const (
	None       = -1
	AnyChannel = -1
)

// History is what is known of who took what.
type History struct {
	There   []bool // by team: it has people enough at some hour to have a shift
	Touches []Touch
	Later   []Touch // every touch after the first, of which Kind, Channel and Team count
	Begins  bool    // Begun is when work began
	// Free is the share of the people at work who have nothing in hand, by team and instant; false where nobody is at work. It is
	// asked only if Begins.
	Free func(team int, at time.Duration) (float64, bool)
	// Heads are the people at work by team and instant, in the mean of such hours.
	Heads func(team int, at time.Duration) float64
	Level float64 // of intervals
}

// Part is what a team takes of a kind.
type Part struct {
	Team    int
	Tickets int
	Share   estimate.Estimate // of the tickets that anybody touched, which N counts; those of a day hang together, see estimate.Share
	Takes   bool              // it has more than hardly any, and there are people of it
	Taken   int               // of the contested tickets
	Due     float64           // so many of them would be the team's by its people at work
}

// Route is who takes a kind, on a channel of its own or on all that have none.
type Route struct {
	Kind      int
	Channel   int // AnyChannel: all that have no route of their own
	Touched   int
	Untouched int
	Parts     []Part // the teams that touched any first, the largest share first
	// Contested are the tickets that came to be touched while two teams or more that take the kind were there; Waited those of them
	// that had waited; Free is the ratio of the people of the other teams who were free then to those free at any contested
	// touch; of none where the log does not tell. Rule says that teams share by a rule that the log does not show.
	Contested, Waited int
	Free              float64
	Rule              bool
	// Also are teams that take the kind beside those of Parts: who begins nothing but does a good part of later touches, and where
	// nobody else of a channel would take it those to whom most of the channel is due.
	Also []int
}

// Takes lists the teams that take the kind, the largest share first.
func (r *Route) Takes() []int {
	var list []int
	for _, p := range r.Parts {
		if p.Takes {
			list = append(list, p.Team)
		}
	}
	return append(list, r.Also...)
}

// Find tells the routes of all kinds, in their order, behind them those that kinds have on some channel of their own; and of all channels,
// where Kind is the channel and no rule is looked for. A kind has a route of its own on a channel if somebody who takes the kind and the channel
// does not take the kind there.
func Find(h *History, kinds, channels int) (byKind, byChannel []Route) {
	byChannel = h.shares(channels, func(t Touch) int { return t.Channel })
	own := h.own(kinds, byChannel)
	place := func(t Touch) int {
		if i := slices.Index(own, [2]int{t.Kind, t.Channel}); i >= 0 {
			return kinds + i
		}
		return t.Kind
	}
	byKind = h.shares(kinds+len(own), place)
	for i, cell := range own {
		byKind[kinds+i].Kind, byKind[kinds+i].Channel = cell[0], cell[1]
	}
	h.later(byKind, place)
	whole := h.cover(byKind, byChannel, place)
	for i := range byKind {
		r := &byKind[i]
		n := len(r.Takes())
		if n < 2 || len(r.Also) > 0 {
			continue
		}
		few := slices.ContainsFunc(r.Parts, func(p Part) bool { return p.Takes && p.Tickets < fewestSplit })
		r.Rule = h.contest(r, byChannel, func(t Touch) bool { return place(t) == i }) && whole[i] && n <= mostSplit && !few
	}
	return byKind, byChannel
}

// own lists the kinds that have a route of their own on a channel, with that channel: not the most frequent one of the kind.
func (h *History) own(kinds int, byChannel []Route) (list [][2]int) {
	channels := len(byChannel)
	byKind := h.shares(kinds, func(t Touch) int { return t.Kind })
	cells := h.shares(kinds*channels, func(t Touch) int { return t.Kind*channels + t.Channel })
	for kind := range kinds {
		row := cells[kind*channels:][:channels]
		// differs reports whether who takes the kind and the channel does not take the kind there.
		differs := func(c int) bool {
			return row[c].Touched >= fewestSplit && slices.ContainsFunc(byKind[kind].Takes(), func(team int) bool {
				return slices.Contains(byChannel[c].Takes(), team) && !slices.Contains(row[c].Takes(), team)
			})
		}
		most := 0
		for c := range row {
			if row[c].Touched > row[most].Touched {
				most = c
			}
		}
		apart := channels > 0 && differs(most)
		for c := range row {
			if c != most && row[c].Touched >= fewestSplit && (apart || differs(c)) {
				list = append(list, [2]int{kind, c})
			}
		}
	}
	return list
}

// cover sees to it that somebody takes each kind on each channel on which it comes, and tells of which kinds all who take them take
// them on all their channels.
func (h *History) cover(byKind, byChannel []Route, place func(Touch) int) (whole []bool) {
	whole = make([]bool, len(byKind))
	for i := range whole {
		whole[i] = true
	}
	done := map[[2]int]bool{}
	for _, t := range h.Touches {
		at := place(t)
		cell := [2]int{at, t.Channel}
		if done[cell] {
			continue
		}
		done[cell] = true
		r, reach := &byKind[at], byChannel[t.Channel].Takes()
		n := 0
		for _, team := range r.Takes() {
			if slices.Contains(reach, team) {
				n++
			}
		}
		whole[at] = whole[at] && n == len(r.Takes())
		if n == 0 && len(reach) > 0 {
			r.Also = append(r.Also, reach[0])
		}
	}
	return whole
}

func (h *History) shares(n int, of func(Touch) int) []Route {
	days := h.days()
	all, first := make([][]float64, n), make([][][]float64, n) // by day, and by team and day
	list := make([]Route, n)
	for i := range list {
		list[i].Kind, list[i].Channel, list[i].Free = i, AnyChannel, math.NaN()
		all[i], first[i] = make([]float64, days), make([][]float64, len(h.There))
		for team := range first[i] {
			first[i][team] = make([]float64, days)
		}
	}
	for _, t := range h.Touches {
		if t.Team == None {
			list[of(t)].Untouched++
			continue
		}
		list[of(t)].Touched++
		all[of(t)][t.Day]++
		first[of(t)][t.Team][t.Day]++
	}
	for i := range list {
		r := &list[i]
		for team, byDay := range first[i] {
			c := 0.
			for _, x := range byDay {
				c += x
			}
			if c == 0 {
				continue
			}
			share := estimate.Share(byDay, all[i], h.Level)
			share.N = r.Touched // what it is a share of
			if math.IsNaN(share.Low) {
				share.Low, share.High = 0, 1 // all on one day, and on others it may be anything
			}
			r.Parts = append(r.Parts, Part{Team: team, Tickets: int(c), Share: share})
		}
		slices.SortStableFunc(r.Parts, func(a, b Part) int { return cmp.Compare(b.Tickets, a.Tickets) })
		first := true
		for j := range r.Parts {
			p := &r.Parts[j]
			p.Takes = h.There[p.Team] && (first || p.Share.Value >= hardlyShare || p.Tickets >= hardlyTickets)
			first = first && !p.Takes
			if p.Takes && p.Share.Value >= AlmostAll {
				break
			}
		}
		if first { // nobody who took any is there: everybody takes it
			for team, there := range h.There {
				if there {
					r.Also = append(r.Also, team)
				}
			}
		}
	}
	return list
}

// days is how many days there are.
func (h *History) days() (n int) {
	for _, t := range h.Touches {
		n = max(n, t.Day+1)
	}
	return n
}

// later gives teams that take nothing first the kinds that they do touch later: their people are at work, and a simulated desk
// has follow-ups done by whoever takes the kind.
func (h *History) later(byKind []Route, place func(Touch) int) {
	takes := make([]bool, len(h.There))
	for i := range byKind {
		for _, p := range byKind[i].Parts {
			takes[p.Team] = takes[p.Team] || p.Takes
		}
	}
	touched, all := map[[2]int]int{}, make([]int, len(takes))
	for _, t := range h.Later {
		touched[[2]int{place(t), t.Team}]++
		all[t.Team]++
	}
	for kind := range byKind {
		for team, there := range h.There {
			n := touched[[2]int{kind, team}]
			known := slices.Contains(byKind[kind].Also, team)
			if there && !takes[team] && !known && n > 0 && float64(n) >= goodPart*float64(all[team]) {
				byKind[kind].Also = append(byKind[kind].Also, team)
			}
		}
	}
}
