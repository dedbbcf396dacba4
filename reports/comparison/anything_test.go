package comparison_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/comparison"
	"github.com/headroom-sim/headroom/reports/internal/inspect"
)

// odd draws scenarios of the same customers that outcome files can hold: lengths fit, all else is odd.
func odd(r *rapid.T) []*outcome.Experiment {
	word := rapid.SampledFrom([]string{"a", "gold", "", strings.Repeat("very long name ", 20), "<b>\x1b[31m\u202e", "漢字 😀"})
	number := rapid.SampledFrom([]float64{0, 1, 7, 0.1, 1e-9, 1e12})
	metric, contract, spike := word.Draw(r, "metric"), word.Draw(r, "contract"), word.Draw(r, "spike")
	reps := rapid.IntRange(1, 5).Draw(r, "replications")
	var all []*outcome.Experiment
	for k := range rapid.IntRange(2, 7).Draw(r, "scenarios") {
		x := &outcome.Experiment{Format: outcome.FormatName, Version: outcome.FormatVersion, Replications: reps, Scenario: outcome.Scenario{
			Name: fmt.Sprint(word.Draw(r, "name"), k), Zone: "UTC", Start: time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC),
			Length: 24 * time.Hour, Interval: time.Hour, Currency: "USD",
		}}
		add := func(name string, l outcome.Labels, unit outcome.Unit) {
			if rapid.IntRange(0, 8).Draw(r, "missing") == 0 {
				return
			}
			m := outcome.Measure{Name: name, Labels: l, Unit: unit}
			for range reps {
				m.Num = append(m.Num, number.Draw(r, "num")*rapid.SampledFrom([]float64{1, 1, -1}).Draw(r, "sign"))
				m.Den = append(m.Den, rapid.SampledFrom([]float64{0, 1, 7}).Draw(r, "den"))
			}
			x.Measures = append(x.Measures, m)
		}
		add(outcome.Cost, outcome.Labels{}, outcome.UnitMoney)
		add(outcome.BreachRate, outcome.Labels{Metric: metric}, outcome.UnitShare)
		add(outcome.BreachRate, outcome.Labels{Metric: metric, Priority: "urgent"}, outcome.UnitShare)
		add(outcome.Credit, outcome.Labels{Contract: contract}, outcome.UnitMoney)
		add(outcome.QueuePeak, outcome.Labels{}, outcome.UnitTickets)
		add(outcome.Recovery, outcome.Labels{Spike: spike}, outcome.UnitSeconds)
		all = append(all, x)
	}
	return all
}

// Whatever is compared, its pictures are drawn, and every coordinate is a number.
func TestPicturesOfAnyComparisonAreDrawn(t *testing.T) {
	t.Parallel()
	drawn := 0
	rapid.Check(t, func(r *rapid.T) {
		c, err := outcome.Compare(odd(r), 0.95, func(string) dist.Source { return rand.NewPCG(1, 2) })
		if err != nil {
			return // nothing in common
		}
		for _, p := range comparison.Pictures(c) {
			inspect.Drawn(r, p)
			drawn++
		}
	})
	if drawn < 50 {
		t.Errorf("only %d pictures were drawn", drawn)
	}
}
