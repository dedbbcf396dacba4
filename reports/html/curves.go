package html

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/reports/format"
)

// Curves is a chart of curves over something that is not the time of the scenario.
type Curves struct {
	Title, Caption string
	X, Y           Axis
	Curves         []Curve
	Marks          []Mark // places on the horizontal axis to point out
	Bound          *Mark  // a level on the vertical axis to point out, which the axis reaches
	Levels         []Mark // further levels, those that have room
}

// Axis is an axis of Curves.
type Axis struct {
	Name  string
	Unit  string // behind the numbers of ticks: %
	Log   bool
	Ticks []Mark // empty for round numbers
}

// Mark is a place on an axis, as it is written.
type Mark struct {
	At   float64
	Name string
}

// Curve is one of Curves. Its points go upwards in X.
type Curve struct {
	Name   string
	Points []Point
	Steps  bool // the value holds until the next point
	Dots   bool // points are marked
	Loose  bool // points that no line joins
	Plain  bool // a line to hold the others against: thin, and in no colour of theirs
}

// Point is a point of a curve. Low and High are NaN where there is no interval. The texts are how
// people read both, with their units and intervals.
type Point struct {
	X, Y, Low, High float64
	XText, Text     string
}

// curveData is what the script knows of Curves. Places on a logarithmic axis are powers of ten.
type curveData struct {
	Kind   string          `json:"kind"`
	XName  string          `json:"xname"`
	XUnit  string          `json:"xunit,omitempty"`
	YUnit  string          `json:"yunit,omitempty"`
	X      json.RawMessage `json:"x"`
	Texts  []string        `json:"xt"`
	Ticks  []tickData      `json:"ticks,omitempty"`
	Marks  []tickData      `json:"marks,omitempty"`
	Bound  *tickData       `json:"bound,omitempty"`
	Levels []tickData      `json:"levels,omitempty"`
	Lines  []curveLine     `json:"lines"`
}

type curveLine struct {
	Name   string          `json:"name"`
	Values json.RawMessage `json:"v"`
	Low    json.RawMessage `json:"lo,omitempty"`
	High   json.RawMessage `json:"hi,omitempty"`
	Texts  []string        `json:"t"`
	Steps  bool            `json:"steps,omitempty"`
	Dots   bool            `json:"dots,omitempty"`
	Loose  bool            `json:"loose,omitempty"`
	Plain  bool            `json:"plain,omitempty"`
}

type tickData struct {
	At   json.RawMessage `json:"at"`
	Name string          `json:"name"`
}

// timeTicks are the places on a logarithmic axis of times that get a tick, in seconds.
var timeTicks = []float64{1, 10, 60, 600, 3600, 4 * 3600, 24 * 3600, 3 * 24 * 3600, 7 * 24 * 3600, 28 * 24 * 3600, 365 * 24 * 3600}

// TimeTicks are those of a logarithmic axis of times up to the last, in seconds.
func TimeTicks(last float64) []Mark {
	return ticks(timeTicks, last, format.Stated)
}

// hourTicks are those of an axis of times on a calendar with closing hours, which have no days.
var hourTicks = []float64{1, 10, 60, 600, 3600, 4 * 3600, 16 * 3600, 80 * 3600, 400 * 3600, 2000 * 3600}

// WorkingTicks are TimeTicks of times on a calendar with closing hours.
func WorkingTicks(last float64) []Mark {
	return ticks(hourTicks, last, format.Exact)
}

// ticks are the places up to the last, in seconds.
func ticks(places []float64, last float64, write func(time.Duration) string) (marks []Mark) {
	for _, x := range places {
		if x <= last {
			marks = append(marks, Mark{x, write(time.Duration(x) * time.Second)})
		}
	}
	return marks
}

// TimePlaces are places on such an axis that draw a curve well.
func TimePlaces() []float64 {
	var list []float64
	for x := 1.0; x < 2e8; x *= 1.12 {
		list = append(list, math.Round(x))
	}
	return slices.Compact(list)
}

func (c *Curves) set(s *setter) (block, error) {
	xs, texts := c.places()
	if len(xs) == 0 {
		return block{}, fmt.Errorf("a chart of %q without points", c.Title)
	}
	d := curveData{Kind: "curves", XName: c.X.Name, XUnit: c.X.Unit, YUnit: c.Y.Unit, Texts: texts}
	placed := make([]float64, len(xs))
	for i, x := range xs {
		placed[i] = c.X.place(x)
	}
	d.X = plainNumbers(placed)
	f := &figure{Index: len(s.charts), Title: format.Clean(c.Title), Caption: c.Caption, Label: format.Clean(c.Title) + ". " + c.Caption, YName: format.Clean(c.Y.Name)}
	g := &grid{Name: f.Title, Heads: []gridHead{{Text: c.X.Name}}}
	for _, text := range texts {
		g.Rows = append(g.Rows, []gridCell{{Text: text, First: true}})
	}
	for i, curve := range c.Curves {
		line, cells := curve.over(xs)
		d.Lines = append(d.Lines, line)
		f.Keys = append(f.Keys, key{i, line.Name, line.Loose, line.Plain})
		g.Heads = append(g.Heads, gridHead{line.Name, true})
		for k := range g.Rows {
			g.Rows[k] = append(g.Rows[k], gridCell{Text: cells[k], Right: true})
		}
	}
	g.Label = s.label(g.Name)
	f.Table = g
	for _, m := range c.X.Ticks {
		d.Ticks = append(d.Ticks, tickData{plainNumber(c.X.place(m.At)), m.Name})
	}
	for _, m := range c.Marks {
		d.Marks = append(d.Marks, tickData{plainNumber(c.X.place(m.At)), format.Clean(m.Name)})
	}
	if c.Bound != nil {
		d.Bound = &tickData{plainNumber(c.Bound.At), format.Clean(c.Bound.Name)}
	}
	for _, m := range c.Levels {
		d.Levels = append(d.Levels, tickData{plainNumber(m.At), format.Clean(m.Name)})
	}
	s.charts = append(s.charts, d)
	return block{Chart: f}, nil
}

// places are all places on the horizontal axis that a curve has a point at, and their texts.
func (c *Curves) places() (xs []float64, texts []string) {
	at := map[float64]string{}
	for _, curve := range c.Curves {
		for _, p := range curve.Points {
			at[p.X] = p.XText
		}
	}
	for x := range at {
		xs = append(xs, x)
	}
	slices.Sort(xs)
	for _, x := range xs {
		texts = append(texts, at[x])
	}
	return xs, texts
}

// place is where a value stands on the axis.
func (a Axis) place(x float64) float64 {
	if a.Log {
		return math.Log10(x)
	}
	return x
}

// over is the curve at some places, and what a table says of it there.
func (c Curve) over(xs []float64) (curveLine, []string) {
	none := math.NaN()
	values, low, high := make([]float64, len(xs)), make([]float64, len(xs)), make([]float64, len(xs))
	texts := make([]string, len(xs))
	banded := false
	for i := range xs {
		values[i], low[i], high[i] = none, none, none
		k := slices.IndexFunc(c.Points, func(p Point) bool { return p.X == xs[i] })
		if k < 0 {
			continue
		}
		p := c.Points[k]
		values[i], low[i], high[i], texts[i] = p.Y, p.Low, p.High, p.Text
		banded = banded || !math.IsNaN(p.Low)
	}
	line := curveLine{Name: format.Clean(c.Name), Values: plainNumbers(values), Texts: texts, Steps: c.Steps, Dots: c.Dots || c.Loose, Loose: c.Loose, Plain: c.Plain}
	if banded {
		line.Low, line.High = plainNumbers(low), plainNumbers(high)
	}
	return line, texts
}

// plainNumber is a number to six digits, enough to draw.
func plainNumber(x float64) json.RawMessage {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return json.RawMessage("null")
	}
	return json.RawMessage(strconv.FormatFloat(x, 'g', 6, 64))
}

func plainNumbers(list []float64) json.RawMessage {
	parts := make([]string, len(list))
	for i, x := range list {
		parts[i] = string(plainNumber(x))
	}
	return json.RawMessage("[" + strings.Join(parts, ",") + "]")
}

// data is what the script draws, as JSON that may stand within HTML.
func (s *setter) data() ([]byte, error) {
	if s.charts == nil {
		return []byte("[]"), nil
	}
	return json.Marshal(s.charts) // escapes <, >, &, U+2028 and U+2029
}

// mostTicks is how many periods are named along an axis.
const mostTicks = 12

// PeriodTicks names periods such as 2026-W47 or 2026-11, in their order, at 0, 1, 2 …; of many only some. The year stands
// where it begins, and not at the end of the axis, where it would have no room.
func PeriodTicks(names []string) (ticks []Mark) {
	every := (len(names) + mostTicks - 1) / mostTicks
	year := ""
	for i := 0; i < len(names); i += every {
		name := names[i]
		of, part, some := strings.Cut(name, "-")
		if some && (of == year || i > 0 && i+every >= len(names)) {
			name = part
		}
		year = of
		ticks = append(ticks, Mark{At: float64(i), Name: name})
	}
	return ticks
}
