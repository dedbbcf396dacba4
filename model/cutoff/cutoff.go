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
	sorted := slices.Clone(cases)
	slices.SortFunc(sorted, func(a, b Case) int { return cmp.Compare(a.Value, b.Value) })
	agrees := 0
	for _, c := range sorted {
		if c.Late {
			agrees++
		}
	}
	best := Cut{Limit: math.Inf(-1), Agrees: agrees, Of: len(cases)}
	for i := 0; i < len(sorted); {
		limit := sorted[i].Value
		for ; i < len(sorted) && sorted[i].Value == limit; i++ {
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
	type sums struct{ same, all float64 }
	byDay := map[int]*sums{}
	var parts, others [folds][]Case
	for _, c := range cases {
		mine := part(c.Key)
		parts[mine] = append(parts[mine], c)
		for k := range others {
			if k != mine {
				others[k] = append(others[k], c)
			}
		}
	}
	for k, held := range parts {
		cut := Best(others[k])
		for _, c := range held {
			s := byDay[c.Day]
			if s == nil {
				s = new(sums)
				byDay[c.Day] = s
			}
			s.all++
			if cut.says(c) == c.Late {
				s.same++
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
