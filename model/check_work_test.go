package model_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/work"
)

func TestMistakesInChannelsAndIssues(t *testing.T) {
	checkMistakes(t, []mistake{
		{"an agent who serves nobody", func(s *model.Scenario) { s.Channels[chat].Concurrency = 0 },
			[]string{"channels.chat.concurrency: an agent must be able to serve at least 1 contact at once, not 0"}},
		{"concurrencies that cannot be mixed", func(s *model.Scenario) { s.Channels[email].Concurrency, s.Channels[chat].Concurrency = 9, 7 },
			[]string{"channels.chat.concurrency: the concurrencies 9 and 7 cannot be mixed: their least common multiple is 63, more than 60"}},
		{"a concurrency of a hundred", func(s *model.Scenario) { s.Channels[email].Concurrency = 100 },
			[]string{"channels.email.concurrency: a concurrency of 100 is more than 60"}},
		{"a negative slowdown", func(s *model.Scenario) { s.Channels[chat].Slowdown = work.Slowdown{-0.25} },
			[]string{"channels.chat.slowdown: the slowdown must be at least 0%, it is -25%"}},
		{"a slowdown that falls", func(s *model.Scenario) { s.Channels[chat].Slowdown = work.Slowdown{0.4, 0.25} },
			[]string{"channels.chat.slowdown: with 3 contacts at once the slowdown falls from 40% to 25%"}},
		{"a negative short abandonment", func(s *model.Scenario) { s.Channels[chat].ShortAbandon = -5 * time.Second },
			[]string{"channels.chat.short_abandon: the short abandonment must not be negative, it is -5s"}},
		{"patience on the email channel", func(s *model.Scenario) { s.Channels[email].Patience = dist.Must(dist.Exponential(60)) },
			[]string{"channels.email.patience: email is not live, so nobody waits on the line and nobody can lose patience"}},
		{"a short abandonment of emails", func(s *model.Scenario) { s.Channels[email].ShortAbandon = time.Second },
			[]string{"channels.email.short_abandon: email is not live, so nobody can abandon it"}},
		{"a priority that does not exist", func(s *model.Scenario) { s.Issues[payment].Priority = 7 },
			[]string{"issues.payment-failure.priority: priority number 7 does not exist, there are 3"}},
		{"a skill that does not exist", func(s *model.Scenario) {
			s.Issues[payment].Skill = 7
			s.Teams[front].Skills = append(s.Teams[front].Skills, 7)
		}, []string{
			"issues.payment-failure.skill: skill number 7 does not exist, there are 2",
			"teams.front.skills: skill number 7 does not exist, there are 2",
		}},
		{"no handling time", func(s *model.Scenario) { s.Issues[payment].Handle = dist.Dist{} },
			[]string{"issues.payment-failure.handle: there is no handling time"}},
		{"a handling time of nothing", func(s *model.Scenario) { s.Issues[payment].Handle = dist.Must(dist.Constant(0)) },
			[]string{"issues.payment-failure.handle: the mean handling time must be above 0s, it is 0s"}},
		{"no first touch solves", func(s *model.Scenario) { s.Issues[payment].SolvedAtFirst = 0 },
			[]string{"issues.payment-failure.solved_at_first_touch: the share of tickets that the first touch solves must be above 0% and at most 100%, it is 0%"}},
		{"no later touch solves", func(s *model.Scenario) { s.Issues[payment].SolvedLater = 0 },
			[]string{"issues.payment-failure.solved_later: the share of tickets that a later touch solves must be above 0% and at most 100%, it is 0%"}},
		{"more than all customers never answer", func(s *model.Scenario) { s.Issues[payment].Reply.Never = 1.12 },
			[]string{"issues.payment-failure.customer_reply.never: the share of customers who never answer must be at least 0% and at most 100%, it is 112%"}},
		{"it is not said when customers answer", func(s *model.Scenario) { s.Issues[payment].Reply.After = dist.Dist{} },
			[]string{"issues.payment-failure.customer_reply.after: not every touch solves the ticket (the first 55%, a later one 70%), but it is not said when the customer answers"}},
		{"it is not said when silent tickets are closed", func(s *model.Scenario) { s.Issues[payment].Reply.Close = 0 },
			[]string{"issues.payment-failure.customer_reply.close: 12% of the customers never answer, but it is not said when their tickets are closed"}},
		{"a negative time until closing", func(s *model.Scenario) { s.Issues[payment].Reply.Close = -day },
			[]string{"issues.payment-failure.customer_reply.close: the time until an unanswered ticket is closed must not be negative, it is -1d"}},
		{"every ticket comes back", func(s *model.Scenario) { s.Issues[payment].Reopen.Share = 1 },
			[]string{"issues.payment-failure.reopen: the share of tickets that come back must be at least 0% and below 100%, it is 100%"}},
		{"it is not said when tickets come back", func(s *model.Scenario) { s.Issues[payment].Reopen.After = dist.Dist{} },
			[]string{"issues.payment-failure.reopen: 4% of the tickets come back, but it is not said when"}},
	})
}
