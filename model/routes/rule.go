package routes

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
)

// contest finds out whether the teams that take a kind share it freely or by a rule.
func (h *History) contest(r *Route, byChannel []Route, is func(Touch) bool) (rule bool) {
	var then, ever free
	for _, t := range h.Touches {
		if t.Team == None || !is(t) {
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
