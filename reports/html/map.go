package html

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// Map is a measure at every combination of two values, as a picture and as the table behind it.
type Map struct {
	Title, Caption string
	XName, YName   string
	Columns, Rows  []string // from left to right, and from top to bottom
	Unit           outcome.Unit
	Cells          [][]Place // by row, then column
	HighIsGood     bool      // strong colour is for low values then
}

// Place is a cell of a Map.
type Place struct {
	Cell
	Met bool // a target is kept there for sure
}

const (
	mapTop      = 26
	mapRow      = 34
	mapWidth    = 868
	mapLeast    = 56 // how narrow a cell may be
	letterWidth = 7  // of a label, about
)

func (m *Map) set(s *setter) (block, error) {
	if len(m.Columns) == 0 || len(m.Rows) == 0 {
		return block{}, fmt.Errorf("a map of %q without cells", m.Title)
	}
	low, high := m.extent()
	left := letterWidth * min(len([]rune(m.YName)), 30)
	for _, row := range m.Rows {
		left = max(left, letterWidth*min(len([]rune(row)), 30))
	}
	left += 14
	wide := max(mapLeast, (mapWidth-left)/len(m.Columns))
	f := &heatFigure{
		Title: format.Clean(m.Title), Caption: m.Caption,
		Width: left + wide*len(m.Columns), Height: mapTop + mapRow*len(m.Rows) + 44, MarkY: mapTop + mapRow*len(m.Rows) + 14,
	}
	f.Cell.Width, f.Cell.Height = wide-1, mapRow-1
	f.Rows = heatAxis{format.Clean(m.YName), 0, 12}
	f.Columns = heatAxis{format.Clean(m.XName), left + wide*len(m.Columns)/2, f.MarkY + 20}
	g := &grid{Name: f.Title, Heads: []gridHead{{Text: format.Clean(m.YName) + " \\ " + format.Clean(m.XName)}}}
	for i, column := range m.Columns {
		f.Marks = append(f.Marks, heatMark{Middle: left + wide*i + wide/2, Text: format.Clean(column)})
		g.Heads = append(g.Heads, gridHead{format.Clean(column), true})
	}
	for i, row := range m.Rows {
		line := heatLine{Name: format.Clean(row), X: left - 8, At: mapTop + mapRow*i + mapRow/2}
		cells := []gridCell{{Text: line.Name, First: true}}
		for k := range m.Columns {
			c := m.cell(i, k, low, high)
			c.X, c.Y = left+wide*k, mapTop+mapRow*i
			c.MiddleX, c.MiddleY = c.X+wide/2, c.Y+mapRow/2
			line.Cells = append(line.Cells, c)
			text := format.Missing
			if !c.Empty {
				text = m.Cells[i][k].Text
			}
			cells = append(cells, gridCell{Text: text, Right: true})
		}
		f.Lines, g.Rows = append(f.Lines, line), append(g.Rows, cells)
	}
	for i := range 5 {
		part := float64(i) / 4
		value, strength := low+part*(high-low), part
		if m.HighIsGood {
			strength = 1 - part
		}
		f.Scale = append(f.Scale, heatMark{At: i * 54, Middle: i*54 + 27, Text: withUnit(value, m.Unit), Strength: opacity(strength)})
	}
	g.Label = s.label(g.Name)
	f.Table = g
	return block{Heat: f}, nil
}

// cell is the look of a cell, without its place.
func (m *Map) cell(row, column int, low, high float64) heatCell {
	p := m.Cells[row][column]
	at := format.Clean(m.YName) + " " + format.Clean(m.Rows[row]) + ", " + format.Clean(m.XName) + " " + format.Clean(m.Columns[column]) + ": "
	if math.IsNaN(p.Value) || math.IsInf(p.Value, 0) {
		return heatCell{Empty: true, Title: at + "nothing"}
	}
	strength := 0.0
	if high > low {
		strength = (p.Value/2 - low/2) / (high/2 - low/2) // halves: the difference may be beyond any number
	}
	if m.HighIsGood {
		strength = 1 - strength
	}
	// To the digits that its interval leaves.
	shown, _, _ := strings.Cut(p.Text, " ±")
	shown, _, _ = strings.Cut(shown, " (")
	c := heatCell{Text: shown, Title: at + p.Text, Strength: opacity(strength), Ground: ground(strength), Met: p.Met}
	if p.Met {
		c.Title += ", target kept"
	}
	return c
}

// extent is the scale of colours: from zero where that is not far below, else between the extremes.
func (m *Map) extent() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, row := range m.Cells {
		for _, p := range row {
			if !math.IsNaN(p.Value) && !math.IsInf(p.Value, 0) {
				low, high = math.Min(low, p.Value), math.Max(high, p.Value)
			}
		}
	}
	switch {
	case low > high:
		return 0, 1
	case low > 0 && low < high/2 && !m.HighIsGood:
		low = 0
	}
	return low, high
}

func opacity(strength float64) string { return strconv.FormatFloat(strength, 'f', 2, 64) }
