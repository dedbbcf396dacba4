package sla_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// promised are the targets that a ticket of a class has under an agreement, the strictest
// of each metric, as "first_reply 1h0m0s"; nothing for best effort.
func promised(r *sla.Rules, c ticket.Class, live bool) map[string]time.Duration {
	terms := r.Terms(c, []sla.Line{always()}, live, 0)
	clocks := make([]sla.Clock, len(terms))
	terms.Apply(clocks, ticket.Created, ticket.New, ticket.NoTeam, 0)
	out := map[string]time.Duration{}
	for _, x := range terms.Judge(clocks, 0, nil) {
		out[x.Metric.String()] = x.Within
	}
	return out
}

func promises(first, resolution time.Duration) []sla.Target {
	targets := []sla.Target{target(sla.FirstReply, first), target(sla.Resolution, resolution)}
	targets[1].Pauses = pauses(ticket.Pending)
	return targets
}

// Three of the four structures of support agreements; the fourth, on several levels,
// is TestMultilevelAgreement.
func TestAgreements(t *testing.T) {
	t.Parallel()
	byTier := &sla.Rules{}
	for i, within := range [][2]time.Duration{{hour, 4 * hour}, {4 * hour, 24 * hour}, {24 * hour, 72 * hour}} {
		byTier.Policies = append(byTier.Policies,
			policy([]string{"enterprise", "professional", "starter"}[i], sla.Match{Tiers: []ticket.Tier{ticket.Tier(i)}}, promises(within[0], within[1])...))
	}
	byService := &sla.Rules{}
	for i, within := range [][2]time.Duration{{30 * minute, 2 * hour}, {4 * hour, 24 * hour}, {8 * hour, 48 * hour}, {24 * hour, sla.None}} {
		byService.Policies = append(byService.Policies,
			policy([]string{"payment failures", "order tracking", "product questions", "feature requests"}[i], sla.Match{Issues: []ticket.Issue{ticket.Issue(i)}}, promises(within[0], within[1])...))
	}
	const chat, telephone, social, mail = 0, 1, 2, 3
	on := func(name string, channel ticket.Channel, t sla.Target) sla.Policy {
		return policy(name, sla.Match{Channels: []ticket.Channel{channel}}, t)
	}
	calls := target(sla.Answer, 20*second)
	calls.Share = 0.8
	byChannel := &sla.Rules{Policies: []sla.Policy{
		on("chat", chat, target(sla.Answer, 40*second)), on("phone", telephone, calls),
		on("social", social, target(sla.FirstReply, hour)), on("email", mail, target(sla.FirstReply, 4*hour)),
	}}
	for _, row := range []struct {
		name  string
		rules *sla.Rules
		class ticket.Class
		live  bool
		want  map[string]time.Duration
	}{
		{"by tier: enterprise", byTier, ticket.Class{Tier: 0}, false, map[string]time.Duration{"first_reply": hour, "resolution": 4 * hour}},
		{"by tier: professional", byTier, ticket.Class{Tier: 1}, false, map[string]time.Duration{"first_reply": 4 * hour, "resolution": 24 * hour}},
		{"by tier: starter", byTier, ticket.Class{Tier: 2}, false, map[string]time.Duration{"first_reply": 24 * hour, "resolution": 72 * hour}},
		{"by service: payment failures", byService, ticket.Class{Issue: 0}, false, map[string]time.Duration{"first_reply": 30 * minute, "resolution": 2 * hour}},
		{"by service: order tracking", byService, ticket.Class{Issue: 1}, false, map[string]time.Duration{"first_reply": 4 * hour, "resolution": 24 * hour}},
		{"by service: product questions", byService, ticket.Class{Issue: 2}, false, map[string]time.Duration{"first_reply": 8 * hour, "resolution": 48 * hour}},
		{"by service: feature requests are solved by best effort", byService, ticket.Class{Issue: 3}, false, map[string]time.Duration{"first_reply": 24 * hour}},
		{"by channel: chat", byChannel, ticket.Class{Channel: chat}, true, map[string]time.Duration{"answer": 40 * second}},
		{"by channel: phone", byChannel, ticket.Class{Channel: telephone}, true, map[string]time.Duration{"answer": 20 * second}},
		{"by channel: social", byChannel, ticket.Class{Channel: social}, false, map[string]time.Duration{"first_reply": hour}},
		{"by channel: email", byChannel, ticket.Class{Channel: mail}, false, map[string]time.Duration{"first_reply": 4 * hour}},
	} {
		if got := promised(row.rules, row.class, row.live); fmt.Sprint(got) != fmt.Sprint(row.want) {
			t.Errorf("%s: %v, want %v", row.name, got, row.want)
		}
	}
}

// A phone promise of "80 % within 20 s" needs a denominator: who leaves within the
// short-abandon threshold is left out, who leaves later was missed.
func TestShareOfCallsAnswered(t *testing.T) {
	t.Parallel()
	m := sla.Term{Metric: sla.Answer, Within: 20 * second, Live: true, ShortAbandon: 5 * second, Line: always()}
	met, judged := 0, 0
	for _, end := range []step{
		started(5 * second), started(20 * second), started(30 * second), abandoned(3 * second), abandoned(10 * second),
	} {
		for _, r := range tell(sla.Terms{m}, []step{created(0), end}, hour) {
			judged++
			if r.Verdict == sla.Met {
				met++
			}
		}
	}
	if met != 2 || judged != 4 {
		t.Errorf("%d of %d calls were answered in time, want 2 of 4", met, judged)
	}
}

// With all, every policy that matches is counted by itself.
func TestAllPoliciesAreJudged(t *testing.T) {
	t.Parallel()
	r := &sla.Rules{Resolve: sla.All, Policies: []sla.Policy{
		policy("everyone", sla.Match{}, target(sla.FirstReply, 24*hour)),
		policy("acme", sla.Match{Accounts: []ticket.Account{acme}}, target(sla.FirstReply, 4*hour)),
		policy("security", sla.Match{Issues: []ticket.Issue{security}}, target(sla.FirstReply, hour)),
	}}
	terms := r.Terms(class(acmeSecurity), []sla.Line{always()}, false, 0)
	var got []string
	for _, x := range tell(terms, []step{created(0), solved(2 * hour)}, 3*hour) {
		got = append(got, fmt.Sprint(r.Policies[x.Policy].Name, " ", x.Verdict))
	}
	if want := "[everyone met acme met security breached]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
}
