package fit

import (
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/estimate"
)

// How far from its weekday a day is special, in standard errors of its logarithm: any day, and one
// that is a public holiday.
const (
	farOff        = 4.5
	farForHoliday = 2
	mostSpecial   = 0.1 // of all days; more are no exception
)

// findSpecial marks days that do not belong to the rest. It compares with the median of
// the weekday, which a few such days cannot move, and looks twice, since they widen the spread by which
// they are judged.
func (d *daily) findSpecial(holidays map[calendar.Date]bool) {
	for range 3 {
		medians := d.medians()
		var offs []float64
		for i := range d.days {
			if !d.special[i] {
				offs = append(offs, math.Abs(d.off(i, medians)))
			}
		}
		spread := 1.0
		if len(offs) > 0 {
			// 0.6745 is the median of |z| of a normal z.
			spread = max(1, median(offs)/0.6745)
		}
		found := 0
		for i, day := range d.days {
			z := math.Abs(d.off(i, medians)) / spread
			d.special[i] = z > farOff || holidays[day.Date] && z > farForHoliday
			if d.special[i] {
				found++
			}
		}
		if float64(found) > mostSpecial*float64(len(d.days)) && found > 2 {
			clear(d.special) // these are not exceptions but the rule
			return
		}
	}
}

// off is how far a day lies from the median of its weekday, in standard errors of pure chance.
func (d *daily) off(i int, medians *[7]float64) float64 {
	m := medians[d.days[i].Date.Weekday()]
	if m < 1 {
		return 0
	}
	return (math.Log(d.counts[i]+0.5) - math.Log(m+0.5)) * math.Sqrt(m)
}

// medians are those of the weekdays.
func (d *daily) medians() *[7]float64 {
	var lists [7][]float64
	for i, day := range d.days {
		w := day.Date.Weekday()
		lists[w] = append(lists[w], d.counts[i])
	}
	var out [7]float64
	for w, list := range lists {
		if len(list) >= 3 {
			out[w] = median(list)
		}
	}
	return &out
}

func median(xs []float64) float64 {
	sorted := slices.Clone(xs)
	slices.Sort(sorted)
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// special lists the special days with what they had, and what public holidays bring of their
// weekday, special or not: the ratio of totals.
func (h *history) special(st *Stream, d *daily, holidays map[calendar.Date]bool) {
	var came, expected []float64
	for i, day := range d.days {
		if holidays[day.Date] && d.mean[i] > 0 {
			came, expected = append(came, d.counts[i]), append(expected, d.mean[i])
		}
	}
	st.Holiday = h.unknown(1, "public holidays")
	if len(came) > 0 {
		st.Holiday = Parameter{estimate.Ratio(came, expected, h.o.Level), Jackknife, "public holidays"}
		if len(came) == 1 { // of one day there is its own count
			st.Holiday = h.poisson(came[0], expected[0])
			st.Holiday.N, st.Holiday.Of = 1, "public holiday"
		}
		st.Holiday.Low = max(0, st.Holiday.Low)
	}
	for i, day := range d.days {
		if !d.special[i] || d.mean[i] == 0 {
			continue
		}
		factor := h.poisson(d.counts[i], d.mean[i])
		st.Special = append(st.Special, SpecialDay{Date: day.Date, Holiday: holidays[day.Date], Tickets: int(d.counts[i]), Expected: d.mean[i], Factor: factor})
	}
}

// together is how the busyness of each pair of streams goes together, over the days that
// are ordinary for both.
func (h *history) together(all []*daily) []Together {
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
func (h *history) pair(a, b *daily) (Parameter, bool) {
	if a.phi == 0 || b.phi == 0 {
		return Parameter{}, false
	}
	n, ab, aa, bb := 0., 0., 0., 0.
	for i := range a.days {
		if a.special[i] || b.special[i] || a.mean[i] == 0 || b.mean[i] == 0 {
			continue
		}
		x, y := a.counts[i]/a.mean[i]-1, b.counts[i]/b.mean[i]-1
		n++
		ab += x * y
		aa += x * x
		bb += y * y
	}
	if n < fewestForPairs {
		return Parameter{}, false
	}
	seen := ab / math.Sqrt(aa*bb)
	chance := seen / (ab / n / math.Sqrt(a.phi*b.phi)) // below 1: days vary by more than their factors
	half := normal(h.o.Level) / math.Sqrt(n-3)
	whole := func(r float64) float64 { return min(1, max(-1, r/chance)) }
	z := math.Atanh(min(max(seen, -0.999999), 0.999999))
	return Parameter{estimate.Estimate{Value: whole(seen), Low: whole(math.Tanh(z - half)), High: whole(math.Tanh(z + half)), Level: h.o.Level, N: int(n)}, Fisher, "days"}, true
}
