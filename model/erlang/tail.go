package erlang

import "math"

// tail sums over the states with all agents busy, j ≥ 0 customers waiting, whose
// probabilities are proportional to
//
//	r(j) = y^j / ((x+1) (x+2) … (x+j))
//
// where x = agents × patience / handling time and y = arrivals per patience.
type tail struct {
	x, y float64
	// logSum is ln Σ r(j): how much these states weigh against that of nobody
	// waiting.
	logSum float64
	// mean is Σ j r(j) / Σ r(j), the mean queue while all agents are busy.
	mean float64
	// served is the share of the arrivals who wait that are served.
	served float64
	// servedWait is the mean, over arrivals who wait, of the wait of those who are
	// served and 0 for those who leave, in units of the mean patience.
	servedWait float64
}

// sumTail adds outward from the largest term, so that neither a deep overload
// overflows nor a light load loses digits. The terms fall off like a normal
// density of deviation √y at most, hence the time grows as √y.
func sumTail(x, y float64) tail {
	mode := math.Max(0, math.Floor(y-x))
	var s sums
	// Upwards from the mode. h is Σ 1/(x+i), i ≤ j+1: the mean time to service of an
	// arrival who finds j waiting and is served, in units of patience.
	h := harmonic(x, mode+1)
	term := 1.
	for j := mode; s.add(term, j, h, x); j++ {
		term *= y / (x + j + 1)
		h += 1 / (x + j + 2)
	}
	// Downwards, until the terms vanish or nobody waits.
	h = harmonic(x, mode+1)
	term, first := 1., 1.
	for j := mode; j > 0; j-- {
		term *= (x + j) / y
		h -= 1 / (x + j + 1)
		first = term
		if !s.add(term, j-1, h, x) {
			first = 0
			break
		}
	}
	t := tail{x: x, y: y, mean: s.queue / s.weight, served: s.served / s.weight, servedWait: s.wait / s.weight}
	if first > 0 {
		t.logSum = math.Log(s.weight / first)
	} else {
		t.logSum = math.Log(s.weight) + logTerm(x, y, mode)
	}
	return t
}

// sums are the running totals of sumTail.
type sums struct{ weight, queue, served, wait float64 }

// add takes in the term of j customers waiting, and reports whether the next may
// still matter.
func (s *sums) add(term, j, h, x float64) bool {
	s.weight += term
	s.queue += term * j
	// Of those who find j waiting, x/(x+j+1) are served.
	served := term * x / (x + j + 1)
	s.served += served
	s.wait += served * h
	return term > s.weight*1e-18
}

// logTerm is ln r(j), for a j so far out that r(j) itself may overflow.
func logTerm(x, y, j float64) float64 {
	above, _ := math.Lgamma(x + j + 1)
	below, _ := math.Lgamma(x + 1)
	return j*math.Log(y) - (above - below)
}

// harmonic is Σ 1/(x+i) for i from 1 to count. Beyond 1,000 the sum is taken as
// the integral by the midpoint rule with its first correction (Euler and
// Maclaurin), whose error is then below rounding.
func harmonic(x, count float64) float64 {
	sum, i := 0., 1.
	for ; i <= count && x+i < 1000; i++ {
		sum += 1 / (x + i)
	}
	if i <= count {
		from, rest := x+i-0.5, count-i+1
		to := from + rest
		sum += math.Log1p(rest/from) - (1/(from*from)-1/(to*to))/24
	}
	return sum
}
