package backtest_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/backtest"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/erlang"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/work"
)

// shop is one queue with a flat demand.
func shop(perDay float64, handle time.Duration, shift staffing.Shift) (*model.Scenario, []calendar.Day) {
	start := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	shift.Days = [7]bool{true, true, true, true, true, true, true}
	return &model.Scenario{
		Time:     model.Time{Start: start, Length: 48 * time.Hour},
		Channels: []work.Channel{{}},
		Issues:   []work.Issue{{Handle: dist.Must(dist.Exponential(handle.Seconds())), SolvedAtFirst: 1, SolvedLater: 1}},
		Streams:  []demand.Stream{{Issues: []demand.IssueShare{{Share: 1}}, Volume: demand.Volume{Count: perDay, Per: demand.PerDay}}},
		Teams:    []staffing.Team{{Zone: time.UTC, Shifts: []staffing.Shift{shift}}},
	}, days(2)
}

// Around the clock an hour is M/M/n.
func TestErlangByTheHourIsErlangC(t *testing.T) {
	t.Parallel()
	s, list := shop(240, 5*time.Minute, staffing.Shift{Heads: 2, To: 24 * 60})
	got := backtest.Erlang(s, list, backtest.Targets{FirstReply: 8 * time.Minute})
	q, err := erlang.NewC(erlang.Load{Rate: 10. / 3600, Handle: 300}, 2)
	if err != nil {
		t.Fatal(err)
	}
	// The reply is there when the touch ends, five minutes after it was taken.
	for day := range list {
		if want := 1 - q.ServiceLevel(180); math.Abs(got[backtest.FirstReplyLate][day]-want) > 1e-9 {
			t.Errorf("late: got %v, want %v", got[backtest.FirstReplyLate][day], want)
		}
		if want := q.WaitQuantile(0.9) + 300; math.Abs(got[backtest.FirstReplyP90][day]-want) > 1e-3 {
			t.Errorf("90th percentile: got %v, want %v", got[backtest.FirstReplyP90][day], want)
		}
	}
	if got[backtest.Backlog] != nil {
		t.Error("the formulas say something about backlogs")
	}
}

// What comes at night waits for the morning, and an overloaded hour has no answer.
func TestErlangByTheHourWaitsForTheMorning(t *testing.T) {
	t.Parallel()
	s, list := shop(24, time.Minute, staffing.Shift{Heads: 9, From: 8 * 60, To: 24 * 60})
	got := backtest.Erlang(s, list, backtest.Targets{FirstReply: time.Hour})
	// Of the 24 hours those from midnight to seven wait for more than an hour.
	if late := got[backtest.FirstReplyLate][0]; math.Abs(late-7./24) > 1e-6 {
		t.Errorf("late: %v", late)
	}
	s, list = shop(240, 30*time.Minute, staffing.Shift{Heads: 4, To: 24 * 60})
	got = backtest.Erlang(s, list, backtest.Targets{FirstReply: time.Hour})
	if late, p50 := got[backtest.FirstReplyLate][0], got[backtest.FirstReplyP50][0]; late != 1 || !math.IsNaN(p50) {
		t.Errorf("overloaded: late %v, median %v", late, p50)
	}
}
