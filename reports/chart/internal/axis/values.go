// Package axis says where the ticks of an axis stand and what they say: round values
// in the unit that suits them, round times, and local midnights and hours, also over
// changes of the clock.
package axis

import (
	"math"
	"strconv"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// Nice lists round values from low to at least high, about n of them.
// The last one is the top of the axis.
func Nice(low, high float64, n int) []float64 {
	const most = 1e300 // beyond which sums are infinite
	if math.IsNaN(low) {
		low = 0
	}
	if math.IsNaN(high) {
		high = low
	}
	low, high = min(max(low, -most), most), min(max(high, -most), most)
	if !(high-low > 1e-200) { // or steps between them would vanish
		high = low + 1
	}
	// Steps that vanish beside the values would never reach the end.
	if least := 1e-9 * math.Max(math.Abs(low), math.Abs(high)); high-low < least {
		high = low + least
	}
	n = max(n, 1)
	raw := (high - low) / float64(n)
	unit := math.Pow(10, math.Floor(math.Log10(raw)))
	step := 10 * unit
	for _, k := range []float64{1, 2, 2.5, 5} {
		if k*unit >= raw*(1-1e-9) {
			step = k * unit
			break
		}
	}
	first := math.Floor(low/step + 1e-9)
	last := math.Ceil(high/step - 1e-9)
	var values []float64
	for i := first; i <= last; i++ {
		values = append(values, i*step)
	}
	return values
}

// Values is the axis of a unit: ticks in the unit that suits its size.
type Values struct {
	Ticks  []float64
	Labels []string
}

// Low is where the axis begins.
func (a Values) Low() float64 { return a.Ticks[0] }

// High is where it ends.
func (a Values) High() float64 { return a.Ticks[len(a.Ticks)-1] }

// New makes an axis of about n ticks that holds low and high.
func New(low, high float64, unit outcome.Unit, n int) Values {
	factor, suffix := 1.0, ""
	switch unit {
	case outcome.UnitShare:
		factor, suffix = 100, format.Thin+"%"
		if high <= 1 {
			high = math.Min(high, 1)
		}
	case outcome.UnitSeconds:
		switch {
		case high >= 48*3600:
			factor, suffix = 1.0/86400, format.Thin+"d"
		case high >= 2*3600:
			factor, suffix = 1.0/3600, format.Thin+"h"
		case high >= 120:
			factor, suffix = 1.0/60, format.Thin+"min"
		default:
			suffix = format.Thin + "s"
		}
	}
	var a Values
	shown := Nice(low*factor, high*factor, n)
	places := 0
	for _, v := range shown {
		for places < 6 && math.Abs(v-Rounded(v, places)) > 1e-9*math.Max(1, math.Abs(v)) {
			places++
		}
	}
	for _, v := range shown {
		label := format.Decimal(v, places)
		if shown[len(shown)-1] >= 1e12 || places == 6 {
			label = strconv.FormatFloat(v, 'g', 3, 64) // nobody counts that many digits
		}
		a.Ticks = append(a.Ticks, v/factor)
		a.Labels = append(a.Labels, label+suffix)
	}
	return a
}

// Rounded is x to so many decimals.
func Rounded(x float64, places int) float64 {
	k := math.Pow10(places)
	return math.Round(x*k) / k
}

// roundTimes are the times that stand on a logarithmic axis, by how much they matter.
var roundTimes = [][]float64{
	{1, 60, 3600, 86400, 7 * 86400, 28 * 86400, 365 * 86400},
	{10, 600, 4 * 3600, 12 * 3600, 3 * 86400, 100 * 86400},
	{5, 20, 30, 120, 300, 1200, 1800, 2 * 3600, 8 * 3600, 2 * 86400, 14 * 86400, 56 * 86400},
}

// Durations are the round times from one below low, and at least a second, to one
// above high, for a logarithmic axis. They are not in order: the first matter most,
// for where there is no room for all. from and to are the ends of the axis.
func Durations(low, high float64) (x Values, from, to float64) {
	from = 1
	for _, level := range roundTimes {
		for _, t := range level {
			if t <= low {
				from = math.Max(from, t)
			}
		}
	}
	to = math.Inf(1)
	for _, level := range roundTimes {
		for _, t := range level {
			if t >= high && t > from {
				to = math.Min(to, t)
			}
		}
	}
	if math.IsInf(to, 1) {
		to = math.Max(high, 2*from)
	}
	for _, level := range roundTimes {
		for _, t := range level {
			if t >= from && t <= to {
				x.Ticks, x.Labels = append(x.Ticks, t), append(x.Labels, timeLabel(t))
			}
		}
	}
	return x, from, to
}

// timeLabel is a round time in its largest whole unit.
func timeLabel(seconds float64) string {
	for _, u := range []struct {
		size float64
		name string
	}{{86400, "d"}, {3600, "h"}, {60, "min"}} {
		if seconds >= u.size {
			return format.Decimal(seconds/u.size, 0) + format.Thin + u.name
		}
	}
	return format.Decimal(seconds, 0) + format.Thin + "s"
}
