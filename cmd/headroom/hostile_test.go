package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// hostile are words as they come from data, each of which does harm somewhere: in a spreadsheet, on a
// page, in Markdown or on a terminal.
var hostile = []string{
	"=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "\u3000=1+1", "\u200b=1+1", "\ufeff=1+1", "\u202e=1+1", "\x00=1+1",
	"＝1+1", "＋1", "－1", "＠A1", "=cmd|' /C calc'!A0", `=HYPERLINK("http://evil.invalid","x")`, `"=1+1"`, `",=1+1`, ";=1+1", "-", "=",
	"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `</script><script>alert(1)</script>`, "</style></title><svg onload=alert(1)>",
	"<!--", "-->", "]]>", "&lt;script&gt;", "&#60;b&#62;", "{{.Title}}", "javascript:alert(1)", "<a href='javascript:x'>x</a>",
	"a|b", "`code`", "[x](javascript:alert(1))", "![x](http://evil.invalid/x.png)", "<http://evil.invalid>", "http://evil.invalid", "www.evil.invalid", "a@evil.invalid",
	"# head", "- item", "1. item", "> quote", "***b***", "~~s~~", "\\|", "[^1]", "[^1]: note", "|---|", "---", "```", "    code",
	"\x1b[31mred\x1b[0m", "\x1b]0;title\a", "\x1b]8;;http://evil.invalid\x1b\\x", "\u009b31m", "\x1b[2J\x1b[H", "\u202eevil\u202c", "\u2066x\u2069", "a\x00b", "two\nlines", "\roverwrite", "\b\b\b",
	"line\u2028and\u2029end", "\U000e0041tag", "\u007f", strings.Repeat("wide ", 40), strings.Repeat("W", 90), "",
}

// told are the keys of an outcome whose words come from data, or are words for people.
var told = strings.Fields(`name title tool digest stopped currency reason approved_by affects do scheme policy calendar text at quality priority tier team channel
	issue account contract exception relaxation spike outage rung bot stream keyword channels issues tiers priorities accounts teams bots shift promises`)

// poisoned is an outcome with hostile words in place of all that come from data. From is the first of
// them, so that over some outcomes each stands everywhere. It gives the name of an account, too.
func poisoned(t *testing.T, file string, from int) (path, account string) {
	t.Helper()
	data, err := os.ReadFile(outcomePath(file))
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	words := map[string]string{"": ""}
	taken := map[string]bool{"": true}
	instead := func(word string) string {
		if _, ok := words[word]; !ok {
			bad := hostile[(from+len(words))%len(hostile)]
			for taken[bad] {
				bad += fmt.Sprint(len(words))
			}
			words[word], taken[bad] = bad, true
		}
		return words[word]
	}
	var poison func(key string, node any, keep bool) any
	poison = func(key string, node any, keep bool) any {
		switch n := node.(type) {
		case string:
			if slices.Contains(told, key) && !keep {
				return instead(n)
			}
		case []any:
			for i := range n {
				n[i] = poison(key, n[i], keep)
			}
		case map[string]any:
			for _, k := range slices.Sorted(keysOf(n)) {
				// What a measure or a series is called is the program's.
				n[k] = poison(k, n[k], keep && k != "labels" || k == "name" && (n["num"] != nil || n["mean"] != nil))
			}
		}
		return node
	}
	poison("", tree, false)
	// And a measure and a metric that nobody knows.
	extra := map[string]any{"name": instead("extra measure"), "labels": map[string]any{"metric": instead("extra metric")}, "unit": instead("unit"), "num": tree["measures"].([]any)[0].(map[string]any)["num"],
		"den": tree["measures"].([]any)[0].(map[string]any)["den"], "estimate": tree["measures"].([]any)[0].(map[string]any)["estimate"]}
	tree["measures"] = append(tree["measures"].([]any), extra)
	if data, err = json.Marshal(tree); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), outcomeFile)
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return path, words["acme"]
}

func keysOf(m map[string]any) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

var kinds = map[string]string{"table": "", "csv": ".csv", "markdown": ".md", "html": ".html", "json": ".json"}

// harmless runs a command, and checks what it prints and what it writes into a folder. Refusals and
// failures are checked as well.
func harmless(t *testing.T, kind, dir string, args ...string) {
	t.Helper()
	code, out, errs := call(t, args...)
	what := fmt.Sprintf("%.300q", args)
	if code == exitUsage || code == exitFailed {
		t.Errorf("%s: exit code %d: %s", what, code, errs)
	}
	if code == exitDone {
		checks[kind](t, what, out)
	}
	checkScreen(t, what+" (errors)", errs)
	if dir == "" {
		return
	}
	files := 0
	if err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		checkScreen(t, what+" (the name of a file)", d.Name())
		if check, ok := checks[filepath.Ext(path)]; ok {
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			check(t, what+": "+d.Name(), string(text))
			files++
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	if files == 0 {
		t.Errorf("%s wrote nothing", what)
	}
}

// Whatever words an outcome holds: no command that reads it lets one of them do anything, in any format.
func TestNoWordOfAnOutcomeDoesHarm(t *testing.T) {
	t.Parallel()
	_, one, _ := made(t, small)
	_, two, _ := made(t, strings.Replace(small, "heads: 2", "heads: 3", 1))
	const rounds = 4
	for round := range rounds {
		t.Run(fmt.Sprint("round ", round+1), func(t *testing.T) {
			t.Parallel()
			from := round * len(hostile) / rounds
			a, account := poisoned(t, one, from)
			b, _ := poisoned(t, two, from)
			for format, kind := range kinds {
				print := func(args ...string) { harmless(t, kind, "", append(args, "--format", format)...) }
				print("report", a)
				print("diff", a, b)
				print("compare", a, b)
				print("report", a, "--account", account)
				for _, view := range []string{"weekly", "monthly", "quarterly"} {
					print("report", a, "--view", view)
				}
				if format != "json" {
					print("report", a, "--by", "tier,account,team,priority,issue,channel,month")
				}
			}
			harmless(t, "", "", "report", a, "--full", "--color", "always")
			harmless(t, "", "", "diff", a, b, "--full")
			for i, args := range [][]string{{"report", a}, {"report", a, "--html"}, {"report", a, "--account", account}, {"report", a, "--view", "weekly"}, {"compare", a, b}, {"diff", a, b}} {
				if round > 0 && (i == 0 || i == 4) {
					continue // pictures take long
				}
				dir := filepath.Join(t.TempDir(), "out")
				harmless(t, "", dir, append(args, "--out", dir)...)
			}
		})
	}
}

// unquotable are characters that JSON leaves as they are, and YAML takes in no quotes.
const unquotable = "\u007f\u009b\ufeff"

// quoted is a word in the language of scenarios and of JSON.
func quoted(t *testing.T, word string) string {
	t.Helper()
	text, err := json.Marshal(word)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Free words of a scenario get through to reports as words; as names they are refused. What is told of a
// file that cannot be read quotes it harmlessly.
func TestNoWordOfAScenarioDoesHarm(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	var reasons strings.Builder
	for i, word := range hostile {
		if strings.TrimSpace(word) == "" || strings.ContainsAny(word, unquotable) {
			continue
		}
		fmt.Fprintf(&reasons, "  - {name: e%d, reason: %s, approved_by: %s, from: 2026-01-12 08:00, until: 2026-01-13 18:00, do: exclude}\n", i, quoted(t, word), quoted(t, word))
	}
	free := strings.Replace(small, "name: small\n", "name: free\ntitle: "+quoted(t, strings.Join(hostile[:25], ""))+"\n", 1) + reasons.String()
	path, log := file("free.yaml", free), filepath.Join(dir, "log.csv")
	for format, kind := range kinds {
		harmless(t, kind, "", "run", path, "--format", format, "--log", log)
		harmless(t, kind, "", "report", log, "--scenario", path, "--account", "acme", "--format", format)
	}
	harmless(t, "", "", "check", path, "--explain")
	out := filepath.Join(dir, "pack")
	harmless(t, "", out, "report", log, "--scenario", path, "--account", "acme", "--out", out)
	for i, word := range hostile {
		if i%8 != 0 && len(word) > 12 {
			continue
		}
		q := quoted(t, word)
		for k, text := range []string{
			strings.Replace(small, "name: small", "name: "+q, 1), strings.ReplaceAll(small, "gold", q), strings.Replace(small, "20 EUR/h", q, 1), q + ": 1\n", word, small + word,
		} {
			checkScreen(t, "what is told of "+q, bothWays(t, "check", file(fmt.Sprintf("%d-%d.yaml", i, k), text)))
		}
		// A log with the word in it, and arguments that are it.
		row := "t0000000000000001,2026-01-08T09:00:00Z,created,new,email,question," + q + ",normal,acme,,\n"
		bad := file(fmt.Sprintf("%d.csv", i), "ticket,at,event,status,channel,issue,tier,priority,account,team,agent\n"+row)
		for _, args := range [][]string{
			{"report", bad, "--scenario", path, "--account", "acme"}, {"report", log, "--scenario", path, "--account", word},
			{"explain", path, "--log", bad, "--ticket", "t0000000000000001"}, {"explain", path, "--ticket", word}, {"run", "hello", "--format", word},
			{"snapshot", bad, "--at", "2026-01-09T09:00:00Z", "--out", filepath.Join(dir, fmt.Sprintf("snapshot-%d.csv", i))}, {word}, {"run", "hello", "--" + word},
			{"sweep", "hello", "--set", word}, {"diff", bad, bad}, {"schema", word}, {"init", "--preset", word}, {"best", word, word},
		} {
			checkScreen(t, fmt.Sprintf("what is told of %.200q", args), bothWays(t, args...))
		}
	}
}

// bothWays is what a command prints, as a result and about mistakes.
func bothWays(t *testing.T, args ...string) string {
	t.Helper()
	_, out, errs := call(t, args...)
	return out + errs
}
