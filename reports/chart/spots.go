package chart

import (
	"image/color"

	"gonum.org/v1/plot/vg"
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
	square := rect{at.X - half, at.Y - half, at.X + half, at.Y + half}
	switch shape {
	case discs:
		p.dot(c, at, 2.8)
	case rings:
		p.ring(c, at, 3)
	case squares:
		p.fill(c, square)
	case frames:
		p.fill(c, square)
		const inner = half - 1.4
		p.fill(white, rect{at.X - inner, at.Y - inner, at.X + inner, at.Y + inner})
	case diamonds:
		const far = half * 1.25
		p.polygon(c, []vg.Point{{X: at.X - far, Y: at.Y}, {X: at.X, Y: at.Y + far}, {X: at.X + far, Y: at.Y}, {X: at.X, Y: at.Y - far}})
	case crosses:
		s := stroke{colour: c, width: 2}
		p.polyline(s, vg.Point{X: square.left, Y: square.bottom}, vg.Point{X: square.right, Y: square.top})
		p.polyline(s, vg.Point{X: square.left, Y: square.top}, vg.Point{X: square.right, Y: square.bottom})
	}
}

// ring is a dot that is empty inside.
func (p *page) ring(c color.Color, at vg.Point, radius vg.Length) {
	p.dot(c, at, radius)
	p.dot(white, at, radius-1.4)
}
