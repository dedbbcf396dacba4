package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every command that reads an outcome says the same of one that it cannot use: which file, what is wrong
// with it and what to do, with the exit code of bad data and without a file or a panic.
func TestWhatIsWrongWithAnOutcomeIsToldByEveryCommand(t *testing.T) {
	t.Parallel()
	_, good, _ := made(t, small)
	whole, err := os.ReadFile(outcomePath(good))
	if err != nil {
		t.Fatal(err)
	}
	text := string(whole)
	change := func(from, to string) string {
		changed := strings.Replace(text, from, to, 1)
		if changed == text {
			t.Fatalf("%s is not in the outcome", from)
		}
		return changed
	}
	dir := t.TempDir()
	for name, row := range map[string]struct{ text, want string }{
		"truncated": {text[:len(text)/2], "it ends in the middle"},
		"newer":     {change(`"version":1`, `"version":99`), "written by a newer version: format 99"},
		"other":     {change(`"format":"headroom/outcome"`, `"format":"somebody/else"`), "not an outcome file"},
		"empty":     {"", "it is empty"},
		"words":     {"ticket,at\n", "not an outcome file"},
		"kind":      {change(`"replications":4`, `"replications":"four"`), "replications cannot be a string"},
		"twice":     {text + text, "line 2"},
		"bytes":     {"\x00\xff\xfe{", "not an outcome file"},
		"short":     {change(`"replications":4`, `"replications":5`), "totals for 5 replications"},
	} {
		bad := filepath.Join(dir, name+".json")
		if err := os.WriteFile(bad, []byte(row.text), 0o666); err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(dir, name+"-out")
		for _, args := range [][]string{
			{"report", bad, "--out", out}, {"report", bad, "--html", "--out", out}, {"report", bad, "--format", "csv"}, {"report", bad, "--by", "tier", "--out", out},
			{"report", bad, "--view", "weekly"}, {"report", bad, "--account", "acme", "--out", out}, {"report", good, bad, "--html", "--out", out},
			{"diff", good, bad}, {"diff", bad, good}, {"compare", good, bad, "--out", out}, {"compare", bad, good, "--out", out}, {"recommend", bad, "--out", out},
		} {
			code, shown, errs := call(t, args...)
			if code != exitInvalid || !strings.Contains(errs, row.want) || !strings.Contains(errs, name+".json") || strings.Count(errs, "\n") < 2 {
				t.Errorf("%s: %v: exit code %d: %s", name, args, code, errs)
			}
			if shown != "" || exists(out) {
				t.Errorf("%s: %v leaves something: %q", name, args, shown)
			}
		}
	}
}
