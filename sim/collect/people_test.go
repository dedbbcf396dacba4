package collect_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// Two people of front from eight to four, at 20 an hour, over the end of a month. One is
// sick on the second of three days and his place is vacant on the third; on the last he
// is also missed in the overtime that is planned for both.
func TestWhoIsThereIsCountedByMonthAndPaid(t *testing.T) {
	t.Parallel()
	s := scenario(3*day, 0, hour)
	s.Currency = "USD"
	s.Time.Start = time.Date(2026, 3, 30, 0, 0, 0, 0, time.UTC)
	team := &s.Teams[0]
	team.Cost = staffing.Cost{PerHour: 20, Overtime: 0.5}
	team.Sickness.Share = 0.1
	last := calendar.Date{Year: 2026, Month: time.April, Day: 1}
	team.Overtime = []staffing.Overtime{{Name: "rush", First: last, Last: last, Stay: hour, Share: 1}}
	x := newTrial(t, s)
	for d := range 3 {
		n := desk.Staff{On: 2}
		start := time.Duration(d)*day + 8*hour
		switch d {
		case 1:
			n = desk.Staff{On: 1, Sick: 1}
		case 2:
			n = desk.Staff{On: 1, Vacant: 1}
			x.staff(start+8*hour, 0, desk.Staff{On: 1, Missed: 1})
		}
		x.staff(start, 0, n)
		end := start + 8*hour
		if d == 2 {
			end += hour
		}
		x.staff(end, 0, desk.Staff{})
	}
	x.end()
	all, march, april := outcome.Labels{Team: "front"}, outcome.Labels{Team: "front", Period: "2026-03"}, outcome.Labels{Team: "front", Period: "2026-04"}
	x.want(outcome.PlannedHours, all, 48, 1)
	x.want(outcome.Sickness, all, 8, 48)
	x.want(outcome.Vacancies, all, 8, 48)
	x.want(outcome.Present, all, 32, 48)
	x.want(outcome.Sickness, march, 8, 32)
	x.want(outcome.Vacancies, march, 0, 32)
	x.want(outcome.Sickness, april, 0, 16)
	x.want(outcome.Vacancies, april, 8, 16)
	x.want(outcome.PaidHours, all, 48-8+1, 1) // who is sick is paid, one of two hours of overtime is worked
	x.want(outcome.Overtime, all, 1, 1)
	x.want(outcome.Cost, all, 20*41+10, 1)
	x.want(outcome.CostBase, all, 20*41, 1)
	x.want(outcome.CostOvertime, all, 10, 1)
	x.want(outcome.CostPremiums, all, 0, 1)
}

// A call of half an hour is paid for an hour; two tickets in a row are one call.
func TestCallsAreCountedAndPaid(t *testing.T) {
	t.Parallel()
	s := scenario(day, 0, hour)
	s.Currency = "USD"
	s.Teams[0].Cost = staffing.Cost{PerHour: 20, Overtime: 0.5}
	s.Teams[0].Shifts = append(s.Teams[0].Shifts, staffing.Shift{
		Name: "pager", Heads: 1, Days: [7]bool{true, true, true, true, true, true, true}, From: 16 * 60, To: 24 * 60,
		OnCall: &staffing.OnCall{PerHour: 5, Minimum: hour},
	})
	x := newTrial(t, s)
	called := func(from, to time.Duration) {
		k := x.comes(from, outage)
		x.on(from, func() {
			k.Status, k.Agent, k.Team, k.OnCall = ticket.Open, 2, 0, true // after the two of the day
			x.Ticket(ticket.Started, from, k)
		})
		x.staff(from, 0, desk.Staff{Called: 1})
		x.replied(to, k, ticket.Solved)
		x.staff(to, 0, desk.Staff{Standby: 1})
	}
	called(17*hour, 17*hour+30*minute)
	called(19*hour, 19*hour+15*minute)
	called(19*hour+15*minute, 19*hour+45*minute)
	x.end()
	front := outcome.Labels{Team: "front"}
	x.want(outcome.StandbyHours, front, 8, 1)
	x.want(outcome.Calls, front, 3, 1)
	x.want(outcome.CalledHours, front, 1.25, 1)
	x.want(outcome.PaidHours, front, 16+2, 1)
	x.want(outcome.Overtime, front, 2, 1)
	x.want(outcome.Cost, front, 16*20+2*30+8*5, 1)
	x.want(outcome.CostPremiums, front, 8*5, 1)
}
