package chart

import (
	"math"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
	"github.com/headroom-sim/headroom/reports/format"
)

// Mark is a value to point out in a distribution.
type Mark struct {
	Name  string
	Value float64
	Text  string // the value as it is written
	Ink   Ink
}

func (m Mark) label() string { return format.Clean(m.Name + "  " + m.Text) }

// markNames writes the names of marks above a box that they cross, in as many rows as
// it takes to keep them apart, four at most, and returns the height of the rows. A
// short rule joins each name to its line.
func (p *page) markNames(marks []Mark, at func(Mark) vg.Length, box pen.Rect) vg.Length {
	const rows = 4
	const rowHeight vg.Length = 15
	type placed struct {
		mark   Mark
		middle vg.Length
		row    int
	}
	var all []placed
	used := 0
	taken := make([][][2]vg.Length, rows)
	for _, m := range marks {
		style := m.style()
		half := p.Width(p.Shorten(m.label(), style, 0.6*box.Width()), style) / 2
		middle := min(max(at(m), box.Left+half), box.Right-half)
		for row := range rows {
			free := true
			for _, t := range taken[row] {
				free = free && (middle+half+10 < t[0] || middle-half-10 > t[1])
			}
			if free {
				taken[row] = append(taken[row], [2]vg.Length{middle - half, middle + half})
				all = append(all, placed{m, middle, row})
				used = max(used, row+1)
				break
			}
		}
	}
	height := vg.Length(used) * rowHeight
	for _, n := range all {
		base := box.Top - vg.Length(n.row)*rowHeight - 11
		x := at(n.mark)
		p.Polyline(pen.Stroke{Colour: n.mark.Ink.Colour(), Width: 0.5}, vg.Point{X: x, Y: base - 4}, vg.Point{X: x, Y: box.Top - height})
	}
	for _, n := range all {
		style := n.mark.style()
		base := box.Top - vg.Length(n.row)*rowHeight - 11
		p.label(p.Shorten(n.mark.label(), style, 0.6*box.Width()), n.middle, base, style, pen.Middle)
	}
	return height
}

func (m Mark) style() pen.Words {
	style := keyWords
	style.Bold, style.Colour = true, m.Ink.Words()
	return style
}

// label is text on white, so that no line runs through it.
func (p *page) label(s string, x, base vg.Length, w pen.Words, at pen.Side) {
	width := p.Width(s, w)
	left := x - vg.Length(at)*width
	p.Fill(white, pen.Box(left-2, base-2.5, left+width+2, base+w.Size-1.5))
	p.Write(s, x, base, w, at)
}

// markLines draws the marks. Those that fall together are dashed so that they show
// by turns.
func (p *page) markLines(marks []Mark, at func(Mark) vg.Length, box pen.Rect) {
	const dash vg.Length = 7
	for i, m := range marks {
		x := at(m)
		together, rank := 0, 0
		for j, other := range marks {
			if math.Abs(float64(at(other)-x)) < 2 {
				if together++; j < i {
					rank++
				}
			}
		}
		s := pen.Stroke{Colour: m.Ink.Colour(), Width: 2, Dashes: []vg.Length{dash, 0.5 * dash}}
		if together > 1 {
			s.Dashes = []vg.Length{dash, vg.Length(together-1) * dash}
			s.Offset = vg.Length(rank) * dash
		}
		p.Polyline(s, vg.Point{X: x, Y: box.Bottom}, vg.Point{X: x, Y: box.Top})
	}
}
