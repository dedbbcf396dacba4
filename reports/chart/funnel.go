package chart

import (
	"math"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
	"github.com/headroom-sim/headroom/reports/format"
)

// Funnel is how many get how far: a bar for each stage, one below the other.
type Funnel struct {
	Text   Text
	Name   string // what is counted
	Stages []Stage
}

// Stage is a bar of a Funnel.
type Stage struct {
	Name   string
	Detail string // smaller, below the name
	Bar
}

// mostStages is how many stages there is room for.
const mostStages = 12

func (f Funnel) draw(p *page) {
	r := p.frame(f.Text)
	stages := f.Stages[:min(len(f.Stages), mostStages)]
	high := 0.0
	var names vg.Length
	small := keyWords
	small.Size = captionWords.Size
	for _, s := range stages {
		high = math.Max(high, math.Max(finite(s.Value), math.Min(finite(s.High), 2*finite(s.Value))))
		names = max(names, p.Width(format.Clean(s.Name), headWords), p.Width(format.Clean(s.Detail), small))
	}
	if high <= 0 {
		p.empty(r, "There is nothing to show.")
		return
	}
	names = min(names, 0.3*r.Width())
	p.Write(p.Shorten(format.Clean(f.Name), headWords, r.Width()), r.Left, r.Top-12, headWords, pen.Left)
	box := pen.Box(r.Left+names+12, r.Bottom, r.Right-12, r.Top-headHeight-2)
	// The scale is the largest at which every bar has its words behind it.
	full := box.Width()
	for _, s := range stages {
		words := min(p.Width(format.Clean(s.Text), tickWords)+10, 0.5*box.Width())
		if end := vg.Length(math.Max(finite(s.Value), math.Min(finite(s.High), 2*finite(s.Value))) / high); end > 0 {
			full = min(full, (box.Width()-words)/end)
		}
	}
	x := scale{0, high, box.Left, box.Left + full}
	each := min(box.Height()/vg.Length(len(stages)), 72)
	for i, s := range stages {
		middle := box.Top - (vg.Length(i)+0.5)*each
		if s.Detail != "" && each >= 30 {
			p.Write(p.Shorten(format.Clean(s.Name), headWords, names), box.Left-10, middle+2, headWords, pen.Right)
			p.Write(p.Shorten(format.Clean(s.Detail), small, names), box.Left-10, middle-small.Size-1, small, pen.Right)
		} else {
			p.Write(p.Shorten(format.Clean(s.Name), headWords, names), box.Left-10, middle-headWords.CapHeight()/2, headWords, pen.Right)
		}
		ink := Blue
		if i == 0 {
			ink = Slate
		}
		end := p.bar(s.Bar, x, middle, each, ink)
		style := tickWords
		style.Colour = black
		p.Write(p.Shorten(format.Clean(s.Text), style, r.Right-end-8), end+8, middle-style.CapHeight()/2, style, pen.Left)
	}
	p.Polyline(axisLine, vg.Point{X: pen.Snap(box.Left), Y: box.Top - each*vg.Length(len(stages))}, vg.Point{X: pen.Snap(box.Left), Y: box.Top})
}
