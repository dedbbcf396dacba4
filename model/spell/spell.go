// Package spell tells broken promises that come alone from those that come in spells, and warnings that come
// before a spell from those in vain. It looks back at nothing but numbers by hour; all rules are stated here.
package spell

import (
	"time"

	"gonum.org/v1/gonum/mathext"
)

// Tail is how improbable the late clocks of an hour must be, were each late by itself with the rate of all, for
// the hour to be a bad one; hours that are bad belong to one spell while no more than Gap lies between them.
const (
	Tail = 0.001
	Gap  = 4
)

// Bin is the clocks of an hour: of the tickets that were created in it.
type Bin struct{ Late, Judged int64 }

// Spell is the hours [From, To).
type Spell struct{ From, To int }

// Bad reports whether so many clocks of an hour are late by no accident: the upper tail of the binomial
// distribution.
func (b Bin) Bad(rate float64) bool {
	return b.Late > 0 && rate < 1 && mathext.RegIncBeta(float64(b.Late), float64(b.Judged-b.Late+1), rate) < Tail
}

// Find lists the spells, for a rate of late clocks above 0.
func Find(bins []Bin, rate float64) (out []Spell) {
	for i, b := range bins {
		if !b.Bad(rate) {
			continue
		}
		if n := len(out); n > 0 && i-out[n-1].To <= Gap {
			out[n-1].To = i + 1
			continue
		}
		out = append(out, Spell{i, i + 1})
	}
	return out
}

// Scatter is the sum of (late - judged·rate)² / (judged·rate·(1-rate)) over the hours with clocks, and their number. The
// quotient over many hours is the index of dispersion: about 1 where clocks are late independently of one another
// (the variance test for the homogeneity of binomials; Cochran 1954, Biometrics 10(4)).
func Scatter(bins []Bin, rate float64) (sum float64, hours int) {
	for _, b := range bins {
		if b.Judged == 0 || !(rate > 0 && rate < 1) {
			continue
		}
		expected := float64(b.Judged) * rate
		d := float64(b.Late) - expected
		sum += d * d / (expected * (1 - rate))
		hours++
	}
	return sum, hours
}

// Ahead is how long before a spell a warning counts as one of it.
const Ahead = 24 * time.Hour

// Alarm is the time from a warning to the all-clear.
type Alarm struct{ From, To time.Duration }

// Trouble is a spell as time: from the first promise that is broken to the last.
type Trouble struct{ Onset, End time.Duration }

// Lead is how long before the onset of a spell there was a first warning of it, Ahead at most; false if there
// was none.
func Lead(alarms []Alarm, t Trouble) (time.Duration, bool) {
	for _, a := range alarms {
		if a.From < t.Onset && a.To > t.Onset-Ahead {
			return t.Onset - max(a.From, t.Onset-Ahead), true
		}
	}
	return 0, false
}

// InVain counts the alarms with no spell going on, and none to come within Ahead.
func InVain(alarms []Alarm, ts []Trouble) (n int) {
	for _, a := range alarms {
		warned := false
		for _, t := range ts {
			warned = warned || a.From <= t.End && a.To > t.Onset-Ahead
		}
		if !warned {
			n++
		}
	}
	return n
}
