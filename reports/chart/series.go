package chart

import (
	"math"
	"time"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart/internal/axis"
)

const bandOpacity = 0.22

// run is a stretch of a series without gaps: entries from up to to.
type run struct{ from, to int }

// runs splits a series at its gaps. An entry counts when all lists hold a number
// for it.
func runs(lists ...[]outcome.Float) []run {
	n := math.MaxInt
	for _, list := range lists {
		n = min(n, len(list))
	}
	var all []run
	open := -1
	for i := 0; i <= n; i++ {
		whole := i < n
		for _, list := range lists {
			whole = whole && !math.IsNaN(float64(list[i])) && !math.IsInf(float64(list[i]), 0)
		}
		switch {
		case whole && open < 0:
			open = i
		case !whole && open >= 0:
			all = append(all, run{open, i})
			open = -1
		}
	}
	return all
}

// path lays a run of values out on the page: through the middles of the intervals,
// or as steps.
func path(values []outcome.Float, r run, x axis.Time, y scale, interval time.Duration, steps bool) []vg.Point {
	points := make([]vg.Point, 0, 2*(r.to-r.from))
	for i := r.from; i < r.to; i++ {
		at := y.clamped(float64(values[i]))
		begin := time.Duration(i) * interval
		// A single interval has no neighbour to draw a line to, so it is drawn
		// as a short level stretch.
		if steps || r.to-r.from == 1 {
			points = append(points, vg.Point{X: x.At(begin), Y: at}, vg.Point{X: x.At(begin + interval), Y: at})
		} else {
			points = append(points, vg.Point{X: x.At(begin + interval/2), Y: at})
		}
	}
	return thin(points)
}

// thin drops points that cannot be seen: of those that fall into the same half
// pixel it keeps the first, lowest, highest and last (the M4 aggregation of Jugel
// and others, 2014), which draws the same line.
func thin(points []vg.Point) []vg.Point {
	const column vg.Length = 72.0 / dpi / 2
	if len(points) < 4 || points[len(points)-1].X-points[0].X >= vg.Length(len(points))*column {
		return points
	}
	var kept []vg.Point
	for begin := 0; begin < len(points); {
		bucket := math.Floor(float64(points[begin].X / column))
		end, low, high := begin, begin, begin
		for end < len(points) && math.Floor(float64(points[end].X/column)) == bucket {
			if points[end].Y < points[low].Y {
				low = end
			}
			if points[end].Y > points[high].Y {
				high = end
			}
			end++
		}
		last := -1
		for _, i := range []int{begin, min(low, high), max(low, high), end - 1} {
			if i > last {
				kept = append(kept, points[i])
				last = i
			}
		}
		begin = end
	}
	return kept
}

// line draws the values of a series.
func (p *page) line(l Line, x axis.Time, y scale, interval time.Duration) {
	s := stroke{colour: l.Ink.colour(), width: lineWidth(len(l.Values))}
	for _, r := range runs(l.Values) {
		points := path(l.Values, r, x, y, interval, l.Steps)
		if r.to-r.from == 1 {
			p.dot(s.colour, vg.Point{X: (points[0].X + points[1].X) / 2, Y: points[0].Y}, max(1.1*s.width, 1.2))
		}
		// In pieces, since the time to fill in a line of many turns grows with
		// the square of its length. The ink is opaque, so the joints do not show.
		const piece = 256
		for ; len(points) > piece; points = points[piece-1:] {
			p.polyline(s, points[:piece]...)
		}
		p.polyline(s, points...)
	}
}

// lineWidth makes long series thinner, so that they do not become a blot.
func lineWidth(n int) vg.Length {
	switch {
	case n > 5000:
		return 0.6
	case n > 1500:
		return 0.9
	default:
		return 1.5
	}
}

// band fills the area between the bounds of a series.
func (p *page) band(l Line, x axis.Time, y scale, interval time.Duration) {
	for _, r := range runs(l.Low, l.High) {
		lower := path(l.Low, r, x, y, interval, l.Steps)
		upper := path(l.High, r, x, y, interval, l.Steps)
		for i := len(upper) - 1; i >= 0; i-- {
			lower = append(lower, upper[i])
		}
		p.polygon(l.Ink.faint(bandOpacity), lower)
	}
}

// shortage fills where the second line of a panel lies below the first. The shade is
// opaque, and neighbours lap over one another, so that no seam shows.
func (p *page) shortage(panel Panel, x axis.Time, y scale, interval time.Duration) {
	if panel.Short == "" || len(panel.Lines) < 2 {
		return
	}
	const lap vg.Length = 0.4
	need, have := panel.Lines[0].Values, panel.Lines[1].Values
	for i := range min(len(need), len(have)) {
		a, b := float64(need[i]), float64(have[i])
		if b < a && !math.IsInf(a, 0) && !math.IsInf(b, 0) {
			begin := time.Duration(i) * interval
			p.fill(blush, rect{x.At(begin), y.clamped(b), x.At(begin+interval) + lap, y.clamped(a)})
		}
	}
}
