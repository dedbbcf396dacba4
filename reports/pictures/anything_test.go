package pictures_test

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/internal/inspect"
	"github.com/headroom-sim/headroom/reports/pictures"
)

func holey(r *rapid.T, n int, name string) []outcome.Float {
	all := make([]outcome.Float, n)
	level := inspect.Number(r, name)
	shape := rapid.SliceOfN(rapid.Float64Range(-1, 3), 1, 5).Draw(r, name+" shape")
	for i := range all {
		all[i] = outcome.Float(level * shape[i%len(shape)])
		if shape[i%len(shape)] < -0.6 || math.IsInf(float64(all[i]), 0) {
			all[i] = outcome.Float(math.NaN())
		}
	}
	return all
}

// anything draws an outcome that a file can hold: lengths fit, all else is odd.
func anything(r *rapid.T) *outcome.Experiment {
	word := rapid.SampledFrom([]string{"a", "gold", "", strings.Repeat("very long name ", 20), "<b>\x1b[31m\u202e", "漢字 😀"})
	interval := rapid.SampledFrom([]time.Duration{time.Second, 30 * time.Minute, time.Hour, 7 * time.Hour, 400 * time.Hour}).Draw(r, "interval")
	n := rapid.IntRange(1, 400).Draw(r, "intervals")
	zone := rapid.SampledFrom([]string{"UTC", "Europe/Berlin", "Australia/Lord_Howe", "No/Where"}).Draw(r, "zone")
	reps := rapid.IntRange(0, 5).Draw(r, "replications")
	x := &outcome.Experiment{Format: outcome.FormatName, Version: outcome.FormatVersion, Replications: reps, Scenario: outcome.Scenario{
		Name: word.Draw(r, "name"), Zone: zone, Start: time.Date(2026, 3, 20, 0, rapid.IntRange(0, 50000).Draw(r, "start"), 0, 0, time.UTC),
		Length: time.Duration(n) * interval, Warmup: time.Duration(rapid.IntRange(0, n-1).Draw(r, "warm-up")) * interval, Interval: interval,
		Currency: "USD", Tiers: []string{"gold", word.Draw(r, "tier")}, Priorities: []string{"high", word.Draw(r, "priority")}, Teams: []string{"a", word.Draw(r, "team")},
	}}
	sc := &x.Scenario
	for i := range rapid.IntRange(0, 9).Draw(r, "targets") {
		sc.Targets = append(sc.Targets, outcome.Target{Policy: word.Draw(r, "policy"), Metric: "first_reply", Within: time.Duration(rapid.Int64Range(-5, 1e16).Draw(r, "within")), Priority: []string{"", "high"}[i%2]})
	}
	sc.Contracts = []outcome.Contract{{Name: word.Draw(r, "contract"), Metric: "first_reply", Fee: inspect.Number(r, "fee"), Target: inspect.Number(r, "target")}}
	sc.Rungs = []outcome.Rung{{Name: "a", At: word.Draw(r, "at")}, {Name: word.Draw(r, "rung")}}
	spike := interval * time.Duration(rapid.IntRange(-5, 500).Draw(r, "spike from"))
	sc.Spikes = []outcome.Spike{{Name: word.Draw(r, "spike"), Factor: inspect.Number(r, "factor"), Start: spike, End: spike + interval*time.Duration(rapid.IntRange(0, 9).Draw(r, "spike lasts"))}}
	measure := func(name string, l outcome.Labels, unit outcome.Unit) {
		m := outcome.Measure{Name: name, Labels: l, Unit: unit, Num: make([]float64, reps), Den: make([]float64, reps)}
		for i := range reps {
			m.Num[i], m.Den[i] = inspect.Number(r, "num"), rapid.SampledFrom([]float64{0, 1, 7}).Draw(r, "den")
		}
		v, half := inspect.Number(r, name), math.Abs(inspect.Number(r, "half"))
		m.Estimate = estimate.Estimate{Value: v, Low: v - half, High: v + half, Level: 0.95, N: reps}
		if rapid.Bool().Draw(r, "no interval") {
			m.Estimate.Low, m.Estimate.High = math.Inf(-1), math.Inf(1)
		}
		if rapid.IntRange(0, 5).Draw(r, "no estimate") == 0 {
			m.Estimate.Value = math.NaN()
		}
		x.Measures = append(x.Measures, m)
	}
	measure(outcome.BreachRate, outcome.Labels{Metric: "first_reply"}, outcome.UnitShare)
	measure(outcome.BreachByHour, outcome.Labels{Metric: "first_reply", Hour: "mon-09"}, outcome.UnitShare)
	measure(outcome.WorkPerTicket, outcome.Labels{}, outcome.UnitSeconds)
	measure(outcome.Arrived, outcome.Labels{}, outcome.UnitTickets)
	measure(outcome.Cost, outcome.Labels{}, outcome.UnitMoney)
	measure(outcome.Escalations, outcome.Labels{Rung: "a"}, outcome.UnitTickets)
	measure(outcome.LeadHours, outcome.Labels{Rung: "a"}, outcome.UnitHours)
	measure(outcome.Recovery, outcome.Labels{Spike: sc.Spikes[0].Name}, outcome.UnitSeconds)
	for _, q := range []string{"", outcome.TailP95, outcome.TailCVaR95} {
		measure(outcome.Credit, outcome.Labels{Contract: sc.Contracts[0].Name, Quantile: q}, outcome.UnitMoney)
	}
	series := func(name string, l outcome.Labels, unit outcome.Unit, spread bool) {
		s := outcome.Series{Name: name, Labels: l, Unit: unit, Mean: holey(r, n, "mean"), Low: holey(r, n, "low"), High: holey(r, n, "high")}
		if spread {
			s.P10, s.P90 = holey(r, n, "p10"), holey(r, n, "p90")
		}
		x.Series = append(x.Series, s)
	}
	series(outcome.SeriesArrivals, outcome.Labels{}, outcome.UnitPerHour, true)
	series(outcome.SeriesBacklog, outcome.Labels{}, outcome.UnitTickets, rapid.Bool().Draw(r, "spread"))
	series(outcome.SeriesBreach, outcome.Labels{Metric: "first_reply"}, outcome.UnitShare, false)
	series(outcome.SeriesHeads, outcome.Labels{Team: "a"}, outcome.UnitHeads, false)
	series(outcome.SeriesBusy, outcome.Labels{Team: "a"}, outcome.UnitHeads, false)
	series(outcome.SeriesOccupancy, outcome.Labels{Team: "a"}, outcome.UnitShare, false)
	for _, l := range []outcome.Labels{{Metric: "first_reply"}, {Metric: "first_reply", Tier: "gold"}, {Metric: "first_reply", Priority: "high"}, {Metric: "first_reply", Hour: "09"}, {Metric: "first_reply", Hour: "23"}} {
		w := outcome.Waits{Labels: l}
		last := -1.0
		for range rapid.IntRange(0, 6).Draw(r, "bins") {
			upper := math.Abs(inspect.Number(r, "upper"))
			if !(upper > last) {
				upper = math.Nextafter(last, math.Inf(1))
			}
			if math.IsInf(upper, 1) {
				break // there is no number above the last
			}
			last = upper
			w.Upper = append(w.Upper, upper)
			w.Count = append(w.Count, rapid.SampledFrom([]uint64{0, 1, 1e6, math.MaxUint64}).Draw(r, "count"))
		}
		x.Waits = append(x.Waits, w)
	}
	return x
}

// Whatever an outcome file holds, its pictures are drawn, and every coordinate is a number.
func TestPicturesOfAnythingAreDrawn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		var file bytes.Buffer
		if err := anything(r).Write(&file); err != nil {
			r.Fatalf("the outcome cannot be written: %v", err)
		}
		x, err := outcome.Read(&file)
		if err != nil {
			r.Fatalf("the outcome cannot be read: %v", err)
		}
		for _, p := range pictures.Of(x) {
			inspect.Drawn(r, p)
		}
	})
}
