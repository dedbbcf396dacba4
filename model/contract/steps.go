package contract

import (
	"fmt"
	"math/big"
	"strings"
	"time"
)

// Steps pay Credit for each Step below target: of a level that is judged by a time, for each Stretch
// above its limit.
type Steps struct {
	Step     Share         // 10000: one percentage point
	Relative bool          // Step is a share of the target, not of all clocks
	Stretch  time.Duration // of a percentile or mean
	Credit   Share         // 100000: 10 % of the fee
	Rounding Rounding      // of the number of steps
}

// Rounding says how a part of a step counts.
type Rounding uint8

const (
	// Started: a started step counts in full. 93.5 % against 95 % is two steps.
	Started Rounding = iota
	// Full: only full steps count. 93.5 % against 95 % is one step.
	Full
	// Linear: a part of a step counts in proportion.
	Linear
)

func (s Steps) work(l *Level, t *Tally, w *Working) {
	switch {
	case l.Measure == Percentile:
		// The percentile is above the limit and n−1 further ones, so that n steps have started.
		n := int64(1)
		for _, d := range s.limits(l) {
			if below(t.within(d), t.Judged, l.Target) {
				n++
			}
		}
		w.Steps = new(big.Rat).SetInt64(n)
	case l.Measure == Mean:
		w.Steps = new(big.Rat).Quo(w.Shortfall, seconds(s.Stretch))
	case s.Relative:
		w.Steps = new(big.Rat).Quo(w.Shortfall, new(big.Rat).Mul(s.Step.Rat(), l.Target.Rat()))
	default:
		w.Steps = new(big.Rat).Quo(w.Shortfall, s.Step.Rat())
	}
	w.Counted = s.Rounding.apply(new(big.Rat).Set(w.Steps))
	w.Share = new(big.Rat).Mul(w.Counted, s.Credit.Rat())
}

// limits are the ends of the steps of a percentile, until they have eaten the whole fee.
func (s Steps) limits(l *Level) []time.Duration {
	if s.Credit <= 0 {
		return nil
	}
	out := make([]time.Duration, min((One+s.Credit-1)/s.Credit, mostSteps)-1)
	for i := range out {
		out[i] = l.Within + time.Duration(i+1)*s.Stretch
	}
	return out
}

// mostSteps bounds the steps of a percentile: each is a count of its own.
const mostSteps = 1000

func (s Steps) check(l *Level, add func(string, ...any)) {
	checkCredit(s.Credit, add)
	if s.Rounding > Linear {
		add("unknown rounding %d", s.Rounding)
	}
	if l.Measure == Attained {
		if s.Step <= 0 || s.Step > One {
			add("the step must be above 0%% and at most 100%%, it is %v", s.Step)
		}
		return
	}
	switch {
	case s.Stretch <= 0:
		add("the step of a time must be above 0s, it is %v", s.Stretch)
	case s.Relative:
		add("only steps of attainment can be relative to the target")
	case l.Measure == Percentile && s.Rounding != Started:
		add("the steps of a percentile are started ones")
	case l.Measure == Percentile && s.Credit > 0 && s.Credit < One/mostSteps:
		add("the credit of a percentile's step must be at least %v, it is %v", One/mostSteps, s.Credit)
	}
}

// apply rounds a positive number of steps.
func (r Rounding) apply(steps *big.Rat) *big.Rat {
	switch r {
	case Full:
		return steps.SetInt(down(steps))
	case Started:
		whole := down(steps)
		if !steps.IsInt() {
			whole.Add(whole, big.NewInt(1))
		}
		return steps.SetInt(whole)
	default:
		return steps
	}
}

// String implements Scheme.
func (s Steps) String() string {
	if s.Credit == 0 {
		return noCredit
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%v for each ", ofFee(s.Credit))
	if s.Rounding != Linear {
		fmt.Fprintf(&b, "%v ", s.Rounding)
	}
	switch {
	case s.Stretch > 0:
		fmt.Fprintf(&b, "%s above", lasting(s.Stretch))
	case s.Relative:
		fmt.Fprintf(&b, "%v of the target below it", s.Step)
	default:
		fmt.Fprintf(&b, "%v below target", s.Step)
	}
	if s.Rounding == Linear {
		b.WriteString(", parts in proportion")
	}
	return b.String()
}

var roundingNames = [...]string{"started", "full", "linear"}

// String is the word of the scenario language: started, full, linear.
func (r Rounding) String() string { return word(roundingNames[:], int(r)) }

// ParseRounding is the inverse of String.
func ParseRounding(name string) (Rounding, bool) {
	i, ok := index(roundingNames[:], name)
	return Rounding(i), ok
}

// RoundingNames lists the words of all roundings, by Rounding.
func RoundingNames() []string { return append([]string(nil), roundingNames[:]...) }

var severalNames = [...]string{"all", "dearest", "once"}

// String is the word of the scenario language: all, dearest, once.
func (s Several) String() string { return word(severalNames[:], int(s)) }

// SeveralNames lists the words of all values, by Several.
func SeveralNames() []string { return append([]string(nil), severalNames[:]...) }

func word(names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return fmt.Sprintf("unknown(%d)", i)
}

func index(names []string, name string) (int, bool) {
	for i, n := range names {
		if n == name {
			return i, true
		}
	}
	return 0, false
}
