package rostering

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/optimize"
	"github.com/headroom-sim/headroom/sim/optimize/highs"
	"github.com/headroom-sim/headroom/sim/optimize/repair"
)

// week is the published size: 336 half hours, eight teams with a skill and a channel each, and shifts
// of eight hours that may start at each full hour of each day: 1,344 of them.
func week() Question {
	s := day()
	s.Name, s.Time.Length, s.Time.Interval = "week", 7*24*time.Hour, 30*time.Minute
	s.Names.Teams, s.Names.Skills, s.Names.Issues, s.Names.Channels = nil, nil, nil, []string{"phone", "mail"}
	s.Channels = []work.Channel{{Name: "phone", Live: true, Concurrency: 1}, {Name: "mail", Concurrency: 1}}
	team := s.Teams[0]
	s.Teams, s.Issues, s.Streams = nil, nil, nil
	q := Question{Scenario: s, Weekly: true, Wish: roster.Wish{Confidence: 0.95}}
	for k := range 8 {
		name := string(rune('a' + k))
		s.Names.Teams, s.Names.Skills, s.Names.Issues = append(s.Names.Teams, name), append(s.Names.Skills, name), append(s.Names.Issues, name)
		s.Issues = append(s.Issues, work.Issue{
			Name: name, Skill: ticket.Skill(k), Handle: dist.Must(dist.Exponential(480)), SolvedAtFirst: 1, SolvedLater: 1,
		})
		hours := make([]float64, 24)
		for h := range hours {
			hours[h] = 1
			if d := (h + 3*k) % 24; d >= 8 && d < 20 {
				hours[h] = 4
			}
		}
		channel := ticket.Channel(k % 2)
		s.Streams = append(s.Streams, demand.Stream{
			Name: name, Channel: channel, Volume: demand.Volume{Count: 600, Per: demand.PerDay},
			Profile: demand.Profile{Hours: hours, Days: [7]float64{0.5, 1, 1, 1, 1, 1, 0.6}},
			Issues:  []demand.IssueShare{{Issue: ticket.Issue(k), Share: 1}}, Tiers: []demand.TierShare{{Share: 1}},
		})
		one := team
		one.Name, one.Skills = name, []ticket.Skill{ticket.Skill(k)}
		one.Cost.Night, one.Cost.Weekend, one.Cost.NightFrom, one.Cost.NightTo = 0.25, 0.5, 22*60, 6*60
		one.Shifts = []staffing.Shift{{Name: "all", Heads: 10, Days: everyDay, From: 0, To: 1440}}
		s.Teams = append(s.Teams, one)
		for h := range 24 {
			c := shift(fmt.Sprintf("%02d:00", h), h, h+8, 0)
			c.Team, c.Shift.Breaks = k, []staffing.Break{{At: (h + 4) * 60, Minutes: 30, Turns: 2}}
			q.Candidates = append(q.Candidates, c)
		}
	}
	s.SLA.Policies = []sla.Policy{
		{Name: "calls", Match: sla.Match{Channels: []ticket.Channel{0}}, Targets: []sla.Target{{Metric: sla.Answer, Within: []time.Duration{time.Minute}}}},
		{Name: "mails", Match: sla.Match{Channels: []ticket.Channel{1}}, Targets: []sla.Target{{Metric: sla.FirstReply, Within: []time.Duration{4 * time.Hour}}}},
	}
	q.Targets = []outcome.Expectation{
		{Measure: "breach_rate(answer)", Relation: outcome.AtMost, Bound: 0.2, Unit: outcome.UnitShare},
		{Measure: "breach_rate(first_reply)", Relation: outcome.AtMost, Bound: 0.05, Unit: outcome.UnitShare},
	}
	return q
}

// BenchmarkWeek is a full answer with its proof. Two minutes on two cores are what is allowed; the
// search is given 100 seconds, of which strengthening may take half.
func BenchmarkWeek(b *testing.B) {
	solver, err := highs.New("")
	if err != nil {
		b.Skip(err)
	}
	solver.Gap = 0.025
	for b.Loop() {
		q := week()
		if problems := q.Scenario.Check(); len(problems) > 0 {
			b.Fatal(problems)
		}
		q.Solver, q.Quick, q.Limit = optimize.InTurn{repair.Solver{}, solver}, repair.Solver{}, 100*time.Second
		p, err := Find(context.Background(), q)
		if err != nil {
			b.Fatal(err)
		}
		if !p.Kept {
			b.Fatalf("not confirmed: %+v", p.Targets)
		}
		b.ReportMetric(p.Bill.Planned, "money/week")
		b.ReportMetric(float64(p.Proof.Rosters), "rosters")
		b.ReportMetric(100*p.Targets[0].Value.Value, "late-calls-%")
		b.ReportMetric(100*p.Targets[1].Value.Value, "late-mails-%")
	}
}
