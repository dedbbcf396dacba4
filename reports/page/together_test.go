package page_test

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/internal/sample"
	"github.com/headroom-sim/headroom/reports/page"
)

func TestWaitsCreditsAndCostsOfScenariosLieOverOneAnother(t *testing.T) {
	t.Parallel()
	xs := []*outcome.Experiment{
		withWaits(sample.Experiment(sample.Options{Replications: 12, Name: "few", Days: 14})),
		withWaits(sample.Experiment(sample.Options{Replications: 12, Name: "many", Days: 14, Staff: 1.5})),
	}
	var b bytes.Buffer
	if err := page.Comparison(&b, compared(t, xs...), xs); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	figures, titles := figuresOf(t, text)
	waits, credits := 0, 0
	for i, f := range figures {
		if len(f.Lines) != 2 || f.Lines[0].Name != "few" || f.Lines[1].Name != "many" {
			continue // it is of one scenario
		}
		metric, wait := strings.CutPrefix(titles[i], "Time until the ")
		contract, credit := strings.CutPrefix(titles[i], "Service credits of ")
		for k, x := range xs {
			for at, v := range f.Lines[k].V {
				switch {
				case v == nil:
				case wait:
					waits++
					w := x.Waits[slices.IndexFunc(x.Waits, func(w outcome.Waits) bool {
						return w.Labels == outcome.Labels{Metric: strings.ReplaceAll(metric, " ", "_")}
					})]
					if want := 100 * longer(&w, math.Round(math.Pow(10, f.X[at]))); math.Abs(*v-want) > 0.01 {
						t.Errorf("%s, %s, after %s: %v, want %v", titles[i], x.Scenario.Name, f.XT[at], *v, want)
					}
				case credit:
					credits++
					m, _ := x.Measure(outcome.Credit, outcome.Labels{Contract: contract})
					above := 0.0
					for r := range m.Num {
						if m.Num[r]/m.Den[r] > f.X[at]+0.01 { // amounts on the page have cents at most
							above++
						}
					}
					if want := 100 * above / float64(len(m.Num)); math.Abs(*v-want) > 0.01 {
						t.Errorf("%s, %s, above %s: %v, want %v", titles[i], x.Scenario.Name, f.XT[at], *v, want)
					}
				}
			}
		}
	}
	if waits < 50 || credits < 4 {
		t.Errorf("%d points of waits and %d of credits were checked", waits, credits)
	}
	costs := 0
	for _, g := range gridsOf(text) {
		if !strings.HasPrefix(g[0][0], "cost") || g[1][0] != "few" {
			continue
		}
		for k, x := range xs {
			m, _ := x.Measure(outcome.Cost, outcome.Labels{})
			row := g[k+1]
			if want := format.Estimate(m.Estimate, m.Unit); row[0] != x.Scenario.Name || row[len(row)-1] != want {
				t.Errorf("%q, want %s at %s", row, x.Scenario.Name, want)
			}
			costs++
		}
	}
	if costs != len(xs) {
		t.Errorf("%d costs stand beside one another", costs)
	}
}
