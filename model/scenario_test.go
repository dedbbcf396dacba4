package model_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

// The attributes of the valid scenario, by their names.
const (
	email, chat                    = ticket.Channel(0), ticket.Channel(1)
	payment, tracking              = ticket.Issue(0), ticket.Issue(1)
	enterprise, starter            = ticket.Tier(0), ticket.Tier(1)
	high, normal, low              = ticket.Priority(0), ticket.Priority(1), ticket.Priority(2)
	acme                           = ticket.Account(0)
	payments, orders               = ticket.Skill(0), ticket.Skill(1)
	orderMail, liveChat, lastYear  = 0, 1, 2 // streams
	front, night                   = 0, 1    // teams
	corporate, premium, chatPolicy = 0, 1, 2 // policies
	always, office                 = 0, 1    // calendars
	early, late                    = 0, 1    // shifts of front
	saturday                       = time.Saturday
	day                            = 24 * time.Hour
)

// valid makes a scenario without problems in which every field that can hold
// something does. Each call makes a new one that shares nothing with others.
func valid(t testing.TB) *model.Scenario {
	t.Helper()
	zone := func(name string) *time.Location {
		z, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		return z
	}
	newYork := zone("America/New_York")
	s := &model.Scenario{
		Name:  "black-friday",
		Title: "Does the November roster hold?",
		Time: model.Time{
			Start:  time.Date(2026, time.November, 16, 0, 0, 0, 0, newYork),
			Length: 21 * day, Warmup: 4 * day, Interval: 30 * time.Minute,
		},
		Run: model.Run{
			Seed: 7, Min: 30, Max: 400, Precision: 0.05, Measure: "breach_rate(first_reply)",
			Further: []model.Precision{{Measure: "cost", Absolute: 500}},
		},
		Names: ticket.Names{
			Channels:   []string{"email", "chat"},
			Issues:     []string{"payment-failure", "order-tracking"},
			Tiers:      []string{"enterprise", "starter"},
			Priorities: []string{"high", "normal", "low"},
			Accounts:   []string{"acme"},
			Skills:     []string{"payments", "orders"},
			Teams:      []string{"front", "night"},
		},
		Routing:  model.Routing{Order: model.EarliestDue},
		Currency: "USD",
	}
	s.Channels, s.Issues = workOf()
	s.Calendars = []*calendar.Calendar{calendar.Always(newYork), officeCalendar(newYork)}
	s.Streams = demandOf()
	s.Teams = teamsOf(zone("Europe/Berlin"))
	s.SLA, s.Contracts = promises()
	return s
}

func workOf() ([]work.Channel, []work.Issue) {
	channels := []work.Channel{
		{Name: "email", Concurrency: 1, Slowdown: work.Slowdown{0.1}},
		{Name: "chat", Live: true, Patience: dist.Must(dist.Exponential(240)), ShortAbandon: 5 * time.Second, Concurrency: 3, Slowdown: work.Slowdown{0.25}},
	}
	reply := work.Reply{After: dist.Must(dist.LognormalMedian(18000, 2)), Never: 0.12, Close: 6 * day}
	reopen := work.Reopen{Share: 0.04, After: dist.Must(dist.Exponential(86400))}
	issues := []work.Issue{
		{
			Name: "payment-failure", Priority: high, Skill: payments, Handle: dist.Must(dist.Lognormal(540, 0.8)),
			SolvedAtFirst: 0.55, SolvedLater: 0.7, Reply: reply, Reopen: reopen,
			HandOffs: []work.HandOff{{To: 1, Share: 0.2, Handle: dist.Must(dist.Exponential(7200))}},
		},
		{
			Name: "order-tracking", Priority: normal, Skill: orders, Handle: dist.Must(dist.Gamma(240, 0.7)),
			SolvedAtFirst: 0.85, SolvedLater: 0.9, Reply: reply, Reopen: reopen,
		},
	}
	return channels, issues
}

func officeCalendar(zone *time.Location) *calendar.Calendar {
	c := &calendar.Calendar{
		Name: "office", Zone: zone,
		Closed:   map[calendar.Date]bool{{Year: 2026, Month: time.November, Day: 26}: true, {Year: 2026, Month: time.December, Day: 25}: true},
		Override: map[calendar.Date][]calendar.Span{{Year: 2026, Month: time.November, Day: 27}: {{From: 360, To: 1320}}},
		Breaks:   []calendar.Span{{From: 720, To: 750}},
	}
	for d := range c.Week {
		c.Week[d] = []calendar.Span{{From: 480, To: 1200}}
	}
	return c
}

func demandOf() []demand.Stream {
	spikes := []demand.Spike{{
		Name: "black-friday", Factor: 8, Start: 11 * day, Rise: 3 * time.Hour, Hold: 18 * time.Hour, Fall: 12 * time.Hour, Handle: 0.1,
	}}
	tiers := func() []demand.TierShare {
		return []demand.TierShare{{Tier: enterprise, Share: 0.1}, {Tier: starter, Share: 0.9}}
	}
	class := ticket.Class{Channel: email, Issue: payment, Tier: starter, Priority: low, Account: ticket.Anonymous}
	return []demand.Stream{
		{
			Name: "orders-by-email", Channel: email,
			Issues:   []demand.IssueShare{{Issue: payment, Share: 0.2}, {Issue: tracking, Share: 0.8}},
			Tiers:    tiers(),
			Accounts: []demand.AccountShare{{Account: acme, Tier: enterprise, Share: 0.03}},
			Volume:   demand.Volume{Count: 900, Per: demand.PerDay},
			Profile:  demand.Profile{Hours: []float64{1, 2, 3, 4}, Days: [7]float64{0.6, 1, 1, 1, 1, 1, 0.7}},
			Growth:   0.2, Busyness: 0.15,
			From:   calendar.Date{Year: 2026, Month: time.November, Day: 17},
			Until:  calendar.Date{Year: 2026, Month: time.December, Day: 5},
			Spikes: spikes,
		},
		{
			Name: "chats", Channel: chat,
			Issues: []demand.IssueShare{{Issue: tracking, Share: 1}},
			Tiers:  tiers(),
			Volume: demand.Volume{Count: 2000, Per: demand.PerWeek},
			Spikes: append([]demand.Spike(nil), spikes...),
		},
		{
			Name:   "last-year",
			Replay: []demand.Arrival{{ID: 1, At: time.Hour, Class: class}, {ID: 2, At: 5 * day, Class: class}},
		},
	}
}

func teamsOf(zone *time.Location) []staffing.Team {
	weekdays := [7]bool{false, true, true, true, true, true, false}
	everyDay := [7]bool{true, true, true, true, true, true, true}
	cost := staffing.Cost{PerHour: 24, Night: 0.25, Weekend: 0.5, Overtime: 0.5, NightFrom: 1320, NightTo: 360}
	return []staffing.Team{
		{
			Name: "front", Skills: []ticket.Skill{payments, orders}, Channels: []ticket.Channel{email, chat},
			Zone: zone, Shrinkage: 0.28, Cost: cost, ShiftEnd: staffing.HandBack,
			Holidays: []calendar.Date{{Year: 2026, Month: time.November, Day: 26}},
			Shifts: []staffing.Shift{
				{Name: "early", Heads: 14, Days: weekdays, From: 420, To: 930, Breaks: []staffing.Break{{At: 660, Minutes: 30}}},
				{
					Name: "late", Heads: 12, Days: everyDay, From: 780, To: 1290, Holidays: true,
					First: calendar.Date{Year: 2026, Month: time.November, Day: 1}, Last: calendar.Date{Year: 2026, Month: time.December, Day: 31},
				},
			},
		},
		{
			Name: "night", Cost: cost,
			Shifts: []staffing.Shift{{Name: "owls", Heads: 2.5, Days: everyDay, From: 1320, To: 1800, Breaks: []staffing.Break{{At: 1560, Minutes: 45}}}},
		},
	}
}

func promises() (sla.Rules, []contract.Contract) {
	within := func(d time.Duration) []time.Duration { return []time.Duration{d, 2 * d, sla.None} }
	rules := sla.Rules{Resolve: sla.FirstMatch, Policies: []sla.Policy{
		{Name: "corporate", Calendar: office, Targets: []sla.Target{
			{Metric: sla.Resolution, Within: within(8 * time.Hour), Pauses: sla.StatusSet(0).With(ticket.Pending)},
		}},
		{
			Name: "premium", Calendar: always,
			Match: sla.Match{
				Channels: []ticket.Channel{email}, Issues: []ticket.Issue{payment, tracking}, Tiers: []ticket.Tier{enterprise},
				Priorities: []ticket.Priority{high, normal}, Accounts: []ticket.Account{acme},
			},
			Targets: []sla.Target{
				{Metric: sla.FirstReply, Within: within(time.Hour)},
				{Metric: sla.GroupOwnership, Within: within(2 * time.Hour), Owner: sla.OwnedBy(1), Until: sla.Taken},
			},
		},
		{
			Name: "chat", Calendar: always, Match: sla.Match{Channels: []ticket.Channel{chat}},
			Targets: []sla.Target{{Metric: sla.Answer, Within: within(40 * time.Second), Share: 0.8}},
		},
	}}
	contracts := []contract.Contract{{
		Name: "acme", Match: sla.Match{Accounts: []ticket.Account{acme}, Tiers: []ticket.Tier{enterprise}},
		Fee: contract.Money{Minor: 1_800_000, Currency: "USD"}, Period: contract.Quarterly, Cap: 500_000,
		Levels: []contract.Level{{Metric: sla.Resolution, Target: 950_000, Scheme: contract.Steps{Step: 10_000, Credit: 100_000, Rounding: contract.Full}}},
	}}
	return rules, contracts
}
