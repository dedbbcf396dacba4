package explain_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/explain"
	"github.com/headroom-sim/headroom/reports/format"
)

const hour = time.Hour

// promising is a scenario with two calendars and policies that differ in every way.
func promising() *model.Scenario {
	office := &calendar.Calendar{
		Name: "office", Zone: time.FixedZone("CET", 3600), Closed: map[calendar.Date]bool{{Year: 2026, Month: 12, Day: 25}: true},
		Breaks: []calendar.Span{{From: 12 * 60, To: 13 * 60}},
	}
	for day := time.Monday; day <= time.Friday; day++ {
		office.Week[day] = []calendar.Span{{From: 9 * 60, To: 17 * 60}}
	}
	office.Week[time.Saturday] = []calendar.Span{{From: 22 * 60, To: 26 * 60}}
	target := func(m sla.Metric, within ...time.Duration) sla.Target { return sla.Target{Metric: m, Within: within} }
	return &model.Scenario{
		Name: "promising", Time: model.Time{Start: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Length: 100 * hour},
		Names: ticket.Names{
			Channels: []string{"email"}, Issues: []string{"refund"}, Tiers: []string{"gold", "basic"},
			Priorities: []string{"high", "low"}, Accounts: []string{"acme"}, Teams: []string{"front", "lead"},
		},
		Channels:  []work.Channel{{Name: "email"}},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC), office},
		SLA: sla.Rules{Resolve: sla.FirstMatch, Policies: []sla.Policy{
			{Name: "office-hours", Calendar: 1, Targets: []sla.Target{target(sla.FirstReply, hour, sla.None), target(sla.Answer, hour, hour)}},
			{Name: "golden", Match: sla.Match{Tiers: []ticket.Tier{0}, Accounts: []ticket.Account{0}}, Targets: []sla.Target{target(sla.FirstReply, hour, hour), target(sla.Resolution, hour, hour)}},
			{Name: "late", Targets: []sla.Target{target(sla.FirstReply, 2*hour, 2*hour), target(sla.Resolution, 5*hour, sla.None)}},
		}},
	}
}

// storyOf is the text of one ticket with one clock, in ordinary spaces.
func storyOf(t *testing.T, x sla.Explanation, events ...ticket.Event) string {
	t.Helper()
	if len(events) == 0 {
		events = []ticket.Event{event(ticket.Created, 9*hour)}
	}
	var out bytes.Buffer
	err := explain.Text(&out, &explain.Stories{
		Scenario: promising(), Source: explain.Source{Seed: 5, Replication: 3}, Choice: "chosen", Until: 100 * hour,
		Tickets: []explain.Story{{Events: events, Clocks: []sla.Explanation{x}}},
	}, document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(out.String(), format.Thin, " ")
}

func event(kind ticket.EventKind, at time.Duration) ticket.Event {
	return ticket.Event{Ticket: 7, At: at, Kind: kind, Class: ticket.Class{Tier: 1, Account: ticket.Anonymous}, Team: ticket.NoTeam, Agent: -1}
}

func TestAStorySaysHowAClockCameOut(t *testing.T) {
	t.Parallel()
	result := func(v sla.Verdict, elapsed time.Duration, kept bool) sla.Explanation {
		return sla.Explanation{
			Result: sla.Result{Verdict: v, Elapsed: elapsed, Within: hour, Kept: kept}, Round: 1, Start: 9 * hour, End: 12 * hour,
			Due: 10 * hour, Comes: true, Breach: 10 * hour, Broken: v == sla.Breached || v == sla.Overdue, Governs: true, Why: "because",
		}
	}
	for _, row := range []struct {
		clock sla.Explanation
		want  string
	}{
		{result(sla.Met, 50*time.Minute, false), "first_reply: met with 10 min to spare\n"},
		{result(sla.Met, hour, false), "first_reply: met with 0 s to spare\n"},
		{result(sla.Breached, 3*hour, false), "first_reply: breached by 2 h\n"},
		{result(sla.Breached, hour/2, true), "first_reply: breached, under an earlier target\n"},
		{result(sla.Breached, hour/2, false), "first_reply: breached: it can no longer be kept\n"},
		{result(sla.Overdue, 90*time.Minute, false), "first_reply: still open and overdue by 30 min\n"},
		{result(sla.Overdue, hour/2, true), "first_reply: still open and breached, under an earlier target\n"},
		{result(sla.Undecided, hour/4, false), "first_reply: still open, with 45 min left\n"},
		{result(sla.Unjudged, 0, false), "first_reply: not judged\n"},
	} {
		got := storyOf(t, row.clock)
		if !strings.Contains(got, row.want) {
			t.Errorf("want %q in\n%s", row.want, got)
		}
		if has, want := strings.Contains(got, "\n  due  "), row.clock.Verdict != sla.Unjudged; has != want {
			t.Errorf("%q: due is shown: %v", row.want, has)
		}
		if has, want := strings.Contains(got, "\n  breach    Mon 23 Nov 2026 11:00:00 CET\n"), row.clock.Broken; has != want {
			t.Errorf("%q: a breach is shown: %v", row.want, has)
		}
	}
}

func TestAStorySaysWhyOtherPoliciesDoNotCount(t *testing.T) {
	t.Parallel()
	low := event(ticket.Reclassified, 10*hour)
	low.Class.Priority, low.Class.Account = 1, 0
	got := storyOf(t, sla.Explanation{Governs: true, Why: "because", Start: 9 * hour, End: 9 * hour}, event(ticket.Created, 9*hour), low)
	for _, want := range []string{
		"  policy    because\n",
		"  not       golden: only for tier gold\n", // it is acme's, but not gold
		"  not       late: a policy before it matches, and the first one counts\n",
		"resolution: no clock\n  not       office-hours: no promise of resolution\n  not       golden: only for tier gold\n  not       late: best effort for priority low\n",
		"answer: no clock\n  not       office-hours: this is promised on live channels only\n",
		"priority high → low, account – → acme",
		"  calendar  office: Mon–Fri 09:00–17:00, Sat 22:00–02:00 on the next day, without 12:00–13:00, closed on 1 date (CET)\n",
		"promising · replication 3 with seed 5 · chosen\n",
		"Fri 27 Nov 2026 04:00:00 UTC  91 h   here the view ends",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("want %q in\n%s", want, got)
		}
	}
}

func TestAStoryTellsEveryKindOfEvent(t *testing.T) {
	t.Parallel()
	for kind, want := range map[ticket.EventKind]string{
		ticket.Message: "the customer writes again", ticket.Started: "an agent takes it in hand", ticket.Replied: "the agent replies",
		ticket.Returned: "it goes back to the queue", ticket.StatusSet: "it is set to open", ticket.Abandoned: "the customer gives up",
		ticket.Noted: "an internal note", ticket.Assigned: "team lead becomes responsible", ticket.Reclassified: "its class is confirmed",
	} {
		e := event(kind, 10*hour)
		e.Team, e.Status = 1, ticket.Open
		if got := storyOf(t, sla.Explanation{Start: 9 * hour, End: 9 * hour}, event(ticket.Created, 9*hour), e); !strings.Contains(got, "1 h    "+want) {
			t.Errorf("%v: want %q in\n%s", kind, want, got)
		}
	}
}

func TestStoriesAsJSONHaveNothingWhereNothingIs(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	x := sla.Explanation{Result: sla.Result{Verdict: sla.Undecided, Elapsed: 90 * time.Second, Within: hour}, Start: 9 * hour, End: 9*hour + 90*time.Second, Governs: true}
	if err := explain.JSON(&out, &explain.Stories{
		Scenario: promising(), Source: explain.Source{Log: "a.csv"}, Until: 100 * hour,
		Tickets: []explain.Story{{Events: []ticket.Event{event(ticket.Created, 9*hour)}, Clocks: []sla.Explanation{x}}},
	}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Seed    *int
		Tickets []struct {
			Ticket string
			Clocks []map[string]any
			None   []map[string]string `json:"no_clock"`
		}
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	k := got.Tickets[0]
	c := k.Clocks[0]
	if got.Seed != nil || k.Ticket != "t0000000000000007" || c["due"] != nil || c["breach"] != nil || c["end"] != nil ||
		c["elapsed_s"] != 90.0 || c["wall_clock_s"] != 90.0 || c["start"] != "2026-11-23T09:00:00Z" || c["verdict"] != "undecided" {
		t.Errorf("got %s", out.String())
	}
	if len(k.None) != 5 { // of six promises, one has a clock
		t.Errorf("%d promises without a clock: %v", len(k.None), k.None)
	}
}
