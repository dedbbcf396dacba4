package surge

import (
	"fmt"
	"strings"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/peak"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// assumptions are what the measures are thought to be and to cost.
func (w *writer) assumptions() paper.Section {
	t := &table.Table{Columns: []table.Column{left("measure"), left("at most"), left("what it is, and what it is assumed to cost")}}
	var words []string
	for m := range peak.Measures {
		size, text := "", ""
		if why := w.Plan.Why[m]; why != "" {
			size, text = "", "not here: "+format.Clean(why)
		} else {
			var one peak.Sizes
			one[m] = w.Plan.Largest[m]
			size, text = strings.TrimSpace(strings.TrimPrefix(w.Plan.Words(one), peak.Measure(m).String())), w.assumed(peak.Measure(m))
		}
		t.Add(table.Text(peak.Measure(m).String()), table.Text(format.Clean(size)), table.Text(text))
		words = append(words, format.Capital(strings.TrimSpace(peak.Measure(m).String()+" "+size))+": "+text+".")
	}
	return paper.Section{Name: "assumptions", Title: "What is assumed", Words: words, Data: t}
}

func (w *writer) assumed(m peak.Measure) string {
	p := &w.Plan.Prices
	first, last := w.Plan.Days()
	days, longer := stretch(first, last), stretch(first, w.Plan.Until())
	money := func(x float64) string { return format.Money(x, format.Clean(w.currency)) }
	switch m {
	case peak.Temps:
		price := fmt.Sprintf("%s times what own people cost", trimmed(peak.TempsMarkup))
		if p.TempsPerHour > 0 {
			price = money(p.TempsPerHour) + " an hour"
		}
		where := "more people in each shift of an ordinary week"
		if p.TempShifts != nil {
			where = "so many of the people of " + w.tempShifts()
		}
		return fmt.Sprintf("%s, %s, at %s, who work at %s of full speed", where, longer, price, format.Percent(p.TempsSpeed))
	case peak.Overtime:
		premium := "the team's own premium"
		if p.Overtime >= 0 {
			premium = "a premium of " + format.Percent(p.Overtime)
		}
		return fmt.Sprintf("%s of the people of each shift stay longer, %s, at %s", format.Percent(p.OvertimeShare), longer, premium)
	case peak.Relaxation:
		who := "all customers"
		if n := len(w.Plan.Scenario.Names.Tiers); n > 1 {
			who = "all but " + format.Clean(w.Plan.Scenario.Names.Tiers[0])
		}
		text := fmt.Sprintf("longer promises to %s, %s, announced %s before", who, days, format.Stated(p.Before))
		if p.Goodwill > 0 {
			text += ", at " + money(p.Goodwill) + " of goodwill for each"
		}
		return text
	case peak.Deflection:
		return fmt.Sprintf("a bot before what is written, %s, at %s a contact; %s of its answers are wrong, and the customer is back after %s in the mean", days, money(p.PerContact), format.Percent(p.Wrong), format.Stated(p.BackAfterWrong))
	case peak.CallsToMail:
		return fmt.Sprintf("callers are asked to write, %s; it costs nothing but the work", days)
	}
	return w.lessons()
}

// tempShifts names the shifts that temps have.
func (w *writer) tempShifts() string {
	var all []string
	for _, x := range w.Plan.Prices.TempShifts {
		all = append(all, fmt.Sprintf("%s %s (%s)", format.Clean(w.Plan.Scenario.Teams[x.Team].Name), format.Clean(x.Shift.Name), format.Value(x.Shift.Heads, outcome.UnitHeads)))
	}
	return format.List(all)
}

// lessons says who learns what, and what it costs.
func (w *writer) lessons() string {
	var all []string
	for i := range w.Plan.Lessons {
		x := &w.Plan.Lessons[i]
		var teams, learn []string
		for _, t := range x.Teams {
			teams = append(teams, format.Clean(w.Plan.Scenario.Teams[t].Name))
		}
		for _, word := range w.Plan.Learn(x) {
			learn = append(learn, format.Clean(word))
		}
		text := fmt.Sprintf("%s can do %s: %s paid hours for each person", format.List(teams), format.List(learn), trimmed(x.Hours))
		if x.PerHead > 0 {
			text += " and " + format.Money(x.PerHead, format.Clean(w.currency))
		}
		all = append(all, text)
	}
	return "learnt beforehand, so that " + strings.Join(all, "; ")
}

// stretch is days from a first to a last.
func stretch(first, last calendar.Date) string {
	if first == last {
		return "on " + first.String()
	}
	return first.String() + " to " + last.String()
}
