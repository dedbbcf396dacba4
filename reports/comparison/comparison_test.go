package comparison_test

import (
	"bytes"
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/comparison"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"github.com/headroom-sim/headroom/reports/internal/inspect"
	"github.com/headroom-sim/headroom/reports/internal/sample"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// quick is an outcome that a test may change.
func quick() *outcome.Experiment {
	return sample.Experiment(sample.Options{Days: 14, Replications: 10})
}

// three are three plans for the same customers.
var three = sync.OnceValue(func() []*outcome.Experiment {
	return []*outcome.Experiment{
		sample.Experiment(sample.Options{}),
		sample.Experiment(sample.Options{Name: "more-people", Staff: 1.5}),
		sample.Experiment(sample.Options{Name: "fewer-people", Staff: 0.9, Replications: 50}),
	}
})

func compare(t *testing.T, xs ...*outcome.Experiment) *outcome.Comparison {
	t.Helper()
	c, err := outcome.Compare(xs, 0.95, func(string) dist.Source { return rand.NewPCG(1, 2) })
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func text(t *testing.T, c *outcome.Comparison, o document.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := comparison.Text(&b, c, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestComparison(t *testing.T) {
	t.Parallel()
	two := text(t, compare(t, three()[:2]...), document.Options{Width: 140})
	golden.Text(t, filepath.Join("testdata", "comparison.txt"), []byte(two), *update)
	all := text(t, compare(t, three()...), document.Options{Width: 120})
	golden.Text(t, filepath.Join("testdata", "comparison-three.txt"), []byte(all), *update)
	for _, part := range []string{"97.50 % each", "fewer-people has 50 trials", "black-friday has 64 trials, of which the first 50 are compared", "50 pairs of replications"} {
		if part == "fewer-people has 50 trials" {
			if strings.Contains(inspect.Flat(inspect.Plain(all)), part) {
				t.Error("fewer-people has dropped nothing")
			}
			continue
		}
		if !strings.Contains(inspect.Flat(inspect.Plain(all)), part) {
			t.Errorf("%q is not on the page", part)
		}
	}
	for line := range strings.Lines(all) {
		if n := len([]rune(line)) - 1; n > 120 {
			t.Errorf("a line of %d columns: %q", n, line)
		}
	}
}

func TestComparisonVerdict(t *testing.T) {
	t.Parallel()
	exact := func(value, low, high float64) estimate.Estimate {
		return estimate.Estimate{Value: value, Low: low, High: high, Level: 0.95, N: 40}
	}
	diff := func(value, half float64) estimate.Difference {
		return estimate.Difference{Estimate: exact(value, value-half, value+half), VarianceRatio: 0.2}
	}
	cost := outcome.ComparisonRow{
		Name: outcome.Cost, Unit: outcome.UnitMoney,
		Values:      []estimate.Estimate{exact(400, 390, 410), exact(920, 900, 940)},
		Differences: []estimate.Difference{diff(520, 20)},
		Quotients:   []estimate.Estimate{exact(2.3, 2.2, 2.4)},
	}
	rate := func(l outcome.Labels, from, to, half, q, low, high float64) outcome.ComparisonRow {
		l.Metric = "first_reply"
		return outcome.ComparisonRow{
			Name: outcome.BreachRate, Labels: l, Unit: outcome.UnitShare,
			Values:      []estimate.Estimate{exact(from, from-0.01, from+0.01), exact(to, to-0.01, to+0.01)},
			Differences: []estimate.Difference{diff(to-from, half)},
			Quotients:   []estimate.Estimate{exact(q, low, high)},
		}
	}
	nan := math.NaN()
	none := outcome.ComparisonRow{
		Name: outcome.Cost, Unit: outcome.UnitMoney, Values: cost.Values,
		Differences: []estimate.Difference{diff(1, 20)}, Quotients: []estimate.Estimate{exact(1, 0.9, 1.1)},
	}
	enterprise, starter := outcome.Labels{Tier: "enterprise"}, outcome.Labels{Tier: "starter"}
	for _, c := range []struct {
		name string
		rows []outcome.ComparisonRow
		want string
	}{
		{"dear and good", []outcome.ComparisonRow{cost, rate(enterprise, 0.41, 0.037, 0.02, 0.09, 0.07, 0.12), rate(starter, 0.2, 0.1, 0.02, 0.5, 0.4, 0.6)},
			"night costs 2.30x (2.20–2.40) and removes 91 % (88–93) of enterprise first-reply breaches (41.0 % to 3.7 % of clocks)."},
		{"nothing for the money", []outcome.ComparisonRow{cost, rate(enterprise, 0.41, 0.40, 0.02, 0.97, 0.9, 1.1)},
			"night costs 2.30x (2.20–2.40) and changes no breach rate beyond doubt."},
		{"all gone for nothing", []outcome.ComparisonRow{none, rate(outcome.Labels{Priority: "low"}, 0.41, 0, 0.02, 0, nan, nan)},
			"night costs the same and removes all low-priority first-reply breaches (41.0 % to 0.00 % of clocks)."},
		{"worse", []outcome.ComparisonRow{rate(outcome.Labels{}, 0.1, 0.4, 0.02, 4, 3.5, 4.5)},
			"night has 4.0x (3.5–4.5) the first-reply breaches (10.0 % to 40.0 % of clocks)."},
		{"bad where all was well", []outcome.ComparisonRow{rate(outcome.Labels{}, 0, 0.4, 0.02, nan, nan, nan)},
			"night brings first-reply breaches where there were none (0.00 % to 40.0 % of clocks)."},
		{"nothing in common", nil, "The outcomes share neither costs nor breach rates, so there is no verdict."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := inspect.Flat(inspect.Plain(text(t, &outcome.Comparison{
				Base: "office", Scenarios: []string{"office", "night"}, Digests: []string{"a", "b"}, Replications: 40, Level: 0.95, JointLevel: 0.95, Rows: c.rows,
			}, document.Options{})))
			if !strings.Contains(got, c.want) {
				t.Errorf("want %q in\n%s", c.want, got)
			}
		})
	}
}

func TestComparisonSaysWhatIsLeftOut(t *testing.T) {
	t.Parallel()
	a, b := quick(), quick()
	b.Measures = slices.DeleteFunc(b.Measures, func(m outcome.Measure) bool { return m.Name == outcome.Cost })
	b.Scenario.Name = "without-costs"
	got := inspect.Flat(inspect.Plain(text(t, compare(t, a, b), document.Options{Width: 100})))
	for _, part := range []string{"Not compared:", "cost(team=front) (not in without-costs)", "cost (not in without-costs)"} {
		if !strings.Contains(got, part) {
			t.Errorf("%q is not on the page", part)
		}
	}
}

func TestComparisonOfEvilNamesIsSafe(t *testing.T) {
	t.Parallel()
	x := sample.Evil()
	c := compare(t, x, x)
	c.LeftOut = append(c.LeftOut, outcome.LeftOut{Name: sample.Nasty, Reason: sample.Nasty})
	for _, r := range text(t, c, document.Options{Width: 80}) {
		if unicode.IsControl(r) && r != '\n' {
			t.Fatalf("%q reaches the terminal", r)
		}
	}
	dir := t.TempDir()
	if _, err := comparison.WriteFiles(dir, c); err != nil {
		t.Fatal(err)
	}
	inspect.Records(t, filepath.Join(dir, "comparison.csv"))
	page, err := os.ReadFile(filepath.Join(dir, "report.md"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(page), "<script") || strings.Contains(string(page), "\x1b") {
		t.Error("a name is alive in Markdown")
	}
}

func TestWriteComparisonFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := compare(t, three()...)
	written, err := comparison.WriteFiles(dir, c)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, name := range []string{"comparison", "differences", "frontier-first_reply", "frontier-resolution", "frontier-answer"} {
		want = append(want, name+".png", name+".svg", name+".pdf")
	}
	if want = append(want, "comparison.csv", "report.md"); !slices.Equal(written, want) {
		t.Errorf("wrote %v, want %v", written, want)
	}
	inspect.PNG(t, filepath.Join(dir, "comparison.png"))
	inspect.Links(t, dir)
	all := inspect.Records(t, filepath.Join(dir, "comparison.csv"))
	if len(all) != 1+3*len(c.Rows) {
		t.Fatalf("%d lines for %d rows of three scenarios", len(all), len(c.Rows))
	}
	at := func(line []string, column string) string { return line[slices.Index(all[0], column)] }
	for i, line := range all[1:] {
		row, k := c.Rows[i/3], i%3
		if got, err := strconv.ParseFloat(at(line, "value"), 64); err != nil || got != row.Values[k].Value {
			if !math.IsNaN(row.Values[k].Value) {
				t.Fatalf("%s of %s is %q, want %v", row.Describe(), c.Scenarios[k], at(line, "value"), row.Values[k].Value)
			}
		}
		d := at(line, "difference")
		if k == 0 && d != "" {
			t.Fatalf("the base differs from itself by %q", d)
		}
		if k > 0 && !math.IsNaN(row.Differences[k-1].Value) {
			if got, err := strconv.ParseFloat(d, 64); err != nil || got != row.Differences[k-1].Value {
				t.Fatalf("%s: the difference is %q, want %v", row.Describe(), d, row.Differences[k-1].Value)
			}
		}
	}
	if _, err := comparison.WriteFiles(filepath.Join(dir, "not there"), c); err == nil {
		t.Error("want an error for a directory that is not there")
	}
}

// Three plans side by side, their differences, and what each costs and keeps.
func ExamplePictures() {
	c, err := outcome.Compare(three(), 0.95, func(string) dist.Source { return rand.NewPCG(1, 2) })
	if err != nil {
		return
	}
	for _, p := range comparison.Pictures(c) {
		_ = chart.WritePNG(new(bytes.Buffer), p.Chart)
	}
}

func TestComparisonPicture(t *testing.T) {
	t.Parallel()
	inspect.Picture(t, comparison.Pictures(compare(t, three()...))[0], *update)
}

// Two plans are compared in who is lost and who asks again, channel by channel.
func TestCustomersAreCompared(t *testing.T) {
	t.Parallel()
	var rows []outcome.ComparisonRow
	phone, email := outcome.Labels{Channel: "phone"}, outcome.Labels{Channel: "email"}
	for _, m := range []outcome.LeftOut{{Name: outcome.FirstAbandonRate, Labels: phone}, {Name: outcome.LostRate, Labels: phone}, {Name: outcome.Chasers, Labels: email}} {
		e := estimate.Estimate{Value: 0.16, Low: 0.15, High: 0.17, Level: 0.95, N: 30}
		rows = append(rows, outcome.ComparisonRow{
			Name: m.Name, Labels: m.Labels, Unit: outcome.UnitShare, Values: []estimate.Estimate{e, e},
			Differences: []estimate.Difference{{Estimate: e}}, Quotients: []estimate.Estimate{e},
		})
	}
	got := text(t, &outcome.Comparison{
		Base: "few", Scenarios: []string{"few", "many"}, Digests: []string{"a", "b"}, Replications: 30, Level: 0.95, JointLevel: 0.95, Rows: rows,
	}, document.Options{})
	for _, want := range []string{"lost_rate(channel=phone)", "first_abandon_rate(channel=phone)", "chasers(channel=email)"} {
		if !strings.Contains(got, want) {
			t.Errorf("no row for %s in\n%s", want, got)
		}
	}
}
