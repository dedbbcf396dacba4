package sla_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// events are a life as events of a log; each Reclassified moves the ticket to the other
// priority, from 1 to 0 and back.
func events(life []step, priority ticket.Priority) (out []ticket.Event) {
	c := class(func(c *ticket.Class) { c.Priority = priority })
	for _, s := range life {
		if s.kind == ticket.Reclassified {
			c.Priority = 1 - c.Priority
		}
		out = append(out, ticket.Event{At: s.at, Kind: s.kind, Status: s.status, Class: c, Team: s.team, Agent: -1})
	}
	return out
}

// tale is an explanation as text.
func tale(r *sla.Rules, x sla.Explanation) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v %d, %s: %v", x.Metric, x.Round, r.Policies[x.Policy].Name, x.Start)
	for _, s := range x.Segments {
		fmt.Fprintf(&b, " %v until %v,", s.State, s.To)
	}
	fmt.Fprintf(&b, " %v of %v", x.Elapsed, x.Within)
	if x.Comes {
		fmt.Fprintf(&b, ", due %v", x.Due)
	}
	if x.Broken {
		fmt.Fprintf(&b, ", breached %v", x.Breach)
	}
	fmt.Fprintf(&b, ": %v", x.Verdict)
	if x.Governs {
		b.WriteString(", governs")
	}
	fmt.Fprintf(&b, "; %s", x.Why)
	return strings.NewReplacer("h0m0s", "h", "m0s", "m").Replace(b.String())
}

func TestExplain(t *testing.T) {
	t.Parallel()
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	lines := []sla.Line{always(), on(officeHours(time.UTC), monday)}
	business := func(p sla.Policy) sla.Policy { p.Calendar = 1; return p }
	resolution := target(sla.Resolution, 4*hour)
	resolution.Pauses = pauses(ticket.Pending)
	const friday = 4 * 24 * hour
	for _, row := range []struct {
		name  string
		rules sla.Rules
		life  []step
		until time.Duration
		want  []string
	}{
		{
			"hours, pauses and a return",
			sla.Rules{Policies: []sla.Policy{business(policy("gold", sla.Match{}, resolution))}},
			[]step{created(16 * hour), asked(34 * hour), message(35 * hour), solved(36 * hour), message(37 * hour), solved(39 * hour)}, 50 * hour,
			[]string{"resolution 1, gold: 16h running until 17h, out of hours until 33h, running until 34h, paused until 35h, running until 36h," +
				" solved until 37h, running until 39h, 5h of 4h, due 38h, breached 38h: breached, governs; gold is the only policy that promises resolution"},
		},
		{
			"the strictest of two",
			sla.Rules{Policies: []sla.Policy{business(policy("office", sla.Match{}, target(sla.FirstReply, 2*hour))), policy("clock", sla.Match{}, target(sla.FirstReply, 24*hour))}},
			[]step{created(friday + 18*hour), replied(friday + 44*hour)}, friday + 90*hour,
			[]string{
				"first_reply 1, office: 114h out of hours until 140h, 0s of 2h, due 179h: met; clock is due first, 41h before office",
				"first_reply 1, clock: 114h running until 140h, 26h of 24h, due 138h, breached 138h: breached, governs; clock is due first, 41h before office",
			},
		},
		{
			"the first that matches",
			sla.Rules{Resolve: sla.FirstMatch, Policies: []sla.Policy{policy("slow", sla.Match{}, target(sla.FirstReply, 9*hour)), policy("fast", sla.Match{}, target(sla.FirstReply, hour))}},
			[]step{created(0)}, 2 * hour,
			[]string{"first_reply 1, slow: 0s running until 2h, 2h of 9h, due 9h: undecided, governs; slow is the first policy that matches and speaks of first_reply"},
		},
		{
			"all of them",
			sla.Rules{Resolve: sla.All, Policies: []sla.Policy{policy("slow", sla.Match{}, target(sla.FirstReply, 9*hour)), policy("fast", sla.Match{}, target(sla.FirstReply, hour))}},
			[]step{created(0)}, 2 * hour,
			[]string{
				"first_reply 1, slow: 0s running until 2h, 2h of 9h, due 9h: undecided, governs; slow is judged by itself, as every policy that matches",
				"first_reply 1, fast: 0s running until 2h, 2h of 1h, due 1h, breached 1h: overdue, governs; fast is judged by itself, as every policy that matches",
			},
		},
		{
			"two that are equal",
			sla.Rules{Policies: []sla.Policy{policy("a", sla.Match{}, target(sla.FirstReply, 2*hour)), policy("b", sla.Match{}, target(sla.FirstReply, 2*hour))}},
			[]step{created(0), replied(hour)}, 2 * hour,
			[]string{
				"first_reply 1, a: 0s running until 1h, 1h of 2h, due 2h: met, governs; a is due at the same instant as b and stands before it",
				"first_reply 1, b: 0s running until 1h, 1h of 2h, due 2h: met; a is due at the same instant as b and stands before it",
			},
		},
		{
			"rounds",
			sla.Rules{Policies: []sla.Policy{policy("gold", sla.Match{}, target(sla.NextReply, 2*hour))}},
			[]step{created(0), asked(hour), message(2 * hour), asked(3 * hour), message(10 * hour)}, 14 * hour,
			[]string{
				"next_reply 1, gold: 2h running until 3h, 1h of 2h, due 4h: met, governs; gold is the only policy that promises next_reply",
				"next_reply 2, gold: 10h running until 14h, 4h of 2h, due 12h, breached 12h: overdue, governs; gold is the only policy that promises next_reply",
			},
		},
		{
			"a priority raised",
			sla.Rules{Policies: []sla.Policy{policy("gold", sla.Match{}, sla.Target{Metric: sla.Resolution, Within: []time.Duration{2 * hour, 24 * hour}})}},
			[]step{created(0), reclassified(5 * hour), solved(6 * hour)}, 9 * hour,
			[]string{"resolution 1, gold: 0s running until 6h, 6h of 2h, due 5h, breached 5h: breached, governs; gold is the only policy that promises resolution"},
		},
		{
			"rounds go on under another policy",
			sla.Rules{Policies: []sla.Policy{
				policy("low", sla.Match{Priorities: []ticket.Priority{1}}, target(sla.NextReply, 9*hour)),
				policy("high", sla.Match{Priorities: []ticket.Priority{0}}, target(sla.NextReply, 2*hour)),
			}},
			[]step{created(0), asked(hour), message(2 * hour), reclassified(3 * hour), asked(4 * hour), message(5 * hour)}, 6 * hour,
			[]string{
				"next_reply 1, low: 2h running until 3h, 1h of 9h, due 11h: unjudged; low no longer applies, and high goes on with its clock",
				"next_reply 1, high: 2h running until 4h, 2h of 2h, due 4h: met, governs; high is the only policy that promises next_reply",
				"next_reply 2, high: 5h running until 6h, 1h of 2h, due 7h: undecided, governs; high is the only policy that promises next_reply",
			},
		},
		{
			"a return that resets the clock",
			sla.Rules{Policies: []sla.Policy{policy("gold", sla.Match{}, sla.Target{Metric: sla.Resolution, Within: []time.Duration{4 * hour, 4 * hour}, Reopen: sla.Reset})}},
			[]step{created(0), solved(hour), message(10 * hour), solved(11 * hour)}, 20 * hour,
			[]string{
				"resolution 1, gold: 0s running until 1h, 1h of 4h, due 4h: met, governs; gold is the only policy that promises resolution",
				"resolution 2, gold: 10h running until 11h, 1h of 4h, due 14h: met, governs; gold is the only policy that promises resolution",
			},
		},
		{
			"a breach before a pause",
			sla.Rules{Policies: []sla.Policy{policy("gold", sla.Match{}, resolution)}},
			[]step{created(0), asked(6 * hour), message(10 * hour)}, 11 * hour,
			[]string{"resolution 1, gold: 0s running until 6h, paused until 10h, running until 11h, 7h of 4h, due 4h, breached 4h: overdue, governs; gold is the only policy that promises resolution"},
		},
		{
			"and the clock restarted",
			sla.Rules{Change: sla.RestartAtChange, Policies: []sla.Policy{policy("gold", sla.Match{}, sla.Target{Metric: sla.Resolution, Within: []time.Duration{2 * hour, 24 * hour}})}},
			[]step{created(0), reclassified(5 * hour), solved(6 * hour)}, 9 * hour,
			[]string{"resolution 1, gold: 0s discarded until 5h, running until 6h, 1h of 2h, due 7h: met, governs; gold is the only policy that promises resolution"},
		},
		{
			"another policy takes over",
			sla.Rules{Policies: []sla.Policy{
				business(policy("low", sla.Match{Priorities: []ticket.Priority{1}}, target(sla.Resolution, 24*hour))),
				policy("high", sla.Match{Priorities: []ticket.Priority{0}}, target(sla.Resolution, 12*hour)),
			}},
			[]step{created(9 * hour), reclassified(22 * hour)}, 26 * hour,
			[]string{
				"resolution 1, low: 9h running until 17h, out of hours until 22h, 8h of 24h, due 65h: unjudged; low no longer applies, and high goes on with its clock",
				"resolution 1, high: 9h running until 17h, out of hours until 22h, running until 26h, 12h of 12h, due 26h: undecided, governs; high is the only policy that promises resolution",
			},
		},
		{
			"a promise that falls away, and one that was broken before",
			sla.Rules{Policies: []sla.Policy{policy("low", sla.Match{Priorities: []ticket.Priority{1}}, target(sla.FirstReply, hour), target(sla.Resolution, 24*hour))}},
			[]step{created(0), reclassified(5 * hour)}, 6 * hour,
			[]string{
				"first_reply 1, low: 0s running until 5h, 5h of 1h, due 1h, breached 1h: breached, governs; low no longer applies, and what has been decided is final",
				"resolution 1, low: 0s running until 5h, 5h of 24h, due 24h: unjudged; low no longer applies, and its promise fell away undecided",
			},
		},
		{
			"a first reply that nobody waits for",
			sla.Rules{Policies: []sla.Policy{policy("gold", sla.Match{}, target(sla.FirstReply, 4*hour))}},
			[]step{created(0), set(hour, ticket.Solved)}, 6 * hour,
			[]string{"first_reply 1, gold: 0s running until 1h, 0s of 4h: unjudged; the promise of gold fell away: there is nothing to wait for"},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			terms := func(c ticket.Class) sla.Terms { return row.rules.Terms(c, lines, false, 0) }
			var got []string
			for _, x := range row.rules.Explain(events(row.life, 1), terms, row.until) {
				got = append(got, tale(&row.rules, x))
			}
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestExplainNothing(t *testing.T) {
	t.Parallel()
	r := &sla.Rules{}
	if got := r.Explain(nil, func(ticket.Class) sla.Terms { return nil }, hour); len(got) > 0 {
		t.Errorf("%+v", got)
	}
	if got := r.Explain(events([]step{created(0), solved(hour)}, 0), func(ticket.Class) sla.Terms { return nil }, hour); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}

// The verdicts that govern are those that the clocks give, and the segments add up.
func TestExplanationsAgreeWithTheClocks(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawCase(t)
		results, _, _ := p.play()
		var told []sla.Result
		for _, x := range p.rules.Explain(events(p.life, 0), func(c ticket.Class) sla.Terms { return p.terms(int(c.Priority)) }, p.judged) {
			if x.Governs {
				told = append(told, x.Result)
			}
			checkSegments(t, p, x)
		}
		order := func(a, b sla.Result) int { return strings.Compare(fmt.Sprintf("%+v", a), fmt.Sprintf("%+v", b)) }
		slices.SortFunc(results, order)
		slices.SortFunc(told, order)
		if diff := cmp.Diff(results, told, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%v of the life %v (-clocks +explained):\n%s", p.metric, p.life, diff)
		}
	})
}

func checkSegments(t *rapid.T, p *propertyCase, x sla.Explanation) {
	at, ran := x.Start, time.Duration(0)
	for _, s := range x.Segments {
		if s.From != at || s.To <= s.From {
			t.Fatalf("a segment from %v to %v after %v", s.From, s.To, at)
		}
		at = s.To
		if s.State == sla.Running {
			ran += s.To - s.From
		}
	}
	if at != x.End {
		t.Fatalf("the segments end at %v, the clock at %v", at, x.End)
	}
	if x.Verdict != sla.Unjudged && p.rules.Change != sla.BackDate && ran != x.Elapsed {
		t.Fatalf("%v of running segments, %v elapsed", ran, x.Elapsed)
	}
	if x.Broken && (x.Breach < x.Start || x.Breach > p.judged) && x.Metric != sla.Answer {
		t.Fatalf("breached at %v, outside of %v to %v", x.Breach, x.Start, p.judged)
	}
}
