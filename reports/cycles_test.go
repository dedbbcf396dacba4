package reports_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"github.com/headroom-sim/headroom/reports/internal/inspect"
)

// handed is an outcome of a scenario with two issues, one of which goes to engineering.
func handed() *outcome.Experiment {
	x := &outcome.Experiment{Tool: "headroom", Seed: 7, Replications: 30, Stopped: "as many as asked for"}
	x.Scenario = outcome.Scenario{
		Name: "hand-off", Zone: "UTC", Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Length: 14 * 24 * time.Hour,
		Issues: []string{"password-reset", "integration"}, Teams: []string{"support", "engineering"},
	}
	add := func(name string, l outcome.Labels, unit outcome.Unit, value, half float64) {
		x.Measures = append(x.Measures, outcome.Measure{
			Name: name, Labels: l, Unit: unit,
			Estimate: estimate.Estimate{Value: value, Low: value - half, High: value + half, Level: 0.95, N: 30},
		})
	}
	for _, row := range []struct {
		issue                                               string
		arrived, touches, first, reopened, handed, p50, p90 float64
	}{
		{"password-reset", 800, 1.05, 0.93, 0.02, 0, 240, 1800},
		{"integration", 200, 2.4, 0.21, 0.08, 0.38, 90000, 500000},
		{"", 1000, 1.32, 0.79, 0.034, 0.076, 400, 200000},
	} {
		l := outcome.Labels{Issue: row.issue}
		add(outcome.Arrived, l, outcome.UnitTickets, row.arrived, 4)
		add(outcome.Touches, l, outcome.UnitTouches, row.touches, 0.01)
		add(outcome.FirstContact, l, outcome.UnitShare, row.first, 0.01)
		add(outcome.ReopenRate, l, outcome.UnitShare, row.reopened, 0.002)
		add(outcome.HandedOff, l, outcome.UnitShare, row.handed, 0.004)
		for quantile, v := range map[string]float64{"p50": row.p50, "p90": row.p90} {
			q := l
			q.Clock, q.Quantile = outcome.WallClock, quantile
			add(outcome.TimeToSolve, q, outcome.UnitSeconds, v, 0)
		}
	}
	l := outcome.Labels{Team: "engineering"}
	add(outcome.OLAKept, l, outcome.UnitShare, 0.92, 0.02)
	add(outcome.OLAAnswered, l, outcome.UnitShare, 0.42, 0.03)
	add(outcome.HandOffTime, l, outcome.UnitSeconds, 94000, 3000)
	for quantile, v := range map[string]float64{"p50": 72000, "p90": 260000} {
		add(outcome.HandOffTime, outcome.Labels{Team: "engineering", Quantile: quantile}, outcome.UnitSeconds, v, 0)
	}
	add(outcome.AwayAtEnd, l, outcome.UnitTickets, 6.4, 1)
	return x
}

func TestWhatItTakesToSolveTicketsIsShownIssueByIssue(t *testing.T) {
	t.Parallel()
	got := summary(t, handed(), document.Options{Width: 160, Full: true})
	golden.Text(t, filepath.Join("testdata", "cycles.txt"), []byte(got), *update)
	page := inspect.Flat(inspect.Plain(got))
	for _, part := range []string{
		"password-reset 800 1.050 ± 0.010 93.0 % ± 1.0 2.0 % ± 0.2 0.0 % ± 0.4 4.0 min 30 min",
		"integration 200 2.400 ± 0.010 21.0 % ± 1.0 8.0 % ± 0.2 38.0 % ± 0.4 25.0 h 5.8 d",
		"all issues 1 000 ",
		"engineering 92 % ± 2 42 % ± 3 26.1 h ± 0.8 20.0 h 3.0 d 6.4",
		"not back at the end: in no time of this table",
	} {
		if !strings.Contains(page, part) {
			t.Errorf("%q is not on the page:\n%s", part, page)
		}
	}
	if strings.Contains(page, "support") {
		t.Error("a team that gets nothing has a row")
	}
}

func TestWithoutHandOffsThereIsNoWordOfThem(t *testing.T) {
	t.Parallel()
	x := handed()
	kept := x.Measures[:0]
	for _, m := range x.Measures {
		if m.Labels.Team == "" && m.Name != outcome.HandedOff {
			kept = append(kept, m)
		}
	}
	x.Measures = kept
	if got := summary(t, x, document.Options{Full: true}); strings.Contains(got, "handed off") || !strings.Contains(got, "solved at first contact") {
		t.Errorf("nothing is handed off, but the page says\n%s", got)
	}
}
