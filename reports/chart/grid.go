package chart

import (
	"math"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart/internal/axis"
	"github.com/headroom-sim/headroom/reports/chart/internal/palette"
	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
	"github.com/headroom-sim/headroom/reports/format"
)

// GridMap is a measure at every combination of two values that were varied.
type GridMap struct {
	Text    Text
	Columns []string // from left to right
	Rows    []string // from bottom to top
	XName   string
	YName   string
	Unit    outcome.Unit
	Key     string      // what the colours mean
	Cells   [][]float64 // by row, then column; NaN where there is nothing
	// Low and High are the intervals of the cells, which have no room on paper; empty for none.
	Low, High [][]float64
	// Met says where the target is met; its outline is drawn. Empty for none.
	Met [][]bool
	// HighIsGood turns the colours round: the pale end is good.
	HighIsGood bool
}

func (g GridMap) draw(p *page) {
	r := p.frame(g.Text)
	low, high, some, holes := g.extent()
	if !some {
		p.empty(r, "There is nothing to show.")
		return
	}
	ruled := axis.New(math.Min(low, 0), math.Max(high, g.least()), g.Unit, 5)
	if g.HighIsGood || g.Unit != outcome.UnitShare && low > high/2 {
		ruled = axis.New(low, high, g.Unit, 5)
	}
	var labels vg.Length
	for _, s := range g.Rows {
		labels = max(labels, p.Width(format.Clean(s), tickWords))
	}
	labels = min(labels, 0.25*r.Width())
	const keyWidth vg.Length = 100
	box := pen.Box(r.Left+labels+12, r.Bottom+2*tickWords.Size+14, r.Right-keyWidth, r.Top-headHeight)
	p.Write(p.Shorten(format.Clean(g.YName), keyWords, box.Width()), r.Left, r.Top-12, keyWords, pen.Left)
	g.cells(p, box, ruled)
	g.outline(p, box)
	w, h := box.Width()/vg.Length(len(g.Columns)), box.Height()/vg.Length(len(g.Rows))
	for i, s := range g.Rows {
		if step := stepFor(tickWords.Size+3, h); i%step == 0 {
			y := box.Bottom + (vg.Length(i)+0.5)*h
			p.Write(p.Shorten(format.Clean(s), tickWords, labels), box.Left-8, y-tickWords.CapHeight()/2, tickWords, pen.Right)
		}
	}
	widest := vg.Length(0)
	for _, s := range g.Columns {
		widest = max(widest, p.Width(format.Clean(s), tickWords))
	}
	step := stepFor(min(widest, 3*w)+8, w)
	for i, s := range g.Columns {
		if i%step == 0 {
			x := box.Left + (vg.Length(i)+0.5)*w
			p.Write(p.Shorten(format.Clean(s), tickWords, vg.Length(step)*w), x, box.Bottom-tickWords.Size-4, tickWords, pen.Middle)
		}
	}
	p.Write(p.Shorten(format.Clean(g.XName), keyWords, box.Width()), box.MiddleX(), box.Bottom-2*tickWords.Size-10, keyWords, pen.Middle)
	key := HeatMap{Key: g.Key}
	if g.HighIsGood {
		key.reversed = true
	}
	key.key(p, pen.Box(box.Right+30, box.Bottom, box.Right+44, box.Top-22), r.Right, ruled, holes)
}

// least is how far the scale reaches when all values are small.
func (g GridMap) least() float64 {
	if g.Unit == outcome.UnitShare {
		return 0.05
	}
	return 0
}

// stepFor is every how many places there is room for a label.
func stepFor(need, each vg.Length) int {
	return max(1, int(math.Ceil(float64(need/each))))
}

func (g GridMap) extent() (low, high float64, some, holes bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, row := range g.Cells {
		for _, v := range row {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				holes = true
				continue
			}
			some = true
			low, high = math.Min(low, v), math.Max(high, v)
		}
	}
	return low, high, some, holes
}

// cells paints the cells from the top left, each a little over those to the right and below.
func (g GridMap) cells(p *page, box pen.Rect, ruled axis.Values) {
	const lap vg.Length = 0.8
	w, h := box.Width()/vg.Length(len(g.Columns)), box.Height()/vg.Length(len(g.Rows))
	share := func(v float64) float64 {
		t := (v - ruled.Low()) / (ruled.High() - ruled.Low())
		if g.HighIsGood {
			t = 1 - t
		}
		return t
	}
	for i := len(g.Cells) - 1; i >= 0; i-- {
		for k, v := range g.Cells[i] {
			cell := pen.Rect{Left: box.Left + vg.Length(k)*w, Bottom: box.Bottom + vg.Length(i)*h}
			cell.Right, cell.Top = cell.Left+w, cell.Bottom+h
			over := cell
			if k < len(g.Columns)-1 {
				over.Right += lap
			}
			if i > 0 {
				over.Bottom -= lap
			}
			if math.IsNaN(v) || math.IsInf(v, 0) {
				p.Fill(warmGrey, over)
				p.hatch(cell)
				continue
			}
			p.Fill(palette.Heat(share(v)), over)
		}
	}
	for i, row := range g.Cells {
		for k, v := range row {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				continue
			}
			style := pen.Words{Size: 11.5, Colour: black}
			if palette.Dark(palette.Heat(share(v))) {
				style.Colour = white
			}
			text := cellText(v, g.Unit)
			if p.Width(text, style) > w-2 || style.Size > h-2 {
				continue // the colours say it
			}
			p.Write(text, box.Left+(vg.Length(k)+0.5)*w, box.Bottom+(vg.Length(i)+0.5)*h-style.CapHeight()/2, style, pen.Middle)
		}
	}
}

// cellText is a value as short as it can be.
func cellText(v float64, u outcome.Unit) string {
	if u == outcome.UnitShare {
		return cellNumber(v)
	}
	return format.Value(v, u)
}

// outline draws the border of where the target is met.
func (g GridMap) outline(p *page, box pen.Rect) {
	w, h := box.Width()/vg.Length(len(g.Columns)), box.Height()/vg.Length(len(g.Rows))
	s := pen.Stroke{Colour: black, Width: 2.4}
	for i := range g.Met {
		for k := range g.Met[i] {
			right, top := box.Left+vg.Length(k+1)*w, box.Bottom+vg.Length(i+1)*h
			if k+1 < len(g.Met[i]) && g.Met[i][k] != g.Met[i][k+1] {
				p.Polyline(s, vg.Point{X: right, Y: top - h - 1.2}, vg.Point{X: right, Y: top + 1.2})
			}
			if i+1 < len(g.Met) && g.Met[i][k] != g.Met[i+1][k] {
				p.Polyline(s, vg.Point{X: right - w - 1.2, Y: top}, vg.Point{X: right + 1.2, Y: top})
			}
		}
	}
}
