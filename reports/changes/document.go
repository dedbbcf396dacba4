package changes

import (
	"encoding/csv"
	"fmt"
	"io"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// Document is the difference as a document of its own, with all measures that were looked at.
func (d *Diff) Document() *paper.Document {
	doc := &paper.Document{
		Title: "What changed: " + format.Clean(d.Before) + " → " + format.Clean(d.After), Head: d.head(), Verdict: d.Verdict(),
		Birth: format.Clean(d.Before) + " against " + format.Clean(d.After),
	}
	if t := d.inputTable(); len(t.Rows) > 0 {
		in := paper.Section{Name: "inputs", Title: "What went in", Table: t}
		if plan := d.Plan(); plan != "" {
			in.Words = []string{plan}
		}
		doc.Sections = append(doc.Sections, in)
	}
	all, _ := d.rowTable(true)
	out := paper.Section{Name: FileName, Title: "What came out", Words: append([]string{d.reading()}, d.Doubts...), Table: all, Brief: d.changed()}
	if len(d.LeftOut) > 0 {
		out.Words = append(out.Words, d.leftOut())
	}
	doc.Sections = append(doc.Sections, out)
	return doc
}

// FileName is the name of the files of a difference, without ending.
const FileName = "diff"

// changed is what a page shows where few of many measures have changed: those that have, and the important
// ones. All are in the tidy table.
func (d *Diff) changed() *table.Table {
	t := measureTable()
	for i := range d.Rows {
		if r := &d.Rows[i]; r.Verdict != Same || r.headline() {
			t.Add(d.cells(r)...)
		}
	}
	t.Title = fmt.Sprintf("%s of %d that have changed or are important %s", format.Count(float64(len(t.Rows))), len(d.Rows), paper.WhereAll)
	return t
}

// WriteCSV writes the measures as a tidy table: one line per measure, one column per label, with what the
// unit of its numbers is. The ends of the intervals are those of each measure by itself, and p_adjusted
// allows for looking at all of them.
func (d *Diff) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	header := append([]string{"scenario_before", "scenario_after", "measure"}, outcome.LabelNames()...)
	out.Write(append(header, "unit", "before", "before_ci_low", "before_ci_high", "after", "after_ci_low", "after_ci_high",
		"change", "change_ci_low", "change_ci_high", "level", "p", "p_adjusted", "verdict")) // errors stick; see out.Error
	for i := range d.Rows {
		r := &d.Rows[i]
		record := []string{table.Safe(d.Before), table.Safe(d.After), table.Safe(r.Name)}
		for _, label := range r.Labels.Values() {
			record = append(record, table.Safe(label))
		}
		unit := string(r.Unit)
		if r.Unit == outcome.UnitMoney && d.Currency != "" {
			unit = d.Currency
		}
		record = append(record, table.Safe(unit))
		for _, v := range []Value{r.Before, r.After, r.Change} {
			record = append(record, table.Number(float64(v.Value)), table.Number(float64(v.Low)), table.Number(float64(v.High)))
		}
		out.Write(append(record, table.Number(d.Level), table.Number(float64(r.P)), table.Number(float64(r.AdjustedP)), string(r.Verdict)))
	}
	out.Flush()
	return out.Error()
}
