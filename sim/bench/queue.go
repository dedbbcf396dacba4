package bench

import (
	"math/rand/v2"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

// Queue is a queue of Poisson arrivals in classes, the most urgent first, for agents who are
// always there. The mean handling time is a minute, of an exponential distribution or
// of a lognormal one with coefficient of variation 1.
type Queue struct {
	Name      string
	Agents    int
	Rate      float64   // arrivals per minute
	Shares    []float64 // of the classes
	Lognormal bool
	Patience  float64 // mean of the exponential patience, minutes; 0: for ever
}

// M1 is M/M/1 at a load of 0.9: the mean wait is nine minutes.
func M1() Queue { return Queue{Name: "M1", Agents: 1, Rate: 0.9, Shares: []float64{1}} }

// M2 is a help desk: three classes by priority, 50 agents at a load of 0.95, lognormal
// handling times, impatient customers.
func M2() Queue {
	return Queue{Name: "M2", Agents: 50, Rate: 47.5, Shares: []float64{0.1, 0.3, 0.6}, Lognormal: true, Patience: 5}
}

// ByHand serves so many customers by the loop that is written for it, and returns the mean
// wait in minutes and the share that left.
func (q Queue) ByHand(seed uint64, customers int) (wait, left float64) {
	var shares [3]float64
	copy(shares[:], q.Shares)
	h := &loop{rng: rand.New(rand.NewPCG(1, seed))}
	return h.run(customers, q.Agents, q.Rate, shares, q.Lognormal, q.Patience)
}

// Scenario is the queue for the engine, long enough for so many tickets.
func (q Queue) Scenario(tickets float64) *model.Scenario {
	handle := dist.Must(dist.Exponential(60))
	if q.Lognormal {
		handle = dist.Must(dist.Lognormal(60, 1))
	}
	s := desk(q.Name, time.Duration(tickets/q.Rate)*time.Minute, q.Agents)
	s.Channels = []work.Channel{{Name: "phone", Concurrency: 1}}
	if q.Patience > 0 {
		s.Channels[0].Live, s.Channels[0].Patience = true, dist.Must(dist.Exponential(60*q.Patience))
	}
	s.Names.Channels = []string{"phone"}
	if len(q.Shares) > 1 {
		s.Routing.Order = model.Priority
	}
	stream := demand.Stream{
		Name: "calls", Tiers: []demand.TierShare{{Share: 1}},
		Volume: demand.Volume{Count: q.Rate * 60, Per: demand.PerHour},
	}
	for i, share := range q.Shares {
		name := string(rune('a' + i))
		s.Names.Priorities, s.Names.Issues = append(s.Names.Priorities, name), append(s.Names.Issues, name)
		s.Issues = append(s.Issues, work.Issue{
			Name: name, Priority: ticket.Priority(i), Skill: ticket.NoSkill, Handle: handle, SolvedAtFirst: 1, SolvedLater: 1,
		})
		stream.Issues = append(stream.Issues, demand.IssueShare{Issue: ticket.Issue(i), Share: share})
	}
	s.Streams = []demand.Stream{stream}
	return s
}

// desk is what all scenarios here have in common: one team that is always there.
func desk(name string, length time.Duration, heads int) *model.Scenario {
	return &model.Scenario{
		Name:      name,
		Time:      model.Time{Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Length: length, Interval: time.Hour},
		Run:       model.Run{Seed: 1, Min: 1, Max: 1},
		Names:     ticket.Names{Tiers: []string{"customer"}, Teams: []string{"team"}},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Teams: []staffing.Team{{
			Name: "team", Zone: time.UTC,
			Shifts: []staffing.Shift{{Name: "always", Heads: float64(heads), To: 24 * 60, Days: [7]bool{true, true, true, true, true, true, true}}},
		}},
	}
}
