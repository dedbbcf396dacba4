package outcome

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/headroom-sim/headroom/model/dist"
)

// small is an outcome with a few measures whose arithmetic fits on paper.
func small(name string, seed uint64, late, judged, cost []float64) *Experiment {
	n := len(late)
	ones := make([]float64, n)
	for i := range ones {
		ones[i] = 1
	}
	return &Experiment{
		Scenario:     Scenario{Name: name, Digest: "digest of " + name, Currency: "EUR", Length: 10 * 24 * time.Hour, Start: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)},
		Seed:         seed,
		Replications: n,
		Measures: []Measure{
			{Name: BreachRate, Labels: Labels{Metric: "first_reply"}, Unit: UnitShare, Num: late, Den: judged},
			{Name: Cost, Unit: UnitMoney, Num: cost, Den: ones},
		},
	}
}

// words are random words that are the same for every measure.
func words(string) dist.Source { return rand.NewPCG(1, 2) }

func pair() (a, b *Experiment) {
	a = small("office", 7, []float64{10, 20, 30, 20}, []float64{100, 100, 100, 100}, []float64{400, 400, 400, 400})
	b = small("night", 7, []float64{2, 3, 5, 2, 9}, []float64{100, 100, 100, 100, 100}, []float64{900, 920, 940, 920, 1000})
	return a, b
}

func TestCompareTakesDifferencesWithinReplications(t *testing.T) {
	t.Parallel()
	a, b := pair()
	c, err := Compare([]*Experiment{a, b}, 0.95, words)
	if err != nil {
		t.Fatal(err)
	}
	if c.Base != "office" || c.Replications != 4 || c.Seed != 7 || c.Currency != "EUR" {
		t.Errorf("got %+v", c)
	}
	if diff := cmp.Diff([]int{0, 1}, c.Dropped); diff != "" {
		t.Error(diff)
	}
	if len(c.Rows) != 2 || len(c.LeftOut) != 0 {
		t.Fatalf("got %d rows and %v left out", len(c.Rows), c.LeftOut)
	}
	near := func(what string, got, want float64) {
		t.Helper()
		if !(math.Abs(got-want) <= 1e-9*math.Max(1, math.Abs(want))) {
			t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
	rate, cost := c.Rows[0], c.Rows[1]
	// 80 of 400 against 12 of 400 in the four common replications; the fifth
	// of the second scenario does not count.
	near("rate of the base", rate.Values[0].Value, 0.20)
	near("rate of the other", rate.Values[1].Value, 0.03)
	near("difference", rate.Differences[0].Value, -0.17)
	near("quotient", rate.Quotients[0].Value, 0.15)
	// Equal denominators make the jackknife the t interval of the paired
	// differences -8, -17, -25, -18 (percent): mean -17, standard deviation
	// 6.9761498, t(3, 0.975) = 3.1824463.
	half := 3.1824463052842638 * math.Sqrt((81+0+64+1)/3.) / 2 / 100
	near("low", rate.Differences[0].Low, -0.17-half)
	near("high", rate.Differences[0].High, -0.17+half)
	// Variances: 200/3 for the base, 6/3 for the other, 146/3 for the pairs.
	near("variance ratio", rate.Differences[0].VarianceRatio, 146./206)
	near("cost", cost.Differences[0].Value, 520)
	near("times", cost.Quotients[0].Value, 2.3)
	if !warned(c, "night has 5 trials, of which the first 4 are compared") {
		t.Errorf("nothing says that a replication was dropped: %v", c.Warnings)
	}
}

func warned(c *Comparison, text string) bool {
	for _, w := range c.Warnings {
		if strings.Contains(w.Text, text) {
			return true
		}
	}
	return false
}

func TestCompareRaisesTheLevelForSeveralScenarios(t *testing.T) {
	t.Parallel()
	a, b := pair()
	third := small("third", 7, []float64{1, 2, 3, 4}, []float64{100, 100, 100, 100}, []float64{400, 500, 600, 700})
	two, err := Compare([]*Experiment{a, b}, 0.95, words)
	if err != nil {
		t.Fatal(err)
	}
	three, err := Compare([]*Experiment{a, b, third}, 0.95, words)
	if err != nil {
		t.Fatal(err)
	}
	if two.JointLevel != 0.95 || math.Abs(three.JointLevel-0.975) > 1e-12 {
		t.Errorf("levels %v and %v, want 0.95 and 0.975", two.JointLevel, three.JointLevel)
	}
	narrow, wide := two.Rows[0].Differences[0], three.Rows[0].Differences[0]
	if wide.HalfWidth() <= narrow.HalfWidth() || wide.Value != narrow.Value {
		t.Errorf("with a third scenario %v becomes %v", narrow.Estimate, wide.Estimate)
	}
	if three.Rows[0].Values[0].Level != 0.95 || len(three.Rows[0].Differences) != 2 {
		t.Errorf("got %+v", three.Rows[0])
	}
}

func TestCompareDropsNothingInSilence(t *testing.T) {
	t.Parallel()
	a, b := pair()
	four := []float64{1, 1, 1, 1}
	a.Measures = append(a.Measures, Measure{Name: Recovery, Labels: Labels{Spike: "friday"}, Unit: UnitSeconds, Num: four, Den: four})
	b.Measures = append(b.Measures,
		Measure{Name: Wait, Unit: UnitTickets, Num: []float64{1, 1, 1, 1, 1}, Den: []float64{1, 1, 1, 1, 1}},
		Measure{Name: Occupancy, Labels: Labels{Team: "night"}, Unit: UnitShare, Num: []float64{1, 1, 1, 1, 1}, Den: []float64{2, 2, 2, 2, 2}})
	a.Measures = append(a.Measures, Measure{Name: Wait, Unit: UnitSeconds, Num: four, Den: four})
	b.Scenario.Currency = "USD"
	b.Scenario.Length += time.Hour
	c, err := Compare([]*Experiment{a, b}, 0.95, words)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for i := range c.LeftOut {
		got[c.LeftOut[i].Describe()] = c.LeftOut[i].Reason
	}
	want := map[string]string{
		"recovery(spike=friday)": "not in night",
		"occupancy(team=night)":  "not in office",
		"wait":                   "in s and in tickets",
		"cost":                   "the currencies differ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if c.Currency != "" || len(c.Rows) != 1 {
		t.Errorf("currency %q, %d rows", c.Currency, len(c.Rows))
	}
	for _, text := range []string{"counts money in \"USD\"", "covers another stretch of time", "Only 4 trials"} {
		if !warned(c, text) {
			t.Errorf("no warning says %q: %v", text, c.Warnings)
		}
	}
}

func TestCompareRefusesWhatIsNoPair(t *testing.T) {
	t.Parallel()
	a, b := pair()
	otherSeed := small("other", 8, []float64{1, 2}, []float64{10, 10}, []float64{1, 2})
	empty := &Experiment{Scenario: Scenario{Name: "empty"}, Seed: 7}
	short := small("short", 7, []float64{1, 2}, []float64{10}, []float64{1, 2})
	twice := small("twice", 7, []float64{1, 2}, []float64{10, 10}, []float64{1, 2})
	twice.Measures = append(twice.Measures, twice.Measures[0])
	for _, c := range []struct {
		name  string
		xs    []*Experiment
		level float64
		want  string
	}{
		{"a single outcome", []*Experiment{a}, 0.95, "at least two"},
		{"different seeds", []*Experiment{a, otherSeed}, 0.95, "seed 7"},
		{"no replications", []*Experiment{a, empty}, 0.95, "no replications"},
		{"a broken measure", []*Experiment{a, short}, 0.95, "1 denominators"},
		{"a measure twice", []*Experiment{a, twice}, 0.95, "twice"},
		{"a level of one", []*Experiment{a, b}, 1, "between 0 and 1"},
		{"a level in percent", []*Experiment{a, b}, 95, "between 0 and 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, err := Compare(c.xs, c.level, words); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
}

func TestCompareWithItselfFindsNothing(t *testing.T) {
	t.Parallel()
	a, _ := pair()
	c, err := Compare([]*Experiment{a, a, a}, 0.9, words)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"office", "office (2)", "office (3)"}, c.Scenarios); diff != "" {
		t.Error(diff)
	}
	for _, row := range c.Rows {
		for _, d := range row.Differences {
			if d.Value != 0 || d.Low != 0 || d.High != 0 {
				t.Errorf("%s differs from itself by %+v", row.Describe(), d)
			}
		}
	}
	if !warned(c, "are the same scenario") {
		t.Errorf("no warning: %v", c.Warnings)
	}
}

func TestTailsOfCreditsAreTailsAndNotMeans(t *testing.T) {
	t.Parallel()
	credits := make([]float64, 100)
	twice := make([]float64, 100)
	ones := make([]float64, 100)
	for i := range credits {
		credits[i], twice[i], ones[i] = float64(i), float64(2*i), 1
	}
	make2 := func(name string, num []float64) *Experiment {
		x := &Experiment{Scenario: Scenario{Name: name}, Replications: 100}
		for _, q := range []string{"", TailP95, TailCVaR95} {
			x.Measures = append(x.Measures, Measure{Name: Credit, Labels: Labels{Contract: "acme", Quantile: q}, Unit: UnitMoney, Num: num, Den: ones})
		}
		return x
	}
	c, err := Compare([]*Experiment{make2("a", credits), make2("b", twice)}, 0.95, words)
	if err != nil {
		t.Fatal(err)
	}
	mean, p95, cvar := c.Rows[0], c.Rows[1], c.Rows[2]
	if mean.Values[0].Value != 49.5 || mean.Differences[0].Value != 49.5 {
		t.Errorf("mean: %+v", mean)
	}
	if v := p95.Values[0].Value; v < 93 || v > 96 {
		t.Errorf("the 95th percentile of 0…99 is %v", v)
	}
	if v := cvar.Values[0].Value; v < 96 || v > 98 { // 95, 96, 97, 98, 99
		t.Errorf("the mean of the worst five of 0…99 is %v", v)
	}
	for _, row := range []ComparisonRow{p95, cvar} {
		d, q := row.Differences[0], row.Quotients[0]
		if v := row.Values[0].Value; d.Value != v || math.Abs(q.Value-2) > 1e-12 {
			t.Errorf("%s is twice %v, and differs by %v, by a factor of %v", row.Describe(), v, d.Value, q.Value)
		}
		// Twice the credit of the same pair is twice as much beyond doubt, and more by an amount
		// that is as doubtful as the tail itself.
		if !(d.Low > 0 && d.Low < d.Value && d.Value < d.High && d.High < 200) || math.Abs(q.Low-2) > 1e-12 || math.Abs(q.High-2) > 1e-12 {
			t.Errorf("%s: difference %+v, quotient %+v", row.Describe(), d, q)
		}
		// Var(2a − a) over Var(2a) + Var(a).
		if math.Abs(d.VarianceRatio-0.2) > 1e-9 {
			t.Errorf("%s: variance ratio %v", row.Describe(), d.VarianceRatio)
		}
	}
}

func TestComparisonSurvivesJSON(t *testing.T) {
	t.Parallel()
	a, b := pair()
	a.Measures[0].Den = []float64{0, 0, 0, 0} // nothing judged: NaN everywhere
	a.Measures[0].Num = []float64{0, 0, 0, 0}
	c, err := Compare([]*Experiment{a, b}, 0.95, words)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var back Comparison
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c, &back, cmpopts.EquateNaNs(), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

func TestLabelsSayWhatIsSet(t *testing.T) {
	t.Parallel()
	if n := len(LabelNames()); n != len((Labels{}).Values()) {
		t.Fatalf("%d names for %d values", n, len((Labels{}).Values()))
	}
	for want, l := range map[string]Labels{
		"":                               {},
		"first_reply":                    {Metric: "first_reply"},
		"first_reply, tier=gold":         {Metric: "first_reply", Tier: "gold"},
		"contract=acme, period=2026-11":  {Contract: "acme", Period: "2026-11"},
		"answer, hour=mon-09":            {Metric: "answer", Hour: "mon-09"},
		"team=front":                     {Team: "front"},
		"first_reply, quantile=p50":      {Metric: "first_reply", Quantile: "p50"},
		"channel=email, priority=urgent": {Channel: "email", Priority: "urgent"},
		"issue=bug, account=acme":        {Issue: "bug", Account: "acme"},
		"spike=friday":                   {Spike: "friday"},
	} {
		if got := l.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	m := Measure{Name: BreachRate, Labels: Labels{Metric: "first_reply", Tier: "gold"}}
	if got := m.Describe(); got != "breach_rate(first_reply, tier=gold)" {
		t.Error(got)
	}
}

func ExampleCompare() {
	office, night := pair()
	c, err := Compare([]*Experiment{office, night}, 0.95, words)
	if err != nil {
		return
	}
	for _, row := range c.Rows {
		fmt.Printf("%s: %.2f against %.2f\n", row.Describe(), row.Values[1].Value, row.Values[0].Value)
	}
	// Output:
	// breach_rate(first_reply): 0.03 against 0.20
	// cost: 920.00 against 400.00
}

func TestOtherPromisesAreSaid(t *testing.T) {
	t.Parallel()
	peak := Relaxation{Name: "peak", From: time.Hour, Until: 2 * time.Hour, Promises: []string{"first_reply ×2"}}
	longer := peak
	longer.Until = 3 * time.Hour
	for _, row := range []struct {
		name string
		a, b []Relaxation
		want []string
	}{
		{"none", nil, nil, nil},
		{"the same", []Relaxation{peak}, []Relaxation{peak}, nil},
		{"one more", nil, []Relaxation{peak}, []string{"night relaxes its promises (peak) and office does not"}},
		{"one less", []Relaxation{peak}, nil, []string{"office relaxes its promises (peak) and night does not"}},
		{"another", []Relaxation{peak}, []Relaxation{longer}, []string{"night relaxes its promises (peak)", "office relaxes its promises (peak)"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			a, b := pair()
			a.Scenario.Relaxations, b.Scenario.Relaxations = row.a, row.b
			c, err := Compare([]*Experiment{a, b}, 0.95, words)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range row.want {
				if !warned(c, text) {
					t.Errorf("no warning says %q: %v", text, c.Warnings)
				}
			}
			if row.want == nil && warned(c, "relaxes") {
				t.Errorf("promises are the same: %v", c.Warnings)
			}
		})
	}
}
