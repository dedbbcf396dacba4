package model_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

func TestMistakesInPolicies(t *testing.T) {
	target := func(policy int, change func(*sla.Target)) func(s *model.Scenario) {
		return func(s *model.Scenario) { change(&s.SLA.Policies[policy].Targets[0]) }
	}
	checkMistakes(t, []mistake{
		{"an unknown way to resolve", func(s *model.Scenario) { s.SLA.Resolve = 5 },
			[]string{"sla.resolve: unknown way 5 to resolve policies"}},
		{"two policies of one name", func(s *model.Scenario) { s.SLA.Policies[premium].Name = "chat" },
			[]string{"sla.policies[chat]: policy chat is there twice, as number 2 and number 3"}},
		{"a calendar that does not exist", func(s *model.Scenario) { s.SLA.Policies[corporate].Calendar = 6 },
			[]string{"sla.policies[corporate].calendar: calendar number 6 does not exist, there are 2"}},
		{"a match of a tier that does not exist", func(s *model.Scenario) { s.SLA.Policies[premium].Match.Tiers[0] = 6 },
			[]string{"sla.policies[premium].match: tier number 6 does not exist, there are 2"}},
		{"a policy without targets", func(s *model.Scenario) { s.SLA.Policies[premium].Targets = nil },
			[]string{"sla.policies[premium]: the policy promises nothing"}},
		{"a metric twice", func(s *model.Scenario) {
			s.SLA.Policies[premium].Targets = append(s.SLA.Policies[premium].Targets, s.SLA.Policies[premium].Targets[0])
		}, []string{"sla.policies[premium]: first_reply is listed twice"}},
		{"an unknown metric", target(premium, func(t *sla.Target) { t.Metric = 9 }),
			[]string{"sla.policies[premium]: unknown metric 9"}},
		{"a target for two of three priorities", target(premium, func(t *sla.Target) { t.Within = t.Within[:2] }),
			[]string{"sla.policies[premium].first_reply: there are targets for 2 priorities, the scenario has 3"}},
		{"a target of no time", target(premium, func(t *sla.Target) { t.Within[1] = 0 }),
			[]string{"sla.policies[premium].first_reply: the target for priority normal must be above 0s, it is 0s"}},
		{"a share above all", target(chatPolicy, func(t *sla.Target) { t.Share = 1.8 }),
			[]string{"sla.policies[chat].answer: the share of tickets that must meet the target must be at least 0% and at most 100%, it is 180%"}},
		{"a first reply that pauses", target(premium, func(t *sla.Target) { t.Pauses = t.Pauses.With(ticket.Pending) }),
			[]string{"sla.policies[premium].first_reply: the clock of first_reply does not pause"}},
		{"a resolution that pauses when solved", target(corporate, func(t *sla.Target) { t.Pauses = t.Pauses.With(ticket.Solved) }),
			[]string{"sla.policies[corporate].resolution: the clock cannot pause in status number 4: it runs only while the ticket is not solved"}},
		{"an unknown way to change a promise", func(s *model.Scenario) { s.SLA.Change = 7 },
			[]string{"sla.change: unknown way 7 to change a promise"}},
		{"an unknown way to reopen", target(corporate, func(t *sla.Target) { t.Reopen = 5 }),
			[]string{"sla.policies[corporate].resolution: unknown way 5 to reopen a clock"}},
		{"an unknown boundary", target(corporate, func(t *sla.Target) { t.Boundary = 4 }),
			[]string{"sla.policies[corporate].resolution: unknown boundary 4"}},
		{"a warning beyond the target", target(corporate, func(t *sla.Target) { t.Warn.Share = 1.5 }),
			[]string{"sla.policies[corporate].resolution.warn: the share of the target at which a warning is due must be at least 0% and at most 100%, it is 150%"}},
		{"an answer by email", func(s *model.Scenario) { s.SLA.Policies[chatPolicy].Match.Channels[0] = email },
			[]string{"sla.policies[chat].answer: answer is promised on live channels only, and none that the policy covers is live"}},
	})
}

func TestMistakesInContracts(t *testing.T) {
	deal := func(change func(*contract.Contract)) func(s *model.Scenario) {
		return func(s *model.Scenario) { change(&s.Contracts[0]) }
	}
	checkMistakes(t, []mistake{
		{"two contracts of one name", func(s *model.Scenario) { s.Contracts = append(s.Contracts, s.Contracts[0]) },
			[]string{"contracts[acme]: contract acme is there twice, as number 1 and number 2"}},
		{"a negative fee", deal(func(k *contract.Contract) { k.Fee.Minor = -100 }),
			[]string{"contracts[acme].fee: the fee must not be negative, it is -1.00 USD"}},
		{"a fee in another currency", deal(func(k *contract.Contract) { k.Fee.Currency = "JPY" }),
			[]string{"contracts[acme].fee: the fee is 1800000 JPY, but the scenario's money is in USD"}},
		{"a fee beyond all counting", deal(func(k *contract.Contract) { k.Fee.Minor = math.MaxInt64 }),
			[]string{"contracts[acme].fee: the fee is too large: 92233720368547758.07 USD"}},
		{"a promise of more than all", deal(func(k *contract.Contract) { k.Levels[0].Target = 1_050_000 }),
			[]string{"contracts[acme].promise: the target must be above 0% and at most 100%, it is 105%"}},
		{"an unknown metric", deal(func(k *contract.Contract) { k.Levels[0].Metric = 9 }),
			[]string{"contracts[acme].promise: unknown metric 9"}},
		{"an unknown period", deal(func(k *contract.Contract) { k.Period = 9 }),
			[]string{"contracts[acme].per: unknown period 9"}},
		{"a negative credit", deal(func(k *contract.Contract) { k.Levels[0].Scheme = contract.Flat{Credit: -100_000} }),
			[]string{"contracts[acme].credit: the credit must be between 0% and 100%, it is -10%"}},
		{"steps of nothing", deal(func(k *contract.Contract) { k.Levels[0].Scheme = contract.Steps{} }),
			[]string{"contracts[acme].credit: the step must be above 0% and at most 100%, it is 0%"}},
		{"an unknown rounding", deal(func(k *contract.Contract) { k.Levels[0].Scheme = contract.Steps{Step: 1, Rounding: 9} }),
			[]string{"contracts[acme].credit: unknown rounding 9"}},
		{"a cap above the fee", deal(func(k *contract.Contract) { k.Cap = 1_500_000 }),
			[]string{"contracts[acme].cap: the cap must be between 0% and 100%, it is 150%"}},
		{"an account that does not exist", deal(func(k *contract.Contract) { k.Match.Accounts[0] = 5 }),
			[]string{"contracts[acme].account: account number 5 does not exist, there are 1"}},
		{"an account without tickets", func(s *model.Scenario) { s.Streams[orderMail].Accounts = nil },
			[]string{"contracts[acme]: the contract covers none of the tickets that the demand brings"}},
		{"a metric without a policy", func(s *model.Scenario) { s.SLA.Policies = s.SLA.Policies[1:] },
			[]string{"contracts[acme].promise: the contract promises 95% of resolution, but no policy sets a target for resolution on its tickets"}},
		{"answers promised for email", deal(func(k *contract.Contract) { k.Levels[0].Metric = sla.Answer }),
			[]string{"contracts[acme].promise: the contract promises 95% of answer, but no policy sets a target for answer on its tickets"}},
		{"a metric that is best effort for all its tickets", func(s *model.Scenario) {
			s.SLA.Policies[corporate].Targets[0].Within = []time.Duration{sla.None, sla.None, time.Hour}
		}, []string{"contracts[acme].promise: the contract promises 95% of resolution, but no policy sets a target for resolution on its tickets"}},
	})
}

func TestMistakesInTheLadder(t *testing.T) {
	rung := func(change func(r *model.Rung)) func(s *model.Scenario) {
		return func(s *model.Scenario) {
			r := model.Rung{Name: "warning", Metric: sla.FirstReply, At: sla.Mark{Share: 0.75}}
			change(&r)
			s.Escalations = []model.Rung{r}
		}
	}
	checkMistakes(t, []mistake{
		{"a ladder that is sound", rung(func(r *model.Rung) { r.Do, r.Team, r.Lead = model.Reassign, 0, time.Minute }), nil},
		{"an escalation of what nobody promises", rung(func(r *model.Rung) { r.Metric = sla.AgentWork }),
			[]string{"escalations[warning].at: no policy promises agent_work, so the escalation never happens"}},
		{"an escalation before the start", rung(func(r *model.Rung) { r.At.Share = -0.5 }),
			[]string{"escalations[warning].at: the escalation is at -0.5 of the target"}},
		{"an unknown action", rung(func(r *model.Rung) { r.Do = 9 }), []string{"escalations[warning].do: unknown action 9"}},
		{"an unknown team", rung(func(r *model.Rung) { r.Do, r.Team = model.Reassign, 99 }),
			[]string{"escalations[warning].to: team number 99 does not exist, there are 2"}},
		{"a negative time", rung(func(r *model.Rung) { r.Lead = -time.Minute }), []string{"escalations[warning].takes: it takes -1m"}},
		{"a name twice", func(s *model.Scenario) {
			rung(func(*model.Rung) {})(s)
			s.Escalations = append(s.Escalations, s.Escalations[0])
		}, []string{"escalations[warning]: escalation warning is there twice, as number 1 and number 2"}},
	})
}

func TestMistakesInReviews(t *testing.T) {
	review := func(change func(r *model.Rung)) func(s *model.Scenario) {
		return func(s *model.Scenario) {
			r := model.Rung{Name: "review", Metric: sla.FirstReply, Repeat: model.Repeat{Breaches: 3, Within: 7 * day}}
			change(&r)
			s.Escalations = []model.Rung{r}
		}
	}
	checkMistakes(t, []mistake{
		{"a review that is sound", review(func(*model.Rung) {}), nil},
		{"of what nobody promises", review(func(r *model.Rung) { r.Metric = sla.AgentWork }),
			[]string{"escalations[review].at: no policy promises agent_work, so the escalation never happens"}},
		{"of a single breach", review(func(r *model.Rung) { r.Repeat.Breaches = 1 }), []string{"escalations[review].at: a review after 1 breaches"}},
		{"of very many", review(func(r *model.Rung) { r.Repeat.Breaches = 1001 }), []string{"escalations[review].at: a review after 1001 breaches"}},
		{"in no time", review(func(r *model.Rung) { r.Repeat.Within = 0 }), []string{"escalations[review].at: the breaches are counted over 0s"}},
		{"by nothing", review(func(r *model.Rung) { r.Repeat.By = 3 }), []string{"escalations[review].by: unknown subject 3"}},
		{"that raises", review(func(r *model.Rung) { r.Do = model.Raise }),
			[]string{"escalations[review].do: a review is about many tickets, it cannot raise_priority one"}},
	})
}

func TestWhatAReviewIsAbout(t *testing.T) {
	t.Parallel()
	s := valid(t)
	somebody, nobody := ticket.Class{Issue: 1, Tier: 1, Account: acme}, ticket.Class{Account: ticket.Anonymous}
	for _, row := range []struct {
		by    model.Subject
		class ticket.Class
		of    int
		has   bool
		among int
	}{
		{model.ByAccount, somebody, 0, true, len(s.Names.Accounts)},
		{model.ByAccount, nobody, 0, false, len(s.Names.Accounts)},
		{model.ByTier, somebody, 1, true, 2},
		{model.ByIssue, somebody, 1, true, len(s.Names.Issues)},
		{model.ByIssue, nobody, 0, true, len(s.Names.Issues)},
	} {
		of, has := row.by.Of(row.class)
		if has != row.has || has && of != row.of || row.by.Among(&s.Names) != row.among {
			t.Errorf("by %s: %d, %v among %d, want %+v", row.by, of, has, row.by.Among(&s.Names), row)
		}
	}
	r := model.Rung{Metric: sla.FirstReply, Repeat: model.Repeat{Breaches: 3, Within: 7 * day, By: model.ByTier}}
	if got, want := r.Where(), "3 breaches of first_reply in 7d by tier"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestEveryFieldOfAReviewIsInTheDigest(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	for i, p := range []model.Repeat{{}, {Breaches: 3, Within: day}, {Breaches: 4, Within: day}, {Breaches: 3, Within: 2 * day}, {Breaches: 3, Within: day, By: model.ByIssue}} {
		s := valid(t)
		s.Escalations = []model.Rung{{Name: "review", Repeat: p}}
		if j, again := seen[s.Digest()]; again {
			t.Errorf("reviews %d and %d have the same digest", i, j)
		}
		seen[s.Digest()] = i
	}
}

func TestMistakesInTriage(t *testing.T) {
	checkMistakes(t, []mistake{
		{"a rule and some errors", func(s *model.Scenario) {
			s.Triage = model.Triage{Wrong: 0.1, Rules: []model.PriorityRule{{Priority: 0}}}
		}, nil},
		{"a share above one", func(s *model.Scenario) { s.Triage.Wrong = 1.5 }, []string{"triage.wrong: the share of wrong priorities is 1.5"}},
		{"a share that is no number", func(s *model.Scenario) { s.Triage.Wrong = math.NaN() }, []string{"triage.wrong: the share of wrong priorities is NaN"}},
		{"rules for words", func(s *model.Scenario) {
			s.Triage = model.Triage{
				Keywords: []model.Keyword{keyword(s, "outage", 0.1), keyword(s, "refund", 1)},
				Rules:    []model.PriorityRule{{Keywords: 0b11, Priority: 0}},
			}
		}, nil},
		{"a rule for words that nobody looks for", func(s *model.Scenario) {
			s.Triage = model.Triage{Keywords: []model.Keyword{keyword(s, "outage", 0.1)}, Rules: []model.PriorityRule{{Keywords: 0b10, Priority: 0}}}
		}, []string{"triage.rules[1].match.keyword: keyword number 1 does not exist, there are 1"}},
		{"more tickets than there are with some words", func(s *model.Scenario) { s.Triage.Keywords = []model.Keyword{keyword(s, "outage", 1.5)} },
			[]string{"triage.keywords.outage: the share of tickets with such words is 1.5"}},
		{"a share that is no number of them", func(s *model.Scenario) { s.Triage.Keywords = []model.Keyword{keyword(s, "outage", math.NaN())} },
			[]string{"triage.keywords.outage: the share of tickets with such words is NaN"}},
		{"words of some issues only", func(s *model.Scenario) { s.Triage.Keywords = []model.Keyword{{Name: "outage", Shares: []float64{0.1}}} },
			[]string{"triage.keywords.outage: there are shares of 1 issues, want one for each of 2"}},
		{"more words than fit", func(s *model.Scenario) {
			for i := range model.MostKeywords + 1 {
				s.Triage.Keywords = append(s.Triage.Keywords, keyword(s, string(rune('a'+i)), 0.1))
			}
		}, []string{"triage.keywords: there are 9 keywords, at most 8 are possible"}},
		{"words without a name", func(s *model.Scenario) { s.Triage.Keywords = []model.Keyword{keyword(s, "", 0.1)} },
			[]string{"triage.keywords.: keyword number 1 has no name"}},
		{"a rule with an unknown priority", func(s *model.Scenario) { s.Triage.Rules = []model.PriorityRule{{Priority: 77}} },
			[]string{
				"triage.rules[1].priority: priority number 77 does not exist, there are 3",
				"contracts[acme]: the contract covers none of the tickets that the demand brings",
			}},
	})
}

// keyword is a class of words that occur in the same share of the tickets of every issue.
func keyword(s *model.Scenario, name string, share float64) model.Keyword {
	return model.Keyword{Name: name, Shares: slices.Repeat([]float64{share}, len(s.Issues))}
}

func TestPriorityOfWords(t *testing.T) {
	t.Parallel()
	s := valid(t)
	s.Issues[0].Priority = 2
	s.Triage = model.Triage{
		Keywords: []model.Keyword{keyword(s, "outage", 0.1), keyword(s, "refund", 0.2), keyword(s, "thanks", 0), keyword(s, "please", 1)},
		Rules: []model.PriorityRule{
			{Match: sla.Match{Tiers: []ticket.Tier{1}}, Keywords: 0b01, Priority: 0},
			{Keywords: 0b11, Priority: 1},
		},
	}
	for _, r := range []struct {
		tier  ticket.Tier
		words model.Keywords
		want  ticket.Priority
	}{{0, 0, 2}, {0, 0b01, 1}, {0, 0b10, 1}, {1, 0b01, 0}, {1, 0b10, 1}, {1, 0b11, 0}, {1, 0b1100, 2}} {
		if got := s.PriorityOf(ticket.Class{Tier: r.tier}, r.words); got != r.want {
			t.Errorf("tier %d with words %b: priority %d, want %d", r.tier, r.words, got, r.want)
		}
	}
	if got := fmt.Sprintf("%04b", s.WordsOf(0)); got != "[1000 1001 1010 1011]" {
		t.Errorf("the words of tickets: %s", got)
	}
}
