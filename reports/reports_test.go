package reports_test

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"github.com/headroom-sim/headroom/reports/internal/inspect"
	"github.com/headroom-sim/headroom/reports/internal/sample"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// friday is the outcome that most tests look at. Nobody may change it.
var friday = sync.OnceValue(func() *outcome.Experiment { return sample.Experiment(sample.Options{}) })

// quick is an outcome that a test may change.
func quick() *outcome.Experiment {
	return sample.Experiment(sample.Options{Days: 14, Replications: 10})
}

func summary(t *testing.T, x *outcome.Experiment, o document.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := reports.Summary(&b, x, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSummary(t *testing.T) {
	t.Parallel()
	got := summary(t, friday(), document.Options{Width: 120, Remark: "3.1 s"})
	golden.Text(t, filepath.Join("testdata", "summary.txt"), []byte(got), *update)
	for line := range strings.Lines(got) {
		if n := len([]rune(line)) - 1; n > 120 {
			t.Errorf("a line of %d columns: %q", n, line)
		}
	}
	for _, w := range friday().Warnings {
		if !strings.Contains(inspect.Flat(got), inspect.Flat(w.Text)) {
			t.Errorf("the warning %q is not on the page", w.Text)
		}
	}
	for _, part := range []string{"black-friday", "21 days from 2026-11-16 America/New_York", "64 replications", "precision reached", "seed 7", "3.1 s", friday().Scenario.Digest[:12], friday().Tool} {
		if !strings.Contains(inspect.Plain(inspect.Flat(got)), part) {
			t.Errorf("%q is not on the page", part)
		}
	}
	if strings.Contains(got, "\x1b") {
		t.Error("colour that nobody asked for")
	}
}

// totals is the ratio of the totals of a measure over all replications.
func totals(t *testing.T, x *outcome.Experiment, name string, l outcome.Labels) float64 {
	t.Helper()
	m, ok := x.Measure(name, l)
	if !ok {
		t.Fatalf("no %s(%v)", name, l)
	}
	num, den := 0.0, 0.0
	for r := range m.Num {
		num, den = num+m.Num[r], den+m.Den[r]
	}
	return num / den
}

// The numbers on the page are worked out again here from the totals, without the
// code of the report.
func TestSummaryShowsTheNumbersOfTheOutcome(t *testing.T) {
	t.Parallel()
	x := friday()
	got := inspect.Plain(summary(t, x, document.Options{}))
	total := func(name string, l outcome.Labels) float64 { return totals(t, x, name, l) }
	row := func(section, name string) string {
		_, rest, ok := strings.Cut(got, "  "+section)
		if !ok {
			t.Fatalf("no section %q", section)
		}
		for line := range strings.Lines(rest) {
			if strings.HasPrefix(strings.TrimSpace(line), name+" ") {
				return line
			}
		}
		t.Fatalf("no row %q in %q", name, section)
		return ""
	}
	percent := regexp.MustCompile(`([0-9.]+) %`)
	number := func(s string, pattern *regexp.Regexp) float64 {
		found := pattern.FindStringSubmatch(s)
		if found == nil {
			t.Fatalf("no number in %q", s)
		}
		v, err := strconv.ParseFloat(strings.ReplaceAll(found[1], " ", ""), 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		section, row string
		want         float64
		by           float64
	}{
		{"first reply", "tier starter", 100 * total(outcome.BreachRate, outcome.Labels{Metric: "first_reply", Tier: "starter"}), 0.05},
		{"resolution", "priority low", 100 * total(outcome.BreachRate, outcome.Labels{Metric: "resolution", Priority: "low"}), 0.05},
		{"answer", "all tickets", 100 * total(outcome.BreachRate, outcome.Labels{Metric: "answer"}), 0.05},
		{"team", "night", 100 * total(outcome.Occupancy, outcome.Labels{Team: "night"}), 0.05},
	} {
		if v := number(row(c.section, c.row), percent); math.Abs(v-c.want) > c.by {
			t.Errorf("%s, %s: the page says %v %%, the totals %v", c.section, c.row, v, c.want)
		}
	}
	recovery := regexp.MustCompile(`recovery after black-friday +([0-9.]+) h`)
	if v, want := number(row("tickets, per replication", "recovery after black-friday"), recovery), total(outcome.Recovery, outcome.Labels{Spike: "black-friday"})/3600; math.Abs(v-want) > 0.6 {
		t.Errorf("the page says %v h, the totals %v", v, want)
	}
	arrived := regexp.MustCompile(`arrived +([0-9 ]+) ±`)
	if v, want := number(row("tickets, per replication", "arrived"), arrived), total(outcome.Arrived, outcome.Labels{}); math.Abs(v-want) > 10 {
		t.Errorf("the page says %v arrivals, the totals %v", v, want)
	}
}

func TestSummaryHoldsEveryWidth(t *testing.T) {
	t.Parallel()
	for _, width := range []int{200, 100, 80, 60, 40, 24} {
		got := summary(t, friday(), document.Options{Width: width})
		for line := range strings.Lines(got) {
			if n := len([]rune(strings.TrimRight(line, "\n"))); n > width {
				t.Errorf("a line of %d columns where there are %d: %q", n, width, line)
			}
		}
		if !strings.Contains(inspect.Flat(inspect.Plain(got)), "tier starter") {
			t.Errorf("at %d columns there is no row for starter", width)
		}
	}
}

func TestSummaryOfAnythingIsSafeToPrint(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]*outcome.Experiment{"evil names": sample.Evil(), "an empty outcome": {}, "a single replication": sample.Experiment(sample.Options{Days: 3, Replications: 1})} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, r := range summary(t, x, document.Options{Width: 90, Colour: false}) {
				if unicode.IsControl(r) && r != '\n' {
					t.Fatalf("%q reaches the terminal", r)
				}
			}
			var md bytes.Buffer
			if err := reports.Markdown(&md, x); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(md.String(), "<script") || strings.Contains(md.String(), "\x1b") {
				t.Error("a name is alive in Markdown")
			}
		})
	}
}

func TestVerdictTellsWhatHoldsAndWhatBreaks(t *testing.T) {
	t.Parallel()
	busy := inspect.Flat(inspect.Plain(summary(t, friday(), document.Options{})))
	for _, part := range []string{"First reply breaks from Fri 27 Nov", "for starter (at worst", "it holds for enterprise", "After black-friday the queue is back to normal in 34 h ± 3"} {
		if !strings.Contains(busy, part) {
			t.Errorf("the verdict does not say %q:\n%s", part, busy[:700])
		}
	}
	calm := inspect.Flat(inspect.Plain(summary(t, sample.Experiment(sample.Options{Calm: true, Replications: 12, Days: 14}), document.Options{})))
	if !strings.Contains(calm, "First reply, resolution and answer hold throughout: at worst") || strings.Contains(calm, "breaks") {
		t.Errorf("nothing is late, but the verdict is:\n%s", calm[:500])
	}
}

func TestMarkdownReport(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := reports.Markdown(&b, friday()); err != nil {
		t.Fatal(err)
	}
	golden.Text(t, filepath.Join("testdata", "report.md"), b.Bytes(), *update)
	for _, w := range friday().Warnings {
		if !strings.Contains(b.String(), w.Text) {
			t.Errorf("the warning %q is not on the page", w.Text)
		}
	}
}

func TestTheSameOutcomeGivesTheSameReport(t *testing.T) {
	t.Parallel()
	a, b := summary(t, quick(), document.Options{}), summary(t, quick(), document.Options{})
	if a != b {
		t.Error("two reports of one outcome differ")
	}
}

func TestDoubtsOfNumbersAreFootnotes(t *testing.T) {
	t.Parallel()
	x := quick()
	for i := range x.Measures {
		m := &x.Measures[i]
		switch {
		case m.Name == outcome.Occupancy && m.Labels.Team == "front":
			m.Estimate.Warnings = []estimate.Warning{estimate.MissingReplications, "something-new"}
		case m.Name == outcome.PayRate:
			m.Estimate.Warnings = []estimate.Warning{estimate.NoInterval, estimate.FewReplications}
		}
	}
	x.Warnings = []outcome.Warning{
		{Labels: outcome.Labels{Team: "night"}, Text: "The night team never sleeps."},
		{Labels: outcome.Labels{Team: "no such team"}, Text: "Nobody is there."},
		{Text: "All of it is doubtful."},
	}
	got := inspect.Flat(inspect.Plain(summary(t, x, document.Options{})))
	for _, text := range []string{
		"Some replications had nothing to measure and are left out.", "something-new", "Too few replications had anything to measure for an interval.",
		"The night team never sleeps.", "team=no such team: Nobody is there.", "All of it is doubtful.",
		"Rests on fewer than 30 trials beyond the quantile",
	} {
		if !strings.Contains(got, text) {
			t.Errorf("%q is not on the page", text)
		}
	}
	if !regexp.MustCompile(`night [¹²³⁴⁵⁶⁷⁸⁹]`).MatchString(got) {
		t.Error("the row of the night team has no mark")
	}
	few := inspect.Flat(summary(t, sample.Experiment(sample.Options{Days: 5, Replications: 3}), document.Options{}))
	if strings.Count(few, "Fewer than ten replications: all intervals are rough guesses.") != 1 {
		t.Error("few replications are not said once")
	}
}

func ExampleSummary() {
	x := &outcome.Experiment{Tool: "headroom", Seed: 7, Replications: 30, Stopped: "as many as asked for"}
	x.Scenario.Name, x.Scenario.Zone = "hello", "UTC"
	x.Measures = []outcome.Measure{{
		Name: outcome.BreachRate, Labels: outcome.Labels{Metric: "first_reply"}, Unit: outcome.UnitShare,
		Estimate: estimate.Estimate{Value: 0.124, Low: 0.118, High: 0.130, Level: 0.95, N: 30},
	}}
	var b bytes.Buffer
	if err := reports.Summary(&b, x, document.Options{Width: 80}); err != nil {
		return
	}
	fmt.Println(strings.Count(b.String(), "12.4"))
	// Output: 1
}
