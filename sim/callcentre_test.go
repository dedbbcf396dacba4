package sim_test

import (
	"math"
	"slices"
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

// published are the results of SSJ over 10,000 days, with 90 % intervals and the
// last digit that is printed. A short wait is one below 20 s, whether it ended with an
// agent or not; a lost caller's wait ended with his patience.
var published = [...]struct {
	name                    string
	mean, half, digit, bite float64
}{
	{"calls a day", 1660.4, 1.55, 0.1, 5},
	{"wait per expected call", 4.713, 0.033, 0.001, 0.08},
	{"short waits per expected call", 0.925, 0.0006, 0.001, 0.002},
	{"lost per expected call", 0.020, 0.00011, 0.001, 0.0003},
}

func TestTheCallCentreDayIsThatOfLEcuyerAndBuist(t *testing.T) {
	t.Parallel()
	const days = 2000
	const q90, q999 = 1.645, 3.29 // of the normal distribution, both sides
	for i, ours := range simulateDays(t, callCentre(), days) {
		p := published[i]
		half := q90 * ours.deviation() / math.Sqrt(days)
		apart, joint := math.Abs(ours.mean()-p.mean), q999/q90*math.Hypot(half, p.half)+p.digit/2
		t.Logf("%s: %.5g ± %.2g, published %.5g ± %.2g", p.name, ours.mean(), half, p.mean, p.half)
		if !(apart <= joint) {
			t.Errorf("%s: %.5g, published %.5g, apart by more than %.2g", p.name, ours.mean(), p.mean, joint)
		}
		if !(half <= p.bite) {
			t.Errorf("%s: the half-width %.2g does not bite", p.name, half)
		}
		// It is also printed by how much days differ in the share that is lost.
		if spread := ours.deviation(); i == 3 && math.Abs(spread/0.0067-1) > 0.1 {
			t.Errorf("%s: standard deviation %.3g, published 0.0067", p.name, spread)
		}
	}
}

// simulateDays runs days of the call centre, each a replication, under the laws
// now and then, and returns what is published of each.
func simulateDays(t *testing.T, s *model.Scenario, days int) (out [len(published)]sample) {
	t.Helper()
	for day := range 5 {
		trial(t, s, day)
	}
	simulation, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	catalog := simulation.Catalog()
	find := func(name string, labels outcome.Labels) int {
		i := slices.IndexFunc(catalog.Measures, func(m outcome.Measure) bool { return m.Name == name && m.Labels == labels })
		if i < 0 {
			t.Fatalf("no measure %s %v", name, labels)
		}
		return i
	}
	arrived, wait, lost, open := find(outcome.Arrived, all), find(outcome.Wait, all), find(outcome.Abandoned, all), find(outcome.Open, all)
	// Who gives up within 20 s has no clock, so breaches are the long waits.
	long := find(outcome.BreachRate, answer)
	run, w := catalog.NewRun(), simulation.Worker()
	for day := range days {
		w.Run(s.Run.Seed, day, run)
		if run.Num[open] > 0 {
			t.Fatalf("on day %d %v calls are left at the end", day, run.Num[open])
		}
		for i, x := range [...]float64{
			run.Num[arrived], run.Num[wait] / callsPerDay,
			(run.Num[arrived] - run.Num[long]) / callsPerDay, run.Num[lost] / callsPerDay,
		} {
			out[i].xs = append(out[i].xs, x)
		}
	}
	return out
}
