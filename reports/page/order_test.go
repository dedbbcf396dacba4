package page_test

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/internal/sample"
	"github.com/headroom-sim/headroom/reports/page"
)

// full is a sample with what a page may have: a ladder of escalations, what an exception leaves out, a doubt.
func full(name string, staff float64) *outcome.Experiment {
	x := withWaits(withHours(sample.Experiment(sample.Options{Replications: 6, Days: 21, Name: name, Staff: staff})))
	x.Scenario.Rungs = []outcome.Rung{{Name: "nudge", At: "75 % of first_reply", Do: "raise_priority"}}
	x.Scenario.Exceptions = []outcome.Exception{{Name: "outage", Reason: "the telephone was down"}}
	x.Warnings = append(x.Warnings, outcome.Warning{Text: "A doubt about everything."})
	e := func(v float64) estimate.Estimate {
		return estimate.Estimate{Value: v, Low: 0.9 * v, High: 1.1 * v, Level: 0.95, N: 6}
	}
	six := []float64{1, 1, 1, 1, 1, 1}
	email := outcome.Labels{Metric: "first_reply", Channel: "email"}
	x.Measures = append(x.Measures,
		outcome.Measure{Name: outcome.BreachRate, Labels: email, Unit: outcome.UnitShare, Num: six, Den: []float64{5, 5, 5, 5, 5, 5}, Estimate: e(0.2)},
		outcome.Measure{Name: outcome.Clocks, Labels: email, Unit: outcome.UnitTickets, Num: six, Den: six, Estimate: e(5)},
		outcome.Measure{Name: outcome.Escalations, Labels: outcome.Labels{Rung: "nudge"}, Unit: outcome.UnitTickets, Num: six, Den: six, Estimate: e(12)},
		outcome.Measure{Name: outcome.LeadHours, Labels: outcome.Labels{Rung: "nudge"}, Unit: outcome.UnitHours, Num: six, Den: six, Estimate: e(3)},
		outcome.Measure{Name: outcome.LeadCost, Labels: outcome.Labels{Rung: "nudge"}, Unit: outcome.UnitMoney, Num: six, Den: six, Estimate: e(130)},
		outcome.Measure{Name: outcome.LeadCost, Unit: outcome.UnitMoney, Num: six, Den: six, Estimate: e(130)},
		outcome.Measure{Name: outcome.CostPremiums, Labels: outcome.Labels{Team: "front"}, Unit: outcome.UnitMoney, Num: six, Den: six, Estimate: e(500)})
	return x
}

// sectionsOf are the sections of a page by their headings, in order, as plain text with the names of its pictures.
func sectionsOf(t *testing.T, text string) (titles []string, bodies map[string]string) {
	t.Helper()
	bodies = map[string]string{}
	for _, part := range regexp.MustCompile(`(?s)<section id="([^"]*)"[^>]*>(.*?)</section>`).FindAllStringSubmatch(text, -1) {
		title := "verdict"
		if m := regexp.MustCompile(`<h2>(.*?)</h2>`).FindStringSubmatch(part[2]); m != nil && part[1] != "verdict" {
			title = html.UnescapeString(m[1])
		}
		titles = append(titles, title)
		bodies[title] = strings.Join(strings.Fields(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(part[2], " "))), " ")
	}
	return titles, bodies
}

// What a support leader wants to see first stands first, and everything that was asked for is there.
func TestAPageTellsItsStoryInOrder(t *testing.T) {
	t.Parallel()
	x := full("few", 1)
	titles, bodies := sectionsOf(t, written(t, x))
	last := -1
	for _, want := range []struct {
		title string
		words []string
	}{
		{"verdict", []string{"First reply"}},
		{"Broken promises", []string{"first reply", "resolution", "answer", "priority urgent", "tier starter", "channel email", "account", "breached", "Breach rate by day"}},
		{"Broken promises by hour of the week", []string{"Breach rate of first reply by hour of the week", "Mon", "Sun"}},
		{"Occupancy", []string{"Occupancy by team", "75 and 85", "within 75–85", "Front", "Night"}},
		{"Arrivals against capacity", []string{"arrivals", "capacity"}},
		{"Backlog and recovery", []string{"Backlog", "Queue"}},
		{"How long customers wait", []string{"p90, working time", "p90, on the wall", "working time, as promised", "on the wall, as the customer sees it", "by hour of the day"}},
		{"Cost of staff", []string{"base", "premiums", "overtime", "in all"}},
		{"Service credits", []string{"credit, mean", "P95", "CVaR95", "trials that pay more"}},
		{"Escalations", []string{"nudge", "lead hours", "cost of leads"}},
		{"Assumptions and exclusions", []string{"policy", "within", "begins", "spike", "outage"}},
		{"Notes and origin", []string{"A doubt about everything.", "Digest", x.Scenario.Digest, "Seed", "Replications", "headroom 0.1.0"}},
	} {
		at := -1
		for i, title := range titles {
			if title == want.title {
				at = i
			}
		}
		if at <= last {
			t.Errorf("%q is number %d of %q", want.title, at, titles)
			continue
		}
		last = at
		for _, word := range want.words {
			if !strings.Contains(bodies[want.title], word) {
				t.Errorf("%q does not say %q", want.title, word)
			}
		}
	}
	if !strings.Contains(bodies["Arrivals against capacity"]+bodies["Backlog and recovery"], "recover") {
		t.Error("nothing is said of recovery")
	}
}

func TestAPageOfScenariosBeginsWithTheirVerdictsAndDifferences(t *testing.T) {
	t.Parallel()
	xs := []*outcome.Experiment{full("few", 1), full("many", 1.5)}
	var b bytes.Buffer
	if err := page.Comparison(&b, compared(t, xs...), xs); err != nil {
		t.Fatal(err)
	}
	titles, bodies := sectionsOf(t, b.String())
	if len(titles) < 4 || titles[0] != "verdict" || titles[1] != "Scenarios compared" || titles[2] != "Broken promises" {
		t.Fatalf("the page has %q", titles)
	}
	for _, word := range []string{"few", "many", "Difference"} {
		if !strings.Contains(bodies["verdict"], word) {
			t.Errorf("the verdicts do not name %q", word)
		}
	}
	for title, word := range map[string]string{
		"Scenarios compared": "Differences from few", "Backlog and recovery": "Backlog peak, against few",
		"How long customers wait": "all trials together",
	} {
		if !strings.Contains(bodies[title], word) {
			t.Errorf("%q has no %q", title, word)
		}
	}
}

func TestWhatNeverBreaksIsASentence(t *testing.T) {
	t.Parallel()
	x := sample.Experiment(sample.Options{Replications: 3, Days: 7})
	for i := range x.Series {
		if s := &x.Series[i]; s.Name == outcome.SeriesBreach && s.Labels.Metric == "resolution" {
			for k := range s.Mean {
				s.Mean[k], s.Low[k], s.High[k] = 0*s.Mean[k], 0*s.Low[k], 0*s.High[k] // NaN stays
			}
		}
	}
	for i := range x.Measures {
		if m := &x.Measures[i]; m.Name == outcome.BreachByHour && m.Labels.Metric == "resolution" {
			m.Estimate.Value *= 0
		}
	}
	text := written(t, x)
	_, titles := figuresOf(t, text)
	for _, title := range titles {
		if strings.HasPrefix(title, "Breach rate of resolution") {
			t.Errorf("a chart of nothing: %q", title)
		}
	}
	for _, want := range []string{": no clock is breached in any interval.", "Of resolution, no clock is breached at any hour of the week."} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(text, "Breach rate of resolution by hour of the week</figcaption>") {
		t.Error("a map of nothing")
	}
}

func TestIntervalsWithTooFewClocksArePutTogetherOrLeftBlankAndCounted(t *testing.T) {
	t.Parallel()
	x := sample.Experiment(sample.Options{Replications: 3, Days: 7})
	few := 0
	for i := range x.Series {
		s := &x.Series[i]
		if s.Name != outcome.SeriesBreach || s.Labels.Metric != "first_reply" || s.Labels.Tier == "" {
			continue
		}
		s.Merged = nil
		for k := range s.Mean {
			s.Mean[k], s.Low[k], s.High[k], s.Breached[k], s.Judged[k] = 0.1, 0.05, 0.2, 4, 40
		}
		s.Mean[100], s.Low[100], s.High[100] = 0.4, 0, 0.9                                   // wide
		s.Mean[200], s.Low[200], s.High[200], s.Breached[200], s.Judged[200] = 1, 1, 1, 2, 2 // two clocks
		for k := 300; k < 310; k++ {
			s.Mean[k], s.Low[k], s.High[k], s.Breached[k] = 1, 1, 1, 40 // a time in which all is late is none
		}
		s.Merged = []outcome.Span{{From: 64, Intervals: 4, Mean: 0.1, Low: 0.08, High: 0.12}}
		few += 2
	}
	text := written(t, x)
	figures, titles := figuresOf(t, text)
	for i, f := range figures {
		if titles[i] != "Breach rate of first reply, by tier" {
			continue
		}
		for _, l := range f.Lines {
			if l.V[100] != nil || l.V[200] != nil || l.V[305] == nil || *l.V[305] != 100 || l.V[99] == nil || l.Part[65] != 16 || l.Whole[65] != 160 {
				t.Errorf("%s: %v, %v, %v", l.Name, l.V[100], l.V[200], l.V[305])
			}
		}
	}
	if want := "Left blank: " + format.Plural(few, "value", "values"); few < 4 || !strings.Contains(text, want) {
		t.Errorf("nothing is said of %d values that are left blank", few)
	}
	if want := "Level stretches: " + format.Plural(2*few, "value", "values"); !strings.Contains(text, want) {
		t.Errorf("nothing is said of what is put together: %s", want)
	}
}
