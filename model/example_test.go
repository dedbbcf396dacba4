package model_test

import (
	"fmt"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

// A small desk, one of whose shifts ends before it starts.
func ExampleScenario_Check() {
	s := model.Scenario{
		Name: "hello",
		Time: model.Time{Start: time.Date(2026, time.November, 16, 0, 0, 0, 0, time.UTC), Length: 168 * time.Hour, Interval: time.Hour},
		Run:  model.Run{Seed: 1, Min: 10, Max: 10},
		Names: ticket.Names{
			Channels: []string{"email"}, Issues: []string{"question"}, Teams: []string{"desk"},
			Tiers: []string{"all"}, Priorities: []string{"normal"},
		},
		Channels:  []work.Channel{{Name: "email", Concurrency: 1}},
		Issues:    []work.Issue{{Name: "question", Skill: ticket.NoSkill, Handle: dist.Must(dist.Exponential(600)), SolvedAtFirst: 1, SolvedLater: 1}},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Streams: []demand.Stream{{
			Name: "mail", Volume: demand.Volume{Count: 100},
			Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Share: 1}},
		}},
		Teams: []staffing.Team{{Name: "desk", Shifts: []staffing.Shift{
			{Name: "owls", Heads: 3, Days: [7]bool{true, true, true, true, true, true, true}, From: 22 * 60, To: 6 * 60},
			{Name: "day", Heads: 3, Days: [7]bool{true, true, true, true, true, true, true}, From: 6 * 60, To: 22 * 60},
		}}},
	}
	for _, problem := range s.Check() {
		fmt.Println(problem.Path)
		fmt.Println(" ", problem.Text)
		fmt.Println(" ", problem.Hint)
	}
	// Output:
	// teams.desk.shifts[owls].hours
	//   the shift ends at 06:00, before it starts at 22:00
	//   a shift that ends on the next day ends above 24:00, such as 22:00-30:00
}
