package hindcast_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/backtest"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/hindcast"
)

// desk is two agents who are always there, and some mail.
func desk(perDay float64) *model.Scenario {
	start := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	return &model.Scenario{
		Name: "desk", Time: model.Time{Start: start, Length: 3 * 24 * time.Hour, Interval: time.Hour}, Run: model.Run{Seed: 1, Min: 1, Max: 1},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Names: ticket.Names{Channels: []string{"mail"}, Issues: []string{"question"}, Tiers: []string{"customer"}, Priorities: []string{"normal"},
			Teams: []string{"desk"}},
		Channels: []work.Channel{{Name: "mail", Concurrency: 1}},
		Issues:   []work.Issue{{Name: "question", Skill: ticket.NoSkill, Handle: dist.Must(dist.Lognormal(600, 1)), SolvedAtFirst: 1, SolvedLater: 1}},
		Streams: []demand.Stream{{Name: "mail", Volume: demand.Volume{Count: perDay}, Issues: []demand.IssueShare{{Share: 1}},
			Tiers: []demand.TierShare{{Share: 1}}}},
		Teams: []staffing.Team{{Name: "desk", Shifts: []staffing.Shift{{Name: "all", Heads: 2, To: 24 * 60, Days: [7]bool{true, true, true, true, true, true, true}}}}},
	}
}

func plan(trials int) hindcast.Plan {
	x := calendar.Axis{Origin: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)}
	scenarios := []*model.Scenario{desk(60), desk(90)}
	return hindcast.Plan{Days: x.Days(time.UTC, 0, 3*24*time.Hour), Trials: trials, Scenario: func(trial int) *model.Scenario { return scenarios[trial/3%2] }}
}

// Trials are the same by any number of workers, which share scenarios and nothing else.
func TestTrialsAreTheSameByAnyWorkers(t *testing.T) {
	t.Parallel()
	var want []hindcast.Trial
	for _, workers := range []int{1, 4} {
		done := 0
		got, err := hindcast.Run(context.Background(), plan(12), hindcast.Options{Workers: workers, Progress: func() { done++ }})
		if err != nil {
			t.Fatal(err)
		}
		if done != 12 {
			t.Errorf("%d workers tell of %d trials", workers, done)
		}
		if want == nil {
			want = got
		} else if !reflect.DeepEqual(want[0].Days[backtest.Volume], got[0].Days[backtest.Volume]) || !reflect.DeepEqual(want[11].Days[backtest.FirstReplyP90], got[11].Days[backtest.FirstReplyP90]) {
			t.Errorf("%d workers find something else", workers)
		}
	}
	if sum := want[4].Days[backtest.Volume]; sum[0]+sum[1]+sum[2] < 200 {
		t.Errorf("the busier scenario brings %v", sum)
	}
}

func TestAnInterruptedForecastIsNone(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if got, err := hindcast.Run(ctx, plan(50), hindcast.Options{Workers: 2, Progress: cancel}); err == nil || got != nil {
		t.Errorf("got %d trials and %v", len(got), err)
	}
}
