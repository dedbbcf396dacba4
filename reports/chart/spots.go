package chart

import (
	"image/color"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
)

// spots are the shapes of points. Lines that have a colour each have a shape each, too.
type spots uint8

const (
	noSpots spots = iota
	discs
	rings
	squares
	frames
	diamonds
	crosses
)

// spot draws a point.
func (p *page) spot(shape spots, c color.Color, at vg.Point) {
	const half vg.Length = 3.6
	square := pen.Box(at.X-half, at.Y-half, at.X+half, at.Y+half)
	switch shape {
	case discs:
		p.Dot(c, at, 2.8)
	case rings:
		p.ring(c, at, 3)
	case squares:
		p.Fill(c, square)
	case frames:
		p.Fill(c, square)
		const inner = half - 1.4
		p.Fill(white, pen.Box(at.X-inner, at.Y-inner, at.X+inner, at.Y+inner))
	case diamonds:
		const far = half * 1.25
		p.Polygon(c, []vg.Point{{X: at.X - far, Y: at.Y}, {X: at.X, Y: at.Y + far}, {X: at.X + far, Y: at.Y}, {X: at.X, Y: at.Y - far}})
	case crosses:
		s := pen.Stroke{Colour: c, Width: 2}
		p.Polyline(s, vg.Point{X: square.Left, Y: square.Bottom}, vg.Point{X: square.Right, Y: square.Top})
		p.Polyline(s, vg.Point{X: square.Left, Y: square.Top}, vg.Point{X: square.Right, Y: square.Bottom})
	}
}

// ring is a dot that is empty inside.
func (p *page) ring(c color.Color, at vg.Point, radius vg.Length) {
	p.Dot(c, at, radius)
	p.Dot(white, at, radius-1.4)
}
