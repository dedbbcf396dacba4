package experiment

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/staffing"
)

// planned is what a scenario plans, for those who compare outcomes.
func planned(s *model.Scenario) *outcome.Plan {
	p := &outcome.Plan{Routing: s.Routing.Order.String(), Teams: []outcome.TeamPlan{}, Streams: []outcome.StreamPlan{}}
	axis := calendar.Axis{Origin: s.Time.Start}
	duties := staffing.ByTeam(staffing.Duties(s.Teams, axis, s.Time.Warmup, s.Time.Length), len(s.Teams))
	for i := range s.Teams {
		p.Teams = append(p.Teams, team(s, i, axis, duties[i]))
	}
	for i := range s.Streams {
		p.Streams = append(p.Streams, outcome.StreamPlan{Name: s.Streams[i].Name, Tickets: s.ExpectedOf(i)})
	}
	return p
}

func team(s *model.Scenario, i int, axis calendar.Axis, duties []staffing.Duty) outcome.TeamPlan {
	t := &s.Teams[i]
	p := outcome.TeamPlan{Name: t.Name, CostPerHour: t.Cost.PerHour, Shrinkage: t.Shrinkage, Shifts: []outcome.ShiftPlan{}}
	for k := range t.Shifts {
		var own []staffing.Duty
		for _, d := range duties {
			if d.Shift == k {
				own = append(own, d)
			}
		}
		shift := &t.Shifts[k]
		hours := staffing.Pay(t, axis, own, s.Time.Warmup, s.Time.Length).Hours
		p.Shifts = append(p.Shifts, outcome.ShiftPlan{Name: shift.Name, Heads: shift.Heads, When: shift.When(), PaidHours: hours})
		p.PaidHours += hours
	}
	return p
}
