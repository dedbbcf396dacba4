package measures

import (
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// expectableMeasures are those for which one can expect something, besides those for which
// a precision makes sense.
var expectableMeasures = append(precisionMeasures(),
	outcome.Overdue, outcome.Open, outcome.Recovery, outcome.Unrecovered, outcome.PayRate, outcome.MissRate, outcome.BreachRateAdjusted,
	outcome.AttainmentAdjusted, outcome.CreditAdjusted, outcome.BreachRateRelaxed, outcome.InBand, outcome.AboveBand,
	outcome.HighOccupancy, outcome.Overtime, outcome.PaidHours, outcome.FirstContact, outcome.ReopenRate,
	outcome.OLAKept, outcome.OLAAnswered, outcome.Containment, outcome.Availability, outcome.Quality, outcome.OpenedPerSolved,
	outcome.LateAtStart, outcome.LateSinceStart, outcome.BacklogCleared, outcome.BacklogAnsweredAfter, outcome.BacklogMostlyAfter, outcome.BacklogClearedAfter)

// Expectations reads the list expect.
func Expectations(d *scope.Scope, v yamltree.Value) []outcome.Expectation {
	var all []outcome.Expectation
	for _, item := range v.Items() {
		if e, ok := Expectation(d, item); ok {
			all = append(all, e)
		}
	}
	return all
}

// Expectation reads "breach_rate(first_reply, tier=enterprise) < 5%".
func Expectation(d *scope.Scope, v yamltree.Value) (outcome.Expectation, bool) {
	var e outcome.Expectation
	text, ok := v.Text("an expectation, such as breach_rate(first_reply) < 5%")
	if !ok {
		return e, false
	}
	at := strings.IndexAny(text, "<>")
	if at < 0 {
		v.Failf("want such as breach_rate(first_reply) < 5%, with <, <=, > or >=", "%q is not an expectation", scalar.Clip(text))
		return e, false
	}
	for _, r := range outcome.Relations() {
		if strings.HasPrefix(text[at:], string(r)) {
			e.Relation = r
			break
		}
	}
	left, right := text[:at], strings.TrimLeft(text[at+len(e.Relation):], " ")
	e.Measure = measureIn(v.Within(0, len(left)).WithText(strings.TrimSpace(left)), expectableMeasures)
	e.Bound, e.Unit, ok = bound(d, v.Within(len(text)-len(right), len(right)).WithText(strings.TrimSpace(right)))
	return e, ok && e.Measure != ""
}

// bound reads "5%", "20s", "1000 USD" or a bare number.
func bound(d *scope.Scope, v yamltree.Value) (float64, outcome.Unit, bool) {
	text := v.Node.Text
	last := byte(' ')
	if text != "" {
		last = text[len(text)-1]
	}
	switch {
	case last == '%':
		x, ok := scalar.Percent(v, -1e6, 1e6)
		return x, outcome.UnitShare, ok
	case strings.Contains(text, " "):
		m, ok := d.Money(v)
		if !ok {
			return 0, "", false
		}
		return m.Float(), outcome.UnitMoney, true
	case last >= '0' && last <= '9':
		x, ok := scalar.Number(v, -1e15, 1e15)
		return x, "", ok
	}
	x, ok := scalar.Duration(v)
	return x.Seconds(), outcome.UnitSeconds, ok
}
