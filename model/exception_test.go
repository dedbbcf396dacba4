package model_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// withException gives a valid scenario an exception.
func withException(s *model.Scenario) *model.Exception {
	s.Exceptions = []model.Exception{{
		Name: "outage", Reason: "outage of the provider", ApprovedBy: "J. Doe", From: 5 * day, Until: 6 * day,
		Match: sla.Match{Tiers: []ticket.Tier{enterprise}, Accounts: []ticket.Account{acme}}, Do: model.SuspendCredits,
	}}
	return &s.Exceptions[0]
}

func TestMistakesInExceptions(t *testing.T) {
	exception := func(change func(e *model.Exception)) func(s *model.Scenario) {
		return func(s *model.Scenario) { change(withException(s)) }
	}
	checkMistakes(t, []mistake{
		{"an exception for everybody", exception(func(e *model.Exception) { e.Match, e.Do = sla.Match{}, model.Exclude }), nil},
		{"one that begins before the start and ends after the end", exception(func(e *model.Exception) { e.From, e.Until = -day, 99*day }), nil},
		{"no reason", exception(func(e *model.Exception) { e.Reason = " " }), []string{"exceptions[outage].reason: no reason is given"}},
		{"approved by nobody", exception(func(e *model.Exception) { e.ApprovedBy = "" }), []string{"exceptions[outage].approved_by: nobody has approved it"}},
		{"of no length", exception(func(e *model.Exception) { e.Until = e.From }),
			[]string{"exceptions[outage].until: the exception ends at 2026-11-21 00:00, but begins at 2026-11-21 00:00"}},
		{"over as the warm-up ends", exception(func(e *model.Exception) { e.From, e.Until = day, 4*day }),
			[]string{"exceptions[outage].from: the exception lies outside the measured time, from 2026-11-17 00:00 until 2026-11-20 00:00"}},
		{"from the end on", exception(func(e *model.Exception) { e.From, e.Until = 21*day, 22*day }),
			[]string{"exceptions[outage].from: the exception lies outside the measured time, from 2026-12-07 00:00 until 2026-12-08 00:00"}},
		{"an unknown effect", exception(func(e *model.Exception) { e.Do = 7 }), []string{"exceptions[outage].do: unknown effect 7"}},
		{"one that relaxes", exception(func(e *model.Exception) { e.Do, e.By = model.Relax, 2 }), nil},
		{"one that relaxes nothing", exception(func(e *model.Exception) { e.Do, e.By = model.Relax, 1 }),
			[]string{"exceptions[outage].by: the factor of an exception that relaxes must be above 1 and at most 100, it is 1"}},
		{"a factor without effect", exception(func(e *model.Exception) { e.By = 2 }),
			[]string{"exceptions[outage].by: a factor is for exceptions that relax, this one does suspend_credits"}},
		{"credits suspended where there are none", func(s *model.Scenario) {
			withException(s)
			s.Contracts = nil
		},
			[]string{"exceptions[outage].do: there is no contract whose credits could be suspended"}},
		{"an unknown tier", exception(func(e *model.Exception) { e.Match.Tiers[0] = 9 }),
			[]string{"exceptions[outage].match.tier: tier number 9 does not exist, there are 2"}},
		{"tickets that nobody writes", exception(func(e *model.Exception) { e.Match.Tiers[0] = starter }),
			[]string{"exceptions[outage].match: the exception affects none of the tickets that the demand brings"}},
		{"a name twice", func(s *model.Scenario) { e := *withException(s); s.Exceptions = append(s.Exceptions, e) },
			[]string{"exceptions[outage]: exception outage is there twice, as number 1 and number 2"}},
	})
}

func TestAnExceptionAffectsFromItsStartUntilBeforeItsEnd(t *testing.T) {
	t.Parallel()
	e := model.Exception{From: 2 * time.Hour, Until: 5 * time.Hour, Match: sla.Match{Channels: []ticket.Channel{chat}}}
	for _, c := range []struct {
		channel ticket.Channel
		at      time.Duration
		want    bool
	}{
		{chat, 2*time.Hour - 1, false},
		{chat, 2 * time.Hour, true},
		{chat, 5*time.Hour - 1, true},
		{chat, 5 * time.Hour, false},
		{email, 3 * time.Hour, false},
	} {
		if got := e.Affects(ticket.Class{Channel: c.channel}, c.at); got != c.want {
			t.Errorf("channel %d at %v: %v", c.channel, c.at, got)
		}
	}
}

func TestWhomAnExceptionAffectsInWords(t *testing.T) {
	t.Parallel()
	n := &valid(t).Names
	for want, m := range map[string]sla.Match{
		"every ticket":                           {},
		"tier enterprise, account acme":          {Tiers: []ticket.Tier{enterprise}, Accounts: []ticket.Account{acme}},
		"tier enterprise or starter":             {Tiers: []ticket.Tier{enterprise, starter}},
		"channel chat, issue order-tracking":     {Channels: []ticket.Channel{chat}, Issues: []ticket.Issue{tracking}},
		"channel email, priority high or normal": {Channels: []ticket.Channel{email}, Priorities: []ticket.Priority{high, normal}},
	} {
		e := model.Exception{Match: m}
		if got := e.Whom(n); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestEveryFieldOfAnExceptionIsInTheDigest(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for name, change := range map[string]func(e *model.Exception){
		"nothing":     func(*model.Exception) {},
		"name":        func(e *model.Exception) { e.Name = "flood" },
		"reason":      func(e *model.Exception) { e.Reason = "a flood" },
		"approved by": func(e *model.Exception) { e.ApprovedBy = "R. Roe" },
		"from":        func(e *model.Exception) { e.From++ },
		"until":       func(e *model.Exception) { e.Until++ },
		"match":       func(e *model.Exception) { e.Match.Accounts = nil },
		"do":          func(e *model.Exception) { e.Do = model.Exclude },
		"by":          func(e *model.Exception) { e.By = 2 },
	} {
		s := valid(t)
		change(withException(s))
		digest := s.Digest()
		if other, again := seen[digest]; again {
			t.Errorf("a change of %s has the digest of a change of %s", name, other)
		}
		seen[digest] = name
	}
	if seen[valid(t).Digest()] != "" {
		t.Error("an exception leaves no trace in the digest")
	}
}
