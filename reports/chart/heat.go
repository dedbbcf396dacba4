package chart

import (
	"fmt"
	"image/color"
	"math"
	"time"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart/internal/axis"
	"github.com/headroom-sim/headroom/reports/chart/internal/palette"
	"github.com/headroom-sim/headroom/reports/format"
)

// HeatMap is a share by hour of the week: seven rows from Monday to Sunday and
// 24 columns.
type HeatMap struct {
	Text  Text
	Cells [7][24]float64 // by day, Monday first, and hour; NaN where there is no data
	Key   string         // what the colours mean, for the head of the scale

	reversed bool // the scale of colours runs from high to low
}

func (h HeatMap) draw(p *page) {
	r := p.frame(h.Text)
	high, holes, some := h.look()
	if !some {
		p.empty(r, "There is nothing to show.")
		return
	}
	ruled := axis.New(0, math.Max(high, 0.05), outcome.UnitShare, 5)
	const keyWidth vg.Length = 96
	box := rect{r.left + 38, r.bottom + tickWords.size + 8, r.right - keyWidth, r.top - 2}
	h.cells(p, box, ruled.High())
	for day := range 7 {
		y := box.top - (vg.Length(day)+0.5)*box.height()/7
		// 1 January 2024 was a Monday.
		name := time.Date(2024, 1, 1+day, 0, 0, 0, 0, time.UTC).Format("Mon")
		p.write(name, box.left-8, y-tickWords.capHeight()/2, tickWords, rightSide)
	}
	for hour := 0; hour <= 24; hour += 3 {
		x := box.left + vg.Length(hour)*box.width()/24
		p.polyline(axisLine, vg.Point{X: x, Y: box.bottom - 4}, vg.Point{X: x, Y: box.bottom})
		p.write(fmt.Sprintf("%02d:00", hour), x, box.bottom-tickWords.size-5, tickWords, middleSide)
	}
	h.key(p, rect{box.right + 30, box.bottom, box.right + 44, box.top - 22}, r.right, ruled, holes)
}

// look finds the highest cell, and whether there are cells without and with data.
func (h HeatMap) look() (high float64, holes, some bool) {
	for _, day := range h.Cells {
		for _, x := range day {
			if math.IsNaN(x) {
				holes = true
				continue
			}
			some = true
			high = math.Max(high, x)
		}
	}
	return high, holes, some
}

// cells paints the cells. Each is laid a little over its neighbours to the right
// and below, which then cover it: cells that only touch show hairlines.
func (h HeatMap) cells(p *page, box rect, top float64) {
	w, high := box.width()/24, box.height()/7
	const lap vg.Length = 0.8
	for day, cells := range h.Cells {
		for hour, x := range cells {
			cell := rect{left: box.left + vg.Length(hour)*w, top: box.top - vg.Length(day)*high}
			cell.right, cell.bottom = cell.left+w, cell.top-high
			over := cell
			if hour < 23 {
				over.right += lap
			}
			if day < 6 {
				over.bottom -= lap
			}
			if math.IsNaN(x) {
				p.fill(warmGrey, over)
				continue
			}
			p.fill(palette.Heat(x/top), over)
		}
	}
	for day, cells := range h.Cells {
		for hour, x := range cells {
			left, upper := box.left+vg.Length(hour)*w, box.top-vg.Length(day)*high
			if math.IsNaN(x) {
				p.hatch(rect{left, upper - high, left + w, upper})
				continue
			}
			style := words{size: 10.5, colour: black}
			switch {
			case palette.Dark(palette.Heat(x / top)):
				style.colour = white
			case x < 0.01 && x < top/10:
				style.colour = grey // a number for completeness
			}
			p.write(cellNumber(x), left+w/2, upper-high/2-style.capHeight()/2, style, middleSide)
		}
	}
}

// cellNumber is a share in percent, as short as it can be.
func cellNumber(x float64) string {
	switch {
	case x == 0:
		return "0"
	case x < 0.0095:
		return format.Decimal(100*x, 1)
	default:
		return format.Decimal(100*x, 0)
	}
}

// hatch marks a cell as being without data.
func (p *page) hatch(r rect) {
	const step vg.Length = 6
	s := stroke{colour: color.NRGBA{0xc3, 0xc9, 0xcf, 0xff}, width: 0.75}
	// The lines x + y = k × step of the whole page, so that they go on from cell
	// to cell, cut at the edges.
	first := vg.Length(math.Ceil(float64((r.left+r.bottom)/step))) * step
	for d := first - r.left - r.bottom; d < r.width()+r.height(); d += step {
		x0, y0 := min(d, r.width()), max(0, d-r.width())
		x1, y1 := max(0, d-r.height()), min(d, r.height())
		p.polyline(s, vg.Point{X: r.left + x0, Y: r.bottom + y0}, vg.Point{X: r.left + x1, Y: r.bottom + y1})
	}
}

// key draws the scale of colours.
func (h HeatMap) key(p *page, bar rect, right vg.Length, ruled axis.Values, holes bool) {
	name := p.shorten(format.Clean(h.Key), keyWords, right-bar.left)
	p.write(name, bar.left, bar.top+10, keyWords, leftSide)
	if holes {
		mark := rect{bar.left, bar.bottom, bar.right, bar.bottom + 14}
		p.fill(warmGrey, mark)
		p.hatch(mark)
		p.write("none", mark.right+7, mark.middleY()-keyWords.capHeight()/2, keyWords, leftSide)
		bar.bottom += 34
	}
	// On whole pixels, so that its edges are straight.
	bar.left, bar.right = whole(bar.left), whole(bar.right)
	const steps = 96
	for i := range steps {
		lower := bar.bottom + vg.Length(i)*bar.height()/steps
		upper := bar.top
		if i < steps-1 {
			upper = lower + bar.height()/steps + 0.8
		}
		t := (float64(i) + 0.5) / steps
		if h.reversed {
			t = 1 - t
		}
		p.fill(palette.Heat(t), rect{bar.left, lower, bar.right, upper})
	}
	y := scale{ruled.Low(), ruled.High(), bar.bottom, bar.top}
	for i, v := range ruled.Ticks {
		at := y.at(v)
		p.polyline(axisLine, vg.Point{X: bar.right, Y: at}, vg.Point{X: bar.right + 4, Y: at})
		p.write(ruled.Labels[i], bar.right+7, at-tickWords.capHeight()/2, tickWords, leftSide)
	}
}
