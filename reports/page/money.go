package page

import (
	"slices"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
	"github.com/headroom-sim/headroom/reports/table"
)

// costs is the table of what staff costs and of what that consists, by team.
func (v *view) costs() []html.Block {
	t := costTable(v.x.Scenario.Currency)
	for _, team := range v.x.Scenario.Teams {
		v.addCost(t, team, outcome.Labels{Team: team})
	}
	if len(t.Rows) != 1 {
		v.addCost(t, "all teams", outcome.Labels{})
	}
	return filled(t)
}

// costsTogether is the table of what the staff of each scenario costs.
func costsTogether(c *outcome.Comparison, views []view) []html.Block {
	t := costTable(c.Currency)
	for i := range views {
		views[i].addCost(t, format.Clean(views[i].name), outcome.Labels{})
	}
	return filled(t)
}

func costTable(currency string) *table.Table {
	t := &table.Table{Columns: []table.Column{{Head: head("cost", currency)}}}
	for _, h := range []string{"base", "premiums", "overtime", "in all"} {
		t.Columns = append(t.Columns, table.Column{Head: h, Align: table.Right})
	}
	return t
}

// addCost adds a row with the cost of some staff, if it is known.
func (v *view) addCost(t *table.Table, name string, labels outcome.Labels) {
	if _, ok := v.x.Measure(outcome.Cost, labels); !ok {
		return
	}
	base, premiums, overtime := v.cell(outcome.CostBase, labels), v.cell(outcome.CostPremiums, labels), v.cell(outcome.CostOvertime, labels)
	if len(t.Rows) == 0 { // once is enough
		base.Notes = append(base.Notes, "All paid hours at the base rate, hours of overtime too.")
		premiums.Notes = append(premiums.Notes, "For nights, weekends and holidays, and hours on call.")
		overtime.Notes = append(overtime.Notes, "The premium alone; the hours are in the base.")
	}
	t.Add(table.Text(name), base, premiums, overtime, v.cell(outcome.Cost, labels))
}

// filled is a table without columns that say nothing, if it has rows.
func filled(t *table.Table) []html.Block {
	if len(t.Rows) == 0 {
		return nil
	}
	t.Drop(format.Missing)
	return []html.Block{html.Table{Table: t}}
}

func (v *view) cell(name string, labels outcome.Labels) table.Cell {
	m, ok := v.x.Measure(name, labels)
	if !ok {
		return table.Num(format.Missing, nan)
	}
	return table.Estimated(m.Estimate, m.Unit)
}

func head(text, currency string) string {
	if currency == "" {
		return text
	}
	return text + ", " + format.Clean(currency)
}

// exceedances are, for each contract, how likely it is that credits are above an amount.
func (v *view) exceedances() []html.Block {
	var blocks []html.Block
	for i := range v.x.Scenario.Contracts {
		if c := v.exceedance(&v.x.Scenario.Contracts[i]); c != nil {
			blocks = append(blocks, c)
		}
	}
	return blocks
}

func (v *view) exceedance(k *outcome.Contract) *html.Curves {
	labels := outcome.Labels{Contract: k.Name}
	m, ok := v.x.Measure(outcome.Credit, labels)
	if !ok || len(m.Num) == 0 {
		return nil
	}
	currency := v.x.Scenario.Currency
	c := &html.Curves{
		Title: "Service credits of " + format.Clean(k.Name),
		X:     html.Axis{Name: head("Credit over the measured time", currency)},
		Y:     html.Axis{Name: "Share of trials that pay more", Unit: "%"},
		Caption: "Line: share of trials that pay more than so much over the measured time. Promise: " + format.Deal(k, currency) +
			". P95: 95" + format.Thin + "% of trials pay no more. CVaR95: mean of the worst 5" + format.Thin + "%.",
	}
	credits := []float64{0}
	for r, num := range m.Num {
		if m.Den[r] != 0 {
			credits = append(credits, num/m.Den[r])
		}
	}
	trials := float64(len(credits) - 1)
	slices.Sort(credits)
	if credits[len(credits)-1] == 0 {
		return nil // no trial pays anything, as the table says
	}
	curve := html.Curve{Name: "trials that pay more", Steps: true}
	for _, x := range slices.Compact(slices.Clone(credits)) {
		above := 0.0
		for _, paid := range credits[1:] { // the first is the added 0, the smallest
			if paid > x {
				above++
			}
		}
		curve.Points = append(curve.Points, html.Point{X: x, Y: 100 * above / trials, Low: nan, High: nan, XText: format.Money(x, currency), Text: format.Percent(above / trials)})
	}
	c.Curves = []html.Curve{curve}
	for _, mark := range []struct{ name, quantile string }{{"mean", ""}, {"P95", outcome.TailP95}, {"CVaR95", outcome.TailCVaR95}} {
		l := labels
		l.Quantile = mark.quantile
		if tail, ok := v.x.Measure(outcome.Credit, l); ok && tail.Estimate.Value == tail.Estimate.Value {
			c.Marks = append(c.Marks, html.Mark{At: tail.Estimate.Value, Name: mark.name + " " + format.Estimate(tail.Estimate, tail.Unit)})
		}
	}
	return c
}
