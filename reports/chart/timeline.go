package chart

import (
	"math"
	"time"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart/internal/axis"
	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
	"github.com/headroom-sim/headroom/reports/format"
)

// Timeline is one or more panels, one below the other, over the same stretch of
// time.
type Timeline struct {
	Text     Text
	Start    time.Time // of the first interval; its location is that of the ticks
	Interval time.Duration
	Panels   []Panel
	Windows  []Window      // stretches to point out
	Warmup   time.Duration // from the start: drawn, but veiled
	// SameScale gives all panels the same vertical axis.
	SameScale bool
}

// Window is a stretch of time to point out, such as a spike. One that ends where
// it starts is an instant and drawn as a line.
type Window struct {
	Name     string
	From, To time.Duration // since Timeline.Start
}

// Panel is one plot of a timeline.
type Panel struct {
	Name  string // what is shown
	Unit  outcome.Unit
	Lines []Line
	Goal  Range // where the values should be; shaded unless it is empty
	// Short names the shade of where the second line lies below the first, both of them
	// steps; empty for none.
	Short string
	// AtLeast is a value that the axis reaches at least.
	AtLeast float64
}

// Range is a range of values with a name.
type Range struct {
	Name      string
	Low, High float64
}

// Line is a series with its bands: one entry per interval. Values that are NaN
// are gaps. Low and High may be empty.
type Line struct {
	Name      string // for the key; empty when the panel's name says it
	Ink       Ink
	Values    []outcome.Float
	Low, High []outcome.Float
	Band      string // what Low and High are, for the key
	Steps     bool   // the value holds through its interval, such as agents on shift
	// Told is what a breach rate is a ratio of, for those who show numbers beside the line; nil for other lines.
	Told *outcome.Told

	spots  spots       // the shape of the points, for the key
	dashes []vg.Length // of the line, for the key
	bound  bool        // the key is dashed: a level, not a series
}

const (
	headHeight vg.Length = 19 // a panel's line of names and keys
	panelGap   vg.Length = 10
)

func (t Timeline) draw(p *page) {
	r := p.frame(t.Text)
	n := 0
	for _, panel := range t.Panels {
		for _, line := range panel.Lines {
			n = max(n, len(line.Values))
		}
	}
	if n == 0 || t.Interval <= 0 {
		p.empty(r, "There is nothing to show.")
		return
	}
	axes := t.axes(r.Height())
	var labels vg.Length
	for _, a := range axes {
		for _, s := range a.Labels {
			labels = max(labels, p.Width(s, tickWords))
		}
	}
	x := axis.Time{Start: t.Start, Length: time.Duration(n) * t.Interval, From: r.Left + labels + 8, To: r.Right - 6}
	ticks := x.Ticks(func(s string) vg.Length { return p.Width(s, tickWords) })
	r.Bottom += axisHeight(ticks)
	r.Top -= p.windowNames(x, t.windows(), r.Top)

	high := (r.Height()+panelGap)/vg.Length(len(t.Panels)) - panelGap
	for i, panel := range t.Panels {
		top := r.Top - vg.Length(i)*(high+panelGap)
		box := pen.Box(x.From, top-high, x.To, top-headHeight)
		p.panelHead(panel, x.From, x.To, top, 1)
		y := scale{axes[i].Low(), axes[i].High(), box.Bottom, box.Top}
		t.ground(p, x, ticks, panel, axes[i], box, y)
		p.shortage(panel, x, y, t.Interval)
		for _, line := range panel.Lines {
			p.band(line, x, y, t.Interval)
		}
		for _, line := range panel.Lines {
			p.line(line, x, y, t.Interval)
		}
		if t.Warmup > 0 {
			p.Fill(veil, pen.Box(box.Left, box.Bottom, min(x.At(t.Warmup), box.Right), box.Top))
		}
		p.Polyline(axisLine, vg.Point{X: box.Left, Y: pen.Snap(box.Bottom)}, vg.Point{X: box.Right, Y: pen.Snap(box.Bottom)})
		if !panel.drawn() {
			p.empty(box, "No observations.")
		}
	}
	p.drawTimeAxis(x, ticks, r.Bottom-4)
}

// drawn reports whether a panel has anything to draw.
func (p Panel) drawn() bool {
	for _, line := range p.Lines {
		if _, _, ok := axis.Extent(line.Values); ok {
			return true
		}
	}
	return false
}

// axes makes the vertical axes of all panels.
func (t Timeline) axes(room vg.Length) []axis.Values {
	each := room/vg.Length(len(t.Panels)) - headHeight - panelGap
	n := max(2, min(5, int(each/34)))
	highs := make([]float64, len(t.Panels))
	common := 0.0
	for i, panel := range t.Panels {
		highs[i] = panel.reach()
		common = math.Max(common, highs[i])
	}
	axes := make([]axis.Values, len(t.Panels))
	for i, panel := range t.Panels {
		if t.SameScale {
			highs[i] = common
		}
		axes[i] = axis.New(0, highs[i], panel.Unit, n)
	}
	return axes
}

// reach is the largest value that a panel's axis has to hold. Bands count up to
// twice the largest value: an interval without information must not flatten
// the line.
func (p Panel) reach() float64 {
	high := math.Max(p.AtLeast, p.Goal.High)
	for _, line := range p.Lines {
		_, top, ok := axis.Extent(line.Values)
		if !ok {
			continue
		}
		high = math.Max(high, top)
		if _, edge, ok := axis.Extent(line.High); ok {
			high = math.Max(high, math.Min(edge, 2*top))
		}
	}
	if p.Unit == outcome.UnitShare {
		high = math.Min(high, 1)
	}
	if high <= 0 {
		high = 1
		if p.Unit == outcome.UnitShare {
			high = 0.05
		}
	}
	return high
}

// windows are the warm-up and the windows of the chart, with their shades.
func (t Timeline) windows() []Window {
	if t.Warmup > 0 {
		return append([]Window{{Name: "warm-up, not measured", To: t.Warmup}}, t.Windows...)
	}
	return t.Windows
}

// windowNames writes the names of windows above the panels, in as many rows as
// it takes to keep them apart, three at most, and returns the height of the rows.
func (p *page) windowNames(x axis.Time, windows []Window, top vg.Length) vg.Length {
	const rows = 3
	const rowHeight vg.Length = 15
	var edges [rows]vg.Length
	used := 0
	for i := range edges {
		edges[i] = x.From - 1000
	}
	for _, w := range windows {
		if w.From > x.Length || w.To < 0 {
			continue
		}
		style := noteWords
		if w.Name == "warm-up, not measured" && w.From == 0 {
			style = keyWords
		}
		name := p.Shorten(format.Clean(w.Name), style, 0.6*(x.To-x.From))
		half := p.Width(name, style) / 2
		middle := (x.At(max(w.From, 0)) + x.At(min(w.To, x.Length))) / 2
		middle = min(max(middle, x.From+half), x.To-half)
		for row := range rows {
			if middle-half > edges[row]+12 {
				p.Write(name, middle, top-vg.Length(row)*rowHeight-11, style, pen.Middle)
				edges[row] = middle + half
				used = max(used, row+1)
				break
			}
		}
	}
	return vg.Length(used) * rowHeight
}

// ground draws what lies behind the lines of a panel.
func (t Timeline) ground(p *page, x axis.Time, ticks []axis.Tick, panel Panel, ruled axis.Values, box pen.Rect, y scale) {
	if t.Warmup > 0 {
		p.Fill(warmGrey, pen.Box(box.Left, box.Bottom, min(x.At(t.Warmup), box.Right), box.Top))
	}
	for _, w := range t.Windows {
		if w.To < 0 || w.From > x.Length {
			continue
		}
		left, right := x.At(max(w.From, 0)), x.At(min(w.To, x.Length))
		if w.From == w.To {
			p.Polyline(pen.Stroke{Colour: noteWords.Colour, Width: 1.2, Dashes: []vg.Length{4, 3}},
				vg.Point{X: left, Y: box.Bottom}, vg.Point{X: left, Y: box.Top})
		} else {
			// At least a pixel and a half, so that it can be seen over a year.
			p.Fill(dawn, pen.Box(left, box.Bottom, max(right, left+1.5), box.Top))
		}
	}
	if panel.Goal.High > panel.Goal.Low {
		p.Fill(mint, pen.Box(box.Left, y.clamped(panel.Goal.Low), box.Right, y.clamped(panel.Goal.High)))
	}
	for i, v := range ruled.Ticks {
		at := pen.Snap(y.at(v))
		p.Polyline(gridLine, vg.Point{X: box.Left, Y: at}, vg.Point{X: box.Right, Y: at})
		p.Write(ruled.Labels[i], box.Left-7, y.at(v)-tickWords.CapHeight()/2, tickWords, pen.Right)
	}
	for _, tick := range ticks {
		if tick.At >= 0 {
			at := pen.Snap(x.At(tick.At))
			p.Polyline(gridLine, vg.Point{X: at, Y: box.Bottom}, vg.Point{X: at, Y: box.Top})
			p.Polyline(axisLine, vg.Point{X: at, Y: box.Bottom - 4}, vg.Point{X: at, Y: box.Bottom})
		}
	}
}

// mostKeyRows is how many rows the keys of a chart with a single plot may take.
const mostKeyRows = 4

// panelHead writes the name of a panel and the keys of its lines, in one row or as many as
// it may take, and returns the height of those beyond the first.
func (p *page) panelHead(panel Panel, left, right, top vg.Length, rows int) vg.Length {
	base := top - 12
	name := p.Shorten(format.Clean(panel.Name), headWords, 0.6*(right-left))
	p.Write(name, left, base, headWords, pen.Left)
	x := left + p.Width(name, headWords) + 18
	first, row, dropped := x, 1, 0
	const more vg.Length = 64 // the room to say how many keys have none
	key := func(label string, swatch func(from, to, middle vg.Length)) {
		label = format.Clean(label)
		const swatchWidth vg.Length = 20
		if label == "" {
			return
		}
		if x > first && x+swatchWidth+5+p.Width(label, keyWords) > right && row < rows {
			x, base, row = left, base-headHeight+3, row+1
			first = x
		}
		room := right - x - swatchWidth - 5
		if room < 60 || dropped > 0 {
			dropped++
			return
		}
		if p.Width(label, keyWords) > room && row == rows {
			room -= more
		}
		label = p.Shorten(label, keyWords, room)
		swatch(x, x+swatchWidth, base+keyWords.CapHeight()/2)
		p.Write(label, x+swatchWidth+5, base, keyWords, pen.Left)
		x += swatchWidth + 5 + p.Width(label, keyWords) + 16
	}
	for _, line := range panel.Lines {
		key(line.Name, func(from, to, middle vg.Length) {
			switch {
			case line.spots == squares:
				p.spot(line.spots, line.Ink.Colour(), vg.Point{X: to - 4, Y: middle})
				return
			case line.bound:
				p.Polyline(boundLine, vg.Point{X: from, Y: middle}, vg.Point{X: to, Y: middle})
				return
			}
			if line.spots != rings || line.Ink != Slate {
				p.Polyline(pen.Stroke{Colour: line.Ink.Colour(), Width: 2.2, Dashes: line.dashes}, vg.Point{X: from, Y: middle}, vg.Point{X: to, Y: middle})
			}
			p.spot(line.spots, line.Ink.Colour(), vg.Point{X: (from + to) / 2, Y: middle})
		})
		key(line.Band, func(from, to, middle vg.Length) {
			p.Area(line.Ink, bandOpacity, pen.Box(from, middle-5, to, middle+5))
		})
	}
	key(panel.Short, func(from, to, middle vg.Length) {
		p.Fill(blush, pen.Box(from, middle-5, to, middle+5))
	})
	if panel.Goal.High > panel.Goal.Low {
		key(panel.Goal.Name, func(from, to, middle vg.Length) {
			p.Fill(mint, pen.Box(from, middle-5, to, middle+5))
		})
	}
	if dropped > 0 {
		p.Write(p.Shorten("and "+format.Count(float64(dropped))+" more", keyWords, right-x), x, base, keyWords, pen.Left)
	}
	return vg.Length(row-1) * (headHeight - 3)
}
