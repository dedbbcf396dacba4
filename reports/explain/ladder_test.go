package explain_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/explain"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/internal/inspect"
)

// told is the story of a ticket with a note and a clock, in a scenario that is changed.
func told(t *testing.T, x sla.Explanation, change func(s *model.Scenario)) string {
	t.Helper()
	stories := &explain.Stories{Scenario: promising(), Until: 100 * hour, Tickets: []explain.Story{{
		Events: []ticket.Event{event(ticket.Created, 9*hour), event(ticket.Noted, 10*hour)}, Clocks: []sla.Explanation{x},
	}}}
	change(stories.Scenario)
	var out bytes.Buffer
	if err := explain.Text(&out, stories, document.Options{}); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(out.String(), format.Thin, " ")
}

func TestANoteSaysWhatItMayBeAbout(t *testing.T) {
	t.Parallel()
	step, review := model.Rung{Name: "late"}, model.Rung{Name: "review", Repeat: model.Repeat{Breaches: 3}}
	for _, row := range []struct {
		ladder []model.Rung
		want   string
	}{
		{nil, "an internal note"},
		{[]model.Rung{step}, "an internal note: it is escalated"},
		{[]model.Rung{review}, "an internal note: repeated breaches are reviewed"},
		{[]model.Rung{step, review}, "an internal note: it is escalated, or repeated breaches are reviewed"},
	} {
		page := inspect.Flat(told(t, sla.Explanation{}, func(s *model.Scenario) { s.Escalations = row.ladder }))
		if !strings.Contains(page, row.want+" new desk") {
			t.Errorf("want %q:\n%s", row.want, page)
		}
	}
}

func TestARelaxedTargetNamesItsAnnouncement(t *testing.T) {
	t.Parallel()
	x := sla.Explanation{Result: sla.Result{Verdict: sla.Met, Elapsed: hour, Within: 3 * hour}, Relaxed: 2, Usual: hour, Start: 9 * hour, End: 10 * hour, Governs: true, Why: "because"}
	page := told(t, x, func(s *model.Scenario) {
		s.SLA.Relaxations = []sla.Relaxation{{Name: "sale"}, {Name: "peak", Announced: 33*hour + 30*time.Minute}}
	})
	if want := "target    3 h of working time on office; relaxed from 1 h by peak, announced Tue 24 Nov 2026 09:30:00 UTC\n"; !strings.Contains(page, want) {
		t.Errorf("want %q:\n%s", want, page)
	}
	x.Relaxed, x.Usual = 0, 0
	if page := told(t, x, func(*model.Scenario) {}); strings.Contains(page, "relaxed") {
		t.Errorf("nothing is relaxed:\n%s", page)
	}
}
