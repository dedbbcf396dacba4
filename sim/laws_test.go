package sim_test

import (
	"testing"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/bench"
	"github.com/headroom-sim/headroom/sim/laws"
	"pgregory.net/rapid"
)

func TestLawsHoldInAllKindsOfScenarios(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	rapid.Check(t, func(r *rapid.T) {
		s := talkative(r)
		for replication := range 3 {
			steps := trial(r, s, replication).steps
			for i := range steps {
				note(seen, &steps[i])
			}
		}
	})
	// What never happens proves nothing.
	for _, what := range []string{
		"created", "message", "started", "replied", "returned", "status", "abandoned", "done", "reclassified",
		"ends new", "ends open", "ends pending", "ends solved", "ends closed",
		"handed off", "given back", "solved by others", "ends on-hold",
		"asks again", "asks apart", "tries again", "writes instead", "call promised", "reminder",
		"somebody waits", "somebody is over his time", "somebody is late",
		"somebody is sick", "a place is vacant", "somebody is not there for overtime", "somebody is on call", "somebody is called",
	} {
		if seen[what] == 0 {
			t.Errorf("never: %s", what)
		}
	}
}

func note(seen map[string]int, s *step) {
	seen[s.What]++
	if n := s.Staff; s.What == "staff" {
		for what, number := range map[string]int32{
			"somebody is sick": n.Sick, "a place is vacant": n.Vacant, "somebody is not there for overtime": n.Missed,
			"somebody is on call": n.Standby, "somebody is called": n.Called,
		} {
			if number > 0 {
				seen[what]++
			}
		}
	}
	if s.What == "assigned" && s.Away {
		seen["handed off"]++
	}
	switch {
	case s.What == "note" && s.Rung < 0:
		seen["given back"]++
	case s.What == "replied" && s.Away:
		seen["solved by others"]++
	case s.What == "done":
		seen["ends "+s.Status.String()]++
	case s.What == "waiting" && s.Waiting > 0:
		seen["somebody waits"]++
	case s.What == "staff" && s.Staff.Over > 0:
		seen["somebody is over his time"]++
		if s.Staff.Late > 0 {
			seen["somebody is late"]++
		}
	}
}

// The benchmark's desk, and a textbook queue in each order, for longer.
func TestLawsHoldOnBusyDesks(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name     string
		scenario *model.Scenario
	}{
		{"one agent nearly always busy", bench.M1().Scenario(5000)},
		{"fifty agents, three classes, impatient customers", bench.M2().Scenario(20_000)},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := row.scenario
			simulation, err := sim.New(s)
			if err != nil {
				t.Fatal(err)
			}
			run := simulation.Catalog().NewRun()
			l, w := laws.New(s, simulation.Layout()), simulation.Worker()
			for replication := range 2 {
				l.Reset()
				w.Run(9, replication, run, l)
				if err := l.Check(simulation.Catalog(), run); err != nil {
					t.Errorf("replication %d: %v", replication, err)
				}
			}
			for i, m := range simulation.Catalog().Measures {
				if m.Name == outcome.Arrived && m.Labels == all && run.Num[i] < 4000 {
					t.Errorf("only %v tickets", run.Num[i])
				}
			}
		})
	}
}
