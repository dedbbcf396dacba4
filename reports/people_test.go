package reports_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"github.com/headroom-sim/headroom/reports/internal/inspect"
)

// staffed is an outcome with a team of people over two months, and one on call.
func staffed(t *testing.T) *outcome.Experiment {
	t.Helper()
	x := excepted(t)
	x.Scenario.Exceptions, x.Scenario.Contracts, x.Measures = nil, nil, nil
	add := func(name string, l outcome.Labels, unit outcome.Unit, value, half float64) {
		x.Measures = append(x.Measures, outcome.Measure{
			Name: name, Labels: l, Unit: unit,
			Estimate: estimate.Estimate{Value: value, Low: value - half, High: value + half, Level: 0.95, N: 30},
		})
	}
	for _, row := range []struct {
		period       string
		hours        float64
		sick, vacant float64
	}{{"", 1800, 0.061, 0.02}, {"2026-10", 1000, 0.058, 0}, {"2026-11", 800, 0.064, 0.045}} {
		l := outcome.Labels{Team: "front\x1b[31m", Period: row.period}
		add(outcome.PlannedHours, l, outcome.UnitHours, row.hours, 0)
		add(outcome.Present, l, outcome.UnitShare, 1-row.sick-row.vacant, 0.004)
		add(outcome.Sickness, l, outcome.UnitShare, row.sick, 0.003)
		add(outcome.Vacancies, l, outcome.UnitShare, row.vacant, 0.003)
	}
	night := outcome.Labels{Team: "night"}
	add(outcome.StandbyHours, night, outcome.UnitHours, 154, 0)
	add(outcome.Calls, night, outcome.UnitTickets, 23, 2)
	add(outcome.CalledHours, night, outcome.UnitHours, 17.4, 1.6)
	return x
}

func TestWhoIsThereIsShownByMonth(t *testing.T) {
	t.Parallel()
	got := summary(t, staffed(t), document.Options{Width: 140, Full: true})
	golden.Text(t, filepath.Join("testdata", "people.txt"), []byte(got), *update)
	page := inspect.Flat(inspect.Plain(got))
	for _, part := range []string{
		", 2026-10 1 000 94.2 % ± 0.4 5.8 % ± 0.3 0.0 % ± 0.3",
		", 2026-11 800 89.1 % ± 0.4 6.4 % ± 0.3 4.5 % ± 0.3",
		"night 154 23 ± 2 17.4 ± 1.6",
		"Paid all the same.",
	} {
		if !strings.Contains(page, part) {
			t.Errorf("%q is not on the page:\n%s", part, got)
		}
	}
	if strings.Contains(got, "\x1b") {
		t.Error("an escape sequence of a name gets through")
	}
}
