package reports_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"github.com/headroom-sim/headroom/reports/internal/sample"
)

func TestPictures(t *testing.T) {
	t.Parallel()
	var names []string
	for _, p := range reports.Pictures(friday()) {
		names = append(names, p.Name)
	}
	want := []string{
		"breach-first_reply-tier", "breach-first_reply-priority", "hours-first_reply", "waits-first_reply",
		"breach-resolution-tier", "breach-resolution-priority", "hours-resolution", "waits-resolution",
		"breach-answer-tier", "breach-answer-priority", "hours-answer", "waits-answer",
		"occupancy", "arrivals", "coverage", "backlog", "credits-acme", "exceedance-acme", "credits-globex", "exceedance-globex",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Fatal(diff)
	}
	for _, name := range []string{"breach-first_reply-tier", "breach-answer-priority", "hours-first_reply", "occupancy", "arrivals", "backlog", "credits-acme"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			look(t, reports.Pictures(friday())[slices.Index(want, name)])
		})
	}
}

func look(t *testing.T, p reports.Picture) {
	t.Helper()
	var b bytes.Buffer
	if err := chart.WritePNG(&b, p.Chart); err != nil {
		t.Fatal(err)
	}
	golden.Picture(t, filepath.Join("testdata", p.Name+".png"), b.Bytes(), *update)
}

func TestYearsAreDrawnAsDailyMeans(t *testing.T) {
	t.Parallel()
	x := sample.Experiment(sample.Options{Days: 60, Replications: 2})
	for _, p := range reports.Pictures(x) {
		line, ok := p.Chart.(chart.Timeline)
		if !ok || p.Name != "arrivals" && p.Name != "occupancy" {
			continue
		}
		values := line.Panels[0].Lines[0].Values
		if len(values) != 60 {
			t.Errorf("%s has %d values for 60 days", p.Name, len(values))
		}
		if p.Name != "arrivals" {
			continue
		}
		all, sum := 0.0, 0.0
		for _, s := range x.Series {
			if s.Name == outcome.SeriesArrivals {
				for _, v := range s.Mean[:48] {
					all += float64(v)
				}
			}
		}
		if sum = float64(values[0]); math.Abs(sum-all/48) > 1e-9 {
			t.Errorf("the first day is %v tickets per hour, want %v", sum, all/48)
		}
	}
}

func TestWriteFiles(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]*outcome.Experiment{"ordinary": friday(), "evil": evil(), "empty": {}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			written, err := reports.WriteFiles(dir, x)
			if err != nil {
				t.Fatal(err)
			}
			entries, err := os.ReadDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			var found []string
			for _, e := range entries {
				found = append(found, e.Name())
			}
			said := slices.Sorted(slices.Values(written))
			if diff := cmp.Diff(said, found); diff != "" {
				t.Errorf("said and found: %s", diff)
			}
			safe := regexp.MustCompile(`^[a-z0-9_-]+\.(png|svg|pdf|csv|md)$`)
			for _, f := range found {
				if !safe.MatchString(f) || len(f) > 90 {
					t.Errorf("%q is no name for a file", f)
				}
				if strings.HasSuffix(f, ".png") {
					checkPNG(t, filepath.Join(dir, f))
				}
			}
			checkMeasures(t, filepath.Join(dir, "measures.csv"), x)
			checkSeries(t, filepath.Join(dir, "series.csv"), x)
			checkLinks(t, dir)
		})
	}
}

func checkPNG(t *testing.T, path string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := png.DecodeConfig(f)
	if err != nil || c.Width != 1280 || c.Height != 720 {
		t.Errorf("%s: %d × %d, %v", path, c.Width, c.Height, err)
	}
}

func records(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range all {
		for _, cell := range record {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				if _, err := strconv.ParseFloat(cell, 64); err != nil {
					t.Fatalf("%s: a spreadsheet would run %q", path, cell)
				}
			}
		}
	}
	return all
}

func checkMeasures(t *testing.T, path string, x *outcome.Experiment) {
	t.Helper()
	all := records(t, path)
	if len(all) != len(x.Measures)+1 {
		t.Fatalf("%d lines for %d measures", len(all), len(x.Measures))
	}
	head := all[0]
	for i := range x.Measures {
		m, line := &x.Measures[i], all[i+1]
		for column, want := range map[string]float64{"value": m.Estimate.Value, "ci_low": m.Estimate.Low, "ci_high": m.Estimate.High} {
			cell := line[slices.Index(head, column)]
			got, err := strconv.ParseFloat(cell, 64)
			missing := math.IsNaN(want) || math.IsInf(want, 0)
			if missing && cell != "" || !missing && (err != nil || got != want) {
				t.Fatalf("%s: %s is %q, want %v", m.Describe(), column, cell, want)
			}
		}
	}
}

func checkSeries(t *testing.T, path string, x *outcome.Experiment) {
	t.Helper()
	n := 1
	for _, s := range x.Series {
		n += len(s.Mean)
	}
	all := records(t, path)
	if len(all) != n {
		t.Fatalf("%d lines, want %d", len(all), n)
	}
	if n > 1 && x.Scenario.Zone == "America/New_York" {
		at := slices.Index(all[0], "interval_start")
		if all[1][at] != "2026-11-16T00:00:00-05:00" || all[2][at] != "2026-11-16T00:30:00-05:00" {
			t.Errorf("the first intervals begin at %q and %q", all[1][at], all[2][at])
		}
	}
}

func checkLinks(t *testing.T, dir string) {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(dir, "report.md"))
	if err != nil {
		t.Fatal(err)
	}
	pictures, _ := filepath.Glob(filepath.Join(dir, "*.png"))
	links := regexp.MustCompile(`(?m)^!\[[^\n]*\]\(([^()\n]+)\)$`).FindAllSubmatch(page, -1)
	if len(links) != len(pictures) {
		t.Errorf("%d links to %d pictures", len(links), len(pictures))
	}
	for _, link := range links {
		if _, err := os.Stat(filepath.Join(dir, string(link[1]))); err != nil {
			t.Error(err)
		}
	}
}

func TestWriteFilesReportsWhatItCouldNotWrite(t *testing.T) {
	t.Parallel()
	written, err := reports.WriteFiles(filepath.Join(t.TempDir(), "not there"), friday())
	if err == nil || len(written) != 0 {
		t.Errorf("got %v and %v", written, err)
	}
}

// nasty is a name that is an escape sequence, a formula, Markdown and HTML.
const nasty = "=cmd|'/C calc'!A1 \x1b[2J|**x**<script>alert(1)</script>../../etc"

// evil is an outcome whose every name comes from an enemy.
func evil() *outcome.Experiment {
	x := quick()
	old := map[string]string{}
	bad := func(s *string) {
		if *s != "" {
			if old[*s] == "" {
				old[*s] = fmt.Sprintf("%s%d", nasty, len(old))
			}
			*s = old[*s]
		}
	}
	for i := range x.Measures {
		l := &x.Measures[i].Labels
		for _, s := range []*string{&l.Tier, &l.Priority, &l.Team, &l.Contract, &l.Spike, &l.Metric, &l.Channel} {
			bad(s)
		}
	}
	for i := range x.Series {
		l := &x.Series[i].Labels
		for _, s := range []*string{&l.Tier, &l.Priority, &l.Team, &l.Metric} {
			bad(s)
		}
	}
	sc := &x.Scenario
	for _, list := range [][]string{sc.Tiers, sc.Priorities, sc.Teams, sc.Accounts, sc.Channels} {
		for i := range list {
			bad(&list[i])
		}
	}
	for i := range sc.Contracts {
		for _, s := range []*string{&sc.Contracts[i].Name, &sc.Contracts[i].Metric, &sc.Contracts[i].Scheme, &sc.Contracts[i].Period} {
			bad(s)
		}
	}
	for i := range sc.Spikes {
		bad(&sc.Spikes[i].Name)
	}
	for _, s := range []*string{&sc.Name, &sc.Title, &sc.Zone, &sc.Currency, &sc.Digest, &x.Tool, &x.Stopped} {
		bad(s)
	}
	x.Warnings = append(x.Warnings, outcome.Warning{Text: nasty})
	return x
}
