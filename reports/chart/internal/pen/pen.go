// Package pen draws on a canvas what every chart is made of: rectangles, lines, dots and words, in
// the font of the house. It knows no data and no scale.
package pen

import (
	"image/color"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/reports/chart/internal/palette"
	"github.com/headroom-sim/headroom/reports/chart/internal/sheet"
)

// DPI is how many pixels an inch has: a point is 4/3 pixels.
const DPI = 96

const pixel = vg.Length(72.0 / DPI)

// White is the colour of paper.
var White = color.NRGBA{0xff, 0xff, 0xff, 0xff}

// Canvas is the part of a vg.Canvas that a pen needs.
type Canvas interface {
	SetLineWidth(vg.Length)
	SetLineDash(dashes []vg.Length, offset vg.Length)
	SetColor(color.Color)
	Stroke(vg.Path)
	Fill(vg.Path)
	FillString(face font.Face, at vg.Point, text string)
}

// Pen draws on a canvas, whose origin is at the lower left.
type Pen struct {
	on    Canvas
	fonts *font.Cache
}

// New is a pen for a canvas.
func New(on Canvas) *Pen { return &Pen{on, font.NewCache(liberation.Collection())} }

// Describe says what a picture shows, where its canvas keeps that.
func (p *Pen) Describe(title, about string) {
	if d, ok := p.on.(interface{ Describe(title, about string) }); ok {
		d.Describe(title, about)
	}
}

// Rect is a rectangle by its edges.
type Rect struct{ Left, Bottom, Right, Top vg.Length }

// Box is the rectangle with these edges.
func Box(left, bottom, right, top vg.Length) Rect { return Rect{left, bottom, right, top} }

func (r Rect) Width() vg.Length   { return r.Right - r.Left }
func (r Rect) Height() vg.Length  { return r.Top - r.Bottom }
func (r Rect) MiddleX() vg.Length { return (r.Left + r.Right) / 2 }
func (r Rect) MiddleY() vg.Length { return (r.Bottom + r.Top) / 2 }

// Fill paints a rectangle.
func (p *Pen) Fill(c color.Color, r Rect) {
	if r.Width() <= 0 || r.Height() <= 0 {
		return
	}
	p.Polygon(c, []vg.Point{{X: r.Left, Y: r.Bottom}, {X: r.Right, Y: r.Bottom}, {X: r.Right, Y: r.Top}, {X: r.Left, Y: r.Top}})
}

// Area is a rectangle in a lighter shade of an ink, with an outline of one pixel in the ink itself.
func (p *Pen) Area(ink palette.Ink, share float64, r Rect) {
	r = Rect{Whole(r.Left), Whole(r.Bottom), max(Whole(r.Right), Whole(r.Left)+pixel), max(Whole(r.Top), Whole(r.Bottom)+pixel)}
	p.Fill(ink.Colour(), r)
	inner := Rect{r.Left + pixel, r.Bottom + pixel, r.Right - pixel, r.Top - pixel}
	p.Fill(White, inner)
	p.Fill(ink.Faint(share), inner)
}

// Polygon paints what lies within some points.
func (p *Pen) Polygon(c color.Color, points []vg.Point) {
	if len(points) < 3 {
		return
	}
	p.on.SetColor(c)
	path := make(vg.Path, 0, len(points)+1)
	path.Move(points[0])
	for _, pt := range points[1:] {
		path.Line(pt)
	}
	path.Close()
	p.on.Fill(path)
}

// Stroke is how a line is drawn.
type Stroke struct {
	Colour color.Color
	Width  vg.Length
	Dashes []vg.Length
	Offset vg.Length // into the dashes
}

// Polyline draws a line through some points.
func (p *Pen) Polyline(s Stroke, points ...vg.Point) {
	if len(points) < 2 || s.Width <= 0 {
		return
	}
	p.on.SetColor(s.Colour)
	p.on.SetLineWidth(s.Width)
	p.on.SetLineDash(s.Dashes, s.Offset)
	path := make(vg.Path, 0, len(points))
	path.Move(points[0])
	for _, pt := range points[1:] {
		path.Line(pt)
	}
	p.on.Stroke(path)
}

// Dot paints a disc.
func (p *Pen) Dot(c color.Color, at vg.Point, radius vg.Length) {
	p.on.SetColor(c)
	var path vg.Path
	path.Move(vg.Point{X: at.X + radius, Y: at.Y})
	path.Arc(at, radius, 0, 6.283185307179586)
	path.Close()
	p.on.Fill(path)
}

// Snap moves a coordinate to the middle of a pixel, so that thin horizontal and
// vertical lines are crisp.
func Snap(x vg.Length) vg.Length {
	return (vg.Length(int(x/pixel)) + 0.5) * pixel
}

// Whole moves a coordinate to the edge of a pixel.
func Whole(x vg.Length) vg.Length { return Snap(x) - pixel/2 }

// Words is how text is set.
type Words struct {
	Size   vg.Length
	Bold   bool
	Colour color.Color
}

func (p *Pen) face(w Words) font.Face {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Weight: xfont.WeightNormal}
	if w.Bold {
		f.Weight = xfont.WeightBold
	}
	return p.fonts.Lookup(f, w.Size)
}

// Width is that of a line of text.
func (p *Pen) Width(s string, w Words) vg.Length {
	face := p.face(w)
	return face.Width(s)
}

// Side is where the point of a text lies in it: 0 at its left, 0.5 in its
// middle, 1 at its right.
type Side float64

const (
	Left   Side = 0
	Middle Side = 0.5
	Right  Side = 1
)

// Write sets one line of text with its baseline at y.
func (p *Pen) Write(s string, x, y vg.Length, w Words, at Side) {
	if s == "" {
		return
	}
	face := p.face(w)
	p.on.SetColor(w.Colour)
	p.on.FillString(face, vg.Point{X: x - vg.Length(at)*face.Width(s), Y: y}, s)
}

// CapHeight is the height of a capital letter: half of it below the middle sets
// a line so that it looks centred.
func (w Words) CapHeight() vg.Length { return 0.716 * w.Size }

// Shorten cuts s with an ellipsis so that it fits.
func (p *Pen) Shorten(s string, w Words, room vg.Length) string {
	return sheet.Shorten(s, room, func(s string) vg.Length { return p.Width(s, w) })
}

// Wrap breaks s into at most limit lines that fit, the last one shortened.
func (p *Pen) Wrap(s string, w Words, room vg.Length, limit int) []string {
	return sheet.Wrap(s, room, limit, func(s string) vg.Length { return p.Width(s, w) })
}
