package chart

import (
	"math"

	"gonum.org/v1/plot/vg"

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
	small.size = captionWords.size
	for _, s := range stages {
		high = math.Max(high, math.Max(finite(s.Value), math.Min(finite(s.High), 2*finite(s.Value))))
		names = max(names, p.width(format.Clean(s.Name), headWords), p.width(format.Clean(s.Detail), small))
	}
	if high <= 0 {
		p.empty(r, "There is nothing to show.")
		return
	}
	names = min(names, 0.3*r.width())
	p.write(p.shorten(format.Clean(f.Name), headWords, r.width()), r.left, r.top-12, headWords, leftSide)
	box := rect{r.left + names + 12, r.bottom, r.right - 12, r.top - headHeight - 2}
	// The scale is the largest at which every bar has its words behind it.
	full := box.width()
	for _, s := range stages {
		words := min(p.width(format.Clean(s.Text), tickWords)+10, 0.5*box.width())
		if end := vg.Length(math.Max(finite(s.Value), math.Min(finite(s.High), 2*finite(s.Value))) / high); end > 0 {
			full = min(full, (box.width()-words)/end)
		}
	}
	x := scale{0, high, box.left, box.left + full}
	each := min(box.height()/vg.Length(len(stages)), 72)
	for i, s := range stages {
		middle := box.top - (vg.Length(i)+0.5)*each
		if s.Detail != "" && each >= 30 {
			p.write(p.shorten(format.Clean(s.Name), headWords, names), box.left-10, middle+2, headWords, rightSide)
			p.write(p.shorten(format.Clean(s.Detail), small, names), box.left-10, middle-small.size-1, small, rightSide)
		} else {
			p.write(p.shorten(format.Clean(s.Name), headWords, names), box.left-10, middle-headWords.capHeight()/2, headWords, rightSide)
		}
		ink := Blue
		if i == 0 {
			ink = Slate
		}
		end := p.bar(s.Bar, x, middle, each, ink)
		style := tickWords
		style.colour = black
		p.write(p.shorten(format.Clean(s.Text), style, r.right-end-8), end+8, middle-style.capHeight()/2, style, leftSide)
	}
	p.polyline(axisLine, vg.Point{X: snap(box.left), Y: box.top - each*vg.Length(len(stages))}, vg.Point{X: snap(box.left), Y: box.top})
}
