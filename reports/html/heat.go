package html

import (
	"math"
	"strconv"

	"github.com/headroom-sim/headroom/reports/format"
)

// Heat is a map of shares, or of counts, by hour of the week, as a picture and as the table behind it.
type Heat struct {
	Title, Caption string
	Counts         bool
	Cells          [7][24]Cell // by day, Monday first, and hour
}

// Cell is a share, NaN where there is none, and how it is written.
type Cell struct {
	Value float64
	Text  string
}

// The days of the week, Monday first.
var days = [7]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

// heatFigure is a Heat or a Map as the template takes it: lengths are in units of the picture.
type heatFigure struct {
	Title, Caption string
	Columns, Rows  heatAxis
	Marks          []heatMark // of the columns
	Lines          []heatLine
	Scale          []heatMark
	Table          *grid
	Width, Height  int // of the picture
	Cell           struct{ Width, Height int }
	MarkY          int // where the marks stand
}

// heatAxis is the name of what varies along a side; empty where it goes without saying.
type heatAxis struct {
	Name string
	X, Y int
}

type heatMark struct {
	At, Middle int
	Text       string
	Strength   string
}

type heatLine struct {
	Name  string
	X, At int
	Cells []heatCell
}

type heatCell struct {
	X, Y, MiddleX, MiddleY int
	Title, Text            string
	Strength               string // opacity of the colour
	Ground                 string // what the number stands on: weak, mid or strong colour
	Empty, Met             bool
}

const (
	cellWidth, cellHeight = 34, 26
	heatLeft, heatTop     = 44, 22
)

func (h *Heat) set(s *setter) (block, error) {
	f := &heatFigure{Title: format.Clean(h.Title), Caption: h.Caption, Width: 868, Height: 212, MarkY: 14}
	f.Cell.Width, f.Cell.Height = cellWidth-1, cellHeight-1
	most := h.most()
	g := &grid{Name: f.Title, Heads: []gridHead{{Text: "hour"}}}
	for hour := range 24 {
		text := strconv.Itoa(hour)
		if hour < 10 {
			text = "0" + text
		}
		x := heatLeft + hour*cellWidth
		f.Marks = append(f.Marks, heatMark{At: x, Middle: x + cellWidth/2, Text: text})
		g.Rows = append(g.Rows, []gridCell{{Text: text + ":00", First: true}})
	}
	for day, name := range days {
		g.Heads = append(g.Heads, gridHead{name, true})
		y := heatTop + day*cellHeight
		d := heatLine{Name: name[:3], X: heatLeft - 6, At: y + cellHeight/2}
		for hour := range 24 {
			c := h.Cells[day][hour]
			x := heatLeft + hour*cellWidth
			cell := heatCell{X: x, Y: y, MiddleX: x + cellWidth/2, MiddleY: y + cellHeight/2}
			at := name + " " + f.Marks[hour].Text + ":00: "
			if math.IsNaN(c.Value) {
				cell.Empty, cell.Title = true, at+"no tickets"
				g.Rows[hour] = append(g.Rows[hour], gridCell{Text: format.Missing, Right: true})
			} else {
				strength := c.Value / most
				cell.Text, cell.Title = h.written(c.Value), at+c.Text
				cell.Strength, cell.Ground = strconv.FormatFloat(strength, 'f', 2, 64), ground(strength)
				g.Rows[hour] = append(g.Rows[hour], gridCell{Text: c.Text, Right: true})
			}
			d.Cells = append(d.Cells, cell)
		}
		f.Lines = append(f.Lines, d)
	}
	for i := range 5 {
		part := float64(i) / 4
		f.Scale = append(f.Scale, heatMark{At: i * 54, Middle: i*54 + 27, Text: h.scale(part * most), Strength: strconv.FormatFloat(part, 'f', 2, 64)})
	}
	g.Label = s.label(g.Name)
	f.Table = g
	return block{Heat: f}, nil
}

// most is the end of the scale of colours: of shares a round number that its quarters divide well.
func (h *Heat) most() float64 {
	most := 0.0
	for _, row := range h.Cells {
		for _, c := range row {
			if c.Value > most { // NaN is above nothing
				most = c.Value
			}
		}
	}
	switch {
	case h.Counts:
		return math.Max(4, 4*math.Ceil(most/4))
	case most > 0.1:
		return math.Ceil(most*5) / 5
	}
	return 0.1
}

// written is a value in its cell.
func (h *Heat) written(x float64) string {
	if h.Counts {
		return format.Count(x)
	}
	return format.Decimal(100*x, 0)
}

// scale is a value below the scale of colours.
func (h *Heat) scale(x float64) string {
	if h.Counts {
		return format.Count(x)
	}
	return format.Percent(x)
}

// ground says on how strong a colour a number stands, so that it keeps its contrast: black digits are
// the better ones in the light up to the second place, white ones in the dark up to the first, by the ratio of
// WCAG 2.1, which is never below 4.5 so.
func ground(strength float64) string {
	switch {
	case strength > 0.845:
		return "strong"
	case strength > 0.605:
		return "mid"
	}
	return "weak"
}
