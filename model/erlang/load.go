package erlang

import (
	"fmt"
	"math"
)

// Load is a stream of work.
type Load struct {
	Rate   float64 // arrivals per unit of time, positive
	Handle float64 // mean handling time, positive
}

// maxErlangs and maxAgents bound what is worked out: every formula takes time in
// proportion to the number of agents.
const (
	maxErlangs = 1e6
	maxAgents  = 1e7
)

// Erlangs is the offered load, rate × mean handling time: the mean number of
// agents at work if there were always one free, and the least number that can
// keep up.
func (l Load) Erlangs() float64 { return l.Rate * l.Handle }

// Check reports what is wrong with the numbers.
func (l Load) Check() error {
	switch {
	case !(l.Rate > 0) || math.IsInf(l.Rate, 0):
		return fmt.Errorf("rate of arrivals must be positive and finite, not %v", l.Rate)
	case !(l.Handle > 0) || math.IsInf(l.Handle, 0):
		return fmt.Errorf("mean handling time must be positive and finite, not %v", l.Handle)
	case !(l.Erlangs() > 0):
		return fmt.Errorf("load of %v arrivals per unit of time and %v each is out of range", l.Rate, l.Handle)
	case l.Erlangs() > maxErlangs:
		return fmt.Errorf("load of %.6g erlangs is more than can be worked out, %.0f", l.Erlangs(), maxErlangs)
	}
	return nil
}

func (l Load) check(agents int) error {
	if err := l.Check(); err != nil {
		return err
	}
	if agents < 1 || agents > maxAgents {
		return fmt.Errorf("number of agents must lie between 1 and %.0f, not %d", float64(maxAgents), agents)
	}
	return nil
}

// OfferedLoad is the mean number of agents at work at the end of each step, if
// there were always one free, when the arrival rate changes from step to step.
// rates[i] holds during step i; start is the load before the first, 0 for a
// desk that opens. Handling times are exponential with mean handle, so that
// within a step the load m moves towards rate × handle by
//
//	m'(t) = rate − m(t) / handle
//
// (Eick, Massey and Whitt 1993, Operations Research 41(4), the M(t)/M/∞ queue). It lags
// behind the arrivals by about one handling time and is flatter than they are; the
// staffing of an interval is that of its load (modified offered load: Jennings,
// Mandelbaum, Massey and Whitt 1996, Management Science 42(10)).
//
// step and handle must be positive; rates and start must not be negative.
func OfferedLoad(start float64, rates []float64, step, handle float64) ([]float64, error) {
	switch {
	case !(step > 0) || math.IsInf(step, 0):
		return nil, fmt.Errorf("step must be positive and finite, not %v", step)
	case !(handle > 0) || math.IsInf(handle, 0):
		return nil, fmt.Errorf("mean handling time must be positive and finite, not %v", handle)
	case !(start >= 0) || math.IsInf(start, 0):
		return nil, fmt.Errorf("load at the start must be finite and not negative, not %v", start)
	}
	moved := -math.Expm1(-step / handle) // the share of the way that a step goes
	loads, load := make([]float64, len(rates)), start
	for i, rate := range rates {
		if !(rate >= 0) || math.IsInf(rate, 0) {
			return nil, fmt.Errorf("rate of step %d must be finite and not negative, not %v", i, rate)
		}
		load += (rate*handle - load) * moved
		loads[i] = load
	}
	return loads, nil
}
