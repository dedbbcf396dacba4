package contract

import (
	"fmt"
	"math/big"
	"strings"
)

// Credit is what the contract pays back for a whole period in which met of the
// judged clocks met their target. Below the target it is
//
//	min(Cap, steps × Credit) of the fee of the period,
//	steps = (Target − met/judged) / Step, rounded as the scheme says,
//
// in exact arithmetic; at or above the target, and when no clock was judged, it is
// nothing. The amount is rounded to the nearest minor unit, but is never above Cap
// times the fee.
//
// A published example: 20 independent tickets a month, each met with probability
// 97 %, target 95 %, 10 % for each point below, at most 25 %. Then 12.0 % of all
// months pay and the mean credit is 3.00 % of the fee; with 100 tickets a month it
// is 8.1 % and 1.17 %. These figures hold under each of the three roundings: with 20 or
// 100 tickets attainment moves in whole steps, so nothing is left to round.
//
// Counts below zero, or more met than judged, are a bug of the caller and panic, and
// so does a contract that Check refuses.
func (k *Contract) Credit(met, judged int64) Money {
	fee := k.PeriodFee()
	exact := new(big.Rat).SetInt64(fee.Minor)
	limit := new(big.Rat).Mul(exact, k.Scheme.Cap.Rat())
	exact.Mul(exact, k.Scheme.Of(k.Target, met, judged))
	minor := nearest(exact)
	if most := down(limit); minor.Cmp(most) > 0 {
		minor = most
	}
	if !minor.IsInt64() {
		panic(fmt.Sprintf("contract %s: the credit leaves 64 bits; Check was not asked", k.Name))
	}
	return Money{minor.Int64(), fee.Currency}
}

// Of is the credit as an exact share of the fee, for met of judged clocks against
// a target.
func (s Scheme) Of(target Share, met, judged int64) *big.Rat {
	if met < 0 || judged < 0 || met > judged {
		panic(fmt.Sprintf("contract: %d of %d clocks met", met, judged))
	}
	if judged == 0 || s.Step <= 0 {
		return new(big.Rat)
	}
	short := target.Rat()
	short.Sub(short, big.NewRat(met, judged))
	if short.Sign() <= 0 {
		return new(big.Rat)
	}
	share := s.Rounding.apply(short.Quo(short, s.Step.Rat()))
	share.Mul(share, s.Credit.Rat())
	if most := s.Cap.Rat(); share.Cmp(most) > 0 {
		return most
	}
	return share
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

// Check finds what makes a contract impossible to work out or to keep: it returns
// one error for each, or none. It does not look at Match, which only means something
// beside the rest of a scenario.
func (k *Contract) Check() []error {
	var found []error
	add := func(format string, args ...any) { found = append(found, fmt.Errorf(format, args...)) }
	s := &k.Scheme
	switch fee := new(big.Int).Mul(big.NewInt(k.Fee.Minor), big.NewInt(3)); {
	case k.Fee.Minor < 0:
		add("the fee is negative: %v", k.Fee)
	case !fee.IsInt64():
		add("the fee is too large: %v", k.Fee)
	}
	if k.Target <= 0 || k.Target > One {
		add("the target must be above 0%% and at most 100%%, it is %v", k.Target)
	}
	if s.Step <= 0 || s.Step > One {
		add("the step must be above 0%% and at most 100%%, it is %v", s.Step)
	}
	if s.Credit < 0 || s.Credit > One {
		add("the credit of a step must be between 0%% and 100%%, it is %v", s.Credit)
	}
	if s.Cap < 0 || s.Cap > One {
		add("the cap must be between 0%% and 100%%, it is %v", s.Cap)
	}
	if s.Rounding > Linear {
		add("unknown rounding %d", s.Rounding)
	}
	if k.Period > Quarterly {
		add("unknown period %d", k.Period)
	}
	return found
}

// String says the scheme in words: "10% of the fee for each started 1% below
// target, at most 25%".
func (s Scheme) String() string {
	if s.Credit == 0 || s.Cap == 0 {
		return "no credit"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%v of the fee for each ", s.Credit)
	if s.Rounding != Linear {
		fmt.Fprintf(&b, "%v ", s.Rounding)
	}
	fmt.Fprintf(&b, "%v below target", s.Step)
	if s.Rounding == Linear {
		b.WriteString(", parts in proportion")
	}
	if s.Cap == One {
		b.WriteString(", at most the whole fee")
	} else {
		fmt.Fprintf(&b, ", at most %v", s.Cap)
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
