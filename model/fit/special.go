package fit

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/counts"
	"github.com/headroom-sim/headroom/model/estimate"
)

// special lists the special days with what they had, and what public holidays bring of their
// weekday, special or not: the ratio of totals.
func (h *history) special(st *Stream, d *counts.Daily, holidays map[calendar.Date]bool) {
	st.Holiday = h.bring(d, "public holiday", func(date calendar.Date) bool { return holidays[date] })
	st.Bridge = h.bring(d, "bridge day", func(date calendar.Date) bool { return Bridges(date, holidays) })
	for i, day := range d.Days {
		if !d.Special[i] || d.Mean[i] == 0 {
			continue
		}
		factor := h.poisson(d.Counts[i], d.Mean[i])
		st.Special = append(st.Special, SpecialDay{Date: day.Date, Holiday: holidays[day.Date], Tickets: int(d.Counts[i]), Expected: d.Mean[i], Factor: factor})
	}
}

// bridges are days between a public holiday and a weekend, on which many stay away.
const bridges = "bridge days"

// Bridges reports whether a day is one: a Friday after a public holiday, or a Monday before one.
func Bridges(date calendar.Date, holidays map[calendar.Date]bool) bool {
	if holidays[date] {
		return false
	}
	switch date.Weekday() {
	case time.Friday:
		return holidays[date.AddDays(-1)]
	case time.Monday:
		return holidays[date.AddDays(1)]
	}
	return false
}

// bring is what some days bring of their weekday, special or not: the ratio of totals.
func (h *history) bring(d *counts.Daily, what string, is func(calendar.Date) bool) Parameter {
	var came, expected []float64
	for i, day := range d.Days {
		if is(day.Date) && d.Mean[i] > 0 {
			came, expected = append(came, d.Counts[i]), append(expected, d.Mean[i])
		}
	}
	if len(came) == 0 {
		return h.unknown(1, what+"s")
	}
	p := Parameter{estimate.Ratio(came, expected, h.o.Level), Jackknife, what + "s"}
	if len(came) == 1 { // of one day there is its own count
		p = h.poisson(came[0], expected[0])
		p.N, p.Of = 1, what
	}
	p.Low = max(0, p.Low)
	return p
}

// together is how the busyness of each pair of streams goes together, over the days that
// are ordinary for both.
func (h *history) together(all []*counts.Daily) []Together {
	var list []Together
	for a := range all {
		for b := range a {
			if p, ok := h.pair(all[b], all[a]); ok {
				list = append(list, Together{A: b, B: a, Parameter: p})
			}
		}
	}
	return list
}

// fewestForPairs is how many days it takes to say anything about two streams.
const fewestForPairs = 20

// pair is the correlation of the day factors of two streams: that of their days, over what of
// it pure chance takes away. Its interval is Fisher's for the days, widened in the same way.
func (h *history) pair(a, b *counts.Daily) (Parameter, bool) {
	if a.Phi == 0 || b.Phi == 0 {
		return Parameter{}, false
	}
	n, ab, aa, bb := 0., 0., 0., 0.
	for i := range a.Days {
		if a.Special[i] || b.Special[i] || a.Mean[i] == 0 || b.Mean[i] == 0 {
			continue
		}
		x, y := a.Counts[i]/a.Mean[i]-1, b.Counts[i]/b.Mean[i]-1
		n++
		ab += x * y
		aa += x * x
		bb += y * y
	}
	if n < fewestForPairs {
		return Parameter{}, false
	}
	seen := ab / math.Sqrt(aa*bb)
	chance := seen / (ab / n / math.Sqrt(a.Phi*b.Phi)) // below 1: days vary by more than their factors
	half := normal(h.o.Level) / math.Sqrt(n-3)
	whole := func(r float64) float64 { return min(1, max(-1, r/chance)) }
	z := math.Atanh(min(max(seen, -0.999999), 0.999999))
	return Parameter{estimate.Estimate{Value: whole(seen), Low: whole(math.Tanh(z - half)), High: whole(math.Tanh(z + half)), Level: h.o.Level, N: int(n)}, Fisher, "days"}, true
}
