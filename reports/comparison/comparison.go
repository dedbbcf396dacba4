// Package comparison shows scenarios against one another on the same customers: each against a base,
// or all of them in search of the best. Differences come from pairs of replications; one that chance
// explains is written as none.
package comparison

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// Text writes the report of a comparison for a terminal: what was compared,
// a verdict, one table per group of measures, and all doubts as footnotes.
func Text(w io.Writer, c *outcome.Comparison, o document.Options) error {
	return compared(c).WriteText(w, o)
}

// subject is a group of measures that share a table. A measure of an hour, a
// period or a queue is in the CSV file only: there are too many. What customers do is by channel.
type subject struct {
	title    string
	measures []string
}

var subjects = []subject{
	{"promises", []string{outcome.BreachRate, outcome.BreachRateAdjusted, outcome.Attainment, outcome.AttainmentAdjusted}},
	{"tickets", []string{outcome.AbandonRate, outcome.Wait, outcome.BacklogPeak, outcome.QueuePeak, outcome.Recovery, outcome.Open}},
	{"open at the start", []string{outcome.LateSinceStart, outcome.BacklogCleared, outcome.BacklogAnsweredAfter, outcome.BacklogMostlyAfter, outcome.BacklogClearedAfter}},
	{"customers", []string{outcome.FirstAbandonRate, outcome.LostRate, outcome.Chasers}},
	{"teams", []string{outcome.Occupancy, outcome.InBand, outcome.PaidHours, outcome.Overtime, outcome.Present, outcome.Calls, outcome.CalledHours}},
	{"money", []string{outcome.Cost, outcome.Credit, outcome.CreditAdjusted}},
}

// shows reports whether a row is in the table: measures as a whole and by the
// labels that its subject is about. Other slices are in the CSV file.
func (s *subject) shows(c *outcome.Comparison, row *outcome.ComparisonRow) bool {
	l := row.Labels
	if s.title == "customers" {
		return l == outcome.Labels{Channel: l.Channel}
	}
	if l.Period != "" || l.Hour != "" || l.Issue != "" || l.Channel != "" {
		return false
	}
	switch s.title {
	case "tickets":
		return l == outcome.Labels{Spike: l.Spike}
	case "teams", "money":
		// A total says it all where there is a single team.
		total, teams := teamRows(c, row.Name)
		return l.Team == "" || !total || teams > 1
	}
	return true
}

// teamRows reports whether a measure has a row for all teams, and counts those
// for single teams.
func teamRows(c *outcome.Comparison, name string) (total bool, teams int) {
	for i := range c.Rows {
		switch row := &c.Rows[i]; {
		case row.Name != name:
		case row.Labels == (outcome.Labels{}):
			total = true
		case row.Labels.Team != "":
			teams++
		}
	}
	return total, teams
}

// compared makes the document of a comparison.
func compared(c *outcome.Comparison) *document.Report {
	d := &document.Report{
		Head: format.Join("comparison with "+format.Clean(c.Base), format.Plural(c.Replications, "pair of replications", "pairs of replications"),
			fmt.Sprintf("seed %d", c.Seed), format.Percent(c.Level)+" intervals"),
		Verdict: decide(c),
	}
	for _, s := range subjects {
		if t := tableOf(c, s); len(t.Rows) > 0 {
			d.Tables = append(d.Tables, t)
		}
	}
	d.Doubts = append(d.Doubts, reading(c))
	if how := document.Drawn(c.Balance, c.Set); how != "" {
		d.Doubts = append(d.Doubts, how+document.BetweenSets(c.Set))
	}
	for _, w := range c.Warnings {
		d.Doubts = append(d.Doubts, format.Clean(w.Text))
	}
	if note := unmoved(c); note != "" {
		d.Doubts = append(d.Doubts, note)
	}
	if note := leftOut(c); note != "" {
		d.Doubts = append(d.Doubts, note)
	}
	var born []string
	for i, name := range c.Scenarios {
		born = append(born, format.Clean(name)+" "+format.Short(c.Digests[i]))
	}
	d.Birth = format.Join(append(born, fmt.Sprintf("seed %d", c.Seed))...)
	return d
}

// reading says how to read the tables.
func reading(c *outcome.Comparison) string {
	s := "Each replication is a pair: every scenario sees the same customers. " + format.Same +
		" is no difference that the replications can tell."
	if n := len(c.Scenarios) - 1; n > 1 {
		s += fmt.Sprintf(" With %d scenarios against the base, the intervals of differences and factors are at %s each, so that those of a measure hold together for all scenarios at %s (Bonferroni).",
			n, percentExactly(c.JointLevel), format.Percent(c.Level))
	}
	s += " Gain is the variance that the difference would have without pairing over the one that it has: how many times more replications the same precision would take."
	for i := range c.Rows {
		if c.Rows[i].Labels.Quantile != "" && c.Rows[i].Name == outcome.Credit {
			return s + " How far a P95 differs is told by drawing the pairs anew 1" + format.Thin + "999 times (bootstrap), how far a CVaR95 does by the pairs' parts in it."
		}
	}
	return s
}

// percentExactly writes a level such as 98.33 %.
func percentExactly(level float64) string {
	return format.Decimal(100*level, 2) + format.Thin + "%"
}

// leftOut lists what is not compared.
func leftOut(c *outcome.Comparison) string {
	if len(c.LeftOut) == 0 {
		return ""
	}
	const most = 6
	var parts []string
	for i := range c.LeftOut {
		if l := &c.LeftOut[i]; i < most {
			parts = append(parts, format.Clean(l.Describe())+" ("+format.Clean(l.Reason)+")")
		}
	}
	if more := len(c.LeftOut) - most; more > 0 {
		parts = append(parts, format.Plural(more, "more", "more"))
	}
	return "Not compared: " + strings.Join(parts, "; ") + "."
}

// tableOf is the table of a subject. Two scenarios stand side by side;
// more stand one below the other, since no terminal is wide enough.
func tableOf(c *outcome.Comparison, s subject) *table.Table {
	right := func(head string) table.Column { return table.Column{Head: head, Align: table.Right} }
	wide := len(c.Scenarios) == 2
	t := &table.Table{Columns: []table.Column{{Head: s.title}}}
	if wide {
		t.Columns = append(t.Columns, right(format.Clean(c.Base)), right(format.Clean(c.Scenarios[1])))
	} else {
		t.Columns = append(t.Columns, right("value"))
	}
	t.Columns = append(t.Columns, right("difference"), right("factor"), right("gain"))
	for _, name := range s.measures {
		for i := range c.Rows {
			row := &c.Rows[i]
			if row.Name != name || !s.shows(c, row) || quiet(c, row) {
				continue
			}
			head := format.Clean(row.Describe())
			if row.Unit == outcome.UnitMoney && c.Currency != "" {
				head += ", " + format.Clean(c.Currency)
			}
			if wide {
				t.Add(append([]table.Cell{table.Text(head), value(c, row, 0)}, against(c, row, 1)...)...)
				continue
			}
			t.Add(table.Text(head))
			t.Add(table.Text(indent+c.Base), value(c, row, 0))
			for k := 1; k < len(c.Scenarios); k++ {
				t.Add(append([]table.Cell{table.Text(indent + c.Scenarios[k])}, against(c, row, k)...)...)
			}
		}
	}
	return t
}

// quiet reports whether a row is left out of the table of several scenarios, because none
// of them differs from the base beyond doubt. Money is always told of.
func quiet(c *outcome.Comparison, row *outcome.ComparisonRow) bool {
	if len(c.Scenarios) == 2 || row.Unit == outcome.UnitMoney {
		return false
	}
	return !differs(row)
}

// differs reports whether any scenario differs from the base beyond doubt.
func differs(row *outcome.ComparisonRow) bool {
	for _, d := range row.Differences {
		if text := format.Difference(d, row.Unit); text != format.Same && text != format.Missing {
			return true
		}
	}
	return false
}

// unmoved names the rows that are quiet.
func unmoved(c *outcome.Comparison) string {
	const most = 4
	var names []string
	n := 0
	for _, s := range subjects {
		for _, name := range s.measures {
			for i := range c.Rows {
				row := &c.Rows[i]
				if row.Name != name || !s.shows(c, row) || !quiet(c, row) {
					continue
				}
				if n++; n <= most {
					names = append(names, format.Clean(row.Describe()))
				}
			}
		}
	}
	if n == 0 {
		return ""
	}
	if n > most {
		names = append(names, format.Plural(n-most, "more", "more")+" in "+csvFile)
	}
	return "In no scenario different beyond doubt, and left out: " + strings.Join(names, "; ") + "."
}

// indent sets scenarios apart from the measure above them, in Markdown too.
const indent = "\u00a0\u00a0"

// Headlines is the table of the measures that a decision hangs on, the scenarios side by side, each with its
// paired difference from the base.
func Headlines(c *outcome.Comparison) *table.Table {
	right := func(head string) table.Column { return table.Column{Head: head, Align: table.Right} }
	t := &table.Table{Columns: []table.Column{{Head: "measure"}, right(format.Clean(c.Base))}}
	for _, name := range besideBase(c.Scenarios)[1:] {
		t.Columns = append(t.Columns, right(format.Clean(name)), right("difference"))
	}
	for _, row := range headlines(c) {
		cells := []table.Cell{table.Text(barName(c, row)), value(c, row, 0)}
		for k := 1; k < len(c.Scenarios); k++ {
			cells = append(cells, against(c, row, k)[:2]...)
		}
		t.Add(cells...)
	}
	return t
}

func value(c *outcome.Comparison, row *outcome.ComparisonRow, k int) table.Cell {
	e := row.Values[k]
	return table.Estimated(e, row.Unit, document.Doubts(e, c.Replications)...)
}

// against are the cells of a scenario that is compared with the base.
func against(c *outcome.Comparison, row *outcome.ComparisonRow, k int) []table.Cell {
	d, q := row.Differences[k-1], row.Quotients[k-1]
	var notes []string // beyond those of the value
	if slices.Contains(d.Warnings, estimate.FewExceedances) && !slices.Contains(row.Values[k].Warnings, estimate.FewExceedances) {
		notes = append(notes, "Too few replications to bound this quantile from above: the interval of its difference tends to be too short.")
	}
	return []table.Cell{
		value(c, row, k),
		table.Num(format.Difference(d, row.Unit), d.Value, notes...),
		table.Num(factor(row, k), q.Value),
		table.Num(gain(d.VarianceRatio), 1/d.VarianceRatio),
	}
}

// factor is the quotient of a row, where there is a difference.
func factor(row *outcome.ComparisonRow, k int) string {
	if format.Difference(row.Differences[k-1], row.Unit) == format.Same {
		return format.Same
	}
	return format.Quotient(row.Quotients[k-1])
}

// gain is what the pairing is worth, in replications.
func gain(varianceRatio float64) string {
	if math.IsNaN(varianceRatio) || varianceRatio < 0 {
		return format.Missing
	}
	if varianceRatio < 0.001 {
		return ">1" + format.Thin + "000x"
	}
	g := 1 / varianceRatio
	if g < 10 {
		return format.Decimal(g, 1) + "x"
	}
	return format.Count(g) + "x"
}
