// Package quote writes what contracts must cost: credits and their tails, the fee, the worst month.
//
// The stance: a fee is asked for by the month, so money stands by the month; how bad a bad year is, by the year.
package quote

import (
	"fmt"
	"math"
	"strings"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/pricing"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

var nan = math.NaN()

// Document is a quote as a document. The scenario is the one that was simulated, and tool the program.
func Document(q *pricing.Quote, s *model.Scenario, tool string) *paper.Document {
	w := &writer{Quote: q, scenario: s}
	first, last := q.Months[0].Name, q.Months[len(q.Months)-1].Name
	d := &paper.Document{
		Title: "What must it cost? " + format.Clean(document.Titled(s.Title, s.Name)),
		Head: format.Join(format.Clean(s.Name), format.Plural(len(q.Years), "year", "years")+" of "+format.Plural(len(q.Months), "month", "months")+", "+first+" to "+last,
			s.Time.Start.Location().String(), "prices per month, in "+format.Clean(q.Currency)),
		Verdict: w.verdict(),
		Birth:   format.Join(tool, "scenario "+format.Short(s.Digest()), fmt.Sprintf("seed %d", s.Run.Seed), format.Plural(len(q.Years), "year", "years")),
	}
	d.Sections = append(d.Sections, w.prices(), w.credits(), w.tails(), w.exceedance(), w.margins())
	if len(q.Alternatives) > 0 {
		d.Sections = append(d.Sections, w.alternatives())
	}
	if len(q.Combinations) > 0 {
		d.Sections = append(d.Sections, w.coverage())
	}
	if len(q.Changes) > 0 {
		d.Sections = append(d.Sections, w.staff())
	}
	if q.Worst != nil {
		d.Sections = append(d.Sections, w.worst())
	}
	if len(q.Correlations) > 0 {
		d.Sections = append(d.Sections, w.correlations())
	}
	return d
}

// writer writes the sections of a quote.
type writer struct {
	*pricing.Quote
	scenario *model.Scenario
}

// money is a column of money.
func (w *writer) money(head string) table.Column {
	return table.Column{Head: head, Unit: w.Currency, Align: table.Right}
}

func left(head string) table.Column { return table.Column{Head: head} }

func right(head, unit string) table.Column {
	return table.Column{Head: head, Unit: unit, Align: table.Right}
}

// exposed are the contracts, and all of them together where there are several.
func (w *writer) exposed() []pricing.Exposure {
	var all []pricing.Exposure
	for i := range w.Deals {
		all = append(all, w.Deals[i].Exposure)
	}
	if len(all) > 1 {
		all = append(all, w.Whole)
	}
	return all
}

// name is what an exposure is called.
func name(x *pricing.Exposure) string {
	if x.Deal == "" {
		return "all contracts"
	}
	return format.Clean(x.Deal)
}

// monthly is an estimate of a year by the month.
func (w *writer) monthly(e estimate.Estimate) estimate.Estimate {
	n := float64(len(w.Months))
	e.Value, e.Low, e.High = e.Value/n, e.Low/n, e.High/n
	return e
}

// cell is an estimate with its doubts.
func (w *writer) cell(e estimate.Estimate, unit outcome.Unit) table.Cell {
	return table.Estimated(e, unit, document.Doubts(e, len(w.Years))...)
}

// verdict says for each contract what it must cost and whether it does.
func (w *writer) verdict() string {
	var parts []string
	for i := range w.Deals {
		parts = append(parts, w.judge(name(&w.Deals[i].Exposure), "breaks even", "carries its bad years", &w.Deals[i].Fees))
	}
	if len(w.Deals) > 1 {
		parts = append(parts, w.judge("all contracts together", "break even", "carry their bad years", &w.Fees))
	}
	if len(w.Combinations) > 0 {
		parts = append(parts, w.leanest())
	}
	if len(w.Changes) > 0 {
		parts = append(parts, w.advice())
	}
	return strings.Join(parts, " ")
}

func (w *writer) judge(who, even, carries string, f *pricing.Fees) string {
	stated := format.Money(f.Stated.Float(), w.Currency)
	switch e := f.Loaded.Estimate; {
	case f.BreakEven.None:
		return fmt.Sprintf("%s: no fee breaks even, since credits grow as fast as the fee; it is %s a month.", format.Capital(who), stated)
	case f.Loaded.None:
		return fmt.Sprintf("%s %s at %s a month; no fee carries the load of bad years.", format.Capital(who), even, format.Money(f.BreakEven.Value, w.Currency))
	default:
		text := fmt.Sprintf("%s %s at %s a month and %s at %s; the fee is %s", format.Capital(who), even,
			format.Money(f.BreakEven.Value, w.Currency), carries, format.Money(f.Loaded.Value, w.Currency), stated)
		switch {
		case f.Stated.Float() < f.BreakEven.Low:
			return text + fmt.Sprintf(", %s too little.", format.Money(f.BreakEven.Value-f.Stated.Float(), w.Currency))
		case f.Stated.Float() > e.High:
			return text + ", which is enough."
		case f.Stated.Float() < e.Low:
			return text + ", which breaks even at best and leaves bad years uncovered."
		default:
			return text + ", about what it must be."
		}
	}
}

// prices is the fee.
func (w *writer) prices() paper.Section {
	t := &table.Table{Columns: []table.Column{left("contract"), left("promise"), w.money("fee now"), w.money("breaks even"), w.money("with risk load"),
		w.money("keeps " + format.Percent(w.Terms.Margin) + " margin")}}
	row := func(who, promise string, f *pricing.Fees) {
		cells := []table.Cell{table.Text(who), table.Text(promise), table.Num(format.Money(f.Stated.Float(), ""), f.Stated.Float())}
		for _, x := range []*pricing.Fee{&f.BreakEven, &f.Loaded, &f.Kept} {
			c := w.cell(x.Estimate, outcome.UnitMoney)
			switch {
			case x.None:
				c = table.Cell{Text: "none will do", Number: nan}
			case !f.Scales:
				c.Notes = append(c.Notes, "Amounts of this contract do not grow with the fee (a least credit, or penalties for single tickets): the fee is found by trying, over the settlement of every year.")
			}
			cells = append(cells, c)
		}
		t.Add(cells...)
	}
	for i := range w.Deals {
		d := &w.Deals[i]
		row(name(&d.Exposure), promise(d.Deal), &d.Fees)
	}
	if len(w.Deals) > 1 {
		row("all contracts", "", &w.Fees)
	}
	return paper.Section{Name: "price", Title: "The fee", Table: t, Words: []string{fmt.Sprintf(
		"Fees per month. Credits are mostly shares of the fee and grow with it, so each fee solves an equation. Breaks even: fees pay for the cost to serve and the expected credits. "+
			"With risk load: %s times the excess of CVaR%s over the mean on top. Keeps the margin: in %s of years %s of the fees is left after cost and credits.",
		format.Decimal(w.Terms.Load, 2), level(w.Terms.Tail), format.Percent(w.Terms.Sure), format.Percent(w.Terms.Margin))}}
}

// promise is what a contract promises.
func promise(d *pricing.Deal) string {
	var parts []string
	for i := range d.Levels {
		parts = append(parts, d.Levels[i].Promise())
	}
	return format.Words(strings.Join(parts, "; "))
}

// level is a probability as it stands behind a name: 95.
func level(p float64) string {
	return strings.TrimRight(strings.TrimRight(format.Decimal(100*p, 2), "0"), ".")
}

// credits is what is paid back in the mean, and how often.
func (w *writer) credits() paper.Section {
	t := &table.Table{Columns: []table.Column{left("contract"), left("credit"), w.money("credits a month"), w.money("credits a year"), right("of the fees", "share"),
		right("periods that pay", "share"), right("years that pay", "share")}}
	for i, x := range w.exposed() {
		terms := ""
		if i < len(w.Deals) {
			terms = format.Words(w.Deals[i].Deal.Words())
		}
		t.Add(table.Text(name(&x)), table.Text(terms), w.cell(w.monthly(x.Credits), outcome.UnitMoney), w.cell(x.Credits, outcome.UnitMoney), w.of(x.Credits, x.Fees),
			w.cell(x.PaysMonth, outcome.UnitShare), w.cell(x.PaysYear, outcome.UnitShare))
	}
	return paper.Section{Name: "credits", Title: "What is paid back", Table: t}
}

// of is an amount as a share of fees that are known.
func (w *writer) of(e estimate.Estimate, fees float64) table.Cell {
	if fees <= 0 {
		return table.Text(format.Missing)
	}
	e.Value, e.Low, e.High = e.Value/fees, e.Low/fees, e.High/fees
	return w.cell(e, outcome.UnitShare)
}

// tails is how bad a bad year is.
func (w *writer) tails() paper.Section {
	t := &table.Table{Columns: []table.Column{left("contract")}}
	for _, q := range w.Whole.Quantiles {
		t.Columns = append(t.Columns, w.money("P"+level(q.P)))
	}
	for _, q := range w.Whole.CVaR {
		t.Columns = append(t.Columns, w.money("CVaR"+level(q.P)))
	}
	for _, x := range w.exposed() {
		row := []table.Cell{table.Text(name(&x))}
		for _, q := range x.Quantiles {
			row = append(row, table.Estimated(q.Estimate, outcome.UnitMoney))
		}
		for _, q := range x.CVaR {
			row = append(row, beyondIn(q.Estimate, q.P))
		}
		t.Add(row...)
	}
	return paper.Section{Name: "tails", Title: "How bad is a bad year?", Table: t, Words: []string{
		"Credits of a year. P95, the value at risk: 95" + format.Thin + "% of years pay no more. CVaR95: the mean of the worst 5" + format.Thin + "% of years."}}
}

// beyondIn is a CVaR with its doubt. Where not even two years lie beyond, there is a number, and no interval: ± 0 would
// claim to know it.
func beyondIn(e estimate.Estimate, p float64) table.Cell {
	if !few(e) {
		return table.Estimated(e, outcome.UnitMoney)
	}
	c := table.Estimated(e, outcome.UnitMoney, fewBeyond(p))
	if e.HalfWidth() == 0 && e.Value != 0 {
		c.Text, c.Ends = format.Money(e.Value, ""), nil
	}
	return c
}

// fewBeyond is the doubt about a CVaR of too few years.
func fewBeyond(p float64) string {
	return fmt.Sprintf("CVaR%s rests on fewer than 30 years beyond P%s, and its interval tends to be too short: it would take --years %d.", level(p), level(p), pricing.Needs(p))
}

func few(e estimate.Estimate) bool {
	for _, x := range e.Warnings {
		if x == estimate.FewExceedances {
			return true
		}
	}
	return false
}

// margins is what is left of the fees.
func (w *writer) margins() paper.Section {
	t := &table.Table{Columns: []table.Column{left("contract"), w.money("fees"), w.money("cost to serve"), w.money("margin before credits"), w.money("margin after credits"), right("of the fees", "share")}}
	for _, x := range w.exposed() {
		fees := x.Fees / float64(len(w.Months))
		t.Add(table.Text(name(&x)), table.Num(format.Money(fees, ""), fees), w.cell(w.monthly(x.Serve), outcome.UnitMoney),
			w.cell(w.monthly(x.Before), outcome.UnitMoney), w.cell(w.monthly(x.After), outcome.UnitMoney), w.of(x.After, x.Fees))
	}
	return paper.Section{Name: "margin", Title: "What is left", Table: t, Words: []string{
		"Per month, in the mean of all years. The cost to serve is a contract's part of what each team costs, by the agent time that its tickets take there; what no contract covers bears the rest."}}
}

// correlations is which contracts have their bad years together.
func (w *writer) correlations() paper.Section {
	t := &table.Table{Columns: []table.Column{left("contract"), left("and"), right("correlation", "")}}
	for _, c := range w.Correlations {
		cell := w.cell(c.Estimate, outcome.UnitPerTicket)
		if math.IsNaN(c.Value) {
			cell = table.Text(format.Missing)
		}
		t.Add(table.Text(format.Clean(c.A)), table.Text(format.Clean(c.B)), cell)
	}
	return paper.Section{Name: "correlation", Title: "Do bad years come together?", Table: t, Words: []string{
		"Correlation of the credits of a year, with the interval of Fisher's z: of credits that are mostly nothing it is a guide only."}}
}
