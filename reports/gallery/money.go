package gallery

import (
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
)

var nan = math.NaN()

// Tails are the mean and the tails of a contract's credit, as marks.
func Tails(x *outcome.Experiment, contract string) (marks []chart.Mark) {
	for _, m := range []struct {
		name, quantile string
		ink            chart.Ink
	}{{"Mean", "", chart.Slate}, {"P95", outcome.TailP95, chart.Vermilion}, {"CVaR95", outcome.TailCVaR95, chart.Purple}} {
		l := outcome.Labels{Contract: contract, Quantile: m.quantile}
		if tail, ok := x.Measure(outcome.Credit, l); ok {
			marks = append(marks, chart.Mark{Name: m.name, Value: tail.Estimate.Value, Text: format.Estimate(tail.Estimate, tail.Unit), Ink: m.ink})
		}
	}
	return marks
}

// Exceedance is the chance that a contract's credit is larger than an amount. A contract
// that pays the same in every trial, such as nothing, has nothing to show.
func Exceedance(x *outcome.Experiment, c *outcome.Contract, text Text) (Picture, bool) {
	labels := outcome.Labels{Contract: c.Name}
	m, ok := x.Measure(outcome.Credit, labels)
	if !ok {
		return Picture{}, false
	}
	var amounts []float64
	for r, v := range m.Num {
		if r < len(m.Den) && m.Den[r] != 0 && real(v/m.Den[r]) {
			amounts = append(amounts, v/m.Den[r])
		}
	}
	slices.Sort(amounts)
	if len(amounts) == 0 || amounts[0] == amounts[len(amounts)-1] {
		return Picture{}, false
	}
	line := chart.Steps{Ink: chart.Blue, Before: 1}
	for i, v := range amounts {
		if i+1 < len(amounts) && amounts[i+1] == v {
			continue
		}
		line.Values = append(line.Values, v)
		line.Shares = append(line.Shares, float64(len(amounts)-i-1)/float64(len(amounts)))
	}
	title := "What the credit of " + format.Clean(c.Name) + " exceeds"
	caption := "Line: share of " + format.Plural(len(amounts), "trial", "trials") + " whose credit over the measured time is larger than the amount below. Promise: " +
		format.Deal(c, x.Scenario.Currency) + ". P95: 95" + format.Thin + "% of trials pay no more. CVaR95: mean of the worst 5" + format.Thin + "%."
	chartOf := chart.Cumulative{
		Text: text(title, caption, labels), Name: "Chance that it is larger", Head: format.InUnit("credit", x.Scenario.Currency), Unit: outcome.UnitMoney,
		Steps: []chart.Steps{line}, Marks: Tails(x, c.Name),
	}
	return Picture{Name: "exceedance-" + c.Name, Title: title, Chart: chartOf}, true
}

// Escalations is how many tickets reach each rung of the ladder.
func Escalations(x *outcome.Experiment, text Text) (Picture, bool) {
	arrived, ok := x.Measure(outcome.Arrived, outcome.Labels{})
	if !ok || len(x.Scenario.Rungs) == 0 || !(arrived.Estimate.Value > 0) {
		return Picture{}, false
	}
	all := arrived.Estimate
	f := chart.Funnel{Name: "Per replication", Stages: []chart.Stage{{
		Name: "Tickets", Detail: "created in the measured time",
		Bar: chart.Bar{Value: all.Value, Low: all.Low, High: all.High, Text: format.Estimate(all, arrived.Unit)},
	}}}
	some := false
	for _, rung := range x.Scenario.Rungs {
		m, ok := x.Measure(outcome.Escalations, outcome.Labels{Rung: rung.Name})
		if !ok {
			continue
		}
		e := m.Estimate
		some = some || e.Value > 0
		s := chart.Stage{
			Name: format.Capital(format.Clean(rung.Name)), Detail: format.Clean(rung.At + ": " + rung.Do),
			Bar: chart.Bar{Value: e.Value, Low: e.Low, High: e.High, Text: format.Estimate(e, m.Unit)},
		}
		if real(e.Value) {
			s.Text += ", " + share(e.Value/all.Value) + " of tickets"
		}
		if lead, ok := x.Measure(outcome.LeadHours, outcome.Labels{Rung: rung.Name}); ok && lead.Estimate.Value > 0 {
			s.Text += ", " + format.Estimate(lead.Estimate, lead.Unit) + format.Thin + "h of leads"
		}
		if cost, ok := x.Measure(outcome.LeadCost, outcome.Labels{Rung: rung.Name}); ok && cost.Estimate.Value > 0 {
			s.Text += ", " + format.Estimate(cost.Estimate, cost.Unit) + format.Thin + format.Clean(x.Scenario.Currency)
		}
		f.Stages = append(f.Stages, s)
	}
	if !some {
		return Picture{}, false
	}
	title := "How far escalations go"
	f.Text = text(title, "Bars: how often each rung of the ladder is reached, per replication, with its interval. A rung may be for some tickets only, and a ticket may reach several: bars need not get shorter.",
		outcome.Labels{})
	return Picture{Name: "escalations", Title: title, Chart: f}, true
}

// share is a share to a tenth of a percent, and never nothing where there is something.
func share(x float64) string {
	if x > 0 && x < 0.0005 {
		return "under 0.1" + format.Thin + "%"
	}
	return format.Decimal(100*x, 1) + format.Thin + "%"
}
