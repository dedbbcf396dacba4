package rostering

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/optimize/repair"
)

var everyDay = [7]bool{true, true, true, true, true, true, true}

// day is a Monday of calls in twelve hours, with a peak at noon, for one team; each call is
// promised an answer within a minute.
func day() *model.Scenario {
	hours := []float64{0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 4, 6, 9, 9, 6, 4, 3, 3, 2, 2, 0, 0, 0, 0}
	return &model.Scenario{
		Name: "day", Currency: "USD",
		Time: model.Time{Start: time.Date(2026, time.November, 16, 0, 0, 0, 0, time.UTC), Length: 24 * time.Hour, Interval: time.Hour},
		Run:  model.Run{Seed: 5, Min: 10, Max: 10},
		Names: ticket.Names{
			Channels: []string{"phone"}, Issues: []string{"question"}, Teams: []string{"front"}, Tiers: []string{"all"}, Priorities: []string{"normal"},
		},
		Channels:  []work.Channel{{Name: "phone", Live: true, Concurrency: 1}},
		Issues:    []work.Issue{{Name: "question", Skill: ticket.NoSkill, Handle: dist.Must(dist.Exponential(300)), SolvedAtFirst: 1, SolvedLater: 1}},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Streams: []demand.Stream{{
			Name: "calls", Volume: demand.Volume{Count: 320, Per: demand.PerDay}, Profile: demand.Profile{Hours: hours},
			Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Share: 1}},
		}},
		SLA: sla.Rules{Policies: []sla.Policy{{Name: "quick", Targets: []sla.Target{{Metric: sla.Answer, Within: []time.Duration{time.Minute}}}}}},
		Teams: []staffing.Team{{Name: "front", Cost: staffing.Cost{PerHour: 20}, Shifts: []staffing.Shift{
			{Name: "all day", Heads: 6, Days: everyDay, From: 8 * 60, To: 20 * 60},
		}}},
	}
}

// shift is a candidate of the first team on any day.
func shift(name string, from, to, most int) roster.Candidate {
	return roster.Candidate{Max: most, Shift: staffing.Shift{Name: name, Days: everyDay, From: from * 60, To: to * 60}}
}

// question asks for nine in ten calls answered in time.
func question(t *testing.T, s *model.Scenario, candidates ...roster.Candidate) Question {
	t.Helper()
	if problems := s.Check(); len(problems) > 0 {
		t.Fatalf("the scenario is not sound: %v", problems)
	}
	return Question{
		Scenario: s, Candidates: candidates, Solver: repair.Solver{}, Trials: 20, Proof: 100, Wish: roster.Wish{Confidence: 0.95},
		Targets: []outcome.Expectation{{Measure: "breach_rate(answer)", Relation: outcome.AtMost, Bound: 0.1, Unit: outcome.UnitShare}},
	}
}

// found runs the search alone.
func found(t *testing.T, q Question) *finder {
	t.Helper()
	if err := q.check(); err != nil {
		t.Fatal(err)
	}
	space, err := newSpace(&q)
	if err != nil {
		t.Fatal(err)
	}
	f := &finder{q: &q, space: space, seed: seed(&q, 0, searching), sure: 1 - (1-q.Wish.Confidence)/2, tried: map[string]*tried{}}
	if err := f.search(context.Background()); err != nil {
		t.Fatal(err)
	}
	return f
}

// cheapest tries all rosters with up to most heads on each slot and returns the pay of the
// cheapest that keeps the targets, on the random numbers of the search.
func cheapest(t *testing.T, f *finder, most []int) (pay float64, heads []int) {
	t.Helper()
	pay = math.Inf(1)
	at := make([]int, len(f.space.slots))
	for {
		if x := f.space.pay(at); x < pay {
			one, err := f.simulate(context.Background(), at, f.seed, f.q.Trials, false)
			if err != nil {
				t.Fatal(err)
			}
			if one.excess == 0 {
				pay, heads = x, slices.Clone(at)
			}
		}
		j := 0
		for ; j < len(at); j++ {
			if at[j] < most[j] {
				at[j]++
				break
			}
			at[j] = 0
		}
		if j == len(at) {
			return pay, heads
		}
	}
}

func TestTheSearchFindsWhatExhaustiveSearchFinds(t *testing.T) {
	t.Parallel()
	for _, method := range []string{Iterate, Cuts} {
		q := question(t, day(), shift("early", 8, 14, 6), shift("noon", 10, 16, 6), shift("late", 13, 20, 6))
		q.Wish.Method = method
		f := found(t, q)
		pay, heads := cheapest(t, f, []int{6, 6, 6})
		if math.IsInf(pay, 1) || !f.best.kept(0) {
			t.Fatalf("%s: nothing keeps the target: %v, %v", method, f.best.heads, heads)
		}
		if f.best.pay > pay*1.0001 {
			t.Errorf("%s: %v costs %.0f, and %v costs %.0f", method, f.best.heads, f.best.pay, heads, pay)
		}
		if f.trials >= 7*7*7*f.q.Trials {
			t.Errorf("%s: it took %d replications", method, f.trials)
		}
	}
}

// cheapestWeeks tries all numbers of people on two tours, and returns the pay of the cheapest that keep the
// targets, on the random numbers of the search.
func cheapestWeeks(t *testing.T, f *finder, team *crew) float64 {
	t.Helper()
	least := math.Inf(1)
	for a := range 12 {
		for b := range 12 {
			heads := make([]int, len(f.space.slots))
			for j := range heads {
				for k, n := range []int{a, b} {
					if team.tours[k].Works[f.space.slots[j].weekday] {
						heads[j] += n
					}
				}
			}
			if f.space.pay(heads) >= least {
				continue
			}
			one, err := f.simulate(context.Background(), heads, f.seed, f.q.Trials, false)
			if err != nil {
				t.Fatal(err)
			}
			if one.excess == 0 {
				least = f.space.pay(heads)
			}
		}
	}
	return least
}

// Where people work full weeks the optimum is found too, by enumeration of people instead of heads, and each of
// them has a shift on each of his days.
func TestFullWeeksHaveNobodySpare(t *testing.T) {
	t.Parallel()
	s := day()
	s.Time.Length = 7 * 24 * time.Hour
	s.Teams[0].Shifts[0].Days[time.Sunday] = false
	c := shift("all", 8, 20, 0)
	c.Shift.Days[time.Sunday] = false // two tours: off on Saturday and Sunday, or on Sunday and Monday
	s.Streams[0].Profile.Days = [7]float64{0, 1, 0.8, 1, 0.8, 1.1, 0.7}
	q := question(t, s, c)
	q.Weekly, q.Wish.FullWeeks, q.Trials, q.Proof = true, true, 6, 12
	for _, method := range []string{Iterate, Cuts} {
		q.Wish.Method = method
		f := found(t, q)
		team := f.space.crews[0]
		if len(team.tours) != 2 || len(f.space.slots) != 6 {
			t.Fatalf("%d tours, %d slots", len(team.tours), len(f.space.slots))
		}
		if _, ok := team.people(f.best.heads); !ok || !f.best.kept(0) {
			t.Fatalf("%s: %v are no full weeks", method, f.best.heads)
		}
		if least := cheapestWeeks(t, f, team); f.best.pay > least*1.0001 {
			t.Errorf("%s: %v costs %v, the cheapest of all %v", method, f.best.heads, f.best.pay, least)
		}
	}
	p := find(t, q)
	if crew := p.Teams[0]; crew.Spare != 0 || 5*crew.People != crew.Shifts {
		t.Errorf("%d people on %d shifts, %d spare", crew.People, crew.Shifts, crew.Spare)
	}
	q.Weekly = false
	if _, err := Find(context.Background(), q); !errors.As(err, new(*Problem)) {
		t.Errorf("full weeks on single days: %v", err)
	}
}
