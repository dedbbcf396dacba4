package sla_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// The classes of the tests: two channels (email 0, phone 1), two issues (orders 0,
// security 1), two tiers, two priorities (high 0, normal 1) and the account Acme.
const (
	email ticket.Channel = iota
	phone
)

const (
	orders ticket.Issue = iota
	security
)

const acme ticket.Account = 0

func class(change func(c *ticket.Class)) ticket.Class {
	c := ticket.Class{Channel: email, Issue: orders, Priority: 1, Account: ticket.Anonymous}
	if change != nil {
		change(&c)
	}
	return c
}

func ofAcme(c *ticket.Class)       { c.Account = acme }
func ofSecurity(c *ticket.Class)   { c.Issue = security }
func acmeSecurity(c *ticket.Class) { ofAcme(c); ofSecurity(c) }

// target is a promise for both priorities alike.
func target(m sla.Metric, within time.Duration) sla.Target {
	return sla.Target{Metric: m, Within: []time.Duration{within, within}}
}

func policy(name string, m sla.Match, targets ...sla.Target) sla.Policy {
	return sla.Policy{Name: name, Match: m, Targets: targets}
}

// governed is the one result of a ticket's life: the policy that governs, by name,
// and its verdict.
func governed(t *testing.T, r *sla.Rules, lines []sla.Line, c ticket.Class, life []step, at time.Duration) (string, sla.Verdict) {
	t.Helper()
	terms := r.Terms(c, lines, false, 0)
	clocks := make([]sla.Clock, len(terms))
	for i := range terms {
		clocks[i] = live(&terms[i], life)
	}
	results := terms.Judge(clocks, at, nil)
	if len(results) != 1 {
		t.Fatalf("%d results, want 1", len(results))
	}
	return r.Policies[results[0].Policy].Name, results[0].Verdict
}

// An agreement on three levels, as in the books on service management: everyone
// is answered within a day, Acme within four hours, and security within one.
func TestMultilevelAgreement(t *testing.T) {
	t.Parallel()
	everyone := policy("everyone", sla.Match{}, target(sla.FirstReply, 24*hour))
	customer := policy("acme", sla.Match{Accounts: []ticket.Account{acme}}, target(sla.FirstReply, 4*hour))
	service := policy("security", sla.Match{Issues: []ticket.Issue{security}}, target(sla.FirstReply, hour))
	for _, row := range []struct {
		name     string
		resolve  sla.Resolve
		policies []sla.Policy
		want     [4]string // of an ordinary ticket, one of Acme, one on security, one of Acme on security
	}{
		{"the strictest wins", sla.Strictest, []sla.Policy{everyone, customer, service}, [4]string{"everyone", "acme", "security", "security"}},
		{"in whatever order they are written", sla.Strictest, []sla.Policy{service, everyone, customer}, [4]string{"everyone", "acme", "security", "security"}},
		{"the first match wins: from the general to the special all are everyone", sla.FirstMatch, []sla.Policy{everyone, customer, service}, [4]string{"everyone", "everyone", "everyone", "everyone"}},
		{"from the special to the general", sla.FirstMatch, []sla.Policy{service, customer, everyone}, [4]string{"everyone", "acme", "security", "security"}},
		{"customers before services", sla.FirstMatch, []sla.Policy{customer, service, everyone}, [4]string{"everyone", "acme", "security", "acme"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			r := &sla.Rules{Policies: row.policies, Resolve: row.resolve}
			for i, change := range []func(*ticket.Class){nil, ofAcme, ofSecurity, acmeSecurity} {
				got, _ := governed(t, r, []sla.Line{always()}, class(change), []step{created(0)}, minute)
				if got != row.want[i] {
					t.Errorf("ticket %d is governed by %s, want %s", i, got, row.want[i])
				}
			}
		})
	}
}

func TestStrictestComparesDeadlinesNotDurations(t *testing.T) {
	t.Parallel()
	origin := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC) // a Monday
	lines := []sla.Line{calendar.Always(time.UTC).On(calendar.Axis{Origin: origin}, 30*24*hour), on(officeHours(time.UTC), origin)}
	business := policy("two business hours", sla.Match{}, target(sla.FirstReply, 2*hour))
	business.Calendar = 1
	r := &sla.Rules{Policies: []sla.Policy{business, policy("24 clock hours", sla.Match{}, target(sla.FirstReply, 24*hour))}}
	const friday = 4 * 24 * hour
	for _, row := range []struct {
		name    string
		created time.Duration
		want    string
		verdict sla.Verdict // a day and an hour later
	}{
		{"on a Monday morning two business hours are stricter", 10 * hour, "two business hours", sla.Overdue},
		{"on a Friday evening they lose to 24 clock hours", friday + 18*hour, "24 clock hours", sla.Overdue},
		{"late on a Friday afternoon too, if they reach into Monday", friday + 15*hour + minute, "24 clock hours", sla.Overdue},
		{"at three they are due as the office closes, and breached on Monday only", friday + 15*hour, "two business hours", sla.Undecided},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			got, verdict := governed(t, r, lines, class(nil), []step{created(row.created)}, row.created+25*hour)
			if got != row.want || verdict != row.verdict {
				t.Errorf("verdict %d under %s, want %d under %s", verdict, got, row.verdict, row.want)
			}
		})
	}
}

// Whatever the calendars, zones, pauses and lives: with all, each policy is judged as if it were the only
// one; the first match is the first of them; and the strictest is the one whose clock, alone,
// is due first, the earlier policy among equals.
func TestResolvingIsChoosingAmongPoliciesThatRunAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawCase(t)
		p.metric = rapid.SampledFrom([]sla.Metric{sla.FirstReply, sla.Resolution, sla.RequesterWait, sla.AgentWork}).Draw(t, "metric for all")
		p.life = slices.DeleteFunc(p.life, func(s step) bool { return s.kind == ticket.Reclassified })
		p.judged = max(p.judged, p.life[len(p.life)-1].at)
		var policies []sla.Policy
		for i := range rapid.IntRange(2, 3).Draw(t, "policies") {
			within := time.Duration(rapid.IntRange(1, 48*60).Draw(t, "within")) * minute
			x := target(p.metric, within)
			x.Pauses = sla.StatusSet(rapid.IntRange(0, 1<<ticket.Solved-1).Draw(t, "pauses"))
			policies = append(policies, sla.Policy{Calendar: i % 2, Targets: []sla.Target{x}})
		}
		play := func(resolve sla.Resolve, policies ...sla.Policy) ([]sla.Result, sla.Terms, []sla.Clock) {
			p.rules = sla.Rules{Resolve: resolve, Policies: policies}
			return p.play()
		}
		var alone []sla.Result
		best, earliest := -1, time.Duration(0)
		for i := range policies {
			results, terms, clocks := play(sla.Strictest, policies[i])
			for k := range results {
				results[k].Policy = i
			}
			alone = append(alone, results...)
			if due, ok := clocks[0].Due(&terms[0], p.judged); ok && (best < 0 || due < earliest) {
				best, earliest = i, due
			}
		}
		of := func(policy int) (out []sla.Result) {
			for _, r := range alone {
				if r.Policy == policy {
					out = append(out, r)
				}
			}
			return out
		}
		if all, _, _ := play(sla.All, policies...); !cmp.Equal(alone, all, cmpopts.EquateEmpty()) {
			t.Fatalf("alone they are %+v, with all %+v", alone, all)
		}
		if first, _, _ := play(sla.FirstMatch, policies...); !cmp.Equal(of(0), first, cmpopts.EquateEmpty()) {
			t.Fatalf("the first alone is %+v, the first match %+v", of(0), first)
		}
		if best < 0 {
			best = 0
		}
		if strictest, _, _ := play(sla.Strictest, policies...); !cmp.Equal(of(best), strictest, cmpopts.EquateEmpty()) {
			t.Fatalf("the one due first alone is %+v, the strictest %+v", of(best), strictest)
		}
	})
}

// A policy that pauses is due the later the longer it is paused, and so gives way
// to one that does not.
func TestStrictestSeesThatAPausedClockIsNotDue(t *testing.T) {
	t.Parallel()
	pausing := target(sla.Resolution, 4*hour)
	pausing.Pauses = pauses(ticket.Pending)
	r := &sla.Rules{Policies: []sla.Policy{
		policy("pausing", sla.Match{}, pausing),
		policy("running", sla.Match{}, target(sla.Resolution, 8*hour)),
	}}
	life := []step{created(0), asked(hour)}
	silent := append(life[:2:2], set(100*hour, ticket.Solved))
	for _, row := range []struct {
		name    string
		life    []step
		at      time.Duration
		policy  string
		verdict sla.Verdict
	}{
		{"while pausing would be due at five hours", life, 2 * hour, "pausing", sla.Undecided},
		{"while it would be due at nine", life, 6 * hour, "running", sla.Undecided},
		{"when the other has been missed", life, 9 * hour, "running", sla.Overdue},
		{"and when the ticket has been solved", silent, 200 * hour, "running", sla.Breached},
	} {
		got, verdict := governed(t, r, []sla.Line{always()}, class(nil), row.life, row.at)
		if got != row.policy || verdict != row.verdict {
			t.Errorf("%s: verdict %d under %s, want %d under %s", row.name, verdict, got, row.verdict, row.policy)
		}
	}
}

func TestTerms(t *testing.T) {
	t.Parallel()
	first := policy("first", sla.Match{}, target(sla.FirstReply, hour), target(sla.Resolution, 8*hour))
	other := policy("second", sla.Match{Priorities: []ticket.Priority{1}}, target(sla.FirstReply, 2*hour))
	bestEffort := policy("best effort", sla.Match{}, sla.Target{Metric: sla.FirstReply, Within: []time.Duration{hour, sla.None}})
	answer := policy("phone", sla.Match{}, target(sla.Answer, 20*second))
	type term struct {
		Policy int
		Metric sla.Metric
		Within time.Duration
	}
	for _, row := range []struct {
		name     string
		resolve  sla.Resolve
		policies []sla.Policy
		class    ticket.Class
		live     bool
		want     []term
	}{
		{"no policy promises nothing", sla.Strictest, nil, class(nil), false, nil},
		{"all matching policies stand side by side, metric by metric", sla.Strictest, []sla.Policy{other, first}, class(nil), false, []term{
			{0, sla.FirstReply, 2 * hour}, {1, sla.FirstReply, hour}, {1, sla.Resolution, 8 * hour},
		}},
		{"a policy that does not match promises nothing", sla.Strictest, []sla.Policy{other, first}, class(func(c *ticket.Class) { c.Priority = 0 }), false, []term{
			{1, sla.FirstReply, hour}, {1, sla.Resolution, 8 * hour},
		}},
		{"the first match stands alone for each metric that it speaks of", sla.FirstMatch, []sla.Policy{other, first}, class(nil), false, []term{
			{0, sla.FirstReply, 2 * hour}, {1, sla.Resolution, 8 * hour},
		}},
		{"best effort promises nothing", sla.Strictest, []sla.Policy{bestEffort}, class(nil), false, nil},
		{"but other priorities something", sla.Strictest, []sla.Policy{bestEffort}, class(func(c *ticket.Class) { c.Priority = 0 }), false, []term{{0, sla.FirstReply, hour}}},
		{"best effort leaves the other policies as they are", sla.Strictest, []sla.Policy{bestEffort, first}, class(nil), false, []term{
			{1, sla.FirstReply, hour}, {1, sla.Resolution, 8 * hour},
		}},
		{"unless the first match decides: then it has been decided", sla.FirstMatch, []sla.Policy{bestEffort, first}, class(nil), false, []term{{1, sla.Resolution, 8 * hour}}},
		{"answer is promised on live channels", sla.Strictest, []sla.Policy{answer}, class(func(c *ticket.Class) { c.Channel = phone }), true, []term{{0, sla.Answer, 20 * second}}},
		{"and on no other", sla.Strictest, []sla.Policy{answer}, class(nil), false, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			r := &sla.Rules{Policies: row.policies, Resolve: row.resolve}
			terms := r.Terms(row.class, []sla.Line{always()}, row.live, 5*second)
			var got []term
			promised := map[sla.Metric]bool{}
			for _, m := range terms {
				got = append(got, term{m.Policy, m.Metric, m.Within})
				promised[m.Metric] = true
				if m.Live != row.live || m.ShortAbandon != 5*second {
					t.Errorf("%v does not know its channel: live %v, short abandon %v", m.Metric, m.Live, m.ShortAbandon)
				}
			}
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Errorf("terms (-want +got):\n%s", diff)
			}
			for m := range sla.Metrics {
				if terms.Promises(m) != promised[m] {
					t.Errorf("Promises(%v) = %v", m, !promised[m])
				}
			}
		})
	}
}

func TestEachPolicyRunsOnItsOwnCalendar(t *testing.T) {
	t.Parallel()
	origin := time.Date(2026, 3, 6, 0, 0, 0, 0, time.UTC) // a Friday
	office := policy("office", sla.Match{}, target(sla.Resolution, 4*hour))
	office.Calendar = 1
	r := &sla.Rules{Policies: []sla.Policy{policy("clock", sla.Match{}, target(sla.FirstReply, 4*hour)), office}}
	terms := r.Terms(class(nil), []sla.Line{calendar.Always(time.UTC).On(calendar.Axis{Origin: origin}, 9*24*hour), on(officeHours(time.UTC), origin)}, false, 0)
	clocks := make([]sla.Clock, len(terms))
	for i := range terms {
		clocks[i] = live(&terms[i], []step{created(16 * hour)})
	}
	want := []sla.Result{
		{Metric: sla.FirstReply, Policy: 0, Verdict: sla.Overdue, Elapsed: 8 * hour, Within: 4 * hour},
		{Metric: sla.Resolution, Policy: 1, Verdict: sla.Undecided, Elapsed: hour, Within: 4 * hour},
	}
	if diff := cmp.Diff(want, terms.Judge(clocks, 24*hour, nil)); diff != "" {
		t.Errorf("at midnight (-want +got):\n%s", diff)
	}
	if due, ok := terms.NextDue(clocks); !ok || due != 20*hour {
		t.Errorf("next due at %v, want 20h", due)
	}
	clocks[0].Apply(&terms[0], ticket.Replied, ticket.Open, ticket.NoTeam, 17*hour)
	if due, ok := terms.NextDue(clocks); !ok || due != 84*hour {
		t.Errorf("once it is answered the next is due at %v, want Monday 12:00, 84h", due)
	}
	clocks[1].Apply(&terms[1], ticket.Replied, ticket.Solved, ticket.NoTeam, 18*hour)
	if due, ok := terms.NextDue(clocks); ok {
		t.Errorf("once it is solved the next is due at %v, want none", due)
	}
}

func TestMatch(t *testing.T) {
	t.Parallel()
	c := ticket.Class{Channel: phone, Issue: security, Tier: 1, Priority: 0, Account: acme}
	for _, row := range []struct {
		name  string
		match sla.Match
		want  bool
	}{
		{"an empty match takes everything", sla.Match{}, true},
		{"one of several channels", sla.Match{Channels: []ticket.Channel{email, phone}}, true},
		{"another channel", sla.Match{Channels: []ticket.Channel{email}}, false},
		{"another issue", sla.Match{Issues: []ticket.Issue{orders}}, false},
		{"another tier", sla.Match{Tiers: []ticket.Tier{0}}, false},
		{"another priority", sla.Match{Priorities: []ticket.Priority{1}}, false},
		{"another account", sla.Match{Accounts: []ticket.Account{ticket.Anonymous}}, false},
		{"all lists fit", sla.Match{
			Channels: []ticket.Channel{phone}, Issues: []ticket.Issue{security}, Tiers: []ticket.Tier{1},
			Priorities: []ticket.Priority{0}, Accounts: []ticket.Account{acme},
		}, true},
		{"one of two lists does not", sla.Match{Channels: []ticket.Channel{phone}, Tiers: []ticket.Tier{0}}, false},
	} {
		if got := row.match.Matches(c); got != row.want {
			t.Errorf("%s: %v, want %v", row.name, got, row.want)
		}
	}
}

func TestMetricWords(t *testing.T) {
	t.Parallel()
	for m := range sla.Metrics {
		if got, ok := sla.ParseMetric(m.String()); !ok || got != m {
			t.Errorf("ParseMetric(%q) = %v, %v", m, got, ok)
		}
	}
	if m, ok := sla.ParseMetric("last_reply"); ok {
		t.Errorf("last_reply is read as %v", m)
	}
	want := []string{
		"first_reply", "resolution", "answer", "next_reply", "periodic_update", "pausable_update",
		"requester_wait", "agent_work", "group_ownership",
	}
	if diff := cmp.Diff(want, sla.MetricNames()); diff != "" {
		t.Error(diff)
	}
}
