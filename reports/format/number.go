package format

import (
	"math"
	"strconv"
	"strings"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Count writes x rounded to an integer, in groups of three: 21 880.
// A value that is not finite is Missing.
func Count(x float64) string { return Decimal(x, 0) }

// Decimal writes x with a fixed number of decimals, in groups of three. Places
// below zero round to tens, hundreds and so on.
func Decimal(x float64, places int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return Missing
	}
	if places < 0 {
		unit := math.Pow10(-places)
		x, places = math.Round(x/unit)*unit, 0
	}
	s := strconv.FormatFloat(x, 'f', places, 64)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
		if strings.Trim(s, "0.") == "" {
			sign = "" // no negative zero
		}
	}
	whole, part, dot := strings.Cut(s, ".")
	var b strings.Builder
	b.WriteString(sign)
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(Thin)
		}
		b.WriteRune(digit)
	}
	if dot {
		b.WriteString("." + part)
	}
	return b.String()
}

// Places is the number of decimals that a half-width deserves: one significant
// digit of it, two when the first is a 1 or the half-width is 10 or more. It is
// negative when the half-width is 100 or more, and at most limit. A half-width
// that is zero, infinite or missing tells nothing; ok is then false.
func Places(half float64, limit int) (places int, ok bool) {
	if !(half > 0) || math.IsInf(half, 0) {
		return 0, false
	}
	// Nine digits are enough to look at the first one, and rounding to them
	// keeps 0.1 from being seen as 0.0999….
	s := strconv.FormatFloat(half, 'e', 8, 64)
	exponent, _ := strconv.Atoi(s[strings.IndexByte(s, 'e')+1:])
	places = -exponent
	if s[0] == '1' || exponent > 0 {
		places++
	}
	return min(places, limit), true
}

// plain is the number of decimals for three significant digits of x, for a
// value of which nobody knows how precise it is.
func plain(x float64, limit int) int {
	x = math.Abs(x)
	switch {
	case x == 0 || x >= 100:
		return 0
	case x >= 10:
		return min(1, limit)
	default:
		return min(2, limit)
	}
}

// bounds is an estimate in units of display.
type bounds struct {
	value, low, high float64
}

func scaled(e estimate.Estimate, factor float64) bounds {
	return bounds{e.Value * factor, e.Low * factor, e.High * factor}
}

// none reports whether there is no interval at all.
func (b bounds) none() bool {
	unknown := func(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) }
	return math.IsNaN(b.low) || math.IsNaN(b.high) || unknown(b.low) && unknown(b.high)
}

// lopsided reports whether one side of the interval is longer than the other
// by more than a quarter, or so that ± would reach below nothing where the interval does not: ± would mislead.
func (b bounds) lopsided() bool {
	up, down := b.high-b.value, b.value-b.low
	if math.IsInf(up, 0) || math.IsInf(down, 0) {
		return true
	}
	return math.Abs(up-down) > 0.25*max(up, down) || b.low >= 0 && b.half() > b.value
}

// half is half the length of the interval; of one that has no end on one side,
// the length of the other.
func (b bounds) half() float64 {
	switch {
	case math.IsInf(b.high, 1):
		return b.value - b.low
	case math.IsInf(b.low, -1):
		return b.high - b.value
	}
	return (b.high - b.low) / 2
}

// bound writes one end of an interval.
func bound(x float64, places int) string {
	switch {
	case math.IsInf(x, 1):
		return Infinite
	case math.IsInf(x, -1):
		return "-" + Infinite
	}
	return Decimal(x, places)
}

// edge is bound, without decimals where x is nothing, or all of it.
func edge(x float64, places int, whole float64) string {
	if x == 0 || x == whole {
		return Decimal(x, 0)
	}
	return bound(x, places)
}

// span is what stands between the ends of an interval: a dash, which would be one too many where the first end has its own.
func span(low float64) string {
	if low < 0 && !math.IsInf(low, -1) {
		return Thin + "to" + Thin
	}
	return "–"
}

// interval writes "value unit ± half" or "value unit (low–high)". The unit may
// be empty. Limit is the largest number of decimals.
func (b bounds) interval(unit string, limit int) string {
	if math.IsNaN(b.value) || math.IsInf(b.value, 0) {
		return Missing
	}
	if unit != "" {
		unit = Thin + unit
	}
	if b.none() {
		return Decimal(b.value, plain(b.value, limit)) + unit + " ± " + Infinite
	}
	places, ok := Places(b.half(), limit)
	if !ok && (math.IsInf(b.high, 0) || math.IsInf(b.low, 0)) { // known on the one side, open on the other
		places = min(plain(b.value, limit), fraction(b.value))
		return Decimal(b.value, places) + unit + " (" + bound(b.low, places) + "–" + bound(b.high, places) + ")"
	}
	if !ok { // every replication has the same value
		return Decimal(b.value, min(plain(b.value, limit), fraction(b.value))) + unit + " ± 0"
	}
	whole := 0.0 // the other end of what there is, beside nothing
	if unit == Thin+"%" {
		whole = 100
	}
	if b.lopsided() {
		value, low, high := edge(b.value, places, whole), edge(b.low, places, whole), edge(b.high, places, whole)
		if low == value && high == value { // nearer than digits show
			return value + unit + " ± " + Decimal(math.Pow10(-max(places, 0)), places)
		}
		return value + unit + " (" + low + span(b.low) + high + ")"
	}
	shown := Decimal(b.half(), places)
	if strings.Trim(shown, "0.") == "" {
		// Below the last decimal that is shown: known at least this well.
		shown = Decimal(math.Pow10(-places), places)
	}
	return Decimal(b.value, places) + unit + " ± " + shown
}
