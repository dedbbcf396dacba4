// Package targets proposes what to promise, from how long things have taken.
//
// The stance: a target is a promise about the future, so what it would have kept is measured on days that it was
// not set by. The usual advice, a target a little above the 80th percentile, is kept about four times in
// five; the usual rule to tighten, after three months of 95 %, then never fires. Both are
// shown beside the percentiles for which it would.
package targets

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Wait is how long something took.
type Wait struct {
	Created time.Duration // since some origin
	Day     int           // of its creation; the waits of a day hang together
	Seconds float64
	Open    bool // it still lasts
}

// Percentiles are those that targets are proposed from.
var Percentiles = []float64{0.80, 0.90, 0.95}

// The stretches of the advice.
const (
	Window = 90 * 24 * time.Hour // of the history that a target is set by
	Next   = 30 * 24 * time.Hour // in which it is then to be kept
	// Attained is the share that must be kept in each of Months months in a row before a target is tightened, by
	// TightenLeast to TightenMost.
	Attained     = 0.95
	Months       = 3
	TightenLeast = 0.10
	TightenMost  = 0.15
	// Fewest waits make a proposal.
	Fewest = 100
)

// Proposal is a target from one percentile.
type Proposal struct {
	Percentile float64
	Quantile   estimate.Estimate // of the window, seconds
	Target     time.Duration     // the next figure above it that people say
	Open       int               // waits of the window that still last, and count as long as they have
	// Fitted is the share of the window's own waits that the target keeps.
	Fitted estimate.Estimate
	// Kept is the share that it keeps of waits it was not set by: targets are set on each window of the history
	// and kept in the days after it. Periods are these, by rising time; NaN where nothing was to be kept.
	Kept    estimate.Estimate
	Periods []float64
	// Fires says that the rule to tighten would have fired in them.
	Fires bool
	// Tightened is the target that the rule then names, and TightenedKept what it would have kept of the window;
	// they are there for every proposal.
	Tightened     time.Duration
	TightenedKept estimate.Estimate
}

// Propose makes a proposal for each percentile from the last window before an instant; none if there are
// too few waits. The history begins with the first wait.
func Propose(waits []Wait, end time.Duration, level float64) []Proposal {
	waits = slices.Clone(waits)
	slices.SortStableFunc(waits, func(a, b Wait) int { return cmp.Compare(a.Created, b.Created) })
	window := within(waits, end-Window, end)
	if len(window) < Fewest {
		return nil
	}
	var out []Proposal
	for _, p := range Percentiles {
		x := Proposal{Percentile: p}
		var xs []float64
		var days []int
		for _, w := range window {
			xs, days = append(xs, w.Seconds), append(days, w.Day)
			if w.Open {
				x.Open++
			}
		}
		x.Quantile = estimate.QuantileInClusters(xs, days, p, level)
		x.Target = Above(x.Quantile.Value)
		x.Fitted = Kept(window, x.Target, level)
		x.outOfSample(waits, end, level)
		x.Tightened = Below(x.Target)
		x.TightenedKept = Kept(window, x.Tightened, level)
		out = append(out, x)
	}
	return out
}

// outOfSample sets the target on every window of the history, a period apart, and keeps it in the period
// after.
func (x *Proposal) outOfSample(waits []Wait, end time.Duration, level float64) {
	var later []judged
	row := 0
	for from := waits[0].Created; from+Window+Next <= end; from += Next {
		set := within(waits, from, from+Window)
		if len(set) < Fewest {
			x.Periods = append(x.Periods, math.NaN())
			continue
		}
		seconds := make([]float64, len(set))
		for i, w := range set {
			seconds[i] = w.Seconds
		}
		target := Above(estimate.Quantile(seconds, x.Percentile, level).Value)
		period := verdicts(within(waits, from+Window, from+Window+Next), target)
		later = append(later, period...)
		e := shareOf(period, level)
		x.Periods = append(x.Periods, e.Value)
		if row++; !(e.Value >= Attained) {
			row = 0
		}
		x.Fires = x.Fires || row >= Months
	}
	x.Kept = shareOf(later, level)
}

// within are the waits that were created in a stretch of time.
func within(waits []Wait, from, to time.Duration) []Wait {
	at := func(t time.Duration) int {
		i, _ := slices.BinarySearchFunc(waits, t, func(w Wait, t time.Duration) int {
			if w.Created < t {
				return -1
			}
			return 1
		})
		return i
	}
	return waits[at(from):at(to)]
}

type judged struct {
	day  int
	kept bool
}

// verdicts are those on waits that can be judged: one that lasts and is not yet too long cannot.
func verdicts(waits []Wait, target time.Duration) []judged {
	var out []judged
	for _, w := range waits {
		if kept := w.Seconds <= target.Seconds(); !kept || !w.Open {
			out = append(out, judged{w.Day, kept})
		}
	}
	return out
}

// Kept is the share of waits that a target keeps, with days as clusters.
func Kept(waits []Wait, target time.Duration, level float64) estimate.Estimate {
	return shareOf(verdicts(waits, target), level)
}

func shareOf(all []judged, level float64) estimate.Estimate {
	slices.SortStableFunc(all, func(a, b judged) int { return cmp.Compare(a.day, b.day) })
	var num, den []float64
	for i, j := range all {
		if i == 0 || j.day != all[i-1].day {
			num, den = append(num, 0), append(den, 0)
		}
		den[len(den)-1]++
		if j.kept {
			num[len(num)-1]++
		}
	}
	return estimate.Share(num, den, level)
}

// said are the figures that people say.
var said = []time.Duration{
	10 * time.Second, 15 * time.Second, 20 * time.Second, 30 * time.Second, 45 * time.Second, time.Minute, 2 * time.Minute, 3 * time.Minute, 5 * time.Minute, 10 * time.Minute,
	15 * time.Minute, 20 * time.Minute, 30 * time.Minute, 45 * time.Minute, time.Hour, 90 * time.Minute, 2 * time.Hour, 3 * time.Hour, 4 * time.Hour, 5 * time.Hour, 6 * time.Hour, 8 * time.Hour,
	10 * time.Hour, 12 * time.Hour, 16 * time.Hour, 20 * time.Hour, 24 * time.Hour, 30 * time.Hour, 36 * time.Hour, 48 * time.Hour, 60 * time.Hour, 72 * time.Hour,
}

const day = 24 * time.Hour

// Above is the next figure that people say above a time: 15 min, 1 h, 4 h, whole days beyond three.
func Above(seconds float64) time.Duration {
	d := time.Duration(seconds * float64(time.Second))
	for _, s := range said {
		if s > d {
			return s
		}
	}
	return (d/day + 1) * day
}

// Below is a target that is tighter by 10 to 15 %, in the roundest figure that there is between.
func Below(target time.Duration) time.Duration {
	low := time.Duration(math.Ceil(float64(target) * (1 - TightenMost)))
	high := time.Duration(float64(target) * (1 - TightenLeast))
	for _, step := range []time.Duration{day, 12 * time.Hour, 6 * time.Hour, time.Hour, 30 * time.Minute, 15 * time.Minute, 10 * time.Minute, 5 * time.Minute, time.Minute, 30 * time.Second, 10 * time.Second, 5 * time.Second, time.Second} {
		if t := high / step * step; t >= low {
			return t
		}
	}
	return high
}
