package chart

import (
	"math"
	"slices"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart/internal/axis"
	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
	"github.com/headroom-sim/headroom/reports/chart/internal/sheet"
	"github.com/headroom-sim/headroom/reports/format"
)

// Cumulative is how large a share lies within a value, or beyond it: times within
// which clocks stop, credits that are exceeded. Times stand on a logarithmic axis,
// because seconds and days are on one page; money stands on a linear one.
type Cumulative struct {
	Text  Text
	Name  string       // what the share is of
	Head  string       // what the values are, with their currency
	Unit  outcome.Unit // of the values: UnitSeconds or UnitMoney
	Steps []Steps
	Marks []Mark // targets, or mean and tails
}

// Steps is one line of Cumulative: from Values[i] on the share is Shares[i]; before
// the first value it is Before. Values rise.
type Steps struct {
	Name   string
	Ink    Ink
	Before float64
	Values []float64
	Shares []float64
}

func (c Cumulative) draw(p *page) {
	r := p.frame(c.Text)
	x, some := c.axis()
	if !some {
		p.empty(r, "There is nothing to show.")
		return
	}
	y := axis.New(0, c.tallest(), outcome.UnitShare, 5)
	left := r.Left + p.widest(y.Labels) + 10
	panel := Panel{Name: c.Name}
	for _, s := range c.Steps {
		panel.Lines = append(panel.Lines, Line{Name: s.Name, Ink: s.Ink, dashes: s.Ink.Pattern()})
	}
	r.Top -= p.panelHead(panel, left, r.Right, r.Top, mostKeyRows)
	box := pen.Box(left, r.Bottom+2*tickWords.Size+14, r.Right-14, r.Top-headHeight-4)
	across := x.over(box)
	marks := slices.DeleteFunc(slices.Clone(c.Marks), func(m Mark) bool { return math.IsNaN(m.Value) || math.IsInf(m.Value, 0) })
	box.Top -= p.markNames(marks, func(m Mark) vg.Length { return across(m.Value) }, box)
	up := scale{y.Low(), y.High(), box.Bottom, box.Top}
	p.levels(y, up, box)
	p.ruler(x.Values, across, box)
	for _, s := range c.Steps {
		p.Polyline(pen.Stroke{Colour: s.Ink.Colour(), Width: 2, Dashes: s.Ink.Pattern()}, s.path(across, up)...)
	}
	p.markLines(marks, func(m Mark) vg.Length { return across(m.Value) }, box)
	p.Polyline(axisLine, vg.Point{X: box.Left, Y: pen.Snap(box.Bottom)}, vg.Point{X: box.Right, Y: pen.Snap(box.Bottom)})
	p.Write(p.Shorten(format.Clean(c.Head), keyWords, box.Width()), box.MiddleX(), box.Bottom-2*tickWords.Size-12, keyWords, pen.Middle)
}

// tallest is the largest share; shares that come near to all have an axis to 100 %.
func (c Cumulative) tallest() float64 {
	high := 0.0
	for _, s := range c.Steps {
		high = math.Max(high, finite(s.Before))
		for _, v := range s.Shares {
			high = math.Max(high, finite(v))
		}
	}
	if high > 0.5 || high <= 0 {
		return 1
	}
	return high
}

// path is the line as it goes from left to right.
func (s Steps) path(across func(float64) vg.Length, up scale) []vg.Point {
	level := up.clamped(finite(s.Before))
	points := []vg.Point{{X: across(math.Inf(-1)), Y: level}}
	for i, v := range s.Values[:min(len(s.Values), len(s.Shares))] {
		if math.IsNaN(v) || math.IsInf(v, 0) || math.IsNaN(s.Shares[i]) {
			continue
		}
		x := across(v)
		points = append(points, vg.Point{X: x, Y: level})
		level = up.clamped(s.Shares[i])
		points = append(points, vg.Point{X: x, Y: level})
	}
	return sheet.Thin(append(points, vg.Point{X: across(math.Inf(1)), Y: level}))
}

// cross is a horizontal axis of values.
type cross struct {
	axis.Values
	low, high float64
	log       bool
}

// over maps values onto the width of a box, those outside to its edges.
func (x cross) over(box pen.Rect) func(float64) vg.Length {
	s := scale{x.low, x.high, box.Left, box.Right}
	if !x.log {
		// Room at both ends, so that a line that falls at zero stands beside the axis.
		inset := box.Width() / 40
		s.from, s.to = s.from+inset, s.to-inset
		return s.clamped
	}
	s.low, s.high = math.Log(x.low), math.Log(x.high)
	return func(v float64) vg.Length { return s.clamped(math.Log(math.Max(v, x.low))) }
}

// axis chooses the stretch of values, and is false where there are none.
func (c Cumulative) axis() (cross, bool) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range c.Steps {
		for i, v := range s.Values[:min(len(s.Values), len(s.Shares))] {
			if math.IsNaN(v) || math.IsInf(v, 0) || math.IsNaN(s.Shares[i]) {
				continue
			}
			// On a logarithmic axis the first and last per mille would take half the page.
			if c.Unit == outcome.UnitSeconds && (s.Shares[i] < 0.02 || s.Shares[i] > 0.999) && i > 0 && s.Shares[i-1] > 0.999 {
				continue
			}
			low, high = math.Min(low, v), math.Max(high, v)
		}
	}
	if low > high {
		return cross{}, false
	}
	for _, m := range c.Marks {
		if !math.IsNaN(m.Value) && !math.IsInf(m.Value, 0) {
			low, high = math.Min(low, m.Value), math.Max(high, m.Value)
		}
	}
	if c.Unit == outcome.UnitSeconds {
		a, from, to := axis.Durations(low, high)
		return cross{Values: a, low: from, high: to, log: true}, true
	}
	a := axis.New(math.Min(low, 0), high, c.Unit, 8)
	return cross{Values: a, low: a.Low(), high: a.High()}, true
}

// ruler draws the ticks of a horizontal axis, the first ones first; those that would
// touch another are left out.
func (p *page) ruler(x axis.Values, across func(float64) vg.Length, box pen.Rect) {
	var taken [][2]vg.Length
	for i, v := range x.Ticks {
		half := p.Width(x.Labels[i], tickWords)/2 + 5
		at := across(v)
		if slices.ContainsFunc(taken, func(t [2]vg.Length) bool { return at-half < t[1] && at+half > t[0] }) {
			continue
		}
		taken = append(taken, [2]vg.Length{at - half, at + half})
		line := pen.Snap(at)
		p.Polyline(gridLine, vg.Point{X: line, Y: box.Bottom}, vg.Point{X: line, Y: box.Top})
		p.Polyline(axisLine, vg.Point{X: line, Y: box.Bottom - 4}, vg.Point{X: line, Y: box.Bottom})
		p.Write(x.Labels[i], at, box.Bottom-tickWords.Size-5, tickWords, pen.Middle)
	}
}

// levels draws the ticks of a vertical axis.
func (p *page) levels(a axis.Values, y scale, box pen.Rect) {
	for i, v := range a.Ticks {
		at := pen.Snap(y.at(v))
		p.Polyline(gridLine, vg.Point{X: box.Left, Y: at}, vg.Point{X: box.Right, Y: at})
		p.Write(a.Labels[i], box.Left-7, y.at(v)-tickWords.CapHeight()/2, tickWords, pen.Right)
	}
}

// widest is the width of the widest of some labels of ticks.
func (p *page) widest(labels []string) (w vg.Length) {
	for _, s := range labels {
		w = max(w, p.Width(s, tickWords))
	}
	return w
}
