package lateness_test

import (
	"context"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/experiment"
	"github.com/headroom-sim/headroom/sim/lateness"
)

// Two streams of mail in each hour of a day, of which one is promised a reply within an hour, and a
// team that is there until noon.
func morning() *model.Scenario {
	everyDay := [7]bool{true, true, true, true, true, true, true}
	return &model.Scenario{
		Name: "morning",
		Time: model.Time{Start: time.Date(2026, time.November, 16, 0, 0, 0, 0, time.UTC), Length: 24 * time.Hour, Interval: 30 * time.Minute},
		Run:  model.Run{Seed: 3, Min: 5, Max: 5},
		Names: ticket.Names{
			Channels: []string{"mail", "form"}, Issues: []string{"question"}, Teams: []string{"desk"}, Tiers: []string{"all"}, Priorities: []string{"normal"},
		},
		Channels:  []work.Channel{{Name: "mail", Concurrency: 1}, {Name: "form", Concurrency: 1}},
		Issues:    []work.Issue{{Name: "question", Skill: ticket.NoSkill, Handle: dist.Must(dist.Constant(60)), SolvedAtFirst: 1, SolvedLater: 1}},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Streams: []demand.Stream{
			{Name: "mails", Volume: demand.Volume{Count: 240, Per: demand.PerDay}, Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Share: 1}}},
			{Name: "forms", Channel: 1, Volume: demand.Volume{Count: 240, Per: demand.PerDay}, Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Share: 1}}},
		},
		SLA: sla.Rules{Policies: []sla.Policy{{
			Name: "mail", Match: sla.Match{Channels: []ticket.Channel{0}}, Targets: []sla.Target{{Metric: sla.FirstReply, Within: []time.Duration{time.Hour}}},
		}}},
		Teams: []staffing.Team{{Name: "desk", Shifts: []staffing.Shift{{Name: "morning", Heads: 4, Days: everyDay, To: 12 * 60}}}},
	}
}

// Who is late has waited for the time that was promised, less what the touch takes, and never while there
// were people enough. Forms, which nobody has promised anything, count for nothing.
func TestLateTicketsWaitForTheirPromise(t *testing.T) {
	t.Parallel()
	s := morning()
	if problems := s.Check(); len(problems) > 0 {
		t.Fatal(problems)
	}
	simulation, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	for name, targets := range map[string][]outcome.Expectation{
		"a target":      {{Measure: "breach_rate(first_reply)", Relation: outcome.AtMost, Bound: 0.1, Unit: outcome.UnitShare}},
		"every promise": nil,
	} {
		aims := lateness.New(lateness.Question{Scenario: s, Targets: targets, Works: [][]ticket.Team{{0}}, Intervals: 48},
			simulation.Catalog(), simulation.Layout().Plan.Classes)
		total, watches := aims.Waits(), make([]*lateness.Watch, 5)
		x, err := experiment.Run(context.Background(), s, experiment.Options{Workers: 2, Watch: func(r int) desk.Observer {
			watches[r] = aims.Watch(total)
			return watches[r]
		}})
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range watches {
			w.Over()
		}
		m, ok := x.Measure(outcome.BreachRate, outcome.Labels{Metric: "first_reply"})
		if !ok {
			t.Fatal("nothing is measured")
		}
		late := 0.
		for _, n := range m.Num {
			late += n
		}
		var waited, early time.Duration
		for k, sum := range total.By[0][0] {
			if waited += time.Duration(sum); k < 22 {
				early += time.Duration(sum)
			}
		}
		if most := time.Duration(late) * time.Hour; late < 100 || waited > most || waited < most-time.Duration(late)*time.Minute {
			t.Errorf("%s: %v late tickets waited %v before they were", name, late, waited)
		}
		if early > 0 {
			t.Errorf("%s: %v of waiting while everybody was there", name, early)
		}
	}
}
