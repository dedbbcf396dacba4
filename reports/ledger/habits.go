package ledger

import (
	"fmt"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// arrivals is when tickets came.
func (r *report) arrivals() paper.Section {
	t := &table.Table{Columns: []table.Column{left("weekday"), unit("tickets", ""), left("busiest hour"), unit("in it", "")}}
	all := &table.Table{Columns: []table.Column{left("weekday"), unit("hour", ""), unit("tickets", "")}}
	for i := range 7 {
		d := time.Weekday((i + 1) % 7)
		n, busiest := r.Habits.Weekday(d)
		hour := table.Text(format.Missing)
		if n > 0 {
			hour = table.Text(fmt.Sprintf("%02d:00", busiest))
		}
		t.Add(table.Text(d.String()), count(n), hour, count(r.Habits.Arrivals[d][busiest]))
		for hour, n := range r.Habits.Arrivals[d] {
			all.Add(table.Text(d.String()), table.Num(fmt.Sprintf("%02d", hour), float64(hour)), count(n))
		}
	}
	return paper.Section{Name: "arrivals", Title: "When tickets came", Table: t, Data: all, Pictures: r.week(), Words: []string{
		"Tickets created in the audited time, by the clock on the wall. Each hour of the week stands in arrivals.csv, with --out or --format csv."}}
}

// states is how long tickets stayed in which status.
func (r *report) states() paper.Section {
	t := &table.Table{Columns: []table.Column{left("status"), unit("tickets", ""), unit("stays", ""), unit("P50", "s"), unit("P90", "s"), unit("last at the end", "")}}
	for s := range ticket.Closed + 1 {
		if r.Habits.Tickets[s] == 0 {
			continue
		}
		row := []table.Cell{table.Text(s.String()), count(r.Habits.Tickets[s]), count(len(r.Habits.Dwells[s]))}
		for _, p := range []float64{0.5, 0.9} {
			e := estimate.Quantile(r.Habits.Dwells[s], p, r.Level)
			row = append(row, table.Estimated(e, outcome.UnitSeconds))
		}
		t.Add(append(row, count(r.Habits.Lasting[s]))...)
	}
	return paper.Section{Name: "states", Title: "Where tickets stayed", Table: t, Pictures: r.stays(), Words: []string{
		"A stay begins and ends with a change of status; its time is that on the wall, and not that of somebody's work. Stays that last at the end of the log are counted apart. " +
			"Intervals lie between two of the times that were measured."}}
}
