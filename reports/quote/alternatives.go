package quote

import (
	"fmt"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/pricing"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// alternatives are other clauses beside those that hold.
func (w *writer) alternatives() paper.Section {
	tail := "CVaR" + level(w.Terms.Tail) + " of a year"
	t := &table.Table{Columns: []table.Column{left("contract"), left("clauses"), w.money("credits a month"), w.money("change"), w.money(tail), w.money("change"),
		w.money("fee with risk load"), w.money("change")}}
	var of *pricing.Deal
	for i := range w.Alternatives {
		a := &w.Alternatives[i]
		if a.Of != of {
			of = a.Of
			for k := range w.Deals {
				if d := &w.Deals[k]; d.Deal == of {
					t.Add(table.Text(name(&d.Exposure)), table.Text(clauses(d.Deal, nil)), w.cell(w.monthly(d.Credits), outcome.UnitMoney), table.Text(""), w.tailOf(&d.Exposure), table.Text(""), w.fee(&d.Fees.Loaded))
				}
			}
		}
		credits := a.Credits
		credits.Estimate = w.monthly(credits.Estimate)
		t.Add(table.Text(name(&a.Exposure)), table.Text(clauses(a.Deal, of)), w.cell(w.monthly(a.Exposure.Credits), outcome.UnitMoney), w.change(credits),
			w.tailOf(&a.Exposure), w.change(a.CVaR), w.fee(&a.Fees.Loaded), w.change(a.Needed))
	}
	words := []string{
		"A contract changes nothing that happens, so each alternative is settled on the very tickets of its contract: changes are paired, year by year, each with an interval of its own. " +
			format.Same + " is no difference that the years can tell. They are not part of the book."}
	if len(w.LeftOut) > 0 {
		words = append(words, fmt.Sprintf("Left out: %s. %s are no whole number of their periods.", format.List(w.LeftOut), format.Capital(format.Plural(len(w.Months), "month", "months"))))
	}
	return paper.Section{Name: "alternatives", Title: "Other clauses, on the same tickets", Table: t, Words: words}
}

// tailOf is the CVaR that the load is for.
func (w *writer) tailOf(x *pricing.Exposure) table.Cell {
	return beyondIn(estimate.CVaR(x.Yearly, w.Terms.Tail, w.Level), w.Terms.Tail)
}

func (w *writer) fee(f *pricing.Fee) table.Cell {
	if f.None {
		return table.Text("none will do")
	}
	return w.cell(f.Estimate, outcome.UnitMoney)
}

// change is a paired difference of money.
func (w *writer) change(d estimate.Difference) table.Cell {
	return document.Change(d, outcome.UnitMoney, len(w.Years))
}

// clauses are what a contract says, or of an alternative what it says differently.
func clauses(d, of *pricing.Deal) string {
	var parts []string
	for _, words := range []func(*pricing.Deal) string{
		promise, func(d *pricing.Deal) string { return "per " + d.Period.String() }, func(d *pricing.Deal) string { return format.Words(d.Words()) },
	} {
		if of == nil || words(d) != words(of) {
			parts = append(parts, words(d))
		}
	}
	if of != nil && d.Fee != of.Fee {
		parts = append(parts, "fee "+format.Money(d.Fee.Float(), d.Fee.Currency)+" a month")
	}
	if len(parts) == 0 {
		return "as if the scenario had no exceptions"
	}
	return format.Join(parts...)
}
