package model_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
)

func TestMistakesInTimeAndRun(t *testing.T) {
	checkMistakes(t, []mistake{
		{"no start", func(s *model.Scenario) { s.Time.Start = time.Time{} }, []string{
			"time.start: the scenario has no start",
			"demand[orders-by-email].from: the first day, 2026-11-17, is after the scenario's last, 0001-01-21: no tickets would come",
		}},
		{"the zone of the machine", func(s *model.Scenario) { s.Time.Start = s.Time.Start.In(time.Local) },
			[]string{"time.zone: the time zone is that of the machine"}},
		{"no length", func(s *model.Scenario) {
			s.Time.Length, s.Time.Warmup = 0, 0
			s.Streams = s.Streams[1:2]
			s.Contracts = nil
		},
			[]string{"time.length: the length must be above 0, it is 0s"}},
		{"a length of 150 years", func(s *model.Scenario) { s.Time.Length = 150 * 365 * day },
			[]string{"time.length: the length is 54750d, more than a century"}},
		{"a negative warm-up", func(s *model.Scenario) { s.Time.Warmup = -90 * time.Minute },
			[]string{"time.warmup: the warm-up must not be negative, it is -1h30m"}},
		{"a warm-up as long as the scenario", func(s *model.Scenario) { s.Time.Warmup = 21 * day },
			[]string{"time.warmup: the warm-up of 21d leaves nothing to measure of the length of 21d"}},
		{"an interval of ten minutes", func(s *model.Scenario) { s.Time.Interval = 10 * time.Minute },
			[]string{"time.interval: the interval is 10m"}},
		{"no replications", func(s *model.Scenario) { s.Run.Min = 0 },
			[]string{"run.replications: at least 1 replication is needed, there are 0"}},
		{"the larger number of replications first", func(s *model.Scenario) { s.Run.Min, s.Run.Max = 400, 30 },
			[]string{"run.replications: the largest number of replications, 30, is below the smallest, 400"}},
		{"a precision from one replication", func(s *model.Scenario) { s.Run.Min = 1 },
			[]string{"run.replications: a run with a precision cannot start with 1, since so few do not tell how wide the interval is"}},
		{"a precision from 19 replications", func(s *model.Scenario) { s.Run.Min = 19 },
			[]string{"run.replications: a run with a precision cannot start with 19, since so few do not tell how wide the interval is"}},
		{"a negative absolute precision", func(s *model.Scenario) { s.Run.Absolute = -3 },
			[]string{"run.precision: the precision must be above 0 and at most 1e+15, it is -3"}},
		{"a further precision of nothing", func(s *model.Scenario) { s.Run.Further[0].Measure = "" },
			[]string{"run.precision: a precision of 500 of nothing"}},
		{"the same precision twice", func(s *model.Scenario) { s.Run.Further[0].Measure = s.Run.Measure },
			[]string{"run.precision: the precision of breach_rate(first_reply) is asked for twice"}},
		{"a precision of more than all", func(s *model.Scenario) { s.Run.Precision = 1.5 },
			[]string{"run.precision: the precision must be above 0% and below 100%, it is 150%"}},
		{"a precision that is not a number", func(s *model.Scenario) { s.Run.Precision = math.NaN() },
			[]string{"run.precision: the precision must be above 0% and below 100%, it is NaN%"}},
		{"a precision of nothing", func(s *model.Scenario) { s.Run.Measure = "" },
			[]string{"run.precision: a precision of 5% of nothing"}},
	})
}

func TestMistakesInNamesAndCalendars(t *testing.T) {
	checkMistakes(t, []mistake{
		{"no priorities", func(s *model.Scenario) {
			s.Names.Priorities = nil
			s.SLA.Policies, s.Contracts = nil, nil
			s.Streams = s.Streams[:2]
		}, []string{
			"priorities: there is no priority",
			"issues.payment-failure.priority: priority number 0 does not exist, there are 0",
			"issues.order-tracking.priority: priority number 1 does not exist, there are 0",
		}},
		{"no tiers", func(s *model.Scenario) {
			s.Names.Tiers = nil
			s.SLA.Policies, s.Contracts = nil, nil
			s.Streams = s.Streams[1:2]
			s.Streams[0].Tiers = nil
		}, []string{
			"tiers: there is no tier",
			"demand[chats].tier: the shares of the tiers add up to 0%, not to 100%",
		}},
		{"two tiers of one name", func(s *model.Scenario) { s.Names.Tiers[1] = "enterprise" },
			[]string{"tiers: tier enterprise is there twice, as number 1 and number 2"}},
		{"a skill without a name", func(s *model.Scenario) { s.Names.Skills[1] = "" },
			[]string{"teams: skill number 2 has no name"}},
		{"a channel that is named and not defined", func(s *model.Scenario) { s.Names.Channels = append(s.Names.Channels, "phone") },
			[]string{"channels: 3 of the kind channel are named and 2 defined"}},
		{"a team defined under another name", func(s *model.Scenario) { s.Names.Teams[0] = "back" },
			[]string{"teams: team number 1 is named back and defined as front"}},
		{"more skills than there is room for", func(s *model.Scenario) {
			for i := range 300 {
				s.Names.Skills = append(s.Names.Skills, strings.Repeat("x", i+1))
			}
		}, []string{"teams: there are 302 of the kind skill, at most 255 are possible"}},
		{"a currency that is none", func(s *model.Scenario) { s.Currency = "dollars"; s.Contracts = nil },
			[]string{`currency: "dollars" is not a currency`}},
		{"no calendar that is always open", func(s *model.Scenario) { s.Calendars[0] = officeCalendar(time.UTC); s.Calendars[0].Name = "always" },
			[]string{"calendars.always: the first calendar is not the one that is always open"}},
		{"two calendars of one name", func(s *model.Scenario) { s.Calendars[1].Name = "always" },
			[]string{"calendars.always: calendar always is there twice, as number 1 and number 2"}},
		{"a calendar that is missing", func(s *model.Scenario) { s.Calendars = append(s.Calendars, nil) },
			[]string{"calendars.2: calendar number 3 has no name", "calendars.2: the calendar is missing"}},
		{"a calendar that is never open", func(s *model.Scenario) { s.Calendars[1].Week = calendar.Week{}; s.Calendars[1].Override = nil },
			[]string{"calendars.office: the calendar is never open"}},
		{"a calendar without a zone", func(s *model.Scenario) { s.Calendars[1].Zone = nil },
			[]string{"calendars.office: the calendar has no time zone"}},
		{"a calendar in the zone of the machine", func(s *model.Scenario) { s.Calendars[1].Zone = time.Local },
			[]string{"calendars.office.zone: the time zone is that of the machine"}},
	})
}
