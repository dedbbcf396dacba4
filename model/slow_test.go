package model_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/ticket"
)

func TestMistakesInSlowTools(t *testing.T) {
	slow := func(change func(p *model.SlowTools)) func(s *model.Scenario) {
		return func(s *model.Scenario) {
			s.SlowTools = []model.SlowTools{{Name: "crm", From: 2 * day, Until: 3 * day, Handle: 0.3, Teams: []ticket.Team{1}}}
			change(&s.SlowTools[0])
		}
	}
	checkMistakes(t, []mistake{
		{"none", slow(func(*model.SlowTools) {}), nil},
		{"no change is no mistake", slow(func(p *model.SlowTools) { p.Handle = 0 }), nil},
		{"an end before the start", slow(func(p *model.SlowTools) { p.Until = day }),
			[]string{"slow_tools[crm].until: it ends at 2026-11-17 00:00, and starts at 2026-11-18 00:00"}},
		{"a time after the end", slow(func(p *model.SlowTools) { p.From, p.Until = 21*day, 22*day }),
			[]string{"slow_tools[crm].from: it lasts from 2026-12-07 00:00 to 2026-12-08 00:00, outside the scenario, which goes from 2026-11-16 00:00 to 2026-12-07 00:00"}},
		{"a time before the start", slow(func(p *model.SlowTools) { p.From, p.Until = -day, 0 }),
			[]string{"slow_tools[crm].from: it lasts from 2026-11-15 00:00 to 2026-11-16 00:00, outside the scenario, which goes from 2026-11-16 00:00 to 2026-12-07 00:00"}},
		{"handling times below nothing", slow(func(p *model.SlowTools) { p.Handle = -1 }),
			[]string{"slow_tools[crm].handle: the change of handling times must be above -100%, it is -100%"}},
		{"a change that is not a number", slow(func(p *model.SlowTools) { p.Handle = math.NaN() }),
			[]string{"slow_tools[crm].handle: the change of handling times must be above -100%, it is NaN%"}},
		{"a team that does not exist", slow(func(p *model.SlowTools) { p.Teams = []ticket.Team{5} }),
			[]string{"slow_tools[crm].teams: team number 5 does not exist, there are 2"}},
		{"a team twice", slow(func(p *model.SlowTools) { p.Teams = []ticket.Team{1, 1} }),
			[]string{"slow_tools[crm].teams: night is listed twice"}},
		{"two of one name", func(s *model.Scenario) {
			slow(func(*model.SlowTools) {})(s)
			s.SlowTools = append(s.SlowTools, s.SlowTools[0])
		}, []string{"slow_tools[crm]: slow tool crm is there twice, as number 1 and number 2"}},
	})
}

func TestSlownessIsTheProductOfWhatIsSlow(t *testing.T) {
	t.Parallel()
	list := []model.SlowTools{
		{Name: "crm", From: time.Hour, Until: 3 * time.Hour, Handle: 0.5},
		{Name: "phones", From: 2 * time.Hour, Until: 4 * time.Hour, Handle: 1, Teams: []ticket.Team{1}},
	}
	for _, row := range []struct {
		name string
		team ticket.Team
		at   time.Duration
		want float64
	}{
		{"nothing is slow yet", 1, time.Hour - 1, 1},
		{"the first instant is slow", 1, time.Hour, 1.5},
		{"two tools are slow", 1, 2 * time.Hour, 3},
		{"another team's tool is well", 0, 2 * time.Hour, 1.5},
		{"the end is well", 0, 3 * time.Hour, 1},
		{"the second is slow alone", 1, 3 * time.Hour, 2},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			if got := model.Slowness(list, row.team, row.at); got != row.want {
				t.Errorf("times %v, want %v", got, row.want)
			}
		})
	}
}
