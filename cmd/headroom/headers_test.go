package main

import (
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// How the columns of a file of comma-separated values say their units; see package table.
var (
	headName = regexp.MustCompile(`^[\p{L}\p{N}]+([_.-][\p{L}\p{N}]+)*$`)
	// A column of one unit ends with it.
	inUnit = regexp.MustCompile(`_(s|share|h|heads|clocks|tickets|EUR|GBP|USD)(_[0-9]+)?$`)
	// Or it counts what its name says, or is a number without a unit by its nature.
	counted = strings.Fields(`clocks late met undecided of_these_open of_clocks late_and_excused touches reopenings hand_offs steps counted round replications point n
		level joint_level p p_adjusted variance_ratio quotient quotient_low quotient_high measured weight clocks_per_replication factor seed times_the_usual behind_it`)
	countedClocks = regexp.MustCompile(`^[a-z_]+_(clocks|late|undecided)$`)
	// Where the numbers of a column have different units, the column called unit says it of these.
	byUnit = strings.Fields(`value mean ci_low ci_high p10 p90 difference difference_low difference_high before before_ci_low before_ci_high after after_ci_low after_ci_high
		change change_ci_low change_ci_high holds breaks_at`)
)

// checkHeads reads a file as a machine does and tells which columns of numbers do not say their unit.
func checkHeads(t judge, what, text string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Errorf("%s: %d lines, %v", what, len(rows), err)
		return
	}
	unit := slices.Index(rows[0], "unit")
	for c, head := range rows[0] {
		if !headName.MatchString(head) {
			t.Errorf("%s: the column %q is not called as columns are", what, head)
		}
		if slices.Index(rows[0], head) != c {
			t.Errorf("%s: two columns are called %s", what, head)
		}
		numbers := 0
		for _, row := range rows[1:] {
			if _, err := strconv.ParseFloat(row[c], 64); err == nil {
				numbers++
				if unit >= 0 && slices.Contains(byUnit, head) && row[unit] == "" && !strings.Contains(head, "holds") && !strings.Contains(what, "breaks") {
					t.Errorf("%s: a number in %s has no unit: %q", what, head, row)
					break
				}
			}
		}
		if numbers == 0 || c == unit || inUnit.MatchString(head) || countedClocks.MatchString(head) || slices.Contains(counted, head) || unit >= 0 && slices.Contains(byUnit, head) ||
			strings.Contains(head, ".") || slices.Contains([]string{"hour", "ticket", "agent"}, head) { // the path of an axis; names
			continue
		}
		t.Errorf("%s: the numbers of %s have no unit", what, head)
	}
}

// Every table that any command prints or writes says the unit of its numbers.
func TestTablesSayTheirUnits(t *testing.T) {
	t.Parallel()
	scenario, out, log := made(t, strings.Replace(small, "sla:", "expect: [backlog_peak < 1000]\nsla:", 1))
	_, other, _ := made(t, strings.Replace(small, "heads: 2", "heads: 3", 1))
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	for name, args := range map[string][]string{
		"trace":      {"run", scenario, "--json", "--trace", in("tickets.csv"), "--trace-intervals", in("intervals.csv")},
		"pack":       {"report", out, "--account", "acme", "--out", in("pack")},
		"log pack":   {"report", log, "--scenario", scenario, "--account", "acme", "--out", in("log-pack")},
		"weekly":     {"report", out, "--view", "weekly", "--out", in("weekly")},
		"monthly":    {"report", out, "--view", "monthly", "--out", in("monthly")},
		"quarterly":  {"report", out, "--view", "quarterly", "--out", in("quarterly")},
		"comparison": {"compare", out, other, "--out", in("compared")},
		"sweep":      {"sweep", scenario, "--set", "teams.front.shifts.day.heads=1,3", "--target", "breach_rate(first_reply) < 5%", "--replications", "2", "--out", in("swept")},
		"snapshot":   {"snapshot", log, "--at", "2026-01-20T12:00:00Z", "--out", in("snapshot.csv")},
	} {
		if code, _, errs := call(t, args...); code != exitDone {
			t.Errorf("%s: exit code %d: %s", name, code, errs)
		}
	}
	for _, args := range [][]string{
		{"report", out}, {"report", out, "--by", "tier,day,week"}, {"report", out, "--account", "acme"}, {"report", log, "--scenario", scenario, "--account", "acme"},
		{"report", out, "--view", "weekly"}, {"report", out, "--view", "monthly"}, {"report", out, "--view", "quarterly"}, {"compare", out, other}, {"diff", out, other},
		{"sweep", scenario, "--set", "time.length=20d,30d", "--replications", "2"}, {"fit", log, "--out", in("fitted.yaml")},
	} {
		code, text, errs := call(t, append(args, "--format", "csv")...)
		if code != exitDone {
			t.Errorf("%v: exit code %d: %s", args, code, errs)
			continue
		}
		checkHeads(t, strings.Join(args, " "), text)
	}
	files := 0
	for _, root := range []string{dir, out, log} {
		if err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".csv" {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			files++
			checkHeads(t, path, string(text))
			return nil
		}); err != nil {
			t.Error(err)
		}
	}
	if files < 20 {
		t.Errorf("only %d files were found", files)
	}
}

func TestHeadsWithoutUnitsAreFound(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"wait\n5\n", "value\n5\n", "unit,wait\ns,5\n", "unit,value\n,5\n", "late share\n5\n", "a_s,a_s\n1,2\n", "a_s\n"} {
		var found counter
		if checkHeads(&found, "it", text); found == 0 {
			t.Errorf("nothing is found in %q", text)
		}
	}
}
