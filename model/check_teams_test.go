package model_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
)

func TestMistakesInTeams(t *testing.T) {
	shift := func(i int, change func(*staffing.Shift)) func(s *model.Scenario) {
		return func(s *model.Scenario) { change(&s.Teams[front].Shifts[i]) }
	}
	checkMistakes(t, []mistake{
		{"no teams", func(s *model.Scenario) { s.Teams, s.Names.Teams = nil, nil },
			[]string{"teams: there are no teams: nobody would serve the tickets"}},
		{"a skill that does not exist", func(s *model.Scenario) { s.Teams[front].Skills = []ticket.Skill{payments, orders, 8} },
			[]string{"teams.front.skills: skill number 8 does not exist, there are 2"}},
		{"a channel twice", func(s *model.Scenario) { s.Teams[front].Channels = []ticket.Channel{email, email, chat} },
			[]string{"teams.front.channels: email is listed twice"}},
		{"a shrinkage of all", func(s *model.Scenario) { s.Teams[front].Shrinkage = 1 },
			[]string{"teams.front.shrinkage: the shrinkage must be at least 0% and below 100%, it is 100%"}},
		{"the zone of the machine", func(s *model.Scenario) { s.Teams[front].Zone = time.Local },
			[]string{"teams.front.zone: the time zone is that of the machine"}},
		{"an unknown end of the shift", func(s *model.Scenario) { s.Teams[front].ShiftEnd = 7 },
			[]string{"teams.front.at_shift_end: unknown choice 7"}},
		{"a negative cost", func(s *model.Scenario) { s.Teams[front].Cost.PerHour = -24 },
			[]string{"teams.front.cost: the cost of an hour must be at least 0, it is -24"}},
		{"no currency", func(s *model.Scenario) { s.Currency = ""; s.Contracts = nil }, []string{
			"teams.front.cost: an hour costs 24, but of which currency is not said",
			"teams.night.cost: an hour costs 24, but of which currency is not said",
		}},
		{"negative premiums", func(s *model.Scenario) {
			c := &s.Teams[front].Cost
			c.Night, c.Weekend, c.Overtime = -0.25, -0.5, -0.75
		}, []string{
			"teams.front.premiums.night: the premium must be at least 0%, it is -25%",
			"teams.front.premiums.weekend: the premium must be at least 0%, it is -50%",
			"teams.front.premiums.overtime: the premium must be at least 0%, it is -75%",
		}},
		{"a night outside the day", func(s *model.Scenario) { s.Teams[front].Cost.NightTo = 1800 },
			[]string{"teams.front.premiums.night: the night from 22:00 to 30:00 does not lie within the day"}},
		{"an empty night", func(s *model.Scenario) { s.Teams[front].Cost.NightTo = 1320 },
			[]string{"teams.front.premiums.night: there is a premium of 25% for the night, but the night from 22:00 to 22:00 is empty"}},
		{"no shifts", func(s *model.Scenario) { s.Teams[night].Shifts = nil },
			[]string{"teams.night.shifts: the team has no shifts, so it is never there"}},
		{"two shifts of one name", shift(late, func(s *staffing.Shift) { s.Name = "early" }),
			[]string{"teams.front.shifts[early]: shift early is there twice, as number 1 and number 2"}},
		{"negative heads", shift(early, func(s *staffing.Shift) { s.Heads = -1 }),
			[]string{"teams.front.shifts[early].heads: the number of heads must be at least 0 and at most 100000, it is -1"}},
		{"no day of the week", shift(early, func(s *staffing.Shift) { s.Days = [7]bool{} }),
			[]string{"teams.front.shifts[early].days: the shift starts on no day of the week"}},
		{"a last day before the first", shift(late, func(s *staffing.Shift) { s.Last = calendar.Date{Year: 2026, Month: 10, Day: 31} }),
			[]string{"teams.front.shifts[late].until: the last day, 2026-10-31, is before the first, 2026-11-01"}},
		{"a shift that starts after the day", shift(late, func(s *staffing.Shift) { s.From, s.To = 1500, 1600 }),
			[]string{"teams.front.shifts[late].hours: the shift starts at 25:00, which is not a time of the day"}},
		{"a shift that ends before it starts", shift(late, func(s *staffing.Shift) { s.From, s.To = 1320, 360 }),
			[]string{"teams.front.shifts[late].hours: the shift ends at 06:00, before it starts at 22:00"}},
		{"a shift that does not last", shift(late, func(s *staffing.Shift) { s.To = s.From }),
			[]string{"teams.front.shifts[late].hours: the shift starts and ends at 13:00, so it does not last"}},
		{"a shift of 30 hours", shift(late, func(s *staffing.Shift) { s.To = s.From + 1800 }),
			[]string{"teams.front.shifts[late].hours: the shift lasts from 13:00 to 43:00, 30h, and would overlap that of the next day"}},
		{"a break before the shift", shift(early, func(s *staffing.Shift) { s.Breaks[0].At = 360 }),
			[]string{"teams.front.shifts[early].break: the break of 30 min at 06:00 is not within the shift from 07:00 to 15:30"}},
		{"a break beyond the end", shift(early, func(s *staffing.Shift) { s.Breaks[0].At = 915 }),
			[]string{"teams.front.shifts[early].break: the break of 30 min at 15:15 is not within the shift from 07:00 to 15:30"}},
		{"a break of nothing", shift(early, func(s *staffing.Shift) { s.Breaks[0].Minutes = 0 }),
			[]string{"teams.front.shifts[early].break: a break of 0 min is not possible"}},
		{"two breaks at one time", shift(early, func(s *staffing.Shift) { s.Breaks = append(s.Breaks, staffing.Break{At: 645, Minutes: 20}) }),
			[]string{"teams.front.shifts[early].break: the break of 30 min at 11:00 starts before the break before it ends at 11:05"}},
		{"breaks that take the whole shift", shift(early, func(s *staffing.Shift) { s.Breaks[0] = staffing.Break{At: 420, Minutes: 510} }),
			[]string{"teams.front.shifts[early].break: the breaks take 510 min, the whole shift is 510 min long"}},
		{"an unknown order of the queue", func(s *model.Scenario) { s.Routing.Order = 9 },
			[]string{"routing.order: unknown order 9"}},
	})
}

func TestTicketsThatNobodyCanServe(t *testing.T) {
	// With the night team, which has every skill and channel, out of the way.
	only := func(change func(s *model.Scenario)) func(s *model.Scenario) {
		return func(s *model.Scenario) {
			s.Teams[night].Skills, s.Teams[night].Channels = []ticket.Skill{payments}, []ticket.Channel{email}
			change(s)
		}
	}
	temps := calendar.Date{Year: 2027, Month: time.January, Day: 1}
	checkMistakes(t, []mistake{
		{"a skill that nobody has", only(func(s *model.Scenario) { s.Teams[front].Skills = []ticket.Skill{payments} }),
			[]string{"issues.order-tracking.skill: no team has the skill orders"}},
		{"a channel that nobody works on", only(func(s *model.Scenario) { s.Teams[front].Channels = []ticket.Channel{email} }),
			[]string{"channels.chat: no team works on the channel chat"}},
		{"the skill in one team, the channel in another", only(func(s *model.Scenario) {
			s.Teams[front].Channels = []ticket.Channel{email}
			s.Teams[night].Channels = []ticket.Channel{chat}
		}), []string{"demand[chats].issue: tickets of issue order-tracking come by chat, but no team with the skill orders works on chat"}},
		{"a team without heads", only(func(s *model.Scenario) {
			s.Teams[front].Shifts[early].Heads, s.Teams[front].Shifts[late].Heads = 0, 0
		}), []string{
			"demand[orders-by-email].issue: tickets of issue order-tracking come by email, but no team that can serve them has a shift with heads within the scenario's time",
			"demand[chats].issue: tickets of issue order-tracking come by chat, but no team that can serve them has a shift with heads within the scenario's time",
		}},
		{"a team that comes too late", only(func(s *model.Scenario) {
			for i := range s.Teams[front].Shifts {
				s.Teams[front].Shifts[i].First, s.Teams[front].Shifts[i].Last = temps, calendar.Date{}
			}
			s.Streams = s.Streams[:1]
		}), []string{
			"demand[orders-by-email].issue: tickets of issue order-tracking come by email, but no team that can serve them has a shift with heads within the scenario's time",
		}},
		{"a shift that reaches in from the day before counts", func(s *model.Scenario) {
			s.Time.Length, s.Time.Warmup = 5*time.Hour, 0
			s.Streams, s.Contracts = s.Streams[lastYear:], nil
			s.Teams[front].Shifts[late].Days = [7]bool{saturday: true}
			s.Teams[front].Shifts[early].Days = [7]bool{saturday: true}
			s.Teams[night].Shifts[0].Days = [7]bool{time.Sunday: true} // until six on Monday, the first day
		}, nil},
		{"a shift that ends before the scenario starts does not count", func(s *model.Scenario) {
			s.Time.Length, s.Time.Warmup = 5*time.Hour, 0
			s.Streams, s.Contracts = s.Streams[lastYear:], nil
			s.Teams[front].Shifts[late].Days = [7]bool{saturday: true}
			s.Teams[front].Shifts[early].Days = [7]bool{saturday: true}
			s.Teams[night].Shifts[0].Days = [7]bool{saturday: true}
		}, []string{
			"demand[last-year].issue: tickets of issue payment-failure come by email, but no team that can serve them has a shift with heads within the scenario's time",
		}},
		{"an issue that nobody brings needs nobody", only(func(s *model.Scenario) {
			s.Teams[front].Skills = []ticket.Skill{payments}
			s.Streams[orderMail].Issues = []demand.IssueShare{{Issue: payment, Share: 1}, {Issue: tracking, Share: 0}}
			s.Streams = []demand.Stream{s.Streams[orderMail]}
		}), nil},
		{"an issue without a skill can be done by all", only(func(s *model.Scenario) {
			s.Teams[front].Skills = []ticket.Skill{payments}
			s.Issues[tracking].Skill = ticket.NoSkill
		}), nil},
		{"a history asks for skills too", only(func(s *model.Scenario) {
			s.Teams[front].Skills = []ticket.Skill{orders}
			s.Teams[night].Skills = []ticket.Skill{orders}
			s.Streams, s.Contracts = s.Streams[lastYear:], nil
		}), []string{"issues.payment-failure.skill: no team has the skill payments"}},
	})
}
