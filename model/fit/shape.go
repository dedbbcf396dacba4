package fit

import (
	"math"
	"time"

	"gonum.org/v1/gonum/mathext"

	"github.com/headroom-sim/headroom/model/estimate"
)

// groups are the days that may share a shape where not all do.
var groups = [][]time.Weekday{{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}, {time.Saturday, time.Sunday}}

// week is tickets by day and hour.
type week [7][24]float64

// over adds the tickets of some days up, by hour.
func (c *week) over(days []time.Weekday) (hours [24]float64, total float64) {
	for _, d := range days {
		for hour, n := range c[d] {
			hours[hour] += n
			total += n
		}
	}
	return hours, total
}

var everyDay = []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday}

// shape is the hours of the week. Where nothing speaks against it all days have one shape. Else weekdays
// and weekends have one each, and where the days of a group still differ, each is drawn from its
// own tickets towards the shape of the group.
func (h *history) shape(st *Stream, d *daily) {
	var cells week
	for i, day := range d.days {
		if d.special[i] {
			continue
		}
		for hour, n := range d.hours[i] {
			cells[day.Date.Weekday()][hour] += n
		}
	}
	clump := d.clumping(&cells)
	hours, total := cells.over(everyDay)
	for hour := range st.Hours {
		st.Hours[hour] = h.pooled(hours[hour], total, clump)
	}
	st.OneShape = math.IsInf(alike(&cells, everyDay, clump), 1)
	for _, days := range groups {
		hours, total := hours, total
		prior := math.Inf(1)
		if own, tickets := cells.over(days); !st.OneShape && tickets > 0 {
			hours, total = own, tickets
			prior = alike(&cells, days, clump)
		}
		for _, w := range days {
			st.Shrink[w] = prior
			_, tickets := cells.over([]time.Weekday{w})
			for hour := range 24 {
				cell := Cell{Parameter: h.pooled(hours[hour], total, clump), Raw: 24 * cells[w][hour] / tickets}
				if !math.IsInf(prior, 1) {
					cell.Parameter = h.drawn(cells[w][hour]/clump, tickets/clump, max(hours[hour]/total, 1e-6)*prior, prior, int(tickets))
				}
				st.Cells[w][hour] = cell
			}
		}
	}
}

// pooled is the weight of an hour in a shape that days share, of which the mean is 1: its share of
// the tickets, with the interval of a beta posterior after Jeffreys' prior (Brown, Cai, DasGupta 2001).
func (h *history) pooled(n, of, clump float64) Parameter {
	p := h.drawn(n/clump, of/clump, 0.5, 1, int(of))
	p.Value, p.Method = 24*n/of, Jeffreys
	return p
}

// drawn is the weight of an hour from its tickets and those of its day, after a prior of so many
// tickets in the hour and so many in all.
func (h *history) drawn(n, of, prior, all float64, tickets int) Parameter {
	a, b := n+prior, of-n+all-prior
	tail := (1 - h.o.Level) / 2
	e := estimate.Estimate{Value: 24 * a / (a + b), Low: 24 * mathext.InvRegIncBeta(a, b, tail), High: 24 * mathext.InvRegIncBeta(a, b, 1-tail),
		Level: h.o.Level, N: tickets}
	return Parameter{e, Posterior, "tickets"}
}

// clumping is how much more the hours of a day vary than independent tickets would, given the
// tickets of the day: 1, or more where tickets come in clusters (Pearson's χ² over its degrees of freedom).
func (d *daily) clumping(cells *week) float64 {
	square, df := 0., 0.
	for i, day := range d.days {
		row := &cells[day.Date.Weekday()]
		if d.special[i] || d.counts[i] == 0 {
			continue
		}
		all := 0.
		for _, n := range row {
			all += n
		}
		for hour, n := range d.hours[i] {
			if row[hour] == 0 {
				continue
			}
			expected := d.counts[i] * row[hour] / all
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

// alike is how alike the shapes of some days are: the tickets that their common shape is worth beside
// those of a day itself (the concentration of a Dirichlet prior, by moments of Pearson's χ²), +Inf where
// nothing speaks against one shape for all of them.
func alike(cells *week, days []time.Weekday, clump float64) float64 {
	hours, total := cells.over(days)
	active := 0.
	for _, n := range hours {
		if n > 0 {
			active++
		}
	}
	square, weight, some := 0., 0., 0.
	for _, w := range days {
		_, tickets := cells.over([]time.Weekday{w})
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
