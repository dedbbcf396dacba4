package page_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"github.com/headroom-sim/headroom/reports/internal/sample"
	"github.com/headroom-sim/headroom/reports/page"
)

func compared(t *testing.T, xs ...*outcome.Experiment) *outcome.Comparison {
	t.Helper()
	c, err := outcome.Compare(xs, 0.95, func(string) dist.Source { return rand.NewPCG(1, 2) })
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAComparisonHasAVerdictForEachScenarioAndDifferences(t *testing.T) {
	t.Parallel()
	xs := []*outcome.Experiment{
		sample.Experiment(sample.Options{Replications: 12, Name: "few", Days: 14}),
		sample.Experiment(sample.Options{Replications: 12, Name: "many", Days: 14, Staff: 1.5}),
	}
	c := compared(t, xs...)
	var b bytes.Buffer
	if err := page.Comparison(&b, c, xs); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	golden.Text(t, filepath.Join("testdata", "comparison.txt"), []byte(outline(t, text)), *update)
	for _, want := range []string{"<h2>Difference</h2>", "<h2>few</h2>", "<h2>many</h2>", "<h3>few</h3>", "<h3>many</h3>"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not on the page", want)
		}
	}
	if checked := checkCompared(t, c, gridsOf(text)); checked < 100 {
		t.Errorf("%d numbers were checked", checked)
	}
	if err := page.Comparison(&b, c, xs[:1]); err == nil {
		t.Error("a comparison with an outcome too few is a page")
	}
}

// rowOf finds what a comparison says of a measure by its name in a table.
func rowOf(t *testing.T, c *outcome.Comparison, name string) *outcome.ComparisonRow {
	t.Helper()
	for i := range c.Rows {
		if r := &c.Rows[i]; strings.TrimSuffix(name, ", USD") == r.Describe() {
			return r
		}
	}
	t.Fatalf("no measure is called %q", name)
	return nil
}

// headlineOf finds a row by its name among the headlines, in words.
func headlineOf(t *testing.T, c *outcome.Comparison, name string) *outcome.ComparisonRow {
	t.Helper()
	for i := range c.Rows {
		r := &c.Rows[i]
		words := map[string]string{outcome.QueuePeak: "Largest queue", outcome.Credit: "Credit, mean"}[r.Name]
		if words == "" {
			words = format.Capital(format.Words(r.Name))
		}
		if r.Labels.Metric != "" {
			words += " of " + format.Words(r.Labels.Metric)
		}
		for _, rest := range []string{r.Labels.Contract, r.Labels.Spike} {
			if rest != "" && strings.HasSuffix(name, rest) && strings.HasPrefix(name, words) {
				return r
			}
		}
		for kind, value := range map[string]string{"priority": r.Labels.Priority, "tier": r.Labels.Tier, "channel": r.Labels.Channel, "account": r.Labels.Account, "team": r.Labels.Team} {
			if value != "" {
				words += ", " + kind + " " + value
			}
		}
		if r.Unit == outcome.UnitMoney {
			words += ", " + c.Currency
		}
		if words == name {
			return r
		}
	}
	t.Fatalf("no measure is called %q", name)
	return nil
}

// checkCompared holds every number of the tables and pictures of a comparison against it, whichever form they have.
func checkCompared(t *testing.T, c *outcome.Comparison, grids []grid) (checked int) {
	t.Helper()
	check := func(about string, got []string, want ...string) {
		for i := range want {
			checked++
			if got[i] != want[i] {
				t.Errorf("%s, number %d: %q, want %q", about, i+1, got[i], want[i])
			}
		}
	}
	// against is what a row says of a scenario beside the base.
	against := func(r *outcome.ComparisonRow, k int) []string {
		d := r.Differences[k]
		words := []string{format.Difference(d, r.Unit), format.Quotient(r.Quotients[k]), format.Missing}
		if words[0] == format.Same {
			words[1] = format.Same
		}
		switch g := 1 / d.VarianceRatio; {
		case math.IsNaN(g) || g < 0:
		case g > 1000:
			words[2] = ">1\u202f000x"
		case g < 10:
			words[2] = format.Decimal(g, 1) + "x"
		default:
			words[2] = format.Count(g) + "x"
		}
		return append([]string{format.Estimate(r.Values[k+1], r.Unit)}, words...)
	}
	for _, g := range grids {
		head := strings.Join(g[0][1:], "|")
		var r *outcome.ComparisonRow
		for _, row := range g[1:] {
			switch {
			case strings.HasSuffix(head, "|difference|factor|gain") && len(c.Scenarios) == 2:
				r = rowOf(t, c, row[0])
				check(row[0], row[1:], append([]string{format.Estimate(r.Values[0], r.Unit)}, against(r, 0)...)...)
			case g[0][0] == "measure" && g[0][len(g[0])-1] == "difference" && len(g[0]) == 2*len(c.Scenarios):
				r = headlineOf(t, c, row[0])
				check(row[0], row[1:2], format.Estimate(r.Values[0], r.Unit))
				for k := 1; k < len(c.Scenarios); k++ {
					check(row[0], row[2*k:2*k+2], against(r, k-1)[:2]...)
				}
			case head == "value|difference|factor|gain":
				k := slices.Index(c.Scenarios, row[0])
				switch {
				case row[1] == "":
					r = rowOf(t, c, row[0])
				case k == 0:
					check(row[0], row[1:], format.Estimate(r.Values[0], r.Unit), "", "", "")
				default:
					check(row[0], row[1:], against(r, k-1)...)
				}
			}
		}
	}
	return checked
}

func TestEveryNumberOfAComparisonOfThreeIsItsOwn(t *testing.T) {
	t.Parallel()
	xs := []*outcome.Experiment{
		sample.Experiment(sample.Options{Replications: 12, Name: "few", Days: 14}),
		sample.Experiment(sample.Options{Replications: 12, Name: "more", Days: 14, Staff: 1.2}),
		sample.Experiment(sample.Options{Replications: 12, Name: "many", Days: 14, Staff: 1.5}),
	}
	c := compared(t, xs...)
	var b bytes.Buffer
	if err := page.Comparison(&b, c, xs); err != nil {
		t.Fatal(err)
	}
	if checked := checkCompared(t, c, gridsOf(b.String())); checked < 100 {
		t.Errorf("%d numbers were checked", checked)
	}
	// The pictures of differences say what the tables say.
	pictures := 0
	for _, g := range gridsOf(b.String()) {
		if len(g[0]) != 3 || g[0][1] != "scenario" || g[0][0] != "measure" {
			continue
		}
		for _, row := range g[1:] {
			pictures++
			k, found := slices.Index(c.Scenarios, row[1])-1, false
			for i := range c.Rows {
				words := format.Difference(c.Rows[i].Differences[k], c.Rows[i].Unit)
				found = found || words == row[2] || words == format.Same && row[2] == "no difference"
			}
			if !found {
				t.Errorf("no measure of %s differs by %q", row[1], row[2])
			}
		}
	}
	if pictures < 6 {
		t.Errorf("%d differences are drawn", pictures)
	}
}

func TestAComparisonOfManyShowsThemTogetherOnly(t *testing.T) {
	t.Parallel()
	var xs []*outcome.Experiment
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		xs = append(xs, sample.Experiment(sample.Options{Replications: 3, Name: name, Days: 7}))
	}
	var b bytes.Buffer
	if err := page.Comparison(&b, compared(t, xs...), xs); err != nil {
		t.Fatal(err)
	}
	if text := b.String(); !strings.Contains(text, "too many to be shown one by one") || strings.Contains(text, "<summary><h3>a</h3>") || !strings.Contains(text, "<h2>e</h2>") {
		t.Error("five scenarios are not shown together only")
	}
}

func TestScenariosLieOverOneAnotherInTime(t *testing.T) {
	t.Parallel()
	xs := []*outcome.Experiment{
		sample.Experiment(sample.Options{Replications: 6, Name: "few", Days: 14}),
		sample.Experiment(sample.Options{Replications: 6, Name: "many", Days: 14, Staff: 1.5}),
	}
	var b bytes.Buffer
	if err := page.Comparison(&b, compared(t, xs...), xs); err != nil {
		t.Fatal(err)
	}
	figures, titles := figuresOf(t, b.String())
	for title, want := range map[string]struct {
		name string
		l    outcome.Labels
	}{
		"Backlog":                  {outcome.SeriesBacklog, outcome.Labels{}},
		"Occupancy of front":       {outcome.SeriesOccupancy, outcome.Labels{Team: "front"}},
		"Agents on shift of night": {outcome.SeriesHeads, outcome.Labels{Team: "night"}},
	} {
		k := slices.Index(titles, title)
		if k < 0 {
			t.Errorf("no chart %q among %q", title, titles)
			continue
		}
		if len(figures[k].Lines) != len(xs) {
			t.Errorf("%s: %d lines", title, len(figures[k].Lines))
			continue
		}
		for i, x := range xs {
			line := figures[k].Lines[i]
			s := x.Series[slices.IndexFunc(x.Series, func(s outcome.Series) bool { return s.Name == want.name && s.Labels == want.l })]
			if line.Name != x.Scenario.Name || len(line.V) != len(s.Mean) {
				t.Errorf("%s: the line %q has %d numbers, want %q with %d", title, line.Name, len(line.V), x.Scenario.Name, len(s.Mean))
				continue
			}
			for at, v := range line.V {
				if w := number(float64(s.Mean[at]), s.Unit); v == nil && !math.IsNaN(w) || v != nil && *v != w {
					t.Errorf("%s, %s, interval %d: %v, want %v", title, line.Name, at, v, w)
					break
				}
			}
		}
	}
	checkDays(t, figures, titles, xs...)
}

// checkDays holds the chart of a metric by day against the outcomes, which are its lines.
func checkDays(t *testing.T, figures []figure, titles []string, xs ...*outcome.Experiment) {
	t.Helper()
	k := slices.Index(titles, "Breach rate of first reply by day")
	if k < 0 || len(figures[k].Lines) != len(xs) {
		t.Fatalf("no chart by day with a line for each of %d scenarios among %q", len(xs), titles)
	}
	for i, x := range xs {
		checkDayLine(t, x, "first_reply", &figures[k], i)
	}
}

// checkDayLine holds a line of a chart by day against the outcome.
func checkDayLine(t *testing.T, x *outcome.Experiment, metric string, f *figure, line int) {
	t.Helper()
	if len(f.XT) < 7 {
		t.Errorf("only %d days", len(f.XT))
	}
	for at, text := range f.XT {
		day, err := time.Parse("Mon 2 Jan 2006", text)
		if err != nil {
			t.Fatal(err)
		}
		m, ok := x.Measure(outcome.BreachByPeriod, outcome.Labels{Metric: metric, Period: day.Format(time.DateOnly)})
		if got := f.Lines[line].T[at]; !ok || got != format.Estimate(m.Estimate, m.Unit) {
			t.Errorf("%s, %s, %s: %q, want %q", x.Scenario.Name, metric, text, got, format.Estimate(m.Estimate, m.Unit))
		}
	}
}
