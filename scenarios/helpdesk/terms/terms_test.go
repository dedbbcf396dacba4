package terms_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/draft"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/terms"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

func written(t *testing.T, b *terms.Book) string {
	t.Helper()
	parts := draft.New()
	b.Write(parts)
	data, err := parts.Encode("")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func day(from, to int) []calendar.Span { return []calendar.Span{{From: from * 60, To: to * 60}} }

func TestABookBecomesTheSectionsOfAScenario(t *testing.T) {
	t.Parallel()
	office := day(9, 17)
	b := terms.Book{
		Resolve: sla.FirstMatch,
		Schedules: []terms.Schedule{
			{Name: "Office: Berlin", Zone: "Europe/Berlin", Why: "schedule 7", Week: calendar.Week{nil, office, office, office, office, day(9, 15), {{From: 540, To: 720}, {From: 780, To: 1440}}},
				Closed:  []calendar.Date{{Year: 2026, Month: 12, Day: 25}, {Year: 2026, Month: 1, Day: 1}, {Year: 2026, Month: 12, Day: 25}},
				Special: map[calendar.Date][]calendar.Span{{Year: 2026, Month: 12, Day: 24}: day(9, 12)}},
			{Name: "never"},
			{Name: "always", Week: calendar.Week{1: day(8, 9)}},
		},
		Policies: []terms.Policy{
			{Name: "Gold", Why: "policy 1", Match: terms.Match{"account": {"A: B", "C"}}, Targets: []terms.Target{
				{Metric: sla.FirstReply, Priority: "urgent", Within: 15 * time.Minute},
				{Metric: sla.FirstReply, Priority: "high", Within: 90 * time.Minute, Calendar: "Office: Berlin"},
				{Metric: sla.FirstReply, Priority: "low", Within: 8 * time.Hour, Calendar: "Office: Berlin"},
				{Metric: sla.NextReply, Priority: "urgent", Within: 36 * time.Hour},
			}},
			{Name: "Gold", Targets: []terms.Target{
				{Metric: sla.Resolution, Within: 90 * time.Second, Calendar: "Office: Berlin", Pauses: []ticket.Status{ticket.Pending}},
				{Metric: sla.NextReply, Within: time.Hour, Calendar: "Office: Berlin"},
				{Metric: sla.FirstReply, Within: time.Hour},
			}},
		},
	}
	want := `calendars:
  # schedule 7
  Office Berlin:
    zone: Europe/Berlin
    hours:
      mon-thu: 09:00-17:00
      fri: 09:00-15:00
      sat: ['09:00-12:00', '13:00-24:00']
    closed: [2026-01-01, 2026-12-25]
    special:
      2026-12-24: 09:00-12:00
  always 2:
    hours:
      mon: 08:00-09:00
sla:
  resolve: first_match
  policies:
    # policy 1
    - name: Gold
      match:
        account: [A B, C]
        priority: urgent
      first_reply:
        urgent: 15m
    - name: Gold on Office Berlin high low
      match:
        account: [A B, C]
        priority: [high, low]
      calendar: Office Berlin
      first_reply:
        high: 1bh30bm
        low: 8bh
    - name: Gold on the wall
      match:
        account: [A B, C]
      next_reply:
        urgent: 1d12h
      first_reply: best effort
      resolution: best effort
    - name: Gold 2
      calendar: Office Berlin
      resolution:
        pauses_in: [pending]
        within: 1bm30s
      next_reply: 1bh
    - name: Gold on the wall 2
      first_reply: 1h
`
	if diff := cmp.Diff(want, written(t, &b)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The scenario's reader is asked by the tests of the importers; here it is its tree.
func TestWhateverTheNamesWhatIsWrittenIsYAML(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "a: b", "- x", "#", "null", "Größe", strings.Repeat("é", 50), "\u2028", "always"}))
	rapid.Check(t, func(r *rapid.T) {
		name, match := text.Draw(r, "name"), text.Draw(r, "match")
		b := terms.Book{
			Schedules: []terms.Schedule{{Name: name, Week: calendar.Week{1: day(8, 9)}}},
			Policies:  []terms.Policy{{Name: name, Why: text.Draw(r, "why"), Match: terms.Match{"issue": {match, "b"}}, Targets: []terms.Target{{Metric: sla.FirstReply, Priority: text.Draw(r, "priority"), Within: time.Hour, Calendar: name}}}},
		}
		parts := draft.New()
		b.Write(parts)
		data, err := parts.Encode("")
		if err != nil {
			r.Fatal(err)
		}
		root, problems := yamltree.Parse("draft.yaml", data)
		if len(problems) > 0 || root == nil {
			r.Fatalf("%v\n%s", problems, data)
		}
		if n := terms.Name(name); n == "" || len(n) > 60 || n != strings.TrimSpace(n) || strings.ContainsAny(n, ".,:;=@()[]{}<>\"'`*&!|\\\n\r\t") {
			r.Fatalf("the name %q is none", n)
		}
	})
}

func TestTimesAreWrittenAsScenariosHaveThem(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		d        time.Duration
		business bool
		want     string
	}{
		{2 * time.Hour, false, "2h"}, {2 * time.Hour, true, "2bh"}, {30 * time.Minute, true, "30bm"}, {0, true, "0s"},
		{24*time.Hour + 90*time.Second, true, "24bh1bm30s"}, {45 * time.Second, true, "45s"}, {1440 * time.Minute, false, "1d"},
	} {
		if got := terms.Length(row.d, row.business); got != row.want {
			t.Errorf("%v is %q, want %q", row.d, got, row.want)
		}
	}
}
