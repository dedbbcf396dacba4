package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/outcome"
)

// audited is the audit of a trial's log, read as a stranger's is: by its own words, against the
// promises of the scenario's file.
func audited(t fataler, ref string, log []byte) *audit.Ledger {
	t.Helper()
	h, err := recordedIn(bytes.NewReader(log), "tickets.csv")
	if err != nil {
		t.Fatal(err)
	}
	a := newAuditing(h, func(string) string { return "" })
	if err := a.hold(ref, nil); err != nil {
		t.Fatal(err)
	}
	a.judge()
	if !a.report.Held[0].Own {
		t.Fatal("the log is not taken for one of the scenario's time")
	}
	return a.report.Held[0].Ledger
}

// cutOf is the cut and the group that labels of one metric speak of; false for those that no cut has.
func cutOf(name string, l outcome.Labels) (c audit.Cut, group string, ok bool) {
	plain := l
	plain.Metric = ""
	switch {
	case name == outcome.BreachByTeam:
		return audit.ByTeam, l.Team, true
	case name == outcome.BreachByPeriod && plain == outcome.Labels{Period: l.Period}:
		switch {
		case strings.Contains(l.Period, "W"):
			return audit.ByWeek, l.Period, true
		case len(l.Period) == len("2026-11") && !strings.Contains(l.Period, "Q"):
			return audit.ByMonth, l.Period, true
		}
		return 0, "", false
	case name != outcome.BreachRate && name != outcome.Overdue && name != outcome.Undecided:
		return 0, "", false
	}
	for _, x := range []struct {
		c     audit.Cut
		group string
		only  outcome.Labels
	}{
		{audit.Whole, "all", outcome.Labels{}}, {audit.ByPriority, l.Priority, outcome.Labels{Priority: l.Priority}}, {audit.ByTier, l.Tier, outcome.Labels{Tier: l.Tier}},
		{audit.ByChannel, l.Channel, outcome.Labels{Channel: l.Channel}}, {audit.ByAccount, l.Account, outcome.Labels{Account: l.Account}},
	} {
		if plain == x.only && (x.c == audit.Whole || x.group != "") {
			return x.c, x.group, true
		}
	}
	return 0, "", false
}

// differences lists where the audit of a trial's log and what the trial collected are not the same, and counts what
// was compared.
func differences(x *trial, l *audit.Ledger) (diffs []string, compared int) {
	tallies := map[audit.Cut]map[string]audit.Record{}
	for c := range audit.Cuts {
		tallies[c] = map[string]audit.Record{}
		for _, k := range l.By(c, 0.95) {
			tallies[c][k.Metric.String()+" "+k.Group] = k.AsItIs
		}
	}
	say := func(format string, args ...any) { diffs = append(diffs, fmt.Sprintf(format, args...)) }
	for i, m := range x.simulation.Catalog().Measures {
		num, den := x.run.Num[i], x.run.Den[i]
		if n, ok := map[string]int{outcome.Arrived: l.Tickets, outcome.Solved: l.Solved, outcome.Abandoned: l.Abandoned, outcome.Open: l.Open}[m.Name]; ok && m.Labels == (outcome.Labels{}) {
			compared++
			if float64(n) != num {
				say("%s: audited %d, collected %v", m.Name, n, num)
			}
		}
		c, group, ok := cutOf(m.Name, m.Labels)
		if !ok {
			continue
		}
		compared++
		r := tallies[c][m.Labels.Metric+" "+group]
		var same bool
		switch m.Name {
		case outcome.Overdue:
			same = float64(r.Overdue) == num
		case outcome.Undecided:
			same = float64(r.Undecided) == num
		default:
			same = float64(r.Late()) == num && float64(r.Judged) == den
		}
		if !same {
			say("%s of %+v: audited %+v, collected %v of %v", m.Name, m.Labels, r, num, den)
		}
	}
	for i, labels := range x.simulation.Catalog().Waits {
		if labels != (outcome.Labels{Metric: labels.Metric, Clock: labels.Clock}) {
			continue
		}
		for _, m := range l.Metrics() {
			if m.String() != labels.Metric {
				continue
			}
			compared++
			bins := make([]uint32, outcome.BinCount)
			for _, e := range l.Entries {
				if e.Metric == m && e.AsItIs.Judged > 0 {
					d := e.Elapsed
					if labels.Clock == outcome.WallClock {
						d = e.Wall
					}
					bins[outcome.Bin(d)]++
				}
			}
			for k := range bins {
				if bins[k] != x.run.Bins[i][k] {
					say("times of %+v, bin %d: audited %d, collected %d", labels, k, bins[k], x.run.Bins[i][k])
					break
				}
			}
		}
	}
	for _, k := range l.Settle() {
		for _, line := range k.Lines {
			for i, m := range x.simulation.Catalog().Measures {
				if m.Labels == (outcome.Labels{Contract: k.Name, Period: line.Name}) && m.Name == outcome.Credit {
					compared++
					if line.Plain.Credit.Float() != x.run.Num[i] {
						say("credit of %s in %s: audited %v, collected %v", k.Name, line.Name, line.Plain.Credit, x.run.Num[i])
					}
				}
			}
		}
	}
	return diffs, compared
}

// What Headroom simulates, audits and collects is the same: every count, in every cut, every time to
// its bin and every credit to the penny, although the audit knows no more than a stranger's log has.
func TestTheAuditOfASimulatedLogIsWhatWasCollected(t *testing.T) {
	t.Parallel()
	for _, ref := range []string{
		"enterprise-contract@one-less", "black-friday@ladder", "black-friday@relaxed", "engineering-ola", "coverage-24x7", "coverage-business-hours@on-call", "hello",
		settledFile(t), everythingFile(t), insistentFile(t),
	} {
		t.Run(filepath.Base(ref), func(t *testing.T) {
			t.Parallel()
			x := newTrial(t, ref)
			diffs, compared := differences(x, audited(t, ref, x.log))
			for _, d := range diffs[:min(len(diffs), 20)] {
				t.Error(d)
			}
			if compared < 8 {
				t.Errorf("only %d numbers were compared", compared)
			}
		})
	}
}

// The same of scenarios that chance has made: staff, promises, ways to combine and to change them.
func TestTheAuditOfAnyScenarioIsWhatWasCollected(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		pick := func(name string, words ...string) string { return rapid.SampledFrom(words).Draw(t, name) }
		text := fmt.Sprintf(`
name: drawn
time: {zone: %s, start: 2026-03-23, length: 9d, warmup: %s, interval: 60m}
run: {replications: 1, seed: %d}
tiers: [gold, silver]
calendars: {office: {hours: {mon-fri: "09:00-17:00", sat: "22:00-24:00"}}}
channels: {email: {}, phone: {live: true, patience: exponential(mean 3m), short_abandon: 10s}}
issues:
  question: {priority: normal, handle: exponential(mean 12m), solved_at_first_touch: 50%%, customer_reply: {after: exponential(mean 5h), never: 20%%, close: 2d}, reopen: {share: 15%%, after: 6h}}
  outage: {priority: urgent, handle: 20m}
demand:
  - {stream: mail, channel: email, issue: {question: 80%%, outage: 20%%}, tier: {gold: 30%%, silver: 70%%}, volume: %d/day}
  - {stream: calls, channel: phone, issue: question, tier: gold, volume: 40/day}
teams: {desk: {shifts: [{heads: %d, hours: "08:00-18:00"}]}, others: {shifts: [{heads: 1, days: mon-sat, hours: "10:00-20:00"}]}}
triage: {wrong: %s}
sla:
  resolve: %s
  change: %s
  policies:
    - {name: all, calendar: %s, first_reply: {urgent: 30m, normal: %s}, resolution: {within: %s, pauses_in: [pending], reopen: %s}}
    - {name: gold, match: {tier: gold}, calendar: office, first_reply: 2h, next_reply: 3h, periodic_update: 6h}
    - {name: calls, match: {channel: phone}, answer: 80%% within 30s}
`,
			pick("zone", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"), pick("warmup", "0s", "1d", "2d"), rapid.Uint32().Draw(t, "seed"),
			rapid.IntRange(20, 120).Draw(t, "volume"), rapid.IntRange(1, 4).Draw(t, "heads"), pick("wrong", "0%", "25%"),
			pick("resolve", "strictest", "first_match", "all"), pick("change", "carry_elapsed", "restart_at_change", "freeze", "back_date"),
			pick("calendar", "office", "always"), pick("within", "1h", "4h", "8h"), pick("resolution", "6h", "20h"), pick("reopen", "resume", "reset", "ignore"))
		path := filepath.Join(dir, "drawn.yaml")
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		x := newTrial(t, path)
		if diffs, _ := differences(x, audited(t, path, x.log)); len(diffs) > 0 {
			t.Fatalf("%s\n%s", strings.Join(diffs[:min(len(diffs), 10)], "\n"), text)
		}
	})
}
