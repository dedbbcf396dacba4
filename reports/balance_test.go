package reports_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/internal/inspect"
)

// drawnIn is the sample outcome with 60 replications of a wait of which sets of five take the spread, as
// far as they do.
func drawnIn(balance string, set int, noise float64) *outcome.Experiment {
	x := quick()
	random := rand.New(rand.NewPCG(6, 6))
	x.Replications = 60
	x.Drawn(balance, set)
	kept := x.Measures[:0]
	for _, m := range x.Measures {
		if m.Name != outcome.Wait || m.Labels != (outcome.Labels{}) {
			continue
		}
		m.Num, m.Den = nil, nil
		for range 60 / set {
			for _, k := range random.Perm(set) {
				m.Num = append(m.Num, 100*(float64(k)+random.Float64())/float64(set)+noise*random.NormFloat64())
				m.Den = append(m.Den, 1)
			}
		}
		m.Estimate = x.Ratio(m.Num, m.Den, 0.95)
		kept = append(kept, m)
	}
	x.Measures = kept
	return x
}

func TestSummarySaysWhatABalanceBuys(t *testing.T) {
	t.Parallel()
	text := inspect.Flat(inspect.Plain(summary(t, drawnIn("days", 5, 0), document.Options{})))
	for _, want := range []string{
		"Busy and calm days come equally often in every 5 replications (stratified). Intervals are as narrow as from ",
		") as many replications drawn one by one for the wait in the queue.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "does not pay") {
		t.Error("it pays, and the report says that it does not")
	}
	text = inspect.Flat(inspect.Plain(summary(t, drawnIn("mirrored", 2, 900), document.Options{})))
	for _, want := range []string{"Every second replication is busy where the one before is calm (antithetic).", "Here it does not pay."} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	x := drawnIn("", 1, 0)
	x.Control = "arrivals"
	if text = inspect.Flat(inspect.Plain(summary(t, x, document.Options{}))); !strings.Contains(text, "With the correction by arrivals intervals are as narrow as from about 1.0 times as many replications drawn one by one for the wait in the queue. Here it does not pay.") {
		t.Errorf("a control that corrects nothing:\n%s", text)
	}
	x.Control = ""
	if text = summary(t, x, document.Options{}); strings.Contains(text, "narrow") {
		t.Errorf("nothing is balanced or corrected:\n%s", text)
	}
}
