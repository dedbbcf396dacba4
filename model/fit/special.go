package fit

import (
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
			value, low, high, days, ok := counts.Together(all[b], all[a], func(freedom int) float64 { return student(freedom, h.o.Level) })
			if ok {
				e := estimate.Estimate{Value: value, Low: low, High: high, Level: h.o.Level, N: days}
				list = append(list, Together{A: b, B: a, Parameter: Parameter{e, ProfiledTogether, "days"}})
			}
		}
	}
	return list
}
