package experiment_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// What was planned, counted by hand: from Monday noon until Thursday begins eight people have 8 + 12 + 12 hours by
// day, and two and a half 12 + 12 + 4 by night.
func TestAnOutcomeSaysWhatWasPlanned(t *testing.T) {
	t.Parallel()
	s := small()
	s.Run.Min, s.Run.Max = 2, 2
	x := mustRun(t, s, experiment.Options{})
	want := []outcome.TeamPlan{{
		Name: "front", Shrinkage: 0.3, PaidHours: 256 + 70,
		Shifts: []outcome.ShiftPlan{
			{Name: "day", Heads: 8, When: "Mon–Fri 08:00–20:00", PaidHours: 256},
			{Name: "night", Heads: 2.5, When: "Mon–Fri 20:00–08:00", PaidHours: 70},
		},
	}}
	p := x.Scenario.Plan
	if diff := cmp.Diff(want, p.Teams); diff != "" {
		t.Error(diff)
	}
	// Two and a half days of 200, and a spike that brings 2.5 times as many more for an hour up, two on top and an hour down.
	tickets := 200*2.5 + 200./24*2.5*3
	if len(p.Streams) != 1 || p.Streams[0].Name != "mail" || math.Abs(p.Streams[0].Tickets-tickets) > 0.5 || p.Routing != "earliest_due" {
		t.Errorf("%+v, want %.1f tickets", p, tickets)
	}
}
