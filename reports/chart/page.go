package chart

import (
	"image/png"
	"io"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"

	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
	"github.com/headroom-sim/headroom/reports/chart/internal/sheet"
)

// The size of every picture.
const (
	pageWidth  vg.Length = 960
	pageHeight vg.Length = 540
)

// Chart is a picture that can be drawn: a Timeline, HeatMap, Distribution, Cumulative,
// Bars, Differences, Funnel, Curves, GridMap or Frontier.
type Chart interface {
	draw(p *page)
}

// WritePNG draws a chart as a PNG of 1280 × 720 pixels.
func WritePNG(w io.Writer, c Chart) error { return writePNG(w, c, pen.DPI) }

func writePNG(w io.Writer, c Chart, dpi int) error {
	pixels := vgimg.NewWith(vgimg.UseWH(pageWidth, pageHeight), vgimg.UseDPI(dpi))
	c.draw(newPage(pixels))
	// About half of the time that the usual compression takes, for four per cent more bytes: a folder has dozens of charts.
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
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

// page is a pen with what the charts of the house have in common.
type page struct{ *pen.Pen }

func newPage(c pen.Canvas) *page {
	p := &page{pen.New(c)}
	p.Fill(white, pen.Box(0, 0, pageWidth, pageHeight))
	return p
}
