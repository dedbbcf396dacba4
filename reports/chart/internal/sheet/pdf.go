package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font"
	plotfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// PDF is a page of its own size. The letters that it uses are in it, as text.
type PDF struct {
	pen
	height vg.Length
	doc    *fpdf.Fpdf
	faces  map[string]bool // those that are in the file
}

// family is the name of the font within the file.
const family = "headroom"

// NewPDF is an empty page.
func NewPDF(width, height vg.Length) *PDF {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: width.Points(), Ht: height.Points()}})
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.SetCatalogSort(true)
	// The same drawing gives the same bytes, so the page is of no date.
	doc.SetCreationDate(time.Unix(0, 0).UTC())
	doc.SetModificationDate(time.Unix(0, 0).UTC())
	doc.SetLang("en")
	doc.AddPage()
	return &PDF{height: height, doc: doc, faces: map[string]bool{}}
}

// Describe says what the picture shows.
func (p *PDF) Describe(title, about string) {
	p.doc.SetTitle(title, true)
	p.doc.SetSubject(about, true)
}

// Fill fills a path.
func (p *PDF) Fill(path vg.Path) {
	p.doc.SetFillColor(int(p.colour.R), int(p.colour.G), int(p.colour.B))
	p.path(path, "F")
}

// Stroke draws along a path.
func (p *PDF) Stroke(path vg.Path) {
	if p.width <= 0 {
		return
	}
	p.doc.SetDrawColor(int(p.colour.R), int(p.colour.G), int(p.colour.B))
	p.doc.SetLineWidth(p.width.Points())
	dashes := make([]float64, len(p.dashes))
	for i, d := range p.dashes {
		dashes[i] = d.Points()
	}
	p.doc.SetDashPattern(dashes, p.offset.Points())
	p.path(path, "D")
}

func (p *PDF) path(path vg.Path, style string) {
	p.doc.SetAlpha(float64(p.colour.A)/0xff, "Normal")
	y := func(at vg.Point) float64 { return (p.height - at.Y).Points() }
	for _, c := range path {
		switch c.Type {
		case vg.MoveComp:
			p.doc.MoveTo(c.Pos.X.Points(), y(c.Pos))
		case vg.LineComp:
			p.doc.LineTo(c.Pos.X.Points(), y(c.Pos))
		case vg.ArcComp:
			for _, b := range bends(c.Pos, c.Radius) {
				p.doc.CurveBezierCubicTo(b[0].X.Points(), y(b[0]), b[1].X.Points(), y(b[1]), b[2].X.Points(), y(b[2]))
			}
		case vg.CloseComp:
			p.doc.ClosePath()
		}
	}
	p.doc.DrawPath(style)
}

// FillString sets a line of text from a point on its baseline.
func (p *PDF) FillString(face plotfont.Face, at vg.Point, text string) {
	style := ""
	if face.Font.Weight >= font.WeightBold {
		style = "B"
	}
	if !p.faces[style] {
		p.faces[style] = true
		var source bytes.Buffer
		if _, err := face.Face.WriteSourceTo(nil, &source); err != nil {
			p.doc.SetError(err)
			return
		}
		p.doc.AddUTF8FontFromBytes(family, style, source.Bytes())
	}
	p.doc.SetFont(family, style, face.Font.Size.Points())
	p.doc.SetTextColor(int(p.colour.R), int(p.colour.G), int(p.colour.B))
	p.doc.SetAlpha(float64(p.colour.A)/0xff, "Normal")
	p.doc.Text(at.X.Points(), (p.height - at.Y).Points(), plane(text))
}

// plane replaces what a font in a PDF cannot number, as most emoji.
func plane(text string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xffff {
			return '\ufffd'
		}
		return r
	}, text)
}

// WriteTo writes the page, which cannot be drawn on any more.
func (p *PDF) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	if err := p.doc.Output(&b); err != nil {
		return 0, fmt.Errorf("pdf: %w", err)
	}
	return b.WriteTo(w)
}
