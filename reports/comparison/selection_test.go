package comparison_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/comparison"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/internal/golden"
)

// choice is a selection of the cheapest of four rosters.
func choice() *outcome.Selection {
	s := &outcome.Selection{
		Measure: "cost", Unit: outcome.UnitMoney, Currency: "USD", Smallest: true, Indifference: 500, Confidence: 0.95, Sure: 0.95,
		Seed: 7, Trials: 160, Best: 1, Level: 0.95, JointLevel: 1 - 0.05/3,
		Warnings: []outcome.Warning{{Text: "d covers another stretch of time than a."}},
	}
	values := []float64{91_000, 80_000, 80_100, 83_000}
	for i, name := range []string{"a", "b", "c", "d"} {
		s.Add(name, strings.Repeat(name, 64))
		k := &s.Candidates[i]
		k.Replications = []int{20, 50, 50, 40}[i]
		k.Value = estimate.Estimate{Value: values[i], Low: values[i] - 300, High: values[i] + 300, Level: 0.95, N: k.Replications}
		gap := values[i] - values[1]
		k.Gap = estimate.Difference{
			Estimate:      estimate.Estimate{Value: gap, Low: gap - 150, High: gap + 150, Level: s.JointLevel, N: k.Replications},
			VarianceRatio: 0.25,
		}
	}
	s.Candidates[0].DroppedFor, s.Candidates[3].DroppedFor = "b", "c"
	return s
}

func TestSelection(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := comparison.Selection(&b, choice(), document.Options{Width: 110}); err != nil {
		t.Fatal(err)
	}
	golden.Text(t, "testdata/selection.txt", b.Bytes(), *update)
	for _, part := range []string{
		"b has the smallest cost. If it is the best by 500 USD or more, it is chosen with a probability of 95 % at least. c is as good as equal.",
		"dropped for b", "as good as equal", "+11 000 ± 150", "4.0x", "98.33 %",
	} {
		if text := strings.Join(strings.Fields(b.String()), " "); !strings.Contains(text, strings.Join(strings.Fields(part), " ")) {
			t.Errorf("%q is not in\n%s", part, b.String())
		}
	}
}

func TestVerdictsOfASelection(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		change func(s *outcome.Selection)
		want   string
	}{
		{"interrupted", func(s *outcome.Selection) { s.Sure, s.Interrupted = 0, true },
			"Interrupted after 160\u202ftrials, before a choice: so far b is ahead with the smallest cost, and c is not out yet. Nothing is guaranteed."},
		{"undecided", func(s *outcome.Selection) { s.Sure = 0 }, "There is no choice yet: b is ahead"},
		{"with a budget", func(s *outcome.Selection) { s.Budget, s.Sure = 160, 0.8 }, "The chance that it is the best is about 80"},
		{"an approximation is no certainty", func(s *outcome.Selection) { s.Budget, s.Sure = 160, 1 }, "is 99\u202f% or more. c is as good"},
		{"the largest", func(s *outcome.Selection) { s.Smallest = false }, "b has the largest cost"},
		{"shares", func(s *outcome.Selection) { s.Unit, s.Indifference = outcome.UnitShare, 0.005 }, "by 0.50\u202fpp or more"},
	} {
		s := choice()
		row.change(s)
		var b bytes.Buffer
		if err := comparison.Selection(&b, s, document.Options{}); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); !strings.Contains(got, row.want) {
			t.Errorf("%s: want %q in\n%s", row.name, row.want, got)
		}
	}
}
