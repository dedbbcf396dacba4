package chart

import (
	"math"
	"slices"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart/internal/axis"
	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
	"github.com/headroom-sim/headroom/reports/format"
)

// Distribution is how an amount of money varies over the trials of an
// experiment.
type Distribution struct {
	Text   Text
	Values []float64 // one per trial
	Head   string    // what the values are, with their currency
	Marks  []Mark    // such as mean, P95 and CVaR95
}

func (d Distribution) draw(p *page) {
	r := p.frame(d.Text)
	values := slices.DeleteFunc(slices.Clone(d.Values), func(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) })
	if len(values) == 0 {
		p.empty(r, "There is nothing to show.")
		return
	}
	slices.Sort(values)
	marks := slices.DeleteFunc(slices.Clone(d.Marks), func(m Mark) bool { return math.IsNaN(m.Value) || math.IsInf(m.Value, 0) })
	high := values[len(values)-1]
	for _, m := range marks {
		high = math.Max(high, m.Value)
	}
	xAxis := axis.New(math.Min(values[0], 0), high, outcome.UnitMoney, 8)
	nothing := high == 0 && values[0] == 0
	if nothing {
		xAxis.Labels = []string{"0"} // there is no scale to speak of
	}
	bins := axis.Histogram(values, xAxis)
	tallest := 0.0
	for _, b := range bins {
		tallest = math.Max(tallest, b.Share)
	}
	yAxis := axis.New(0, tallest, outcome.UnitShare, 5)

	box := pen.Box(r.Left+p.widest(yAxis.Labels)+8, r.Bottom+2*tickWords.Size+14, r.Right-14, r.Top-headHeight-14)
	d.keys(p, marks, box.Left, r.Right, r.Top-12)
	inset := box.Width() / 40 // room for the bar at zero
	x := scale{xAxis.Low(), xAxis.High(), box.Left + inset, box.Right - inset}
	y := scale{0, yAxis.High(), box.Bottom, box.Top}
	p.levels(yAxis, y, box)
	d.bars(p, bins, x, y, box)
	p.markLines(marks, func(m Mark) vg.Length { return x.clamped(m.Value) }, box)
	d.shares(p, bins, x, y)
	p.Polyline(axisLine, vg.Point{X: box.Left, Y: pen.Snap(box.Bottom)}, vg.Point{X: box.Right, Y: pen.Snap(box.Bottom)})
	for i, v := range xAxis.Ticks[:len(xAxis.Labels)] {
		p.Polyline(axisLine, vg.Point{X: x.at(v), Y: box.Bottom - 4}, vg.Point{X: x.at(v), Y: box.Bottom})
		p.Write(xAxis.Labels[i], x.at(v), box.Bottom-tickWords.Size-6, tickWords, pen.Middle)
	}
	head := p.Shorten(format.Clean(d.Head), headWords, box.Width())
	p.Write(head, box.MiddleX(), r.Bottom+1, headWords, pen.Middle)
	if nothing {
		p.empty(box, "No trial pays anything.")
	}
}

// bars draws the bins.
func (d Distribution) bars(p *page, bins []axis.Bin, x, y scale, box pen.Rect) {
	for _, b := range bins {
		if b.Share == 0 {
			continue
		}
		const half vg.Length = 9
		bar := pen.Box(x.at(b.From), box.Bottom, x.at(b.To), y.at(b.Share))
		switch {
		case b.Beside:
			bar.Left, bar.Right = bar.Left-2*half-0.5, bar.Right-0.5
		case b.From == b.To:
			bar.Left, bar.Right = bar.Left-half, bar.Right+half
		default:
			bar.Left, bar.Right = bar.Left+0.5, bar.Right-0.5
		}
		ink := Blue
		if b.From == 0 && b.To == 0 {
			ink = Green // nothing is paid
		}
		p.Area(ink, 0.55, bar)
	}
}

// shares writes the share of each bar above it, where there is room.
func (d Distribution) shares(p *page, bins []axis.Bin, x, y scale) {
	if len(bins) > 16 {
		return
	}
	for _, b := range bins {
		if b.Share == 0 {
			continue
		}
		label := format.Decimal(100*b.Share, 1) + format.Thin + "%"
		p.label(label, (x.at(b.From)+x.at(b.To))/2, y.at(b.Share)+4, tickWords, pen.Middle)
	}
}

// keys writes the head of the picture: what is up, and the marks with their
// values. They stand there and not beside their lines, where close values would
// put them over one another.
func (d Distribution) keys(p *page, marks []Mark, left, right, base vg.Length) {
	const name = "Share of trials"
	p.Write(name, left, base, headWords, pen.Left)
	x := left + p.Width(name, headWords) + 24
	middle := base + keyWords.CapHeight()/2
	for _, m := range marks {
		style := m.style()
		label := p.Shorten(m.label(), style, right-x-27)
		p.Polyline(pen.Stroke{Colour: m.Ink.Colour(), Width: 2.2}, vg.Point{X: x, Y: middle}, vg.Point{X: x + 20, Y: middle})
		p.Write(label, x+26, base, style, pen.Left)
		x += 26 + p.Width(label, style) + 20
	}
}
