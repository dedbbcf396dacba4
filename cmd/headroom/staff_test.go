package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/outcome"
)

// staffable is small, around the clock, without its contracts.
func staffable(t *testing.T) (dir, file string) {
	t.Helper()
	text, _, _ := strings.Cut(small, "contracts:")
	text = strings.Replace(text, `hours: "08:00-17:00"`, `hours: "00:00-24:00"`, 1)
	dir = t.TempDir()
	file = filepath.Join(dir, "open.yaml")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir, file
}

// The scenario that staff writes is run to the numbers of the proof; the roster that it writes costs what
// the scenario's teams are paid.
func TestAStaffedScenarioRepeatsItsProof(t *testing.T) {
	t.Parallel()
	dir, file := staffable(t)
	out := filepath.Join(dir, "out")
	code, text, errs := call(t, "staff", file, "--target", "breach_rate(first_reply) <= 20%", "--trials", "8", "--proof", "30", "--solver", "repair", "--out", out)
	if code != exitDone {
		t.Fatal(code, errs, text)
	}
	if !strings.Contains(text, "proven") {
		t.Errorf("nothing is proven:\n%s", text)
	}
	for _, name := range []string{"roster.html", "roster.md", "roster.json", "roster.csv", "roster.ics", "scenario.yaml", "coverage.png", "coverage.svg", "coverage.pdf"} {
		if info, err := os.Stat(filepath.Join(out, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	f, err := os.Open(filepath.Join(out, "targets.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	again := filepath.Join(dir, "again")
	if code, _, errs := call(t, "run", filepath.Join(out, "scenario.yaml"), "--out", again); code != exitDone {
		t.Fatal(errs)
	}
	x, err := readOutcome(again)
	if err != nil {
		t.Fatal(err)
	}
	m, ok := x.Measure(outcome.BreachRate, outcome.Labels{Metric: "first_reply"})
	if !ok || x.Replications != 30 {
		t.Fatal(x.Replications)
	}
	want := fmt.Sprintf("%.6f", m.Estimate.Value)
	found := false
	for i, cell := range rows[1] {
		var v float64
		if n, _ := fmt.Sscanf(cell, "%g", &v); n == 1 && (fmt.Sprintf("%.6f", v) == want || fmt.Sprintf("%.6f", v/100) == want) {
			found = true
			t.Logf("%s is %s", rows[0][i], cell)
		}
	}
	if !found {
		t.Errorf("the run has %v, the proof %v", want, rows)
	}
	// The roster is read back as one.
	for _, name := range []string{"roster.ics", "roster.csv"} {
		if code, _, errs := call(t, "import", "roster", filepath.Join(out, name), "--out", filepath.Join(dir, name+".yaml")); code != exitDone {
			t.Errorf("%s: %s", name, errs)
		}
	}
}

func TestWhatStaffCannotDoHasAnExitCodeOfItsOwn(t *testing.T) {
	t.Parallel()
	dir, file := staffable(t)
	for _, row := range []struct {
		args string
		want int
		says string
	}{
		{"", exitUsage, "one scenario"},
		{file + " --by month", exitUsage, "week or day"},
		{file + " --method magic", exitUsage, "magic"},
		{file + " --solver magic", exitUsage, "magic"},
		{file + " --confidence 101%", exitUsage, "confidence"},
		{file + " --fails 90%", exitUsage, "fails"},
		{file + " --budget -1", exitUsage, "budget"},
		{file + " --target wait", exitInvalid, "--target"},
		{file + " --target credit<=1 --solver repair", exitUsage, "not measured"},
		{filepath.Join(dir, "none.yaml"), exitFailed, "there is no file"},
	} {
		code, text, errs := call(t, append([]string{"staff"}, strings.Fields(row.args)...)...)
		if code != row.want || !strings.Contains(errs, row.says) {
			t.Errorf("staff %s: %d, %s%s", row.args, code, errs, text)
		}
	}
	// Handling alone takes longer than this for one in many.
	text, _, _ := strings.Cut(small, "contracts:")
	text = strings.Replace(text, "resolution: 8h", "resolution: 10m", 1)
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	code, out, errs := call(t, "staff", file, "--trials", "4", "--proof", "10", "--solver", "repair", "--out", filepath.Join(dir, "out"))
	if code != exitMissed || !strings.Contains(out, "No roster was confirmed") || !strings.Contains(errs, "no roster was confirmed") {
		t.Errorf("%d: %s%s", code, errs, out)
	}
	if _, err := os.Stat(filepath.Join(dir, "out", "scenario.yaml")); err == nil {
		t.Error("a scenario is offered that was not confirmed")
	}
}

// What formulas staff is not cheaper, once it keeps the same promises: the figure is printed, and where little can be
// saved it says so.
func TestErlangCStaffsNoCheaperOnShippedScenarios(t *testing.T) {
	t.Parallel()
	for args, least := range map[string]float64{
		"hello --any-hours": 0,    // one seat around the clock, by any method
		"replay-log":        0.15, // each queue by itself takes a head more than both together
	} {
		out := filepath.Join(t.TempDir(), "out")
		code, text, errs := call(t, append(append([]string{"staff"}, strings.Fields(args)...), "--trials", "8", "--proof", "40", "--limit", "0s", "--solver", "repair", "--out", out)...)
		if code != exitDone {
			t.Fatal(args, code, errs, text)
		}
		f, err := os.Open(filepath.Join(out, "baselines.csv"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil || len(rows) != 3 {
			t.Fatal(rows, err)
		}
		low, err := strconv.ParseFloat(rows[1][slices.Index(rows[0], "dearer_than_the_roster_ci_low_share")], 64)
		if err != nil || low < least || !strings.HasPrefix(rows[1][0], "Erlang C") {
			t.Errorf("%s: %v, %v", args, rows[1], err)
		}
		if least > 0 && !strings.Contains(text, "taffing by formula") {
			t.Errorf("%s does not print it:\n%s", args, text)
		}
	}
}
