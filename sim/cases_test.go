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

// queue states a textbook queue: Poisson arrivals of some classes, one team that
// is always there, one touch per ticket. Times are in minutes.
type queue struct {
	agents   int
	classes  []load // highest priority first
	patience dist.Dist
	order    model.Order
	length   time.Duration
	warmup   time.Duration
	interval time.Duration
	within   time.Duration // a promise to answer within it, if not 0
	spikes   []demand.Spike
}

// load is one class of customers.
type load struct {
	perMinute float64
	handle    dist.Dist // minutes
}

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// scenario is the queue in Headroom's own terms.
func (q queue) scenario() *model.Scenario {
	s := &model.Scenario{
		Name:      "queue",
		Time:      model.Time{Start: monday, Length: q.length, Warmup: q.warmup, Interval: q.interval},
		Run:       model.Run{Seed: 1, Min: 1, Max: 1},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Channels:  []work.Channel{{Name: "phone", Concurrency: 1}},
		Routing:   model.Routing{Order: q.order},
		Teams: []staffing.Team{{
			Name: "team", Zone: time.UTC,
			Shifts: []staffing.Shift{{
				Name: "always", Heads: float64(q.agents), To: 1440,
				Days: [7]bool{true, true, true, true, true, true, true},
			}},
		}},
		Names: ticket.Names{Channels: []string{"phone"}, Tiers: []string{"customer"}, Teams: []string{"team"}},
	}
	if s.Time.Interval == 0 {
		s.Time.Interval = time.Hour
	}
	if !q.patience.IsZero() {
		s.Channels[0].Live = true
		s.Channels[0].Patience = q.patience.Scale(60)
	}
	stream := demand.Stream{Name: "calls", Tiers: []demand.TierShare{{Share: 1}}, Spikes: q.spikes}
	total := 0.0
	for _, c := range q.classes {
		total += c.perMinute
	}
	stream.Volume = demand.Volume{Count: total * 60, Per: demand.PerHour}
	for i, c := range q.classes {
		name := string(rune('a' + i))
		s.Names.Priorities = append(s.Names.Priorities, name)
		s.Names.Issues = append(s.Names.Issues, name)
		s.Issues = append(s.Issues, work.Issue{
			Name: name, Priority: ticket.Priority(i), Skill: ticket.NoSkill,
			Handle: c.handle.Scale(60), SolvedAtFirst: 1, SolvedLater: 1,
		})
		stream.Issues = append(stream.Issues, demand.IssueShare{Issue: ticket.Issue(i), Share: c.perMinute / total})
	}
	s.Streams = []demand.Stream{stream}
	if q.within > 0 {
		s.Channels[0].Live = true
		within := make([]time.Duration, len(q.classes))
		for i := range within {
			within[i] = q.within
		}
		s.SLA.Policies = []sla.Policy{{Name: "answer", Targets: []sla.Target{{Metric: sla.Answer, Within: within}}}}
	}
	return s
}

// unchecked runs replications of a scenario and merges them, in this goroutine.
func unchecked(t testing.TB, s *model.Scenario, seed uint64, n int) *outcome.Experiment {
	t.Helper()
	simulation, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	w := simulation.Worker()
	run := simulation.Catalog().NewRun()
	merger := outcome.NewMerger(simulation.Catalog(), 0.95)
	for i := range n {
		w.Run(seed, i, run)
		merger.Add(run)
	}
	x := new(outcome.Experiment)
	merger.Fill(x)
	return x
}

func value(t testing.TB, x *outcome.Experiment, name string, l outcome.Labels) *outcome.Measure {
	t.Helper()
	m, ok := x.Measure(name, l)
	if !ok {
		t.Fatalf("no measure %s %v", name, l)
	}
	return m
}

// z is the distance of an estimate from the exact value, in standard errors.
func z(m *outcome.Measure, exact float64) float64 {
	e := m.Estimate
	if e.Value == exact {
		return 0
	}
	return (e.Value - exact) / (e.HalfWidth() / student(e.N-1))
}

// student is the 0.975-quantile of the t distribution, by the expansion of Cornish
// and Fisher; from 19 degrees of freedom on right to four digits.
func student(freedom int) float64 {
	const q = 1.959963984540054
	n := float64(freedom)
	g1 := (q*q*q + q) / 4
	g2 := (5*math.Pow(q, 5) + 16*q*q*q + 3*q) / 96
	return q + g1/n + g2/(n*n)
}

func exponential(mean float64) dist.Dist { return dist.Must(dist.Exponential(mean)) }

// m1 is M/M/1 at ρ 0.9, as in package bench, to be changed by a test.
func m1(tickets float64) queue {
	return queue{
		agents: 1, classes: []load{{0.9, exponential(1)}},
		length: time.Duration(tickets/0.9) * time.Minute, interval: time.Hour,
	}
}
