package bench

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

// Year is a year of a desk with so many tickets of the whole life cycle: replies and those
// that never come, pauses, returns, shifts by day and by night, promises by tier in
// business hours.
func Year(tickets float64) *model.Scenario {
	const days = 365
	s := desk("year", days*24*time.Hour, 0)
	zone := time.UTC
	office := &calendar.Calendar{Name: "office", Zone: zone}
	for day := time.Monday; day <= time.Friday; day++ {
		office.Week[day] = []calendar.Span{{From: 9 * 60, To: 17 * 60}}
	}
	s.Calendars = append(s.Calendars, office)
	s.Channels, s.Names.Channels = []work.Channel{{Name: "email", Concurrency: 1}}, []string{"email"}
	s.Names.Issues, s.Names.Priorities, s.Names.Tiers = []string{"question"}, []string{"normal"}, []string{"gold", "basic"}
	s.Issues = []work.Issue{{
		Name: "question", Skill: ticket.NoSkill, Handle: dist.Must(dist.Lognormal(360, 1)), SolvedAtFirst: 0.6, SolvedLater: 0.7,
		Reply:  work.Reply{After: dist.Must(dist.Lognormal(6*3600, 1.5)), Never: 0.1, Close: 96 * time.Hour},
		Reopen: work.Reopen{Share: 0.05, After: dist.Must(dist.Exponential(24 * 3600))},
	}}
	hours := make([]float64, 24)
	for h := range hours {
		hours[h] = 1
		if h >= 8 && h < 20 {
			hours[h] = 4
		}
	}
	s.Streams = []demand.Stream{{
		Name: "mail", Issues: []demand.IssueShare{{Share: 1}},
		Tiers:  []demand.TierShare{{Tier: 0, Share: 0.2}, {Tier: 1, Share: 0.8}},
		Volume: demand.Volume{Count: tickets / days, Per: demand.PerDay}, Profile: demand.Profile{Hours: hours},
	}}
	// By day agents for four fifths of the work, each six minutes by one and a half times, in
	// twelve hours; by night for the rest. All have some room.
	hoursOfWork := tickets / days * 1.5 * 6 / 60 // a day
	all := [7]bool{true, true, true, true, true, true, true}
	s.Teams[0].ShiftEnd = staffing.HandBack
	s.Teams[0].Shifts = []staffing.Shift{
		{Name: "day", Heads: 1 + 1.15*0.8*hoursOfWork/12, Days: all, From: 8 * 60, To: 20 * 60},
		{Name: "night", Heads: 1 + 1.15*0.2*hoursOfWork/12, Days: all, From: 20 * 60, To: 32 * 60},
	}
	pauses := sla.StatusSet(0).With(ticket.Pending)
	target := func(m sla.Metric, within time.Duration) sla.Target {
		return sla.Target{Metric: m, Within: []time.Duration{within}, Pauses: pauses}
	}
	s.SLA.Policies = []sla.Policy{
		{Name: "gold", Match: sla.Match{Tiers: []ticket.Tier{0}}, Targets: []sla.Target{target(sla.FirstReply, time.Hour), target(sla.Resolution, 24*time.Hour)}},
		{Name: "basic", Match: sla.Match{Tiers: []ticket.Tier{1}}, Calendar: 1, Targets: []sla.Target{target(sla.FirstReply, 4*time.Hour), target(sla.Resolution, 16*time.Hour)}},
	}
	for i := range s.SLA.Policies {
		s.SLA.Policies[i].Targets[0].Pauses = 0
	}
	return s
}

// Backlog is a desk on which as many tickets as open are pending at any time, once as many
// have come: each is answered, its silent customer is reminded twice, and it is closed. A
// hundred come in a minute, whatever open is; what differs is how far away the reminders
// and the end are.
func Backlog(open, tickets float64) *model.Scenario {
	const perMinute = 100
	s := desk("backlog", time.Duration(tickets/perMinute*float64(time.Minute)), 25)
	wait := time.Duration(open / perMinute * float64(time.Minute))
	s.Channels, s.Names.Channels = []work.Channel{{Name: "email", Concurrency: 1}}, []string{"email"}
	s.Names.Issues, s.Names.Priorities = []string{"question"}, []string{"normal"}
	s.Issues = []work.Issue{{
		Name: "question", Skill: ticket.NoSkill, Handle: dist.Must(dist.Exponential(6)),
		SolvedAtFirst: 1e-9, SolvedLater: 1,
		Reply: work.Reply{
			After: dist.Must(dist.Exponential(wait.Seconds())), Never: 1, Close: wait,
			Remind: []time.Duration{wait * 4 / 10, wait * 8 / 10},
		},
	}}
	s.Streams = []demand.Stream{{
		Name: "mail", Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Share: 1}},
		Volume: demand.Volume{Count: perMinute * 60, Per: demand.PerHour},
	}}
	return s
}
