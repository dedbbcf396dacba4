package jira_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/internal/rehearsal"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/jira"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

func TestChangelogAndCommentsBecomeEvents(t *testing.T) {
	t.Parallel()
	r := rehearsal.Import(t, jira.Format, intake.Options{Statuses: map[string]ticket.Status{"with the robots": ticket.OnHold}}, rehearsal.Folder(t, "testdata/api")...)
	want := []string{
		"03-02 08:00 created open email Service Request IT customer Low Acme - -",
		"03-02 08:30 replied open email Service Request IT customer Low Acme - Ada",
		"03-02 08:30 status pending email Service Request IT customer Low Acme - Ada",
		"03-02 09:30 message open email Service Request IT customer Low Acme - -",
		"03-02 10:00 note open email Service Request IT customer Low Acme - Ben",
		"03-02 10:30 reclassified open email Service Request IT customer High Acme - Ada",
		"03-02 10:30 status on-hold email Service Request IT customer High Acme - Ada",
		"03-02 12:00 status solved email Service Request IT customer High Acme - Ada",
	}
	if diff := cmp.Diff(want, r.Of("HELP-1")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// Without a changelog the last status is all there is; its category says that it is done.
	want = []string{"03-02 09:00 created new email Incident customer Low - - -", "03-02 10:00 status solved email Incident customer Low - - -"}
	if diff := cmp.Diff(want, r.Of("HELP-2")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The category of a status stands with the issue that has it, which may come after one that has had it. Issues are read a second
// time only where a word does not say what it means.
func TestAStatusMeansWhatItsCategorySaysWhereverThatStands(t *testing.T) {
	t.Parallel()
	issue := func(key, status, category, was string) string {
		return fmt.Sprintf(`{"key":%q,"fields":{"created":"2026-03-02T08:00:00Z","status":{"name":%q,"statusCategory":{"key":%q}}},"changelog":{"histories":[`+
			`{"id":"1","created":"2026-03-02T09:00:00Z","items":[{"field":"status","fromString":"Open","toString":%q}]},`+
			`{"id":"2","created":"2026-03-02T10:00:00Z","items":[{"field":"status","fromString":%q,"toString":"In Progress"}]}]}}`, key, status, category, was, was)
	}
	for _, row := range []struct {
		status, became string
		opened         int
	}{{"Shipped", "solved", 2}, {"Resolved", "solved", 1}} {
		text := `{"issues":[` + issue("A-1", "In Progress", "indeterminate", row.status) + "," + issue("A-2", row.status, "done", "Waiting for customer") + "]}"
		opened := 0
		r := rehearsal.Import(t, jira.Format, intake.Options{}, intake.Source{Name: "issues.json", Open: func() (io.ReadCloser, error) {
			opened++
			return io.NopCloser(strings.NewReader(text)), nil
		}})
		want := []string{
			"03-02 08:00 created open email request customer normal - - -", "03-02 09:00 status " + row.became + " email request customer normal - - -",
			"03-02 10:00 status open email request customer normal - - -",
		}
		if diff := cmp.Diff(want, r.Of("A-1")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.status, diff)
		}
		if opened != row.opened {
			t.Errorf("%s: the file was opened %d times, want %d", row.status, opened, row.opened)
		}
	}
}

func TestCyclesBecomePromisesAndFlags(t *testing.T) {
	t.Parallel()
	r := rehearsal.Import(t, jira.Format, intake.Options{}, rehearsal.Folder(t, "testdata/api")...)
	terms := `sla:
  resolve: all
  policies:
`
	if !strings.HasPrefix(r.Terms, terms) {
		t.Errorf("%s", r.Terms)
	}
	for _, text := range []string{"High: 1h\n", "Low: 4h\n", "      resolution:\n        pauses_in: [pending]\n        within:", "2h"} {
		if !strings.Contains(r.Terms, text) {
			t.Errorf("%q is not in\n%s", text, r.Terms)
		}
	}
	flags := []string{
		"HELP-1 first_reply Time to first response false 03-02 08:30", "HELP-1 resolution Time to resolution true 03-02 11:00",
		"HELP-2 first_reply Time to first response true 03-02 13:00",
	}
	if diff := cmp.Diff(flags, r.Flags); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	all := strings.Join(r.Odd, "\n")
	for _, text := range []string{"unknown status: With the robots: ", "no history: 1", `not translated: the SLA "Time to close after resolution"`, `not translated: the calendar and the pauses of the SLA "Time to resolution"`} {
		if !strings.Contains(all, text) {
			t.Errorf("%q is not in\n%s", text, all)
		}
	}
	r.Scenario(t)
}

// The calendar of an SLA is in no export; its cycles show it. Times of breach are those of office hours in Berlin, by package calendar; every
// sixth cycle was paused.
func TestTheCalendarOfAnSLAIsReadOffItsCycles(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, hours := range []struct{ from, to int }{{9 * 60, 17 * 60}, {8*60 + 30, 18 * 60}} {
		var week calendar.Week
		for day := time.Monday; day <= time.Friday; day++ {
			week[day] = []calendar.Span{{From: hours.from, To: hours.to}}
		}
		office := &calendar.Calendar{Name: "office", Zone: zone, Week: week}
		var issues []string
		for i := range 60 {
			start := time.Date(2026, 3, 2, 6, 0, 0, 0, zone).Add(time.Duration(i) * 11 * time.Hour / 2)
			goal := 4 * time.Hour
			took := goal
			if i%6 == 0 {
				took += time.Duration(i) * time.Minute
			}
			breach, _ := office.Add(start, took)
			issues = append(issues, fmt.Sprintf(`{"key":"A-%d","fields":{"created":%q,"status":{"name":"Open"},"priority":{"name":"High"},"customfield_1":{"name":"Time to first response","completedCycles":[{"startTime":{"epochMillis":%d},"stopTime":{"epochMillis":%d},"breachTime":{"epochMillis":%d},"breached":false,"goalDuration":{"millis":%d}}]}}}`,
				i, start.Format(time.RFC3339), start.UnixMilli(), start.UnixMilli(), breach.UnixMilli(), goal.Milliseconds()))
		}
		r := rehearsal.Import(t, jira.Format, intake.Options{Zone: zone}, rehearsal.Text("issues.json", `{"issues":[`+strings.Join(issues, ",")+`]}`))
		span := fmt.Sprintf("mon-fri: %02d:%02d-%02d:%02d\n", hours.from/60, hours.from%60, hours.to/60, hours.to%60)
		if !strings.Contains(r.Terms, span) || !strings.Contains(r.Terms, "calendar: hours of Time to first response\n      first_reply: 4bh\n") || !strings.Contains(r.Terms, "zone: Europe/Berlin") {
			t.Errorf("%s", r.Terms)
		}
		if all := strings.Join(r.Odd, "\n"); !strings.Contains(all, "% of its cycles have their time of breach") || strings.Contains(all, "not translated") {
			t.Errorf("%s", all)
		}
		r.Scenario(t)
	}
}

func FuzzJira(f *testing.F) {
	for _, file := range rehearsal.Folder(f, "testdata/api") {
		f.Add(rehearsal.Content(f, file), "")
	}
	f.Add(`[{"key":"A-1","fields":{}}]`, `{"values":[{"name":"Time to resolution","completedCycles":[{"goalDuration":{"millis":-1}}]}]}`)
	f.Fuzz(func(t *testing.T, one, other string) {
		rehearsal.Hostile(t, jira.Format, rehearsal.Text("one", one), rehearsal.Text("other", other))
	})
}
