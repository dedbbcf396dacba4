package changes_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/changes"
	"github.com/headroom-sim/headroom/reports/internal/sample"
	"github.com/headroom-sim/headroom/reports/table"
)

var options = changes.Options{Level: 0.95}

func between(t *testing.T, a, b *outcome.Experiment, o changes.Options) *changes.Diff {
	t.Helper()
	d, err := changes.Between(a, b, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func changed(d *changes.Diff) int {
	return d.Count(changes.Worse) + d.Count(changes.Better) + d.Count(changes.Changed)
}

func TestAnOutcomeIsTheSameAsItself(t *testing.T) {
	t.Parallel()
	x := sample.Experiment(sample.Options{Replications: 12})
	d := between(t, x, x, options)
	if len(d.Inputs) != 0 || changed(d) != 0 || !d.Paired || len(d.Rows) < 20 {
		t.Errorf("%d inputs differ, %d of %d measures have changed", len(d.Inputs), changed(d), len(d.Rows))
	}
	if !strings.Contains(d.Verdict(), "the same") {
		t.Error(d.Verdict())
	}
}

// More people: breaches fall, and that is better; cost rises, and that is worse.
func TestAKnownShiftIsFound(t *testing.T) {
	t.Parallel()
	a, b := sample.Experiment(sample.Options{Replications: 20}), sample.Experiment(sample.Options{Replications: 20, Staff: 1.3})
	for _, seed := range []uint64{a.Seed, a.Seed + 1} {
		b.Seed = seed
		d := between(t, a, b, options)
		if d.Paired != (seed == a.Seed) {
			t.Errorf("seed %d: paired is %v", seed, d.Paired)
		}
		verdicts := map[string]changes.Verdict{}
		for i := range d.Rows {
			verdicts[d.Rows[i].Describe()] = d.Rows[i].Verdict
		}
		for what, want := range map[string]changes.Verdict{
			"breach_rate(first_reply)": changes.Better, "attainment(contract=globex)": changes.Better, "occupancy(team=front)": changes.Changed,
		} {
			if verdicts[what] != want {
				t.Errorf("seed %d: %s is %q, want %q", seed, what, verdicts[what], want)
			}
		}
		back := between(t, b, a, options)
		if back.Count(changes.Worse) != d.Count(changes.Better) || back.Count(changes.Better) != d.Count(changes.Worse) {
			t.Errorf("the other way round: %d worse, %d better; want %d and %d", back.Count(changes.Worse), back.Count(changes.Better), d.Count(changes.Better), d.Count(changes.Worse))
		}
		// What has changed stands before what has not.
		if i := slices.IndexFunc(d.Rows, func(r changes.Row) bool { return r.Verdict == changes.Same }); i >= 0 && i != changed(d) {
			t.Errorf("row %d is the same, and %d have changed", i, changed(d))
		}
	}
}

// nothing makes an outcome of measures that are noise, each a ratio of totals. Half of them hang
// together, by the share of their noise that is common.
func nothing(random *rand.Rand, seed uint64, replications, measures int, common float64) *outcome.Experiment {
	x := &outcome.Experiment{Seed: seed, Replications: replications, Scenario: outcome.Scenario{Name: "noise", Length: time.Hour, Interval: time.Hour}}
	for k := range measures {
		x.Measures = append(x.Measures, outcome.Measure{Name: outcome.BreachRate, Labels: outcome.Labels{Metric: fmt.Sprint(k)}, Unit: outcome.UnitShare})
	}
	for range replications {
		day := random.NormFloat64()
		for k := range x.Measures {
			m := &x.Measures[k]
			den := 800 + 400*random.Float64()
			m.Den = append(m.Den, den)
			m.Num = append(m.Num, den*(0.3+0.03*(common*day+math.Sqrt(1-common*common)*random.NormFloat64())))
		}
	}
	return x
}

// Of many pairs of outcomes of one scenario, those in which any of 15 measures is called changed
// are a twentieth where measures are independent (1 − (1 − 0.05/15)^15 = 4.9 %), and not more
// where they hang together: within three standard errors.
func TestFalseAlarmsStayAtTheirLevel(t *testing.T) {
	t.Parallel()
	const pairs, measures, level = 400, 15, 0.0488
	for _, row := range []struct {
		name       string
		paired     bool
		common     float64
		atMostOnly bool
	}{
		{"pairs", true, 0, false}, {"independent samples", false, 0, false},
		{"pairs that hang together", true, 0.9, true}, {"samples that hang together", false, 0.9, true},
	} {
		random := rand.New(rand.NewPCG(11, 12))
		alarms := 0
		for range pairs {
			a, b := nothing(random, 1, 30, measures, row.common), nothing(random, 1, 30, measures, row.common)
			if !row.paired {
				b.Seed = 2
			}
			if d := between(t, a, b, options); changed(d) > 0 {
				alarms++
			}
		}
		off := (float64(alarms)/pairs - level) / math.Sqrt(level*(1-level)/pairs)
		if off > 3 || off < -3 && !row.atMostOnly {
			t.Errorf("%s: %d false alarms in %d pairs, %.1f standard errors off", row.name, alarms, pairs, off)
		}
	}
}

// Pairs find what independent samples of the same size do not: common noise cancels.
func TestPairsFindSmallerChanges(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	a := nothing(random, 1, 20, 5, 0)
	b := &outcome.Experiment{Seed: 1, Replications: 20, Scenario: a.Scenario}
	for _, m := range a.Measures {
		m.Num = slices.Clone(m.Num)
		for r := range m.Num {
			m.Num[r] += m.Den[r] * 0.004 * (1 + 0.2*random.NormFloat64())
		}
		b.Measures = append(b.Measures, m)
	}
	if d := between(t, a, b, options); d.Count(changes.Worse) != 5 {
		t.Errorf("pairs find %d of 5", d.Count(changes.Worse))
	}
	b.Seed = 2
	if d := between(t, a, b, options); changed(d) != 0 {
		t.Errorf("independent samples find %d", changed(d))
	}
}

func TestInputsAreNamed(t *testing.T) {
	t.Parallel()
	a, b := sample.Experiment(sample.Options{Replications: 12}), sample.Experiment(sample.Options{Replications: 15})
	b.Tool, b.Seed = "headroom 9", 99
	b.Scenario.Targets = slices.Clone(b.Scenario.Targets)
	b.Scenario.Targets[0].Within *= 2
	b.Scenario.Contracts = b.Scenario.Contracts[:1]
	b.Scenario.Currency = "EUR"
	b.Scenario.Digest = "0123456789abcdef"
	d := between(t, a, b, options)
	got := map[string][2]string{}
	for _, in := range d.Inputs {
		got[in.What] = [2]string{in.Before, in.After}
	}
	target := a.Scenario.Targets[0]
	for what, want := range map[string][2]string{
		"program": {"headroom 0.1.0", "headroom 9"}, "seed": {"7", "99"}, "replications": {"12", "15"}, "currency": {"USD", "EUR"},
		"scenario digest": {a.Scenario.Digest[:12], "0123456789ab"},
	} {
		if got[what] != want {
			t.Errorf("%s is %q, want %q", what, got[what], want)
		}
	}
	found := false
	for what := range got {
		found = found || strings.HasPrefix(what, "target "+target.Policy)
	}
	if !found || got["contract globex"][1] != "" || got["contract globex"][0] == "" {
		t.Errorf("targets and contracts: %q", got)
	}
	for _, r := range d.Rows {
		if r.Unit == outcome.UnitMoney {
			t.Errorf("%s is compared across currencies", r.Describe())
		}
	}
}

// A changed plan is told in plain words, before what came of it.
func TestAChangedPlanIsToldInWords(t *testing.T) {
	t.Parallel()
	plan := func(heads float64, hours float64, tickets float64, more ...outcome.ShiftPlan) *outcome.Plan {
		return &outcome.Plan{
			Routing: "priority", Streams: []outcome.StreamPlan{{Name: "mail", Tickets: tickets}},
			Teams: []outcome.TeamPlan{{
				Name: "front", CostPerHour: 24, Shrinkage: 0.28, PaidHours: hours,
				Shifts: append([]outcome.ShiftPlan{{Name: "early", Heads: heads, When: "Mon–Fri 07:00–15:30", PaidHours: hours}}, more...),
			}},
		}
	}
	a, b := sample.Experiment(sample.Options{Replications: 5}), sample.Experiment(sample.Options{Replications: 5})
	a.Scenario.Plan = plan(7, 1200, 5000)
	b.Scenario.Plan = plan(6, 1050, 5000, outcome.ShiftPlan{Name: "night", Heads: 1, When: "22:00–06:00"})
	b.Scenario.Digest = "another"
	d := between(t, a, b, options)
	want := "Changed in the plan: shift front early, 6\u202fheads instead of 7; shift front night is new, 1\u202fhead, 22:00–06:00; " +
		"planned paid hours of front, 1\u202f050\u202fh instead of 1\u202f200."
	if got := d.Plan(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	var text strings.Builder
	if err := d.WriteText(&text, table.Style{}, false); err != nil {
		t.Fatal(err)
	}
	if told, verdict := strings.Index(text.String(), want), strings.Index(text.String(), d.Verdict()); told < 0 || verdict < told {
		t.Errorf("the plan is told at %d, what came of it at %d", told, verdict)
	}
	b.Scenario.Plan.Streams[0].Tickets, b.Scenario.Plan.Routing = 6000, "fifo"
	if got := between(t, a, b, options).Plan(); !strings.Contains(got, "expected tickets of mail, 6\u202f000 instead of 5\u202f000") || !strings.Contains(got, "served first, fifo instead of priority") {
		t.Errorf("%q", got)
	}
	if got := between(t, a, a, options).Plan(); got != "" {
		t.Errorf("of one plan is said: %q", got)
	}
	a.Scenario.Plan = nil // as files of older programs have it
	if got := between(t, a, b, options).Plan(); got != "" {
		t.Errorf("of a plan that is not known is said: %q", got)
	}
}

func TestDiffsThatCannotBe(t *testing.T) {
	t.Parallel()
	x := sample.Experiment(sample.Options{Replications: 12})
	if _, err := changes.Between(x, x, changes.Options{Level: 1}); err == nil {
		t.Error("a level of 1")
	}
	if _, err := changes.Between(x, &outcome.Experiment{Replications: 3}, options); err == nil {
		t.Error("nothing in common")
	}
	if _, err := changes.Between(x, &outcome.Experiment{}, options); err == nil {
		t.Error("no replications")
	}
}

// One replication tells nothing, and says so.
func TestOneReplicationTellsNothing(t *testing.T) {
	t.Parallel()
	a, b := sample.Experiment(sample.Options{Replications: 1}), sample.Experiment(sample.Options{Replications: 1, Staff: 2})
	d := between(t, a, b, options)
	if changed(d) != 0 || !strings.Contains(strings.Join(d.Doubts, " "), "have no interval") {
		t.Errorf("%d have changed; doubts: %q", changed(d), d.Doubts)
	}
	if _, err := json.Marshal(d); err != nil {
		t.Error(err)
	}
}

func TestNamesFromDataHarmNoTerminal(t *testing.T) {
	t.Parallel()
	a, b := sample.Experiment(sample.Options{Replications: 12}), sample.Experiment(sample.Options{Replications: 12, Staff: 2})
	b.Scenario.Name = "evil\x1b[31m"
	a.Scenario.Teams = append(slices.Clone(a.Scenario.Teams), "\x1b]0;title\a")
	a.Measures = append(slices.Clone(a.Measures), outcome.Measure{Name: "x\x1b[2J", Num: make([]float64, 12), Den: make([]float64, 12)})
	var out strings.Builder
	if err := between(t, a, b, options).WriteText(&out, table.Style{Width: 100}, true); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(out.String(), "\x1b\a") {
		t.Error("an escape sequence gets through")
	}
	for line := range strings.Lines(out.String()) {
		if n := len([]rune(strings.TrimRight(line, "\n"))); n > 100 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

// credits is an outcome whose credits are rarely due, and then of so many times the usual.
func credits(seed uint64, replications int, times float64) *outcome.Experiment {
	random := rand.New(rand.NewPCG(seed, 9))
	x := nothing(random, seed, replications, 1, 0)
	x.Scenario.Currency = "USD"
	m := outcome.Measure{Name: outcome.Credit, Labels: outcome.Labels{Contract: "acme", Quantile: outcome.TailCVaR95}, Unit: outcome.UnitMoney}
	for range replications {
		paid := 0.0
		if random.Float64() < 0.2 {
			paid = 1000 * (1 + times*random.ExpFloat64())
		}
		m.Num, m.Den = append(m.Num, paid), append(m.Den, 1)
	}
	x.Measures = append(x.Measures, m)
	return x
}

// Tails of credits are compared with an interval. Few replications test nothing, whatever the
// difference; many find a tail that is three times as heavy, as pairs and as independent samples.
func TestTailsAreCompared(t *testing.T) {
	t.Parallel()
	of := func(d *changes.Diff) *changes.Row {
		i := slices.IndexFunc(d.Rows, func(r changes.Row) bool { return r.Name == outcome.Credit })
		if i < 0 {
			t.Fatal("no tail is compared")
		}
		return &d.Rows[i]
	}
	for _, seed := range []uint64{1, 2} {
		few := between(t, credits(1, 60, 1), credits(seed, 60, 3), options)
		r := of(few)
		if r.Verdict != changes.Same || !math.IsNaN(float64(r.AdjustedP)) || !(r.Change.Low <= r.Change.Value && r.Change.Value <= r.Change.High) || r.Change.Low == r.Change.High {
			t.Errorf("seed %d: few replications make of a tail %+v", seed, r)
		}
		if !strings.Contains(strings.Join(few.Doubts, " "), "not tested") {
			t.Errorf("seed %d: nobody says that tails are not tested: %q", seed, few.Doubts)
		}
		var text strings.Builder
		if err := few.WriteText(&text, table.Style{}, true); err != nil || !strings.Contains(text.String(), "cvar95") {
			t.Errorf("%v: %s", err, text.String())
		}
		if r := of(between(t, credits(1, 900, 1), credits(seed, 900, 3), options)); r.Verdict != changes.Worse || r.Change.Low <= 0 {
			t.Errorf("seed %d: many replications do not find a heavier tail: %+v", seed, r)
		}
		if r := of(between(t, credits(1, 900, 1), credits(seed+7, 900, 1), options)); r.Verdict != changes.Same {
			t.Errorf("seed %d: the same tail is found to be another: %+v", seed, r)
		}
	}
}
