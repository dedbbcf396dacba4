package html

import (
	"cmp"
	"fmt"
	"math"
	"unicode/utf8"

	"github.com/headroom-sim/headroom/reports/format"
)

// Differences are differences from a base with their intervals against zero: a group for each measure, with
// a scale of its own, and a row in it for each of what is compared. It is a picture with the table behind it.
type Differences struct {
	Title, Caption string
	Each           string // what a row is, as the head of the table; scenario where empty
	Head           string // what is measured, as the head of the table; difference where empty
	Groups         []Contrast
}

// Contrast is one measure in all that is compared.
type Contrast struct {
	Name string // empty where the title says it
	Rows []Change
}

// Change is a difference. Low and High may be infinite, and NaN where there is no interval. Text is how people
// read it, with its unit and interval.
type Change struct {
	Name             string
	Value, Low, High float64
	Text             string
}

// sure reports whether the interval leaves zero out.
func (c Change) sure() bool {
	return c.Low > 0 || c.High < 0 || c.Low == 0 && c.High == 0 && c.Value != 0
}

// differenceFigure is Differences as the template takes it.
type differenceFigure struct {
	Title, Caption string
	Width, Height  int
	Zero, Numbers  int // where they stand
	Groups         []differenceGroup
	Table          *grid
}

type differenceGroup struct {
	Name      string
	Y         int
	Top, Foot int // of the line at zero
	Rows      []differenceRow
}

type differenceRow struct {
	Name, Text, Title string
	Y                 int
	Low, High, At     int
	Whisker, Sure     bool
	Less, None        bool // it lies left of zero; there is no number
}

const (
	differenceRowHeight, differenceHead = 24, 24
	differenceScale                     = 400 // names stand before it, numbers behind it
	differenceNumbers                   = 258
	fewestNameWidth, mostNameWidth      = 210, 420
)

// nameWidth is the room for the names of rows.
func (d *Differences) nameWidth() int {
	width := fewestNameWidth
	for _, c := range d.Groups {
		for _, r := range c.Rows {
			width = max(width, 24+letterWidth*utf8.RuneCountInString(format.Clean(r.Name)))
		}
	}
	return min(width, mostNameWidth)
}

func (d *Differences) set(s *setter) (block, error) {
	if len(d.Groups) == 0 {
		return block{}, fmt.Errorf("a picture of %q without differences", d.Title)
	}
	left := d.nameWidth()
	f := &differenceFigure{
		Title: format.Clean(d.Title), Caption: d.Caption, Width: left + differenceScale + differenceNumbers,
		Zero: left + differenceScale/2, Numbers: left + differenceScale + 14,
	}
	g := &grid{Name: f.Title, Heads: []gridHead{{Text: cmp.Or(d.Each, "scenario")}, {cmp.Or(d.Head, "difference"), true}}}
	named := len(d.Groups) > 1 || d.Groups[0].Name != ""
	if named {
		g.Heads = append([]gridHead{{Text: "measure"}}, g.Heads...)
	}
	y := 0
	for _, c := range d.Groups {
		group := differenceGroup{Name: format.Clean(c.Name), Y: y + differenceHead/2}
		reach := c.reach()
		if group.Name != "" {
			y += differenceHead
		}
		group.Top = y
		for _, r := range c.Rows {
			row := r.place(reach, f.Zero)
			row.Name, row.Text, row.Y = format.Clean(r.Name), r.Text, y+differenceRowHeight/2
			row.Title = row.Name + ": " + r.Text
			if group.Name != "" {
				row.Title = group.Name + ", " + row.Title
			}
			group.Rows = append(group.Rows, row)
			cells := []gridCell{{Text: row.Name, First: true}, {Text: r.Text, Right: true}}
			if named {
				cells = []gridCell{{Text: group.Name, First: true}, {Text: row.Name}, {Text: r.Text, Right: true}}
			}
			g.Rows = append(g.Rows, cells)
			y += differenceRowHeight
		}
		group.Foot = y
		f.Groups = append(f.Groups, group)
		y += 6
	}
	f.Height = y
	g.Label = s.label(g.Name)
	f.Table = g
	return block{Differences: f}, nil
}

// reach is the value at the ends of the scale: an interval that says nothing may not flatten the rest.
func (c Contrast) reach() float64 {
	most := 0.0
	for _, r := range c.Rows {
		value := math.Abs(r.Value)
		if math.IsNaN(value) || math.IsInf(value, 0) {
			continue
		}
		most = math.Max(most, value)
		for _, end := range []float64{r.Low, r.High} {
			if end = math.Abs(end); !math.IsNaN(end) {
				most = math.Max(most, math.Min(end, 3*value))
			}
		}
	}
	if most == 0 {
		return 1
	}
	return most
}

// place is where a difference and its interval stand.
func (c Change) place(reach float64, zero int) differenceRow {
	const half, edge = differenceScale / 2, 8
	at := func(x float64) int {
		return zero + int(math.Round(math.Max(-1, math.Min(x/reach, 1))*(half-edge)))
	}
	if math.IsNaN(c.Value) || math.IsInf(c.Value, 0) {
		return differenceRow{None: true}
	}
	row := differenceRow{At: at(c.Value), Sure: c.sure(), Less: c.Value < 0}
	if !math.IsNaN(c.Low) && !math.IsNaN(c.High) {
		row.Whisker, row.Low, row.High = true, at(c.Low), at(c.High)
	}
	return row
}
