package chart

import (
	"math"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart/internal/axis"
	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
	"github.com/headroom-sim/headroom/reports/format"
)

// Differences are paired differences with their intervals against zero: a group for each
// measure, a row for each scenario but the base.
type Differences struct {
	Text   Text
	Groups []Contrast // MostGroups at most are drawn
}

// Contrast is one measure in all scenarios.
type Contrast struct {
	Name string
	Unit outcome.Unit
	Rows []Change
}

// Change is a scenario less the base. Low and High may be infinite.
type Change struct {
	Name string
	Bar
}

// sure reports whether the interval leaves zero out.
func (c Change) sure() bool {
	return c.Low > 0 || c.High < 0 || c.Low == 0 && c.High == 0 && c.Value != 0
}

func (d Differences) draw(p *page) {
	r := p.frame(d.Text)
	groups := d.Groups[:min(len(d.Groups), MostGroups)]
	if len(groups) == 0 {
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
	height := min((r.Height()+rowGap)/vg.Length(rows)-rowGap, 210)
	for i, g := range groups {
		left := r.Left + vg.Length(i%columns)*(width+gutter)
		top := r.Top - vg.Length(i/columns)*(height+rowGap)
		g.draw(p, pen.Box(left, top-height, left+width, top))
	}
}

// draw draws one measure: its own axis, zero in it.
func (c Contrast) draw(p *page, r pen.Rect) {
	p.Write(p.Shorten(format.Clean(c.Name), headWords, r.Width()), r.Left, r.Top-12, headWords, pen.Left)
	var names, texts vg.Length
	low, high := 0.0, 0.0
	for _, row := range c.Rows {
		names = max(names, p.Width(format.Clean(row.Name), tickWords))
		texts = max(texts, p.Width(format.Clean(row.Text), tickWords))
		reach := 3 * math.Abs(finite(row.Value)) // an interval without information must not flatten the rest
		low = math.Min(low, math.Min(finite(row.Value), math.Max(finite(row.Low), -reach)))
		high = math.Max(high, math.Max(finite(row.Value), math.Min(finite(row.High), reach)))
	}
	if low == high {
		low, high = -1, 1
		if c.Unit == outcome.UnitShare {
			low, high = -0.01, 0.01
		}
	}
	names, texts = min(names, 0.28*r.Width()), min(texts, 0.36*r.Width())
	box := pen.Box(r.Left+names+8, r.Bottom+tickWords.Size+8, r.Right-texts-10, r.Top-headHeight)
	ruled := differenceAxis(low, high, c.Unit)
	x := scale{ruled.Low(), ruled.High(), box.Left + 4, box.Right - 4}
	p.ruler(ruled, x.clamped, box)
	zero := pen.Snap(x.clamped(0))
	p.Polyline(pen.Stroke{Colour: black, Width: 1}, vg.Point{X: zero, Y: box.Bottom}, vg.Point{X: zero, Y: box.Top})
	each := min(box.Height()/vg.Length(max(len(c.Rows), 1)), 34)
	for i, row := range c.Rows {
		middle := box.Top - (box.Height()-each*vg.Length(len(c.Rows)))/2 - (vg.Length(i)+0.5)*each
		if each >= tickWords.Size-1 {
			p.Write(p.Shorten(format.Clean(row.Name), tickWords, names), r.Left, middle-tickWords.CapHeight()/2, tickWords, pen.Left)
			style := tickWords
			style.Colour = black
			p.Write(p.Shorten(format.Clean(row.Text), style, texts), box.Right+10, middle-style.CapHeight()/2, style, pen.Left)
		}
		row.draw(p, x, middle, min(each*0.22, 5))
	}
}

// differenceAxis is an axis of differences: those of shares are in percentage points.
func differenceAxis(low, high float64, unit outcome.Unit) axis.Values {
	if unit != outcome.UnitShare {
		return axis.New(low, high, unit, 4)
	}
	a := axis.New(100*low, 100*high, outcome.UnitTickets, 4)
	for i := range a.Ticks {
		a.Ticks[i] /= 100
		a.Labels[i] += format.Thin + "pp"
	}
	return a
}

// draw draws the interval, and a disc that is full where zero lies outside it.
func (c Change) draw(p *page, x scale, middle, half vg.Length) {
	if math.IsNaN(c.Value) || math.IsInf(c.Value, 0) {
		return
	}
	ink := Slate
	switch {
	case c.sure() && c.Value < 0:
		ink = Blue
	case c.sure():
		ink = Vermilion
	}
	if !math.IsNaN(c.Low) && !math.IsNaN(c.High) {
		whisker := pen.Stroke{Colour: ink.Colour(), Width: 1.8}
		low, high := x.clamped(c.Low), x.clamped(c.High)
		p.Polyline(whisker, vg.Point{X: low, Y: middle}, vg.Point{X: high, Y: middle})
		for _, end := range []vg.Length{low, high} {
			p.Polyline(whisker, vg.Point{X: end, Y: middle - half}, vg.Point{X: end, Y: middle + half})
		}
	}
	at := vg.Point{X: x.clamped(c.Value), Y: middle}
	if c.sure() {
		p.Dot(ink.Colour(), at, 4)
	} else {
		p.ring(ink.Colour(), at, 3.6)
	}
}
