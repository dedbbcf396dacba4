package mix

import (
	"context"
	"errors"
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
	"github.com/headroom-sim/headroom/sim/experiment"
)

// desk is eight days of mail for four people, with three times as much on the third.
func desk() *model.Scenario {
	return &model.Scenario{
		Name: "desk", Currency: "EUR",
		Time: model.Time{Start: time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC), Length: 192 * time.Hour, Warmup: 24 * time.Hour, Interval: 30 * time.Minute},
		Run:  model.Run{Seed: 3, Min: 10, Max: 10},
		Names: ticket.Names{Channels: []string{"email"}, Issues: []string{"question"}, Teams: []string{"front"},
			Tiers: []string{"all"}, Priorities: []string{"normal"}},
		Channels: []work.Channel{{Name: "email", Concurrency: 1}},
		Issues: []work.Issue{{
			Name: "question", Skill: ticket.NoSkill, Handle: dist.Must(dist.Exponential(600)), SolvedAtFirst: 1, SolvedLater: 1,
		}},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Streams: []demand.Stream{{Name: "mail", Volume: demand.Volume{Count: 300, Per: demand.PerDay}, Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Share: 1}},
			Spikes: []demand.Spike{{Name: "sale", Factor: 3, Start: 48 * time.Hour, Hold: 24 * time.Hour}}}},
		SLA: sla.Rules{Policies: []sla.Policy{{Name: "all", Targets: []sla.Target{{Metric: sla.FirstReply, Within: []time.Duration{2 * time.Hour}}}}}},
		Teams: []staffing.Team{{Name: "front", Cost: staffing.Cost{PerHour: 20, Overtime: 0.5, NightFrom: 22 * 60, NightTo: 6 * 60},
			Shifts: []staffing.Shift{
				{Name: "a", Heads: 3, Days: [7]bool{true, true, true, true, true, true, true}, From: 0, To: 8 * 60},
				{Name: "b", Heads: 3, Days: [7]bool{true, true, true, true, true, true, true}, From: 8 * 60, To: 16 * 60},
				{Name: "c", Heads: 3, Days: [7]bool{true, true, true, true, true, true, true}, From: 16 * 60, To: 24 * 60},
			}}},
	}
}

func planOf(t *testing.T, sizes peak.Sizes, change func(*peak.Prices)) *peak.Plan {
	t.Helper()
	s := desk()
	if problems := s.Check(); len(problems) > 0 {
		t.Fatal(problems[0])
	}
	prices := peak.Usual()
	if change != nil {
		change(&prices)
	}
	return peak.New(s, peak.Spikes(s)[0], sizes, prices)
}

func goal(bound float64) *outcome.Goal {
	return &outcome.Goal{Text: "breach_rate(first_reply) <= bound", Expectation: outcome.Expectation{
		Measure: "breach_rate(first_reply)", Relation: outcome.AtMost, Bound: bound, Unit: outcome.UnitShare,
	}}
}

var three = peak.Sizes{peak.Temps: 1, peak.Overtime: 4, peak.Deflection: 0.6}

// The cheapest mix of a small grid is that of trying all of it, on other random numbers and with more replications.
func TestTheSearchFindsWhatTryingAllDoes(t *testing.T) {
	t.Parallel()
	againstAll(t, planOf(t, three, nil), 27, 0.12, 0.25)
}

// So it is where each lesson is another measure, and temps have shifts of their own.
func TestTheSearchFindsWhatTryingAllDoesWithLessonsAndShiftsOfTemps(t *testing.T) {
	t.Parallel()
	s := desk()
	s.Names.Skills, s.Names.Issues, s.Names.Teams = []string{"a", "b"}, []string{"question", "order"}, []string{"front", "back"}
	s.Issues = append(s.Issues, s.Issues[0])
	s.Issues[0].Skill, s.Issues[1].Skill, s.Issues[1].Name = 0, 1, "order"
	s.Streams[0].Issues = []demand.IssueShare{{Issue: 0, Share: 0.75}, {Issue: 1, Share: 0.25}}
	back := s.Teams[0]
	back.Name, back.Skills = "back", []ticket.Skill{1}
	back.Shifts = []staffing.Shift{{Name: "all", Heads: 2, Days: back.Shifts[0].Days, From: 0, To: 24 * 60}}
	s.Teams[0].Skills = []ticket.Skill{0}
	s.Teams = append(s.Teams, back)
	if problems := s.Check(); len(problems) > 0 {
		t.Fatal(problems[0])
	}
	prices := peak.Usual()
	prices.TempShifts = []peak.TempShift{{Team: 0, Shift: staffing.Shift{Name: "rush", Heads: 6, Days: back.Shifts[0].Days, From: 6 * 60, To: 20 * 60}}}
	prices.Lessons = []peak.Lesson{{Teams: []int{1}, Skills: []ticket.Skill{0}, Hours: 8, PerHead: 40}, {Teams: []int{0}, Skills: []ticket.Skill{1}, Hours: 2}}
	againstAll(t, peak.New(s, peak.Spikes(s)[0], peak.Sizes{peak.Temps: 1, peak.Training: 1}, prices), 12, 0.05, 0.2)
}

// againstAll holds the search against trying all of a grid of so many mixes.
func againstAll(t *testing.T, p *peak.Plan, mixes int, bounds ...float64) {
	t.Helper()
	r := &runner{ctx: context.Background(), plan: p, study: &peak.Study{Plan: p, Metric: "first_reply"}, goal: "breach_rate(first_reply)"}
	var tried []*peak.Result
	for _, z := range p.Grid(2) {
		x, err := r.trial(z, 99, 60)
		if err != nil {
			t.Fatal(err)
		}
		tried = append(tried, x)
	}
	if len(tried) != mixes {
		t.Fatalf("%d mixes, not %d", len(tried), mixes)
	}
	for _, bound := range bounds {
		s, err := Run(context.Background(), p, goal(bound), Options{Steps: 2})
		if err != nil {
			t.Fatal(err)
		}
		best, least := peak.Sizes{}, math.Inf(1)
		met := 0
		for _, x := range tried {
			rate, cost := x.Goal.Estimate(1, 0.95).Value, peak.Mean(x.Cost).Estimate(1, 0.95).Value
			if rate <= bound {
				met++
				if cost < least {
					best, least = x.Sizes, cost
				}
			}
		}
		if met < 2 || met > mixes-2 {
			t.Errorf("%d of %d mixes keep %v: the test shows nothing", met, mixes, bound)
		}
		if s.Cheapest == nil || s.Cheapest.Sizes != best {
			t.Errorf("at %v the search finds %+v, trying all %s", bound, s.Cheapest, p.Words(best))
			continue
		}
		if s.Search.Tried >= mixes && bound > 0.2 {
			t.Errorf("all of %d mixes were tried", s.Search.Tried)
		}
		if s.Proof.Seed == s.Search.Seed || s.Proof.Estimate.High > bound || s.Proof.Level <= 0.95 {
			t.Errorf("the proof is %+v", s.Proof)
		}
	}
}

// With three times the people while three times as much comes, and on the days after, as little is late as on any other day.
func TestEnoughPeopleLeaveNothingLate(t *testing.T) {
	t.Parallel()
	p := planOf(t, peak.Sizes{peak.Temps: 4}, func(x *peak.Prices) { x.TempsSpeed = 1 })
	s, err := Run(context.Background(), p, nil, Options{Most: 10})
	if err != nil {
		t.Fatal(err)
	}
	if late := s.Nothing.Spike.Estimate(1, 0.95); !(late.Low > 0.5) {
		t.Errorf("doing nothing, %v are late in the spike", late)
	}
	if late := s.Singles[0].Spike.Estimate(1, 0.95); late.Value != 0 {
		t.Errorf("with four times as many more, %v are late", late.Value)
	}
	if s.Together != nil || s.Cheapest != nil {
		t.Error("one measure has no mix, and nothing was looked for")
	}
	// Four days of twelve heads in three shifts of eight hours, at 1.3 times 20 an hour.
	d := peak.Mean(s.Singles[0].Cost).Against(peak.Mean(s.Nothing.Cost), 1, 0.95)
	if want := 4.0 * 3 * 8 * 12 * 26; math.Abs(d.Value-want) > 0.01*want {
		t.Errorf("it costs %v more, want about %v", d.Value, want)
	}
}

func TestATargetThatNothingKeepsHasNoAnswer(t *testing.T) {
	t.Parallel()
	p := planOf(t, peak.Sizes{peak.Overtime: 1}, nil)
	s, err := Run(context.Background(), p, goal(0.001), Options{Most: 12})
	if err != nil {
		t.Fatal(err)
	}
	if s.Cheapest != nil || s.Proof.N != 0 || s.Search.Missed != s.Search.Mixes || s.Nothing == nil || len(s.Singles) != 1 {
		t.Errorf("%+v, %+v", s.Cheapest, s.Search)
	}
}

// lucky results keep the target on the seeds of the search, and on fresh random numbers only where proven says so.
func lucky(r *runner, seed uint64, proven func(peak.Sizes) bool) {
	r.try = func(z peak.Sizes, at uint64, n int) (*peak.Result, error) {
		s, fixed, err := r.plan.Apply(z)
		if err != nil {
			return nil, err
		}
		x := &peak.Result{Sizes: z, N: n, Set: 1}
		for i := range n {
			late := 0.05 + 0.001*float64(i%2)
			if at != seed && !proven(z) {
				late += 0.06
			}
			x.Goal.Num, x.Goal.Den = append(x.Goal.Num, late), append(x.Goal.Den, 1)
			x.Cost = append(x.Cost, peak.Planned(s, fixed)+float64(i%3))
		}
		return x, nil
	}
}

// What fresh random numbers do not confirm is refused, however well it looked.
func TestAMixThatTheProofDoesNotConfirmIsRefused(t *testing.T) {
	t.Parallel()
	p := planOf(t, peak.Sizes{peak.Temps: 1, peak.Overtime: 4}, nil)
	search := func(proven func(peak.Sizes) bool) *peak.Study {
		o := Options{}
		o.defaults()
		r := &runner{ctx: context.Background(), plan: p, study: &peak.Study{Plan: p, Goal: goal(0.1)}, o: o, goal: "breach_rate(first_reply)"}
		lucky(r, 3, proven)
		if err := r.search(3); err != nil {
			t.Fatal(err)
		}
		return r.study
	}
	s := search(func(z peak.Sizes) bool { return z.Used() > 0 })
	// Nothing is the cheapest, and seems to be enough; once it is refused, dearer mixes have their turn.
	if s.Cheapest == nil || s.Cheapest.Sizes != (peak.Sizes{peak.Overtime: 2}) || len(s.Proof.Refused) != 1 || s.Proof.Refused[0].Sizes.Used() != 0 || s.Proof.Seed == 3 {
		t.Errorf("%+v, %+v", s.Cheapest, s.Proof)
	}
	if s = search(func(peak.Sizes) bool { return false }); s.Cheapest != nil || len(s.Proof.Refused) != 3 {
		t.Errorf("%+v, %+v", s.Cheapest, s.Proof)
	}
	if s = search(func(peak.Sizes) bool { return true }); s.Cheapest == nil || s.Cheapest.Sizes.Used() != 0 || len(s.Proof.Refused) != 0 {
		t.Errorf("%+v, %+v", s.Cheapest, s.Proof)
	}
}

func TestStudiesAreTheSameForAnyNumberOfWorkers(t *testing.T) {
	t.Parallel()
	p := planOf(t, peak.Sizes{peak.Temps: 1, peak.Deflection: 0.5}, nil)
	var first *peak.Study
	for _, workers := range []int{1, 3} {
		s, err := Run(context.Background(), p, goal(0.2), Options{Options: experiment.Options{Workers: workers}, Steps: 1, Most: 20})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = s
			continue
		}
		if (s.Cheapest == nil) != (first.Cheapest == nil) || s.Search != first.Search || s.Proof.Estimate.Value != first.Proof.Estimate.Value {
			t.Errorf("%+v and %+v", s.Search, first.Search)
		}
		for i := range s.Nothing.Cost {
			if s.Nothing.Cost[i] != first.Nothing.Cost[i] {
				t.Fatalf("replication %d costs %v and %v", i, s.Nothing.Cost[i], first.Nothing.Cost[i])
			}
		}
	}
}

func TestAnInterruptKeepsNothing(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, planOf(t, three, nil), goal(0.1), Options{}); !errors.Is(err, ErrInterrupted) {
		t.Errorf("%v", err)
	}
}
