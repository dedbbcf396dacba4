package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hostileLog is a log of a simulation whose tiers, accounts, issues and agents are called by hostile words.
func hostileLog(t *testing.T, from, to string) {
	t.Helper()
	file, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	words, of := map[string]string{}, 0
	for i, head := range rows[0] {
		for _, row := range rows[1:] {
			switch head {
			case "tier", "account", "issue", "channel", "priority", "team", "agent":
				word := head + row[i]
				if row[i] == "" {
					continue
				}
				for words[word] == "" {
					words[word] = strings.ToValidUTF8(hostile[of%len(hostile)], "")
					of++
				}
				row[i] = words[word]
			}
		}
	}
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if err := csv.NewWriter(out).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
}

// Whatever words a log or the files of a help desk hold: no command that reads them lets one of them do
// anything, in any format, in any file of its folder.
func TestNoWordOfALogDoesHarm(t *testing.T) {
	t.Parallel()
	file, _, log := made(t, small)
	dir := t.TempDir()
	evil := filepath.Join(dir, "evil.csv")
	hostileLog(t, log, evil)
	out := func(name string) (string, string) { return "--out", filepath.Join(dir, name) }
	for format, kind := range kinds {
		harmless(t, kind, "", "audit", evil, "--policy", file, "--format", format)
		harmless(t, kind, "", "recommend", evil, "--format", format)
		harmless(t, kind, "", "fit", evil, "--out", filepath.Join(dir, format+".yaml"), "--format", format)
	}
	for i, args := range [][]string{
		{"audit", evil, "--policy", file, "--set", "sla.policies.all.resolution=4h"}, {"recommend", evil}, {"backtest", evil, "--test", "1w", "--replications", "39"},
	} {
		flag, folder := out(fmt.Sprint("of-log-", i))
		code, shown, errs := call(t, append(args, flag, folder)...)
		if code == exitUsage || code == exitFailed && args[0] != "backtest" {
			t.Errorf("%v: exit code %d: %s", args, code, errs)
		}
		checkScreen(t, args[0], shown)
		checkScreen(t, args[0]+" (errors)", errs)
		if code == exitDone {
			checkFolder(t, args[0], folder)
		}
	}

	// A file of a help desk, of which nothing is known.
	var rows strings.Builder
	w := csv.NewWriter(&rows)
	w.Write([]string{"number", "opened", "changed", "state", "queue", "=1+1", "customer", "<script>alert(1)</script>"})
	for i, word := range hostile {
		id := fmt.Sprintf("T%d", i)
		w.Write([]string{id, "2026-03-02 09:00", "2026-03-02 09:00", "New", word, word, word, word})
		w.Write([]string{id, "2026-03-02 09:00", "2026-03-02 11:00", word, word, word, word, word})
		w.Write([]string{id, "2026-03-02 09:00", "2026-03-03 11:00", "Closed", word, word, word, word})
	}
	w.Flush()
	history := filepath.Join(dir, "history.csv")
	if err := os.WriteFile(history, []byte(rows.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	checkScreen(t, "a guess", bothWays(t, "import", "--guess", history, "--zone", "UTC"))
	flag, folder := out("import")
	code, shown, errs := call(t, "import", "--guess", history, "--zone", "UTC", "--yes", flag, folder)
	checkScreen(t, "an import", shown+errs)
	if code != exitDone {
		t.Fatalf("nothing is imported: %s", errs)
	}
	checkFolder(t, "import", folder, "log.csv")
	if code, _, errs := call(t, "check", filepath.Join(folder, "scenario.yaml")); code != exitDone {
		t.Errorf("the scenario of the import is none: %s", errs)
	}
}

// checkFolder checks every file of a folder by its ending, but for those that hold data as they are.
func checkFolder(t *testing.T, what, dir string, data ...string) {
	t.Helper()
	files := 0
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
next:
	for _, e := range entries {
		checkScreen(t, what+" (the name of a file)", e.Name())
		for _, name := range data {
			if e.Name() == name {
				continue next
			}
		}
		check, ok := checks[filepath.Ext(e.Name())]
		if !ok || e.IsDir() {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		check(t, what+": "+e.Name(), string(text))
		files++
	}
	if files == 0 {
		t.Errorf("%s wrote nothing", what)
	}
}

// Titles and reasons of a scenario, and the values of a sweep, are words of somebody, too.
func TestNoWordOfAnExperimentDoesHarm(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var titled []string
	for i, word := range []string{"=cmd|' /C calc'!A0", `"><img src=x onerror=alert(1)>`, "[x](javascript:alert(1))|`a`", "\u202eevil\u202c"} {
		path := filepath.Join(dir, fmt.Sprintf("%d.yaml", i))
		text := strings.Replace(small, "name: small\n", fmt.Sprintf("name: small-%d\ntitle: %s\n", i, quoted(t, word)), 1)
		if err := os.WriteFile(path, []byte(strings.Replace(text, "heads: 2", fmt.Sprintf("heads: %d", 2+i), 1)), 0o666); err != nil {
			t.Fatal(err)
		}
		titled = append(titled, path)
	}
	for kind, more := range map[string][]string{"": nil, ".json": {"--json"}} {
		harmless(t, kind, "", append([]string{"best", titled[0], titled[1], "--measure", "cost", "--min", "--indifference", "100", "--trials", "40"}, more...)...)
	}
	harmless(t, ".json", "", "warmup", titled[2], "--replications", "3", "--json")
	harmless(t, "", filepath.Join(dir, "warm"), "warmup", titled[2], "--replications", "3", "--out", filepath.Join(dir, "warm"))
	values := `title==1+1,<script>alert(1)</script>,a|b`
	for format, kind := range kinds {
		harmless(t, kind, "", "sweep", titled[3], "--set", values, "--replications", "2", "--format", format)
	}
	harmless(t, "", filepath.Join(dir, "grid"), "sweep", titled[3], "--set", values, "--replications", "2", "--out", filepath.Join(dir, "grid"))
	harmless(t, "", filepath.Join(dir, "heads"), "sweep", titled[1], "--set", "teams.front.shifts.day.heads=2,3", "--target", "breach_rate(first_reply) < 50%", "--replications", "2", "--out", filepath.Join(dir, "heads"))
}
