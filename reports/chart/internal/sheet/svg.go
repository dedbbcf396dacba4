package sheet

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	plotfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// SVG is a page as scalable graphics. Letters are paths that are written once and
// used wherever they stand; a group says its words to those who look for them.
type SVG struct {
	pen
	width, height vg.Length
	title, about  string
	body, glyphs  bytes.Buffer
	known         map[string]bool // glyphs that are written
	sfnt          sfnt.Buffer
}

// NewSVG is an empty page.
func NewSVG(width, height vg.Length) *SVG {
	return &SVG{width: width, height: height, known: map[string]bool{}}
}

// Describe says what the picture shows, for screen readers.
func (s *SVG) Describe(title, about string) { s.title, s.about = title, about }

// Fill fills a path.
func (s *SVG) Fill(path vg.Path) {
	fmt.Fprintf(&s.body, `<path fill="%s"%s d="%s"/>`+"\n", s.hex(), s.opacity("fill"), s.data(path))
}

// Stroke draws along a path.
func (s *SVG) Stroke(path vg.Path) {
	if s.pen.width <= 0 {
		return
	}
	dash := ""
	if len(s.dashes) > 0 {
		parts := make([]string, len(s.dashes))
		for i, d := range s.dashes {
			parts[i] = short(d)
		}
		dash = fmt.Sprintf(` stroke-dasharray="%s" stroke-dashoffset="%s"`, strings.Join(parts, " "), short(s.offset))
	}
	fmt.Fprintf(&s.body, `<path fill="none" stroke="%s"%s stroke-width="%s"%s d="%s"/>`+"\n",
		s.hex(), s.opacity("stroke"), short(s.pen.width), dash, s.data(path))
}

// FillString sets a line of text from a point on its baseline.
func (s *SVG) FillString(face plotfont.Face, at vg.Point, text string) {
	units := fixed.Int26_6(face.Face.UnitsPerEm())
	family := "r"
	if face.Font.Weight >= font.WeightBold {
		family = "b"
	}
	var uses strings.Builder
	x := 0
	var before sfnt.GlyphIndex
	for i, r := range text {
		glyph, err := face.Face.GlyphIndex(&s.sfnt, r)
		if err != nil {
			glyph = 0
		}
		if i > 0 {
			if kern, err := face.Face.Kern(&s.sfnt, before, glyph, units, font.HintingNone); err == nil {
				x += int(kern)
			}
		}
		name := family + strconv.Itoa(int(glyph))
		if s.glyph(face, name, glyph, units) {
			fmt.Fprintf(&uses, `<use href="#%s" x="%d"/>`, name, x)
		}
		if advance, err := face.Face.GlyphAdvance(&s.sfnt, glyph, units, font.HintingNone); err == nil {
			x += int(advance)
		}
		before = glyph
	}
	scale := strconv.FormatFloat(face.Font.Size.Points()/float64(units), 'g', 5, 64)
	fmt.Fprintf(&s.body, `<g fill="%s" aria-label="%s" transform="translate(%s %s) scale(%s)">%s</g>`+"\n",
		s.hex(), escaped(text), short(at.X), short(s.height-at.Y), scale, uses.String())
}

// glyph writes the outline of a letter once, in the units of the font, and reports
// whether it has one.
func (s *SVG) glyph(face plotfont.Face, name string, glyph sfnt.GlyphIndex, units fixed.Int26_6) bool {
	if drawn, ok := s.known[name]; ok {
		return drawn
	}
	segments, err := face.Face.LoadGlyph(&s.sfnt, glyph, units, nil)
	s.known[name] = err == nil && len(segments) > 0
	if !s.known[name] {
		return false
	}
	var d strings.Builder
	for i, g := range segments {
		points := 1
		switch g.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				d.WriteByte('Z')
			}
			d.WriteByte('M')
		case sfnt.SegmentOpLineTo:
			d.WriteByte('L')
		case sfnt.SegmentOpQuadTo:
			d.WriteByte('Q')
			points = 2
		case sfnt.SegmentOpCubeTo:
			d.WriteByte('C')
			points = 3
		}
		for k, p := range g.Args[:points] {
			if k > 0 {
				d.WriteByte(' ')
			}
			fmt.Fprintf(&d, "%d %d", p.X, p.Y)
		}
	}
	fmt.Fprintf(&s.glyphs, `<path id="%s" d="%sZ"/>`+"\n", name, d.String())
	return true
}

// WriteTo writes the page.
func (s *SVG) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]spt" height="%[2]spt" viewBox="0 0 %[1]s %[2]s" role="img">`+"\n",
		short(s.width), short(s.height))
	fmt.Fprintf(&b, "<title>%s</title>\n<desc>%s</desc>\n", escaped(s.title), escaped(s.about))
	fmt.Fprintf(&b, "<defs>\n%s</defs>\n", s.glyphs.Bytes())
	b.Write(s.body.Bytes())
	b.WriteString("</svg>\n")
	return b.WriteTo(w)
}

// data is a path as SVG writes it.
func (s *SVG) data(path vg.Path) string {
	var d strings.Builder
	point := func(p vg.Point) { d.WriteString(short(p.X) + " " + short(s.height-p.Y)) }
	for _, c := range path {
		switch c.Type {
		case vg.MoveComp:
			d.WriteByte('M')
			point(c.Pos)
		case vg.LineComp:
			d.WriteByte('L')
			point(c.Pos)
		case vg.ArcComp:
			for _, bend := range bends(c.Pos, c.Radius) {
				d.WriteByte('C')
				for i, p := range bend {
					if i > 0 {
						d.WriteByte(' ')
					}
					point(p)
				}
			}
		case vg.CloseComp:
			d.WriteByte('Z')
		}
	}
	return d.String()
}

func (s *SVG) hex() string {
	return fmt.Sprintf("#%02x%02x%02x", s.colour.R, s.colour.G, s.colour.B)
}

// opacity is the attribute of a colour that lets something through.
func (s *SVG) opacity(of string) string {
	if s.colour.A == 0xff {
		return ""
	}
	return fmt.Sprintf(` %s-opacity="%.3g"`, of, float64(s.colour.A)/0xff)
}

// short is a length in points, to a hundredth.
func short(x vg.Length) string {
	s := strconv.FormatFloat(x.Points(), 'f', 2, 64)
	s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

// escaped makes text safe to stand in XML.
func escaped(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		return ""
	}
	return b.String()
}
