package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
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
			{outcome.Escalations, outcome.Labels{Rung: "executive"}, 0.5, 8},
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

// The figures that are usual in each industry, as waits on the wall of tickets that come on a
// Monday at ten. The offices are open then for the rest of the day.
func TestThePresetsPromiseWhatIsUsual(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range presets.Names() {
		if code, _, stderr := call(t, "init", "--preset", name, filepath.Join(dir, name+".yaml")); code != exitDone {
			t.Fatal(stderr)
		}
	}
	const night = "Sat 2026-02-14 03:00"
	monday := map[string]string{"ecommerce": "Mon 2026-11-16 10:00"}
	for _, row := range []struct {
		preset  string
		who     who
		created string
		want    []string
	}{
		// Email 12 to 24 hours, chat under a minute, orders the same business day.
		{"ecommerce", who{channel: "email", issue: "payment"}, "", []string{"mail first_reply 12h"}},
		{"ecommerce", who{channel: "email", issue: "question"}, "", []string{"mail first_reply 24h"}},
		{"ecommerce", who{channel: "email", issue: "order"}, "", []string{"orders first_reply 8h"}},
		{"ecommerce", who{channel: "chat", issue: "order"}, "", []string{"chat answer 1m"}},
		// Basic 48 to 72 hours, professional 8 to 24, enterprise 1 to 4.
		{"saas", who{tier: "basic", issue: "outage"}, "", []string{"basic first_reply 48h"}},
		{"saas", who{tier: "basic", issue: "how-to"}, "", []string{"basic first_reply 72h"}},
		{"saas", who{tier: "professional", issue: "outage"}, "", []string{"professional first_reply 8h"}},
		{"saas", who{tier: "professional", issue: "how-to"}, "", []string{"professional first_reply 24h"}},
		{"saas", who{tier: "enterprise", issue: "outage"}, night, []string{"enterprise first_reply 1h"}},
		{"saas", who{tier: "enterprise", issue: "how-to"}, night, []string{"enterprise first_reply 4h"}},
		// Fraud in minutes, access 1 to 4 hours, general 24 to 48 hours, complaints 15 to 30 days.
		{"finance", who{channel: "message", issue: "fraud"}, night, []string{"fraud first_reply 15m"}},
		{"finance", who{channel: "phone", issue: "fraud"}, night, []string{"fraud-calls answer 1m"}},
		{"finance", who{channel: "message", issue: "access"}, "", []string{"access first_reply 4h"}},
		{"finance", who{channel: "message", issue: "general"}, "", []string{"general first_reply 48h"}},
		{"finance", who{channel: "message", issue: "complaint"}, "", []string{"complaints first_reply 48h", "complaints resolution 504h"}}, // 21 days
		// The same day, appointments 4 to 8 hours, billing 24 to 48 hours.
		{"healthcare", who{channel: "message", issue: "medical"}, "", []string{"medical first_reply 6h"}},
		{"healthcare", who{channel: "message", issue: "appointment"}, "", []string{"appointments first_reply 6h"}},
		{"healthcare", who{channel: "message", issue: "billing"}, "", []string{"billing first_reply 48h"}},
		// Named 1 to 2 hours, standard 4 to 8, critical 30 minutes.
		{"b2b", who{tier: "named", issue: "fault"}, "", []string{"named first_reply 1h"}},
		{"b2b", who{tier: "named", issue: "question"}, "", []string{"named first_reply 2h"}},
		{"b2b", who{tier: "standard", issue: "fault"}, "", []string{"standard first_reply 4h"}},
		{"b2b", who{tier: "standard", issue: "question"}, "", []string{"standard first_reply 8h"}},
		{"b2b", who{tier: "named", issue: "critical"}, night, []string{"critical first_reply 30m"}},
		{"b2b", who{tier: "standard", issue: "critical"}, night, []string{"critical first_reply 30m"}},
	} {
		s, err := scenarios.Load(reference(dir, row.preset))
		if err != nil {
			t.Fatal(err)
		}
		created := row.created
		if created == "" {
			if created = monday[row.preset]; created == "" {
				created = "Mon 2026-02-09 10:00"
			}
		}
		var got []string
		for _, p := range promisesTo(t, s, row.who, created) {
			got = append(got, fmt.Sprintf("%s %v %s", p.policy, p.metric, strings.NewReplacer("h0m0s", "h", "m0s", "m").Replace(p.wall.String())))
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s, %+v (-want +got):\n%s", row.preset, row.who, diff)
		}
	}
	load := func(ref string) *model.Scenario {
		s, err := scenarios.Load(reference(dir, ref))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	// A peak of five to ten times, and something in between.
	for ref, factor := range map[string]float64{"ecommerce@5x": 5, "ecommerce": 6, "ecommerce@10x": 10} {
		for _, st := range load(ref).Streams {
			if len(st.Spikes) != 1 || st.Spikes[0].Factor != factor {
				t.Errorf("%s: the spikes of %s are %+v, want one of factor %v", ref, st.Name, st.Spikes, factor)
			}
		}
	}
	// Critical cases escalate to an executive, and nothing else does.
	b2b := load("b2b")
	executive := b2b.Escalations[len(b2b.Escalations)-1]
	if executive.Name != "executive" || executive.Metric != sla.FirstReply || executive.At != (sla.Mark{Share: 1}) ||
		len(executive.Match.Issues) != 1 || b2b.Issues[executive.Match.Issues[0]].Name != "critical" {
		t.Errorf("the last escalation is %+v", executive)
	}
	// What must not mix does not: nobody has both skills, and each issue asks for one.
	for _, team := range load("healthcare").Teams {
		if len(team.Skills) != 1 {
			t.Errorf("healthcare: %s has %d skills, want one", team.Name, len(team.Skills))
		}
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
