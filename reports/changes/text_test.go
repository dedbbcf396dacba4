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
