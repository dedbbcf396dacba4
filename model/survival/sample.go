package survival

import (
	"math"
	"slices"
)

// Sample is durations in seconds. All are finite and a millisecond or more: what is not is left out by
// Add and Beyond, and counted.
type Sample struct {
	Exact    []float64 // seen to their end
	Censored []float64 // only known to be longer
	// Late are the ages at which some of them were first seen, which had begun before: that they lasted
	// so long is why they are here, and says nothing (left truncation; Turnbull 1976, J. R. Statist. Soc. B 38(3)).
	Late []float64
	Zero int // exact, of no length or none that a law could have
}

// From adds that the duration which was added last, or is added next, was first seen at an age.
func (s *Sample) From(age float64) {
	if usable(age) {
		s.Late = append(s.Late, age)
	}
}

// Add adds a duration that was seen to its end.
func (s *Sample) Add(seconds float64) {
	if usable(seconds) {
		s.Exact = append(s.Exact, seconds)
	} else {
		s.Zero++
	}
}

// Beyond adds a duration that is only known to be longer. Longer than nothing says nothing.
func (s *Sample) Beyond(seconds float64) {
	if usable(seconds) {
		s.Censored = append(s.Censored, seconds)
	}
}

// N is the number of durations, seen to their end or not.
func (s *Sample) N() int { return len(s.Exact) + len(s.Censored) }

// shortest is the shortest duration that is one, in seconds; clocks of help desks are coarser.
const shortest = 1e-3

func usable(x float64) bool { return x >= shortest && !math.IsInf(x, 0) }

// longest is the longest of all durations.
func (s *Sample) longest() float64 {
	most := 0.
	for _, xs := range [][]float64{s.Exact, s.Censored} {
		for _, x := range xs {
			most = max(most, x)
		}
	}
	return most
}

// mostPoints is how many observations a likelihood is worked out over. More of them
// make no interval that matters shorter.
const (
	mostPoints   = 20_000
	pointsForTwo = 1_000 // in the search for a mixture
)

// thinned is the sample, or every k-th of its observations in the order of size, so that a
// huge log takes no longer than a large one.
func (s *Sample) thinned(most int) *Sample {
	n := s.N()
	if n <= most {
		return s
	}
	every := (n + most - 1) / most
	return &Sample{Exact: thin(s.Exact, every), Censored: thin(s.Censored, every), Late: thin(s.Late, every)}
}

func thin(xs []float64, every int) []float64 {
	sorted := slices.Clone(xs)
	slices.Sort(sorted)
	var kept []float64
	for i := every / 2; i < len(sorted); i += every {
		kept = append(kept, sorted[i])
	}
	return kept
}
