package counts

import (
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/calendar"
)

// How far from its weekday a day is special, in standard errors of its logarithm: any day, and one
// that is a public holiday.
const (
	farOff        = 4.5
	farForHoliday = 2
	mostSpecial   = 0.1 // of all days; more are no exception
)

// FindSpecial marks days that do not belong to the rest. It compares with the median of
// the weekday, which a few such days cannot move, and looks twice, since they widen the spread by which
// they are judged.
func (d *Daily) FindSpecial(holidays map[calendar.Date]bool) {
	for range 3 {
		medians := d.medians()
		var offs []float64
		for i := range d.Days {
			if !d.Special[i] {
				offs = append(offs, math.Abs(d.off(i, medians)))
			}
		}
		spread := 1.0
		if len(offs) > 0 {
			// 0.6745 is the median of |z| of a normal z.
			spread = max(1, Median(offs)/0.6745)
		}
		found := 0
		for i, day := range d.Days {
			z := math.Abs(d.off(i, medians)) / spread
			d.Special[i] = z > farOff || holidays[day.Date] && z > farForHoliday
			if d.Special[i] {
				found++
			}
		}
		if float64(found) > mostSpecial*float64(len(d.Days)) && found > 2 {
			clear(d.Special) // these are not exceptions but the rule
			return
		}
	}
}

// off is how far a day lies from the median of its weekday, in standard errors of pure chance.
func (d *Daily) off(i int, medians *[7]float64) float64 {
	m := medians[d.Days[i].Date.Weekday()]
	if m < 1 {
		return 0
	}
	return (math.Log(d.Counts[i]+0.5) - math.Log(m+0.5)) * math.Sqrt(m)
}

// medians are those of the weekdays.
func (d *Daily) medians() *[7]float64 {
	var lists [7][]float64
	for i, day := range d.Days {
		w := day.Date.Weekday()
		lists[w] = append(lists[w], d.Counts[i])
	}
	var out [7]float64
	for w, list := range lists {
		if len(list) >= 3 {
			out[w] = Median(list)
		}
	}
	return &out
}

// Median is that of any list.
func Median(xs []float64) float64 {
	sorted := slices.Clone(xs)
	slices.Sort(sorted)
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
