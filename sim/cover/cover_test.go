package cover_test

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/coverage"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/cover"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// desk is two weeks of mail, a little more by day, for four in office hours; a first reply is promised within two hours.
func desk() *model.Scenario {
	hours := make([]float64, 24)
	for h := range hours {
		if hours[h] = 1; h >= 9 && h < 17 {
			hours[h] = 3
		}
	}
	return &model.Scenario{
		Name: "desk", Currency: "EUR",
		Time: model.Time{Start: time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC), Length: 15 * 24 * time.Hour, Warmup: 24 * time.Hour, Interval: 30 * time.Minute},
		Run:  model.Run{Seed: 3, Min: 12, Max: 12},
		Names: ticket.Names{Channels: []string{"email"}, Issues: []string{"question"}, Teams: []string{"front"},
			Tiers: []string{"all"}, Priorities: []string{"normal"}},
		Channels: []work.Channel{{Name: "email", Concurrency: 1}},
		Issues: []work.Issue{{
			Name: "question", Skill: ticket.NoSkill, Handle: dist.Must(dist.Exponential(600)), SolvedAtFirst: 1, SolvedLater: 1,
		}},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Streams: []demand.Stream{{
			Name: "mail", Volume: demand.Volume{Count: 120, Per: demand.PerDay}, Profile: demand.Profile{Hours: hours},
			Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Share: 1}},
		}},
		SLA: sla.Rules{Policies: []sla.Policy{{Name: "all", Targets: []sla.Target{{Metric: sla.FirstReply, Within: []time.Duration{2 * time.Hour}}}}}},
		Teams: []staffing.Team{{
			Name: "front", Cost: staffing.Cost{PerHour: 20, NightFrom: 22 * 60, NightTo: 6 * 60},
			Shifts: []staffing.Shift{{Name: "day", Heads: 4, Days: [7]bool{false, true, true, true, true, true, false}, From: 9 * 60, To: 17 * 60}},
		}},
	}
}

func study(t *testing.T, workers int) (*coverage.Study, []*outcome.Experiment) {
	t.Helper()
	s := desk()
	if problems := s.Check(); len(problems) > 0 {
		t.Fatal(problems[0])
	}
	x, err := coverage.Derive(s, coverage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	all, err := cover.Run(context.Background(), x, experiment.Options{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return x, all
}

// The parts of the week add up to what the outcome counts by a way of its own.
func TestThePartsOfTheWeekAddUpToTheWhole(t *testing.T) {
	t.Parallel()
	x, all := study(t, 2)
	for i := range x.Plans {
		clocks, _ := all[i].Measure(outcome.BreachRate, outcome.Labels{Metric: "first_reply"})
		arrived := all[i].Totals(outcome.Arrived, outcome.Labels{})
		for r := range arrived {
			var tickets, late, judged float64
			for k := range x.Parts {
				p := &x.Parts[k]
				tickets, late, judged = tickets+p.Tickets[i][r], late+p.Late[i][r], judged+p.Clocks[i][r]
			}
			if tickets != arrived[r] || late != clocks.Num[r] || judged != clocks.Den[r] {
				t.Errorf("%v, replication %d: %v of %v tickets, %v of %v late, %v of %v judged", x.Plans[i].Kind, r, tickets, arrived[r], late, clocks.Num[r], judged, clocks.Den[r])
			}
		}
	}
}

// All coverages have the same customers; who writes at night is answered in minutes where somebody is there, and else
// the next morning.
func TestCoverageHelpsThoseWhoWriteThen(t *testing.T) {
	t.Parallel()
	x, _ := study(t, 0)
	for k := range x.Parts {
		for i := range x.Plans {
			for r := range x.Parts[k].Tickets[i] {
				if x.Parts[k].Tickets[i][r] != x.Parts[k].Tickets[0][r] {
					t.Fatalf("%s: %v sees other customers", x.Parts[k].Name, x.Plans[i].Kind)
				}
			}
		}
	}
	night := &x.Parts[coverage.AtNight]
	usual, round := x.Ratio(night.Waited, night.Tickets, 0), x.Ratio(night.Waited, night.Tickets, int(coverage.AroundTheClock))
	if usual.Value < 6*3600 || round.Value > 1800 {
		t.Errorf("at night the answer comes after %v s in business hours, after %v s around the clock", usual.Value, round.Value)
	}
	if d := x.Change(night.Late, night.Clocks, int(coverage.AroundTheClock)); !(d.High < -0.5) {
		t.Errorf("of those who write at night %v fewer are late", d)
	}
	// Seven days a week, all that is paid: 7 hours of the clock for each of four heads by day, in two weeks.
	if got, want := x.Weekly(x.Paid, 0).Value, 160.0; math.Abs(got-want) > 0.02*want {
		t.Errorf("business hours pay %v hours a week", got)
	}
	if ratio := x.Times(x.Cost, int(coverage.AroundTheClock)); ratio.Value < 1.5 || ratio.Value > 4.2 || !(ratio.Low <= ratio.Value) {
		t.Errorf("24/7 costs %v", ratio)
	}
}

func TestAStudyIsTheSameForAnyNumberOfWorkers(t *testing.T) {
	t.Parallel()
	a, _ := study(t, 1)
	b, _ := study(t, 3)
	for k := range a.Parts {
		for i := range a.Plans {
			for r := range a.Parts[k].Waited[i] {
				if a.Parts[k].Waited[i][r] != b.Parts[k].Waited[i][r] || a.Cost[i][r] != b.Cost[i][r] {
					t.Fatalf("%v differs in replication %d", a.Plans[i].Kind, r)
				}
			}
		}
	}
}

func TestAnInterruptedStudyIsNone(t *testing.T) {
	t.Parallel()
	x, err := coverage.Derive(desk(), coverage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := cover.Run(ctx, x, experiment.Options{}); err == nil || !strings.Contains(err.Error(), "business hours") {
		t.Errorf("%v", err)
	}
}
