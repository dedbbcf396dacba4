package causes_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/elapsed"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/causes"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/rng"
)

const (
	urgent, normal = ticket.Priority(0), ticket.Priority(1)
	question       = ticket.Issue(0)
	invoice        = ticket.Issue(1) // takes the skill billing
)

// office is a desk of one agent from nine to five, on the Monday of the scenario; each touch takes half an
// hour. The promises run around the clock, without pauses.
func office(came ...time.Duration) *model.Scenario {
	start := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	half := dist.Must(dist.Constant(1800))
	s := &model.Scenario{
		Name: "office", Time: model.Time{Start: start, Length: 24 * time.Hour, Interval: time.Hour}, Run: model.Run{Seed: 1, Min: 1, Max: 1},
		Names: ticket.Names{
			Channels: []string{"email"}, Issues: []string{"question", "invoice"}, Tiers: []string{"all"}, Priorities: []string{"urgent", "normal"},
			Skills: []string{"billing"}, Teams: []string{"front"},
		},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Channels:  []work.Channel{{Name: "email", Concurrency: 1}},
		Issues: []work.Issue{
			{Name: "question", Priority: normal, Skill: ticket.NoSkill, Handle: half, SolvedAtFirst: 1, SolvedLater: 1},
			{Name: "invoice", Priority: normal, Skill: 0, Handle: half, SolvedAtFirst: 1, SolvedLater: 1},
		},
		Streams: []demand.Stream{{Name: "mail", Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Share: 1}}}},
		Teams:   []staffing.Team{{Name: "front", Zone: time.UTC, Shifts: []staffing.Shift{day("day", 1)}}},
		SLA: sla.Rules{Policies: []sla.Policy{{Name: "all", Targets: []sla.Target{
			{Metric: sla.FirstReply, Within: []time.Duration{time.Hour, time.Hour}}, {Metric: sla.Resolution, Within: []time.Duration{time.Hour, time.Hour}},
		}}}},
	}
	for i, at := range came {
		s.Streams[0].Replay = append(s.Streams[0].Replay, demand.Arrival{ID: ticket.ID(i + 1), At: at, Class: ticket.Class{Priority: normal, Account: ticket.Anonymous}})
	}
	return s
}

func day(name string, heads float64) staffing.Shift {
	return staffing.Shift{Name: name, Heads: heads, Days: [7]bool{true, true, true, true, true, true, true}, From: 9 * 60, To: 17 * 60}
}

func at(hour, minute int) time.Duration {
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute
}

// spent are the parts of the last ticket's clock.
func spent(t *testing.T, s *model.Scenario, m sla.Metric) (parts elapsed.Parts) {
	t.Helper()
	if problems := s.Check(); len(problems) > 0 {
		t.Fatal(problems)
	}
	l, err := desk.NewLayout(s)
	if err != nil {
		t.Fatal(err)
	}
	last := ticket.ID(len(s.Streams[0].Replay))
	w := causes.New(s, l)
	w.Told = func(c causes.Clock) {
		if c.Ticket == last && c.Metric == m {
			parts = c.Parts
		}
	}
	desk.New(l).Run(rng.Key{Seed: 1}, w)
	return parts
}

// Where each cause is known, it has exactly the minutes that it took.
func TestEachCauseHasItsMinutes(t *testing.T) {
	t.Parallel()
	constant := func(d time.Duration) dist.Dist { return dist.Must(dist.Constant(d.Seconds())) }
	for _, row := range []struct {
		name   string
		metric sla.Metric
		make   func() *model.Scenario
		want   map[elapsed.Part]time.Duration
	}{
		{"nobody is there before nine", sla.FirstReply, func() *model.Scenario { return office(at(8, 30)) },
			map[elapsed.Part]time.Duration{elapsed.Unstaffed: at(0, 30), elapsed.Handling: at(0, 30)}},
		{"nobody is there before nine, and the clock does not run either", sla.FirstReply, func() *model.Scenario {
			s := office(at(8, 30))
			hours := &calendar.Calendar{Name: "office", Zone: time.UTC}
			for d := range hours.Week {
				hours.Week[d] = []calendar.Span{{From: 9 * 60, To: 17 * 60}}
			}
			s.Calendars = append(s.Calendars, hours)
			s.SLA.Policies[0].Calendar = 1
			return s
		}, map[elapsed.Part]time.Duration{elapsed.Handling: at(0, 30)}},
		{"the one agent has another in hand", sla.FirstReply, func() *model.Scenario { return office(at(9, 0), at(9, 10)) },
			map[elapsed.Part]time.Duration{elapsed.Behind: at(0, 20), elapsed.Handling: at(0, 30)}},
		{"before nine, and then behind another", sla.FirstReply, func() *model.Scenario { return office(at(8, 0), at(8, 50)) },
			map[elapsed.Part]time.Duration{elapsed.Unstaffed: at(0, 10), elapsed.Behind: at(0, 30), elapsed.Handling: at(0, 30)}},
		{"the last one at night, until the morning that does not come", sla.FirstReply, func() *model.Scenario { return office(at(16, 50), at(16, 55)) },
			map[elapsed.Part]time.Duration{elapsed.Behind: at(0, 5), elapsed.Unstaffed: at(7, 0)}},
		{"a second agent is kept free for urgent tickets", sla.FirstReply, func() *model.Scenario {
			s := office(at(9, 0), at(9, 10))
			s.Teams[0].Shifts[0].Heads = 2
			s.Routing.Reserves = []model.Reserve{{Team: 0, Heads: 1, Match: sla.Match{Priorities: []ticket.Priority{urgent}}}}
			return s
		}, map[elapsed.Part]time.Duration{elapsed.HeldBack: at(0, 20), elapsed.Handling: at(0, 30)}},
		{"another team may help only after a quarter of an hour", sla.FirstReply, func() *model.Scenario {
			s := office(at(9, 0), at(9, 10))
			s.Issues[invoice].Skill = 0
			s.Names.Channels, s.Channels = append(s.Names.Channels, "chat"), append(s.Channels, work.Channel{Name: "chat", Concurrency: 1})
			s.Names.Teams = append(s.Names.Teams, "chatters")
			s.Teams = append(s.Teams, staffing.Team{Name: "chatters", Zone: time.UTC, Channels: []ticket.Channel{1}, Shifts: []staffing.Shift{day("day", 1)}})
			s.Routing.Overflows = []model.Overflow{{Team: 1, After: 15 * time.Minute}}
			return s
		}, map[elapsed.Part]time.Duration{elapsed.HeldBack: at(0, 15), elapsed.Handling: at(0, 30)}},
		{"the system is down", sla.FirstReply, func() *model.Scenario {
			s := office(at(9, 10))
			s.Outages = []model.Outage{{Name: "crm", Teams: []ticket.Team{0}, From: at(9, 0), Until: at(10, 0)}}
			return s
		}, map[elapsed.Part]time.Duration{elapsed.Outage: at(0, 50), elapsed.Handling: at(0, 30)}},
		{"the system goes down while the agent has another in hand", sla.FirstReply, func() *model.Scenario {
			s := office(at(9, 0), at(9, 10))
			s.Outages = []model.Outage{{Name: "crm", Teams: []ticket.Team{0}, From: at(9, 5), Until: at(10, 0)}}
			return s
		}, map[elapsed.Part]time.Duration{elapsed.Behind: at(0, 20), elapsed.Outage: at(0, 30), elapsed.Handling: at(0, 30)}},
		{"another team works on it for an hour, behind one of its own", sla.Resolution, func() *model.Scenario {
			s := office(at(8, 30), at(9, 0))
			s.Names.Teams = append(s.Names.Teams, "engineers")
			s.Teams = append(s.Teams, staffing.Team{Name: "engineers", Zone: time.UTC, HandOffsOnly: true, Shifts: []staffing.Shift{day("day", 1)}})
			s.Issues[question].HandOffs = []work.HandOff{{To: 1, Share: 1, Handle: constant(time.Hour)}}
			return s
			// The first is handed off at 9:30 and back at 10:30. The second is taken at 9:30, handed off at 10:00, waits there until 10:30,
			// is back at 11:30, when the one agent has nobody else in hand.
		}, map[elapsed.Part]time.Duration{elapsed.Behind: at(0, 30), elapsed.Handling: at(1, 0), elapsed.HandOff: at(1, 30)}},
		{"it is on hold for a vendor", sla.Resolution, func() *model.Scenario {
			s := office(at(9, 0))
			s.Issues[question].Holds = []work.Hold{{For: "vendor", Share: 1, Takes: constant(2 * time.Hour)}}
			return s
		}, map[elapsed.Part]time.Duration{elapsed.Handling: at(1, 0), elapsed.HandOff: at(2, 0)}},
		{"its customer is asked, and the clock runs", sla.Resolution, func() *model.Scenario {
			s := office(at(9, 0))
			s.Issues[question].SolvedAtFirst, s.Issues[question].Reply = 1e-12, work.Reply{After: constant(2 * time.Hour), Close: 24 * time.Hour}
			return s
		}, map[elapsed.Part]time.Duration{elapsed.Handling: at(1, 0), elapsed.Customer: at(2, 0)}},
		{"it comes back an hour after it was solved", sla.Resolution, func() *model.Scenario {
			s := office(at(9, 0))
			s.Time.Length = at(11, 30)
			s.Time.Interval = 30 * time.Minute
			s.Issues[question].Reopen = work.Reopen{Share: 1 - 1e-12, After: constant(time.Hour)}
			return s
		}, map[elapsed.Part]time.Duration{elapsed.Handling: at(0, 30), elapsed.Reopened: at(0, 30)}},
		{"a chat keeps an agent with room from a mail", sla.FirstReply, func() *model.Scenario {
			s := office(at(9, 0), at(9, 10))
			s.Names.Channels, s.Channels = append(s.Names.Channels, "chat"), append(s.Channels, work.Channel{Name: "chat", Live: true, Concurrency: 3})
			s.Streams[0].Replay[0].Class.Channel = 1
			return s
		}, map[elapsed.Part]time.Duration{elapsed.HeldBack: at(0, 20), elapsed.Handling: at(0, 30)}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			var want elapsed.Parts
			for part, d := range row.want {
				want[part] = d
			}
			if got := spent(t, row.make(), row.metric); got != want {
				t.Errorf("%v, want %v", named(got), named(want))
			}
		})
	}
}

func named(p elapsed.Parts) map[string]time.Duration {
	out := map[string]time.Duration{}
	for k, d := range p {
		if d != 0 {
			out[elapsed.Part(k).String()] = d
		}
	}
	return out
}

// Two tickets come in the tenth hour, each is half an hour's work of the one agent, who so is busy until ten.
func TestThePulseOfADeskIsThatOfItsHours(t *testing.T) {
	t.Parallel()
	s := office(at(9, 0), at(9, 10))
	l, err := desk.NewLayout(s)
	if err != nil {
		t.Fatal(err)
	}
	p := causes.NewPulse(s)
	desk.New(l).Run(rng.Key{Seed: 1}, p)
	p.Finish(s.Time.Length)
	if p.Volume[8] != 0 || p.Volume[9] != 2 || p.Volume[10] != 0 {
		t.Errorf("tickets by hour: %v", p.Volume)
	}
	if p.Handle[9] != 1800 || p.Handle[10] != 1800 || p.Handle[11] == p.Handle[11] {
		t.Errorf("seconds of touches by the hour in which they end: %v", p.Handle)
	}
	if p.Backlog[8] != 0 || p.Backlog[9] != 1 || p.Backlog[10] != 0 {
		t.Errorf("open at the end of each hour: %v", p.Backlog)
	}
	if p.Occupancy[9] != 1 || p.Occupancy[10] != 0 || p.Occupancy[8] == p.Occupancy[8] {
		t.Errorf("occupancy: %v", p.Occupancy)
	}
}
