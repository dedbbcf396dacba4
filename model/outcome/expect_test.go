package outcome

import (
	"math"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/estimate"
)

func TestAnExpectationIsJudgedByTheWholeInterval(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		relation  Relation
		low, high float64 // the bound is 5
		want      Verdict
	}{
		{"wholly below", Below, 3, 4.9, ExpectationMet},
		{"up to the bound, which is not below", Below, 3, 5, ExpectationUndecided},
		{"across the bound", Below, 4, 6, ExpectationUndecided},
		{"from the bound on", Below, 5, 6, ExpectationMissed},
		{"at most, up to the bound", AtMost, 3, 5, ExpectationMet},
		{"at most, from the bound on", AtMost, 5, 6, ExpectationUndecided},
		{"at most, wholly above", AtMost, 5.1, 6, ExpectationMissed},
		{"wholly above", Above, 5.1, 6, ExpectationMet},
		{"above, from the bound on", Above, 5, 6, ExpectationUndecided},
		{"above, up to the bound", Above, 4, 5, ExpectationMissed},
		{"at least, from the bound on", AtLeast, 5, 6, ExpectationMet},
		{"at least, wholly below", AtLeast, 4, 4.9, ExpectationMissed},
		{"the same in all replications", AtLeast, 5, 5, ExpectationMet},
		{"without an interval", Below, math.NaN(), math.NaN(), ExpectationUndecided},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			x := Experiment{Measures: []Measure{{Name: Cost, Unit: UnitMoney, Estimate: estimate.Estimate{Value: (test.low + test.high) / 2, Low: test.low, High: test.high}}}}
			x.Judge([]Expectation{{Measure: Cost, Relation: test.relation, Bound: 5, Unit: UnitMoney}})
			if got := x.Findings[0].Verdict; got != test.want {
				t.Errorf("cost in [%v, %v] %s 5 is %s, want %s", test.low, test.high, test.relation, got, test.want)
			}
		})
	}
}

func TestExpectationsFitWhatIsMeasured(t *testing.T) {
	t.Parallel()
	c := &Catalog{Measures: []Measure{
		{Name: BreachRate, Labels: Labels{Metric: "first_reply", Tier: "gold"}, Unit: UnitShare},
		{Name: BacklogPeak, Unit: UnitTickets},
	}}
	tests := []struct {
		name    string
		measure string
		unit    Unit
		problem string
	}{
		{"a share", "breach_rate(first_reply, tier=gold)", UnitShare, ""},
		{"a number of tickets", "backlog_peak", "", ""},
		{"a share without %", "breach_rate(first_reply, tier=gold)", "", "the bound is a bare number"},
		{"tickets in seconds", "backlog_peak", UnitSeconds, "the bound is s"},
		{"what is not measured", "breach_rate(first_reply, tier=silver)", UnitShare, "not measured"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			e := Expectation{Measure: test.measure, Unit: test.unit}
			switch err := e.Fits(c); {
			case err == nil && test.problem != "":
				t.Errorf("it fits, want %q", test.problem)
			case err != nil && (test.problem == "" || !strings.Contains(err.Error(), test.problem)):
				t.Errorf("got %v, want %q", err, test.problem)
			}
		})
	}
}
