package main

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"path/filepath"
	"strings"
	"testing"
)

func TestBreachesAreExplainedInEveryFormat(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, format := range []string{"table", "markdown", "csv", "json", "html"} {
		code, out, errs := call(t, "explain", "hello", "--breaches", "--replications", "3", "--format", format, "--out", filepath.Join(dir, format))
		if code != exitDone || out == "" {
			t.Fatalf("%s: exit code %d: %s", format, code, errs)
		}
		if !strings.Contains(out, "capacity") {
			t.Errorf("%s says nothing of capacity", format)
		}
		if format == "csv" {
			if rows, err := csv.NewReader(strings.NewReader(out)).ReadAll(); err != nil || len(rows) < 168 {
				t.Errorf("%d rows of CSV: %v", len(rows), err)
			}
		}
	}
	for _, name := range []string{"breaches.html", "breaches.json", "breaches.md", "causes.csv", "time.csv", "hours.csv", "whose.csv"} {
		if !exists(filepath.Join(dir, "table", name)) {
			t.Errorf("there is no %s", name)
		}
	}
}

// The desk of hello is there from nine to five, and its promise runs around the clock: at night nobody is there, whatever
// the heads. What the causes explain is added up anew from the exact numbers.
func TestTheCausesOfHelloAddUp(t *testing.T) {
	t.Parallel()
	code, out, errs := call(t, "explain", "hello", "--breaches", "--replications", "4", "--json")
	if code != exitDone {
		t.Fatal(errs)
	}
	var x struct {
		Verdict  string
		Sections []struct {
			Name    string
			Columns []string
			Rows    [][]any
		}
	}
	if err := json.Unmarshal([]byte(out), &x); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(x.Verdict, "waiting for staff to come on shift") || !strings.Contains(x.Verdict, "Monday mornings") {
		t.Errorf("the verdict is %q", x.Verdict)
	}
	sum, explained := 0.0, 0.0
	for _, s := range x.Sections {
		place := map[string]int{}
		for i, c := range s.Columns {
			place[c] = i
		}
		for _, row := range s.Rows {
			switch {
			case s.Name == "time":
				sum += row[place["late_time_share"]].(float64)
			case s.Name == "causes":
				explained += row[place["explains_share"]].(float64)
				if row[0] == "skills" && row[place["numerator"]] != 0.0 {
					t.Errorf("skills explain %v", row)
				}
			}
		}
	}
	if math.Abs(sum-1) > 1e-9 || math.Abs(explained-1) > 1e-9 {
		t.Errorf("the parts of the time add up to %v, the causes and the rest to %v", sum, explained)
	}
}

func TestFlagsOfBreachesAndStoriesAreApart(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"--breaches", "--top", "3"}, {"--breaches", "--account", "acme"}, {"--breaches", "--ticket", "t0000000000000000"},
		{"--breaches", "--worst", "first_reply"}, {"--breaches", "--replication", "2"}, {"--breaches", "--log", "x.csv"},
		{"--breaches", "--metric", "patience"}, {"--breaches", "--replications", "1"}, {"--breaches", "--format", "pdf"},
		{"--metric", "first_reply"}, {"--workers", "1"}, {"--format", "csv"}, {"--out", "x"}, {"--replications", "3"}, {"--full"},
	} {
		if code, out, errs := call(t, append([]string{"explain", "hello"}, args...)...); code != exitUsage || out != "" || !strings.Contains(errs, args[len(args)-min(2, len(args))]) && !strings.Contains(errs, "--") {
			t.Errorf("%v: exit code %d, %s%s", args, code, out, errs)
		}
	}
}

// Where the time of a clock went adds up to what it counted; a log tells it but for what a ticket waited for.
func TestStoriesSayWhereTheTimeWent(t *testing.T) {
	t.Parallel()
	file, _, log := made(t, small)
	type story struct {
		Tickets []struct {
			Ticket string
			Clocks []struct {
				Verdict string
				Elapsed float64            `json:"elapsed_s"`
				Went    map[string]float64 `json:"went_s"`
			}
		}
	}
	tell := func(args ...string) (x story) {
		code, out, errs := call(t, append([]string{"explain", file, "--json"}, args...)...)
		if code != exitDone {
			t.Fatal(errs)
		}
		if err := json.Unmarshal([]byte(out), &x); err != nil {
			t.Fatal(err)
		}
		return x
	}
	seen := tell("--top", "5")
	waited := false
	for _, ticket := range seen.Tickets {
		logged := tell("--log", log, "--ticket", ticket.Ticket)
		for i, c := range ticket.Clocks {
			sum, known := 0.0, logged.Tickets[0].Clocks[i]
			for _, s := range c.Went {
				sum += s
			}
			if c.Verdict != "unjudged" && math.Abs(sum-c.Elapsed) > 1e-6 || c.Went["waiting"] != 0 {
				t.Errorf("%v of %v s", c.Went, c.Elapsed)
			}
			queue := c.Went["unstaffed"] + c.Went["behind_others"] + c.Went["held_back"] + c.Went["outage"]
			waited = waited || queue > 0
			if math.Abs(known.Went["waiting"]-queue) > 1e-6 || math.Abs(known.Went["handling"]-c.Went["handling"]) > 1e-6 {
				t.Errorf("the trial knows %v, its log %v", c.Went, known.Went)
			}
		}
	}
	if !waited {
		t.Error("nobody has waited")
	}
}
