package chart

import (
	"math"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart/internal/axis"
	"github.com/headroom-sim/headroom/reports/chart/internal/palette"
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
		labels = max(labels, p.width(format.Clean(s), tickWords))
	}
	labels = min(labels, 0.25*r.width())
	const keyWidth vg.Length = 100
	box := rect{r.left + labels + 12, r.bottom + 2*tickWords.size + 14, r.right - keyWidth, r.top - headHeight}
	p.write(p.shorten(format.Clean(g.YName), keyWords, box.width()), r.left, r.top-12, keyWords, leftSide)
	g.cells(p, box, ruled)
	g.outline(p, box)
	w, h := box.width()/vg.Length(len(g.Columns)), box.height()/vg.Length(len(g.Rows))
	for i, s := range g.Rows {
		if step := stepFor(tickWords.size+3, h); i%step == 0 {
			y := box.bottom + (vg.Length(i)+0.5)*h
			p.write(p.shorten(format.Clean(s), tickWords, labels), box.left-8, y-tickWords.capHeight()/2, tickWords, rightSide)
		}
	}
	widest := vg.Length(0)
	for _, s := range g.Columns {
		widest = max(widest, p.width(format.Clean(s), tickWords))
	}
	step := stepFor(min(widest, 3*w)+8, w)
	for i, s := range g.Columns {
		if i%step == 0 {
			x := box.left + (vg.Length(i)+0.5)*w
			p.write(p.shorten(format.Clean(s), tickWords, vg.Length(step)*w), x, box.bottom-tickWords.size-4, tickWords, middleSide)
		}
	}
	p.write(p.shorten(format.Clean(g.XName), keyWords, box.width()), box.middleX(), box.bottom-2*tickWords.size-10, keyWords, middleSide)
	key := HeatMap{Key: g.Key}
	if g.HighIsGood {
		key.reversed = true
	}
	key.key(p, rect{box.right + 30, box.bottom, box.right + 44, box.top - 22}, r.right, ruled, holes)
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
func (g GridMap) cells(p *page, box rect, ruled axis.Values) {
	const lap vg.Length = 0.8
	w, h := box.width()/vg.Length(len(g.Columns)), box.height()/vg.Length(len(g.Rows))
	share := func(v float64) float64 {
		t := (v - ruled.Low()) / (ruled.High() - ruled.Low())
		if g.HighIsGood {
			t = 1 - t
		}
		return t
	}
	for i := len(g.Cells) - 1; i >= 0; i-- {
		for k, v := range g.Cells[i] {
			cell := rect{left: box.left + vg.Length(k)*w, bottom: box.bottom + vg.Length(i)*h}
			cell.right, cell.top = cell.left+w, cell.bottom+h
			over := cell
			if k < len(g.Columns)-1 {
				over.right += lap
			}
			if i > 0 {
				over.bottom -= lap
			}
			if math.IsNaN(v) || math.IsInf(v, 0) {
				p.fill(warmGrey, over)
				p.hatch(cell)
				continue
			}
			p.fill(palette.Heat(share(v)), over)
		}
	}
	for i, row := range g.Cells {
		for k, v := range row {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				continue
			}
			style := words{size: 11.5, colour: black}
			if palette.Dark(palette.Heat(share(v))) {
				style.colour = white
			}
			text := cellText(v, g.Unit)
			if p.width(text, style) > w-2 || style.size > h-2 {
				continue // the colours say it
			}
			p.write(text, box.left+(vg.Length(k)+0.5)*w, box.bottom+(vg.Length(i)+0.5)*h-style.capHeight()/2, style, middleSide)
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
func (g GridMap) outline(p *page, box rect) {
	w, h := box.width()/vg.Length(len(g.Columns)), box.height()/vg.Length(len(g.Rows))
	s := stroke{colour: black, width: 2.4}
	for i := range g.Met {
		for k := range g.Met[i] {
			right, top := box.left+vg.Length(k+1)*w, box.bottom+vg.Length(i+1)*h
			if k+1 < len(g.Met[i]) && g.Met[i][k] != g.Met[i][k+1] {
				p.polyline(s, vg.Point{X: right, Y: top - h - 1.2}, vg.Point{X: right, Y: top + 1.2})
			}
			if i+1 < len(g.Met) && g.Met[i][k] != g.Met[i+1][k] {
				p.polyline(s, vg.Point{X: right - w - 1.2, Y: top}, vg.Point{X: right + 1.2, Y: top})
			}
		}
	}
}
