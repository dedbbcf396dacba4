package main

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/reports/cuts"
)

// Each cut is one command away, and its whole is that of all clocks together: the rates of its parts
// weighted by their clocks, and the breach rate of the outcome.
func TestEveryCutIsACommandAndWeightedByVolume(t *testing.T) {
	t.Parallel()
	code, text, errs := call(t, "run", "enterprise-contract", "--replications", "2", "--json")
	if code != exitDone {
		t.Fatal(errs)
	}
	out := filepath.Join(t.TempDir(), outcomeFile)
	if err := os.WriteFile(out, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	table := func(args ...string) (rows []map[string]string) {
		code, text, errs := call(t, append([]string{"report", out, "--format", "csv"}, args...)...)
		if code != exitDone {
			t.Fatal(errs)
		}
		all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, record := range all[1:] {
			row := map[string]string{}
			for i, head := range all[0] {
				row[head] = record[i]
			}
			rows = append(rows, row)
		}
		return rows
	}
	number := func(row map[string]string, column string) float64 {
		x, err := strconv.ParseFloat(row[column], 64)
		if err != nil {
			t.Fatalf("%s: %v in %v", column, err, row)
		}
		return x
	}
	overall := math.NaN()
	for _, row := range table() {
		labels := 0
		for _, label := range []string{"channel", "priority", "tier", "issue", "account", "team", "policy", "period", "hour"} {
			if row[label] != "" {
				labels++
			}
		}
		if row["measure"] == "breach_rate" && row["metric"] == "first_reply" && labels == 0 {
			overall = number(row, "value")
		}
	}
	names := []string{"channel", "priority", "tier", "account", "issue", "team", "day", "week", "month"}
	if known := cuts.Names(); !slices.Equal(slices.Sorted(slices.Values(known)), slices.Sorted(slices.Values(names))) {
		t.Fatalf("there are cuts %v", known)
	}
	for _, name := range names {
		clocks, late, parts := 0.0, 0.0, 0
		var whole map[string]string
		for _, row := range table("--by", name) {
			switch {
			case row["cut"] != name || row["metric"] != "first_reply":
			case row["part"] == "all":
				whole = row
			default:
				parts++
				if n := number(row, "clocks_per_replication"); n > 0 {
					clocks, late = clocks+n, late+n*number(row, "late_share")
				}
			}
		}
		if whole == nil || parts == 0 {
			t.Errorf("%s has %d parts and the whole %v", name, parts, whole)
			continue
		}
		if got := number(whole, "late_share"); math.Abs(got-overall) > 1e-9 || !(got > 0) {
			t.Errorf("%s: of all %v are late, and the breach rate is %v", name, got, overall)
		}
		// Customers without an account are in no part.
		if all := number(whole, "clocks_per_replication"); name != "account" && (math.Abs(clocks-all) > 1e-6 || math.Abs(late/clocks-overall) > 1e-9) || clocks > all+1e-6 {
			t.Errorf("%s: %v of %v clocks are late in the parts, and %v of %v in all", name, late, clocks, overall*all, all)
		}
	}
}
