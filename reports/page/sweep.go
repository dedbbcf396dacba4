package page

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
	"github.com/headroom-sim/headroom/reports/sweeps"
)

// Sweep writes the page of a sweep.
func Sweep(w io.Writer, s *outcome.Sweep) error {
	parts := sweeps.Parts(s)
	p := &html.Page{
		Title: parts.Title, Head: parts.Head,
		Verdicts: []html.Verdict{{Sentence: parts.Verdict, Doubts: parts.Doubts}},
		Birth: []html.Fact{
			{Name: "Scenario", Value: format.Clean(s.Scenario)},
			{Name: "Digest", Value: format.Clean(s.Digest)},
			{Name: "Seed", Value: fmt.Sprint(s.Seed)},
			{Name: "Points", Value: format.Count(float64(len(s.Points)))},
			{Name: "Made by", Value: format.Clean(s.Tool)},
		},
	}
	tried := html.Section{Title: "What was tried", Text: "All points see the same customers."}
	for _, t := range parts.Tables {
		tried.Blocks = append(tried.Blocks, html.Table{Table: t.Table})
	}
	along := html.Section{Title: "Value by value"}
	for _, picture := range sweeps.Pictures(s) {
		switch c := picture.Chart.(type) {
		case chart.Curves:
			if set := curves(picture.Title, c, s.Currency); set != nil {
				along.Blocks = append(along.Blocks, set)
			}
		case chart.GridMap:
			along.Blocks = append(along.Blocks, mapOf(picture.Title, c))
		}
	}
	p.Sections = []html.Section{tried, along}
	return html.Write(w, p)
}

// mapOf is a picture of two axes as a map of the page, whose rows go downwards.
func mapOf(title string, c chart.GridMap) *html.Map {
	m := &html.Map{
		Title: title, XName: c.XName, YName: c.YName, Columns: c.Columns, Unit: c.Unit, HighIsGood: c.HighIsGood,
		Caption: "Cells: estimates; the interval of each stands in the table.",
	}
	for i := len(c.Rows) - 1; i >= 0; i-- {
		m.Rows = append(m.Rows, c.Rows[i])
		row := make([]html.Place, len(c.Columns))
		for k := range row {
			e := estimate.Estimate{Value: c.Cells[i][k], Low: c.Low[i][k], High: c.High[i][k]}
			row[k] = html.Place{Cell: html.Cell{Value: e.Value, Text: format.Estimate(e, c.Unit)}, Met: c.Met[i][k]}
			if row[k].Met {
				m.Caption = "Cells: estimates; ✓ where the whole interval keeps the target. The intervals stand in the table."
			}
		}
		m.Cells = append(m.Cells, row)
	}
	return m
}

// curves are a picture of curves as a chart of the page. Times are drawn in the unit that suits them.
func curves(title string, c chart.Curves, currency string) *html.Curves {
	factor, unit := 1.0, c.Suffix
	switch c.Unit {
	case outcome.UnitShare:
		factor, unit = 100, "%"
	case outcome.UnitSeconds:
		factor, unit = timeUnit(c)
	case outcome.UnitMoney:
		unit = currency
	}
	set := &html.Curves{
		Title: title, Caption: caption(c.Text),
		X: html.Axis{Name: c.X.Name, Unit: trim(c.X.Suffix)}, Y: html.Axis{Name: c.Name, Unit: trim(unit)},
	}
	for _, curve := range c.Curves {
		line := html.Curve{Name: curve.Name, Dots: true, Loose: curve.Dots || curve.MarksOnly}
		if line.Name == "" {
			line.Name = c.Name
		}
		for i, x := range curve.X {
			pt := html.Point{X: x, Y: factor * curve.Y[i], Low: nan, High: nan, XText: format.Value(x, "") + c.X.Suffix}
			e := estimate.Estimate{Value: curve.Y[i], Low: nan, High: nan}
			if i < len(curve.Low) && i < len(curve.High) {
				e.Low, e.High = curve.Low[i], curve.High[i]
				pt.Low, pt.High = factor*e.Low, factor*e.High
			}
			if math.IsNaN(pt.Y) {
				continue
			}
			pt.Text = format.Estimate(e, c.Unit)
			line.Points = append(line.Points, pt)
		}
		if len(line.Points) > 0 {
			set.Curves = append(set.Curves, line)
		}
	}
	if len(set.Curves) == 0 {
		return nil
	}
	for _, x := range c.X.Ticks {
		set.X.Ticks = append(set.X.Ticks, html.Mark{At: x, Name: format.Value(x, "") + c.X.Suffix})
	}
	for _, level := range c.Levels {
		set.Levels = append(set.Levels, html.Mark{At: factor * level.Value, Name: level.Name})
	}
	if c.Bound.Name != "" {
		set.Bound = &html.Mark{At: factor * c.Bound.Value, Name: c.Bound.Name}
	}
	return set
}

// timeUnit is the unit in which the times of some curves are drawn, and what makes it of seconds.
func timeUnit(c chart.Curves) (factor float64, unit string) {
	most := 0.0
	for _, curve := range c.Curves {
		for _, y := range curve.Y {
			if y > most && !math.IsInf(y, 0) { // NaN is above nothing
				most = y
			}
		}
	}
	switch {
	case most <= 180:
		return 1, "s"
	case most <= 3*3600:
		return 1.0 / 60, "min"
	}
	return 1.0 / 3600, "h"
}

// trim takes the space before a unit away, which the page adds itself.
func trim(suffix string) string { return strings.TrimLeft(suffix, " "+format.Thin) }
