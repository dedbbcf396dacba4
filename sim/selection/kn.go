package selection

import (
	"errors"
	"fmt"
	"math"
)

// Question is what is to be found out.
type Question struct {
	Smallest     bool    // the best is the smallest; else the largest
	Indifference float64 // the smallest difference that matters, in the measure's unit
	Confidence   float64 // such as 0.95
	First        int     // replications of every alternative before any is dropped, 2 or more
	Step         int     // replications between two looks
	Most         int     // replications of an alternative, at most
}

// Source simulates. Replication r of every alternative should see the same random
// numbers.
type Source interface {
	// Extend makes sure that alternative i has n replications or more, and returns
	// the numerators and denominators of all it has.
	Extend(i, n int) (num, den []float64, err error)
}

// Result is what was found.
type Result struct {
	Best int // -1 if there is no choice, because of an error
	// Sure is the probability that stands behind the choice: the confidence asked
	// for, or, of OCBA, its approximation. 0 if Most was reached before a decision.
	Sure float64
	// N is, by alternative, the number of replications that the choice rests on.
	N []int
	// By is, by alternative, the one because of which it was dropped; -1 if it was not.
	By []int
	// Values are the estimates by alternative, each from its N replications.
	Values []float64
}

func (q Question) check(k int) error {
	switch {
	case k < 2:
		return errors.New("selection: a choice needs two alternatives or more")
	case !(q.Indifference > 0) || math.IsInf(q.Indifference, 0):
		return fmt.Errorf("selection: the indifference is %v; it must be above 0", q.Indifference)
	case !(q.Confidence > 0 && q.Confidence < 1):
		return fmt.Errorf("selection: the confidence is %v; it lies between 0 and 1", q.Confidence)
	case q.Confidence <= 1/float64(k):
		return fmt.Errorf("selection: a confidence of %v is that of a guess among %d", q.Confidence, k)
	case q.First < 2 || q.Step < 1 || q.Most < q.First:
		return fmt.Errorf("selection: %d replications at first, steps of %d, at most %d", q.First, q.Step, q.Most)
	}
	return nil
}

// KN chooses with a guaranteed probability: see the package. With an error of the source comes
// what was known then, N and By of the result, and no choice.
func KN(q Question, k int, source Source) (Result, error) {
	if err := q.check(k); err != nil {
		return Result{}, err
	}
	s := newSamples(q, k, source)
	for i := range k {
		if err := s.extend(i, q.First); err != nil {
			return s.unfinished(), err
		}
	}
	spread := s.differences(q.First)
	eta := (math.Pow(2*(1-q.Confidence)/float64(k-1), -2/float64(q.First-1)) - 1) / 2
	h2 := 2 * eta * float64(q.First-1)
	// needs is h²S²/δ²: beyond so many replications nothing more is tolerated.
	needs := func(i, l int) float64 { return h2 * spread[i][l] / (q.Indifference * q.Indifference) }

	for r := q.First; ; r = min(r+q.Step, q.Most) {
		for i := range k {
			if s.by[i] < 0 {
				if err := s.extend(i, r); err != nil {
					return s.unfinished(), err
				}
			}
		}
		s.drop(func(i, l int) float64 {
			return max(0, q.Indifference/(2*float64(r))*(needs(i, l)-float64(r)))
		})
		staying := s.staying()
		longest := 0.0
		for _, i := range staying {
			for _, l := range staying {
				if i != l {
					longest = max(longest, needs(i, l))
				}
			}
		}
		switch {
		case len(staying) == 1 || float64(r) > longest:
			return s.result(q.Confidence), nil
		case r == q.Most:
			return s.result(0), nil
		}
	}
}

// samples are the observations of all alternatives.
type samples struct {
	q        Question
	source   Source
	num, den [][]float64
	n, by    []int
	values   []float64 // the larger the better
}

func newSamples(q Question, k int, source Source) *samples {
	s := &samples{
		q: q, source: source, num: make([][]float64, k), den: make([][]float64, k),
		n: make([]int, k), by: make([]int, k), values: make([]float64, k),
	}
	for i := range s.by {
		s.by[i] = -1
	}
	return s
}

// extend takes the first n observations of an alternative.
func (s *samples) extend(i, n int) error {
	num, den, err := s.source.Extend(i, n)
	if err != nil {
		return err
	}
	s.num[i], s.den[i], s.n[i] = num[:n], den[:n], n
	value := total(s.num[i]) / total(s.den[i])
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return fmt.Errorf("selection: alternative %d has nothing to measure in %d replications", i+1, n)
	}
	if s.q.Smallest {
		value = -value
	}
	s.values[i] = value
	return nil
}

func total(xs []float64) (sum float64) {
	for _, x := range xs {
		sum += x
	}
	return sum
}

// linear are the first n observations of an alternative as numbers whose mean is the
// ratio of their totals.
func (s *samples) linear(i, n int) []float64 {
	num, den := s.num[i][:n], s.den[i][:n]
	ratio, mean := total(num)/total(den), total(den)/float64(n)
	out := make([]float64, n)
	for r := range out {
		out[r] = ratio + (num[r]-ratio*den[r])/mean
	}
	return out
}

// differences are the variances of the differences of all pairs, from n replications.
func (s *samples) differences(n int) [][]float64 {
	k := len(s.n)
	linear := make([][]float64, k)
	for i := range linear {
		linear[i] = s.linear(i, n)
	}
	out := make([][]float64, k)
	for i := range out {
		out[i] = make([]float64, k)
		for l := range i {
			d := make([]float64, n)
			for r := range d {
				d[r] = linear[i][r] - linear[l][r]
			}
			out[i][l] = variance(d)
			out[l][i] = out[i][l]
		}
	}
	return out
}

func variance(xs []float64) float64 {
	mean := total(xs) / float64(len(xs))
	sum := 0.0
	for _, x := range xs {
		sum += (x - mean) * (x - mean)
	}
	return sum / float64(len(xs)-1)
}

// drop takes out whatever is worse than another by more than may be by chance. All
// pairs are judged by who was in at the start of the look.
func (s *samples) drop(may func(i, l int) float64) {
	staying := s.staying()
	for _, i := range staying {
		most := 0.0
		for _, l := range staying {
			if over := s.values[l] - s.values[i] - may(i, l); i != l && over > most {
				most = over
				s.by[i] = l
			}
		}
	}
}

// staying are the alternatives that were not dropped.
func (s *samples) staying() []int {
	var in []int
	for i, by := range s.by {
		if by < 0 {
			in = append(in, i)
		}
	}
	return in
}

// best is the one with the best estimate of those that stay.
func (s *samples) best() int {
	best := -1
	for _, i := range s.staying() {
		if best < 0 || s.values[i] > s.values[best] {
			best = i
		}
	}
	return best
}

// unfinished is what is known when the source fails.
func (s *samples) unfinished() Result { return Result{Best: -1, N: s.n, By: s.by} }

func (s *samples) result(sure float64) Result {
	r := Result{Best: s.best(), Sure: sure, N: s.n, By: s.by, Values: s.values}
	if s.q.Smallest {
		for i := range r.Values {
			r.Values[i] = -r.Values[i]
		}
	}
	return r
}
