package model_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
)

// peopled gives the first team of a scenario all that can happen to people.
func peopled(s *model.Scenario) *model.Scenario {
	november := func(day int) calendar.Date { return calendar.Date{Year: 2026, Month: time.November, Day: day} }
	t := &s.Teams[front]
	t.Cost.Holiday = 1
	t.Sickness = staffing.Sickness{Share: 0.06, Spell: 3 * day}
	t.Hiring = staffing.Hiring{Attrition: 0.3, Replace: true, Lead: 56 * day}
	t.Ramp = staffing.Learning{{From: 0.6, To: 1, For: 42 * day}}
	t.Overtime = []staffing.Overtime{{Name: "rush", First: november(27), Last: november(30), Stay: 2 * time.Hour, Share: 0.5}}
	t.Shifts[late].PartTime = 0.5
	t.Shifts[late].Learning = staffing.Learning{{From: 0.7, To: 0.7, For: 5 * day}}
	t.Shifts[late].Hires = []staffing.Hire{{On: november(20), Heads: 1}, {On: november(23), Heads: 2}}
	t.Shifts = append(t.Shifts,
		staffing.Shift{Name: "fest", Heads: 1, Days: [7]bool{4: true}, From: 600, To: 900, HolidaysOnly: true},
		staffing.Shift{Name: "pager", Heads: 1, Days: [7]bool{1: true}, From: 1320, To: 1800, OnCall: &staffing.OnCall{
			Match:    sla.Match{Priorities: []ticket.Priority{high}, Issues: []ticket.Issue{payment}},
			Responds: 15 * time.Minute, PerHour: 5, Minimum: time.Hour,
		}})
	return s
}

func TestMistakesWithPeople(t *testing.T) {
	if problems := peopled(valid(t)).Check(); len(problems) > 0 {
		t.Fatalf("the scenario is sound, but: %v", problems)
	}
	const pager = 3 // after early, late and fest
	team := func(change func(t *staffing.Team)) func(s *model.Scenario) {
		return func(s *model.Scenario) { peopled(s); change(&s.Teams[front]) }
	}
	checkMistakes(t, []mistake{
		{"sick for ever", team(func(t *staffing.Team) { t.Sickness.Share = 1 }),
			[]string{"teams.front.shrinkage.sickness: the share of sick days must be at least 0% and below 100%, it is 100%"}},
		{"spells of hours", team(func(t *staffing.Team) { t.Sickness.Spell = time.Hour }),
			[]string{"teams.front.shrinkage.spell: a mean spell of 1h is shorter than a day"}},
		{"spells of nobody", team(func(t *staffing.Team) { t.Sickness.Share = 0 }),
			[]string{"teams.front.shrinkage.spell: a mean spell of 3d, but nobody is sick"}},
		{"more sickness than its spells allow", team(func(t *staffing.Team) { t.Sickness.Share = 0.8 }),
			[]string{"teams.front.shrinkage.spell: with spells of 3d on average nobody can be sick on 80% of the days"}},
		{"attrition of a typing error", team(func(t *staffing.Team) { t.Hiring.Attrition = 30 }),
			[]string{"teams.front.attrition: the attrition in a year must be at least 0% and at most 1000%, it is 3000%"}},
		{"half a day of lead", team(func(t *staffing.Team) { t.Hiring.Lead = 12 * time.Hour }),
			[]string{"teams.front.hiring.lead: a lead time of 12h is not a number of days"}},
		{"others for nobody", team(func(t *staffing.Team) { t.Hiring.Attrition = 0 }),
			[]string{"teams.front.hiring: others come for those who leave, but nobody leaves"}},
		{"a ramp for nobody", team(func(t *staffing.Team) { t.Hiring, t.Shifts[late].Hires = staffing.Hiring{}, nil }),
			[]string{"teams.front.ramp: there is a ramp for newcomers, but nobody comes"}},
		{"speeds out of range", team(func(t *staffing.Team) {
			t.Ramp = staffing.Learning{{From: 0, To: 2, For: day}}
			t.Shifts[late].Learning = staffing.Learning{{From: 1, To: 1}}
		}), []string{
			"teams.front.ramp: the speed of newcomers must be at least 5% and at most 100%, it is 0%",
			"teams.front.ramp: the speed of newcomers must be at least 5% and at most 100%, it is 200%",
			"teams.front.shifts[late].learning: a step of 0s is not possible",
		}},
		{"overtime backwards, of nobody, for nothing", team(func(t *staffing.Team) {
			o := &t.Overtime[0]
			o.Last, o.Share, o.Stay = o.First.AddDays(-1), 0, 0
		}), []string{
			"teams.front.overtime[rush].until: the last day, 2026-11-26, is before the first, 2026-11-27",
			"teams.front.overtime[rush].share: the share of the people who stay must be above 0% and at most 100%, it is 0%",
			"teams.front.overtime[rush].hours: nobody can stay 0s longer",
		}},
		{"overtime outside the scenario", team(func(t *staffing.Team) {
			t.Overtime[0].First, t.Overtime[0].Last = t.Overtime[0].First.AddDays(100), t.Overtime[0].Last.AddDays(100)
		}), []string{"teams.front.overtime[rush].from: it is from 2027-03-07 to 2027-03-10, outside the scenario, which goes from 2026-11-16 to 2026-12-07"}},
		{"two on one day", team(func(t *staffing.Team) {
			again := t.Overtime[0]
			again.Name = "more"
			t.Overtime = append(t.Overtime, again)
		}), []string{"teams.front.overtime[more]: rush and more share days"}},
		{"overtime into the next shift", team(func(t *staffing.Team) { t.Overtime[0].Stay = 16 * time.Hour }), []string{
			"teams.front.overtime[rush].hours: with 16h of overtime the shift early lasts 24h30m, and would overlap that of the next day",
			"teams.front.overtime[rush].hours: with 16h of overtime the shift late lasts 24h30m, and would overlap that of the next day",
		}},
		{"part of nothing", team(func(t *staffing.Team) { t.Shifts[late].PartTime = 1.5 }),
			[]string{"teams.front.shifts[late].part_time: the share of days on which each person works must be at least 0% and at most 100%, it is 150%"}},
		{"holidays of nobody", team(func(t *staffing.Team) { t.Holidays = nil }),
			[]string{"teams.front.shifts[fest].holidays: the shift starts on the team's holidays only, but the team has none"}},
		{"hires out of order and out of the shift's time", team(func(t *staffing.Team) {
			t.Shifts[late].Hires[0].On = calendar.Date{Year: 2026, Month: 11, Day: 24}
			t.Shifts[early].Hires = []staffing.Hire{{On: calendar.Date{Year: 2026, Month: 11, Day: 24}, Heads: -1}}
			t.Shifts[early].Last = calendar.Date{Year: 2026, Month: 11, Day: 23}
		}), []string{
			"teams.front.shifts[early].hires[0].heads: the number of heads must be at least 0 and at most 100000, it is -1",
			"teams.front.shifts[early].hires[0].on: they come on 2026-11-24, after the last day of the shift, 2026-11-23",
			"teams.front.shifts[late].hires[1].on: they come on 2026-11-23, those before them in the list on 2026-11-24",
		}},
		{"on call for nothing that comes", team(func(t *staffing.Team) { t.Shifts[pager].OnCall.Match.Channels = []ticket.Channel{chat} }),
			[]string{"teams.front.shifts[pager].on_call.match: no ticket matches, but for live contacts, for which nobody is called"}},
		{"on call for what does not exist, with breaks", team(func(t *staffing.Team) {
			t.Shifts[pager].OnCall = &staffing.OnCall{Match: sla.Match{Priorities: []ticket.Priority{9, high}}, Responds: -1, PerHour: -5, Minimum: -time.Hour}
			t.Shifts[pager].Breaks = []staffing.Break{{At: 1380, Minutes: 15}}
		}), []string{
			"teams.front.shifts[pager].on_call.match.priority: priority number 9 does not exist, there are 3",
			"teams.front.shifts[pager].on_call.responds_in: the time to respond must not be negative, it is -1ns",
			"teams.front.shifts[pager].on_call.minimum: the minimum of a call must not be negative, it is -1h",
			"teams.front.shifts[pager].on_call.standby: the cost of an hour on call must be at least 0, it is -5",
			"teams.front.shifts[pager].on_call: people on call have no breaks, and neither learning, hires nor part_time",
		}},
		{"who is on call is not there for all", func(s *model.Scenario) {
			for i := range s.Teams {
				for j := range s.Teams[i].Shifts {
					s.Teams[i].Shifts[j].OnCall = &staffing.OnCall{}
					s.Teams[i].Shifts[j].Breaks = nil
				}
			}
			s.Streams = s.Streams[lastYear:]
			s.Contracts = nil
		}, []string{"demand[last-year].issue: tickets of issue payment-failure come by email, but no team that can serve them has a shift with heads within the scenario's time"}},
	})
}
