package scalar

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// Clip shortens a text for a message.
func Clip(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

// ParseNumber reads a plain decimal number. ParseFloat alone would also take
// "inf", "nan", "0x1p-2" and "1_000".
func ParseNumber(text string) (float64, bool) {
	if strings.Trim(text, "0123456789.+-eE") != "" {
		return 0, false
	}
	x, err := strconv.ParseFloat(text, 64)
	return x, err == nil && !math.IsInf(x, 0)
}

// Number is a bare number between low and high.
func Number(v yamltree.Value, low, high float64) (float64, bool) {
	text, ok := v.Text("a number")
	if !ok {
		return 0, false
	}
	x, ok := ParseNumber(text)
	switch {
	case !ok:
		v.Failf("", "%q is not a number", Clip(text))
		return 0, false
	case x < low || x > high:
		v.Failf(fmt.Sprintf("want %s", Between(Plain(low), Plain(high))), "%s is out of range", Clip(text))
		return 0, false
	}
	return x, true
}

// Count is a whole number between low and high.
func Count(v yamltree.Value, low, high int) (int, bool) {
	x, ok := Number(v, float64(low), float64(high))
	if ok && x != math.Trunc(x) {
		v.Failf("", "%s is not a whole number", v.Node.Text)
		return 0, false
	}
	return int(x), ok
}

// Counts is a whole number, which is both, or a range such as 30..400.
func Counts(v yamltree.Value, want string, low, high int) (least, most int, ok bool) {
	text, ok := v.Text(want)
	if !ok {
		return 0, 0, false
	}
	first, second, ranged := strings.Cut(text, "..")
	least, ok1 := Count(v.Within(0, len(first)).WithText(first), low, high)
	if !ranged {
		return least, least, ok1
	}
	most, ok2 := Count(v.Within(len(first)+len(".."), len(second)).WithText(second), low, high)
	if ok1 && ok2 && most < least {
		v.Failf("write the smaller number first", "%q is an empty range", text)
		ok2 = false
	}
	return least, most, ok1 && ok2
}

// Plain writes a number without an exponent.
func Plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// Between says a range in words.
func Between(low, high string) string { return low + " to " + high }

// ParsePercent reads 28%, +10% or 2.5 % as a fraction.
func ParsePercent(text string) (float64, bool) {
	digits, ok := strings.CutSuffix(strings.TrimSpace(text), "%")
	if !ok {
		return 0, false
	}
	digits = strings.TrimSpace(digits)
	if _, ok := ParseNumber(digits); !ok || strings.ContainsAny(digits, "eE") {
		return 0, false
	}
	// Moving the point in the text keeps 99.99% the float64 nearest to 0.9999.
	return ParseNumber(digits + "e-2")
}

// Percent is a percentage between low and high, as a fraction.
func Percent(v yamltree.Value, low, high float64) (float64, bool) {
	text, ok := v.Text("a percentage, such as 25%")
	if !ok {
		return 0, false
	}
	x, ok := ParsePercent(text)
	if !ok {
		if _, bare := ParseNumber(text); bare {
			v.Failf(fmt.Sprintf("write %s%%", text), "%q has no percent sign", Clip(text))
		} else {
			v.Failf("want a percentage, such as 25%", "%q is not a percentage", Clip(text))
		}
		return 0, false
	}
	if x < low || x > high {
		v.Failf("want "+Between(Plain(low*100)+"%", Plain(high*100)+"%"), "%s is out of range", Clip(text))
		return 0, false
	}
	return x, true
}

// ExactShare is a percentage as contracts count it.
func ExactShare(v yamltree.Value, low, high contract.Share) (contract.Share, bool) {
	text, ok := v.Text("a percentage, such as 95%")
	if !ok {
		return 0, false
	}
	share, err := contract.ParseShare(text)
	switch {
	case err != nil:
		if _, ok := Percent(v, -1e9, 1e9); ok {
			v.Failf("", "%v", err)
		}
		return 0, false
	case share < low || share > high:
		v.Failf("want "+Between(low.String(), high.String()), "%s is out of range", Clip(text))
		return 0, false
	}
	return share, true
}

// PerYear is a relative change such as 20%/year.
func PerYear(v yamltree.Value) (float64, bool) {
	text, ok := v.Text("a change, such as 20%/year")
	if !ok {
		return 0, false
	}
	head, ok := CutWord(text, "/year")
	if !ok {
		example := "20%"
		if _, isPercent := ParsePercent(text); isPercent {
			example = strings.TrimSpace(text)
		}
		v.Failf("write "+example+"/year", "%q does not say per what", Clip(text))
		return 0, false
	}
	return Percent(v.Within(0, len(head)).WithText(head), -0.99, 100)
}

// CutWord cuts a unit such as "/year" off, with or without spaces around the stroke.
func CutWord(text, unit string) (string, bool) {
	head, tail, ok := strings.Cut(text, unit[:1])
	if !ok || strings.TrimSpace(tail) != unit[1:] {
		return "", false
	}
	return strings.TrimRight(head, " "), true
}

var periods = map[string]demand.Period{"day": demand.PerDay, "week": demand.PerWeek, "hour": demand.PerHour}

// Volume is a rate of tickets such as 900/day.
func Volume(v yamltree.Value) (demand.Volume, bool) {
	const want = "want a number per hour, day or week, such as 900/day"
	text, ok := v.Text("a volume, such as 900/day")
	if !ok {
		return demand.Volume{}, false
	}
	head, unit, stroke := strings.Cut(text, "/")
	n, isNumber := ParseNumber(strings.TrimSpace(head))
	per, known := periods[strings.TrimSpace(unit)]
	switch {
	case isNumber && !stroke:
		v.Failf(fmt.Sprintf("write %s/day, %s/week or %s/hour", head, head, head), "%q does not say per what", Clip(text))
	case !isNumber || !known:
		v.Failf(want, "%q is not a volume", Clip(text))
	case n < 0:
		v.Failf(want, "%q is negative", Clip(text))
	case n > 1e9:
		v.Failf("want at most 1000000000", "%q is out of range", Clip(text))
	default:
		return demand.Volume{Count: n, Per: per}, true
	}
	return demand.Volume{}, false
}
