// Package routes tells from a history which team takes which tickets: the share of each kind of ticket of which each team was
// the first to work, and whether teams that share a kind take it as they come or by a rule.
//
// A desk that lets several teams take a kind lets no ticket wait while one of them has somebody free. So the teams share freely if,
// at the moments at which a ticket that has waited is taken by one team, hardly anybody of the others is free; and there is a
// rule if then about as many are free as at any other time. A log that does not say when work begins does not tell who is
// free: there a rule is what takes the shares far from those of the people at work.
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
	// mostSplit is among how many teams a rule is looked for, and fewestSplit how many tickets each of them must have begun.
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

// None is the team of a ticket that nobody touched.
const None = -1

// History is what is known of who took what.
type History struct {
	There   []bool // by team: it has people enough at some hour to have a shift
	Touches []Touch
	Later   [][2]int // kind and team of every touch after the first
	Begins  bool     // Begun is when work began
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

// Route is who takes a kind.
type Route struct {
	Kind      int
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

// Find tells the routes of all kinds, in their order, and of all channels, where Kind is the channel and no rule is looked for.
func Find(h *History, kinds, channels int) (byKind, byChannel []Route) {
	byKind = h.shares(kinds, func(t Touch) int { return t.Kind })
	byChannel = h.shares(channels, func(t Touch) int { return t.Channel })
	h.later(byKind)
	whole := h.cover(byKind, byChannel)
	for i := range byKind {
		r := &byKind[i]
		n := len(r.Takes())
		if n < 2 || len(r.Also) > 0 {
			continue
		}
		few := slices.ContainsFunc(r.Parts, func(p Part) bool { return p.Takes && p.Tickets < fewestSplit })
		r.Rule = h.contest(r, byChannel) && whole[i] && n <= mostSplit && !few
	}
	return byKind, byChannel
}

// cover sees to it that somebody takes each kind on each channel on which it comes, and tells of which kinds all who take them take
// them on all their channels.
func (h *History) cover(byKind, byChannel []Route) (whole []bool) {
	whole = make([]bool, len(byKind))
	for i := range whole {
		whole[i] = true
	}
	done := map[[2]int]bool{}
	for _, t := range h.Touches {
		cell := [2]int{t.Kind, t.Channel}
		if done[cell] {
			continue
		}
		done[cell] = true
		r, reach := &byKind[t.Kind], byChannel[t.Channel].Takes()
		n := 0
		for _, team := range r.Takes() {
			if slices.Contains(reach, team) {
				n++
			}
		}
		whole[t.Kind] = whole[t.Kind] && n == len(r.Takes())
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
		list[i].Kind, list[i].Free = i, math.NaN()
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
func (h *History) later(byKind []Route) {
	takes := make([]bool, len(h.There))
	for i := range byKind {
		for _, p := range byKind[i].Parts {
			takes[p.Team] = takes[p.Team] || p.Takes
		}
	}
	touched, all := map[[2]int]int{}, make([]int, len(takes))
	for _, x := range h.Later {
		touched[x]++
		all[x[1]]++
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

// contest finds out whether the teams that take a kind share it freely or by a rule.
func (h *History) contest(r *Route, byChannel []Route) (rule bool) {
	var then, ever free
	for _, t := range h.Touches {
		if t.Team == None || t.Kind != r.Kind {
			continue
		}
		there := h.there(r, &t, byChannel)
		if len(there) < 2 || !slices.ContainsFunc(there, func(p *Part) bool { return p.Team == t.Team }) {
			continue
		}
		r.Contested++
		heads := 0.
		for _, p := range there {
			heads += h.Heads(p.Team, t.Begun)
		}
		late := h.Begins && t.Begun-t.Created >= waited
		if late {
			r.Waited++
		}
		for _, p := range there {
			p.Due += h.Heads(p.Team, t.Begun) / heads
			if p.Team == t.Team {
				p.Taken++
			}
			if h.Begins {
				ever.add(h.Free(p.Team, t.Created-time.Second))
			}
			if late && p.Team != t.Team {
				then.add(h.Free(p.Team, t.Begun-time.Second))
			}
		}
	}
	if h.Begins {
		r.Free = then.mean() / ever.mean()
		return r.Waited >= fewestWaited && r.Free >= AsFree
	}
	return r.Contested >= fewestWaited && h.far(r)
}

// there lists the teams that take a kind and had people at work when a ticket of it was taken, on a channel that they take.
func (h *History) there(r *Route, t *Touch, byChannel []Route) (list []*Part) {
	reach := byChannel[t.Channel].Takes()
	for i := range r.Parts {
		if p := &r.Parts[i]; p.Takes && slices.Contains(reach, p.Team) && h.Heads(p.Team, t.Begun) >= 0.5 {
			list = append(list, p)
		}
	}
	return list
}

// free is a mean of shares of people who are free.
type free struct{ sum, n float64 }

func (f *free) add(share float64, known bool) {
	if known {
		f.sum, f.n = f.sum+share, f.n+1
	}
}

func (f *free) mean() float64 { return f.sum / f.n }

// far reports whether the share of a team is far from that of its people, beyond chance.
func (h *History) far(r *Route) bool {
	for _, p := range r.Parts {
		heads := p.Due / float64(r.Contested)
		if heads <= 0 || heads >= 1 {
			continue
		}
		e := estimate.Proportion(p.Taken, r.Contested, h.Level)
		odds := heads / (1 - heads)
		if low, high := odds/FarFromHeads, odds*FarFromHeads; e.High < low/(1+low) || e.Low > high/(1+high) {
			return true
		}
	}
	return false
}

// Order lists so many teams in the order in which a desk that offers a ticket to one team after the other has them: who takes more
// than his people would of what is shared freely comes first. Teams that differ by less than a quarter keep their order.
func Order(byKind []Route, teams int) []int {
	order, taken, due := make([]int, teams), make([]float64, teams), make([]float64, teams)
	for i := range byKind {
		for _, p := range byKind[i].Parts {
			if !byKind[i].Rule {
				taken[p.Team], due[p.Team] = taken[p.Team]+float64(p.Taken), due[p.Team]+p.Due
			}
		}
	}
	rank := make([]float64, teams)
	for i := range order {
		order[i] = i
		if due[i] > 0 {
			rank[i] = math.Round(math.Log(taken[i]/due[i]) / math.Log(1.25))
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rank[b], rank[a]) })
	return order
}

// Issue is a kind, or the part of it that a team takes by a rule.
type Issue struct {
	Kind  int
	Teams []int   // that take it
	Share float64 // of the kind
}

// Issues are the kinds in their order, where there is a rule the part of the first team, then the parts of the other teams. Without routes
// nobody is said to take them.
func Issues(byKind []Route, kinds int) []Issue {
	list := make([]Issue, kinds)
	for i := range list {
		list[i] = Issue{Kind: i, Share: 1}
	}
	for i := range byKind {
		r := &byKind[i]
		list[i] = Issue{Kind: i, Teams: r.Takes(), Share: 1}
		if !r.Rule {
			continue
		}
		// What only a few of came to somebody is put to the others by their shares.
		takes := slices.DeleteFunc(slices.Clone(r.Parts), func(p Part) bool { return !p.Takes })
		all := 0
		for _, p := range takes {
			all += p.Tickets
		}
		for j, p := range takes {
			x := Issue{i, []int{p.Team}, float64(p.Tickets) / float64(all)}
			if j == 0 {
				list[i] = x
			} else {
				list = append(list, x)
			}
		}
	}
	return list
}

// Draw is the issue of a ticket of a kind: where there is a rule that the log does not show, one of its parts by their shares, with u from
// 0 to 1.
func Draw(issues []Issue, kind int, u float64) int {
	if u -= issues[kind].Share; u < 0 {
		return kind
	}
	for i, x := range issues {
		if i == kind || x.Kind != kind {
			continue
		}
		if u -= x.Share; u < 0 {
			return i
		}
	}
	return kind
}

// Divided reports whether some issue is not taken by everybody who takes any.
func Divided(issues []Issue) bool {
	takes := map[int]bool{}
	for _, x := range issues {
		for _, team := range x.Teams {
			takes[team] = true
		}
	}
	return slices.ContainsFunc(issues, func(x Issue) bool { return len(x.Teams) < len(takes) })
}
