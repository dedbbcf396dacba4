package quote

import (
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/pricing"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// beyond are the shares of a year's fees of which the table says how often credits are more.
var beyond = []float64{0, 0.01, 0.02, 0.05, 0.1, 0.2}

// mostPoints bounds the points of a curve.
const mostPoints = 120

// exceedance is how likely it is that a year pays more than an amount.
func (w *writer) exceedance() paper.Section {
	t := &table.Table{Columns: []table.Column{left("contract")}}
	for _, share := range beyond {
		head := "more than " + format.Percent(share)
		if share == 0 {
			head = "anything"
		}
		t.Columns = append(t.Columns, right(head, "share"))
	}
	data := &table.Table{Columns: []table.Column{left("contract"), w.money("credits of a year exceed"), right("years", "share")}}
	s := paper.Section{Name: "exceedance", Title: "How likely is it to pay more?", Table: t, Data: data, Words: []string{
		"Share of years whose credits come to more than so much of their fees."}}
	for _, x := range w.exposed() {
		row := []table.Cell{table.Text(name(&x))}
		for _, share := range beyond {
			row = append(row, w.cell(x.Exceeds(share*x.Fees, w.Level), outcome.UnitShare))
		}
		t.Add(row...)
		curve := html.Curve{Name: name(&x), Steps: true}
		for _, amount := range amounts(&x) {
			e := x.Exceeds(amount, w.Level)
			data.Add(table.Text(name(&x)), table.Num(format.Money(amount, ""), amount), w.cell(e, outcome.UnitShare))
			curve.Points = append(curve.Points, html.Point{X: amount, Y: 100 * e.Value, Low: 100 * e.Low, High: 100 * e.High,
				XText: format.Money(amount, w.Currency), Text: format.Estimate(e, outcome.UnitShare)})
		}
		s.Pictures = append(s.Pictures, w.curve(&x, curve))
	}
	return s
}

// curve is the picture of one exposure, with its tail.
func (w *writer) curve(x *pricing.Exposure, curve html.Curve) *html.Curves {
	c := &html.Curves{
		Title: "What the credits of a year exceed: " + name(x), Curves: []html.Curve{curve},
		X: html.Axis{Name: "Credits of a year, " + format.Clean(w.Currency)}, Y: html.Axis{Name: "Years that pay more", Unit: "%"},
		Caption: fmt.Sprintf("Line: share of %s whose credits are more than the amount below; band: its %s interval. Dashed: P95, and CVaR95, the mean of the worst 5%s%% of years.",
			format.Plural(len(x.Yearly), "year", "years"), format.Percent(w.Level), format.Thin),
	}
	for _, q := range x.Quantiles {
		if q.P == 0.95 {
			c.Marks = append(c.Marks, html.Mark{At: q.Value, Name: "P95"})
		}
	}
	for _, q := range x.CVaR {
		if q.P == 0.95 && q.Value > c.Marks[0].At {
			c.Marks = append(c.Marks, html.Mark{At: q.Value, Name: "CVaR95"})
		}
	}
	return c
}

// amounts are those at which a curve has a point: nothing, and what years have paid.
func amounts(x *pricing.Exposure) []float64 {
	all := append([]float64{0}, x.Yearly...)
	slices.Sort(all)
	all = slices.Compact(all)
	if all[0] < 0 { // earned back more than paid
		all = slices.DeleteFunc(all, func(a float64) bool { return a < 0 })
	}
	if len(all) <= mostPoints {
		return all
	}
	var some []float64
	for i := range mostPoints {
		some = append(some, all[i*(len(all)-1)/(mostPoints-1)])
	}
	return slices.Compact(some)
}
