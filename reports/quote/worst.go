package quote

import (
	"fmt"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// worst is the worst month of all years, and what happened in it.
func (w *writer) worst() paper.Section {
	x := w.Worst
	month := w.Months[x.Month].Name
	t := &table.Table{Columns: []table.Column{left("what"), right("in that month", ""), right("in all years", "")}}
	have, usual := w.Years[x.Year].Months[x.Month], w.Typical(x.Month)
	row := func(what string, a, b float64, unit outcome.Unit) {
		t.Add(table.Text(what), table.Num(format.Value(a, unit), a), table.Num(format.Value(b, unit), b))
	}
	row("tickets that came", have.Arrived, usual.Arrived, outcome.UnitTickets)
	row("agent hours on shift", have.Staffed, usual.Staffed, outcome.UnitTickets)
	for m := range sla.Metrics {
		if usual.Judged[m] > 0 {
			row("late of "+format.Words(m.String()), have.Late[m]/max(have.Judged[m], 1), usual.Late[m]/usual.Judged[m], outcome.UnitShare)
		}
	}
	for i := range w.scenario.Bursts {
		row("tickets of the incident "+format.Clean(w.scenario.Bursts[i].Name), have.Incident[i], usual.Incident[i], outcome.UnitTickets)
	}
	for i := range w.scenario.Outages {
		row("hours of the outage "+format.Clean(w.scenario.Outages[i].Name), have.Down[i], usual.Down[i], outcome.UnitTickets)
	}
	words := []string{fmt.Sprintf("%s of year %d (replication %d) paid most of all months: %s.", month, x.Year+1, x.Year, format.Money(x.Credit, w.Currency))}
	var paid []string
	for _, p := range x.By {
		if p.Credit > 0 {
			paid = append(paid, fmt.Sprintf("%s paid %s for %s, with %s of %s in time", format.Clean(p.Deal), format.Money(p.Credit, w.Currency), p.Period,
				format.Count(float64(p.Met)), format.Plural(int(p.Judged), "clock", "clocks")))
		}
	}
	words[0] += " " + format.Capital(strings.Join(paid, "; ")) + "."
	if spikes := w.spikes(x.Month); len(spikes) > 0 {
		words = append(words, "In it: "+format.List(spikes)+".")
	}
	return paper.Section{Name: "worst", Title: "The worst month", Table: t, Words: words}
}

// spikes are those that reach into a month, and the dated incidents and outages.
func (w *writer) spikes(month int) (names []string) {
	span := w.Months[month]
	seen := map[string]bool{}
	add := func(name string) {
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	for i := range w.scenario.Streams {
		for _, sp := range w.scenario.Streams[i].Spikes {
			if sp.Start < span.To && sp.End() > span.From {
				add("the spike " + format.Clean(sp.Name))
			}
		}
	}
	for i := range w.scenario.Bursts {
		if b := &w.scenario.Bursts[i]; b.Every == 0 && b.At >= span.From && b.At < span.To {
			add("the incident " + format.Clean(b.Name))
		}
	}
	for i := range w.scenario.Outages {
		if o := &w.scenario.Outages[i]; o.Every == 0 && o.From < span.To && o.Until > span.From {
			add("the outage " + format.Clean(o.Name))
		}
	}
	return names
}
