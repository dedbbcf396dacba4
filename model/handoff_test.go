package model_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/work"
)

func TestMistakesInHandOffs(t *testing.T) {
	to := func(change func(h *work.HandOff)) func(s *model.Scenario) {
		return func(s *model.Scenario) { change(&s.Issues[0].HandOffs[0]) }
	}
	more := func(h work.HandOff) func(s *model.Scenario) {
		return func(s *model.Scenario) {
			if h.Handle.IsZero() {
				h.Handle = dist.Must(dist.Constant(60))
			}
			s.Issues[0].HandOffs = append(s.Issues[0].HandOffs, h)
		}
	}
	const path = "issues.payment-failure.hand_off"
	checkMistakes(t, []mistake{
		{"none", to(func(*work.HandOff) {}), nil},
		{"to the team that serves it too", more(work.HandOff{To: 0, Share: 0.8}), nil},
		{"to a team that does nothing else", func(s *model.Scenario) {
			s.Teams = append(s.Teams, s.Teams[0])
			s.Teams[2].Name, s.Teams[2].HandOffsOnly = "engineering", true
			s.Names.Teams = append(s.Names.Teams, "engineering")
			s.Issues[0].HandOffs[0].To = 2
		}, nil},
		{"a team that does not exist", to(func(h *work.HandOff) { h.To = 7 }), []string{path + ".to: team number 7 does not exist, there are 2"}},
		{"no team", to(func(h *work.HandOff) { h.To = -1 }), []string{path + ".to: team number -1 does not exist, there are 2"}},
		{"no share", to(func(h *work.HandOff) { h.Share = 0 }), []string{path + ".share: the share of tickets that are handed off must be above 0% and at most 100%, it is 0%"}},
		{"a share that is not a number", to(func(h *work.HandOff) { h.Share = math.NaN() }),
			[]string{path + ".share: the share of tickets that are handed off must be above 0% and at most 100%, it is NaN%"}},
		{"no time", to(func(h *work.HandOff) { h.Handle = dist.Dist{} }), []string{path + ".handle: it is not said how long the other team works on it"}},
		{"a time of nothing", to(func(h *work.HandOff) { h.Handle = dist.Must(dist.Constant(0)) }),
			[]string{path + ".handle: the mean time that the other team works on it must be above 0s, it is 0s"}},
		{"more than all", more(work.HandOff{To: 0, Share: 0.9}), []string{path + ": the shares of the hand-offs add up to 110%"}},
		{"one team twice", more(work.HandOff{To: 1, Share: 0.1}), []string{path + ": night is listed twice"}},
		{"round and round", to(func(h *work.HandOff) { h.Share, h.AnyTouch = 1, true }),
			[]string{path + ": every touch is followed by a hand-off, and no ticket is ever solved"}},
		{"every touch to those who solve it", to(func(h *work.HandOff) { h.Share, h.AnyTouch, h.Solves = 1, true, true }), nil},
		{"a team that nobody gives anything", func(s *model.Scenario) {
			s.Teams = append(s.Teams, staffing.Team{Name: "engineering", HandOffsOnly: true, Shifts: s.Teams[1].Shifts})
			s.Names.Teams = append(s.Names.Teams, "engineering")
		}, []string{"teams.engineering.takes: the team takes nothing but hand-offs, and nobody hands anything off to it"}},
		{"a team that is never there", func(s *model.Scenario) {
			late := s.Teams[1]
			late.Name, late.Shifts = "engineering", append([]staffing.Shift(nil), late.Shifts...)
			late.Shifts[0].First = calendar.Date{Year: 2030, Month: time.January, Day: 1}
			s.Teams = append(s.Teams, late)
			s.Names.Teams = append(s.Names.Teams, "engineering")
			s.Issues[0].HandOffs[0].To = 2
		}, []string{path + ".to: team engineering has no shift with heads within the scenario's time"}},
		{"nobody serves customers", func(s *model.Scenario) {
			s.Teams[0].HandOffsOnly, s.Teams[1].HandOffsOnly = true, true
			more(work.HandOff{To: 0, Share: 0.1})(s)
			s.Issues = s.Issues[:1]
			s.Names.Issues = s.Names.Issues[:1]
			s.Streams = s.Streams[2:]
			s.SLA.Policies, s.Contracts = nil, nil
		}, []string{"issues.payment-failure.skill: no team has the skill payments"}},
		{"an escalation to those who serve no customers", func(s *model.Scenario) {
			s.Teams[1].HandOffsOnly = true
			s.Escalations = []model.Rung{{Name: "late", Metric: sla.Resolution, Do: model.Reassign, Team: 1}}
		}, []string{"escalations[late].to: team night takes nothing but hand-offs"}},
		{"nobody says when the customer answers", func(s *model.Scenario) {
			s.Issues[0].SolvedAtFirst, s.Issues[0].Reopen, s.Issues[0].Reply = 1, work.Reopen{}, work.Reply{}
		}, []string{"issues.payment-failure.customer_reply.after: not every touch solves the ticket (the first 100%, a later one 70%), but it is not said when the customer answers"}},
	})
}

func TestMistakesInPromisesAboutTeams(t *testing.T) {
	target := func(i int, change func(t *sla.Target)) func(s *model.Scenario) {
		return func(s *model.Scenario) { change(&s.SLA.Policies[1].Targets[i]) }
	}
	const path = "sla.policies[premium]."
	checkMistakes(t, []mistake{
		{"any team", target(1, func(t *sla.Target) { t.Owner = 0 }), nil},
		{"a team that does not exist", target(1, func(t *sla.Target) { t.Owner = 9 }), []string{path + "group_ownership.team: team number 8 does not exist, there are 2"}},
		{"an unknown moment", target(1, func(t *sla.Target) { t.Until = 7 }), []string{path + "group_ownership.until: unknown moment 7"}},
		{"a team's first reply", target(0, func(t *sla.Target) { t.Owner = 1 }), []string{path + "first_reply: first_reply is not about teams"}},
	})
}
