package chart

import (
	"math"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
	"github.com/headroom-sim/headroom/reports/format"
)

// Bars compares scenarios: one group of bars for each measure, one bar for each
// scenario, with intervals.
type Bars struct {
	Text      Text
	Scenarios []string // the base first
	Groups    []Group  // six at most are drawn
}

// Group is one measure in all scenarios.
type Group struct {
	Name string
	Unit outcome.Unit
	Bars []Bar // one per scenario
}

// Bar is an estimate. Low and High may be NaN.
type Bar struct {
	Value, Low, High float64
	Text             string // the value as it is written
}

// MostGroups is how many groups a picture has room for.
const MostGroups = 6

func (b Bars) draw(p *page) {
	r := p.frame(b.Text)
	groups := b.Groups[:min(len(b.Groups), MostGroups)]
	if len(groups) == 0 || len(b.Scenarios) == 0 {
		p.empty(r, "There is nothing to show.")
		return
	}
	columns := 1
	if len(groups) > 1 {
		columns = 2
	}
	rows := (len(groups) + columns - 1) / columns
	const gutter, rowGap vg.Length = 34, 14
	width := (r.Width() - vg.Length(columns-1)*gutter) / vg.Length(columns)
	height := (r.Height()+rowGap)/vg.Length(rows) - rowGap
	var names vg.Length
	for _, s := range b.Scenarios {
		names = max(names, p.Width(format.Clean(s), tickWords))
	}
	names = min(names, 0.34*width)
	for i, g := range groups {
		left := r.Left + vg.Length(i%columns)*(width+gutter)
		top := r.Top - vg.Length(i/columns)*(height+rowGap)
		b.group(p, g, pen.Box(left, top-height, left+width, top), names)
	}
}

// group draws one measure: a bar per scenario, one below the other.
func (b Bars) group(p *page, g Group, r pen.Rect, names vg.Length) {
	p.Write(p.Shorten(format.Clean(g.Name), headWords, r.Width()), r.Left, r.Top-12, headWords, pen.Left)
	var texts vg.Length
	high := 0.0
	for _, bar := range g.Bars {
		texts = max(texts, p.Width(format.Clean(bar.Text), tickWords))
		high = math.Max(high, finite(bar.Value))
		high = math.Max(high, math.Min(finite(bar.High), 2*finite(bar.Value)))
	}
	low := 0.0
	for _, bar := range g.Bars {
		low = math.Min(low, math.Min(finite(bar.Value), finite(bar.Low)))
	}
	texts = min(texts, 0.4*r.Width())
	box := pen.Box(r.Left+names+8, r.Bottom, r.Right-texts-8, r.Top-headHeight-2)
	if high <= 0 {
		high = 1
	}
	x := scale{low, high, box.Left, box.Right}
	each := min(box.Height()/vg.Length(max(len(b.Scenarios), 1)), 52)
	bottom := box.Top - each*vg.Length(len(b.Scenarios))
	zero := pen.Snap(x.at(0))
	for i, name := range b.Scenarios {
		middle := box.Top - (vg.Length(i)+0.5)*each
		p.Write(p.Shorten(format.Clean(name), tickWords, names), box.Left-8, middle-tickWords.CapHeight()/2, tickWords, pen.Right)
		if i < len(g.Bars) {
			bar := g.Bars[i]
			ink := Slate // the base, which the others are measured by
			if i > 0 {
				ink = Ink(i-1) % Slate
			}
			end := p.bar(bar, x, middle, each, ink)
			text := p.Shorten(format.Clean(bar.Text), tickWords, r.Right-end-6)
			style := tickWords
			style.Colour = black
			p.Write(text, end+6, middle-tickWords.CapHeight()/2, style, pen.Left)
		}
	}
	p.Polyline(axisLine, vg.Point{X: zero, Y: bottom}, vg.Point{X: zero, Y: box.Top})
}

// bar draws one bar with its interval and returns where it ends on the right.
func (p *page) bar(b Bar, x scale, middle, each vg.Length, ink Ink) vg.Length {
	if math.IsNaN(b.Value) || math.IsInf(b.Value, 0) {
		return x.clamped(0)
	}
	half := each * 0.34
	from, to := x.clamped(math.Min(b.Value, 0)), x.clamped(math.Max(b.Value, 0))
	p.Area(ink, 0.7, pen.Box(from, middle-half, max(to, from+1), middle+half))
	end := max(to, from+1)
	if math.IsNaN(b.Low) || math.IsNaN(b.High) {
		return end
	}
	low, high := x.clamped(b.Low), x.clamped(b.High)
	whisker := pen.Stroke{Colour: black, Width: 1.2}
	p.Polyline(whisker, vg.Point{X: low, Y: middle}, vg.Point{X: high, Y: middle})
	for _, at := range []vg.Length{low, high} {
		p.Polyline(whisker, vg.Point{X: at, Y: middle - half/2}, vg.Point{X: at, Y: middle + half/2})
	}
	return max(end, high)
}

// finite is x, or 0 where there is no number.
func finite(x float64) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return 0
	}
	return x
}
