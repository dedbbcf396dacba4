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
	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
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
	box := pen.Box(r.Left+38, r.Bottom+tickWords.Size+8, r.Right-keyWidth, r.Top-2)
	h.cells(p, box, ruled.High())
	for day := range 7 {
		y := box.Top - (vg.Length(day)+0.5)*box.Height()/7
		// 1 January 2024 was a Monday.
		name := time.Date(2024, 1, 1+day, 0, 0, 0, 0, time.UTC).Format("Mon")
		p.Write(name, box.Left-8, y-tickWords.CapHeight()/2, tickWords, pen.Right)
	}
	for hour := 0; hour <= 24; hour += 3 {
		x := box.Left + vg.Length(hour)*box.Width()/24
		p.Polyline(axisLine, vg.Point{X: x, Y: box.Bottom - 4}, vg.Point{X: x, Y: box.Bottom})
		p.Write(fmt.Sprintf("%02d:00", hour), x, box.Bottom-tickWords.Size-5, tickWords, pen.Middle)
	}
	h.key(p, pen.Box(box.Right+30, box.Bottom, box.Right+44, box.Top-22), r.Right, ruled, holes)
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
func (h HeatMap) cells(p *page, box pen.Rect, top float64) {
	w, high := box.Width()/24, box.Height()/7
	const lap vg.Length = 0.8
	for day, cells := range h.Cells {
		for hour, x := range cells {
			cell := pen.Rect{Left: box.Left + vg.Length(hour)*w, Top: box.Top - vg.Length(day)*high}
			cell.Right, cell.Bottom = cell.Left+w, cell.Top-high
			over := cell
			if hour < 23 {
				over.Right += lap
			}
			if day < 6 {
				over.Bottom -= lap
			}
			if math.IsNaN(x) {
				p.Fill(warmGrey, over)
				continue
			}
			p.Fill(palette.Heat(x/top), over)
		}
	}
	for day, cells := range h.Cells {
		for hour, x := range cells {
			left, upper := box.Left+vg.Length(hour)*w, box.Top-vg.Length(day)*high
			if math.IsNaN(x) {
				p.hatch(pen.Box(left, upper-high, left+w, upper))
				continue
			}
			style := pen.Words{Size: 10.5, Colour: black}
			switch {
			case palette.Dark(palette.Heat(x / top)):
				style.Colour = white
			case x < 0.01 && x < top/10:
				style.Colour = grey // a number for completeness
			}
			p.Write(cellNumber(x), left+w/2, upper-high/2-style.CapHeight()/2, style, pen.Middle)
		}
	}
}

// cellNumber is a share in percent, as short as it can be.
func cellNumber(x float64) string {
	switch {
	case x < 0.0005: // 0.0 would be no shorter and say no more
		return "0"
	case x < 0.0095:
		return format.Decimal(100*x, 1)
	default:
		return format.Decimal(100*x, 0)
	}
}

// hatch marks a cell as being without data.
func (p *page) hatch(r pen.Rect) {
	const step vg.Length = 6
	s := pen.Stroke{Colour: color.NRGBA{0xc3, 0xc9, 0xcf, 0xff}, Width: 0.75}
	// The lines x + y = k × step of the whole page, so that they go on from cell
	// to cell, cut at the edges.
	first := vg.Length(math.Ceil(float64((r.Left+r.Bottom)/step))) * step
	for d := first - r.Left - r.Bottom; d < r.Width()+r.Height(); d += step {
		x0, y0 := min(d, r.Width()), max(0, d-r.Width())
		x1, y1 := max(0, d-r.Height()), min(d, r.Height())
		p.Polyline(s, vg.Point{X: r.Left + x0, Y: r.Bottom + y0}, vg.Point{X: r.Left + x1, Y: r.Bottom + y1})
	}
}

// key draws the scale of colours.
func (h HeatMap) key(p *page, bar pen.Rect, right vg.Length, ruled axis.Values, holes bool) {
	name := p.Shorten(format.Clean(h.Key), keyWords, right-bar.Left)
	p.Write(name, bar.Left, bar.Top+10, keyWords, pen.Left)
	if holes {
		mark := pen.Box(bar.Left, bar.Bottom, bar.Right, bar.Bottom+14)
		p.Fill(warmGrey, mark)
		p.hatch(mark)
		p.Write("none", mark.Right+7, mark.MiddleY()-keyWords.CapHeight()/2, keyWords, pen.Left)
		bar.Bottom += 34
	}
	// On whole pixels, so that its edges are straight.
	bar.Left, bar.Right = pen.Whole(bar.Left), pen.Whole(bar.Right)
	const steps = 96
	for i := range steps {
		lower := bar.Bottom + vg.Length(i)*bar.Height()/steps
		upper := bar.Top
		if i < steps-1 {
			upper = lower + bar.Height()/steps + 0.8
		}
		t := (float64(i) + 0.5) / steps
		if h.reversed {
			t = 1 - t
		}
		p.Fill(palette.Heat(t), pen.Box(bar.Left, lower, bar.Right, upper))
	}
	y := scale{ruled.Low(), ruled.High(), bar.Bottom, bar.Top}
	for i, v := range ruled.Ticks {
		at := y.at(v)
		p.Polyline(axisLine, vg.Point{X: bar.Right, Y: at}, vg.Point{X: bar.Right + 4, Y: at})
		p.Write(ruled.Labels[i], bar.Right+7, at-tickWords.CapHeight()/2, tickWords, pen.Left)
	}
}
