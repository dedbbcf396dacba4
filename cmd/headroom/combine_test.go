package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// small is a scenario with two accounts, a contract and an exception, which is soon simulated.
const small = `name: small
tiers: [gold, silver]
channels: {email: {}}
time: {start: 2026-01-05, length: 30d, warmup: 2d, interval: 60m}
run: {replications: 4, seed: 3}
issues: {question: {handle: lognormal(mean 20m, cv 1)}}
demand:
  - {stream: mail, channel: email, issue: {question: 100%}, tier: {gold: 40%, silver: 60%}, volume: 20/day}
teams:
  front: {shifts: [{name: day, heads: 2, days: mon-sun, hours: "08:00-17:00"}], cost: 20 EUR/h}
sla: {policies: [{name: all, first_reply: 95% within 2h, resolution: 8h}]}
contracts:
  - {account: acme, tier: gold, share: 20% of mail, fee: 1000 EUR/month, promise: 95% of first_reply, per: month, credit: 10% per 1% below, cap: 25%}
  - {account: globex, tier: silver, share: 10% of mail, fee: 500 EUR/month, promise: 95% of first_reply, per: month, credit: 10% per 1% below, cap: 25%}
exceptions:
  - {name: outage, reason: storm, approved_by: J. Doe, from: 2026-01-12 08:00, until: 2026-01-13 18:00, do: exclude}
`

// made simulates a scenario into a folder, and gives its outcome and the log of a replication.
func made(t *testing.T, scenario string) (file, out, log string) {
	t.Helper()
	dir := t.TempDir()
	file, out, log = filepath.Join(dir, "scenario.yaml"), filepath.Join(dir, "out"), filepath.Join(dir, "log.csv")
	if err := os.WriteFile(file, []byte(scenario), 0o666); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := call(t, "run", file, "--out", out, "--log", log); code != exitDone {
		t.Fatal(errs)
	}
	return file, out, log
}

// left is what a command leaves: what it prints, and which files it writes.
func left(t *testing.T, dir string, args []string) (code int, errs, all string) {
	t.Helper()
	code, out, errs := call(t, args...)
	names := []string{}
	if err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, strings.TrimPrefix(path, dir))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return code, errs, strings.ReplaceAll(out, dir, "") + "\n" + strings.Join(names, "\n")
}

// said are pairs of flags that hold each other's word: what one asks for is there with the other
// alone.
var said = map[string]string{
	"full, csv": "CSV holds all measures", "full, json": "JSON is the whole outcome", "full, --json": "JSON is the whole outcome",
	"full, markdown": "Markdown has all tables", "full, html": "the page has all tables",
	"json, --json": "one format twice", "full, account": "an outcome knows no single tickets, so that no list is cut short",
}

// No flag of a report is passed over in silence: of each pair, either both do what they say, which shows
// in what is printed or written, or the pair is refused with a word about a flag.
func TestNoFlagOfAReportIsPassedOver(t *testing.T) {
	t.Parallel()
	scenario, outcomeDir, log := made(t, small)
	type flag struct {
		name string
		args []string
	}
	flags := []flag{
		{"out", []string{"--out", "OUT"}}, {"by", []string{"--by", "tier"}}, {"full", []string{"--full"}}, {"--html", []string{"--html"}},
		{"csv", []string{"--format", "csv"}}, {"markdown", []string{"--format", "markdown"}}, {"html", []string{"--format", "html"}},
		{"json", []string{"--format", "json"}}, {"--json", []string{"--json"}}, {"color", []string{"--color", "always"}},
		{"weekly", []string{"--view", "weekly"}}, {"quarterly", []string{"--view", "quarterly"}}, {"tighten", []string{"--tighten", "99%"}},
		{"account", []string{"--account", "acme"}}, {"scenario", []string{"--scenario", scenario}}, {"until", []string{"--until", "2026-03-01T00:00:00Z"}},
	}
	for _, source := range []string{"outcome", "log"} {
		// attempt reports on a fresh copy, so that what is written shows.
		attempt := func(t *testing.T, args ...string) (int, string, string) {
			t.Helper()
			dir := t.TempDir()
			from, to := log, filepath.Join(dir, "log.csv")
			if source == "outcome" {
				from, to = outcomePath(outcomeDir), filepath.Join(dir, outcomeFile)
			}
			data, err := os.ReadFile(from)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(to, data, 0o666); err != nil {
				t.Fatal(err)
			}
			all := []string{"report", to}
			for _, a := range args {
				all = append(all, strings.Replace(a, "OUT", filepath.Join(dir, "made"), 1))
			}
			return left(t, dir, all)
		}
		type result struct {
			code int
			all  string
		}
		// A pack of a log takes two flags: they stand in every row of it.
		var base []string
		rows := flags
		if source == "log" {
			base = []string{"--account", "acme", "--scenario", scenario}
			rows = slices.DeleteFunc(slices.Clone(flags), func(f flag) bool { return f.name == "account" || f.name == "scenario" })
		}
		alone := map[string]result{}
		for _, f := range append(rows, flag{"", nil}) {
			code, _, all := attempt(t, append(slices.Clone(base), f.args...)...)
			alone[f.name] = result{code, all}
		}
		if alone[""].code != exitDone {
			t.Fatalf("a report of the %s: %s", source, alone[""].all)
		}
		for i, a := range rows {
			for _, b := range rows[i+1:] {
				t.Run(fmt.Sprintf("%s/%s, %s", source, a.name, b.name), func(t *testing.T) {
					t.Parallel()
					code, errs, all := attempt(t, slices.Concat(base, a.args, b.args)...)
					switch {
					case code == exitUsage && strings.Contains(errs, "--"):
					case code != exitDone:
						t.Errorf("exit code %d: %s", code, errs)
					case said[a.name+", "+b.name] != "":
					default:
						for _, one := range []flag{a, b} {
							if alone[one.name].code == exitDone && alone[one.name].all == all {
								t.Errorf("with %s alone, it is the same", one.name)
							}
						}
					}
				})
			}
		}
	}
}

func TestAFlagThatIsForSomethingElseSaysForWhat(t *testing.T) {
	t.Parallel()
	_, out, _ := made(t, small)
	for _, row := range []struct {
		args []string
		want string
	}{
		{[]string{"--as", "csv"}, "--as has become --format, which takes table, csv, html, json, markdown"},
		{[]string{"--html", "--account", "acme"}, "--html and --account do not go together: the page alone takes --out"},
		{[]string{"--html", "--format", "csv"}, "--html and --format do not go together"},
		{[]string{"--view", "weekly", "--by", "tier"}, "--view and --by do not go together: a view for a meeting takes --out, --format, --json, --color and --tighten"},
		{[]string{"--tighten", "97%"}, "--tighten is for a view for a meeting, --view"},
		{[]string{"--view", "weekly", "--tighten", "97%"}, "--tighten is for the quarterly view, and this is the weekly one"},
		{[]string{"--until", "2026-03-01T00:00:00Z"}, "--until is for the pack of an account, --account"},
		{[]string{"--by", "tier", "--full"}, "--by chooses tables, and --full asks for all"},
		{[]string{"--format", "csv", "--color", "always"}, "--color always is for tables at a terminal"},
		{[]string{"--format", "csv", "--format=json"}, "--format is given twice"},
		{[]string{"--account", "acme", out}, "report takes one outcome file or folder; several with --html or --format html"},
	} {
		code, _, errs := call(t, append([]string{"report", out}, row.args...)...)
		if code != exitUsage || !strings.Contains(errs, row.want) {
			t.Errorf("%v: exit code %d, %q; want %q", row.args, code, errs, row.want)
		}
	}
}
