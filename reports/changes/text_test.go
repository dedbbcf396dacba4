package changes

import (
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
)

// A cut that is about the same tickets as another is told of once, and a change that no digit shows only where all are
// asked for; both are in the files.
func TestTheSameChangeIsToldOnce(t *testing.T) {
	t.Parallel()
	value := func(v float64) Value { return Value{outcome.Float(v), outcome.Float(v), outcome.Float(v)} }
	row := func(name string, l outcome.Labels, unit outcome.Unit, before, after float64) Row {
		return Row{Name: name, Labels: l, Unit: unit, Before: value(before), After: value(after), Change: value(after - before), Verdict: Worse,
			shift: estimate.Shift{Difference: estimate.Difference{Estimate: estimate.Estimate{Value: after - before, Low: after - before, High: after - before}}}}
	}
	phone := outcome.Labels{Metric: "answer", Channel: "phone"}
	d := &Diff{Before: "a", After: "b", Level: 0.95, Rows: []Row{
		row(outcome.BreachRate, outcome.Labels{Metric: "answer"}, outcome.UnitShare, 0.2, 0.3), row(outcome.BreachRate, phone, outcome.UnitShare, 0.2, 0.3),
		row(outcome.BreachRate, outcome.Labels{Metric: "answer", Tier: "gold"}, outcome.UnitShare, 0.2, 0.31), row(outcome.Wait, outcome.Labels{}, outcome.UnitSeconds, 0.001, 0.002),
	}}
	brief, hidden := d.rowTable(false)
	if len(brief.Rows) != 2 || hidden != 1 {
		t.Errorf("%d rows and %d hidden, want 2 and 1: %v", len(brief.Rows), hidden, brief.Rows)
	}
	if notes := brief.Rows[0][0].Notes; len(notes) != 1 || !strings.Contains(notes[0], "breach_rate(answer, channel=phone) is about the same tickets") {
		t.Errorf("the note says %q", notes)
	}
	if all, hidden := d.rowTable(true); len(all.Rows) != 4 || hidden != 0 {
		t.Errorf("of all there are %d rows and %d hidden", len(all.Rows), hidden)
	}
}

// A change has no size relative to what may be nothing.
func TestNothingIsManyTimesWhatMayBeNothing(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		before estimate.Estimate
		want   string
	}{
		{estimate.Estimate{Value: 1e-5, Low: 9e-6, High: 1e-2}, "–"}, // of seconds, which no digit shows
		{estimate.Estimate{Value: 1e-5, Low: -1e-2, High: 1e-2}, "–"}, {estimate.Estimate{Value: 0, Low: 0, High: 0}, "–"},
		{estimate.Estimate{Value: 8, Low: 7, High: 9}, "+100\u202f%"}, {estimate.Estimate{Value: 0.5, Low: 0.4, High: 0.6}, "17x"},
	} {
		r := Row{Unit: outcome.UnitSeconds, values: [2]estimate.Estimate{row.before}, shift: estimate.Shift{Difference: estimate.Difference{Estimate: estimate.Estimate{Value: 8}}}}
		if got := r.relative(); got != row.want {
			t.Errorf("8 more than %v is %q, want %q", row.before, got, row.want)
		}
	}
}

// Of hundreds of measures a page shows those that have changed and the important ones, and says where all are.
func TestAPageOfManyMeasuresShowsThoseThatHaveChanged(t *testing.T) {
	t.Parallel()
	d := &Diff{Before: "a", After: "b", Level: 0.95}
	for i := range 150 {
		r := Row{Name: outcome.Wait, Labels: outcome.Labels{Issue: string(rune('A' + i))}, Unit: outcome.UnitSeconds, Verdict: Same}
		if i%50 == 0 {
			r.Verdict = Worse
		}
		d.Rows = append(d.Rows, r)
	}
	d.Rows = append(d.Rows, Row{Name: outcome.BreachRate, Labels: outcome.Labels{Metric: "answer"}, Unit: outcome.UnitShare, Verdict: Same})
	var page strings.Builder
	if err := d.Document().WriteHTML(&page); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"wait(issue=A)", "wait(issue=s)", "breach_rate(answer)", "4 of 151 that have changed or are important (all of them: diff.csv, with --out)"} {
		if !strings.Contains(strings.ReplaceAll(page.String(), "\u202f", " "), want) {
			t.Errorf("there is no %q", want)
		}
	}
	if strings.Contains(page.String(), "wait(issue=B)") {
		t.Error("what has not changed is there")
	}
	if _, tables := d.Document().Data(); len(tables) == 0 || len(tables[len(tables)-1].Rows) != 151 {
		t.Error("a program is not given all of them")
	}
}
