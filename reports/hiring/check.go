package hiring

import (
	"fmt"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// Check is a month that was simulated with the heads that it needs, those that it has if nobody is
// hired, and those of the plan, in this order.
type Check struct {
	Month int
	Cases []Case
}

// Case is a roster of the month, and what became of it.
type Case struct {
	Heads   []float64 // by team
	Outcome *outcome.Experiment
}

var caseNames = []string{"as many as needed", "if nobody is hired", "with the plan"}

// check is what the simulation says of the shortest month.
func (w *writer) check() paper.Section {
	t := &table.Table{Columns: []table.Column{left("heads")}}
	for i := range w.Teams {
		t.Columns = append(t.Columns, right(format.Clean(w.Teams[i].Name), "heads"))
	}
	var metrics []string
	for m := range sla.Metrics {
		name := m.String()
		if _, ok := w.Check.Cases[0].Outcome.Measure(outcome.BreachRate, outcome.Labels{Metric: name}); ok {
			metrics = append(metrics, name)
			t.Columns = append(t.Columns, right("late of "+format.Words(name), "share"))
		}
	}
	t.Columns = append(t.Columns, right("open at the end", "tickets"))
	for i := range w.Teams {
		t.Columns = append(t.Columns, right("occupancy of "+format.Clean(w.Teams[i].Name), "share"))
	}
	n := 0
	for k, c := range w.Check.Cases {
		n = c.Outcome.Replications
		row := []table.Cell{table.Text(caseNames[k])}
		for _, x := range c.Heads {
			row = append(row, heads(x))
		}
		for _, name := range metrics {
			row = append(row, measured(c.Outcome, outcome.BreachRate, outcome.Labels{Metric: name}, outcome.UnitShare))
		}
		row = append(row, measured(c.Outcome, outcome.Open, outcome.Labels{}, outcome.UnitTickets))
		for i := range w.Teams {
			row = append(row, measured(c.Outcome, outcome.Occupancy, outcome.Labels{Team: w.Teams[i].Name}, outcome.UnitShare))
		}
		t.Add(row...)
	}
	return paper.Section{Name: "check", Title: "The shortest month, simulated", Table: t, Words: []string{fmt.Sprintf(
		"%s in %s, on the same customers whatever the heads. Heads are full ones on the shifts that the teams have now, of which each is as much larger or smaller as its team; temps are as planned. What is open at the end and not yet due is judged neither late nor in time. "+
			"Where the heads that are needed do not keep the promises, the margin is too small for shifts of this kind; where they have time to spare, it is larger than it must be.",
		w.month(w.Check.Month), format.Plural(n, "replication", "replications"))}}
}

// measured is an estimate of an outcome.
func measured(x *outcome.Experiment, name string, l outcome.Labels, unit outcome.Unit) table.Cell {
	m, ok := x.Measure(name, l)
	if !ok {
		return table.Text(format.Missing)
	}
	return table.Estimated(m.Estimate, unit, document.Doubts(m.Estimate, x.Replications)...)
}
