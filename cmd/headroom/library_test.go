package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/experiment"
	"github.com/headroom-sim/headroom/sim/laws"
)

// finding is what a shipped scenario's opening comment promises, as bounds.
type finding struct {
	measure   string
	labels    outcome.Labels
	low, high float64
}

// TestTheShippedScenariosFindWhatTheySay runs a few replications of each, holds
// every trial to the laws, and the result to the expected finding of its comment.
func TestTheShippedScenariosFindWhatTheySay(t *testing.T) {
	t.Parallel()
	first := func(l outcome.Labels) outcome.Labels { l.Metric = "first_reply"; return l }
	findings := map[string][]finding{
		"hello": {
			{outcome.BreachRate, first(outcome.Labels{}), 0.7, 0.9},
			{outcome.Occupancy, outcome.Labels{Team: "desk"}, 0.65, 0.8},
		},
		"coverage-business-hours": {{outcome.BreachRate, first(outcome.Labels{Priority: "urgent"}), 0.4, 0.65}},
		"coverage-business-hours@on-call": {
			{outcome.BreachRate, first(outcome.Labels{Priority: "urgent"}), 0.05, 0.16},
			{outcome.Calls, outcome.Labels{Team: "desk"}, 600, 1000},
		},
		"coverage-24x7": {{outcome.BreachRate, first(outcome.Labels{Priority: "urgent"}), 0.03, 0.15}},
		"black-friday": {
			{outcome.BreachRate, first(outcome.Labels{Tier: "enterprise"}), 0, 0.01},
			{outcome.BreachRate, first(outcome.Labels{Tier: "starter"}), 0.1, 0.3},
			{outcome.Recovery, outcome.Labels{Spike: "black-friday"}, 1.5 * 86400, 4 * 86400},
			{outcome.Unrecovered, outcome.Labels{Spike: "black-friday"}, 0, 0.05},
		},
		"black-friday@5x": {
			{outcome.BreachRate, first(outcome.Labels{Tier: "enterprise"}), 0, 0.01},
			{outcome.Recovery, outcome.Labels{Spike: "black-friday"}, 0, 2.5 * 86400},
		},
		"black-friday@no-temps": {{outcome.Unrecovered, outcome.Labels{Spike: "black-friday"}, 0.9, 1}},
		"black-friday@ladder": {
			{outcome.BreachRate, first(outcome.Labels{Tier: "enterprise"}), 0.003, 0.02},
			{outcome.BreachRate, first(outcome.Labels{Priority: "high"}), 0, 0.015},
			{outcome.Escalations, outcome.Labels{Rung: "warning"}, 5000, 12000},
			{outcome.Escalations, outcome.Labels{Rung: "review"}, 0.05, 3},
			{outcome.LeadHours, outcome.Labels{Rung: "review"}, 0.05, 3},
			{outcome.LeadCost, outcome.Labels{}, 15_000, 45_000},
		},
		"black-friday@relaxed": {
			{outcome.BreachRateRelaxed, first(outcome.Labels{Relaxation: "peak"}), 0.2, 0.5},
			{outcome.BreachRateUsual, first(outcome.Labels{Relaxation: "peak"}), 0.4, 0.6},
			{outcome.BreachRate, first(outcome.Labels{Tier: "enterprise"}), 0, 0.01},
		},
		"engineering-ola": {
			{outcome.OLAAnswered, outcome.Labels{Team: "engineering"}, 0.3, 0.55},
			{outcome.OLAKept, outcome.Labels{Team: "engineering"}, 0.8, 0.98},
			{outcome.BreachRate, outcome.Labels{Metric: "resolution", Issue: "integration"}, 0.01, 0.1},
			{outcome.TimeToSolve, outcome.Labels{Issue: "password-reset", Clock: outcome.WallClock, Quantile: "p50"}, 120, 900},
			{outcome.TimeToSolve, outcome.Labels{Issue: "integration", Clock: outcome.WallClock, Quantile: "p50"}, 12 * 3600, 48 * 3600},
		},
		"engineering-ola@one-more": {
			{outcome.OLAAnswered, outcome.Labels{Team: "engineering"}, 0.75, 0.9},
			{outcome.OLAKept, outcome.Labels{Team: "engineering"}, 0.98, 1},
			{outcome.BreachRate, outcome.Labels{Metric: "resolution", Issue: "integration"}, 0, 0.01},
		},
		"enterprise-contract": {
			{outcome.PayRate, outcome.Labels{Contract: "northwind"}, 0, 0.02},
			{outcome.PayRate, outcome.Labels{Contract: "lighthouse"}, 0.02, 0.25},
		},
		"roster-week": {
			{outcome.BreachRate, first(outcome.Labels{}), 0, 0.02},
			{outcome.BreachRate, outcome.Labels{Metric: "answer"}, 0.12, 0.2},
			{outcome.Occupancy, outcome.Labels{Team: "front"}, 0.5, 0.62},
		},
		"growing-desk": {
			{outcome.BreachRate, first(outcome.Labels{}), 0.01, 0.03},
			{outcome.BreachRate, outcome.Labels{Metric: "answer"}, 0.14, 0.21},
		},
		"shared-desk": {
			{outcome.BreachRate, first(outcome.Labels{Account: "meridian"}), 0.2, 0.32},
			{outcome.BreachRate, first(outcome.Labels{Account: "orchard"}), 0.14, 0.22},
			{outcome.Credit, outcome.Labels{Contract: "orchard"}, 6000, 10500},
		},
		"shared-desk@no-launch": {
			{outcome.BreachRate, first(outcome.Labels{Account: "meridian"}), 0, 0.01},
			{outcome.BreachRate, first(outcome.Labels{Account: "orchard"}), 0.03, 0.06},
			{outcome.Credit, outcome.Labels{Contract: "orchard"}, 0, 3800},
		},
		"shared-desk@reserved": {
			{outcome.BreachRate, first(outcome.Labels{Account: "meridian"}), 0.4, 0.7},
			{outcome.BreachRate, first(outcome.Labels{Account: "orchard"}), 0.03, 0.06},
		},
		"shared-desk@earliest-due": {
			{outcome.BreachRate, first(outcome.Labels{Account: "meridian"}), 0, 0.04},
			{outcome.BreachRate, first(outcome.Labels{Account: "orchard"}), 0.03, 0.06},
		},
		"replay-log":              {{outcome.BreachRate, first(outcome.Labels{}), 0.2, 0.45}},
		"replay-log@three-people": {{outcome.BreachRate, first(outcome.Labels{}), 0.01, 0.15}},
	}
	list, err := scenarios.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		if findings[d.Name] == nil {
			t.Errorf("%s is shipped and has no finding", d.Name)
		}
	}
	for ref, expected := range findings {
		t.Run(ref, func(t *testing.T) {
			t.Parallel()
			x := lawful(t, ref)
			for _, f := range expected {
				f.check(t, x)
			}
		})
	}
}

// check holds an outcome to the finding.
func (f finding) check(t *testing.T, x *outcome.Experiment) {
	t.Helper()
	m, ok := x.Measure(f.measure, f.labels)
	if !ok {
		t.Errorf("no measure %s %v", f.measure, f.labels)
	} else if v := m.Estimate.Value; !(v >= f.low && v <= f.high) {
		t.Errorf("%s is %v, not from %v to %v", m.Describe(), v, f.low, f.high)
	}
}

// lawful runs a scenario with all laws watching.
func lawful(t *testing.T, ref string) *outcome.Experiment {
	t.Helper()
	s, err := scenarios.Load(ref)
	if err != nil {
		t.Fatal(err)
	}
	// The bounds are wide, and the laws need no statistics.
	s.Run.Min, s.Run.Max, s.Run.Precision = 10, 10, 0
	w, err := laws.Watch(s)
	if err != nil {
		t.Fatal(err)
	}
	x, err := experiment.Run(context.Background(), s, experiment.Options{Watch: w.Replication})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Err(); err != nil {
		t.Error(err)
	}
	return x
}

// The shipped log is one that the program wrote: anyone can write it again.
func TestTheShippedLogIsOurOwn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := filepath.Join(dir, "tickets.csv")
	code, _, stderr := call(t, "run", filepath.Join("testdata", "replay-source.yaml"), "--log", log, "--out", filepath.Join(dir, "out"))
	if code != exitDone {
		t.Fatal(stderr)
	}
	isTheShippedLog(t, log, "the log that is written now differs from the one that is shipped")
}

// isTheShippedLog compares a log with the one of the library, to the byte.
func isTheShippedLog(t *testing.T, log, otherwise string) {
	t.Helper()
	got, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("..", "..", "scenarios", "library", "replay-log.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error(otherwise)
	}
}

// A log that is replayed under the name of its stream, with the same seed and the same
// roster, is the same trial: it writes the same log again, to the byte.
func TestTheReplayOfALogIsTheSameTrial(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	scenario := filepath.Join(dir, "again.yaml")
	text := `name: again
extends: replay-log@three-people
time: {zone: Europe/Berlin, start: 2026-03-02, length: 14d, warmup: 0d}
run: {replications: 1, seed: 2026}
`
	if err := os.WriteFile(scenario, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(dir, "tickets.csv")
	if code, _, stderr := call(t, "run", scenario, "--log", log, "--out", filepath.Join(dir, "out")); code != exitDone {
		t.Fatal(stderr)
	}
	isTheShippedLog(t, log, "the replay of the log is another trial")
}

// One customer's launch breaks the promise to another, who has launched nothing: his
// tickets are the same ones, and nobody works for him more or less.
func TestOneCustomersSpikeBreaksAnothersPromise(t *testing.T) {
	t.Parallel()
	var xs []*outcome.Experiment
	for _, ref := range []string{"shared-desk@no-launch", "shared-desk"} {
		s, err := scenarios.Load(ref)
		if err != nil {
			t.Fatal(err)
		}
		s.Run.Min, s.Run.Max, s.Run.Precision = 20, 20, 0
		x, err := experiment.Run(context.Background(), s, experiment.Options{})
		if err != nil {
			t.Fatal(err)
		}
		xs = append(xs, x)
	}
	c, err := experiment.Compare(xs)
	if err != nil {
		t.Fatal(err)
	}
	row := func(name string, l outcome.Labels) *outcome.ComparisonRow {
		for i := range c.Rows {
			if r := &c.Rows[i]; r.Name == name && r.Labels == l {
				return r
			}
		}
		t.Fatalf("no row %s %v", name, l)
		return nil
	}
	orchard := outcome.Labels{Metric: "first_reply", Account: "orchard"}
	if d := row(outcome.BreachRate, orchard).Differences[0]; d.Low < 0.1 {
		t.Errorf("orchard's breaches rise by %v to %v only", d.Low, d.High)
	}
	if d := row(outcome.Credit, outcome.Labels{Contract: "orchard"}).Differences[0]; d.Low < 3000 {
		t.Errorf("orchard's credits rise by %v to %v only", d.Low, d.High)
	}
	quiet, _ := xs[0].Measure(outcome.BreachRate, orchard)
	loud, _ := xs[1].Measure(outcome.BreachRate, orchard)
	for r, was := range quiet.Den {
		if is := loud.Den[r]; was < 500 || is < 0.98*was || is > was {
			t.Errorf("replication %d: %v tickets of orchard without the launch, %v with it", r, was, is)
		}
	}
}
