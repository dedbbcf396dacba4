package format

import (
	"math"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
)

// Estimate writes an estimate of a unit with its interval. Money is written
// without its currency, hours and counts without a word: the head of the column
// says it.
func Estimate(e estimate.Estimate, unit outcome.Unit) string {
	switch unit {
	case outcome.UnitShare:
		return scaled(e, 100).interval("%", 2)
	case outcome.UnitSeconds:
		return duration(e)
	case outcome.UnitMoney:
		return scaled(e, 1).interval("", moneyPlaces(e.Value))
	case outcome.UnitTickets, outcome.UnitClocks, outcome.UnitHours, outcome.UnitHeads, outcome.UnitPerHour, outcome.UnitReminders:
		return scaled(e, 1).interval("", 1)
	default:
		return scaled(e, 1).interval("", 3)
	}
}

// Value writes a single value of a unit, without an interval.
func Value(x float64, unit outcome.Unit) string {
	switch unit {
	case outcome.UnitShare:
		return Percent(x)
	case outcome.UnitSeconds:
		return Seconds(x)
	case outcome.UnitMoney:
		return Money(x, "")
	case outcome.UnitTickets, outcome.UnitClocks, outcome.UnitReminders:
		return Decimal(x, min(plain(x, 1), fraction(x)))
	default:
		return Decimal(x, min(plain(x, 2), fraction(x)))
	}
}

// fraction is 0 for a whole number and large otherwise: the limit of decimals
// that are worth showing.
func fraction(x float64) int {
	if x == math.Trunc(x) {
		return 0
	}
	return 9
}

// Percent writes a share as a percentage of three significant digits at most.
func Percent(share float64) string {
	x := share * 100
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return Missing
	}
	places := min(plain(x, 2), fraction(math.Round(x*1e9)/1e9))
	if math.Abs(x) >= 99.5 && math.Abs(x) < 100 {
		places = 2 // 99.97 % is not 100 %
	}
	return Decimal(x, places) + Thin + "%"
}

// Money writes an amount with its currency, which may be empty. Amounts of a
// thousand and above have no decimals, and whole amounts neither.
func Money(x float64, currency string) string {
	s := Decimal(x, min(moneyPlaces(x), fraction(x)))
	if currency == "" || s == Missing {
		return s
	}
	return s + Thin + Clean(currency)
}

func moneyPlaces(x float64) int {
	if math.Abs(x) >= 1000 {
		return 0
	}
	return 2
}

// Difference writes a difference with its sign and interval, shares in
// percentage points (pp). It is Same when the interval holds zero.
func Difference(d estimate.Difference, unit outcome.Unit) string {
	e := d.Estimate
	if math.IsNaN(e.Value) {
		return Missing
	}
	if b := scaled(e, 1); !b.none() && b.low <= 0 && b.high >= 0 {
		return Same
	}
	var s string
	switch unit {
	case outcome.UnitShare:
		s = scaled(e, 100).interval("pp", 2)
	default:
		s = Estimate(e, unit)
	}
	if e.Value > 0 {
		s = "+" + s
	}
	return s
}

// Quotient writes a ratio of two estimates with its interval: 2.3x (2.2–2.4).
func Quotient(e estimate.Estimate) string {
	b := scaled(e, 1)
	if math.IsNaN(b.value) || math.IsInf(b.value, 0) {
		return Missing
	}
	limit := 2
	if math.Abs(b.value) < 0.1 {
		limit = 3
	}
	// Bounds that read alike tell little: one decimal more may part them.
	alike := func(places int) bool { return bound(b.low, places) == bound(b.high, places) }
	if alike(limit) && !alike(limit+1) {
		limit++
	}
	places, ok := Places(b.half(), limit)
	if b.none() || !ok {
		return Decimal(b.value, plain(b.value, 2)) + "x"
	}
	places = max(places, 0)
	return Decimal(b.value, places) + "x (" + bound(b.low, places) + "–" + bound(b.high, places) + ")"
}
