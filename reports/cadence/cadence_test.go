package cadence_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/cadence"
	"github.com/headroom-sim/headroom/reports/html"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

const day = 24 * time.Hour

// year is an outcome of two replications from 1 January 2026 for so many days.
func year(days int) *outcome.Experiment {
	return &outcome.Experiment{
		Seed: 1, Replications: 2, Tool: "test",
		Scenario: outcome.Scenario{
			Name: "year", Digest: "0123456789abcdef", Zone: "UTC", Start: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Length: time.Duration(days) * day, Interval: time.Hour,
			Currency: "EUR", Tiers: []string{"gold"}, Teams: []string{"front", "back"},
			Targets:   []outcome.Target{{Policy: "all", Metric: "answer", Within: time.Minute, Share: 0.8}},
			Contracts: []outcome.Contract{{Name: "acme", Metric: "answer", Target: 0.9, Period: "month", Scheme: "some"}},
		},
	}
}

// add gives an outcome a measure: late and judged of the two replications.
func add(x *outcome.Experiment, name string, l outcome.Labels, late1, judged1, late2, judged2 float64) {
	x.Measures = append(x.Measures, outcome.Measure{Name: name, Labels: l, Unit: outcome.UnitShare, Num: []float64{late1, late2}, Den: []float64{judged1, judged2}})
}

func section(t *testing.T, d *paper.Document, name string) *table.Table {
	t.Helper()
	for _, s := range d.Sections {
		if s.Name == name {
			return s.Table
		}
	}
	t.Fatalf("there is no section %s", name)
	return nil
}

// column gives the numbers of a column for the rows that begin with some words.
func column(t *testing.T, tab *table.Table, head string, begin ...string) []float64 {
	t.Helper()
	for c, col := range tab.Columns {
		if col.Head != head {
			continue
		}
		var out []float64
	rows:
		for _, row := range tab.Rows {
			for i, b := range begin {
				if row[i].Text != b {
					continue rows
				}
			}
			out = append(out, row[c].Number)
		}
		return out
	}
	t.Fatalf("there is no column %s", head)
	return nil
}

func equal(t *testing.T, what string, got []float64, want ...float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %v, want %v", what, got, want)
	}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-12 || math.IsNaN(got[i]) != math.IsNaN(want[i]) {
			t.Errorf("%s: %v, want %v", what, got, want)
			return
		}
	}
}

// Two weeks of very different sizes: the other weeks are taken together by their totals. Of 1,000
// clocks of week 2, 100 are late, of 10 of week 3 all; week 4 has 20 of 200. Against week 4, which is at
// 10 %, the others are at 110 of 1,010 and not at the mean of 10 % and 100 %.
func TestWeeksStandAgainstTheTotalOfTheOthers(t *testing.T) {
	t.Parallel()
	x := year(31)
	add(x, outcome.BreachRate, outcome.Labels{Metric: "answer"}, 65, 605, 65, 605)
	for week, n := range map[string][2]float64{"2026-W02": {50, 500}, "2026-W03": {5, 5}, "2026-W04": {10, 100}} {
		add(x, outcome.BreachByPeriod, outcome.Labels{Metric: "answer", Period: week}, n[0], n[1], n[0], n[1])
	}
	add(x, outcome.BreachByHour, outcome.Labels{Metric: "answer", Hour: "tue-10"}, 60, 90, 60, 100)
	add(x, outcome.BreachByHour, outcome.Labels{Metric: "answer", Hour: "tue-11"}, 5, 10, 5, 200)
	add(x, outcome.BreachByTeam, outcome.Labels{Metric: "answer", Team: "front"}, 60, 600, 60, 600)
	d := cadence.View(x, cadence.Options{Name: "weekly"})
	weeks := section(t, d, "weeks")
	equal(t, "week 4", column(t, weeks, "late share", "answer", "2026-W04"), 0.1)
	equal(t, "others", column(t, weeks, "other weeks", "answer", "2026-W04"), 110.0/1010)
	equal(t, "against", column(t, weeks, "against them", "answer", "2026-W04"), 0.1-110.0/1010)
	hours := section(t, d, "hours-answer")
	equal(t, "Tuesday morning", column(t, hours, "09–12", "Tue"), 130.0/400)
	worst := section(t, d, "worst-answer")
	equal(t, "worst hours", column(t, worst, "of all late"), 120.0/130, 10.0/130)
	parts := section(t, d, "parts")
	equal(t, "front", column(t, parts, "of all late", "answer", "team front"), 60.0/65)
	equal(t, "no team", column(t, parts, "late", "answer", "no team yet"), 5)
	// January 2026 begins on a Thursday and ends on a Saturday: four weeks are whole.
	if !strings.Contains(d.Verdict, "2026-W04") || !strings.Contains(d.Verdict, "parts of 2026-W01 and 2026-W05") {
		t.Error(d.Verdict)
	}
}

// One month of 1,092 clocks at 66.48 % and one of 74 at 48.65 % are 65.35 % together.
func TestQuartersAreWeightedByVolume(t *testing.T) {
	t.Parallel()
	x := year(181)
	add(x, outcome.BreachRate, outcome.Labels{Metric: "answer"}, 404, 1166, 404, 1166)
	add(x, outcome.BreachByPeriod, outcome.Labels{Metric: "answer", Period: "2026-Q1"}, 404, 1166, 404, 1166)
	add(x, outcome.BreachByPeriod, outcome.Labels{Metric: "answer", Period: "2026-Q2"}, 19, 100, 5, 100)
	met := func(period string, a, of1, b, of2 float64) {
		add(x, outcome.Attainment, outcome.Labels{Contract: "acme", Period: period}, a, of1, b, of2)
	}
	met("2026-01", 726, 1092, 726, 1092)
	met("2026-02", 36, 74, 36, 74)
	met("2026-04", 89, 100, 96, 100)
	quarters := section(t, cadence.View(x, cadence.Options{Name: "quarterly"}), "quarters")
	equal(t, "contract", column(t, quarters, "attained", "contract acme: answer"), 762.0/1166, 0.925)
	equal(t, "metric", column(t, quarters, "attained", "answer"), 762.0/1166, 0.88)
	equal(t, "trend", column(t, quarters, "against the one before", "answer")[1:], 0.88-762.0/1166)
	// 81 and 95 of 100 keep 80 %; only 95 keeps 90 %, which is half the misses.
	equal(t, "kept", column(t, quarters, "kept in", "answer"), 0, 1)
	equal(t, "tightened", column(t, quarters, "would be kept in", "answer"), 0, 0.5)
	quarters = section(t, cadence.View(x, cadence.Options{Name: "quarterly", Tighten: 0.96}), "quarters")
	equal(t, "tightened to 96 %", column(t, quarters, "would be kept in", "answer"), 0, 0)
	equal(t, "tightened to 96 %", column(t, quarters, "would be kept in", "contract acme: answer"), 0, 0.5)
}

func TestMonthsThatKeepTheirPromise(t *testing.T) {
	t.Parallel()
	x := year(75) // January, February, a part of March
	add(x, outcome.BreachRate, outcome.Labels{Metric: "answer"}, 10, 100, 10, 100)
	for month, n := range map[string][2]float64{"2026-01": {91, 89}, "2026-02": {80, 95}, "2026-03": {10, 10}} {
		add(x, outcome.Attainment, outcome.Labels{Contract: "acme", Period: month}, n[0], 100, n[1], 100)
		add(x, outcome.BreachByPeriod, outcome.Labels{Metric: "answer", Period: month}, 100-n[0], 100, 100-n[1], 100)
	}
	d := cadence.View(x, cadence.Options{Name: "monthly"})
	contracts := section(t, d, "contracts")
	equal(t, "kept", column(t, contracts, "kept in", "acme"), 0.5, 0.5, 0)
	// Of the four whole months of both replications two; the part of March does not count.
	if !strings.Contains(strings.ReplaceAll(d.Verdict, "\u202f", " "), "acme in 50 %") || !strings.Contains(d.Verdict, "parts of 2026-03") {
		t.Error(d.Verdict)
	}
}

func TestAShortHorizonSaysSo(t *testing.T) {
	t.Parallel()
	x := year(5)
	add(x, outcome.BreachRate, outcome.Labels{Metric: "answer"}, 1, 10, 2, 10)
	for view, want := range map[string]string{"weekly": "no whole week", "monthly": "no whole month", "quarterly": "no whole quarter"} {
		d := cadence.View(x, cadence.Options{Name: view})
		if !strings.Contains(d.Verdict, want) || !strings.Contains(d.Verdict, "run the scenario again") {
			t.Errorf("%s: %s", view, d.Verdict)
		}
		var out strings.Builder
		if err := d.WriteText(&out, table.Style{Width: 80}, false); err != nil {
			t.Error(err)
		}
		for line := range strings.Lines(out.String()) {
			if n := len([]rune(strings.TrimRight(line, "\n"))); n > 80 {
				t.Errorf("%s: %d columns: %s", view, n, line)
			}
		}
	}
	if cadence.View(x, cadence.Options{Name: "daily"}) != nil {
		t.Error("a daily view")
	}
}

// The pictures of a view have the numbers of its tables.
func TestViewsHavePictures(t *testing.T) {
	t.Parallel()
	x := year(31)
	add(x, outcome.BreachRate, outcome.Labels{Metric: "answer"}, 65, 605, 65, 605)
	for week, n := range map[string][2]float64{"2026-W02": {50, 500}, "2026-W03": {5, 5}, "2026-W04": {10, 100}} {
		add(x, outcome.BreachByPeriod, outcome.Labels{Metric: "answer", Period: week}, n[0], n[1], n[0], n[1])
	}
	add(x, outcome.BreachByHour, outcome.Labels{Metric: "answer", Hour: "tue-10"}, 60, 90, 60, 110)
	pictures := map[string]html.Block{}
	for _, s := range cadence.View(x, cadence.Options{Name: "weekly"}).Sections {
		if len(s.Pictures) == 1 {
			pictures[s.Name] = s.Pictures[0]
		}
	}
	weeks, ok := pictures["weeks"].(*html.Curves)
	if !ok || len(weeks.Curves) != 1 {
		t.Fatalf("the weeks have no curve: %v", pictures)
	}
	var got []string
	for _, p := range weeks.Curves[0].Points {
		got = append(got, fmt.Sprintf("%s %.0f", p.XText, p.Y))
		if p.Low > p.Y || p.High < p.Y {
			t.Errorf("%s: %v lies outside of its interval", p.XText, p.Y)
		}
	}
	if s := strings.Join(got, ", "); s != "2026-W02 10, 2026-W03 100, 2026-W04 10" {
		t.Errorf("the weeks are %s", s)
	}
	heat, ok := pictures["hours-answer"].(*html.Heat)
	if !ok || heat.Cells[1][10].Value != 0.6 || !math.IsNaN(heat.Cells[1][11].Value) || heat.Cells[1][11].Text != "–" {
		t.Errorf("Tuesday at ten is not 60 %% late, or an hour without clocks has a share: %+v", heat)
	}
	// Two months are no curve.
	x = year(59)
	add(x, outcome.BreachRate, outcome.Labels{Metric: "answer"}, 65, 605, 65, 605)
	for _, s := range cadence.View(x, cadence.Options{Name: "monthly"}).Sections {
		if len(s.Pictures) > 0 {
			t.Errorf("%s has a picture of two months", s.Name)
		}
	}
}
