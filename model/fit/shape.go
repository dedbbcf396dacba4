package fit

import (
	"math"
	"time"

	"gonum.org/v1/gonum/mathext"

	"github.com/headroom-sim/headroom/model/counts"
	"github.com/headroom-sim/headroom/model/estimate"
)

// groups are the days that may share a shape where not all do.
var groups = [][]time.Weekday{{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}, {time.Saturday, time.Sunday}}

var everyDay = []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday}

// shape is the hours of the week. Where nothing speaks against it all days have one shape. Else weekdays
// and weekends have one each, and where the days of a group still differ, each is drawn from its
// own tickets towards the shape of the group.
func (h *history) shape(st *Stream, d *counts.Daily) {
	var cells counts.Week
	for i, day := range d.Days {
		if d.Special[i] {
			continue
		}
		for hour, n := range d.Hours[i] {
			cells[day.Date.Weekday()][hour] += n
		}
	}
	clump := d.Clumping(&cells)
	hours, total := cells.Over(everyDay)
	for hour := range st.Hours {
		st.Hours[hour] = h.pooled(hours[hour], total, clump)
	}
	st.OneShape = math.IsInf(counts.Alike(&cells, everyDay, clump), 1)
	for _, days := range groups {
		hours, total := hours, total
		prior := math.Inf(1)
		if own, tickets := cells.Over(days); !st.OneShape && tickets > 0 {
			hours, total = own, tickets
			prior = counts.Alike(&cells, days, clump)
		}
		for _, w := range days {
			st.Shrink[w] = prior
			_, tickets := cells.Over([]time.Weekday{w})
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
