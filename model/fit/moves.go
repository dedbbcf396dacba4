package fit

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Move is how tickets go from one team to another. It is told; what is fitted are hand-offs, and only where a log says how long the other
// team works on a ticket, which is seldom: else that a ticket waits for the other team is part of its holds.
type Move struct {
	From, To ticket.Team
	Share    Parameter // of the tickets that From had, so many went to To at least once
	Came     int       // how often
	Back     int       // how often the ticket came back to a team that had had it before
	// Wait is from the move until somebody of To did something, in the median, in seconds; of none where somebody did too
	// seldom for an interval.
	Wait estimate.Estimate
}

// Fits reports whether a move is among what was fitted: it goes to a team that gets hand-offs, or comes back from one that gets nothing
// else.
func (f *Fitted) Fits(m *Move) bool {
	for kind := range f.Kinds {
		if f.getsHandOffs(kind, m.To) {
			return true
		}
	}
	from := slices.IndexFunc(f.Teams, func(t Team) bool { return t.Team == m.From })
	return from >= 0 && f.HandOffsOnly(from)
}

// move is a pair of teams while it is counted.
type move struct {
	tickets, came, back int
	last                ticket.ID
	waits               []float64
}

// fewestMoves is how many tickets go from a team to another where that is told.
const fewestMoves = 20

// moves finds which teams hand tickets to which, the most frequent first.
func (h *history) moves(f *Fitted) {
	pairs, had := map[[2]ticket.Team]*move{}, map[ticket.Team]int{}
	moved := 0
	for _, events := range h.tickets {
		if h.moved(events, pairs, had) {
			moved++
		}
	}
	f.Moved = h.share(moved, len(h.tickets), "tickets")
	for pair, m := range pairs {
		if m.tickets < fewestMoves {
			continue
		}
		x := Move{From: pair[0], To: pair[1], Share: h.share(m.tickets, had[pair[0]], "tickets"), Came: m.came, Back: m.back}
		if wait := estimate.Quantile(m.waits, 0.5, h.o.Level); !math.IsInf(wait.High-wait.Low, 0) && !math.IsNaN(wait.High-wait.Low) {
			x.Wait = wait
		}
		f.Moves = append(f.Moves, x)
	}
	slices.SortFunc(f.Moves, func(a, b Move) int {
		return cmp.Or(cmp.Compare(b.Came, a.Came), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
}

// moved follows a ticket from team to team, and reports whether it ever went to another one.
func (h *history) moved(events []ticket.Event, pairs map[[2]ticket.Team]*move, had map[ticket.Team]int) bool {
	var seen []ticket.Team
	var waits *move // for somebody of the team that it went to
	team, since := ticket.NoTeam, time.Duration(0)
	for _, e := range events {
		if e.At >= h.end {
			break
		}
		if e.Team != ticket.NoTeam && e.Team != team {
			waits = nil
			if team != ticket.NoTeam {
				waits, since = goes(pairs, e.Ticket, team, e.Team), e.At
				if slices.Contains(seen, e.Team) {
					waits.back++
				}
			}
			if team = e.Team; !slices.Contains(seen, team) {
				seen = append(seen, team)
				had[team]++
			}
			if e.Kind == ticket.Assigned {
				continue // who hands it over need not be of the team that gets it
			}
		}
		if waits != nil && e.Agent >= 0 && e.Team == team {
			waits.waits = append(waits.waits, (e.At - since).Seconds())
			waits = nil
		}
	}
	return len(seen) > 1
}

// goes counts that a ticket goes from a team to another.
func goes(pairs map[[2]ticket.Team]*move, id ticket.ID, from, to ticket.Team) *move {
	pair := [2]ticket.Team{from, to}
	m := pairs[pair]
	if m == nil {
		m = &move{}
		pairs[pair] = m
	}
	if m.came == 0 || m.last != id {
		m.tickets++
	}
	m.came, m.last = m.came+1, id
	return m
}
