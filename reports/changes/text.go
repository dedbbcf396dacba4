package changes

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// WriteText writes the difference for a terminal: what went in differently, a verdict, the
// measures that have changed, and of the others the most important; with full all of them.
func (d *Diff) WriteText(w io.Writer, style table.Style, full bool) error {
	var notes table.Notes
	var b strings.Builder
	inset := style
	inset.Indent = 2
	marks := ""
	for _, doubt := range append([]string{d.reading()}, d.Doubts...) {
		marks += " " + notes.Mark(doubt)
	}
	if len(d.LeftOut) > 0 {
		marks += " " + notes.Mark(d.leftOut())
	}
	steps := []func() error{
		func() error { return table.Paragraph(&b, d.head(), style, 2) },
	}
	if plan := d.Plan(); plan != "" {
		steps = append(steps, func() error { b.WriteByte('\n'); return table.Paragraph(&b, plan, style, 0) })
	}
	steps = append(steps, func() error { b.WriteByte('\n'); return table.Paragraph(&b, d.Verdict()+marks, style, 0) })
	rows, hidden := d.rowTable(full)
	for _, t := range []*table.Table{d.inputTable(), rows} {
		if len(t.Rows) > 0 {
			steps = append(steps, func() error { b.WriteByte('\n'); return t.WriteText(&b, inset, &notes) })
		}
	}
	if hidden > 0 {
		steps = append(steps, func() error {
			return table.Paragraph(&b, fmt.Sprintf("… and %s: --full", format.Plural(hidden, "change more", "changes more")), inset, 0)
		})
	}
	steps = append(steps, func() error { b.WriteByte('\n'); return notes.WriteText(&b, style) })
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (d *Diff) head() string {
	how := "independent samples"
	if d.Paired {
		how = format.Plural(d.Pairs, "pair of replications", "pairs of replications")
	}
	return fmt.Sprintf("%s → %s · %s · %s looked at", format.Clean(d.Before), format.Clean(d.After), how, format.Plural(len(d.Rows), "measure", "measures"))
}

// Verdict is the answer in one sentence.
func (d *Diff) Verdict() string {
	worse, better, changed := d.Count(Worse), d.Count(Better), d.Count(Changed)
	if worse+better+changed == 0 {
		if len(d.Inputs) == 0 {
			return "The outcomes are the same: nothing went in differently, and no measure has changed."
		}
		return "No measure has changed beyond noise."
	}
	var parts []string
	for _, c := range []struct {
		n    int
		what string
	}{{worse, "worse"}, {better, "better"}, {changed, "different, which is neither"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	return fmt.Sprintf("%s changed beyond noise: %s. Most important: %s.", format.Plural(worse+better+changed, "measure has", "measures have"),
		format.List(parts), d.first())
}

// first is the most important change in words.
func (d *Diff) first() string {
	r := &d.Rows[0]
	return fmt.Sprintf("%s from %s to %s", format.Clean(r.Describe()), format.Value(r.values[0].Value, r.Unit), format.Value(r.values[1].Value, r.Unit))
}

func (d *Diff) reading() string {
	s := "Each outcome has customers of its own, since the seeds differ: independent samples (Welch). "
	if d.Paired {
		s = "Both outcomes have one seed, so that each replication is a pair with the same customers. "
	}
	return s + fmt.Sprintf("%s is no difference that the replications can tell. p is corrected for looking at %s (Holm): "+
		"if nothing had changed, the chance of any false alarm would be at most %s.",
		format.Same, format.Plural(len(d.Rows), "measure", "measures"), format.Percent(1-d.Level))
}

func (d *Diff) leftOut() string {
	const most = 4
	names := make([]string, 0, most)
	for _, n := range d.LeftOut[:min(most, len(d.LeftOut))] {
		names = append(names, format.Clean(n))
	}
	s := "Not in both outcomes, and so not compared: " + strings.Join(names, ", ")
	if more := len(d.LeftOut) - most; more > 0 {
		s += fmt.Sprintf(" and %d more", more)
	}
	return s + "."
}

func (d *Diff) inputTable() *table.Table {
	t := &table.Table{Columns: []table.Column{{Head: "what went in"}, {Head: "before"}, {Head: "after"}}}
	word := func(s string) table.Cell {
		if s == "" {
			s = format.Missing
		}
		return table.Text(s)
	}
	for _, in := range d.Inputs {
		t.Add(table.Text(in.What), word(in.Before), word(in.After))
	}
	return t
}

// headline reports whether a row is shown though it has not changed.
func (r *Row) headline() bool {
	l := r.Labels
	switch r.Name {
	case outcome.BreachRate, outcome.Attainment, outcome.Credit, outcome.Cost, outcome.AbandonRate, outcome.Occupancy:
		return l == outcome.Labels{Metric: l.Metric, Contract: l.Contract}
	}
	return false
}

// mostShown is how many changes a terminal shows unless all are asked for.
const mostShown = 24

// numbers are those by which rows of the same tickets are known: where all phone calls are answered by one
// promise, its breach rate is that of the channel, to the last digit.
type numbers struct {
	name                          string
	before, after, low, high, was outcome.Float
}

func (r *Row) numbers() numbers {
	return numbers{r.Name + r.Labels.Quantile, r.Before.Value, r.After.Value, r.Change.Low, r.Change.High, r.Before.High}
}

// slight is a change of a time, in seconds, that no digit shows.
const slight = 0.01

// measureTable is a table of measures without rows.
func measureTable() *table.Table {
	right := func(head string) table.Column { return table.Column{Head: head, Align: table.Right} }
	return &table.Table{Columns: []table.Column{{Head: "measure"}, right("before"), right("after"), right("change"), right("relative"), right("p"), {Head: ""}}}
}

// rowTable is the table of the measures, and how many changes are not in it.
func (d *Diff) rowTable(full bool) (t *table.Table, hidden int) {
	t = measureTable()
	shown := 0
	rows := map[numbers]int{} // those that stand in the table
	for i := range d.Rows {
		r := &d.Rows[i]
		if first, ok := rows[r.numbers()]; ok && !full && r.Verdict != Same {
			cell := &t.Rows[first][0]
			cell.Notes = append(cell.Notes, format.Clean(r.Describe())+" is about the same tickets, and changes alike.")
			continue
		}
		if !full && r.Verdict == Same && !r.headline() {
			continue
		}
		if !full && r.Verdict != Same && (shown == mostShown || r.Unit == outcome.UnitSeconds && math.Abs(r.shift.Value) < slight) {
			hidden++
			continue
		}
		if r.Verdict != Same {
			rows[r.numbers()] = len(t.Rows)
			shown++
		}
		t.Add(d.cells(r)...)
	}
	return t, hidden
}

// cells are a row of the table.
func (d *Diff) cells(r *Row) []table.Cell {
	name := format.Clean(r.Describe())
	if r.Unit == outcome.UnitMoney && d.Currency != "" {
		name += ", " + format.Clean(d.Currency)
	}
	change, relative, verdict := r.change(), r.relative(), string(r.Verdict)
	if r.Verdict == Same {
		change, relative, verdict = format.Same, "", ""
		if r.untested {
			change = format.Difference(r.shift.Difference, r.Unit)
		}
	}
	return []table.Cell{
		table.Text(name), table.Estimated(r.values[0], r.Unit), table.Estimated(r.values[1], r.Unit), table.Num(change, r.shift.Value),
		table.Text(relative), table.Num(probability(float64(r.AdjustedP)), float64(r.AdjustedP)), table.Text(verdict),
	}
}

// change is the difference with its sign and interval, which is that of this measure by itself.
func (r *Row) change() string {
	if s := format.Difference(r.shift.Difference, r.Unit); s != format.Same {
		return s
	}
	return format.Value(r.shift.Value, r.Unit) // certain by its p-value: nothing varies
}

// relative is the change as a share of the value before, of which it is known that it is more than nothing.
func (r *Row) relative() string {
	before := r.values[0]
	q := r.shift.Value / before.Value
	switch {
	case math.IsNaN(q) || math.IsInf(q, 0) || before.Value < 0 || before.Low <= 0, r.Unit == outcome.UnitSeconds && before.Value < slight:
		return format.Missing
	case q > 9:
		return format.Decimal(1+q, 0) + "x"
	case q > 0:
		return "+" + format.Percent(q)
	}
	return format.Percent(q)
}

// probability writes a p-value with three decimals.
func probability(p float64) string {
	switch {
	case math.IsNaN(p):
		return format.Missing
	case p < 0.001:
		return "<0.001"
	}
	return format.Decimal(p, 3)
}
