package spell

import (
	"math"
	"time"
)

// Sigmas is how many standard deviations above what is usual a number must be for a warning (Shewhart 1931).
const Sigmas = 3

// Smooth is over how long numbers are averaged, so that a single busy quarter of an hour is none: a mean of
// what has been, never of what comes.
const Smooth = 2 * time.Hour

// Trailing is the mean of each entry and those before it, n in all; holes (NaN) are left out.
func Trailing(xs []float64, n int) []float64 {
	out := make([]float64, len(xs))
	for i := range xs {
		sum, some := 0.0, 0
		for _, x := range xs[max(0, i-n+1) : i+1] {
			if !math.IsNaN(x) {
				sum += x
				some++
			}
		}
		out[i] = math.NaN()
		if some > 0 {
			out[i] = sum / float64(some)
		}
	}
	return out
}

// Slope is by how much each entry is above the one n before it.
func Slope(xs []float64, n int) []float64 {
	out := make([]float64, len(xs))
	for i := range xs {
		out[i] = math.NaN()
		if i >= n {
			out[i] = xs[i] - xs[i-n]
		}
	}
	return out
}

// Usual is mean and standard deviation by interval of the week.
type Usual struct {
	n         []float64
	mean, dev []float64 // dev holds the sum of squares until it is asked for
}

// NewUsual is of so many intervals a week.
func NewUsual(perWeek int) *Usual {
	return &Usual{make([]float64, perWeek), make([]float64, perWeek), make([]float64, perWeek)}
}

// Add takes a series of ordinary weeks whose first interval is interval at of the week (Welford 1962).
func (u *Usual) Add(xs []float64, at int) {
	for i, x := range xs {
		if math.IsNaN(x) {
			continue
		}
		k := (at + i) % len(u.n)
		u.n[k]++
		d := x - u.mean[k]
		u.mean[k] += d / u.n[k]
		u.dev[k] += d * (x - u.mean[k])
	}
}

// Unusual reports whether a number in an interval of the week is far above what is usual there. Where there is
// too little to compare it with it is not.
func (u *Usual) Unusual(x float64, k int) bool {
	k %= len(u.n)
	if u.n[k] < 2 || math.IsNaN(x) {
		return false
	}
	const dust = 1e-9
	sd := math.Sqrt(u.dev[k] / (u.n[k] - 1))
	return x > u.mean[k]+Sigmas*sd+dust
}

// Alarms lists the alarms of a series, whose first interval is interval at of the week and ends at first. An alarm
// begins at the end of an interval that is unusual; the all-clear is given once Gap hours have passed since
// the last one.
func (u *Usual) Alarms(xs []float64, at int, first, interval time.Duration) (out []Alarm) {
	for i, x := range xs {
		if !u.Unusual(x, at+i) {
			continue
		}
		now := first + time.Duration(i)*interval
		if n := len(out); n > 0 && now <= out[n-1].To {
			out[n-1].To = now + Gap*time.Hour
			continue
		}
		out = append(out, Alarm{now, now + Gap*time.Hour})
	}
	return out
}
