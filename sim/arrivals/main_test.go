package arrivals_test

import (
	"flag"
	"math"
	"os"
	"testing"
	"time"
	_ "time/tzdata" // the tests must not depend on the machine's zones

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/rng"
)

// TestMain fixes the seed of the property tests, so that a run repeats the last
// one; -rapid.seed on the command line still tries another.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

const day = 24 * time.Hour

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// scenario has two channels, email and phone, of which the second is live; two
// issues; two tiers; and an account in the second.
func scenario(length time.Duration, streams ...demand.Stream) *model.Scenario {
	return &model.Scenario{
		Time:      model.Time{Start: monday, Length: length, Interval: time.Hour},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Channels: []work.Channel{
			{Name: "email", Concurrency: 1, Patience: dist.Must(dist.Constant(1))},
			{Name: "phone", Live: true, Concurrency: 1, Patience: dist.Must(dist.Exponential(180))},
		},
		Issues: []work.Issue{
			{
				Name: "question", Priority: 1, Skill: ticket.NoSkill, Handle: dist.Must(dist.Gamma(600, 0.5)), SolvedAtFirst: 0.6, SolvedLater: 0.75,
				Reply:  work.Reply{After: dist.Must(dist.Exponential(3600)), Never: 0.1, Close: 3 * day},
				Reopen: work.Reopen{Share: 0.2, After: dist.Must(dist.Exponential(7200))},
			},
			{Name: "outage", Skill: ticket.NoSkill, Handle: dist.Must(dist.Lognormal(900, 1)), SolvedAtFirst: 1, SolvedLater: 1},
		},
		Names: ticket.Names{
			Channels: []string{"email", "phone"}, Issues: []string{"question", "outage"},
			Tiers: []string{"basic", "gold"}, Priorities: []string{"high", "normal"}, Accounts: []string{"acme"},
		},
		Streams: streams,
	}
}

// stream brings so many tickets a day, half of them of each issue.
func stream(name string, perDay float64) demand.Stream {
	return demand.Stream{
		Name:   name,
		Issues: []demand.IssueShare{{Issue: 0, Share: 0.5}, {Issue: 1, Share: 0.5}},
		Tiers:  []demand.TierShare{{Tier: 0, Share: 0.7}, {Tier: 1, Share: 0.3}},
		Volume: demand.Volume{Count: perDay},
	}
}

func plan(t rapid.TB, s *model.Scenario) *arrivals.Plan {
	t.Helper()
	p, err := arrivals.NewPlan(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// draw is all tickets of a trial, source by source.
func draw(t rapid.TB, g *arrivals.Generator, sources int, seed, replication uint64) []arrivals.Ticket {
	t.Helper()
	g.Reset(rng.Key{Seed: seed, Replication: replication})
	var all []arrivals.Ticket
	for i := range sources {
		var a arrivals.Ticket
		last := time.Duration(0)
		for g.Next(i, &a) {
			if a.At < last {
				t.Fatalf("source %d goes back from %v to %v", i, last, a.At)
			}
			last = a.At
			all = append(all, a)
		}
	}
	return all
}

// drawn is all tickets of one trial of a scenario.
func drawn(t rapid.TB, s *model.Scenario, replication uint64) []arrivals.Ticket {
	t.Helper()
	p := plan(t, s)
	return draw(t, p.Generator(), p.Sources(), 42, replication)
}

// byID is the tickets by their ID, which must be unique.
func byID(t rapid.TB, list []arrivals.Ticket) map[ticket.ID]arrivals.Ticket {
	t.Helper()
	m := make(map[ticket.ID]arrivals.Ticket, len(list))
	for _, a := range list {
		if _, twice := m[a.ID]; twice {
			t.Fatalf("two tickets have the ID %x", a.ID)
		}
		m[a.ID] = a
	}
	return m
}

// near fails if an observation lies further than 4.5 standard errors from what
// is expected: one chance in 150,000, were the seed not fixed.
func near(t rapid.TB, what string, got, want, standardError float64) {
	t.Helper()
	if z := (got - want) / standardError; !(math.Abs(z) < 4.5) {
		t.Errorf("%s: %v, want %v; z %.2f", what, got, want, z)
	}
}
