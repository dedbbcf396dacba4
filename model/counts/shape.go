package counts

import (
	"math"
	"time"
)

// Week is tickets by day and hour.
type Week [7][24]float64

// Over adds the tickets of some days up, by hour.
func (c *Week) Over(days []time.Weekday) (hours [24]float64, total float64) {
	for _, d := range days {
		for hour, n := range c[d] {
			hours[hour] += n
			total += n
		}
	}
	return hours, total
}

// Clumping is how much more the hours of a day vary than independent tickets would, given the
// tickets of the day: 1, or more where tickets come in clusters (Pearson's χ² over its degrees of freedom).
func (d *Daily) Clumping(cells *Week) float64 {
	square, df := 0., 0.
	for i, day := range d.Days {
		row := &cells[day.Date.Weekday()]
		if d.Special[i] || d.Counts[i] == 0 {
			continue
		}
		all := 0.
		for _, n := range row {
			all += n
		}
		for hour, n := range d.Hours[i] {
			if row[hour] == 0 {
				continue
			}
			expected := d.Counts[i] * row[hour] / all
			square += (n - expected) * (n - expected) / expected
			df++
		}
		df--
	}
	// The shares of each weekday were fitted to the same days.
	for w := range cells {
		for _, n := range cells[w] {
			if n > 0 {
				df--
			}
		}
	}
	if df < 20 {
		return 1
	}
	return max(1, square/df)
}

// Alike is how alike the shapes of some days are: the tickets that their common shape is worth beside
// those of a day itself (the concentration of a Dirichlet prior, by moments of Pearson's χ²), +Inf where
// nothing speaks against one shape for all of them.
func Alike(cells *Week, days []time.Weekday, clump float64) float64 {
	hours, total := cells.Over(days)
	active := 0.
	for _, n := range hours {
		if n > 0 {
			active++
		}
	}
	square, weight, some := 0., 0., 0.
	for _, w := range days {
		_, tickets := cells.Over([]time.Weekday{w})
		if tickets == 0 {
			continue
		}
		some++
		for hour, n := range cells[w] {
			if hours[hour] > 0 {
				expected := tickets * hours[hour] / total
				square += (n - expected) * (n - expected) / expected / clump
			}
		}
		weight += (tickets/clump - 1) * (1 - tickets/total)
	}
	df := (some - 1) * (active - 1)
	// One in a hundred by chance: normal approximation of χ².
	if df < 1 || weight <= 0 || square < df+2.33*math.Sqrt(2*df) {
		return math.Inf(1)
	}
	intra := (square - df) / ((active - 1) * weight)
	return max(1/min(intra, 1)-1, 1)
}
