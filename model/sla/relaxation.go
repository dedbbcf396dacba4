package sla

import (
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Relaxation is an announced time in which promises are longer, as shops declare them
// for a peak. A promise belongs to the creation of its ticket: tickets of the match that are
// created from From until before Until have the longer targets for their whole life, and
// all others never. A relaxation never makes a target shorter; of several that hold
// for a ticket the longest target counts.
type Relaxation struct {
	Name string
	// Announced is when customers were told, not later than From.
	Announced time.Duration
	// From and Until are since the scenario's start, as Announced is.
	From, Until time.Duration
	Match       Match
	Targets     []Relaxed
	// Patience is how much longer live customers wait who come in it: 0.5 for half as
	// long again.
	Patience float64
}

// Relaxed is what a relaxation makes of the targets for one metric, by priority.
type Relaxed struct {
	Metric Metric
	// Within is the working time that is allowed instead, on the calendar of each policy;
	// 0: by Factor.
	Within []time.Duration
	// Factor is what the policy's own time is multiplied by; 0: it stays.
	Factor []float64
}

// Holds reports whether tickets of a class that are created at an instant are
// promised less.
func (x *Relaxation) Holds(c ticket.Class, created time.Duration) bool {
	return x.From <= created && created < x.Until && x.Match.Matches(c)
}

// longer is the target of a metric under the relaxation.
func (x *Relaxation) longer(m Metric, p ticket.Priority, within time.Duration) time.Duration {
	for i := range x.Targets {
		t := &x.Targets[i]
		switch {
		case t.Metric != m:
		case t.Within[p] > 0:
			return max(within, t.Within[p])
		default:
			return max(within, times(within, t.Factor[p]))
		}
	}
	return within
}

// times is a multiple of a duration, as far as it can be counted.
func times(d time.Duration, factor float64) time.Duration {
	const most = 1 << 62 // nanoseconds, 146 years
	return time.Duration(min(float64(d)*factor, most))
}

// TermsAt is Terms for the tickets of a class that are created at an instant: with the
// relaxations that hold for them.
func (r *Rules) TermsAt(created time.Duration, c ticket.Class, lines []Line, live bool, shortAbandon time.Duration) Terms {
	terms := r.Terms(c, lines, live, shortAbandon)
	for i := range r.Relaxations {
		x := &r.Relaxations[i]
		if !x.Holds(c, created) {
			continue
		}
		for k := range terms {
			m := &terms[k]
			usual := m.Within
			if m.Relaxed > 0 {
				usual = m.Usual
			}
			if within := x.longer(m.Metric, c.Priority, usual); within > m.Within {
				m.Within, m.Usual, m.Relaxed = within, usual, i+1
			}
		}
	}
	return terms
}

// Regimes are the stretches of time in each of which the same relaxations hold. Regime 0
// is ordinary time, without any.
type Regimes struct {
	edges []time.Duration // sorted
	after []int           // the regime before the first edge, and after each
	first []time.Duration // the first instant of each regime
}

// Regimes cuts time into regimes.
func (r *Rules) Regimes() Regimes {
	g := Regimes{after: []int{0}, first: []time.Duration{math.MinInt64}}
	for i := range r.Relaxations {
		g.edges = append(g.edges, r.Relaxations[i].From, r.Relaxations[i].Until)
	}
	slices.Sort(g.edges)
	g.edges = slices.Compact(g.edges)
	sets := [][]int{nil}
	for _, at := range g.edges {
		var set []int
		for i := range r.Relaxations {
			if x := &r.Relaxations[i]; x.From <= at && at < x.Until {
				set = append(set, i)
			}
		}
		k := slices.IndexFunc(sets, func(have []int) bool { return slices.Equal(have, set) })
		if k < 0 {
			k = len(sets)
			sets, g.first = append(sets, set), append(g.first, at)
		}
		g.after = append(g.after, k)
	}
	return g
}

// At is the regime of the tickets that are created at an instant.
func (g *Regimes) At(created time.Duration) int {
	i := 0
	for i < len(g.edges) && g.edges[i] <= created {
		i++
	}
	return g.after[i]
}

// Starts is the first instant of each regime, that of regime 0 before all others.
func (g *Regimes) Starts() []time.Duration { return g.first }
