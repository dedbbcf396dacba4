package reports_test

import (
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
	"github.com/headroom-sim/headroom/reports/internal/inspect"
	"github.com/headroom-sim/headroom/reports/internal/sample"
)

func TestWriteFiles(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]*outcome.Experiment{"ordinary": friday(), "evil": sample.Evil(), "empty": {}} {
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
					inspect.PNG(t, filepath.Join(dir, f))
				}
			}
			checkMeasures(t, filepath.Join(dir, "measures.csv"), x)
			checkSeries(t, filepath.Join(dir, "series.csv"), x)
			inspect.Links(t, dir)
		})
	}
}

func checkMeasures(t *testing.T, path string, x *outcome.Experiment) {
	t.Helper()
	all := inspect.Records(t, path)
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
	all := inspect.Records(t, path)
	if len(all) != n {
		t.Fatalf("%d lines, want %d", len(all), n)
	}
	line := 1
	for i := range x.Series {
		for k, mean := range x.Series[i].Mean {
			cell := all[line][slices.Index(all[0], "mean")]
			got, err := strconv.ParseFloat(cell, 64)
			if math.IsNaN(float64(mean)) != (cell == "") || cell != "" && (err != nil || math.Abs(got-float64(mean)) > 1e-5*math.Abs(float64(mean))) || len(cell) > 13 {
				t.Fatalf("line %d of %s: the mean is %q, want %v", line, x.Series[i].Name, cell, x.Series[i].Mean[k])
			}
			line++
		}
	}
	if n > 1 && x.Scenario.Zone == "America/New_York" {
		at := slices.Index(all[0], "interval_start")
		if all[1][at] != "2026-11-16T00:00:00-05:00" || all[2][at] != "2026-11-16T00:30:00-05:00" {
			t.Errorf("the first intervals begin at %q and %q", all[1][at], all[2][at])
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
