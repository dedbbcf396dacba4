package cuts_test

import (
	"bytes"
	"encoding/csv"
	"flag"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/cuts"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"github.com/headroom-sim/headroom/reports/table"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// made is an outcome of breach rates.
func made(replications int, rates ...outcome.Measure) *outcome.Experiment {
	x := &outcome.Experiment{Replications: replications, Scenario: outcome.Scenario{
		Name: "made", Start: time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC), Length: 96 * time.Hour, Interval: time.Hour,
		Targets: []outcome.Target{{Metric: "first_reply", Within: time.Hour, Share: 0.8}},
	}}
	x.Measures = rates
	return x
}

func late(l outcome.Labels, num, den []float64) outcome.Measure {
	l.Metric = "first_reply"
	return outcome.Measure{Name: outcome.BreachRate, Labels: l, Unit: outcome.UnitShare, Num: num, Den: den, Estimate: estimate.Ratio(num, den, 0.95)}
}

func one(x float64) []float64 { return []float64{x} }

// 1,092 tickets of which 66.46 % are in time and 74 of which 49.4 % are: together 65.4 %, by
// volume. The mean of the two rates would be 57.9 %.
func TestAWholeIsWeightedByVolume(t *testing.T) {
	t.Parallel()
	x := made(1,
		late(outcome.Labels{Tier: "many"}, one(1092*(1-0.6646)), one(1092)),
		late(outcome.Labels{Tier: "few"}, one(74*(1-0.494)), one(74)))
	c := cuts.Of(x, "tier")
	inTime := func(p cuts.Part) float64 { return 100 * (1 - p.Rates["first_reply"].Estimate.Value) }
	for i, want := range []float64{66.46, 49.4} {
		if got := inTime(c.Parts[i]); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %v %% in time, want %v", c.Parts[i].Name, got, want)
		}
	}
	const want = (1092*66.46 + 74*49.4) / (1092 + 74)
	if got := inTime(c.All); math.Abs(got-want) > 1e-9 || strconv.FormatFloat(got, 'f', 1, 64) != "65.4" {
		t.Errorf("all: %v %% in time, want %v", got, want)
	}
	if mean := (inTime(c.Parts[0]) + inTime(c.Parts[1])) / 2; strconv.FormatFloat(mean, 'f', 1, 64) != "57.9" {
		t.Errorf("the mean of the rates is %v: the example is no longer one", mean)
	}
	rows := c.Table().Rows
	if last := rows[len(rows)-1]; last[0].Text != "all" || math.Abs(100*(1-last[2].Number)-want) > 1e-9 {
		t.Errorf("the last row is %v", last)
	}
}

// days is an outcome of two replications: on Friday one of ten and five of ten are late, on
// Saturday two of ten and none of none.
func days() *outcome.Experiment {
	return made(2,
		late(outcome.Labels{}, []float64{3, 5}, []float64{20, 10}),
		late(outcome.Labels{Tier: "gold"}, []float64{3, 0}, []float64{8, 2}),
		late(outcome.Labels{Team: "front"}, []float64{1, 4}, []float64{10, 9}),
		late(outcome.Labels{Period: "2026-11-27"}, []float64{1, 5}, []float64{10, 10}),
		late(outcome.Labels{Period: "2026-11-28"}, []float64{2, 0}, []float64{10, 0}),
		late(outcome.Labels{Period: "2026-W48"}, []float64{3, 5}, []float64{20, 10}),
		late(outcome.Labels{Period: "2026-11"}, []float64{3, 5}, []float64{20, 10}),
		late(outcome.Labels{Tier: "gold", Priority: "high"}, []float64{1, 1}, []float64{1, 1}),
	)
}

func TestPartsAreThoseOfTheCut(t *testing.T) {
	t.Parallel()
	for by, want := range map[string]string{
		"channel": "", "tier": "gold 3/10", "team": "front 5/19, (nobody) 3/11",
		"day": "2026-11-27 6/20, 2026-11-28 2/10", "week": "2026-W48 8/30", "month": "2026-11 8/30",
	} {
		c := cuts.Of(days(), by)
		var got []string
		for _, p := range append(c.Parts, c.All) {
			r := p.Rates["first_reply"]
			var num, den float64
			for i := range r.Late {
				num, den = num+r.Late[i], den+r.Judged[i]
			}
			got = append(got, p.Name+" "+table.Number(num)+"/"+table.Number(den))
			if math.Abs(r.Estimate.Value-num/den) > 1e-12 {
				t.Errorf("by %s: %s has the rate %v for %v of %v", by, p.Name, r.Estimate.Value, num, den)
			}
		}
		if want != "" {
			want += ", "
		}
		if got := strings.Join(got, ", "); got != want+"all 8/30" {
			t.Errorf("by %s: got %s, want %sall 8/30", by, got, want)
		}
	}
}

// Four of five are promised. Of the three days with clocks, Friday of the first replication
// and Saturday keep that; Friday of the second, with five of ten, does not.
func TestDaysThatKeepThePromise(t *testing.T) {
	t.Parallel()
	x := days()
	if k := cuts.Of(x, "day").Kept; len(k) != 1 || k[0].Metric != "first_reply" || k[0].Policy != "" || math.Abs(k[0].Estimate.Value-2.0/3) > 1e-12 {
		t.Errorf("%v of the days keep it, want two of three", k)
	}
	if len(cuts.Of(x, "tier").Kept) > 0 {
		t.Error("tiers are no periods")
	}
	x.Scenario.Targets = append(x.Scenario.Targets, outcome.Target{Metric: "first_reply", Share: 0.9})
	if len(cuts.Of(x, "day").Kept) > 0 {
		t.Error("one share is judged where there are two")
	}
}

// Of two policies that promise different shares each is judged by its own clocks. The strict one keeps nine of
// ten on neither of its two days in the first replication, and on its only one in the second: one of three.
func TestEachPolicyIsJudgedByItsOwnDays(t *testing.T) {
	t.Parallel()
	x := days()
	x.Scenario.Targets = []outcome.Target{{Policy: "strict", Metric: "first_reply", Share: 0.9}, {Policy: "lax", Metric: "first_reply", Share: 0.5}, {Policy: "ticket", Metric: "first_reply"}}
	x.Measures = append(x.Measures,
		late(outcome.Labels{Policy: "strict", Period: "2026-11-27"}, []float64{2, 0}, []float64{10, 10}),
		late(outcome.Labels{Policy: "strict", Period: "2026-11-28"}, []float64{2, 0}, []float64{10, 0}),
		late(outcome.Labels{Policy: "strict", Period: "2026-W48"}, []float64{9, 9}, []float64{10, 10}),
		late(outcome.Labels{Policy: "lax", Period: "2026-11-27"}, []float64{5, 6}, []float64{10, 10}),
		late(outcome.Labels{Policy: "ticket", Period: "2026-11-27"}, []float64{0, 0}, []float64{10, 10}),
	)
	for i := range x.Measures {
		x.Measures[i].Name = outcome.BreachByPeriod
	}
	c := cuts.Of(x, "day")
	got := map[string]float64{}
	for _, k := range c.Kept {
		got[k.Policy] = k.Estimate.Value
	}
	if len(got) != 2 || math.Abs(got["strict"]-1.0/3) > 1e-12 || math.Abs(got["lax"]-0.5) > 1e-12 {
		t.Errorf("kept on %v of the days, want a third by strict and a half by lax", got)
	}
	rows := c.Table().Rows
	if n := len(rows); rows[n-2][0].Text != "days that keep the promise of lax" || rows[n-1][0].Text != "days that keep the promise of strict" {
		t.Errorf("the last rows are %q and %q", rows[n-2][0].Text, rows[n-1][0].Text)
	}
}

func TestCutsLookAsTheyDid(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	var notes table.Notes
	for _, by := range []string{"day", "team", "channel"} {
		if err := cuts.Of(days(), by).Table().WriteText(&b, table.Style{Width: 80}, &notes); err != nil {
			t.Fatal(err)
		}
		b.WriteByte('\n')
	}
	if err := notes.WriteText(&b, table.Style{Width: 80}); err != nil {
		t.Fatal(err)
	}
	golden.Text(t, filepath.Join("testdata", "cuts.txt"), b.Bytes(), *update)
	for _, want := range []string{"2026-11-27 Fri", "30", "by channel: nothing to tell apart"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("there is no %q in\n%s", want, b.String())
		}
	}
}

func TestTheCSVIsTidyAndSafe(t *testing.T) {
	t.Parallel()
	x := days()
	x.Scenario.Name = "=1+1"
	x.Measures[1].Labels.Tier = "@gold"
	var b bytes.Buffer
	if err := cuts.WriteCSV(&b, x, []*cuts.Cut{cuts.Of(x, "tier"), cuts.Of(x, "day")}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 1+2+3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if got := strings.Join(rows[1][:6], ";"); got != "'=1+1;tier;'@gold;first_reply;5;0.3" {
		t.Errorf("got %s", got)
	}
	if got := strings.Join(rows[5][:6], ";"); got != "'=1+1;day;all;first_reply;15;0.26666666666666666" {
		t.Errorf("got %s", got)
	}
}
