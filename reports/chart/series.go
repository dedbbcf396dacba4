package chart

import (
	"math"
	"slices"
	"time"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart/internal/axis"
	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
	"github.com/headroom-sim/headroom/reports/chart/internal/sheet"
)

const bandOpacity = 0.22

// edges draws the bounds of an area, which by itself is too faint to be told from paper.
func (p *page) edges(ink Ink, width vg.Length, bounds ...[]vg.Point) {
	for _, bound := range bounds {
		p.long(pen.Stroke{Colour: ink.Colour(), Width: width}, bound)
	}
}

// path lays a run of values out on the page: through the middles of the intervals,
// or as steps.
func path(values []outcome.Float, r axis.Run, x axis.Time, y scale, interval time.Duration, steps bool) []vg.Point {
	points := make([]vg.Point, 0, 2*(r.To-r.From))
	for i := r.From; i < r.To; i++ {
		at := y.clamped(float64(values[i]))
		begin := time.Duration(i) * interval
		// A single interval has no neighbour to draw a line to, so it is drawn
		// as a short level stretch.
		if steps || r.To-r.From == 1 {
			points = append(points, vg.Point{X: x.At(begin), Y: at}, vg.Point{X: x.At(begin + interval), Y: at})
		} else {
			points = append(points, vg.Point{X: x.At(begin + interval/2), Y: at})
		}
	}
	return sheet.Thin(points)
}

// line draws the values of a series.
func (p *page) line(l Line, x axis.Time, y scale, interval time.Duration) {
	s := pen.Stroke{Colour: l.Ink.Colour(), Width: lineWidth(len(l.Values))}
	for _, r := range axis.Runs(l.Values) {
		points := path(l.Values, r, x, y, interval, l.Steps)
		if r.To-r.From == 1 {
			p.Dot(s.Colour, vg.Point{X: (points[0].X + points[1].X) / 2, Y: points[0].Y}, max(1.1*s.Width, 1.2))
		}
		p.long(s, points)
	}
}

// long draws a line of many turns in pieces, since the time to fill it in grows with the
// square of its length. The ink has to be opaque, so that the joints do not show.
func (p *page) long(s pen.Stroke, points []vg.Point) {
	const piece = 256
	for ; len(points) > piece; points = points[piece-1:] {
		p.Polyline(s, points[:piece]...)
	}
	p.Polyline(s, points...)
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
	for _, r := range axis.Runs(l.Low, l.High) {
		lower := path(l.Low, r, x, y, interval, l.Steps)
		upper := path(l.High, r, x, y, interval, l.Steps)
		area := slices.Clone(lower)
		for i := len(upper) - 1; i >= 0; i-- {
			area = append(area, upper[i])
		}
		p.Polygon(l.Ink.Faint(bandOpacity), area)
		p.edges(l.Ink, 0.35*lineWidth(len(l.Values)), lower, upper)
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
			p.Fill(blush, pen.Box(x.At(begin), y.clamped(b), x.At(begin+interval)+lap, y.clamped(a)))
		}
	}
}
