package selection

import "math"

// Allocate splits a total number of trials between alternatives by the rule of OCBA:
// see the package. Values are the larger the better; nearest is the distance that
// nearer ones count as. The parts are not rounded. An alternative that does not vary
// needs nothing; if none varies all get the same.
func Allocate(values, deviations []float64, nearest, total float64) []float64 {
	best := 0
	for i, v := range values {
		if v > values[best] {
			best = i
		}
	}
	parts := make([]float64, len(values))
	sum, squares := 0.0, 0.0
	for i, s := range deviations {
		if i == best || s == 0 {
			continue
		}
		d := max(values[best]-values[i], nearest)
		parts[i] = s / d * s / d
		sum += parts[i]
		squares += parts[i] / s * parts[i] / s
	}
	parts[best] = deviations[best] * math.Sqrt(squares)
	if sum == 0 {
		parts[best] = deviations[best]
	}
	sum += parts[best]
	for i := range parts {
		if sum == 0 {
			parts[i] = total / float64(len(parts))
		} else {
			parts[i] *= total / sum
		}
	}
	return parts
}

// OCBA spends a number of trials in all and chooses the best mean. Question.Confidence
// is not asked for; Question.Most bounds each alternative. An error is as that of KN.
func OCBA(q Question, k, trials int, source Source) (Result, error) {
	q.Confidence = 0.95 // is not asked for, but checked
	if err := q.check(k); err != nil {
		return Result{}, err
	}
	s := newSamples(q, k, source)
	spent := 0
	for i := range k {
		if err := s.extend(i, q.First); err != nil {
			return s.unfinished(), err
		}
		spent += q.First
	}
	for spent < trials {
		goal := Allocate(s.values, s.deviations(), q.Indifference, float64(min(spent+q.Step, trials)))
		before := spent
		for _, i := range furthest(goal, s.n) {
			more := min(int(math.Ceil(goal[i]-float64(s.n[i]))), q.Step-(spent-before), trials-spent, q.Most-s.n[i])
			if more <= 0 {
				continue
			}
			if err := s.extend(i, s.n[i]+more); err != nil {
				return s.unfinished(), err
			}
			spent += more
		}
		if spent == before { // whatever lacks trials has as many as it may have
			break
		}
	}
	return s.result(s.approximate()), nil
}

// furthest orders the alternatives by what they lack.
func furthest(goal []float64, n []int) []int {
	order := make([]int, len(n))
	for i := range order {
		order[i] = i
		for j := i; j > 0 && goal[order[j]]-float64(n[order[j]]) > goal[order[j-1]]-float64(n[order[j-1]]); j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	return order
}

func (s *samples) deviations() []float64 {
	out := make([]float64, len(s.n))
	for i, n := range s.n {
		out[i] = math.Sqrt(variance(s.linear(i, n)))
	}
	return out
}

// approximate is the approximate probability that the best mean is the best.
func (s *samples) approximate() float64 {
	b, deviations := s.best(), s.deviations()
	wrong := 0.0
	for i := range s.values {
		if i == b {
			continue
		}
		d := s.values[b] - s.values[i]
		err := math.Sqrt(deviations[b]*deviations[b]/float64(s.n[b]) + deviations[i]*deviations[i]/float64(s.n[i]))
		switch {
		case err > 0:
			wrong += math.Erfc(d/err/math.Sqrt2) / 2
		case d == 0:
			wrong += 0.5
		}
	}
	return max(0, 1-wrong)
}
