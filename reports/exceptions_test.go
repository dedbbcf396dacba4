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

// excepted is an outcome of a scenario with two exceptions and one contract.
func excepted(t *testing.T) *outcome.Experiment {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	x := &outcome.Experiment{Tool: "headroom", Seed: 7, Replications: 30, Stopped: "as many as asked for"}
	x.Scenario = outcome.Scenario{
		Name: "outage", Zone: "Europe/Berlin", Start: time.Date(2026, 10, 19, 0, 0, 0, 0, zone), Length: 14 * 24 * time.Hour, Currency: "EUR",
		Tiers:     []string{"gold", "silver"},
		Contracts: []outcome.Contract{{Name: "acme", Fee: 1000, Metric: "first_reply", Target: 0.95}},
		Exceptions: []outcome.Exception{
			// The clocks go back on the night to 25 October.
			{Name: "cloud", Reason: "the provider\x1b[31m was down", ApprovedBy: "J. Doe", From: 6*24*time.Hour + 10*time.Hour, Until: 7*24*time.Hour + 1*time.Hour, Affects: "tier gold", Do: "exclude"},
			{Name: "launch", Reason: "launch", ApprovedBy: "R. Roe", From: 24 * time.Hour, Until: 48 * time.Hour, Affects: "every ticket", Do: "suspend_credits"},
		},
	}
	add := func(name string, l outcome.Labels, unit outcome.Unit, value, half float64) {
		x.Measures = append(x.Measures, outcome.Measure{
			Name: name, Labels: l, Unit: unit,
			Estimate: estimate.Estimate{Value: value, Low: value - half, High: value + half, Level: 0.95, N: 30},
		})
	}
	all, acme := outcome.Labels{Metric: "first_reply"}, outcome.Labels{Contract: "acme"}
	gold, silver := all, all
	gold.Tier, silver.Tier = "gold", "silver"
	for _, row := range []struct {
		l                     outcome.Labels
		before, after, clocks float64
	}{{all, 0.124, 0.081, 53}, {gold, 0.31, 0.092, 53}, {silver, 0.0793, 0.0793, 0}} {
		add(outcome.BreachRate, row.l, outcome.UnitShare, row.before, 0.002)
		add(outcome.BreachRateAdjusted, row.l, outcome.UnitShare, row.after, 0.002)
		add(outcome.Excluded, row.l, outcome.UnitClocks, row.clocks, 1)
	}
	for name, n := range map[string][2]float64{"cloud": {53, 21}, "launch": {36, 8}} {
		add(outcome.Touched, outcome.Labels{Exception: name}, outcome.UnitClocks, n[0], 1)
		add(outcome.Excused, outcome.Labels{Exception: name}, outcome.UnitClocks, n[1], 1)
	}
	add(outcome.Attainment, acme, outcome.UnitShare, 0.876, 0.003)
	add(outcome.AttainmentAdjusted, acme, outcome.UnitShare, 0.942, 0.003)
	add(outcome.Credit, acme, outcome.UnitMoney, 471, 12)
	add(outcome.CreditAdjusted, acme, outcome.UnitMoney, 62, 5)
	return x
}

func TestExceptionsAreShownWithResultsBothWays(t *testing.T) {
	t.Parallel()
	got := summary(t, excepted(t), document.Options{Width: 140})
	golden.Text(t, filepath.Join("testdata", "exceptions.txt"), []byte(got), *update)
	page := inspect.Flat(inspect.Plain(got))
	for _, part := range []string{
		// An hour later by the clock on the wall is an hour less since midnight.
		"J. Doe 2026-10-25 09:00 2026-10-26 00:00 tier gold exclude 53 21",
		"R. Roe 2026-10-20 00:00 2026-10-21 00:00 every ticket suspend credits 36 8",
		"breached, first reply, all tickets 12.4 % ± 0.2 8.1 % ± 0.2 53",
		"breached, first reply, tier gold 31.0 % ± 0.2 9.2 % ± 0.2 53",
		"attained, acme 87.6 % ± 0.3 94.2 % ± 0.3",
		"credit, acme, EUR 471 ± 12 62 ± 5",
	} {
		if !strings.Contains(page, part) {
			t.Errorf("%q is not on the page:\n%s", part, got)
		}
	}
	if strings.Contains(page, "breached, first reply, tier silver") {
		t.Error("a tier to which no exception makes a difference has a row")
	}
	if !strings.Contains(page, "Clocks whose credits are suspended are left out too.") {
		t.Error("it is not said how suspended credits count")
	}
	if strings.Contains(got, "\x1b") {
		t.Error("an escape sequence of the reason gets through")
	}
}

func TestSuspendedCreditsAreExplainedWhereThereAreSome(t *testing.T) {
	t.Parallel()
	x := excepted(t)
	x.Scenario.Exceptions = x.Scenario.Exceptions[:1]
	if got := inspect.Flat(summary(t, x, document.Options{})); strings.Contains(got, "suspended") {
		t.Errorf("no credit is suspended, but the page says\n%s", got)
	}
}

func TestWithoutExceptionsThereIsNoTableOfThem(t *testing.T) {
	t.Parallel()
	x := excepted(t)
	x.Scenario.Exceptions = nil
	if got := summary(t, x, document.Options{}); strings.Contains(got, "exception") {
		t.Errorf("nothing is excepted, but the page says\n%s", got)
	}
}

func TestAnExceptionThatRelaxesSaysSo(t *testing.T) {
	t.Parallel()
	x := excepted(t)
	x.Scenario.Exceptions[0].Do = "relax ×2"
	page := inspect.Flat(inspect.Plain(summary(t, x, document.Options{Width: 160})))
	for _, part := range []string{"tier gold relax ×2 53 21", "those still open that are late but not by the longer target"} {
		if !strings.Contains(page, part) {
			t.Errorf("%q is not on the page:\n%s", part, page)
		}
	}
}

func TestRelaxationsAreShownWithTheUsualTargetBeside(t *testing.T) {
	t.Parallel()
	x := excepted(t)
	if got := summary(t, x, document.Options{}); strings.Contains(got, "elax") {
		t.Errorf("nothing is relaxed, but the page says\n%s", got)
	}
	x.Scenario.Relaxations = []outcome.Relaxation{
		{Name: "peak", Announced: 9 * time.Hour, From: 6*24*time.Hour + 10*time.Hour, Until: 7*24*time.Hour + 1*time.Hour, Affects: "tier gold", Promises: []string{"first_reply ×2", "patience +50\u202f%"}},
	}
	l := outcome.Labels{Metric: "first_reply", Relaxation: "peak"}
	x.Measures = append(x.Measures, []outcome.Measure{
		{Name: outcome.RelaxedClocks, Labels: l, Unit: outcome.UnitClocks, Estimate: estimate.Estimate{Value: 1234, Low: 1230, High: 1238, Level: 0.95, N: 30}},
		{Name: outcome.BreachRateRelaxed, Labels: l, Unit: outcome.UnitShare, Estimate: estimate.Estimate{Value: 0.12, Low: 0.11, High: 0.13, Level: 0.95, N: 30}},
		{Name: outcome.BreachRateUsual, Labels: l, Unit: outcome.UnitShare, Estimate: estimate.Estimate{Value: 0.42, Low: 0.41, High: 0.43, Level: 0.95, N: 30}},
	}...)
	x.Scenario.Exceptions = nil
	got := summary(t, x, document.Options{Width: 140})
	golden.Text(t, filepath.Join("testdata", "relaxations.txt"), []byte(got), *update)
	page := inspect.Flat(inspect.Plain(got))
	for _, part := range []string{
		// Nine hours by the clock on the wall after the clocks went back are ten hours.
		"peak 2026-10-19 09:00 2026-10-25 09:00 2026-10-26 00:00 tier gold first reply ×2, patience +50 %",
		"first reply, peak 1 234 12.0 % ± 1.0 42.0 % ± 1.0",
	} {
		if !strings.Contains(page, part) {
			t.Errorf("%q is not on the page:\n%s", part, got)
		}
	}
}
