// Package cutoff looks for the time limit that explains best what a tool has flagged as late.
//
// The stance: a limit that was searched for agrees with the flags it was found in better than with
// others, so how well it agrees is measured on tickets that the search has not seen.
package cutoff

import (
	"cmp"
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Case is a ticket: how long something took, and whether the tool calls it late.
type Case struct {
	Value float64 // seconds; infinite for what has not come to its end
	Late  bool
	Day   int // cases of a day hang together
	Key   uint64
}

// Cut is the rule that calls late what took longer than Limit. A Limit of -Inf calls everything late, +Inf nothing.
type Cut struct {
	Limit  float64
	Agrees int // cases of those that it was found in
	Of     int
}

// Share is the share of the cases in which it was found that agree.
func (c Cut) Share() float64 { return float64(c.Agrees) / float64(c.Of) }

// says whether the rule calls a case late.
func (c Cut) says(x Case) bool { return x.Value > c.Limit }

// Best is the cut that agrees with the most cases, of all that there are; of equally good ones the
// smallest limit. Only values that occur need be tried, since between two of them nothing changes.
func Best(cases []Case) Cut {
	var s search
	return s.best(s.byValue(cases))
}

// search looks for cuts and counts its steps: comparisons while cases are put in order, and looks at a case after that. A limit
// that is tried costs no more than the cases that it parts from the one before, so that all of them together cost as much as one.
type search struct{ steps int }

// byValue are the cases in the order of their values.
func (s *search) byValue(cases []Case) []Case {
	sorted := slices.Clone(cases)
	slices.SortFunc(sorted, func(a, b Case) int {
		s.steps++
		return cmp.Compare(a.Value, b.Value)
	})
	return sorted
}

// best is the best cut of cases in the order of their values.
func (s *search) best(sorted []Case) Cut {
	agrees := 0
	for _, c := range sorted {
		s.steps++
		if c.Late {
			agrees++
		}
	}
	best := Cut{Limit: math.Inf(-1), Agrees: agrees, Of: len(sorted)}
	for i := 0; i < len(sorted); {
		limit := sorted[i].Value
		for ; i < len(sorted) && sorted[i].Value == limit; i++ {
			s.steps++
			if sorted[i].Late {
				agrees--
			} else {
				agrees++
			}
		}
		if agrees > best.Agrees {
			best.Limit, best.Agrees = limit, agrees
		}
	}
	return best
}

// folds is how many parts the cases are divided into, each of which is judged by the others.
const folds = 10

// Validated is the share of cases that agree with the best cut of cases in other parts, with days as
// clusters (cross-validation: Stone 1974, Journal of the Royal Statistical Society B 36(2)). Which part a case is in
// depends on its key alone.
func Validated(cases []Case, level float64) estimate.Estimate {
	var s search
	return s.validated(cases, level)
}

func (s *search) validated(cases []Case, level float64) estimate.Estimate {
	type sums struct{ same, all float64 }
	byDay := map[int]*sums{}
	var parts, others [folds][]Case
	for _, c := range s.byValue(cases) { // so that every part and its others are in order
		mine := part(c.Key)
		parts[mine] = append(parts[mine], c)
		for k := range others {
			if k != mine {
				others[k] = append(others[k], c)
			}
		}
	}
	for k, held := range parts {
		cut := s.best(others[k])
		for _, c := range held {
			s.steps++
			day := byDay[c.Day]
			if day == nil {
				day = new(sums)
				byDay[c.Day] = day
			}
			day.all++
			if cut.says(c) == c.Late {
				day.same++
			}
		}
	}
	days := make([]int, 0, len(byDay))
	for d := range byDay {
		days = append(days, d)
	}
	slices.Sort(days)
	var same, all []float64
	for _, d := range days {
		same, all = append(same, byDay[d].same), append(all, byDay[d].all)
	}
	return estimate.Share(same, all, level)
}

// part mixes a key, so that keys in sequence fall into all parts (the finaliser of SplitMix64: Steele, Lea and
// Flood 2014, OOPSLA).
func part(key uint64) int {
	key = (key ^ key>>30) * 0xbf58476d1ce4e5b9
	key = (key ^ key>>27) * 0x94d049bb133111eb
	return int((key ^ key>>31) % folds)
}
