package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/presets"
)

// TestThePresetsFindWhatTheySay writes each preset as a user does, runs it with all
// laws watching, and holds the result to the expected finding of its comment. Teams
// that work off a queue are busy about 70 to 85 % of the time on ordinary days; those that
// are there in case something happens (fraud, on call) are not.
func TestThePresetsFindWhatTheySay(t *testing.T) {
	t.Parallel()
	metric := func(name string, l outcome.Labels) outcome.Labels { l.Metric = name; return l }
	first := func(l outcome.Labels) outcome.Labels { return metric("first_reply", l) }
	answer, resolution := outcome.Labels{Metric: "answer"}, outcome.Labels{Metric: "resolution"}
	team := func(name string) outcome.Labels { return outcome.Labels{Team: name} }
	contract := func(name string) outcome.Labels { return outcome.Labels{Contract: name} }
	peak := outcome.Labels{Spike: "black-friday"}
	const day = 86400
	findings := map[string][]finding{
		"ecommerce": {
			{outcome.BreachRate, first(outcome.Labels{}), 0.15, 0.35},
			{outcome.BreachRate, first(outcome.Labels{Priority: "high"}), 0, 0.01},
			{outcome.BreachRate, answer, 0.08, 0.18},
			{outcome.Recovery, peak, 2 * day, 3.7 * day},
			{outcome.Unrecovered, peak, 0, 0.05},
		},
		"ecommerce@ordinary": {
			{outcome.BreachRate, first(outcome.Labels{}), 0, 0.01},
			{outcome.BreachRate, answer, 0.05, 0.15},
			{outcome.Occupancy, outcome.Labels{}, 0.7, 0.8},
			{outcome.Occupancy, team("chat-desk"), 0.65, 0.8},
			{outcome.Occupancy, team("mail-room"), 0.7, 0.85},
		},
		"ecommerce@10x":      {{outcome.Recovery, peak, 7 * day, 12 * day}},
		"ecommerce@no-temps": {{outcome.Unrecovered, peak, 0.95, 1}},
		"ecommerce@chat-first": {
			{outcome.BreachRate, answer, 0, 0.03},
			{outcome.BreachRate, first(outcome.Labels{}), 0.25, 0.4},
			{outcome.Recovery, peak, 3 * day, 5 * day},
		},
		"saas": {
			{outcome.BreachRate, first(outcome.Labels{Tier: "enterprise"}), 0, 0.04},
			{outcome.BreachRate, first(outcome.Labels{Tier: "professional"}), 0, 0.01},
			{outcome.BreachRate, first(outcome.Labels{Tier: "basic"}), 0, 0.01},
			{outcome.PayRate, contract("enterprise-plan"), 0, 0.05},
			{outcome.Occupancy, outcome.Labels{}, 0.7, 0.85},
			{outcome.Occupancy, team("first-line"), 0.6, 0.8},
			{outcome.Occupancy, team("engineers"), 0.7, 0.85},
		},
		"saas@fifo": {
			{outcome.BreachRate, first(outcome.Labels{Tier: "enterprise"}), 0.25, 0.42},
			{outcome.Credit, contract("enterprise-plan"), 17999, 18000}, // the cap: 30 % of the fee
		},
		"saas@by-issue": {{outcome.BreachRate, first(outcome.Labels{Tier: "enterprise"}), 0.25, 0.45}},
		"saas@no-watch": {{outcome.BreachRate, first(outcome.Labels{Tier: "enterprise"}), 0.22, 0.38}},
		"finance": {
			{outcome.BreachRate, resolution, 0.09, 0.16},
			{outcome.BreachRate, first(outcome.Labels{Priority: "urgent"}), 0, 0.12},
			{outcome.BreachRate, first(outcome.Labels{Priority: "high"}), 0, 0.01},
			{outcome.BreachRate, first(outcome.Labels{Priority: "normal"}), 0.005, 0.06},
			{outcome.BreachRate, answer, 0, 0.2},
			{outcome.Occupancy, team("service"), 0.7, 0.9},
			{outcome.Occupancy, team("complaints"), 0.7, 0.85},
			{outcome.Occupancy, team("fraud-desk"), 0.5, 0.65},
		},
		"finance@more-people": {
			{outcome.BreachRate, resolution, 0.09, 0.15},
			{outcome.Occupancy, team("complaints"), 0.4, 0.6},
		},
		"finance@pausing": {{outcome.BreachRate, resolution, 0, 0.005}},
		"healthcare": {
			{outcome.BreachRate, first(outcome.Labels{Priority: "urgent"}), 0, 0.01},
			{outcome.BreachRate, first(outcome.Labels{Issue: "prescription"}), 0.14, 0.27},
			{outcome.BreachRate, first(outcome.Labels{Issue: "appointment"}), 0, 0.01},
			{outcome.BreachRate, first(outcome.Labels{Issue: "billing"}), 0, 0.01},
			{outcome.BreachRate, answer, 0.13, 0.2},
			{outcome.Occupancy, team("clinical"), 0.7, 0.85},
			{outcome.Occupancy, team("administrative"), 0.7, 0.85},
		},
		"healthcare@mixed": {
			{outcome.BreachRate, first(outcome.Labels{Issue: "prescription"}), 0, 0.01},
			{outcome.BreachRate, answer, 0.05, 0.12},
		},
		"healthcare@mixed-fewer": {
			{outcome.BreachRate, first(outcome.Labels{Issue: "prescription"}), 0, 0.12},
			{outcome.BreachRate, answer, 0.08, 0.13},
		},
		"b2b": {
			{outcome.BreachRate, first(outcome.Labels{Priority: "urgent"}), 0.01, 0.06},
			{outcome.BreachRate, first(outcome.Labels{Tier: "named"}), 0, 0.06},
			{outcome.BreachRate, first(outcome.Labels{Tier: "standard"}), 0, 0.02},
			{outcome.Occupancy, team("desk"), 0.65, 0.8},
			{outcome.Occupancy, team("engineers"), 0.65, 0.8},
			{outcome.Cost, team("on-call"), 12000, 13000},
			{outcome.Credit, contract("named-accounts"), 1000, 5500},
		},
		"b2b@no-on-call": {
			{outcome.BreachRate, first(outcome.Labels{Priority: "urgent"}), 0.28, 0.42},
			{outcome.Credit, contract("named-accounts"), 9500, 13000}, // saves at most 12,000, on-call duty costs more
		},
	}
	for _, name := range presets.Names() {
		if findings[name] == nil {
			t.Errorf("%s is a preset and has no finding", name)
		}
	}
	dir := t.TempDir()
	for _, name := range presets.Names() {
		if code, _, stderr := call(t, "init", "--preset", name, filepath.Join(dir, name+".yaml")); code != exitDone {
			t.Fatal(stderr)
		}
	}
	for ref, expected := range findings {
		t.Run(ref, func(t *testing.T) {
			t.Parallel()
			name, variant, _ := strings.Cut(ref, "@")
			ref := filepath.Join(dir, name+".yaml")
			if variant != "" {
				ref += "@" + variant
			}
			x := lawful(t, ref)
			for _, f := range expected {
				f.check(t, x)
			}
		})
	}
}

// What 'headroom init' says about a preset is the title of the scenario.
func TestThePresetsHaveTheirTitles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range presets.Names() {
		file := filepath.Join(dir, "my-"+name+".yaml")
		if code, _, stderr := call(t, "init", "--preset", name, file); code != exitDone {
			t.Fatal(stderr)
		}
		s, err := scenarios.Load(file)
		if err != nil {
			t.Fatal(err)
		}
		if s.Title != presets.Title(name) || s.Name != "my-"+name {
			t.Errorf("%s: loaded as %q, %q", name, s.Name, s.Title)
		}
	}
}
