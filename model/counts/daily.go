package counts

import (
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
)

// The shortest history in which a trend is looked for, and the days of a year.
const (
	FewestForTrend = 28
	DaysOfYear     = 365
)

// Daily is the tickets of one stream, counted.
type Daily struct {
	Days    []calendar.Day
	Counts  []float64     // by day
	Hours   [][24]float64 // by day and hour on the clock
	Special []bool        // days that do not belong to the rest
	Mean    []float64     // by day, of ordinary ones like it, fitted
	Phi     float64       // squared coefficient of variation of a day

	fitted int // how many numbers the means were fitted with
}

// Weekdays lists the weekdays on which anything came, apart from special days.
func (d *Daily) Weekdays() (list []int) {
	var total [7]float64
	for i, day := range d.Days {
		if !d.Special[i] {
			total[day.Date.Weekday()] += d.Counts[i]
		}
	}
	for w, n := range total {
		if n > 0 {
			list = append(list, w)
		}
	}
	return list
}

// Design is what the counts of days may depend on, beside a level for each weekday.
type Design struct {
	Trend  bool // in years, 0 on the day after the history
	Months bool // of the year
}

// Regression is that of the ordinary days; nil if the history is too short for a trend that is asked for.
func (d *Daily) Regression(x Design) *Regression {
	if x.Trend && len(d.Days) < FewestForTrend {
		return nil
	}
	r := &Regression{}
	weekdays := d.Weekdays()
	for i, day := range d.Days {
		at := slices.Index(weekdays, int(day.Date.Weekday()))
		if d.Special[i] || at < 0 {
			continue
		}
		r.Y = append(r.Y, d.Counts[i])
		r.X = append(r.X, d.row(i, at, len(weekdays), x))
	}
	return r
}

// years is how long before the day after the history a day lies, as a negative number.
func (d *Daily) years(i int) float64 { return float64(i-len(d.Days)) / DaysOfYear }

// row is that of a day. Months are told apart so that the logarithms of their factors add up to 0: December
// is what the others leave.
func (d *Daily) row(i, weekday, of int, x Design) []float64 {
	row := make([]float64, of, of+1+Months)
	row[weekday] = 1
	if x.Trend {
		row = append(row, d.years(i))
	}
	if x.Months {
		var m [Months]float64
		if month := d.Days[i].Date.Month; month == time.December {
			for k := range m {
				m[k] = -1
			}
		} else {
			m[month-1] = 1
		}
		row = append(row, m[:]...)
	}
	return row
}

// Expect works out what every day would bring if it were ordinary.
func (d *Daily) Expect(r *Regression, x Design) {
	weekdays := d.Weekdays()
	d.Mean, d.fitted = make([]float64, len(d.Days)), len(r.Beta)
	for i, day := range d.Days {
		at := slices.Index(weekdays, int(day.Date.Weekday()))
		if at < 0 {
			continue
		}
		eta := 0.
		for a, xa := range d.row(i, at, len(weekdays), x) {
			eta += xa * r.Beta[a]
		}
		d.Mean[i] = math.Exp(eta)
	}
}

// Months are those that are free: together they change nothing.
const Months = 11

// Seasonal reports whether the months are told apart by more than their number costs (BIC; Schwarz 1978). Plain is
// fitted without them.
func (d *Daily) Seasonal(plain *Regression, x Design, drop float64) bool {
	x.Months = true
	r := d.Regression(x)
	phi, _, _ := r.Dispersion(drop)
	if !r.Fit(phi) {
		return false
	}
	gain := 2 * (r.likelihood(phi) - plain.likelihood(d.Phi))
	return gain > Months*math.Log(float64(len(r.Y)))
}

// likelihood is the logarithm of that of the counts, as they were fitted.
func (r *Regression) likelihood(phi float64) float64 {
	sum := 0.
	for i, y := range r.Y {
		sum += countLikelihood(y, r.Mu[i], phi)
	}
	return sum
}
