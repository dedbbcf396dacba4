package survival

import (
	"cmp"
	"slices"
)

// fewestForTwo is how many durations it takes before a mixture is tried.
const fewestForTwo = 200

// Choose fits the families and lists the laws, that with the smallest BIC (Schwarz
// 1978) first: the likelihood, less a penalty for each parameter that grows with the
// sample, so that a mixture must earn its five. Where all durations are the same that is the law.
func Choose(s *Sample, level float64) ([]*Law, error) {
	if l := constant(s, level); l != nil {
		return []*Law{l}, nil
	}
	var laws []*Law
	var first error
	for _, f := range Families() {
		if f == TwoLognormals && len(s.Exact) < fewestForTwo {
			continue
		}
		l, err := Fit(s, f, level)
		if err != nil {
			first = cmp.Or(first, err)
			continue
		}
		laws = append(laws, l)
	}
	if len(laws) == 0 {
		return nil, first
	}
	slices.SortStableFunc(laws, func(a, b *Law) int { return cmp.Compare(a.BIC, b.BIC) })
	return laws, nil
}
