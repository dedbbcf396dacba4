package erlang

import (
	"fmt"
	"math"
)

// C is the queue of Erlang C, M/M/n: exponential handling times, and everybody
// waits until he is served, first come first served. Use NewC.
type C struct {
	Load
	Agents  int
	waiting float64
}

// Overload says that a queue without abandonment grows for ever.
type Overload struct {
	Erlangs float64
	Agents  int
}

// Error is a sentence with the least number of agents that would do.
func (o *Overload) Error() string {
	return fmt.Sprintf("a load of %.6g erlangs is too much for %d agents: the queue grows for ever; it takes at least %d",
		o.Erlangs, o.Agents, atLeast(o.Erlangs))
}

// atLeast is the least number of agents above a load.
func atLeast(erlangs float64) int { return int(erlangs) + 1 }

// NewC works out Erlang C. The error is an *Overload if the load reaches the
// number of agents.
func NewC(l Load, agents int) (C, error) {
	if err := l.check(agents); err != nil {
		return C{}, err
	}
	a, n := l.Erlangs(), float64(agents)
	if a >= n {
		return C{}, &Overload{Erlangs: a, Agents: agents}
	}
	// C = 1 / (1 + (1 − a/n) (1/B − 1)), and 1/B(n) − 1 = n/a · 1/B(n−1).
	below := n / a * inverseB(a, agents-1)
	return C{Load: l, Agents: agents, waiting: 1 / (1 + (n-a)/n*below)}, nil
}

// Waiting is the probability that an arrival has to wait, Erlang's C (Erlang
// 1917).
func (q C) Waiting() float64 { return q.waiting }

// ASA is the mean wait over all arrivals, those who do not wait included: the
// average speed of answer.
func (q C) ASA() float64 { return q.waiting * q.waitOfWaiting() }

// waitOfWaiting is the mean wait of those who wait, which is exponential.
func (q C) waitOfWaiting() float64 { return q.Handle / (float64(q.Agents) - q.Erlangs()) }

// Queue is the mean number of waiting customers (Little: rate × ASA).
func (q C) Queue() float64 { return q.Rate * q.ASA() }

// ServiceLevel is the share of arrivals that wait for no longer than within.
func (q C) ServiceLevel(within float64) float64 {
	if within < 0 {
		return 0
	}
	return 1 - q.waiting*math.Exp(-within/q.waitOfWaiting())
}

// WaitQuantile is the wait that the share p of the arrivals does not exceed; 0
// for those who do not wait at all, NaN if p is not a probability.
func (q C) WaitQuantile(p float64) float64 {
	switch {
	case !(p >= 0 && p <= 1):
		return math.NaN()
	case 1-p >= q.waiting:
		return 0
	}
	return q.waitOfWaiting() * math.Log(q.waiting/(1-p))
}

// Occupancy is the share of their time that agents are busy.
func (q C) Occupancy() float64 { return q.Erlangs() / float64(q.Agents) }
