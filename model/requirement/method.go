package requirement

import (
	"fmt"
	"math"

	"github.com/headroom-sim/headroom/model/erlang"
)

// Method is how the heads of a live queue follow from its changing rate.
type Method uint8

// The methods. All but SquareRoot put a rate and a handling time into Erlang C, or into
// Erlang A where callers have a patience.
const (
	// SIPP: the mean rate of the interval, as if it had always been so (stationary,
	// independent, period by period).
	SIPP Method = iota
	// LagAvg: the mean rate of the interval one mean handling time before
	// (Green, Kolesar and Soares 2001, Operations Research 49(4)).
	LagAvg
	// LagMax: the largest rate in the interval one mean handling time before (the same).
	LagMax
	// ModifiedLoad: the rate of which the mean load of the interval is that of the
	// infinite-server queue (Jennings, Mandelbaum, Massey and Whitt 1996).
	ModifiedLoad
	// SquareRoot: the same load m and a safety of β √m, with the β by which the share of
	// customers who wait is what the target leaves over (Halfin and Whitt 1981). It does
	// not count those among them who are answered in time.
	SquareRoot
)

var methodNames = [...]string{"sipp", "lag-avg", "lag-max", "modified-load", "square-root"}

// String is the method's word.
func (m Method) String() string { return methodNames[m] }

// Methods lists all methods.
func Methods() []Method { return []Method{SIPP, LagAvg, LagMax, ModifiedLoad, SquareRoot} }

// negligible is a load, in erlangs, for which nobody is asked to be there.
const negligible = 1e-6

// Heads is net heads by interval for a group: those of its live queues by the method, and
// those of its work in writing, levelled, on top. That is cautious: whoever waits for a
// call could write meanwhile.
func (r *Requirement) Heads(g *Group, m Method) ([]float64, error) {
	heads, err := r.Deferred(g)
	if err != nil {
		return nil, err
	}
	for i := range g.Queues {
		live, err := r.Live(&g.Queues[i], m)
		if err != nil {
			return nil, err
		}
		add(heads, live)
	}
	return heads, nil
}

// Deferred is the heads that the work in writing asks for, by interval (Level).
func (r *Requirement) Deferred(g *Group) ([]float64, error) { return Level(g.Tasks, g.open) }

// Live is the heads that a queue asks for, by interval.
func (r *Requirement) Live(q *Queue, m Method) ([]float64, error) {
	if int(m) >= len(methodNames) {
		return nil, fmt.Errorf("no method %d", m)
	}
	heads := make([]float64, r.Intervals)
	contacts, handling := sum(q.Contacts), sum(q.Seconds)
	if contacts == 0 {
		return heads, nil
	}
	each, step, lag := int(r.Interval/r.Step), r.Step.Seconds(), 0.
	if m == LagAvg || m == LagMax {
		lag = handling / contacts / step
	}
	_, beta, err := erlang.SquareRoot(1, min(max(1-q.Target.Level, 1e-9), 1-1e-9))
	if err != nil {
		return nil, err
	}
	for i := range heads {
		from := float64(i * each)
		load := 0. // contacts in hand, in seconds of handling per second
		switch m {
		case ModifiedLoad, SquareRoot:
			load = mean(q.Load, from, float64(each))
		case LagMax:
			load = most(q.Seconds, from-lag, float64(each)) / step
		default:
			load = mean(q.Seconds, from-lag, float64(each)) / step
		}
		if load < negligible {
			continue
		}
		if m == SquareRoot {
			heads[i] = (load + beta*math.Sqrt(load)) / q.Slots
			continue
		}
		// The handling time of the interval's own contacts, for a spike's may be longer.
		handle := handling / contacts
		if n := mean(q.Contacts, from, float64(each)); n > 0 {
			handle = mean(q.Seconds, from, float64(each)) / n
		}
		slots, err := q.Target.Heads(erlang.Load{Rate: load / handle, Handle: handle}, q.Patience)
		if err != nil {
			return nil, fmt.Errorf("interval %d: %w", i, err)
		}
		heads[i] = slots / q.Slots
	}
	return heads, nil
}

// mean is the mean of a step function over a stretch, both counted in steps; before its
// begin and after its end it is 0.
func mean(list []float64, from, length float64) (area float64) {
	for i := max(int(math.Floor(from)), 0); i < len(list) && float64(i) < from+length; i++ {
		area += list[i] * (min(float64(i+1), from+length) - max(float64(i), from))
	}
	return area / length
}

// most is the largest value of a step function on a stretch.
func most(list []float64, from, length float64) (top float64) {
	for i := max(int(math.Floor(from+1e-9)), 0); i < len(list) && float64(i) < from+length-1e-9; i++ {
		top = max(top, list[i])
	}
	return top
}

func sum(list []float64) (all float64) {
	for _, x := range list {
		all += x
	}
	return all
}
