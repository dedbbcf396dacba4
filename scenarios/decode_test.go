package scenarios

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
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

// example is a scenario of the manual.
func example(t *testing.T, name string) *model.Scenario {
	t.Helper()
	d, err := readText("testdata", name+".yaml", examples(t)[name])
	if err != nil {
		t.Fatal(err)
	}
	return d.Out
}

func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	sameZone := cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })
	sameDist := cmp.Comparer(dist.Dist.Equal)
	if diff := cmp.Diff(want, got, sameZone, sameDist); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func berlin(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestDecodingTimeAndRun(t *testing.T) {
	t.Parallel()
	s := example(t, "time-and-trials")
	equal(t, "run", s.Run, model.Run{Seed: 7, Min: 100, Max: 400, Precision: 0.05, Measure: "breach_rate(first_reply, tier=customer)",
		Further: []model.Precision{{Measure: "wait", Absolute: 120}, {Measure: "queue_peak", Absolute: 3}, {Measure: "occupancy", Absolute: 0.01}},
		Control: model.ByArrivals, Balance: model.BalancedDays})
	if got := s.Time.Start.Format(time.RFC3339); got != "2026-11-16T00:00:00-05:00" {
		t.Errorf("it starts at %s", got)
	}
	if s.Time.Length != 21*24*time.Hour || s.Time.Warmup != 4*24*time.Hour || s.Time.Interval != 30*time.Minute {
		t.Errorf("time is %+v", s.Time)
	}
	if s.Title != "One line for people" || s.Name != "time-and-trials" {
		t.Errorf("it is called %s, %s", s.Name, s.Title)
	}
}

func TestDecodingCustomers(t *testing.T) {
	t.Parallel()
	s := example(t, "customers")
	equal(t, "channels", s.Channels, []work.Channel{
		{Name: "email", Concurrency: 1, Chase: work.Chase{
			After: dist.Must(dist.Weibull(86400, 2)), Merged: 0.8, Handle: dist.Must(dist.Constant(120)), Most: 3,
		}},
		{Name: "chat", Live: true, Patience: dist.Must(dist.Exponential(240)), Concurrency: 3, Slowdown: work.Slowdown{0.25}},
		{Name: "phone", Live: true, ShortAbandon: 5 * time.Second, Concurrency: 1, Patience: dist.Must(dist.Mixture(
			dist.Part{Weight: 0.1, Dist: dist.Must(dist.Constant(0))}, dist.Part{Weight: 0.9, Dist: dist.Must(dist.Exponential(1000))})),
			Callback: 0.3, AfterAbandon: work.AfterAbandon{Retry: 0.4, After: dist.Must(dist.Exponential(600)), Most: 3, Switch: 0.25},
		},
	})
	equal(t, "issues", s.Issues, []work.Issue{
		{
			Name: "payment-failure", Priority: 1, Skill: 0, Handle: dist.Must(dist.Lognormal(540, 0.8)), SolvedAtFirst: 0.55, SolvedLater: 0.7,
			Reply:    work.Reply{After: dist.Must(dist.LognormalMedian(18000, 2)), Never: 0.12, Close: 6 * 24 * time.Hour, Remind: []time.Duration{24 * time.Hour, 48 * time.Hour}, Wins: 0.2},
			Reopen:   work.Reopen{Share: 0.04, After: dist.Must(dist.Exponential(2 * 86400))},
			HandOffs: []work.HandOff{{To: 1, Share: 0.15, Handle: dist.Must(dist.Lognormal(7200, 1))}},
			Holds:    []work.Hold{{For: "vendor", Share: 0.03, Takes: dist.Must(dist.LognormalMedian(4*86400, 2)), After: work.AnyTouch}},
		},
		{Name: "question", Priority: 2, Skill: ticket.NoSkill, Handle: dist.Must(dist.Constant(240)), SolvedAtFirst: 1, SolvedLater: 1},
	})
	equal(t, "names", s.Names, ticket.Names{
		Channels: []string{"email", "chat", "phone"}, Issues: []string{"payment-failure", "question"},
		Tiers: []string{"enterprise", "professional", "starter"}, Priorities: []string{"urgent", "high", "normal", "low"},
		Skills: []string{"payments"}, Teams: []string{"desk", "engineering"},
	})
	equal(t, "the mix of the first stream", s.Streams[0].Issues, []demand.IssueShare{{Issue: 0, Share: 0.2}, {Issue: 1, Share: 0.8}})
}

func TestDecodingDemand(t *testing.T) {
	t.Parallel()
	s := example(t, "demand")
	st := s.Streams[0]
	equal(t, "volume", st.Volume, demand.Volume{Count: 900, Per: demand.PerDay})
	equal(t, "days", st.Profile.Days, [7]float64{0.6, 1, 1, 1, 1, 1, 0.7})
	equal(t, "spikes", st.Spikes, []demand.Spike{{
		Name: "black-friday", Factor: 8, Start: 11 * 24 * time.Hour, Rise: 3 * time.Hour, Hold: 18 * time.Hour, Fall: 12 * time.Hour, Handle: 0.1,
	}})
	equal(t, "accounts", st.Accounts, []demand.AccountShare{{Account: 0, Tier: 0, Share: 0.03}})
	if want := (demand.Season{1, 1, 1, 1, 1, 1, 0.8, 0.8, 1, 1, 1, 1.4}); st.Season != want || st.Shared != 0.6 {
		t.Errorf("season %v, shared %v", st.Season, st.Shared)
	}
	if st.Growth != 0.2 || st.Busyness != 0.15 || len(st.Profile.Hours) != 24 ||
		st.From != (calendar.Date{Year: 2026, Month: 11, Day: 16}) || st.Until != (calendar.Date{Year: 2026, Month: 12, Day: 4}) {
		t.Errorf("the stream is %+v", st)
	}
}

func TestDecodingCalendarsAndTeams(t *testing.T) {
	t.Parallel()
	s := example(t, "calendars-and-teams")
	office := s.Calendars[1]
	day := []calendar.Span{{From: 540, To: 1020}}
	equal(t, "week", office.Week, calendar.Week{nil, day, day, day, day, day, {{From: 540, To: 720}, {From: 780, To: 900}}})
	equal(t, "breaks", office.Breaks, []calendar.Span{{From: 720, To: 750}})
	equal(t, "special", office.Override, map[calendar.Date][]calendar.Span{{Year: 2026, Month: 12, Day: 31}: {{From: 540, To: 720}}})
	for date, closed := range map[calendar.Date]bool{
		{Year: 2026, Month: 12, Day: 24}: true,  // by closed
		{Year: 2026, Month: 12, Day: 25}: true,  // a holiday of both
		{Year: 2027, Month: 1, Day: 6}:   true,  // a holiday of Austria only; after the end
		{Year: 2026, Month: 12, Day: 28}: false, // a Monday
	} {
		if office.Closed[date] != closed {
			t.Errorf("%v: closed is %v", date, office.Closed[date])
		}
	}
	front := s.Teams[0]
	equal(t, "cost", front.Cost, staffing.Cost{PerHour: 24, Night: 0.25, Weekend: 0.5, Overtime: 0.5, NightFrom: 22 * 60, NightTo: 6 * 60})
	weekdays := [7]bool{false, true, true, true, true, true, false}
	everyDay := [7]bool{true, true, true, true, true, true, true}
	equal(t, "shifts", front.Shifts, []staffing.Shift{
		{Name: "early", Heads: 4, Days: weekdays, From: 420, To: 930, Breaks: []staffing.Break{{At: 660, Minutes: 30, Turns: 2}}},
		{Name: "late", Heads: 3, Days: [7]bool{false, true, true, true, true, false, true}, From: 780, To: 1290, Breaks: []staffing.Break{{At: 900, Minutes: 15}, {At: 1080, Minutes: 30}}},
		{Name: "night", Heads: 1, Days: everyDay, From: 1290, To: 1440 + 420, Breaks: []staffing.Break{{At: 1440 + 120, Minutes: 30}}, Holidays: true},
		{Name: "temps", Heads: 5, Days: everyDay, From: 480, To: 1200, First: calendar.Date{Year: 2026, Month: 12, Day: 18}, Last: calendar.Date{Year: 2026, Month: 12, Day: 23}},
	})
	if front.Shrinkage != 0.28 || front.Zone.String() != berlin(t).String() || len(front.Channels) != 1 || len(front.Skills) != 1 || front.ShiftEnd != staffing.Finish {
		t.Errorf("front is %+v", front)
	}
	if s.Currency != "EUR" || s.Routing.Order != model.EarliestDue {
		t.Errorf("currency %s, order %v", s.Currency, s.Routing.Order)
	}
	// 4bh are four hours of the office.
	if got := s.SLA.Policies[0].Targets[0].Within[0]; got != 4*time.Hour || s.SLA.Policies[0].Calendar != 1 {
		t.Errorf("4bh are %v on calendar %d", got, s.SLA.Policies[0].Calendar)
	}
}

func TestDecodingPromises(t *testing.T) {
	t.Parallel()
	s := example(t, "promises")
	hours := func(hs ...time.Duration) []time.Duration {
		for i := range hs {
			if hs[i] != sla.None {
				hs[i] *= time.Hour
			}
		}
		return hs
	}
	equal(t, "policies", s.SLA.Policies, []sla.Policy{
		{Name: "everybody", Calendar: 1, Targets: []sla.Target{{Metric: sla.FirstReply, Within: hours(1, 4, 16, sla.None)}}},
		{Name: "corporate", Match: sla.Match{Tiers: []ticket.Tier{0}}, Targets: []sla.Target{
			{Metric: sla.FirstReply, Within: hours(1, 1, 1, 1)},
			{Metric: sla.Resolution, Within: hours(4, sla.None, 24, sla.None), Pauses: sla.StatusSet(0).With(ticket.Pending)},
		}},
		{Name: "chats", Match: sla.Match{Channels: []ticket.Channel{1}}, Targets: []sla.Target{
			{Metric: sla.Answer, Within: []time.Duration{20e9, 20e9, 20e9, 20e9}, Share: 0.8},
		}},
	})
	equal(t, "triage", s.Triage, model.Triage{
		Keywords: []model.Keyword{{Name: "outage", Shares: []float64{0.03}}, {Name: "refund", Shares: []float64{0.05}}},
		Rules: []model.PriorityRule{
			{Keywords: 0b01, Priority: 0},
			{Match: sla.Match{
				Tiers: []ticket.Tier{0}, Issues: []ticket.Issue{0}, Channels: []ticket.Channel{0},
				Accounts: []ticket.Account{0}, Priorities: []ticket.Priority{2},
			}, Priority: 0},
		},
		Wrong: 0.08, Replays: true,
	})
	// Alternatives are the contract with what they say laid over it.
	quarterly, tighter := s.Contracts[0], s.Contracts[0]
	quarterly.Name, quarterly.Period, quarterly.Alternatives = "quarterly", contract.Quarterly, nil
	tighter.Name, tighter.Fee.Minor, tighter.Alternatives = "tighter", 2_100_000, nil
	tighter.Levels = slices.Clone(tighter.Levels)
	tighter.Levels[0].Target, tighter.Levels[0].Within = 900_000, 12*time.Hour
	equal(t, "alternatives", s.Contracts[0].Alternatives, []contract.Contract{quarterly, tighter})
	s.Contracts[0].Alternatives = nil
	equal(t, "contracts", s.Contracts, []contract.Contract{
		{
			Name: "acme", Match: sla.Match{Accounts: []ticket.Account{0}}, Fee: contract.Money{Minor: 1_800_000, Currency: "USD"}, Period: contract.Monthly,
			Levels: []contract.Level{{
				Metric: sla.Resolution, Target: 950_000, Scheme: contract.Steps{Step: 10_000, Credit: 100_000, Rounding: contract.Started}, MinVolume: 20,
				Repeats: contract.Repeats{Window: 3, Credits: []contract.Share{150_000, 200_000}}, EarnBack: contract.EarnBack{Periods: 2, Target: 980_000},
			}},
			Cap: 500_000, YearCap: 150_000, Least: contract.Money{Minor: 10_000, Currency: "USD"}, ClaimWithin: 30, Exit: contract.Exit{Misses: 3, Periods: 6},
		},
		{
			Name: "all-enterprise", Match: sla.Match{Tiers: []ticket.Tier{0}}, Fee: contract.Money{Minor: 9_000_000, Currency: "USD"}, Period: contract.Monthly, Cap: contract.One,
			Levels: []contract.Level{{Metric: sla.FirstReply, Target: 900_000, Scheme: contract.Steps{Step: 10_000, Credit: 50_000, Rounding: contract.Started}}},
		},
		{
			Name: "outsourced", Match: sla.Match{Tiers: []ticket.Tier{0}}, Fee: contract.Money{Minor: 5_000_000, Currency: "USD"}, Period: contract.Monthly, Cap: contract.One,
			Pool: 120_000, Points: []contract.Rate{{From: 2, Credit: 200_000}, {From: 4, Credit: contract.One}},
			Levels: []contract.Level{
				{
					Name: "fast", Metric: sla.FirstReply, Target: 900_000, Within: 4 * time.Hour, Allocation: 400_000, Cap: contract.One,
					Scheme: contract.Bands{Bands: []contract.Rate{{Below: 900_000, Credit: 500_000}, {Below: 800_000, Credit: contract.One}}},
				},
				{
					Metric: sla.Resolution, Measure: contract.Percentile, Target: 900_000, Within: 12 * time.Hour, Allocation: 600_000, MinVolume: 20,
					Scheme: contract.Steps{Credit: 250_000, Stretch: time.Hour},
				},
				{
					Name: "mean", Metric: sla.Resolution, Measure: contract.Mean, Within: 8 * time.Hour, Allocation: 300_000,
					Scheme: contract.Flat{Credit: 500_000}, Repeats: contract.Repeats{Window: 2, Credits: []contract.Share{contract.One}},
				},
				{
					Name: "severe", Metric: sla.Resolution, Target: contract.One, Within: 48 * time.Hour, Allocation: 100_000, EarnBack: contract.EarnBack{Periods: 3, Target: contract.One},
					Scheme: contract.Counts{Counts: []contract.Rate{{From: 1, Points: 1}, {From: 10, Points: 2}}},
				},
			},
		},
	})
	equal(t, "acme's share of mail", s.Streams[0].Accounts, []demand.AccountShare{{Account: 0, Tier: 0, Share: 0.03}})
}

// A scenario that says nothing but the least is what the manual says it is.
func TestDefaults(t *testing.T) {
	t.Parallel()
	s, err := Load("testdata/minimal.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "run", s.Run, model.Run{Seed: 1, Min: 30, Max: 30})
	equal(t, "channels", s.Channels, []work.Channel{{Name: "email", Concurrency: 1}})
	equal(t, "tiers", s.Names.Tiers, []string{"customer"})
	if s.Name != "minimal.good" || s.Streams[0].Name != "stream 1" || s.Teams[0].Shifts[0].Name != "shift 1" {
		t.Errorf("the names are %s, %s, %s", s.Name, s.Streams[0].Name, s.Teams[0].Shifts[0].Name)
	}
	if s.Time.Start.Weekday() != time.Monday || s.Time.Length != 28*24*time.Hour || s.Time.Warmup != 7*24*time.Hour {
		t.Errorf("time is %+v", s.Time)
	}
	if s.Routing.Order != model.Priority || s.SLA.Resolve != sla.Strictest || s.Issues[0].Priority != 2 {
		t.Errorf("routing %+v, sla %+v", s.Routing, s.SLA)
	}
	short, err := readText("", "short.yaml", base+"time: {length: 1d}\n")
	if err != nil {
		t.Fatal(err)
	}
	if short.Out.Time.Warmup != 0 {
		t.Errorf("a day has a warm-up of %v", short.Out.Time.Warmup)
	}
}

// Three weeks from a midnight end at a midnight, although one of their days has 23
// hours; hours are hours.
func TestLengthAndWarmupCountDaysOfTheCalendar(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]time.Duration{
		"length: 3w, warmup: 1w":         {21*24 - 1, 7*24 - 1},
		"length: 21d, warmup: 1d":        {21*24 - 1, 24},
		"length: 504h, warmup: 168h":     {504, 168},
		"length: 1w2d12h, warmup: 1d12h": {9*24 - 1 + 12, 36},
		"length: 3w":                     {21*24 - 1, 7*24 - 1},
	} {
		// The clocks go forward in the night to 29 March.
		d, err := readText("", "x.yaml", base+"time: {zone: Europe/Berlin, start: 2026-03-26, "+text+"}\n")
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Out.Time; got.Length != want[0]*time.Hour || got.Warmup != want[1]*time.Hour {
			t.Errorf("%s: length %v and warm-up %v, want %d and %d hours", text, got.Length, got.Warmup, want[0], want[1])
		}
	}
}
