package ledger_test

import (
	"fmt"
	"html"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/ledger"
	"github.com/headroom-sim/headroom/reports/table"
)

const (
	hour = time.Hour
	day  = 24 * hour
)

// desk promises a first reply within four hours, in an office that is open from 9 to 17 on weekdays.
// 2 March 2026 is a Monday.
func desk() *model.Scenario {
	office := &calendar.Calendar{Name: "office", Zone: time.UTC}
	for d := time.Monday; d <= time.Friday; d++ {
		office.Week[d] = []calendar.Span{{From: 9 * 60, To: 17 * 60}}
	}
	return &model.Scenario{
		Name:     "desk",
		Time:     model.Time{Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Length: 70 * day, Interval: hour},
		Names:    ticket.Names{Channels: []string{"mail"}, Issues: []string{"question"}, Tiers: []string{"gold"}, Priorities: []string{"normal"}, Accounts: []string{"acme"}, Teams: []string{"front"}},
		Channels: make([]work.Channel, 1), Issues: make([]work.Issue, 1),
		Calendars: []*calendar.Calendar{{Name: "always", Zone: time.UTC, Always: true}, office},
		SLA:       sla.Rules{Policies: []sla.Policy{{Name: "gold", Calendar: 1, Targets: []sla.Target{{Metric: sla.FirstReply, Within: []time.Duration{4 * hour}}}}}},
	}
}

// audited are seventy tickets in ten weeks, one a day at 9:00, answered after one hour, but after six on Wednesdays.
func audited() *ledger.Audit {
	s := desk()
	l := audit.NewLedger(s, 0, s.Time.Length, s.Time.Length+day)
	x := &ledger.Audit{Source: "tickets.csv", Tool: "headroom test", Level: 0.95, Held: []ledger.Held{{Name: "desk", Own: true, Ledger: l}}}
	for d := range 70 {
		at := time.Duration(d)*day + 9*hour
		took := hour
		if d%7 == 2 {
			took = 6 * hour
		}
		events := []ticket.Event{
			{At: at, Kind: ticket.Created, Team: ticket.NoTeam, Agent: -1},
			{At: at + took, Kind: ticket.Replied, Status: ticket.Solved, Agent: -1},
		}
		for i := range events {
			events[i].Ticket = ticket.ID(d + 1)
		}
		l.Add(events)
		x.Habits.Add(events, calendar.Axis{Origin: s.Time.Start})
	}
	return x
}

func text(t *testing.T, x *ledger.Audit) string {
	t.Helper()
	var b strings.Builder
	if err := ledger.Document(x).WriteText(&b, table.Style{Width: 200}, true); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(b.String(), format.Thin, " ")
}

func TestTheReportSaysWhatWasKept(t *testing.T) {
	t.Parallel()
	got := text(t, audited())
	for _, want := range []string{
		"Audit of tickets.csv", "Of 70 tickets, kept: first reply 85.7 % (60 of 70).",
		"By month", "2026-03", "2026-05", "By week", "2026-W10", "2026-W19",
		"Monday", "Wednesday", "headroom test",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report does not say %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "By priority") || strings.Contains(got, "What contracts pay") {
		t.Error("the report is cut by what there is one of, or speaks of contracts that there are none of")
	}
}

func TestNothingPromisedIsSaid(t *testing.T) {
	t.Parallel()
	x := audited()
	s := desk()
	s.SLA.Policies = nil
	l := audit.NewLedger(s, 0, s.Time.Length, s.Time.Length)
	l.Add([]ticket.Event{{At: hour, Kind: ticket.Created, Team: ticket.NoTeam, Agent: -1}})
	x.Held = []ledger.Held{{Name: "nobody", Ledger: l}}
	got := text(t, x)
	if !strings.Contains(got, "Nothing was promised to any of 1 ticket") || !strings.Contains(got, "There is no clock to judge.") || !strings.Contains(got, "No clock has run to its end.") {
		t.Errorf("got\n%s", got)
	}
	if strings.Contains(got, "late rate") || strings.Contains(got, "P95") {
		t.Errorf("there are heads of empty tables:\n%s", got)
	}
}

// Of many weeks a terminal shows the last ones of each metric. That a week has fewer than ten days is said once.
func TestTheLastWeeksAreShownFirst(t *testing.T) {
	t.Parallel()
	x, s := audited(), desk()
	s.SLA.Policies[0].Targets = append(s.SLA.Policies[0].Targets, sla.Target{Metric: sla.Resolution, Within: []time.Duration{8 * hour}})
	l := audit.NewLedger(s, 0, s.Time.Length, s.Time.Length+day)
	x.Held[0].Ledger = l
	for d := range 70 {
		id, at := ticket.ID(d+1), time.Duration(d)*day+9*hour
		l.Add([]ticket.Event{
			{Ticket: id, At: at, Kind: ticket.Created, Team: ticket.NoTeam, Agent: -1}, {Ticket: id, At: at + hour, Kind: ticket.Replied, Status: ticket.Solved, Agent: -1},
		})
	}
	var b strings.Builder
	if err := ledger.Document(x).WriteText(&b, table.Style{Width: 200}, false); err != nil {
		t.Fatal(err)
	}
	_, weeks, _ := strings.Cut(strings.ReplaceAll(b.String(), format.Thin, " "), "By week")
	weeks, _, _ = strings.Cut(weeks, "How long it took")
	for want, n := range map[string]int{"the last 7 of 10 weeks": 1, "2026-W19": 2, "2026-W13": 2, "2026-W12": 0, "A week has fewer than ten days": 1, "¹": 0} {
		if got := strings.Count(weeks, want); got != n {
			t.Errorf("%q stands there %d times, want %d:\n%s", want, got, n, weeks)
		}
	}
}

// The pictures of the page hold the numbers of the ledger: in the tables behind them every week has its late rate,
// every hour of the week its tickets, and waits end where the last clock does.
func TestThePageHasPicturesOfTheLedger(t *testing.T) {
	t.Parallel()
	x := audited()
	var b strings.Builder
	if err := ledger.Document(x).WriteHTML(&b); err != nil {
		t.Fatal(err)
	}
	page := html.UnescapeString(b.String())
	for _, title := range []string{"Late rate by month", "Late rate by week", "Time until the first reply", "Tickets by hour of the week", "How long tickets stayed"} {
		if !strings.Contains(page, "<figcaption>"+title+"</figcaption>") {
			t.Errorf("there is no picture %q", title)
		}
	}
	for _, l := range x.Held[0].Ledger.By(audit.ByWeek, x.Level) {
		if l.AsItIs.Judged != 7 || l.AsItIs.Late() != 1 {
			t.Fatalf("week %s: %+v", l.Group, l.AsItIs)
		}
		if row := fmt.Sprintf(`<th scope="row">%s</th><td class="right">%s</td>`, l.Group, format.Estimate(l.Late, "share")); !strings.Contains(page, row) {
			t.Errorf("behind the picture there is no row %q", row)
		}
	}
	if row := `<th scope="row">09:00</th>` + strings.Repeat(`<td class="right">10`+format.Thin+`tickets</td>`, 7); !strings.Contains(page, row) {
		t.Errorf("the map has not ten tickets on each day at nine")
	}
	if !strings.Contains(page, `"name":"promised: 4`+format.Thin+`h"`) {
		t.Error("the target is not marked")
	}
}

// What another promise would have made of the same tickets is a picture too: a line for each of the promises, week by week.
func TestAnotherPromiseIsAPicture(t *testing.T) {
	t.Parallel()
	x := audited()
	page := func() string {
		var b strings.Builder
		if err := ledger.Document(x).WriteHTML(&b); err != nil {
			t.Fatal(err)
		}
		return html.UnescapeString(b.String())
	}
	same := *x.Held[0].Ledger
	x.Held = append(x.Held, ledger.Held{Name: "the same", Ledger: &same})
	if strings.Contains(page(), "under either promise") {
		t.Error("there is a picture of two promises that judge alike")
	}
	strict := desk()
	strict.SLA.Policies[0].Targets[0].Within = []time.Duration{30 * time.Minute}
	l := audit.NewLedger(strict, 0, strict.Time.Length, strict.Time.Length+day)
	for d := range 70 {
		events := []ticket.Event{
			{At: time.Duration(d)*day + 9*hour, Kind: ticket.Created, Team: ticket.NoTeam, Agent: -1, Ticket: ticket.ID(d + 1)},
			{At: time.Duration(d)*day + 10*hour, Kind: ticket.Replied, Status: ticket.Solved, Agent: -1, Ticket: ticket.ID(d + 1)},
		}
		l.Add(events)
	}
	x.Held[1] = ledger.Held{Name: "half an hour", Ledger: l}
	got := page()
	if !strings.Contains(got, "<figcaption>Late rate by week, under either promise</figcaption>") {
		t.Error("there is no picture of both")
	}
	for _, l := range l.By(audit.ByWeek, x.Level) {
		ours := lateIn(x.Held[0].Ledger, l.Group)
		if row := fmt.Sprintf(`<th scope="row">%s</th><td class="right">%s</td><td class="right">%s</td>`, l.Group, ours, format.Estimate(l.Late, "share")); !strings.Contains(got, row) {
			t.Errorf("behind the picture there is no row %q", row)
		}
	}
}

// lateIn is the late rate of a week, as it is written.
func lateIn(l *audit.Ledger, week string) string {
	for _, t := range l.By(audit.ByWeek, 0.95) {
		if t.Group == week {
			return format.Estimate(t.Late, "share")
		}
	}
	return "no such week"
}

func TestNamesFromALogDoNoHarm(t *testing.T) {
	t.Parallel()
	x := audited()
	x.Source, x.Held[0].Name = `<script>alert(1)</script>`, "\x1b[31m=cmd()"
	x.Held[0].Unknown = map[string][]string{"priority": {`"><img src=x>`}}
	var page strings.Builder
	if err := ledger.Document(x).WriteHTML(&page); err != nil {
		t.Fatal(err)
	}
	if got := page.String(); strings.Contains(got, "<script>alert") || strings.Contains(got, "<img") {
		t.Error("markup gets through to the page")
	}
	if strings.Contains(text(t, x), "\x1b") {
		t.Error("an escape sequence gets through to the terminal")
	}
}
