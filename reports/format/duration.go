package format

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
)

// step is a unit of time: used for durations of at least from seconds.
type step struct {
	from, seconds float64
	name          string
	limit         int // decimals
}

// A duration keeps the smaller unit up to 100 of it: 90 min says more than
// 1.5 h. Rounding must not reach past the bound, hence 99.5.
var (
	wallSteps = []step{
		{48 * 3600, 86400, "d", 1},
		{99.5 * 60, 3600, "h", 1},
		{99.5, 60, "min", 1},
		{0, 1, "s", 1},
	}
	workSteps = wallSteps[1:]
)

func stepOf(seconds float64, steps []step) step {
	for _, s := range steps {
		if math.Abs(seconds) >= s.from {
			return s
		}
	}
	return steps[len(steps)-1]
}

// Seconds writes a measured duration: 45 s, 11 min, 3.2 h, 2.1 d. A day is 24
// hours.
func Seconds(x float64) string { return measured(x, wallSteps) }

// WorkingSeconds is Seconds for time on a calendar with closing hours. It
// never writes days, because a working day is not 24 hours long.
func WorkingSeconds(x float64) string { return measured(x, workSteps) }

func measured(x float64, steps []step) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return Missing
	}
	s := stepOf(x, steps)
	shown := x / s.seconds
	places := 0
	if a := math.Abs(shown); a != 0 && (a < 9.95 || s.seconds >= 3600 && a < 100) {
		places = s.limit
	}
	return Decimal(shown, places) + Thin + s.name
}

// Stated writes a duration that somebody has chosen, exactly and in its own
// units: 1 h 30 min, 40 s, 21 days, 0.0015 s. Of a second or more, parts below it are dropped.
func Stated(d time.Duration) string {
	if d < 0 {
		return "-" + Stated(-d)
	}
	const day = 24 * time.Hour
	switch {
	case d < time.Second && d > 0:
		return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) + Thin + "s"
	case d == day:
		return "1" + Thin + "day"
	case d >= 2*day && d%day == 0:
		return Count(float64(d/day)) + Thin + "days"
	}
	parts := hoursOn(d, func(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) })
	if len(parts) == 0 {
		return "0" + Thin + "s"
	}
	return strings.Join(parts, " ")
}

// Proposed writes a duration that nobody has stated yet exactly, with the units that Seconds has for one so long, so that both may stand in a
// table: 42 h, 2 d, 9 d 12 h. A day is 24 hours.
func Proposed(d time.Duration) string {
	const day = 24 * time.Hour
	if d < 2*day {
		return Exact(d)
	}
	text := Count(float64(d/day)) + Thin + "d"
	if rest := d % day; rest > 0 {
		text += " " + Exact(rest)
	}
	return text
}

// Between writes the time from one local moment to another: in days when the clock
// on the wall shows the same at both, so that five weeks are 35 days even if the
// clocks change within them, else as Stated does.
func Between(from, to time.Time) string {
	days := int(math.Round(to.Sub(from).Hours() / 24))
	if days > 0 && from.AddDate(0, 0, days).Equal(to) {
		return Stated(time.Duration(days) * 24 * time.Hour)
	}
	return Stated(to.Sub(from))
}

// WorkingEstimate writes an estimate in seconds of time on a calendar with closing hours, which has no days.
func WorkingEstimate(e estimate.Estimate) string { return inSteps(e, workSteps) }

// duration writes an estimate in seconds, in the unit that suits its value.
func duration(e estimate.Estimate) string { return inSteps(e, wallSteps) }

func inSteps(e estimate.Estimate, steps []step) string {
	s := stepOf(e.Value, steps)
	b := scaled(e, 1/s.seconds)
	return b.interval(s.name, 2)
}

// hoursOn are the whole hours, minutes and seconds of a time, those that are not 0.
func hoursOn(d time.Duration, number func(n float64) string) (parts []string) {
	for _, p := range []struct {
		size time.Duration
		name string
	}{{time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}} {
		if n := d / p.size; n > 0 {
			parts = append(parts, number(float64(n))+Thin+p.name)
			d -= n * p.size
		}
	}
	return parts
}
