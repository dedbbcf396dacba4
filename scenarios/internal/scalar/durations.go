package scalar

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// Length is a duration as it was written: clock time, or business time of a
// calendar that is not known yet.
type Length struct {
	Clock    time.Duration // in s, m, h, d, w
	Business time.Duration // in bm and bh
	Workdays float64       // in bd
	Days     time.Duration // the part of clock in d and w
}

// IsBusiness reports whether any of it is in business time.
func (l Length) IsBusiness() bool { return l.Business > 0 || l.Workdays > 0 }

const (
	Day         = 24 * time.Hour
	longestTime = 100 * 365 * Day // of any duration; far from the end of int64
)

// units in the order in which they may follow each other.
var units = []struct {
	word     string
	each     time.Duration
	business bool
}{
	{"w", 7 * Day, false}, {"d", Day, false}, {"h", time.Hour, false},
	{"m", time.Minute, false}, {"s", time.Second, false}, {"ms", time.Millisecond, false},
	{"bd", 0, true}, {"bh", time.Hour, true}, {"bm", time.Minute, true},
}

const durationHint = "want a number and a unit, such as 90s, 15m, 4h, 1h30m, 3d or PT4H"

// ParseLength reads 15m, 1h30m, 2w, PT4H, 4bh, 2bd. The message of its error
// is followed by its hint.
func ParseLength(text string) (l Length, hint string, err error) {
	rest := strings.TrimSpace(text)
	if strings.HasPrefix(rest, "-") {
		return l, "", fmt.Errorf("%q is negative; a duration cannot be", Clip(text))
	}
	if strings.HasPrefix(rest, "P") {
		if rest, err = fromISO(rest); err != nil {
			return l, durationHint, fmt.Errorf("%q is not a duration", Clip(text))
		}
	}
	last := -1
	for first := true; first || rest != ""; first = false {
		number, word, tail := cutUnit(rest)
		at := unitIndex(word)
		switch {
		case number == "" || word != "" && at < 0:
			return l, durationHint, fmt.Errorf("%q is not a duration", Clip(text))
		case word == "":
			return l, fmt.Sprintf("write %ss, %sm, %sh or %sd", number, number, number, number), fmt.Errorf("%q has no unit", Clip(text))
		case at <= last || last >= 0 && units[at].business != units[last].business:
			return l, durationHint, fmt.Errorf("%q is not a duration: its units are out of order", Clip(text))
		}
		if !l.add(number, at) {
			return l, "want at most a hundred years, and no more decimals than a nanosecond has", fmt.Errorf("%q is out of range", Clip(text))
		}
		last, rest = at, tail
	}
	return l, "", nil
}

// cutUnit cuts "1h30m" into "1", "h" and "30m".
func cutUnit(s string) (number, word, rest string) {
	i := 0
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == '.') {
		i++
	}
	number, s = s[:i], strings.TrimLeft(s[i:], " ")
	i = 0
	for i < len(s) && (s[i] >= 'a' && s[i] <= 'z') {
		i++
	}
	return number, s[:i], strings.TrimLeft(s[i:], " ")
}

func unitIndex(word string) int {
	for i := range units {
		if units[i].word == word {
			return i
		}
	}
	return -1
}

// fromISO turns P1DT2H into 1d2h. Months and years have no fixed Length and are
// not read.
func fromISO(s string) (string, error) {
	days, clock, hasClock := strings.Cut(s[1:], "T")
	bad := fmt.Errorf("not an ISO 8601 duration")
	if strings.Trim(days, "0123456789.WD") != "" || strings.Trim(clock, "0123456789.HMS") != "" || hasClock && clock == "" || days+clock == "" {
		return "", bad
	}
	return strings.ToLower(days + clock), nil
}

// add counts number of unit at in. It is false beyond the range.
func (l *Length) add(number string, at int) bool {
	unit := units[at]
	if unit.word == "bd" {
		days, err := strconv.ParseFloat(number, 64)
		l.Workdays += days
		return err == nil && l.Workdays < 36500
	}
	d, ok := multiple(number, unit.each)
	if !ok {
		return false
	}
	if unit.business {
		l.Business += d
	} else {
		l.Clock += d
	}
	if unit.each >= Day {
		l.Days += d
	}
	return l.Clock <= longestTime && l.Business <= longestTime
}

// multiple is number times unit, exactly, or false if it is no whole number of
// nanoseconds or too long.
func multiple(number string, unit time.Duration) (time.Duration, bool) {
	whole, fraction, point := strings.Cut(number, ".")
	if whole == "" || point && fraction == "" || strings.Contains(fraction, ".") || len(fraction) > 9 {
		return 0, false
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n > int64(longestTime/unit) {
		return 0, false
	}
	d := time.Duration(n) * unit
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		digits, _ := strconv.ParseInt(fraction, 10, 64)
		scale := int64(math.Pow10(len(fraction)))
		// At most 10^9 parts of a unit of at most a week in two steps, so that
		// nothing overflows: unit/scale first where it divides.
		high, low := int64(unit)/scale, int64(unit)%scale
		if digits*low%scale != 0 {
			return 0, false
		}
		d += time.Duration(digits*high + digits*low/scale)
	}
	return d, d <= longestTime
}

// WriteDuration writes d as parseLength reads it, in the largest units that fit.
func WriteDuration(d time.Duration) string {
	if d == 0 {
		return "0s"
	}
	var b strings.Builder
	for _, unit := range units[1:4] {
		if n := d / unit.each; n > 0 {
			fmt.Fprintf(&b, "%d%s", n, unit.word)
			d -= n * unit.each
		}
	}
	if d > 0 {
		seconds := fmt.Sprintf("%d.%09d", d/time.Second, d%time.Second)
		b.WriteString(strings.TrimRight(strings.TrimRight(seconds, "0"), "."))
		b.WriteByte('s')
	}
	return b.String()
}

// Duration is a duration of clock time.
func Duration(v yamltree.Value) (time.Duration, bool) {
	l, ok := AnyDuration(v)
	if ok && l.IsBusiness() {
		v.Failf("business time is for the targets of policies with a calendar; want clock time, such as 4h", "%q is business time", v.Node.Text)
		return 0, false
	}
	return l.Clock, ok
}

// PositiveDuration is a duration above 0.
func PositiveDuration(v yamltree.Value) (time.Duration, bool) {
	d, ok := Duration(v)
	if ok && d == 0 {
		v.Failf("", "%q must be longer than nothing", v.Node.Text)
		return 0, false
	}
	return d, ok
}

// AnyDuration is a duration in clock time or in business time.
func AnyDuration(v yamltree.Value) (Length, bool) {
	text, ok := v.Text("a duration, such as 15m")
	if !ok {
		return Length{}, false
	}
	l, hint, err := ParseLength(text)
	if err != nil {
		v.Failf(hint, "%v", err)
		return Length{}, false
	}
	return l, true
}
