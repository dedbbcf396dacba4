package page_test

import (
	"bytes"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"github.com/headroom-sim/headroom/reports/page"
	"github.com/headroom-sim/headroom/reports/sweeps"
)

// launch is a sweep of a spike's factor for two rosters, made up.
func launch() *outcome.Sweep {
	s := &outcome.Sweep{
		Format: outcome.SweepFormat, Version: outcome.SweepVersion, Tool: "headroom test", Scenario: "launch", Title: "A launch", Digest: "0123456789abcdef", Seed: 7,
		Axes: []outcome.Axis{
			{Path: "spikes.launch.factor", Values: []string{"1", "2", "3"}, Numbers: []float64{1, 2, 3}},
			{Path: "teams.desk.shifts.day.heads", Values: []string{"20", "25"}, Numbers: []float64{20, 25}},
		},
		Goal: &outcome.Goal{
			Expectation: outcome.Expectation{Measure: "breach_rate(first_reply)", Relation: outcome.Below, Bound: 0.05, Unit: outcome.UnitShare}, Text: "breach_rate(first_reply) < 5%",
		},
	}
	for _, x := range s.Axes[0].Numbers {
		for _, h := range s.Axes[1].Numbers {
			rate := 0.4 * x * x / h
			s.Points = append(s.Points, outcome.Point{
				Values: []string{fmt.Sprint(x), fmt.Sprint(h)}, Numbers: []outcome.Float{outcome.Float(x), outcome.Float(h)}, N: 30,
				Results: []outcome.Result{
					{Name: outcome.BreachRate, Labels: outcome.Labels{Metric: "first_reply"}, Unit: outcome.UnitShare, Estimate: estimate.Estimate{Value: rate, Low: rate - 0.004, High: rate + 0.004, Level: 0.95, N: 30}},
					{Name: outcome.Recovery, Labels: outcome.Labels{Spike: "launch"}, Unit: outcome.UnitSeconds, Estimate: estimate.Estimate{Value: 9000 * x, Low: 8000 * x, High: 10000 * x, Level: 0.95, N: 30}},
				},
			})
		}
	}
	s.Breaks = s.BreakPoints()
	return s
}

func TestTheCurvesOfASweepAreItsPoints(t *testing.T) {
	t.Parallel()
	s := launch()
	var b bytes.Buffer
	if err := page.Sweep(&b, s); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	golden.Text(t, filepath.Join("testdata", "sweep.txt"), []byte(outline(t, text)), *update)
	checkMarkup(t, text)
	if !strings.Contains(text, strings.ReplaceAll(sweeps.Parts(s).Verdict, "<", "&lt;")) {
		t.Errorf("the verdict is not on the page")
	}
	figures, titles := figuresOf(t, text)
	if len(figures) < 2 {
		t.Fatalf("figures %q", titles)
	}
	for k, measure := range []string{outcome.BreachRate, outcome.Recovery} {
		for line, heads := range []float64{20, 25} {
			for i, x := range s.Axes[0].Numbers {
				for p := range s.Points {
					if point := &s.Points[p]; float64(point.Numbers[0]) == x && float64(point.Numbers[1]) == heads {
						r := point.Results[k]
						if r.Name != measure {
							t.Fatal(r.Name)
						}
						if got, want := figures[k].Lines[line].T[i], format.Estimate(r.Estimate, r.Unit); got != want {
							t.Errorf("%s, %s at %v: %q, want %q", titles[k], figures[k].Lines[line].Name, x, got, want)
						}
					}
				}
			}
		}
	}
}

// Every number in the tables of a sweep is that of its point, or of its break.
func TestTheTablesOfASweepAreItsPointsAndBreaks(t *testing.T) {
	t.Parallel()
	s := launch()
	var b bytes.Buffer
	if err := page.Sweep(&b, s); err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, g := range gridsOf(b.String()) {
		measure := -1
		switch {
		case strings.HasPrefix(g[0][0], "breach_rate(first_reply) by "):
			measure = 0
		case strings.HasPrefix(g[0][0], "recovery after launch by "):
			measure = 1
		case g[0][0] == "day heads" && len(g[0]) > 3:
			for i, row := range g[1:] {
				k := &s.Breaks[i]
				want := []string{k.Others[1], k.Holds, edge(k.At), edge(k.Low) + "–" + edge(k.High), format.Estimate(k.Recovery, outcome.UnitSeconds)}
				if edge(k.Low) == edge(k.High) {
					want[3] = edge(k.Low)
				}
				for c := range row {
					checked++
					if row[c] != want[c] && (want[c] != "" || row[c] != format.Missing) {
						t.Errorf("break %d, %s: %q, want %q", i, g[0][c], row[c], want[c])
					}
				}
			}
			continue
		default:
			continue
		}
		for _, row := range g[1:] {
			for c, head := range g[0][1:] {
				for p := range s.Points {
					if point := &s.Points[p]; point.Values[0] == row[0] && "day heads "+point.Values[1] == head {
						checked++
						if r := point.Results[measure]; row[c+1] != format.Estimate(r.Estimate, r.Unit) {
							t.Errorf("%s, factor %s, %s: %q, want %q", g[0][0], row[0], head, row[c+1], format.Estimate(r.Estimate, r.Unit))
						}
					}
				}
			}
		}
	}
	if want := 2*len(s.Points) + 5*len(s.Breaks); checked != want {
		t.Errorf("%d numbers were checked, want %d", checked, want)
	}
}

// edge writes where a target breaks; one that lies beyond what was tried is infinite.
func edge(x outcome.Edge) string {
	switch v := float64(x); {
	case math.IsInf(v, 1):
		return ">3"
	case math.IsInf(v, -1):
		return "<1"
	default:
		return format.Decimal(v, 1)
	}
}

func TestTheMapOfASweepIsItsPoints(t *testing.T) {
	t.Parallel()
	s := launch()
	var b bytes.Buffer
	if err := page.Sweep(&b, s); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	checked := 0
	for _, g := range gridsOf(text) {
		if !strings.Contains(g[0][0], " \\ ") {
			continue
		}
		for _, row := range g[1:] {
			for k, head := range g[0][1:] {
				for p := range s.Points {
					if point := &s.Points[p]; point.Values[1] == row[0] && point.Values[0] == head {
						r := point.Results[0]
						checked++
						if want := format.Estimate(r.Estimate, r.Unit); row[k+1] != want {
							t.Errorf("factor %s, heads %s: %q, want %q", head, row[0], row[k+1], want)
						}
						// What the picture says to a screen reader, with the target.
						title := "heads " + row[0] + ", launch factor " + head + ": " + format.Estimate(r.Estimate, r.Unit)
						if kept := strings.Contains(text, title+", target kept"); kept != (r.Estimate.High < s.Goal.Bound) || !strings.Contains(text, title) {
							t.Errorf("%q is said to be kept: %v", title, kept)
						}
					}
				}
			}
		}
	}
	if checked != len(s.Points) {
		t.Errorf("%d cells, want %d", checked, len(s.Points))
	}
}
