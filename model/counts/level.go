package counts

import (
	"math"
	"slices"
)

// Level is how the level of weeks wanders: a random walk from week to week, seen with noise (the local level model; Harvey 1989,
// section 2.3; Durbin and Koopman 2012, chapter 2). How far it goes in a week is not taken for known: a few weeks say little of it, so
// there is a posterior after a flat prior on the standard deviation (Gelman 2006, Bayesian Analysis 1(3)), and forecasts are
// drawn with all that it leaves open. Levels are logarithms, or logits.
type Level struct {
	off    []float64 // of weeks, the earliest first; NaN where nothing is known
	noise  []float64 // variance of each
	widest float64
	weight []float64 // posterior of the standard deviations of widest·i/steps
}

// FewestWeeks is how many weeks say anything of how they wander.
const FewestWeeks = 4

// How many standard deviations are considered, and up to which those of volumes are: a fifth in a week.
const (
	steps        = 80
	widestVolume = 0.2
)

// NewLevel is that of weeks, the earliest first, with the variance of the noise in each; nil where fewer than FewestWeeks are
// known. Widest is the largest standard deviation that is considered.
func NewLevel(off, noise []float64, widest float64) *Level {
	known := 0
	for _, x := range off {
		if !math.IsNaN(x) {
			known++
		}
	}
	if known < FewestWeeks {
		return nil
	}
	l := &Level{off: off, noise: noise, widest: widest, weight: make([]float64, steps+1)}
	for i := range l.weight {
		_, _, l.weight[i] = l.filter(l.deviation(i))
	}
	most, sum := slices.Max(l.weight), 0.
	for i, x := range l.weight {
		l.weight[i] = math.Exp(x - most)
		sum += l.weight[i]
	}
	for i := range l.weight {
		l.weight[i] /= sum
	}
	return l
}

func (l *Level) deviation(i int) float64 { return l.widest * float64(i) / steps }

// filter is the level in the last week, its variance, and the log-likelihood, by Kalman's filter that begins with the first
// week and nothing before it.
func (l *Level) filter(sd float64) (at, variance, likelihood float64) {
	begun := false
	for k, x := range l.off {
		variance += sd * sd
		switch {
		case math.IsNaN(x):
			continue
		case !begun:
			at, variance, begun = x, l.noise[k], true
			continue
		}
		all := variance + l.noise[k]
		wrong := x - at
		likelihood -= (math.Log(all) + wrong*wrong/all) / 2
		at += wrong * variance / all
		variance -= variance * variance / all
	}
	return at, variance, likelihood
}

// Deviation is the standard deviation of what the level moves in a week: the median of its posterior, and the shortest stretch
// that holds so much of it. Weeks is how many are known.
func (l *Level) Deviation(level float64) (value, low, high float64, weeks int) {
	value = l.deviation(l.at(0.5))
	order := make([]int, len(l.weight))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { // the likeliest first
		switch {
		case l.weight[a] > l.weight[b]:
			return -1
		case l.weight[a] < l.weight[b]:
			return 1
		}
		return 0
	})
	low, high = l.widest, 0
	for sum, i := 0., 0; i < len(order) && sum < level; i++ {
		sum += l.weight[order[i]]
		low, high = min(low, l.deviation(order[i])), max(high, l.deviation(order[i]))
	}
	for _, x := range l.off {
		if !math.IsNaN(x) {
			weeks++
		}
	}
	return value, low, high, weeks
}

// Now is where the level stands in the last week: the mean of its posterior, and its standard deviation.
func (l *Level) Now() (mean, sd float64) {
	square := 0.
	for i, w := range l.weight {
		at, variance, _ := l.filter(l.deviation(i))
		mean, square = mean+w*at, square+w*(variance+at*at)
	}
	return mean, math.Sqrt(max(0, square-mean*mean))
}

// at is the quantile of the posterior.
func (l *Level) at(p float64) int {
	for i, x := range l.weight {
		if p -= x; p <= 0 {
			return i
		}
	}
	return len(l.weight) - 1
}

// Ahead draws the levels of the weeks that follow, by a number between 0 and 1 and by standard normal ones.
func (l *Level) Ahead(weeks int, uniform float64, normal func() float64) []float64 {
	sd := l.deviation(l.at(uniform))
	at, variance, _ := l.filter(sd)
	at += math.Sqrt(variance) * normal()
	path := make([]float64, weeks)
	for i := range path {
		at += sd * normal()
		path[i] = at
	}
	return path
}

// fewestOrdinary is how many ordinary days a week takes.
const fewestOrdinary = 3

// Level is that of the whole weeks up to the end, in logarithms of what they brought over what was expected; nil where there
// are too few.
func (d *Daily) Level() *Level {
	weeks := len(d.Days) / 7
	off, noise := make([]float64, weeks), make([]float64, weeks)
	for k := range weeks {
		came, mean, square, n := 0., 0., 0., 0
		for i := len(d.Days) - 7*(weeks-k); i < len(d.Days)-7*(weeks-k-1); i++ {
			if d.Special[i] || d.Mean[i] == 0 {
				continue
			}
			came, mean, square = came+d.Counts[i], mean+d.Mean[i], square+d.Mean[i]*d.Mean[i]
			n++
		}
		off[k] = math.NaN()
		if n >= fewestOrdinary {
			off[k], noise[k] = math.Log((came+0.5)/(mean+0.5)), (mean+d.Phi*square)/(mean*mean)
		}
	}
	return NewLevel(off, noise, widestVolume)
}
