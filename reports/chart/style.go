package chart

import (
	"image/color"
	"strings"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/reports/chart/internal/palette"
	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
	"github.com/headroom-sim/headroom/reports/format"
)

// Ink is a colour of the house.
type Ink = palette.Ink

// The inks, in the order in which they are given to things of equal rank. Slate is for
// what is a reference and not a result.
const (
	Blue      = palette.Blue
	Vermilion = palette.Vermilion
	Green     = palette.Green
	Purple    = palette.Purple
	Amber     = palette.Amber
	Sky       = palette.Sky
	Slate     = palette.Slate
)

var (
	white    = pen.White
	black    = color.NRGBA{0x1c, 0x22, 0x28, 0xff}
	grey     = color.NRGBA{0x5b, 0x65, 0x6e, 0xff}
	gridGrey = color.NRGBA{0xe3, 0xe6, 0xe9, 0xff}
	axisGrey = color.NRGBA{0x8a, 0x93, 0x9b, 0xff}
	veil     = color.NRGBA{0xff, 0xff, 0xff, 0xa8}
	warmGrey = color.NRGBA{0xee, 0xf0, 0xf2, 0xff}
	dawn     = color.NRGBA{0xfd, 0xf0, 0xd5, 0xff} // the shade of a spike
	blush    = color.NRGBA{0xf5, 0xc9, 0xa9, 0xff} // the shade of a shortage
	mint     = color.NRGBA{0xd9, 0xef, 0xe6, 0xff} // the shade of where a value should be
)

var (
	titleWords    = pen.Words{Size: 21, Bold: true, Colour: black}
	subtitleWords = pen.Words{Size: 13, Colour: grey}
	headWords     = pen.Words{Size: 12.5, Bold: true, Colour: black}
	keyWords      = pen.Words{Size: 11.5, Colour: grey}
	tickWords     = pen.Words{Size: 11.5, Colour: grey}
	noteWords     = pen.Words{Size: 11.5, Bold: true, Colour: color.NRGBA{0x9a, 0x62, 0x00, 0xff}}
	captionWords  = pen.Words{Size: 10, Colour: grey}
	emptyWords    = pen.Words{Size: 16, Colour: grey}
)

var (
	gridLine = pen.Stroke{Colour: gridGrey, Width: 0.75}
	axisLine = pen.Stroke{Colour: axisGrey, Width: 0.75}
)

// Text is what a chart says about itself.
type Text struct {
	Title    string   // the question or finding, one line if possible
	Subtitle string   // the scenario
	Caption  string   // what bands and marks mean
	Notes    []string // doubts, each a full sentence; those without room are counted
	Source   string   // where the numbers come from, two lines at most
}

// captionLines is how many lines caption and notes may take together.
const captionLines = 4

// caption wraps caption and notes. Notes that have no room are not cut short but
// counted, so that nobody takes the picture for free of doubt.
func (p *page) caption(t Text, room vg.Length) []string {
	for shown := len(t.Notes); ; shown-- {
		s := t.Caption
		for _, note := range t.Notes[:shown] {
			s += " Note: " + note
		}
		if rest := len(t.Notes) - shown; rest > 0 {
			s += " (" + format.Plural(rest, "note has", "notes have") + " no room here: see the report.)"
		}
		lines := p.Wrap(format.Clean(s), captionWords, room, captionLines+1)
		if len(lines) <= captionLines || shown == 0 {
			return lines[:min(len(lines), captionLines)]
		}
	}
}

const margin vg.Length = 34

// frame sets title, subtitle and caption, and returns the room between them.
func (p *page) frame(t Text) pen.Rect {
	p.Describe(format.Clean(t.Title), format.Clean(strings.TrimSpace(t.Subtitle+". "+t.Caption)))
	r := pen.Box(margin, 18, pageWidth-margin, pageHeight-22)
	for _, line := range p.Wrap(format.Clean(t.Title), titleWords, r.Width(), 2) {
		r.Top -= titleWords.Size
		p.Write(line, r.Left, r.Top, titleWords, pen.Left)
		r.Top -= 7
	}
	for _, line := range p.Wrap(format.Clean(t.Subtitle), subtitleWords, r.Width(), 2) {
		r.Top -= subtitleWords.Size
		p.Write(line, r.Left, r.Top, subtitleWords, pen.Left)
		r.Top -= 4
	}
	r.Top -= 10
	lines := p.caption(t, r.Width())
	if t.Source != "" {
		lines = append(lines, p.Wrap(format.Clean(t.Source), captionWords, r.Width(), 2)...)
	}
	for i := len(lines) - 1; i >= 0; i-- {
		p.Write(lines[i], r.Left, r.Bottom+2, captionWords, pen.Left)
		r.Bottom += captionWords.Size + 3
	}
	if len(lines) > 0 {
		r.Bottom += 8
	}
	return r
}

// empty says in the middle of r that there is nothing to draw.
func (p *page) empty(r pen.Rect, s string) {
	p.Write(s, r.MiddleX(), r.MiddleY(), emptyWords, pen.Middle)
}
