package cover_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/coverage"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

const n = 10 // replications of what is drawn below

// names are those of the sample, which a hostile one replaces.
type names struct{ scenario, team, tier, currency string }

var usual = names{"desk", "front", "gold", "EUR"}

// desk is two weeks in Lagos with ten by day, and a second team in Manila.
func desk(t *testing.T, called names) *model.Scenario {
	t.Helper()
	lagos, err := time.LoadLocation("Africa/Lagos")
	if err != nil {
		t.Fatal(err)
	}
	manila, err := time.LoadLocation("Asia/Manila")
	if err != nil {
		t.Fatal(err)
	}
	office := [7]bool{time.Monday: true, time.Tuesday: true, time.Wednesday: true, time.Thursday: true, time.Friday: true}
	return &model.Scenario{
		Name: called.scenario, Currency: called.currency,
		Time: model.Time{Start: time.Date(2026, time.June, 1, 0, 0, 0, 0, lagos), Length: 14 * 24 * time.Hour, Interval: 30 * time.Minute},
		Run:  model.Run{Seed: 1, Min: n, Max: n},
		Names: ticket.Names{Channels: []string{"email"}, Issues: []string{"question"}, Teams: []string{called.team, "far"},
			Tiers: []string{called.tier, "silver"}, Priorities: []string{"normal"}},
		Channels: []work.Channel{{Name: "email", Concurrency: 1}},
		Issues: []work.Issue{{
			Name: "question", Skill: ticket.NoSkill, Handle: dist.Must(dist.Exponential(600)), SolvedAtFirst: 1, SolvedLater: 1,
		}},
		Calendars: []*calendar.Calendar{calendar.Always(lagos)},
		Streams: []demand.Stream{{
			Name: "mail", Volume: demand.Volume{Count: 10, Per: demand.PerHour},
			Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Share: 0.4}, {Tier: 1, Share: 0.6}},
		}},
		SLA: sla.Rules{Policies: []sla.Policy{{Name: "all", Targets: []sla.Target{{Metric: sla.FirstReply, Within: []time.Duration{time.Hour}}}}}},
		Teams: []staffing.Team{
			{Name: called.team, Shrinkage: 0.3, Cost: staffing.Cost{PerHour: 20, NightFrom: 22 * 60, NightTo: 6 * 60},
				Shifts: []staffing.Shift{{Name: "day", Heads: 10, Days: office, From: 9 * 60, To: 17 * 60}}},
			{Name: "far", Zone: manila, Shrinkage: 0.3, Cost: staffing.Cost{PerHour: 9, NightFrom: 22 * 60, NightTo: 6 * 60},
				Shifts: []staffing.Shift{{Name: "day", Heads: 4, Days: office, From: 9 * 60, To: 17 * 60}}},
		},
	}
}

// wave is a number around another that differs by replication, always in the same way.
func wave(around, by float64, r, phase int) float64 {
	return around + by*math.Sin(float64(7*r+3*phase))
}

// study is one whose coverages are derived, and whose trials are drawn by hand: of each coverage another cost and
// fewer late.
func study(t *testing.T, called names, change func(*model.Scenario)) (*coverage.Study, *model.Scenario) {
	t.Helper()
	s := desk(t, called)
	if change != nil {
		change(s)
	}
	x, err := coverage.Derive(s, coverage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	x.Weeks, x.Seed, x.Promised = 2, 1, true
	x.Comparison = &outcome.Comparison{Replications: n, Level: 0.95, JointLevel: 0.9875}
	x.Parts = make([]coverage.Part, coverage.PartsOfWeek)
	late := []float64{0.30, 0.12, 0.02, 0.021, 0.15}
	for i := range x.Plans {
		var cost, paid, credits []float64
		for r := range n {
			cost = append(cost, wave(20000*float64(1+i), 90, r, 0)+wave(0, 20, r, i))
			paid = append(paid, wave(800*float64(1+i), 4, r, i))
			credits = append(credits, math.Max(0, wave(300-60*float64(i), 100, r, 1)))
		}
		x.Cost, x.Paid, x.Credits = append(x.Cost, cost), append(x.Paid, paid), append(x.Credits, credits)
		for k := range x.Parts {
			p := &x.Parts[k]
			p.Name = coverage.PartNames[k]
			var tickets, waited, clocks, broken []float64
			for r := range n {
				m := wave(1000, 40, r, k)
				tickets, clocks = append(tickets, m), append(clocks, m)
				waited = append(waited, m*(600+3600*late[i]*float64(1+10*k))+wave(0, 900, r, i))
				broken = append(broken, math.Max(0, m*late[i]*float64(1+k)/3+wave(0, 4, r, i)))
			}
			p.Tickets, p.Waited, p.Clocks, p.Late = append(p.Tickets, tickets), append(p.Waited, waited), append(p.Clocks, clocks), append(p.Late, broken)
		}
	}
	for _, l := range []outcome.Labels{{Metric: "first_reply"}, {Metric: "first_reply", Tier: called.tier}, {Metric: "first_reply", Tier: "silver"}} {
		row := outcome.ComparisonRow{Name: outcome.BreachRate, Labels: l, Unit: outcome.UnitShare}
		var first [2][]float64
		for i := range x.Plans {
			num, den := make([]float64, n), make([]float64, n)
			for r := range n {
				den[r] = wave(3000, 50, r, 0)
				num[r] = den[r]*late[i] + wave(0, 9, r, i+len(l.Tier))
			}
			row.Values = append(row.Values, estimate.Ratio(num, den, 0.95))
			if i == 0 {
				first = [2][]float64{num, den}
				continue
			}
			row.Differences = append(row.Differences, estimate.PairedRatio(first[0], first[1], num, den, 0.9875))
		}
		x.Comparison.Rows = append(x.Comparison.Rows, row)
	}
	return x, s
}
