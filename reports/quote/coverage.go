package quote

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/pricing"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// mostShown bounds the rows of a terminal.
const mostShown = 15

// coverage is every combination of scenarios and clauses, those that cost least first.
func (w *writer) coverage() paper.Section {
	columns := []table.Column{left("scenario"), left("clauses"), w.money("fees"), w.money("staff"), w.money("credits"), w.money("staff and credits"), w.money("change"),
		w.money("CVaR" + level(w.Terms.Tail) + " of both"), left("on the frontier")}
	t, brief := &table.Table{Columns: columns}, &table.Table{Columns: columns}
	order := make([]*pricing.Combination, len(w.Combinations))
	for i := range order {
		order[i] = &w.Combinations[i]
	}
	slices.SortStableFunc(order[1:], func(a, b *pricing.Combination) int { return cmp.Compare(a.Outlay.Value, b.Outlay.Value) })
	for i, c := range order {
		fees, clauses, change, efficient := c.Fees/float64(len(w.Months)), "as they stand", c.Against, ""
		if len(c.Chosen) > 0 {
			clauses = format.List(c.Chosen)
		}
		change.Estimate = w.monthly(change.Estimate)
		cell := w.change(change)
		if i == 0 {
			cell = table.Text("")
		}
		if c.Efficient {
			efficient = "yes"
		}
		tail := w.monthly(c.Tail)
		row := []table.Cell{table.Text(format.Clean(c.Scenario)), table.Text(format.Clean(clauses)), table.Num(format.Money(fees, ""), fees), w.cell(w.monthly(c.Staff), outcome.UnitMoney),
			w.cell(w.monthly(c.Credits), outcome.UnitMoney), w.cell(w.monthly(c.Outlay), outcome.UnitMoney), cell, beyondIn(tail, w.Terms.Tail), table.Text(efficient)}
		t.Add(row...)
		if len(brief.Rows) < mostShown {
			brief.Add(row...)
		}
	}
	words := []string{"Per month: the cost of the whole desk and the credits of all contracts, of every scenario with every choice of clauses. All have seen the same customers, so that changes " +
		"against the first row are paired, year by year. On the frontier: no other brings as much in fees for less."}
	s := paper.Section{Name: "coverage", Title: "Coverage and clauses together", Table: t, Words: words, Pictures: []html.Block{w.frontier()}}
	if len(t.Rows) > len(brief.Rows) {
		s.Brief = brief
		s.Words = append(s.Words, fmt.Sprintf("At a terminal the first %d of %d are shown; --full shows all.", mostShown, len(t.Rows)))
	}
	return s
}

// mostLines bounds the lines of the picture.
const mostLines = 6

// frontier is credits over the cost of staff, a line for each choice of clauses.
func (w *writer) frontier() *html.Curves {
	c := &html.Curves{
		Title: "What coverage costs, and what it saves in credits",
		X:     html.Axis{Name: "Cost of staff per month, " + format.Clean(w.Currency)}, Y: html.Axis{Name: "Credits per month"},
		Caption: "Point: a scenario with a choice of clauses; band: 95" + format.Thin + "% interval of its credits. A line joins the scenarios under the same clauses, which stand in the order of what their staff costs.",
	}
	n := float64(len(w.Months))
	at := map[string]int{}
	for i := range w.Combinations {
		x := &w.Combinations[i]
		name := "as they stand"
		if len(x.Chosen) > 0 {
			name = format.List(x.Chosen)
		}
		k, ok := at[name]
		if !ok {
			if len(c.Curves) == mostLines || len(x.Chosen) > 1 {
				continue
			}
			k = len(c.Curves)
			at[name] = k
			c.Curves = append(c.Curves, html.Curve{Name: name, Dots: true})
		}
		c.Curves[k].Points = append(c.Curves[k].Points, html.Point{X: x.Staff.Value / n, Y: x.Credits.Value / n, Low: x.Credits.Low / n, High: x.Credits.High / n,
			XText: format.Clean(x.Scenario) + ", " + format.Money(x.Staff.Value/n, w.Currency), Text: format.Estimate(w.monthly(x.Credits), outcome.UnitMoney)})
	}
	for i := range c.Curves {
		slices.SortFunc(c.Curves[i].Points, func(a, b html.Point) int { return cmp.Compare(a.X, b.X) })
	}
	return c
}

// staff is what one head more or less does.
func (w *writer) staff() paper.Section {
	t := &table.Table{Columns: []table.Column{left("team"), left("shift"), right("heads", ""), w.money("cost of staff"), w.money("credits"), w.money("won"), left("")}}
	for i := range w.Changes {
		c := &w.Changes[i]
		cost, credits, net := c.Cost, c.Credits, c.Net
		cost.Estimate, credits.Estimate, net.Estimate = w.monthly(cost.Estimate), w.monthly(credits.Estimate), w.monthly(net.Estimate)
		verdict := ""
		switch {
		case c.Pays() && c.Heads < 0:
			verdict = "saves more than it costs"
		case c.Pays():
			verdict = "pays for itself"
		case c.Loses():
			verdict = "costs more than it saves"
		}
		t.Add(table.Text(format.Clean(c.Team)), table.Text(format.Clean(c.Shift)), table.Num(fmt.Sprintf("%+g", c.Heads), c.Heads), w.change(cost), w.change(credits), w.change(net), table.Text(verdict))
	}
	return paper.Section{Name: "staff", Title: "What would heads change?", Table: t, Words: []string{
		w.advice(), "Changes per month against the plan as it stands, paired on the same customers. Won: less cost of staff and less credits; its intervals hold for all changes at once (Bonferroni). " +
			"Only credits are weighed here, not what else late tickets cost."}}
}

// leanest says which combination costs least, of those on the frontier.
func (w *writer) leanest() string {
	best := &w.Combinations[0]
	for i := range w.Combinations {
		if c := &w.Combinations[i]; c.Efficient && c.Outlay.Value < best.Outlay.Value {
			best = c
		}
	}
	n := float64(len(w.Months))
	return fmt.Sprintf("Of %s of coverage and clauses %s costs least, %s a month for staff and credits.", format.Plural(len(w.Combinations), "combination", "combinations"),
		format.Clean(best.Name()), format.Money(best.Outlay.Value/n, w.Currency))
}

// advice says which change pays for itself.
func (w *writer) advice() string {
	say := func(c *pricing.Change) string {
		many := "one head"
		if n := max(c.Heads, -c.Heads); n != 1 {
			many = format.Decimal(n, 2) + " heads"
		}
		more := "more"
		if c.Heads < 0 {
			more = "less"
		}
		return fmt.Sprintf("%s %s in %s, %s", many, more, format.Clean(c.Team), format.Clean(c.Shift))
	}
	money := func(year float64) string {
		return format.Money(max(year, -year)/float64(len(w.Months)), w.Currency)
	}
	if c := pricing.Cheapest(w.Changes); c != nil {
		return fmt.Sprintf("The cheapest change that pays for itself by credits avoided is %s: it costs %s a month and avoids %s.", say(c), money(c.Cost.Value), money(c.Credits.Value))
	}
	text := "No head more is shown to pay for itself by the credits that it avoids"
	if c := pricing.Nearest(w.Changes); c != nil {
		text += fmt.Sprintf(": the nearest is %s, which costs %s a month and avoids %s", say(c), money(c.Cost.Value), avoided(money, c.Credits.Value))
	}
	if c := pricing.Best(w.Changes); c != nil {
		text += fmt.Sprintf("; %s saves %s a month and costs %s in credits", say(c), money(c.Cost.Value), money(max(c.Credits.Value, 0)))
	}
	return text + "."
}

// avoided is what a change saves in credits, which may be nothing.
func avoided(money func(float64) string, change float64) string {
	if change >= 0 {
		return "nothing"
	}
	return money(change)
}
