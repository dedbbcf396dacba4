package sweeps

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/gallery"
)

// Pictures are the charts of a sweep: the measure along the axis of the break, as a map over two
// axes, the break point over another axis, and the time to recover; of a Latin hypercube the points
// over each axis.
func Pictures(s *outcome.Sweep) []gallery.Picture { return newSurvey(s).pictures() }

func (v *survey) pictures() []gallery.Picture {
	if v.scattered() {
		return append(v.clouds(), v.frontier()...)
	}
	var all []gallery.Picture
	if v.Axes[v.along].Numeric() && len(v.Axes[v.along].Values) > 1 {
		all = append(all, v.curves("lines", format.Capital(v.words())+" along "+v.short[v.along], v.name, v.labels, v.unit, v.bound()))
		if spike, _ := v.recoverySpike(); spike != "" {
			all = append(all, v.curves("recovery", "Time to recover after "+format.Clean(spike), outcome.Recovery,
				outcome.Labels{Spike: spike}, outcome.UnitSeconds, chart.Bound{}))
		}
	}
	all = append(all, v.maps()...)
	if p, ok := v.breakCurve(); ok {
		all = append(all, p)
	}
	return append(all, v.frontier()...)
}

// frontier is what the points cost against what they keep.
func (v *survey) frontier() []gallery.Picture {
	text := func(title, caption string, _ outcome.Labels) chart.Text { return v.text(title, caption) }
	good := v.Goal != nil && v.Goal.HighIsGood() || v.Goal == nil && v.name == outcome.Attainment
	if p, ok := gallery.SweepFrontier(v.Sweep, v.name, v.labels, good, v.short, text); ok {
		return []gallery.Picture{p}
	}
	return nil
}

// recoverySpike is the spike whose recovery is drawn.
func (v *survey) recoverySpike() (string, bool) {
	first := ""
	for i := range v.Points {
		for k := range v.Points[i].Results {
			r := &v.Points[i].Results[k]
			if r.Name != outcome.Recovery || r.Labels != (outcome.Labels{Spike: r.Labels.Spike}) {
				continue
			}
			if strings.HasPrefix(v.Axes[v.along].Path, "spikes."+r.Labels.Spike+".") {
				return r.Labels.Spike, true
			}
			if first == "" {
				first = r.Labels.Spike
			}
		}
	}
	return first, first != ""
}

func (v *survey) bound() chart.Bound {
	if v.Goal == nil {
		return chart.Bound{}
	}
	// The measure is what the chart is about; without it there is room for the bound.
	text := strings.TrimSpace(strings.TrimPrefix(v.Goal.Text, v.Goal.Measure))
	return chart.Bound{Name: "target " + format.Clean(text), Value: v.Goal.Bound}
}

func (v *survey) text(title, caption string) chart.Text {
	t := chart.Text{Title: title, Subtitle: v.verdict(), Caption: caption, Source: v.document().Birth}
	t.Notes = v.warned()
	return t
}

func (v *survey) ruler(axis int) chart.Ruler {
	a := &v.Axes[axis]
	r := chart.Ruler{Name: v.short[axis], Suffix: suffix(a), Values: a.Numbers}
	if v.Sample > 0 {
		r.Values = nil
		for i := range v.Points {
			r.Values = append(r.Values, float64(v.Points[i].Numbers[axis]))
		}
	}
	return r
}

// suffix is the unit of an axis as it stands behind a number.
func suffix(a *outcome.Axis) string {
	unit := strings.TrimSpace(a.Unit)
	if unit == "" {
		return ""
	}
	return format.Thin + format.Clean(unit)
}

// mostCurves is how many lines can be told apart.
const mostCurves = 6

// spread chooses mostCurves of n, evenly, first and last among them.
func spread(n int) []int {
	var chosen []int
	for i := range min(n, mostCurves) {
		k := i
		if n > mostCurves {
			k = int(math.Round(float64(i) * float64(n-1) / (mostCurves - 1)))
		}
		chosen = append(chosen, k)
	}
	return chosen
}

// curves is a measure along the axis: one line for each combination of the others.
func (v *survey) curves(file, title, name string, l outcome.Labels, u outcome.Unit, bound chart.Bound) gallery.Picture {
	c := chart.Curves{Name: format.Capital(inWords(name, l)), Unit: u, X: v.ruler(v.along), Bound: bound, FromZero: true}
	chosen := spread(len(v.lines))
	for i, k := range chosen {
		curve := chart.Curve{Name: v.plan(v.lines[k][0].Values), Ink: chart.Ink(i)}
		for _, p := range v.lines[k] {
			e := nothing()
			if r, ok := p.Result(name, l); ok {
				e = r.Estimate
			}
			addTo(&curve, float64(p.Numbers[v.along]), e)
		}
		c.Curves = append(c.Curves, curve)
	}
	caption := "Dots: the points that were run, all on the same customers. Bands: " + format.Percent(v.level()) + " intervals."
	if len(v.lines) > len(chosen) {
		caption += fmt.Sprintf(" Shown are %d of %d combinations of the other axes; all are in %s.", len(chosen), len(v.lines), csvFile)
	}
	c.Text = v.text(title, caption)
	return gallery.Picture{Name: file, Title: title, Chart: c}
}

// mostMaps is how many maps a sweep of more than two axes gets.
const mostMaps = 6

// maps are the measure over two axes: the one of the lines and the longest other one; a map for
// each combination of the rest.
func (v *survey) maps() []gallery.Picture {
	up := -1
	for i := range v.Axes {
		if n := len(v.Axes[i].Values); i != v.along && n > 1 && (up < 0 || n > len(v.Axes[up].Values)) {
			up = i
		}
	}
	if up < 0 || len(v.Axes[v.along].Values) < 2 {
		return nil
	}
	var order []string
	rest := map[string][]*outcome.Point{}
	for i := range v.Points {
		values := slices.Clone(v.Points[i].Values)
		values[up] = ""
		name := v.restName(values, up)
		if rest[name] == nil {
			order = append(order, name)
		}
		rest[name] = append(rest[name], &v.Points[i])
	}
	var all []gallery.Picture
	for i, name := range order[:min(mostMaps, len(order))] {
		file := "map"
		if len(order) > 1 {
			file = fmt.Sprintf("map-%d", i+1)
		}
		all = append(all, v.gridMap(file, name, rest[name], up))
	}
	return all
}

// restName is the values of the axes that a map does not show.
func (v *survey) restName(values []string, up int) string {
	var parts []string
	for i, value := range values {
		if i != up && i != v.along && len(v.Axes[i].Values) > 1 {
			parts = append(parts, v.short[i]+" "+format.Clean(value))
		}
	}
	return strings.Join(parts, ", ")
}

func (v *survey) gridMap(file, name string, points []*outcome.Point, up int) gallery.Picture {
	g := chart.GridMap{
		XName: v.short[v.along], YName: v.short[up], Unit: v.unit, Key: format.Words(v.name),
		Columns: v.marks(v.along), Rows: v.marks(up), HighIsGood: v.Goal != nil && v.Goal.HighIsGood(),
	}
	for range g.Rows {
		row := make([]float64, len(g.Columns))
		for k := range row {
			row[k] = math.NaN()
		}
		g.Cells, g.Low, g.High = append(g.Cells, row), append(g.Low, slices.Clone(row)), append(g.High, slices.Clone(row))
		g.Met = append(g.Met, make([]bool, len(g.Columns)))
	}
	for _, p := range points {
		row, column := slices.Index(v.Axes[up].Values, p.Values[up]), slices.Index(v.Axes[v.along].Values, p.Values[v.along])
		e := v.estimate(p)
		g.Cells[row][column], g.Low[row][column], g.High[row][column] = e.Value, e.Low, e.High
		g.Met[row][column] = v.Goal != nil && v.judge(p) == outcome.ExpectationMet
	}
	title := format.Capital(v.words()) + " by " + v.short[v.along] + " and " + v.short[up]
	if name != "" {
		title += ", with " + name
	}
	caption := "Cells: estimates"
	if v.unit == outcome.UnitShare {
		caption += " in percent"
	}
	if v.Goal != nil {
		caption += ". Thick line: on its good side the whole " + format.Percent(v.level()) + " interval keeps the target"
	}
	g.Text = v.text(title, caption+".")
	return gallery.Picture{Name: file, Title: title, Chart: g}
}

// marks are the values of an axis as they stand beside a map.
func (v *survey) marks(axis int) []string {
	var out []string
	for _, value := range v.Axes[axis].Values {
		out = append(out, format.Clean(value))
	}
	return out
}

// over is the longest other axis of numbers, on which break points make a curve; -1 if there is none.
func (v *survey) over() int {
	over := -1
	for i := range v.Axes {
		if a := &v.Axes[i]; i != v.Along && a.Numeric() && len(a.Values) > 2 && (over < 0 || len(a.Values) > len(v.Axes[over].Values)) {
			over = i
		}
	}
	return over
}

// breakCurve is the break point over another axis of numbers: a line for each combination of the rest.
func (v *survey) breakCurve() (gallery.Picture, bool) {
	over := v.over()
	if over < 0 || len(v.Breaks) == 0 {
		return gallery.Picture{}, false
	}
	along := &v.Axes[v.Along]
	low, high := slices.Min(v.tried()), slices.Max(v.tried())
	inside := func(e outcome.Edge) float64 { return math.Min(math.Max(float64(e), low), high) }
	c := chart.Curves{
		Name: format.Capital(v.short[v.Along]) + " at which the target breaks", Unit: outcome.UnitHeads, Suffix: suffix(along), X: v.ruler(over), FromZero: true,
	}
	index := map[string]int{}
	tried := chart.Curve{Name: "furthest value that holds, of those tried", Ink: chart.Slate, MarksOnly: true}
	beyond := false
	for i := range v.Breaks {
		b := &v.Breaks[i]
		name := v.restName(b.Others, over)
		k, ok := index[name]
		if !ok {
			if len(c.Curves) == mostCurves {
				continue
			}
			k = len(c.Curves)
			index[name] = k
			curve := chart.Curve{Name: name, Ink: chart.Ink(k)}
			if k == 0 {
				curve.Band = format.Percent(v.level()) + " interval"
			}
			c.Curves = append(c.Curves, curve)
		}
		x := v.Axes[over].Numbers[slices.Index(v.Axes[over].Values, b.Others[over])]
		addTo(&c.Curves[k], x, estimate.Estimate{Value: inside(b.At), Low: inside(b.Low), High: inside(b.High)})
		side := 0
		switch at := float64(b.At); {
		case math.IsInf(at, 1):
			side = 1
		case math.IsInf(at, -1):
			side = -1
		}
		c.Curves[k].Beyond = append(c.Curves[k].Beyond, side)
		beyond = beyond || side != 0
		if b.Holds != "" {
			tried.X, tried.Y = append(tried.X, x), append(tried.Y, v.numberOf(b.Holds))
		}
	}
	c.Curves = append(c.Curves, tried)
	title := "Break point of " + v.short[v.Along] + " by " + v.short[over]
	caption := v.breakNote()
	if beyond {
		caption = "Arrows: it breaks beyond what was tried. " + caption
	}
	c.Text = v.text(title, caption)
	c.Text.Subtitle = format.Join(format.Clean(v.Scenario), "target: "+format.Clean(v.Goal.Text))
	return gallery.Picture{Name: "break", Title: title, Chart: c}, true
}

// clouds are the points of a Latin hypercube over each axis of numbers.
func (v *survey) clouds() []gallery.Picture {
	var all []gallery.Picture
	for i := range v.Axes {
		if !v.Axes[i].Numeric() {
			continue
		}
		all = append(all, v.cloud(fmt.Sprintf("points-%d", i+1), format.Capital(v.words()), i, v.name, v.labels, v.unit, v.bound()))
	}
	if spike, _ := v.recoverySpike(); spike != "" && v.Axes[v.along].Numeric() {
		all = append(all, v.cloud("recovery", "Time to recover after "+format.Clean(spike), v.along, outcome.Recovery,
			outcome.Labels{Spike: spike}, outcome.UnitSeconds, chart.Bound{}))
	}
	return all
}

// cloud is a measure at all points over one axis.
func (v *survey) cloud(file, what string, axis int, name string, l outcome.Labels, u outcome.Unit, bound chart.Bound) gallery.Picture {
	c := chart.Curves{Name: format.Capital(inWords(name, l)), Unit: u, X: v.ruler(axis), Bound: bound, FromZero: true}
	curve := chart.Curve{Ink: chart.Blue, Dots: true}
	for k := range v.Points {
		e := nothing()
		if r, ok := v.Points[k].Result(name, l); ok {
			e = r.Estimate
		}
		addTo(&curve, float64(v.Points[k].Numbers[axis]), e)
	}
	c.Curves = []chart.Curve{curve}
	title := what + " over " + v.short[axis]
	c.Text = v.text(title, "Each dot is one point of the sample, with its "+format.Percent(v.level())+
		" interval; the other axes vary as well, which is why dots scatter beyond their intervals.")
	return gallery.Picture{Name: file, Title: title, Chart: c}
}

func addTo(c *chart.Curve, x float64, e estimate.Estimate) { c.Add(x, e.Value, e.Low, e.High) }
