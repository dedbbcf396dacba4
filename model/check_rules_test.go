package model_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/staffing"
)

func TestMistakesInRulesOfRosters(t *testing.T) {
	everyDay := [7]bool{true, true, true, true, true, true, true}
	rules := func(change func(r *staffing.Rules)) func(s *model.Scenario) {
		return func(s *model.Scenario) {
			r := &staffing.Rules{
				Least: 1, Most: 9, InARow: 5, Weekends: 0.5, PartTimers: 0.3, Rest: 11 * time.Hour,
				Patterns: []staffing.Pattern{
					{Name: "day", Length: 480, Starts: []int{480, 540}, Days: everyDay, Breaks: []staffing.Pause{{After: 240, Minutes: 30, Turns: 2}}, Most: 4},
					{Length: 240, Starts: []int{0}, Days: everyDay},
				},
			}
			change(r)
			s.Teams[front].Rules = r
		}
	}
	pattern := func(change func(p *staffing.Pattern)) func(s *model.Scenario) {
		return rules(func(r *staffing.Rules) { change(&r.Patterns[0]) })
	}
	const path = "teams.front.roster"
	checkMistakes(t, []mistake{
		{"nothing", rules(func(*staffing.Rules) {}), nil},
		{"more than the most", rules(func(r *staffing.Rules) { r.Least = 10 }), []string{path + ".heads: 10 to 9 heads are not possible"}},
		{"every day", rules(func(r *staffing.Rules) { r.InARow = 7 }), []string{path + ".days_in_a_row: nobody works for 7 days in a row in every week"}},
		{"shares", rules(func(r *staffing.Rules) { r.Weekends, r.PartTimers = 2, -1 }), []string{
			path + ".weekends: the share of people who work on a weekend must be at least 0% and at most 100%, it is 200%",
			path + ".part_timers: the share of part-timers must be at least 0% and at most 100%, it is -100%",
		}},
		{"no sleep", rules(func(r *staffing.Rules) { r.Rest = -time.Hour }), []string{path + ".rest: a rest of -1h between two shifts is not possible"}},
		{"one name twice", rules(func(r *staffing.Rules) { r.Patterns[1].Name = "day" }), []string{path + ".shifts[day]: shift day is there twice, as number 1 and number 2"}},
		{"too many", pattern(func(p *staffing.Pattern) { p.Least, p.Most = 5, 4 }), []string{
			path + ".shifts[day].heads: 5 to 4 heads are not possible",
			path + ".heads: 9 heads may start on a day, but the shifts ask for 10 on a Sunday",
		}},
		{"no day", pattern(func(p *staffing.Pattern) { p.Days = [7]bool{} }), []string{path + ".shifts[day].days: the shift starts on no day of the week"}},
		{"no start", pattern(func(p *staffing.Pattern) { p.Starts = nil }), []string{path + ".shifts[day].starts: the shift starts at no time of the day"}},
		{"a start after midnight", pattern(func(p *staffing.Pattern) { p.Starts[1] = 1440 }), []string{path + ".shifts[day].starts: the shift starts at 24:00, which is not a time of the day"}},
		{"no length", pattern(func(p *staffing.Pattern) { p.Length = 0 }), []string{path + ".shifts[day].length: a shift of 0s is not possible"}},
		{"no rest", pattern(func(p *staffing.Pattern) { p.Length, p.Breaks = 14*60, nil }), []string{path + ".shifts[day].length: after a shift of 14h and a rest of 11h nobody is back a day later"}},
		{"a long night", pattern(func(p *staffing.Pattern) { p.Length, p.Starts = 750, []int{480, 720} }), []string{path + ".shifts[day].starts: the shift of 12h30m that starts at 12:00 goes over midnight"}},
		{"a break too late", pattern(func(p *staffing.Pattern) { p.Breaks[0].After = 421 }), []string{path + ".shifts[day].break: the break of 30 min after 7h1m is not within the shift of 8h"}},
		{"breaks at once", pattern(func(p *staffing.Pattern) { p.Breaks = append(p.Breaks, staffing.Pause{After: 299, Minutes: 15}) }), []string{path + ".shifts[day].break: the break of 15 min after 4h59m starts before the break before it ends, after 5h"}},
		{"no break", pattern(func(p *staffing.Pattern) { p.Breaks[0].Minutes = 0 }), []string{path + ".shifts[day].break: a break of 0 min in 2 turns is not possible"}},
		{"nothing but break", pattern(func(p *staffing.Pattern) { p.Breaks = []staffing.Pause{{Minutes: 480}} }), []string{path + ".shifts[day].break: the breaks take 480 min, the whole shift is 480 min long"}},
	})
}
