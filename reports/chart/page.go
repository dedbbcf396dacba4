package chart

import (
	"image/color"
	"image/png"
	"io"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"

	"github.com/headroom-sim/headroom/reports/chart/internal/sheet"
)

// The size of every picture. A point is 4/3 pixels.
const (
	pageWidth  vg.Length = 960
	pageHeight vg.Length = 540
	dpi                  = 96
)

// Chart is a picture that can be drawn: a Timeline, HeatMap, Distribution, Cumulative,
// Bars, Differences, Funnel, Curves, GridMap or Frontier.
type Chart interface {
	draw(p *page)
}

// WritePNG draws a chart as a PNG of 1280 × 720 pixels.
func WritePNG(w io.Writer, c Chart) error { return writePNG(w, c, dpi) }

func writePNG(w io.Writer, c Chart, dpi int) error {
	pixels := vgimg.NewWith(vgimg.UseWH(pageWidth, pageHeight), vgimg.UseDPI(dpi))
	c.draw(newPage(pixels))
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	return encoder.Encode(w, pixels.Image())
}

// WriteSVG draws a chart as an SVG of the same size. Its letters are outlines, so
// that it needs no font.
func WriteSVG(w io.Writer, c Chart) error {
	s := sheet.NewSVG(pageWidth, pageHeight)
	c.draw(newPage(s))
	_, err := s.WriteTo(w)
	return err
}

// WritePDF draws a chart as a PDF of one page of the same size, with its font in it.
func WritePDF(w io.Writer, c Chart) error {
	s := sheet.NewPDF(pageWidth, pageHeight)
	c.draw(newPage(s))
	_, err := s.WriteTo(w)
	return err
}

// canvas is the part of a vg.Canvas that a page needs.
type canvas interface {
	SetLineWidth(vg.Length)
	SetLineDash(dashes []vg.Length, offset vg.Length)
	SetColor(color.Color)
	Stroke(vg.Path)
	Fill(vg.Path)
	FillString(face font.Face, at vg.Point, text string)
}

// page is a canvas with the fonts of the house. Its origin is at the lower left.
type page struct {
	canvas
	fonts *font.Cache
}

func newPage(c canvas) *page {
	p := &page{canvas: c, fonts: font.NewCache(liberation.Collection())}
	p.fill(white, rect{0, 0, pageWidth, pageHeight})
	return p
}

// rect is a rectangle by its edges.
type rect struct{ left, bottom, right, top vg.Length }

func (r rect) width() vg.Length   { return r.right - r.left }
func (r rect) height() vg.Length  { return r.top - r.bottom }
func (r rect) middleX() vg.Length { return (r.left + r.right) / 2 }
func (r rect) middleY() vg.Length { return (r.bottom + r.top) / 2 }

// fill paints a rectangle.
func (p *page) fill(c color.Color, r rect) {
	if r.width() <= 0 || r.height() <= 0 {
		return
	}
	p.polygon(c, []vg.Point{{X: r.left, Y: r.bottom}, {X: r.right, Y: r.bottom}, {X: r.right, Y: r.top}, {X: r.left, Y: r.top}})
}

// area is a rectangle in a lighter shade of an ink, with an outline of one pixel in the ink itself.
func (p *page) area(ink Ink, share float64, r rect) {
	const pixel = vg.Length(72.0 / dpi)
	r = rect{whole(r.left), whole(r.bottom), max(whole(r.right), whole(r.left)+pixel), max(whole(r.top), whole(r.bottom)+pixel)}
	p.fill(ink.Colour(), r)
	inner := rect{r.left + pixel, r.bottom + pixel, r.right - pixel, r.top - pixel}
	p.fill(white, inner)
	p.fill(ink.Faint(share), inner)
}

func (p *page) polygon(c color.Color, points []vg.Point) {
	if len(points) < 3 {
		return
	}
	p.SetColor(c)
	path := make(vg.Path, 0, len(points)+1)
	path.Move(points[0])
	for _, pt := range points[1:] {
		path.Line(pt)
	}
	path.Close()
	p.Fill(path)
}

// stroke is how a line is drawn.
type stroke struct {
	colour color.Color
	width  vg.Length
	dashes []vg.Length
	offset vg.Length // into the dashes
}

func (p *page) polyline(s stroke, points ...vg.Point) {
	if len(points) < 2 || s.width <= 0 {
		return
	}
	p.SetColor(s.colour)
	p.SetLineWidth(s.width)
	p.SetLineDash(s.dashes, s.offset)
	path := make(vg.Path, 0, len(points))
	path.Move(points[0])
	for _, pt := range points[1:] {
		path.Line(pt)
	}
	p.Stroke(path)
}

func (p *page) dot(c color.Color, at vg.Point, radius vg.Length) {
	p.SetColor(c)
	var path vg.Path
	path.Move(vg.Point{X: at.X + radius, Y: at.Y})
	path.Arc(at, radius, 0, 6.283185307179586)
	path.Close()
	p.Fill(path)
}

// snap moves a coordinate to the middle of a pixel, so that thin horizontal and
// vertical lines are crisp.
func snap(x vg.Length) vg.Length {
	const pixel = vg.Length(72.0 / dpi)
	return (vg.Length(int(x/pixel)) + 0.5) * pixel
}

// whole moves a coordinate to the edge of a pixel.
func whole(x vg.Length) vg.Length { return snap(x) - 72.0/dpi/2 }

// words is how text is set.
type words struct {
	size   vg.Length
	bold   bool
	colour color.Color
}

func (p *page) face(w words) font.Face {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Weight: xfont.WeightNormal}
	if w.bold {
		f.Weight = xfont.WeightBold
	}
	return p.fonts.Lookup(f, w.size)
}

func (p *page) width(s string, w words) vg.Length {
	face := p.face(w)
	return face.Width(s)
}

// side is where the point of a text lies in it: 0 at its left, 0.5 in its
// middle, 1 at its right.
type side float64

const (
	leftSide   side = 0
	middleSide side = 0.5
	rightSide  side = 1
)

// write sets one line of text with its baseline at y.
func (p *page) write(s string, x, y vg.Length, w words, at side) {
	if s == "" {
		return
	}
	face := p.face(w)
	p.SetColor(w.colour)
	p.FillString(face, vg.Point{X: x - vg.Length(at)*face.Width(s), Y: y}, s)
}

// capHeight is the height of a capital letter: half of it below the middle sets
// a line so that it looks centred.
func (w words) capHeight() vg.Length { return 0.716 * w.size }

// shorten cuts s with an ellipsis so that it fits.
func (p *page) shorten(s string, w words, room vg.Length) string {
	return sheet.Shorten(s, room, func(s string) vg.Length { return p.width(s, w) })
}

// wrap breaks s into at most limit lines that fit, the last one shortened.
func (p *page) wrap(s string, w words, room vg.Length, limit int) []string {
	return sheet.Wrap(s, room, limit, func(s string) vg.Length { return p.width(s, w) })
}
