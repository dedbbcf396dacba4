// Package sheet holds the canvases that charts are drawn on besides pixels: an SVG
// whose letters are outlines, so that it looks the same where no font is installed,
// and a PDF with its font in it, whose words can be searched and copied.
//
// Both have the part of gonum/plot's vg.Canvas that a page needs: filled and drawn
// paths and lines of text, with the origin at the lower left. The same drawing gives
// the same bytes: nothing says when it was made.
package sheet

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// pen is how the next path is drawn.
type pen struct {
	colour color.NRGBA
	width  vg.Length
	dashes []vg.Length
	offset vg.Length
}

// SetColor sets the colour of all that follows.
func (p *pen) SetColor(c color.Color) {
	n, ok := c.(color.NRGBA)
	if !ok {
		n = color.NRGBAModel.Convert(c).(color.NRGBA)
	}
	p.colour = n
}

// SetLineWidth sets the width of lines.
func (p *pen) SetLineWidth(w vg.Length) { p.width = w }

// SetLineDash sets the lengths of dashes and gaps, and where in them a line begins.
func (p *pen) SetLineDash(dashes []vg.Length, offset vg.Length) {
	p.dashes, p.offset = dashes, offset
}

// bends are the four cubic curves of a whole circle around a centre, each as its two
// controls and its end, from the right edge against the clock.
func bends(centre vg.Point, radius vg.Length) [4][3]vg.Point {
	// The circle is met within a four thousandth of its radius.
	k := radius * vg.Length(4*(math.Sqrt2-1)/3)
	at := func(x, y vg.Length) vg.Point { return vg.Point{X: centre.X + x, Y: centre.Y + y} }
	return [4][3]vg.Point{
		{at(radius, k), at(k, radius), at(0, radius)},
		{at(-k, radius), at(-radius, k), at(-radius, 0)},
		{at(-radius, -k), at(-k, -radius), at(0, -radius)},
		{at(k, -radius), at(radius, -k), at(radius, 0)},
	}
}
