package surge_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/peak"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

const n = 12 // replications of what is drawn below

// names are those of the sample, which a hostile one replaces.
type names struct{ scenario, spike, team, tier, channel, shift string }

var usual = names{"shop", "sale", "back", "gold", "phone", "rush"}

var daily = [7]bool{true, true, true, true, true, true, true}

// plan is of a shop with mail and calls and two teams, of which one may learn to take calls.
func plan(t *testing.T, called names) *peak.Plan {
	t.Helper()
	spike := []demand.Spike{{Name: called.spike, Factor: 5, Start: 84 * time.Hour, Hold: 24 * time.Hour}}
	s := &model.Scenario{
		Name: called.scenario, Title: "A shop", Currency: "EUR",
		Time: model.Time{Start: time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC), Length: 240 * time.Hour, Warmup: 24 * time.Hour, Interval: 30 * time.Minute},
		Run:  model.Run{Seed: 3, Min: n, Max: n},
		Names: ticket.Names{Channels: []string{"email", called.channel}, Issues: []string{"question"}, Teams: []string{"front", called.team},
			Tiers: []string{called.tier, "silver"}, Priorities: []string{"normal"}},
		Channels: []work.Channel{{Name: "email", Concurrency: 1}, {Name: called.channel, Live: true, Concurrency: 1, Patience: dist.Must(dist.Exponential(300))}},
		Issues: []work.Issue{{
			Name: "question", Skill: ticket.NoSkill, Handle: dist.Must(dist.Exponential(600)), SolvedAtFirst: 1, SolvedLater: 1,
		}},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Streams: []demand.Stream{
			{Name: "mail", Volume: demand.Volume{Count: 240, Per: demand.PerDay}, Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Tier: 0, Share: 0.5}, {Tier: 1, Share: 0.5}}, Spikes: spike},
			{Name: "calls", Channel: 1, Volume: demand.Volume{Count: 100, Per: demand.PerDay}, Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Tier: 1, Share: 1}}, Spikes: spike},
		},
		SLA: sla.Rules{Policies: []sla.Policy{{Name: "all", Targets: []sla.Target{{Metric: sla.FirstReply, Within: []time.Duration{4 * time.Hour}}}}}},
		Teams: []staffing.Team{
			{Name: "front", Cost: staffing.Cost{PerHour: 20, Overtime: 0.5, NightFrom: 22 * 60, NightTo: 6 * 60},
				Shifts: []staffing.Shift{{Name: "day", Heads: 4, Days: daily, From: 8 * 60, To: 18 * 60}}},
			{Name: called.team, Channels: []ticket.Channel{0}, Cost: staffing.Cost{PerHour: 10, NightFrom: 22 * 60, NightTo: 6 * 60},
				Shifts: []staffing.Shift{{Name: "day", Heads: 3, Days: daily, From: 8 * 60, To: 18 * 60}}},
		},
	}
	prices := peak.Usual()
	prices.Goodwill = 0.2
	prices.TempShifts = []peak.TempShift{{Team: 1, Shift: staffing.Shift{Name: called.shift, Heads: 8, Days: daily, From: 9 * 60, To: 19 * 60}}}
	prices.Lessons = []peak.Lesson{{Teams: []int{1}, Channels: []ticket.Channel{1}, Hours: 12, PerHead: 90}}
	sizes := peak.UsualSizes
	sizes[peak.Temps], sizes[peak.CallsToMail] = 1, 0
	return peak.New(s, spike[0], sizes, prices)
}

// wave is a number around another that differs by replication, always in the same way.
func wave(around, by float64, r, phase int) float64 {
	return around + by*math.Sin(float64(7*r+3*phase))
}

// result is what trials of a mix might come to.
func result(z peak.Sizes, k int, late float64) *peak.Result {
	x := &peak.Result{Sizes: z, N: n, Set: 1}
	ones := make([]float64, n)
	grow := func(to *peak.Totals, num, den float64) { to.Num, to.Den = append(to.Num, num), append(to.Den, den) }
	for r := range n {
		ones[r] = 1
		staff, measures, credits := wave(9000+700*float64(k), 30, r, 0)+wave(0, 8, r, k), wave(120*float64(k), 10*math.Min(1, float64(k)), r, k), math.Max(0, wave(400*late, 90, r, 1))
		x.Staff, x.Measures, x.Credits = append(x.Staff, staff), append(x.Measures, measures), append(x.Credits, credits)
		x.Cost = append(x.Cost, staff+measures+credits)
		m := wave(2000, 60, r, 0)
		grow(&x.Late, m*late+wave(0, 6, r, k), m)
		grow(&x.Usual, m*(late+0.02)+wave(0, 6, r, k), m)
		grow(&x.Spike, m/3*math.Min(1, 2.5*late)+wave(0, 4, r, k), m/3)
		grow(&x.Recovery, wave(3600*40*late*2, 2000, r, k), 1)
		grow(&x.Unrecovered, 0, 1)
		grow(&x.Backlog, wave(900*late+200, 25, r, k), 1)
	}
	x.Goal = x.Late
	return x
}

// study is a search that has found a mix of overtime and a lesson, and has refused a cheaper one.
func study(t *testing.T, called names) *peak.Study {
	t.Helper()
	p := plan(t, called)
	x := &peak.Study{
		Plan: p, Metric: "first_reply", Level: 0.95, Seed: 1000006, Nothing: result(peak.Sizes{}, 0, 0.3),
		Goal:     &outcome.Goal{Text: "breach_rate(first_reply) <= 10%", Expectation: outcome.Expectation{Measure: "breach_rate(first_reply)", Relation: outcome.AtMost, Bound: 0.1, Unit: outcome.UnitShare}},
		Together: result(p.Largest, 6, 0.02), Cheapest: result(peak.Sizes{peak.Overtime: 1, peak.Training: 1}, 2, 0.08),
		Search: peak.Search{Mixes: 54, Tried: 20, Missed: 12, Undecided: 1, Trials: 400, Seed: 3},
	}
	for i, z := range p.Singles() {
		x.Singles = append(x.Singles, result(z, 1+i, 0.28-0.03*float64(i)))
	}
	x.Proof = peak.Proof{Seed: 1000006, N: n, Level: 0.983, Estimate: x.Cheapest.Goal.Estimate(1, 0.983),
		Refused: []peak.Refused{{Sizes: peak.Sizes{peak.Deflection: 0.15}, Estimate: result(peak.Sizes{}, 1, 0.11).Goal.Estimate(1, 0.983)}}}
	return x
}
