package reports_test

import (
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/internal/inspect"
)

func TestRoutingIsShownTeamByTeam(t *testing.T) {
	t.Parallel()
	x := &outcome.Experiment{Tool: "headroom", Seed: 7, Replications: 30, Stopped: "as many as asked for"}
	x.Scenario = outcome.Scenario{Name: "routed", Zone: "UTC", Teams: []string{"front", "back", "aside"}}
	add := func(name, team string, value float64) {
		x.Measures = append(x.Measures, outcome.Measure{
			Name: name, Labels: outcome.Labels{Team: team}, Unit: outcome.UnitShare,
			Estimate: estimate.Estimate{Value: value, Low: value - 0.004, High: value + 0.004, Level: 0.95, N: 30},
		})
	}
	add(outcome.Overflowed, "back", 0.35)
	add(outcome.Overflowed, "", 0.101)
	add(outcome.Interrupted, "front", 0.065)
	add(outcome.Interrupted, "back", 0)
	add(outcome.Interrupted, "", 0.054)
	page := inspect.Flat(inspect.Plain(summary(t, x, document.Options{})))
	for _, part := range []string{
		"routing taken to help out broken off front – 6.5 % ± 0.4",
		"back 35.0 % ± 0.4 ² 0.0 % ± 0.4", "all teams 10.1 % ± 0.4 ² 5.4 % ± 0.4 ¹",
		"tickets that are not its own by skills and channels",
	} {
		if !strings.Contains(page, part) {
			t.Errorf("%q is not on the page:\n%s", part, page)
		}
	}
	for _, none := range []string{"aside", "follow-ups"} {
		if strings.Contains(page, none) {
			t.Errorf("the page says %q:\n%s", none, page)
		}
	}
}

// What a first look does without is in the whole report, in its place.
func TestAFirstLookDoesWithoutDetails(t *testing.T) {
	t.Parallel()
	brief, whole := summary(t, insistent(), document.Options{}), summary(t, insistent(), document.Options{Full: true})
	if strings.Contains(brief, "time until solved") || !strings.Contains(whole, "time until solved") {
		t.Errorf("a first look\n%s\nthe whole\n%s", brief, whole)
	}
	if len(brief) >= len(whole) {
		t.Error("a first look is no shorter than the whole report")
	}
}
