package changes

import (
	"math"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// staffed compares who was planned to work, what was expected to come, and who was served first. Files of older
// programs do not say.
func staffed(x, y *outcome.Scenario, add func(what, before, after string)) {
	if x.Plan == nil || y.Plan == nil {
		return
	}
	add("served first", words(x.Plan.Routing), words(y.Plan.Routing))
	records := func(what string, x, y map[string]string, order []string) {
		for _, name := range order {
			add(strings.TrimSpace(what+" "+name), x[name], y[name])
		}
	}
	when := map[string]string{}
	for _, k := range shiftsOf(x.Plan) {
		when[k.name] = k.When
	}
	same := map[string]bool{}
	for _, k := range shiftsOf(y.Plan) {
		same[k.name] = when[k.name] == k.When
	}
	compare(records, "shift", shiftsOf(x.Plan), shiftsOf(y.Plan), func(s shift) (string, string) {
		heads := format.Value(s.Heads, outcome.UnitHeads) + format.Thin + "heads"
		if s.Heads == 1 {
			heads = "1" + format.Thin + "head"
		}
		if !same[s.name] {
			heads += ", " + s.When
		}
		return s.name, heads
	})
	compare(records, "cost per hour of", x.Plan.Teams, y.Plan.Teams, func(t outcome.TeamPlan) (string, string) {
		return t.Name, format.Money(t.CostPerHour, "")
	})
	compare(records, "shrinkage of", x.Plan.Teams, y.Plan.Teams, func(t outcome.TeamPlan) (string, string) {
		return t.Name, format.Percent(t.Shrinkage)
	})
	compare(records, "planned paid hours of", x.Plan.Teams, y.Plan.Teams, func(t outcome.TeamPlan) (string, string) {
		return t.Name, format.Value(t.PaidHours, outcome.UnitHours) + format.Thin + "h"
	})
	compare(records, "expected tickets of", x.Plan.Streams, y.Plan.Streams, func(s outcome.StreamPlan) (string, string) {
		return s.Name, format.Count(math.Round(s.Tickets))
	})
}

// shift is a shift with the name of its team.
type shift struct {
	outcome.ShiftPlan
	name string
}

func shiftsOf(p *outcome.Plan) (list []shift) {
	for i := range p.Teams {
		for _, s := range p.Teams[i].Shifts {
			list = append(list, shift{s, p.Teams[i].Name + " " + s.Name})
		}
	}
	return list
}

// mostSaid is how many changes of the plan are put into words; the table has all of them.
const mostSaid = 6

// Plan says in words what was changed in the plan, before anything is said of what came of it; empty for nothing
// that outcomes write down. That a program, a seed or a name is another is no change of the plan.
func (d *Diff) Plan() string {
	var parts []string
	for _, in := range d.Inputs {
		switch {
		case slices.Contains(births, in.What) || strings.HasPrefix(in.What, digest):
		case in.Before == "":
			parts = append(parts, in.What+" is new, "+in.After)
		case in.After == "":
			parts = append(parts, in.What+" is gone, "+in.Before)
		default:
			parts = append(parts, in.What+", "+in.After+" instead of "+withoutUnit(in.Before, in.After))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	if more := len(parts) - mostSaid; more > 0 {
		parts = append(parts[:mostSaid], format.Plural(more, "change more", "changes more"))
	}
	return "Changed in the plan: " + format.Clean(strings.Join(parts, "; ")) + "."
}

// withoutUnit leaves out the unit of a single number where the other has the same.
func withoutUnit(number, other string) string {
	i, k := strings.LastIndex(number, format.Thin), strings.LastIndex(other, format.Thin)
	if i < 0 || k < 0 || number[i:] != other[k:] || strings.ContainsAny(number[i:], ",0123456789") {
		return number
	}
	return number[:i]
}
