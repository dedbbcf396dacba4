package erlang

import (
	"errors"
	"fmt"
	"math"
)

var errNoClasses = errors.New("no classes of customers")

// MG1Wait is the mean wait in the queue of one agent with handling times of any
// law, first come first served, by the formula of Pollaczek (1930) and
// Khinchine (1932):
//
//	ρ h (1 + cv²) / (2 (1 − ρ))
//
// with ρ = rate × h, h the mean handling time and cv its coefficient of
// variation: 1 for exponential times, 0 for constant ones. The error is an
// *Overload if ρ is not below 1.
func MG1Wait(l Load, cv float64) (float64, error) {
	c := Class{Load: l, CV: cv}
	if err := c.Check(); err != nil {
		return 0, err
	}
	rho := l.Erlangs()
	if rho >= 1 {
		return 0, &Overload{Erlangs: rho, Agents: 1}
	}
	return c.rest() / (1 - rho), nil
}

// Class is one class of customers in a queue with priorities.
type Class struct {
	Load
	CV float64 // coefficient of variation of the handling times
}

// Check reports what is wrong with the numbers.
func (c Class) Check() error {
	if err := c.Load.Check(); err != nil {
		return err
	}
	if !(c.CV >= 0) || math.IsInf(c.CV, 0) {
		return fmt.Errorf("cv of the handling times must be finite and not negative, not %v", c.CV)
	}
	return nil
}

// rest is rate × E[S²] / 2, the mean of what is left of the class's work in hand.
func (c Class) rest() float64 { return c.Erlangs() * c.Handle * (1 + c.CV*c.CV) / 2 }

// PriorityMG1 is the mean wait in the queue of each class, the first being the
// highest, for one agent who is never interrupted:
//
//	W(k) = W0 / ((1 − σ(k−1)) (1 − σ(k))),  W0 = Σ rate h² (1 + cv²) / 2
//
// with σ(k) the load of the classes up to k and W0, summed over all classes, the
// mean rest of the work in hand (Cobham 1954, Operations Research 2(1)). The
// error is an *Overload if the whole load is not below 1.
func PriorityMG1(classes []Class) ([]float64, error) {
	if len(classes) == 0 {
		return nil, errNoClasses
	}
	rest, load := 0., 0.
	for i, c := range classes {
		if err := c.Check(); err != nil {
			return nil, fmt.Errorf("class %d: %w", i+1, err)
		}
		rest += c.rest()
		load += c.Erlangs()
	}
	if load >= 1 {
		return nil, &Overload{Erlangs: load, Agents: 1}
	}
	waits, above := make([]float64, len(classes)), 0.
	for i, c := range classes {
		upTo := above + c.Erlangs()
		waits[i] = rest / ((1 - above) * (1 - upTo))
		above = upTo
	}
	return waits, nil
}

// PriorityMMC is the mean wait in the queue of each class, the first being the
// highest, for agents who are never interrupted, with exponential handling times of
// the same mean in all classes:
//
//	W(k) = C(n, a) h / n / ((1 − σ(k−1)) (1 − σ(k)))
//
// with C the probability to wait of Erlang C under the whole load a, h the mean
// handling time, and σ(k) the load of the classes up to k per agent (Cobham 1954,
// Operations Research 2(1); Kella and Yechiali 1985, Stochastic Models 1(2)). The
// error is an *Overload if the load is not below the number of agents.
func PriorityMMC(rates []float64, handle float64, agents int) ([]float64, error) {
	if len(rates) == 0 {
		return nil, errNoClasses
	}
	total := 0.
	for i, rate := range rates {
		if err := (Load{Rate: rate, Handle: handle}).Check(); err != nil {
			return nil, fmt.Errorf("class %d: %w", i+1, err)
		}
		total += rate
	}
	q, err := NewC(Load{Rate: total, Handle: handle}, agents)
	if err != nil {
		return nil, err
	}
	n := float64(agents)
	waits, above := make([]float64, len(rates)), 0.
	for i, rate := range rates {
		upTo := above + rate*handle/n
		waits[i] = q.Waiting() * handle / n / ((1 - above) * (1 - upTo))
		above = upTo
	}
	return waits, nil
}
