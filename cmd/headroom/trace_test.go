package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	columnar "github.com/parquet-go/parquet-go"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/reports/trace"
)

// columnsOf reads a CSV file by columns.
func columnsOf(t *testing.T, path string) (columns map[string][]string, rows int) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	columns = map[string][]string{}
	for k, head := range all[0] {
		for _, row := range all[1:] {
			columns[head] = append(columns[head], row[k])
		}
	}
	return columns, len(all) - 1
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// A trace is the trial behind the outcome: what it holds of its tickets and its intervals adds
// up to what the outcome says of that replication.
func TestATraceAddsUpToItsReplication(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	tickets, intervals := filepath.Join(dir, "tickets.csv"), filepath.Join(dir, "intervals.csv")
	code, text, stderr := call(t, "run", "black-friday", "--replications", "2", "--json",
		"--trace", tickets, "--trace-intervals", intervals, "--trace-replication", "2")
	if code != exitDone {
		t.Fatal(stderr)
	}
	x, err := outcome.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	of, rows := columnsOf(t, tickets)
	want := func(name string, l outcome.Labels) (num, den float64) {
		m, ok := x.Measure(name, l)
		if !ok {
			t.Fatalf("no %s %v", name, l)
		}
		return m.Num[1], m.Den[1]
	}
	for _, tier := range append([]string{""}, x.Scenario.Tiers...) {
		arrived, touched := 0.0, 0.0
		late, judged := map[string]float64{}, map[string]float64{}
		for i := range rows {
			if of["measured"][i] != "1" || tier != "" && of["tier"][i] != tier {
				continue
			}
			arrived++
			touched += number(t, of["touches"][i])
			for _, m := range []string{"first_reply", "resolution", "answer"} {
				late[m] += number(t, of[m+"_late"][i])
				judged[m] += number(t, of[m+"_clocks"][i])
			}
		}
		if n, _ := want(outcome.Arrived, outcome.Labels{Tier: tier}); n != arrived || touched < arrived/2 {
			t.Errorf("%q: %v tickets with %v touches are traced, %v arrived", tier, arrived, touched, n)
		}
		for _, m := range []string{"first_reply", "resolution", "answer"} {
			if judged[m] == 0 {
				continue // nothing is promised to the tier
			}
			num, den := want(outcome.BreachRate, outcome.Labels{Metric: m, Tier: tier})
			if late[m] != num || judged[m] != den {
				t.Errorf("%q: of the trace %v of %v are late in %s, of the outcome %v of %v", tier, late[m], judged[m], m, num, den)
			}
		}
	}
	series, n := columnsOf(t, intervals)
	var lateShare, weight, arrivals float64
	for i := range n {
		switch {
		case series["series"][i] == outcome.SeriesArrivals:
			arrivals += number(t, series["value"][i]) * x.Scenario.Interval.Hours()
		case series["series"][i] == outcome.SeriesBreach && series["metric"][i] == "first_reply" && series["tier"][i]+series["priority"][i] == "" && series["value"][i] != "":
			w := number(t, series["weight"][i])
			lateShare, weight = lateShare+w*number(t, series["value"][i]), weight+w
		}
	}
	if math.Abs(arrivals-float64(rows)) > 1e-6 {
		t.Errorf("%v tickets arrive in the intervals, %d are traced", arrivals, rows)
	}
	if num, den := want(outcome.BreachRate, outcome.Labels{Metric: "first_reply"}); math.Abs(lateShare-num) > 1e-6 || weight != den {
		t.Errorf("of the intervals %v of %v are late, of the outcome %v of %v", lateShare, weight, num, den)
	}
}

// Intervals alone are those that are written beside tickets, and a trace that cannot be written leaves nothing.
func TestATraceIsWholeOrNotThere(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	both, alone := filepath.Join(dir, "both.csv"), filepath.Join(dir, "alone.csv")
	for _, args := range [][]string{{"--trace", filepath.Join(dir, "tickets.csv"), "--trace-intervals", both}, {"--trace-intervals", alone}} {
		if code, _, stderr := call(t, append([]string{"run", "hello", "--replications", "2", "--json"}, args...)...); code != exitDone {
			t.Fatal(stderr)
		}
	}
	a, errA := os.ReadFile(both)
	b, errB := os.ReadFile(alone)
	if errA != nil || errB != nil || len(a) < 1000 || !bytes.Equal(a, b) {
		t.Errorf("%d and %d bytes, %v, %v", len(a), len(b), errA, errB)
	}
	columns := trace.Tickets(&ticket.Names{}, nil, func(time.Duration) time.Time { return time.Time{} })
	for _, name := range []string{"cut.csv", "cut.parquet"} {
		err := writeTrace(filepath.Join(dir, name), columns, func(write func(*outcome.TicketTrace) error) error {
			for range 50_000 {
				if err := write(&outcome.TicketTrace{}); err != nil {
					return err
				}
			}
			return os.ErrInvalid
		})
		if !errors.Is(err, os.ErrInvalid) {
			t.Error(err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*cut*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestTracesAreWrittenAsParquet(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "tickets.parquet")
	if code, _, stderr := call(t, "run", "hello", "--replications", "2", "--json", "--trace", path); code != exitDone {
		t.Fatal(stderr)
	}
	data, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(data, []byte("PAR1")) || !bytes.HasSuffix(data, []byte("PAR1")) {
		t.Errorf("%d bytes, %v: no Parquet file", len(data), err)
	}
	for _, row := range [][]string{{"--trace", "tickets.xlsx"}, {"--trace-intervals", "x"}, {"--trace", path, "--trace-replication", "0"}, {"--trace-replication", "2"}} {
		code, _, stderr := call(t, append([]string{"run", "hello", "--json"}, row...)...)
		if code != exitUsage || !strings.Contains(stderr, "--trace") {
			t.Errorf("%v: exit code %d: %s", row, code, stderr)
		}
	}
}

// The tickets and the intervals of a replication are the same as Parquet and as CSV, cell by cell, as a
// reader sees them that knows nothing of how they were written; what is measured has its unit in its name.
func TestATraceAsParquetIsTheOneAsCSV(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, ending := range []string{".csv", ".parquet"} {
		if code, _, stderr := call(t, "run", "hello", "--replications", "2", "--json", "--trace-replication", "2", "--trace", at("tickets"+ending), "--trace-intervals", at("intervals"+ending)); code != exitDone {
			t.Fatal(stderr)
		}
	}
	for _, name := range []string{"tickets", "intervals"} {
		text, err := os.ReadFile(at(name + ".csv"))
		if err != nil {
			t.Fatal(err)
		}
		want, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(at(name + ".parquet"))
		if err != nil {
			t.Fatal(err)
		}
		file, err := columnar.OpenFile(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		if file.NumRows() != int64(len(want)-1) || len(want) < 100 {
			t.Fatalf("%s: %d rows as Parquet, %d as CSV", name, file.NumRows(), len(want)-1)
		}
		index := map[string]int{}
		for i, path := range file.Schema().Columns() {
			index[path[0]] = i
		}
		rows := make([]columnar.Row, file.NumRows())
		if n, err := columnar.NewReader(file).ReadRows(rows); n != len(rows) || err != nil && !errors.Is(err, io.EOF) {
			t.Fatal(n, err)
		}
		for c, head := range want[0] {
			column, ok := index[head]
			if !ok {
				t.Fatalf("%s: there is no column %s as Parquet: %v", name, head, index)
			}
			for r, row := range want[1:] {
				got := rows[r][column]
				cell, number := row[c], got.Kind() == columnar.Double
				switch x, err := strconv.ParseFloat(cell, 64); {
				case got.IsNull():
					if cell != "" {
						t.Fatalf("%s, row %d: %s is missing as Parquet and %q as CSV", name, r+1, head, cell)
					}
				case number && (err != nil || x != got.Double()), !number && got.String() != cell:
					t.Fatalf("%s, row %d: %s is %v as Parquet and %q as CSV", name, r+1, head, got, cell)
				}
			}
		}
		seconds := 0
		for _, head := range want[0] {
			if strings.HasSuffix(head, "_s") {
				seconds++
			}
			for _, bare := range []string{"elapsed", "target", "wait", "handle", "interval_length"} {
				if head == bare || strings.HasSuffix(head, "_"+bare) {
					t.Errorf("%s: %s does not say its unit", name, head)
				}
			}
		}
		if seconds == 0 && name == "tickets" {
			t.Errorf("no column of %s is in seconds: %v", name, want[0])
		}
	}
}
