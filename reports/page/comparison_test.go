package page_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"github.com/headroom-sim/headroom/reports/internal/sample"
	"github.com/headroom-sim/headroom/reports/page"
)

func compared(t *testing.T, xs ...*outcome.Experiment) *outcome.Comparison {
	t.Helper()
	c, err := outcome.Compare(xs, 0.95, func(string) dist.Source { return rand.NewPCG(1, 2) })
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAComparisonHasAVerdictForEachScenarioAndDifferences(t *testing.T) {
	t.Parallel()
	xs := []*outcome.Experiment{
		sample.Experiment(sample.Options{Replications: 12, Name: "few", Days: 14}),
		sample.Experiment(sample.Options{Replications: 12, Name: "many", Days: 14, Staff: 1.5}),
	}
	c := compared(t, xs...)
	var b bytes.Buffer
	if err := page.Comparison(&b, c, xs); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	golden.Text(t, filepath.Join("testdata", "comparison.txt"), []byte(outline(t, text)), *update)
	for _, want := range []string{"<h2>Difference</h2>", "<h2>few</h2>", "<h2>many</h2>", "<h3>few</h3>", "<h3>many</h3>"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not on the page", want)
		}
	}
	checked := 0
	for _, g := range gridsOf(text) {
		if len(g[0]) < 4 || g[0][3] != "difference" {
			continue
		}
		for _, row := range g[1:] {
			for i := range c.Rows {
				r := &c.Rows[i]
				if strings.TrimSuffix(row[0], ", USD") != r.Describe() {
					continue
				}
				checked++
				for k, want := range []string{format.Estimate(r.Values[0], r.Unit), format.Estimate(r.Values[1], r.Unit), format.Difference(r.Differences[0], r.Unit)} {
					if row[k+1] != want {
						t.Errorf("%s, %s: %q, want %q", row[0], g[0][k+1], row[k+1], want)
					}
				}
			}
		}
	}
	if checked < 20 {
		t.Errorf("%d rows were checked", checked)
	}
	if err := page.Comparison(&b, c, xs[:1]); err == nil {
		t.Error("a comparison with an outcome too few is a page")
	}
}

func TestAComparisonOfManyShowsThemTogetherOnly(t *testing.T) {
	t.Parallel()
	var xs []*outcome.Experiment
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		xs = append(xs, sample.Experiment(sample.Options{Replications: 3, Name: name, Days: 7}))
	}
	var b bytes.Buffer
	if err := page.Comparison(&b, compared(t, xs...), xs); err != nil {
		t.Fatal(err)
	}
	if text := b.String(); !strings.Contains(text, "too many to be shown one by one") || strings.Contains(text, "<h2>Occupancy</h2>") || !strings.Contains(text, "<h2>e</h2>") {
		t.Error("five scenarios are not shown together only")
	}
}

func TestScenariosLieOverOneAnotherInTime(t *testing.T) {
	t.Parallel()
	xs := []*outcome.Experiment{
		sample.Experiment(sample.Options{Replications: 6, Name: "few", Days: 14}),
		sample.Experiment(sample.Options{Replications: 6, Name: "many", Days: 14, Staff: 1.5}),
	}
	var b bytes.Buffer
	if err := page.Comparison(&b, compared(t, xs...), xs); err != nil {
		t.Fatal(err)
	}
	figures, titles := figuresOf(t, b.String())
	for title, want := range map[string]struct {
		name string
		l    outcome.Labels
	}{
		"Backlog":                  {outcome.SeriesBacklog, outcome.Labels{}},
		"Occupancy of front":       {outcome.SeriesOccupancy, outcome.Labels{Team: "front"}},
		"Agents on shift of night": {outcome.SeriesHeads, outcome.Labels{Team: "night"}},
	} {
		k := slices.Index(titles, title)
		if k < 0 {
			t.Errorf("no chart %q among %q", title, titles)
			continue
		}
		if len(figures[k].Lines) != len(xs) {
			t.Errorf("%s: %d lines", title, len(figures[k].Lines))
			continue
		}
		for i, x := range xs {
			line := figures[k].Lines[i]
			s := x.Series[slices.IndexFunc(x.Series, func(s outcome.Series) bool { return s.Name == want.name && s.Labels == want.l })]
			if line.Name != x.Scenario.Name || len(line.V) != len(s.Mean) {
				t.Errorf("%s: the line %q has %d numbers, want %q with %d", title, line.Name, len(line.V), x.Scenario.Name, len(s.Mean))
				continue
			}
			for at, v := range line.V {
				if w := number(float64(s.Mean[at]), s.Unit); v == nil && !math.IsNaN(w) || v != nil && *v != w {
					t.Errorf("%s, %s, interval %d: %v, want %v", title, line.Name, at, v, w)
					break
				}
			}
		}
	}
	checkDays(t, figures, titles, xs...)
}

// checkDays holds the chart of a metric by day against the outcomes, which are its lines.
func checkDays(t *testing.T, figures []figure, titles []string, xs ...*outcome.Experiment) {
	t.Helper()
	k := slices.Index(titles, "Breach rate of first reply by day")
	if k < 0 || len(figures[k].Lines) != len(xs) {
		t.Fatalf("no chart by day with a line for each of %d scenarios among %q", len(xs), titles)
	}
	for i, x := range xs {
		checkDayLine(t, x, "first_reply", &figures[k], i)
	}
}

// checkDayLine holds a line of a chart by day against the outcome.
func checkDayLine(t *testing.T, x *outcome.Experiment, metric string, f *figure, line int) {
	t.Helper()
	if len(f.XT) < 7 {
		t.Errorf("only %d days", len(f.XT))
	}
	for at, text := range f.XT {
		day, err := time.Parse("Mon 2 Jan 2006", text)
		if err != nil {
			t.Fatal(err)
		}
		m, ok := x.Measure(outcome.BreachByPeriod, outcome.Labels{Metric: metric, Period: day.Format(time.DateOnly)})
		if got := f.Lines[line].T[at]; !ok || got != format.Estimate(m.Estimate, m.Unit) {
			t.Errorf("%s, %s, %s: %q, want %q", x.Scenario.Name, metric, text, got, format.Estimate(m.Estimate, m.Unit))
		}
	}
}
