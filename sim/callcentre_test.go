package sim_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim"
)

// callsPerDay is what a day is expected to bring: the published means are daily
// sums over this number, not over the calls that came.
const callsPerDay = 1660

// callCentre is the day of the example CallCenter of SSJ (L'Ecuyer and Buist
// 2005, "Simulation in Java with SSJ"). It opens at eight for thirteen hours with 4 6 8
// 8 8 7 8 8 6 6 4 4 4 agents. Whoever goes finishes the call in hand; the last four
// stay until the queue is empty, for which two hours are always enough.
func callCentre() *model.Scenario {
	hours := make([]float64, 24)
	copy(hours[8:], []float64{100, 150, 150, 180, 200, 150, 150, 150, 120, 100, 80, 70, 60})
	shift := func(name string, heads float64, from, to int) staffing.Shift {
		return staffing.Shift{Name: name, Heads: heads, Days: everyDay, From: from * 60, To: to * 60}
	}
	middle := shift("middle", 1, 10, 16)
	middle.Breaks = []staffing.Break{{At: 13 * 60, Minutes: 60}}
	return &model.Scenario{
		Name:      "call-centre-day",
		Time:      model.Time{Start: monday.Add(8 * time.Hour), Length: 15 * time.Hour, Interval: time.Hour},
		Run:       model.Run{Seed: 1, Min: 1, Max: 1},
		Names:     ticket.Names{Channels: []string{"phone"}, Issues: []string{"call"}, Tiers: []string{"customer"}, Priorities: []string{"normal"}, Teams: []string{"agents"}},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Channels: []work.Channel{{
			Name: "phone", Live: true, Concurrency: 1, ShortAbandon: 20 * time.Second,
			Patience: dist.Must(dist.Mixture(
				dist.Part{Weight: 0.1, Dist: dist.Must(dist.Constant(0))},
				dist.Part{Weight: 0.9, Dist: exponential(1000)})),
		}},
		Issues: []work.Issue{{Name: "call", Skill: ticket.NoSkill, Handle: exponential(100), SolvedAtFirst: 1, SolvedLater: 1}},
		Streams: []demand.Stream{{
			Name: "calls", Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Share: 1}},
			Volume: demand.Volume{Count: callsPerDay, Per: demand.PerDay}, Profile: demand.Profile{Hours: hours},
			Busyness: 0.05, // a gamma of shape 400
		}},
		Teams: []staffing.Team{{Name: "agents", Zone: time.UTC, Shifts: []staffing.Shift{
			shift("all-day", 4, 8, 23), shift("nine-to-six", 2, 9, 18), shift("ten-to-four", 1, 10, 16), middle,
		}}},
		SLA: sla.Rules{Policies: []sla.Policy{{Name: "answer", Targets: []sla.Target{
			{Metric: sla.Answer, Within: []time.Duration{20 * time.Second}, Share: 0.8},
		}}}},
	}
}

func TestZZ(t *testing.T) {
	s := callCentre()
	if p := s.Check(); len(p) > 0 {
		t.Fatal(p)
	}
	simulation, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	c := simulation.Catalog()
	run, w := c.NewRun(), simulation.Worker()
	var xs [4]sample
	for d := range 100000 {
		w.Run(1, d, run)
		get := func(name string, l outcome.Labels) float64 {
			for i, m := range c.Measures {
				if m.Name == name && m.Labels == l {
					return run.Num[i]
				}
			}
			panic(name)
		}
		arr := get(outcome.Arrived, all)
		xs[0].xs = append(xs[0].xs, arr)
		xs[1].xs = append(xs[1].xs, get(outcome.Wait, all)/callsPerDay)
		xs[2].xs = append(xs[2].xs, (arr-get(outcome.BreachRate, answer))/callsPerDay)
		xs[3].xs = append(xs[3].xs, get(outcome.Abandoned, all)/callsPerDay)
		if get(outcome.Open, all) > 0 {
			t.Fatal("open")
		}
	}
	for i := range xs {
		t.Logf("%v ± %v sd %v", xs[i].mean(), 1.645*xs[i].deviation()/math.Sqrt(100000), xs[i].deviation())
	}
}
