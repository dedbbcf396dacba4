package experiment_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// Exceptions change what is made of a trial, and nothing of the trial itself.
func TestExceptionsAddMeasuresAndChangeNone(t *testing.T) {
	t.Parallel()
	without := small()
	with := small()
	with.Exceptions = []model.Exception{{
		Name: "outage", Reason: "outage of the provider", ApprovedBy: "J. Doe",
		From: with.Time.Warmup, Until: with.Time.Length, Match: sla.Match{Channels: []ticket.Channel{0}},
	}}
	a, b := mustRun(t, without, experiment.Options{}), mustRun(t, with, experiment.Options{})
	want := []outcome.Exception{{
		Name: "outage", Reason: "outage of the provider", ApprovedBy: "J. Doe",
		From: with.Time.Warmup, Until: with.Time.Length, Affects: "channel " + with.Names.Channels[0], Do: "exclude",
	}}
	if diff := cmp.Diff(want, b.Scenario.Exceptions); diff != "" {
		t.Errorf("the birth certificate (-want +got):\n%s", diff)
	}
	if len(a.Scenario.Exceptions) != 0 {
		t.Errorf("exceptions out of nothing: %v", a.Scenario.Exceptions)
	}
	for i := range a.Measures {
		m := &a.Measures[i]
		same, ok := b.Measure(m.Name, m.Labels)
		if !ok || !cmp.Equal(m.Num, same.Num) || !cmp.Equal(m.Den, same.Den) {
			t.Fatalf("%s is another with exceptions", m.Describe())
		}
	}
	if len(b.Measures) <= len(a.Measures) {
		t.Error("nothing is measured of the exceptions")
	}
	// All tickets are excluded, and there is only one channel.
	excluded, ok := b.Measure(outcome.Excluded, outcome.Labels{Metric: "first_reply"})
	clocks, ok2 := b.Measure(outcome.Clocks, outcome.Labels{Metric: "first_reply"})
	if !ok || !ok2 || !cmp.Equal(excluded.Num, clocks.Num) || excluded.Num[0] < 10 {
		t.Errorf("%v of %v clocks are excluded", excluded, clocks)
	}
}
