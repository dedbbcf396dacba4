package chart

import (
	"math"
	"slices"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart/internal/axis"
	"github.com/headroom-sim/headroom/reports/chart/internal/palette"
	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
	"github.com/headroom-sim/headroom/reports/format"
)

// Curves are measures over a value that was varied: a line for each plan, with its interval.
type Curves struct {
	Text   Text
	Name   string // what is shown
	Unit   outcome.Unit
	Suffix string // of the numbers on the vertical ruled, where the unit says nothing: /day
	X      Ruler
	Curves []Curve
	Bound  Bound
	Levels []Bound // further levels, with their names beside them, as far as they have room
	// FromZero starts the vertical axis at zero; otherwise near the smallest value.
	FromZero bool
}

// Ruler is the horizontal axis of Curves.
type Ruler struct {
	Name   string
	Suffix string    // behind each number: %
	Values []float64 // those that were tried; they get the ticks where there is room
	Ticks  []float64 // where the ticks stand, if not there
}

// Curve is one line of Curves. Points that are NaN are gaps; bounds that are infinite reach to the
// edge.
type Curve struct {
	Name      string
	Ink       Ink
	X, Y      []float64
	Low, High []float64
	Band      string // what Low and High are, for the key
	Dots      bool   // points that no line joins; their intervals are whiskers
	MarksOnly bool   // squares, without line and interval
	// Beyond says of a point that it lies farther up (1) or down (-1) than can be shown: an
	// arrow takes the place of its dot. It may be empty.
	Beyond []int
}

// Bound is a level that values are held against; none without a name.
type Bound struct {
	Name  string
	Value float64
}

func (c Curves) draw(p *page) {
	r := p.frame(c.Text)
	low, high, some := c.reach()
	if !some {
		p.empty(r, "There is nothing to show.")
		return
	}
	ruled := axis.New(low, high, c.Unit, 5)
	var labels vg.Length
	for i := range ruled.Labels {
		ruled.Labels[i] += c.Suffix
		labels = max(labels, p.Width(ruled.Labels[i], tickWords))
	}
	box := pen.Box(r.Left+labels+10, r.Bottom+2*tickWords.Size+16, r.Right-14, r.Top-headHeight-2)
	panel := Panel{Name: c.Name}
	for _, curve := range c.Curves {
		panel.Lines = append(panel.Lines, Line{Name: curve.Name, Ink: curve.Ink, Band: curve.Band, spots: curve.spots()})
	}
	if c.Bound.Name != "" {
		panel.Lines = append(panel.Lines, Line{Name: c.Bound.Name, bound: true})
	}
	box.Top -= p.panelHead(panel, box.Left, r.Right, r.Top, mostKeyRows)
	y := scale{ruled.Low(), ruled.High(), box.Bottom, box.Top}
	x := c.X.scale(box)
	p.levels(ruled, y, box)
	c.X.draw(p, x, box)
	c.bound(p, y, box)
	names := c.levels(p, y, box)
	for _, curve := range c.Curves {
		if !curve.Dots && !curve.MarksOnly {
			curve.band(p, x, y)
		}
	}
	for _, marks := range []bool{true, false} {
		for _, curve := range c.Curves {
			if curve.MarksOnly == marks {
				curve.draw(p, x, y)
			}
		}
	}
	names()
	p.Polyline(axisLine, vg.Point{X: box.Left, Y: pen.Snap(box.Bottom)}, vg.Point{X: box.Right, Y: pen.Snap(box.Bottom)})
}

// reach is what the vertical axis has to hold. Intervals count up to twice the largest value.
func (c Curves) reach() (low, high float64, some bool) {
	low, high = math.Inf(1), math.Inf(-1)
	least := math.Inf(1)
	for _, curve := range c.Curves {
		for i, v := range curve.Y {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				continue
			}
			some = true
			least = math.Min(least, v)
			low, high = math.Min(low, v), math.Max(high, v)
			for _, edges := range [][]float64{curve.Low, curve.High} {
				if i < len(edges) && !math.IsNaN(edges[i]) && !math.IsInf(edges[i], 0) && math.Abs(edges[i]) <= 2*math.Abs(v) {
					low, high = math.Min(low, edges[i]), math.Max(high, edges[i])
				}
			}
		}
	}
	if !some {
		return 0, 0, false
	}
	if c.Bound.Name != "" {
		low, high = math.Min(low, c.Bound.Value), math.Max(high, c.Bound.Value*1.15)
	}
	top := high
	for _, level := range c.Levels {
		if level.Value > low && level.Value < 1.5*top {
			high = math.Max(high, 1.05*level.Value)
		}
	}
	// An interval may reach below zero, but what is never negative needs no room there.
	if c.FromZero && least >= 0 {
		low = 0
	}
	if high <= low {
		high = low + math.Max(math.Abs(low)*0.1, 0.05)
	}
	return low, high, true
}

// scale lays the values out, with a little room at both ends.
func (r Ruler) scale(box pen.Rect) scale {
	low, high := slices.Min(r.Values), slices.Max(r.Values)
	if low == high {
		low, high = low-1, high+1
	}
	return scale{low, high, box.Left + 12, box.Right - 12}
}

// draw writes the ticks and the name. Where the values that were tried stand too close, round
// numbers take their place.
func (r Ruler) draw(p *page, x scale, box pen.Rect) {
	places := 0
	ticks := slices.Compact(slices.Sorted(slices.Values(r.Values)))
	if len(r.Ticks) > 0 {
		ticks = r.Ticks
	}
	write := func(v float64) string { return format.Decimal(v, places) + r.Suffix }
	fits := func() bool {
		places = 0
		for _, v := range ticks {
			for places < 6 && math.Abs(v-axis.Rounded(v, places)) > 1e-9*math.Max(1, math.Abs(v)) {
				places++
			}
		}
		for i := 1; i < len(ticks); i++ {
			room := x.at(ticks[i]) - x.at(ticks[i-1])
			if (p.Width(write(ticks[i]), tickWords)+p.Width(write(ticks[i-1]), tickWords))/2+8 > room {
				return false
			}
		}
		return true
	}
	if !fits() {
		ticks = slices.DeleteFunc(axis.Nice(x.low, x.high, 8), func(v float64) bool { return v < x.low-1e-9 || v > x.high+1e-9 })
		fits()
	}
	for _, v := range ticks {
		at := pen.Snap(x.at(v))
		p.Polyline(gridLine, vg.Point{X: at, Y: box.Bottom}, vg.Point{X: at, Y: box.Top})
		p.Polyline(axisLine, vg.Point{X: at, Y: box.Bottom - 4}, vg.Point{X: at, Y: box.Bottom})
		p.Write(write(v), x.at(v), box.Bottom-tickWords.Size-5, tickWords, pen.Middle)
	}
	p.Write(p.Shorten(format.Clean(r.Name), keyWords, box.Width()), box.MiddleX(), box.Bottom-2*tickWords.Size-12, keyWords, pen.Middle)
}

var boundLine = pen.Stroke{Colour: black, Width: 1.2, Dashes: []vg.Length{5, 4}}

// bound draws the level that values are held against.
func (c Curves) bound(p *page, y scale, box pen.Rect) {
	if c.Bound.Name == "" {
		return
	}
	at := y.clamped(c.Bound.Value)
	p.Polyline(boundLine, vg.Point{X: box.Left, Y: at}, vg.Point{X: box.Right, Y: at})
}

// levels draws those of the further levels that lie on the axis, and returns what writes the
// names of those that do not touch the one below.
func (c Curves) levels(p *page, y scale, box pen.Rect) (names func()) {
	type name struct {
		text string
		at   vg.Length
	}
	var all []name
	edge := box.Bottom
	for _, level := range c.Levels {
		if !(level.Value > y.low && level.Value <= y.high) {
			continue
		}
		at := y.at(level.Value)
		p.Polyline(pen.Stroke{Colour: grey, Width: 1, Dashes: boundLine.Dashes}, vg.Point{X: box.Left, Y: at}, vg.Point{X: box.Right, Y: at})
		if at > edge+2 {
			all = append(all, name{p.Shorten(format.Clean(level.Name), captionWords, 0.5*box.Width()), at + 4})
			edge = at + captionWords.Size + 4
		}
	}
	return func() {
		for _, n := range all {
			p.label(n.text, box.Right-4, n.at, captionWords, pen.Right)
		}
	}
}

// stretches are the runs of points without gaps.
func (c Curve) stretches(lists ...[]float64) []axis.Run {
	floats := make([][]outcome.Float, len(lists))
	for i, list := range lists {
		for _, v := range list {
			floats[i] = append(floats[i], outcome.Float(v))
		}
	}
	return axis.Runs(floats...)
}

// band fills the area between the bounds.
func (c Curve) band(p *page, x, y scale) {
	edge := func(list []float64) []float64 {
		out := slices.Clone(list)
		for i, v := range out {
			if math.IsInf(v, 0) {
				out[i] = math.Min(math.Max(v, y.low), y.high)
			}
		}
		return out
	}
	lows, highs := edge(c.Low), edge(c.High)
	for _, r := range c.stretches(lows, highs, c.X) {
		var lower, upper []vg.Point
		for i := r.From; i < r.To; i++ {
			lower = append(lower, vg.Point{X: x.at(c.X[i]), Y: y.clamped(lows[i])})
			upper = append(upper, vg.Point{X: x.at(c.X[i]), Y: y.clamped(highs[i])})
		}
		area := slices.Clone(upper)
		slices.Reverse(area)
		p.Polygon(c.Ink.Faint(bandOpacity), append(slices.Clone(lower), area...))
		p.edges(c.Ink, 0.5, lower, upper)
	}
}

// spots is the shape of a curve's points, so that colours alone need not tell.
func (c Curve) spots() spots {
	if c.MarksOnly {
		return squares
	}
	return []spots{discs, diamonds, rings, frames, crosses, discs, discs}[int(c.Ink)%int(palette.Inks)]
}

// draw draws the line and its points.
func (c Curve) draw(p *page, x, y scale) {
	for _, r := range c.stretches(c.Y, c.X) {
		var points []vg.Point
		for i := r.From; i < r.To; i++ {
			points = append(points, vg.Point{X: x.at(c.X[i]), Y: y.clamped(c.Y[i])})
		}
		if !c.Dots && !c.MarksOnly {
			p.Polyline(pen.Stroke{Colour: c.Ink.Colour(), Width: 1.8}, points...)
		}
		for k, at := range points {
			c.point(p, r.From+k, at, y)
		}
	}
}

// point draws point i: its whisker if no band shows its interval, and its spot.
func (c Curve) point(p *page, i int, at vg.Point, y scale) {
	if c.Dots && i < len(c.Low) && i < len(c.High) && !math.IsNaN(c.Low[i]) && !math.IsNaN(c.High[i]) {
		p.Polyline(pen.Stroke{Colour: c.Ink.Colour(), Width: 1}, vg.Point{X: at.X, Y: y.clamped(c.Low[i])}, vg.Point{X: at.X, Y: y.clamped(c.High[i])})
	}
	if i < len(c.Beyond) && c.Beyond[i] != 0 && !c.MarksOnly {
		up := vg.Length(c.Beyond[i])
		p.Polygon(c.Ink.Colour(), []vg.Point{{X: at.X - 5, Y: at.Y - 3*up}, {X: at.X + 5, Y: at.Y - 3*up}, {X: at.X, Y: at.Y + 6*up}})
		return
	}
	p.spot(c.spots(), c.Ink.Colour(), at)
}

// Add appends a point.
func (c *Curve) Add(x, y, low, high float64) {
	c.X, c.Y, c.Low, c.High = append(c.X, x), append(c.Y, y), append(c.Low, low), append(c.High, high)
}
