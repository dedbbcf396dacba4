package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

// settled has exceptions of every kind, contracts of every kind of period, one of a whole tier,
// too few people, wrong priorities and an announced relaxation.
const settled = `
name: settled
extends: enterprise-contract
time: {zone: Europe/London, start: 2025-12-22, length: 60d, warmup: 10d, interval: 60m}
triage: {wrong: 15%}
exceptions:
  - {name: storm, reason: power cut, approved_by: J. Doe, from: 2026-01-12 00:00, until: 2026-01-15 00:00, do: exclude}
  - {name: launch, reason: new release, approved_by: J. Doe, from: 2026-01-14 00:00, until: 2026-01-25 00:00, do: relax, by: x3}
  - {name: move, reason: new office, approved_by: A. Roe, from: 2026-01-20 00:00, until: 2026-02-02 00:00, match: {tier: enterprise}, do: suspend_credits}
teams:
  engineers:
    shifts:
      early: {heads: 3}
      late: {heads: 3}
sla:
  relaxations:
    - {name: january, announced: 2025-12-29 00:00, from: 2026-01-26 00:00, until: 2026-01-30 00:00, first_reply: x2}
contracts:
  - {account: northwind, tier: enterprise, share: [12% of mail, 20% of calls], fee: 24000 GBP/month, promise: 95% of resolution, per: week, credit: 10% per 1% below, cap: 25%, rounding: linear}
  - {account: lighthouse, tier: enterprise, share: 1% of mail, fee: 2000 GBP/month, promise: 95% of first_reply, per: month, credit: 3% per 1% below, cap: 50%}
  - {name: lighthouse-pool, tier: enterprise, fee: 777 GBP/month, promise: 99% of answer, per: quarter, credit: 1% per 1% below, cap: 100%, rounding: full}
  - name: northwind-levels
    account: northwind
    fee: 9000 GBP/month
    per: week
    several: once
    cap: 40%
    year_cap: 10%
    least: 15 GBP
    exit: 2 misses in 3 periods
    levels:
      - {promise: 90% of first_reply within 2h, credit: [2% below 90%, 5% below 80%], repeats: "6%, 9% within 3 periods", earn_back: 90% in 1 period}
      - {name: quick, promise: p75 of resolution within 6h, credit: 1% per 30m above}
      - {name: mean, promise: mean of resolution within 5h, credit: 3% when missed, at_least: 3 clocks}
      - {name: each, promise: 100% of resolution, credit: [5 GBP per ticket late, 20 GBP per ticket 4h late]}
      - {name: hours, promise: 99% of resolution within 3h, credit: "2 GBP per 1h late, at most 30 GBP"}
`

func settledFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settled.yaml")
	if err := os.WriteFile(path, []byte(settled), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// totals is the numerator and denominator of a measure of a trial.
func (x *trial) totals(t *testing.T, name string, l outcome.Labels) (num, den float64) {
	t.Helper()
	for i, m := range x.simulation.Catalog().Measures {
		if m.Name == name && m.Labels == l {
			return x.run.Num[i], x.run.Den[i]
		}
	}
	t.Fatalf("there is no %s of %v", name, l)
	return 0, 0
}

// The audit of a simulated log is the simulation: the same counts, attainments and credits, to
// the last clock and the last penny.
func TestTheAuditOfALogIsTheSimulation(t *testing.T) {
	t.Parallel()
	for _, ref := range []string{"enterprise-contract@one-less", "black-friday@ladder", settledFile(t)} {
		t.Run(filepath.Base(ref), func(t *testing.T) {
			t.Parallel()
			x := newTrial(t, ref)
			s := x.scenario
			axis := calendar.Axis{Origin: s.Time.Start}
			late := 0
			for account, name := range s.Names.Accounts {
				g, err := ticketlog.Gather(ticketlog.NewReader(bytes.NewReader(x.log), &s.Names, axis), audit.Wanted(s, ticket.Account(account)))
				if err != nil || g.All != len(x.ids) {
					t.Fatalf("%d of %d tickets, %v", g.All, len(x.ids), err)
				}
				a := audit.NewStatement(s, ticket.Account(account), g.Tickets, s.Time.Length)
				x.sameCounts(t, a, name)
				for i := range a.Settlements {
					x.sameSettlement(t, &a.Settlements[i], adjusted(a, &a.Settlements[i], g.Tickets))
				}
				late += partsAddUp(t, a)
			}
			if late == 0 {
				t.Errorf("no clock was late")
			}
		})
	}
}

// sameCounts holds the tickets and clocks of an account against those that were collected.
func (x *trial) sameCounts(t *testing.T, a *audit.Statement, name string) {
	t.Helper()
	by := outcome.Labels{Account: name}
	for what, n := range map[string]int{outcome.Arrived: a.Tickets, outcome.Solved: a.Solved, outcome.Abandoned: a.Abandoned, outcome.Open: a.Open} {
		if want, _ := x.totals(t, what, by); float64(n) != want {
			t.Errorf("%s: %d tickets are %s, collected %v", name, n, what, want)
		}
	}
	for _, m := range promisedMetrics(&x.scenario.SLA) {
		var r audit.Record
		months := map[string]audit.Record{}
		for _, at := range a.Attainment(0) {
			if at.Metric == m {
				r = audit.Sum(at.AsItIs)
				for i, span := range at.Spans {
					months[span.Name] = at.AsItIs[i]
				}
			}
		}
		l := outcome.Labels{Metric: m.String(), Account: name}
		if r == (audit.Record{}) && m == sla.Answer {
			continue // no calls, no measure
		}
		num, den := x.totals(t, outcome.BreachRate, l)
		overdue, _ := x.totals(t, outcome.Overdue, l)
		undecided, _ := x.totals(t, outcome.Undecided, l)
		want := audit.Record{Met: int64(den - num), Judged: int64(den), Overdue: int64(overdue), Undecided: int64(undecided)}
		if r != want {
			t.Errorf("%s, %v: audited %+v, collected %+v", name, m, r, want)
		}
		for month, r := range months {
			l.Period = month
			if num, den := x.totals(t, outcome.BreachByPeriod, l); float64(r.Late()) != num || float64(r.Judged) != den {
				t.Errorf("%s, %v, %s: audited %+v, collected %v of %v late", name, m, month, r, num, den)
			}
		}
	}
}

// adjusted is the record of what a contract covers, with exceptions applied, counted from the tickets themselves.
func adjusted(a *audit.Statement, k *audit.Settlement, tickets [][]ticket.Event) (r audit.Record) {
	auditor := audit.New(a.Scenario, a.Until)
	for _, events := range tickets {
		if at := events[0].At; at < a.Scenario.Time.Warmup || at >= a.Scenario.Time.Length {
			continue
		}
		for _, c := range auditor.Clocks(events) {
			if c.Metric == k.Levels[0].Metric && k.Match.Matches(c.Class) {
				r = r.Plus(c.Adjusted())
			}
		}
	}
	return r
}

// sameSettlement holds a contract against what was collected, and the record with exceptions applied.
func (x *trial) sameSettlement(t *testing.T, k *audit.Settlement, adjusted audit.Record) {
	t.Helper()
	l := outcome.Labels{Contract: k.Name}
	equal := func(what string, got, want float64) {
		t.Helper()
		if got != want {
			t.Errorf("%s, %s: audited %v, collected %v", k.Name, what, got, want)
		}
	}
	for _, line := range k.Lines {
		p := l
		p.Period = line.Name
		num, den := x.totals(t, outcome.Attainment, p)
		met, judged := 0.0, 0.0
		for i := range line.Plain.Levels {
			w := &line.Plain.Levels[i]
			met, judged = met+float64(w.Met), judged+float64(w.Judged)
			if len(k.Levels) > 1 {
				q := p
				q.Level = k.Levels[i].Title()
				num, den := x.totals(t, outcome.Attainment, q)
				equal(line.Name+" met of "+q.Level, float64(w.Met), num)
				equal(line.Name+" judged of "+q.Level, float64(w.Judged), den)
			}
		}
		equal(line.Name+" met", met, num)
		equal(line.Name+" judged", judged, den)
		credit, _ := x.totals(t, outcome.Credit, p)
		equal(line.Name+" credit", line.Plain.Credit.Float(), credit)
	}
	want, _ := x.totals(t, outcome.Credit, l)
	equal("credit", k.Plain.Float(), want)
	if len(x.scenario.Exceptions) == 0 {
		equal("credit due", k.Total.Float(), want)
		return
	}
	want, _ = x.totals(t, outcome.CreditAdjusted, l)
	equal("credit due", k.Total.Float(), want)
	if len(k.Levels) > 1 {
		return // levels with limits of their own judge other clocks than policies do
	}
	num, den := x.totals(t, outcome.AttainmentAdjusted, l)
	equal("met, adjusted", float64(adjusted.Met), num)
	equal("judged, adjusted", float64(adjusted.Judged), den)
}

// Every judged clock is in one week, one month, one quarter and one day, and in one team at most.
func TestPeriodsAndTeamsAddUpToAll(t *testing.T) {
	t.Parallel()
	x := newTrial(t, settledFile(t))
	for _, m := range promisedMetrics(&x.scenario.SLA) {
		all := outcome.Labels{Metric: m.String()}
		late, judged := x.totals(t, outcome.BreachRate, all)
		var byKind [4][2]float64
		var byTeam [2]float64
		for i, k := range x.simulation.Catalog().Measures {
			switch l := k.Labels; {
			case k.Name == outcome.BreachByPeriod && l == outcome.Labels{Metric: m.String(), Period: l.Period}:
				kind := 0
				if strings.Contains(l.Period, "Q") {
					kind = 2
				} else if len(l.Period) == len(time.DateOnly) {
					kind = 3
				} else if !strings.Contains(l.Period, "W") {
					kind = 1
				}
				byKind[kind][0] += x.run.Num[i]
				byKind[kind][1] += x.run.Den[i]
			case k.Name == outcome.BreachByTeam && l.Metric == m.String():
				byTeam[0] += x.run.Num[i]
				byTeam[1] += x.run.Den[i]
			}
		}
		for kind, got := range byKind {
			if got != [2]float64{late, judged} {
				t.Errorf("%v, kind %d: %v, want %v of %v", m, kind, got, late, judged)
			}
		}
		if byTeam[1] > judged || byTeam[1] == 0 || judged-byTeam[1] < late-byTeam[0] {
			t.Errorf("%v: teams have %v, all %v of %v", m, byTeam, late, judged)
		}
	}
}

// partsAddUp holds the causes of late clocks against what they have counted, and counts them.
func partsAddUp(t *testing.T, a *audit.Statement) (late int) {
	t.Helper()
	for i := range a.Clocks {
		c := &a.Clocks[i]
		if !c.Late() {
			if len(c.Cause.Parts) > 0 {
				t.Errorf("a clock that is %v has a cause", c.Verdict)
			}
			continue
		}
		late++
		var sum time.Duration
		for _, p := range c.Cause.Parts {
			sum += p.Time
		}
		if sum != c.Elapsed {
			t.Errorf("%s, %v: the parts add up to %v, the clock has counted %v: %+v", ticketlog.FormatID(c.Ticket), c.Metric, sum, c.Elapsed, c.Cause)
		}
	}
	return late
}

// Names that are formulas, markup, escape sequences and Markdown harm nobody, in any form.
func TestPacksLetNothingThrough(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	evil := []string{`=cmd|'/C calc'!A0`, `+1+1`, `@SUM(A1)`, `<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "esc\\u001b[31mred", `[x](javascript:alert(1))`, "a,b\\\"c"}
	var exceptions strings.Builder
	for i, reason := range evil {
		quoted := `"` + strings.ReplaceAll(reason, `"`, `\"`) + `"`
		if strings.Contains(reason, `\`) {
			quoted = `"` + reason + `"`
		}
		fmt.Fprintf(&exceptions, "  - {name: e%d, reason: %s, approved_by: %s, from: 2026-01-12 00:00, until: 2026-01-15 00:00, do: exclude}\n", i, quoted, quoted)
	}
	scenario := filepath.Join(dir, "evil.yaml")
	text := "name: evil\nextends: enterprise-contract\ntime: {zone: Europe/London, start: 2025-12-22, length: 30d, warmup: 10d, interval: 60m}\nexceptions:\n" + exceptions.String()
	if err := os.WriteFile(scenario, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(dir, "log.csv")
	if code, _, errs := call(t, "run", scenario, "--replications", "1", "--log", log, "--out", filepath.Join(dir, "out")); code != exitDone {
		t.Fatal(errs)
	}
	for _, row := range [][]string{{log, "--scenario", scenario}, {filepath.Join(dir, "out")}} {
		for form, bad := range map[string][]string{
			"table": {"\x1b"}, "markdown": {"\x1b", "<script", "<img", "[x]("}, "html": {"\x1b", "<script>alert", "<img"},
			"csv": {"\x1b", ",=", ",+", ",@", "\n=", "\n+", "\n@", `"=`, `"+`, `"@`},
		} {
			code, out, errs := call(t, append([]string{"report", "--account", "lighthouse", "--format", form}, row...)...)
			if code != exitDone {
				t.Fatal(errs)
			}
			checks[kinds[form]](t, fmt.Sprintf("%v as %s", row, form), out)
			for _, b := range bad {
				if strings.Contains(out, b) {
					t.Errorf("%v as %s lets %q through", row, form, b)
				}
			}
			if !strings.Contains(out, "alert") || !strings.Contains(out, "calc") {
				t.Errorf("%v as %s does not say the reasons", row, form)
			}
		}
	}
}

func TestAnAccountThatIsNotThereGivesAHint(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := filepath.Join(dir, "log.csv")
	if code, _, errs := call(t, "run", "enterprise-contract", "--replications", "1", "--log", log, "--out", filepath.Join(dir, "out")); code != exitDone {
		t.Fatal(errs)
	}
	for _, row := range []struct {
		args []string
		want string
	}{
		{[]string{log, "--scenario", "enterprise-contract", "--account", "nordwind"}, `no account "nordwind" (did you mean "northwind"?)`},
		{[]string{filepath.Join(dir, "out"), "--account", "lighthaus"}, `no account "lighthaus" (did you mean "lighthouse"?)`},
		{[]string{filepath.Join(dir, "out"), "--account", "zzz"}, "known: northwind, lighthouse"},
		{[]string{log, "--account", "northwind"}, "say with --scenario"},
		{[]string{filepath.Join(dir, "out"), "--scenario", "hello", "--account", "northwind"}, "an outcome, which knows its scenario"},
		{[]string{log, "--scenario", "enterprise-contract", "--account", "northwind", "--format", "pdf"}, `--format is "pdf"; it takes table, csv, html, json, markdown`},
		{[]string{log, "--scenario", "enterprise-contract", "--account", "northwind", "--until", "2026-01-01T00:00:00Z"}, "the log goes on until"},
		{[]string{filepath.Join(dir, "none.csv"), "--account", "northwind"}, "there is no file"},
	} {
		code, _, errs := call(t, append([]string{"report"}, row.args...)...)
		if code != exitUsage || !strings.Contains(errs, row.want) {
			t.Errorf("%v: exit code %d, %q; want %q", row.args[1:], code, errs, row.want)
		}
	}
}
