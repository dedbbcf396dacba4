package cuts

import (
	"encoding/csv"
	"io"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// What a reader must know of the last rows.
const (
	weighted = "All clocks together, so that a part counts with its clocks: not the mean of the rates above."
	untaken  = "No team has taken these tickets: they were abandoned, or still wait at the end."
	chance   = "The share of them in which the promised share is in time. It depends on their length: in short ones chance decides."
)

// Table is a cut for people. A cut of one part, or none, says so in its title.
func (c *Cut) Table() *table.Table {
	t := &table.Table{Title: c.title(), Columns: []table.Column{{Head: c.By}}}
	if len(c.Parts) == 0 {
		t.Title += ": nothing to tell apart"
	}
	metrics := c.Metrics()
	for _, m := range metrics {
		t.Columns = append(t.Columns,
			table.Column{Head: format.Words(m) + ", clocks", Align: table.Right},
			table.Column{Head: "late", Unit: "share", Align: table.Right})
	}
	for _, p := range c.Parts {
		var notes []string
		if p.Name == nobody {
			notes = []string{untaken}
		}
		if day, err := time.Parse(time.DateOnly, p.Name); err == nil && c.By == "day" {
			p.Name += " " + day.Format("Mon")
		}
		t.Add(row(p, metrics, notes)...)
	}
	t.Add(row(c.All, metrics, []string{weighted})...)
	c.addKept(t, metrics)
	return t
}

// addKept adds a line for the promises of all policies together, and one for each policy.
func (c *Cut) addKept(t *table.Table, metrics []string) {
	var policies []string
	for _, k := range c.Kept {
		if !slices.Contains(policies, k.Policy) {
			policies = append(policies, k.Policy)
		}
	}
	slices.Sort(policies) // that of all is first
	for _, policy := range policies {
		name := c.By + "s that keep the promise"
		if policy != "" {
			name += " of " + policy
		}
		line := []table.Cell{{Text: name, Number: math.NaN(), Notes: []string{chance}}}
		for _, m := range metrics {
			cell := table.Text(format.Missing)
			for _, k := range c.Kept {
				if k.Metric == m && k.Policy == policy {
					cell = table.Estimated(k.Estimate, outcome.UnitShare)
				}
			}
			line = append(line, table.Text(""), cell)
		}
		t.Add(line...)
	}
}

func row(p Part, metrics, notes []string) []table.Cell {
	name := table.Text(p.Name)
	name.Notes = notes
	cells := []table.Cell{name}
	for _, m := range metrics {
		r, ok := p.Rates[m]
		if !ok || sum(r.Judged) == 0 {
			cells = append(cells, table.Text(format.Missing), table.Text(format.Missing))
			continue
		}
		cells = append(cells,
			table.Num(format.Value(r.Clocks(), outcome.UnitClocks), r.Clocks()),
			table.Estimated(r.Estimate, outcome.UnitShare))
	}
	return cells
}

// WriteCSV writes cuts as one tidy table: a line per part and metric, shares as fractions.
func WriteCSV(w io.Writer, x *outcome.Experiment, cuts []*Cut) error {
	out := csv.NewWriter(w)
	out.Write([]string{"scenario", "cut", "part", "metric", "clocks_per_replication", "late_share", "late_ci_low_share", "late_ci_high_share", "level", "replications"}) // errors stick; see out.Error
	for _, c := range cuts {
		for _, p := range append(append([]Part(nil), c.Parts...), c.All) {
			for _, m := range c.Metrics() {
				r, ok := p.Rates[m]
				if !ok {
					continue
				}
				out.Write([]string{table.Safe(x.Scenario.Name), c.By, table.Safe(p.Name), table.Safe(m), table.Number(r.Clocks()),
					table.Number(r.Estimate.Value), table.Number(r.Estimate.Low), table.Number(r.Estimate.High),
					table.Number(r.Estimate.Level), strconv.Itoa(len(r.Judged))})
			}
		}
	}
	out.Flush()
	return out.Error()
}
