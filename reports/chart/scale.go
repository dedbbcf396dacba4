package chart

import (
	"math"
	"strconv"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// scale maps values from 0 (or below) to top onto a stretch of the page.
type scale struct {
	low, high float64 // values at the ends
	from, to  vg.Length
}

func (s scale) at(x float64) vg.Length {
	return s.from + vg.Length((x-s.low)/(s.high-s.low))*(s.to-s.from)
}

// clamped is at, kept within the stretch.
func (s scale) clamped(x float64) vg.Length {
	return s.at(math.Min(math.Max(x, s.low), s.high))
}

// nice lists round values from low to at least high, about n of them.
// The last one is the top of the axis.
func nice(low, high float64, n int) []float64 {
	if !(high > low) {
		high = low + 1
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

// valueAxis is the axis of a unit: ticks in the unit that suits its size.
type valueAxis struct {
	ticks  []float64
	labels []string
}

func (a valueAxis) low() float64  { return a.ticks[0] }
func (a valueAxis) high() float64 { return a.ticks[len(a.ticks)-1] }

// newAxis makes an axis of about n ticks that holds low and high.
func newAxis(low, high float64, unit outcome.Unit, n int) valueAxis {
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
	var a valueAxis
	shown := nice(low*factor, high*factor, n)
	places := 0
	for _, v := range shown {
		for places < 6 && math.Abs(v-roundTo(v, places)) > 1e-9*math.Max(1, math.Abs(v)) {
			places++
		}
	}
	for _, v := range shown {
		label := format.Decimal(v, places)
		if shown[len(shown)-1] >= 1e12 || places == 6 {
			label = strconv.FormatFloat(v, 'g', 3, 64) // nobody counts that many digits
		}
		a.ticks = append(a.ticks, v/factor)
		a.labels = append(a.labels, label+suffix)
	}
	return a
}

func roundTo(x float64, places int) float64 {
	k := math.Pow10(places)
	return math.Round(x*k) / k
}

// extent finds the smallest and largest finite value of some lists. ok is false
// when there is none.
func extent(lists ...[]outcome.Float) (low, high float64, ok bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, list := range lists {
		for _, f := range list {
			if x := float64(f); !math.IsNaN(x) && !math.IsInf(x, 0) {
				low, high = math.Min(low, x), math.Max(high, x)
			}
		}
	}
	return low, high, low <= high
}
