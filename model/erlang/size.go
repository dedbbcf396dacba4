package erlang

import (
	"errors"
	"fmt"
	"math"
)

// Target is a promise that a queue must keep. Every field but Within and
// Definition that is not 0 is a demand of its own, and all must be met.
type Target struct {
	// Level is the service level to reach, such as 0.8, Within a time such as 20
	// seconds. Definition says what counts when customers leave, and makes no
	// difference when nobody does.
	Level      float64
	Within     float64
	Definition Definition
	// ASA is the longest mean wait allowed: of all arrivals under Erlang C, of the
	// served under Erlang A.
	ASA float64
	// Occupancy is the largest share of busy time allowed, such as 0.85.
	Occupancy float64
	// Abandon is the largest share of arrivals that may leave unserved. It asks for
	// nothing of customers who wait for ever.
	Abandon float64
}

// Check reports demands that have no sense, or that no number of agents meets.
func (t Target) Check() error {
	switch {
	case !(t.Level >= 0 && t.Level < 1):
		return fmt.Errorf("service level must be at least 0 and below 1, not %v", t.Level)
	case !(t.Within >= 0) || math.IsInf(t.Within, 0):
		return fmt.Errorf("the time within which to answer must be finite and not negative, not %v", t.Within)
	case int(t.Definition) >= len(definitionNames):
		return fmt.Errorf("no definition %d of a service level", t.Definition)
	case !(t.ASA >= 0) || math.IsInf(t.ASA, 0):
		return fmt.Errorf("average speed of answer must be positive and finite, not %v", t.ASA)
	case !(t.Occupancy >= 0 && t.Occupancy <= 1):
		return fmt.Errorf("occupancy must lie between 0 and 1, not %v", t.Occupancy)
	case !(t.Abandon >= 0 && t.Abandon < 1):
		return fmt.Errorf("share of abandonment must be at least 0 and below 1, not %v", t.Abandon)
	case t.Level == 0 && t.ASA == 0 && t.Occupancy == 0 && t.Abandon == 0:
		return errors.New("no target: name a service level, an average speed of answer, an occupancy or a share of abandonment")
	}
	return nil
}

// Agents is the least number of agents that keep the promise under l: by Erlang
// A if patience, the mean, is positive and finite, by Erlang C if it is 0 or +Inf.
func (t Target) Agents(l Load, patience float64) (int, error) {
	if err := errors.Join(t.Check(), l.Check()); err != nil {
		return 0, err
	}
	if patience == 0 || math.IsInf(patience, 1) {
		return fewest(atLeast(l.Erlangs()), func(agents int) bool {
			q, err := NewC(l, agents)
			return err == nil && t.metByC(q)
		})
	}
	if _, err := NewA(l, 1, patience); err != nil {
		return 0, err
	}
	return fewest(1, func(agents int) bool {
		q, err := NewA(l, agents, patience)
		return err == nil && t.metByA(q)
	})
}

func (t Target) metByC(q C) bool {
	return q.ServiceLevel(t.Within) >= t.Level &&
		(t.ASA == 0 || q.ASA() <= t.ASA) &&
		(t.Occupancy == 0 || q.Occupancy() <= t.Occupancy)
}

func (t Target) metByA(q A) bool {
	return q.ServiceLevel(t.Definition, t.Within) >= t.Level &&
		(t.ASA == 0 || q.ASA() <= t.ASA) &&
		(t.Occupancy == 0 || q.Occupancy() <= t.Occupancy) &&
		(t.Abandon == 0 || q.Abandon() <= t.Abandon)
}

// TrunksFor is the least number of agents, or lines, that lose no more than the
// share blocking of the arrivals by Erlang B.
func TrunksFor(l Load, blocking float64) (int, error) {
	if !(blocking > 0 && blocking < 1) {
		return 0, fmt.Errorf("share of blocked arrivals must lie between 0 and 1, not %v", blocking)
	}
	if err := l.Check(); err != nil {
		return 0, err
	}
	return fewest(1, func(agents int) bool {
		q, err := NewB(l, agents)
		return err == nil && q.Blocking() <= blocking
	})
}

// fewest is the least number of agents, from low on, that is enough, where more
// never hurt: it doubles until it has enough, and then halves the range.
func fewest(low int, enough func(agents int) bool) (int, error) {
	short, agents := low-1, low
	for step := 1; !enough(agents); step *= 2 {
		short, agents = agents, agents+step
		if agents > maxAgents {
			return 0, fmt.Errorf("it takes more than %d agents, more than can be worked out", short)
		}
	}
	for agents-short > 1 {
		mid := short + (agents-short)/2
		if enough(mid) {
			agents = mid
		} else {
			short = mid
		}
	}
	return agents, nil
}

// HalfinWhitt is the share of customers who wait, by Erlang C, when a large load of
// a erlangs is staffed with a + beta √a agents:
//
//	1 / (1 + β Φ(β) / φ(β))
//
// with the normal distribution function Φ and density φ (Halfin and Whitt 1981,
// Operations Research 29(3), Proposition 1). beta must be positive; for others it
// is 1.
func HalfinWhitt(beta float64) float64 {
	if !(beta > 0) {
		return 1
	}
	cumulative := math.Erfc(-beta/math.Sqrt2) / 2
	return 1 / (1 + beta*cumulative*math.Sqrt(2*math.Pi)*math.Exp(beta*beta/2))
}

// SquareRoot is square-root staffing: ⌈a + β √a⌉ agents, with the β of HalfinWhitt
// for which about the share waiting of the customers wait, between 0 and 1.
// It is within an agent or so of the exact number from small loads on, and says why:
// safety costs the root of the load, hence large desks are cheap.
func SquareRoot(erlangs, waiting float64) (agents int, beta float64, err error) {
	switch {
	case !(erlangs > 0) || erlangs > maxErlangs:
		return 0, 0, fmt.Errorf("load must lie between 0 and %.0f erlangs, not %v", maxErlangs, erlangs)
	case !(waiting > 0 && waiting < 1):
		return 0, 0, fmt.Errorf("share of customers who wait must lie between 0 and 1, not %v", waiting)
	}
	low, high := 0., 40.
	for range 60 {
		beta = (low + high) / 2
		if HalfinWhitt(beta) > waiting {
			low = beta
		} else {
			high = beta
		}
	}
	return int(math.Ceil(erlangs + high*math.Sqrt(erlangs))), high, nil
}
