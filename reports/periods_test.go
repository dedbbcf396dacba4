package reports_test

import (
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
)

func TestPromisesOfAShareShowByTheLengthOfThePeriod(t *testing.T) {
	t.Parallel()
	x := &outcome.Experiment{Tool: "headroom", Seed: 7, Replications: 30}
	x.Scenario = outcome.Scenario{
		Name: "phones", Zone: "UTC", Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Length: 40 * 24 * time.Hour,
		Targets: []outcome.Target{{Policy: "phone", Metric: "answer", Share: 0.8, Within: 20 * time.Second}},
	}
	add := func(name, period string, value float64) {
		x.Measures = append(x.Measures, outcome.Measure{
			Name: name, Labels: outcome.Labels{Metric: "answer", Period: period}, Unit: outcome.UnitShare,
			Estimate: estimate.Estimate{Value: value, Low: value - 0.01, High: value + 0.01, Level: 0.95, N: 30},
		})
	}
	add(outcome.BreachRate, "", 0.14)
	add(outcome.PeriodsMet, "15m", 0.78)
	add(outcome.PeriodsMet, "1d", 0.93)
	var got []string
	for _, line := range strings.Split(summary(t, x, document.Options{Width: 140, Full: true}), "\n") {
		if strings.Contains(line, "periods that keep it") || strings.Contains(line, "in time") {
			got = append(got, strings.Join(strings.Fields(strings.ReplaceAll(line, "\u202f", " ")), " "))
		}
	}
	want := []string{"periods that keep it promise 15 min 1 day", "answer 80 % in time 78.0 % ± 1.0 93.0 % ± 1.0"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q, want %q", got, want)
	}
}
