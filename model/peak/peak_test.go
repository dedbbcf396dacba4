package peak

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

var all = [7]bool{true, true, true, true, true, true, true}

// desk is ten days of mail and calls, with five times as many from noon of the fourth to noon of the fifth day.
func desk() *model.Scenario {
	spike := []demand.Spike{{Name: "sale", Factor: 5, Start: 84 * time.Hour, Hold: 24 * time.Hour}}
	return &model.Scenario{
		Name: "desk", Currency: "EUR",
		Time: model.Time{Start: time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC), Length: 240 * time.Hour, Warmup: 24 * time.Hour, Interval: 30 * time.Minute},
		Run:  model.Run{Seed: 3, Min: 10, Max: 10},
		Names: ticket.Names{Channels: []string{"email", "phone"}, Issues: []string{"question"}, Teams: []string{"front", "back"},
			Tiers: []string{"gold", "silver"}, Priorities: []string{"high", "low"}},
		Channels: []work.Channel{{Name: "email", Concurrency: 1}, {Name: "phone", Live: true, Concurrency: 1, Patience: dist.Must(dist.Exponential(300))}},
		Issues: []work.Issue{{
			Name: "question", Skill: ticket.NoSkill, Handle: dist.Must(dist.Exponential(600)), SolvedAtFirst: 1, SolvedLater: 1,
		}},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Streams: []demand.Stream{
			{Name: "mail", Volume: demand.Volume{Count: 240, Per: demand.PerDay}, Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Tier: 0, Share: 0.5}, {Tier: 1, Share: 0.5}}, Spikes: spike},
			{Name: "calls", Channel: 1, Volume: demand.Volume{Count: 100, Per: demand.PerDay}, Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Tier: 1, Share: 1}}, Spikes: spike},
		},
		SLA: sla.Rules{Policies: []sla.Policy{{Name: "all", Targets: []sla.Target{{Metric: sla.FirstReply, Within: []time.Duration{4 * time.Hour, 8 * time.Hour}}}}}},
		Teams: []staffing.Team{
			{Name: "front", Cost: staffing.Cost{PerHour: 20, Overtime: 0.5, NightFrom: 22 * 60, NightTo: 6 * 60},
				Shifts: []staffing.Shift{{Name: "day", Heads: 4, Days: all, From: 8 * 60, To: 18 * 60}}},
			{Name: "back", Channels: []ticket.Channel{0}, Cost: staffing.Cost{PerHour: 10, NightFrom: 22 * 60, NightTo: 6 * 60},
				Shifts: []staffing.Shift{{Name: "day", Heads: 3, Days: all, From: 8 * 60, To: 18 * 60}}},
		},
	}
}

func plan(t *testing.T, s *model.Scenario, sizes Sizes) *Plan {
	t.Helper()
	if problems := s.Check(); len(problems) > 0 {
		t.Fatal(problems[0])
	}
	spikes := Spikes(s)
	if len(spikes) != 1 {
		t.Fatalf("there are %d spikes", len(spikes))
	}
	return New(s, spikes[0], sizes, Usual())
}

func apply(t *testing.T, p *Plan, z Sizes) (*model.Scenario, float64) {
	t.Helper()
	s, fixed, err := p.Apply(z)
	if err != nil {
		t.Fatal(err)
	}
	return s, fixed
}

// Temps for two days and three after: in each team half of the heads of a shift of ten hours, at 1.3 times the price.
func TestTempsCostWhatTheirHoursDo(t *testing.T) {
	t.Parallel()
	s := desk()
	p := plan(t, s, UsualSizes)
	base := Planned(s, 0)
	if want := 9 * 10 * (4*20.0 + 3*10); base != want {
		t.Fatalf("the roster costs %v, want %v", base, want)
	}
	with, fixed := apply(t, p, Sizes{Temps: 0.5})
	// Two heads of four, and two of three: half a person is a whole one.
	if got, want := Planned(with, fixed)-base, 5*10*1.3*(2*20+2*10); math.Abs(got-want) > 1e-9 {
		t.Errorf("temps cost %v, want %v", got, want)
	}
	if n := len(with.Teams); n != 4 || with.Teams[2].Name != "front temps" || with.Teams[2].Shifts[0].Learning.Speed(24*time.Hour) != 0.7 || len(with.Teams[3].Channels) != 1 {
		t.Errorf("%d teams: %+v", n, with.Teams[2])
	}
}

func TestOvertimeCostsItsHoursWithThePremium(t *testing.T) {
	t.Parallel()
	s := desk()
	p := plan(t, s, UsualSizes)
	with, fixed := apply(t, p, Sizes{Overtime: 2})
	// Half of four people at a premium of a half, and of three at none, for two hours on five days.
	if got, want := Planned(with, fixed)-Planned(s, 0), 5*2*(2*20*1.5+1.5*10); math.Abs(got-want) > 1e-9 {
		t.Errorf("overtime costs %v, want %v", got, want)
	}
	p.Prices.Overtime = 1
	with, fixed = apply(t, p, Sizes{Overtime: 2})
	if got, want := Planned(with, fixed)-Planned(s, 0), 5*2*(2*20*2+1.5*10*2.0); math.Abs(got-want) > 1e-9 {
		t.Errorf("at a premium of 100 %% overtime costs %v, want %v", got, want)
	}
}

// The highest tier keeps its promises; others are told three days before that they take twice as long, on the days of the spike.
func TestPromisesAreRelaxedForTheDaysOfTheSpike(t *testing.T) {
	t.Parallel()
	p := plan(t, desk(), UsualSizes)
	with, fixed := apply(t, p, Sizes{Relaxation: 1})
	x := &with.SLA.Relaxations[0]
	if fixed != 0 || x.From != 72*time.Hour || x.Until != 120*time.Hour || x.Announced != 0 || len(x.Targets) != 1 || x.Targets[0].Factor[1] != 2 {
		t.Errorf("%+v", x)
	}
	if x.Holds(ticket.Class{Tier: 0}, 90*time.Hour) || !x.Holds(ticket.Class{Tier: 1}, 90*time.Hour) {
		t.Errorf("it holds for %+v", x.Match)
	}
}

func TestTheBotAnswersOnTheDaysOfTheSpikeAndCallersAreAskedToWrite(t *testing.T) {
	t.Parallel()
	p := plan(t, desk(), UsualSizes)
	with, _ := apply(t, p, Sizes{Deflection: 0.3, CallsToMail: 0.5})
	if len(with.Deflection) != 2 || len(with.Calendars) != 2 {
		t.Fatalf("%d bots in %d calendars", len(with.Deflection), len(with.Calendars))
	}
	bot, write := &with.Deflection[0], &with.Deflection[1]
	if bot.Contains != 0.3 || bot.Match.Channels[0] != 0 || len(bot.Match.Channels) != 1 || write.Switch != 0.5 || write.Match.Channels[0] != 1 || write.To != 0 {
		t.Errorf("%+v, %+v", bot, write)
	}
	for hour, open := range map[int]bool{71: false, 72: true, 119: true, 120: false} {
		if got := with.Calendars[bot.Calendar].Open(with.Time.Start.Add(time.Duration(hour) * time.Hour)); got != open {
			t.Errorf("after %d hours it is open: %v", hour, got)
		}
	}
}

// The back office learns to take calls: three people who work 70 hours a week are six who are paid for 40.
func TestTrainingIsPaidForEachWhoLearns(t *testing.T) {
	t.Parallel()
	p := plan(t, desk(), UsualSizes)
	with, fixed := apply(t, p, Sizes{Training: 1})
	if fixed != 6*16*10 || len(with.Teams[1].Channels) != 0 || len(with.Teams[0].Channels) != 0 {
		t.Errorf("it costs %v, and the back takes %v", fixed, with.Teams[1].Channels)
	}
	// Temps of trained people can do what these can.
	with, _ = apply(t, p, Sizes{Training: 1, Temps: 0.5})
	if len(with.Teams[3].Channels) != 0 {
		t.Errorf("the temps of the back take %v", with.Teams[3].Channels)
	}
}

func TestAMeasureThatCannotBeTakenSaysWhy(t *testing.T) {
	t.Parallel()
	s := desk()
	s.Teams[1].Channels = nil
	s.Channels[1].Live, s.Channels[1].Patience = false, dist.Dist{}
	s.Teams[0].Overtime = []staffing.Overtime{{Name: "june", First: calendar.Date{Year: 2026, Month: 6, Day: 5}, Last: calendar.Date{Year: 2026, Month: 6, Day: 20}, Stay: time.Hour, Share: 1}}
	sizes := UsualSizes
	sizes[Deflection] = 0
	p := plan(t, s, sizes)
	for m, want := range [Measures]string{Overtime: "front already works overtime then", Deflection: "left out", CallsToMail: "a channel for calls", Training: "every team can do"} {
		if got := p.Why[m]; !strings.Contains(got, want) || (want == "") != (got == "") || (got != "") != (p.Largest[m] == 0) {
			t.Errorf("%v: %q, want %q", Measure(m), got, want)
		}
	}
	if n := len(p.Singles()); n != 2 {
		t.Errorf("%d measures can be taken", n)
	}
	if n := len(p.Grid(3)); n != 16 {
		t.Errorf("%d mixes", n)
	}
}

// All mixes are sound scenarios, each another, and the scenario stays as it is.
func TestAllMixesAreSound(t *testing.T) {
	t.Parallel()
	s := desk()
	before := s.Digest()
	p := plan(t, s, UsualSizes)
	grid := p.Grid(2)
	if len(grid) != 3*3*3*3*3*2 || grid[0].Used() != 0 {
		t.Fatalf("%d mixes", len(grid))
	}
	seen := map[string]Sizes{}
	for _, z := range grid {
		with, fixed := apply(t, p, z)
		d := with.Digest()
		if other, twice := seen[d]; twice {
			t.Fatalf("%v and %v are one scenario", p.Words(other), p.Words(z))
		}
		seen[d] = z
		if Planned(with, fixed) < Planned(s, 0) {
			t.Errorf("%s costs less than nothing", p.Words(z))
		}
	}
	if s.Digest() != before {
		t.Error("the scenario has changed")
	}
	if same, _ := apply(t, p, Sizes{}); same.Digest() != before {
		t.Error("doing nothing is another scenario")
	}
}

// Temps may have shifts of their own, in one team and for days that are said; half of twenty are ten.
func TestTempsHaveShiftsOfTheirOwn(t *testing.T) {
	t.Parallel()
	s := desk()
	prices := Usual()
	day := calendar.Date{Year: 2026, Month: time.June, Day: 4}
	prices.TempShifts = []TempShift{
		{Team: 1, Shift: staffing.Shift{Name: "evening", Heads: 19, Days: all, From: 18 * 60, To: 22 * 60}},
		{Team: 1, Shift: staffing.Shift{Name: "first", Heads: 2, Days: all, From: 6 * 60, To: 8 * 60, First: day, Last: day}},
	}
	p := New(s, Spikes(s)[0], Sizes{Temps: 1}, prices)
	with, fixed := apply(t, p, Sizes{Temps: 0.5})
	// Ten for four hours on five days, and one for two hours on one, at 1.3 times 10 an hour.
	if got, want := Planned(with, fixed)-Planned(s, 0), 13.0*(10*4*5+2); math.Abs(got-want) > 1e-9 || len(with.Teams) != 3 {
		t.Errorf("temps cost %v in %d teams, want %v", got, len(with.Teams), want)
	}
}

// Each lesson is another measure, at a price for each head that is trained; any of them may be given.
func TestLessonsAreGivenOneByOne(t *testing.T) {
	t.Parallel()
	s := desk()
	s.Names.Skills = []string{"orders", "returns"}
	s.Issues[0].Skill = 0
	s.Teams[0].Skills, s.Teams[1].Skills = []ticket.Skill{0}, []ticket.Skill{0}
	prices := Usual()
	prices.Lessons = []Lesson{
		{Teams: []int{1}, Channels: []ticket.Channel{1}, Hours: 8, PerHead: 100},
		{Teams: []int{1}, Skills: []ticket.Skill{1}, PerHead: 50},
		{Teams: []int{0}, Skills: []ticket.Skill{1}, Hours: 4},
	}
	p := New(s, Spikes(s)[0], Sizes{Training: 1}, prices)
	if p.Largest[Training] != 7 || len(p.Singles()) != 3 || len(p.Grid(4)) != 8 {
		t.Fatalf("%v: %d lessons alone, %d mixes", p.Largest, len(p.Singles()), len(p.Grid(4)))
	}
	// Of the back there are six people at 10 an hour, of the front seven at 20: 70 and 280 hours a week, over 40.
	for which, want := range map[float64]float64{1: 6 * (80 + 100), 2: 6 * 50, 3: 6*180 + 6*50, 4: 7 * 80, 7: 6*180 + 6*50 + 7*80} {
		with, fixed := apply(t, p, Sizes{Training: which})
		if fixed != want {
			t.Errorf("lessons %v cost %v, want %v", which, fixed, want)
		}
		if calls := len(with.Teams[1].Channels) == 0; calls != (int(which)&1 == 1) {
			t.Errorf("lessons %v: the back takes %v", which, with.Teams[1].Channels)
		}
	}
	if got := p.Words(Sizes{Training: 5}); got != "cross-training of back in phone, of front in returns" {
		t.Error(got)
	}
	if got := strings.Join(p.Learn(&p.Lessons[0]), ", "); got != "phone" {
		t.Error(got)
	}
	prices.Lessons = []Lesson{{Teams: []int{0}, Channels: []ticket.Channel{0}}}
	if p := New(s, Spikes(s)[0], Sizes{Training: 1}, prices); !strings.Contains(p.Why[Training], "front can do already") {
		t.Errorf("%q", p.Why[Training])
	}
}
