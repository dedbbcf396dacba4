package page_test

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

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
