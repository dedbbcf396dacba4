package reports_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/internal/golden"
)

// mondayMorning is an outcome of a desk that starts with open tickets.
func mondayMorning(unanswered, left float64) *outcome.Experiment {
	x := &outcome.Experiment{Tool: "headroom", Seed: 7, Replications: 30, Stopped: "as many as asked for"}
	x.Scenario = outcome.Scenario{
		Name: "monday", Zone: "UTC", Start: time.Date(2026, 11, 16, 8, 0, 0, 0, time.UTC), Length: 7 * 24 * time.Hour,
		Channels: []string{"email"}, Tiers: []string{"gold"}, Priorities: []string{"normal"},
	}
	add := func(name string, l outcome.Labels, unit outcome.Unit, value, half float64) {
		x.Measures = append(x.Measures, outcome.Measure{
			Name: name, Labels: l, Unit: unit,
			Estimate: estimate.Estimate{Value: value, Low: value - half, High: value + half, Level: 0.95, N: 30},
		})
	}
	none, reply := outcome.Labels{}, outcome.Labels{Metric: "first_reply"}
	add(outcome.BreachRate, reply, outcome.UnitShare, 0.02, 0.001)
	add(outcome.OpenAtStart, none, outcome.UnitTickets, 420, 0)
	add(outcome.LateAtStart, none, outcome.UnitTickets, 36.8, 1.2)
	add(outcome.LateAtStart, reply, outcome.UnitClocks, 21.3, 1)
	add(outcome.LateSinceStart, reply, outcome.UnitShare, 0.12, 0.01)
	add(outcome.UndecidedSinceStart, reply, outcome.UnitClocks, 2, 0.5)
	add(outcome.BacklogCleared, none, outcome.UnitShare, 0.96, 0.01)
	add(outcome.BacklogAnsweredAfter, none, outcome.UnitSeconds, 30600, 1800)
	add(outcome.BacklogUnanswered, none, outcome.UnitShare, unanswered, 0)
	add(outcome.BacklogMostlyAfter, none, outcome.UnitSeconds, 4*86400, 7200)
	add(outcome.BacklogMostlyLeft, none, outcome.UnitShare, 0.1, 0)
	add(outcome.BacklogClearedAfter, none, outcome.UnitSeconds, 7*86400, 0)
	add(outcome.BacklogLeft, none, outcome.UnitShare, left, 0)
	return x
}

func TestWhatTheDeskStartsWithIsShown(t *testing.T) {
	t.Parallel()
	got := summary(t, mondayMorning(0, 1), document.Options{Width: 150})
	golden.Text(t, filepath.Join("testdata", "backlog.txt"), []byte(got), *update)
	for _, want := range []string{
		"starts with 420 open tickets, 37 late already",
		"What waits for an agent at the start is answered by Mon 16 Nov 16:30 (after 8.5\u202fh ± 0.5).",
		"Fri 20 Nov 08:00",
		"Not so at the end in 10\u202f% of the replications, which count with the whole time: a lower bound.",
		"So in 100\u202f% of the replications.",
		"Without 2 clocks still open at the end and not yet due.",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("not said: %s", want)
		}
	}
	if late := summary(t, mondayMorning(0.9, 1), document.Options{Width: 150}); !strings.Contains(late, "What waits for an agent at the start is not answered by the end.") {
		t.Error("it is not said that it is not answered")
	}
	empty := mondayMorning(0, 0)
	empty.Measures = empty.Measures[:1]
	if text := summary(t, empty, document.Options{Width: 150}); strings.Contains(text, "start") {
		t.Errorf("an empty start is told:\n%s", text)
	}
}
