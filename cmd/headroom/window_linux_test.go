package main

import (
	"context"
	"fmt"
	"io"

	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
)

// escapes are the sequences by which a terminal sets type.
var escapes = regexp.MustCompile("\x1b\\[[0-9;]*m")

// onScreen is what a command shows in a window of some columns.
func onScreen(t *testing.T, columns uint16, args []string) string {
	t.Helper()
	window, shown := pseudo(t, columns)
	code := run(context.Background(), append([]string{"headroom"}, args...), terminal{in: strings.NewReader(""), out: window, err: io.Discard})
	text := shown()
	if code != exitDone {
		t.Fatalf("%v: exit code %d: %s", args, code, text)
	}
	return text
}

// Whatever the command and the window: no line is wider, nothing is torn from its unit, and with
// NO_COLOR there is no escape sequence. Into a pipe there never is one.
func TestEveryCommandKeepsToTheWindow(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, scenario := range map[string]string{"small.yaml": small, "three.yaml": strings.NewReplacer("name: small", "name: three", "heads: 2", "heads: 3").Replace(small)} {
		if err := os.WriteFile(name, []byte(scenario), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	deals, _, _ := strings.Cut(small, "exceptions:") // which lie before the first whole month
	open := strings.NewReplacer("name: small", "name: open", `hours: "08:00-17:00"`, `hours: "00:00-24:00"`).Replace(small)
	if err := os.WriteFile("open.yaml", []byte(open[:strings.Index(open, "contracts:")]), 0o666); err != nil {
		t.Fatal(err)
	}
	priced := strings.NewReplacer("name: small", "name: priced", "cap: 25%}\n  - {account: globex", "cap: 25%, alternatives: {capped: {cap: 10%}}}\n  - {account: globex").Replace(deals) +
		"variants:\n  three: {teams.front.shifts.day.heads: 3}\n"
	if err := os.WriteFile("priced.yaml", []byte(priced), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"run", "small.yaml", "--out", "two", "--log", "log.csv"}, {"run", "three.yaml", "--out", "three"}} {
		if code, _, errs := call(t, args...); code != exitDone {
			t.Fatal(errs)
		}
	}
	_, guess, _ := call(t, "import", "log.csv", "--guess")
	if err := os.WriteFile("guess.yaml", []byte(guess), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		command string
		slow    bool // simulates or draws: the narrowest and, without colours, the widest window will do
	}{
		{"report two --out shown", true},
		{"report two --full --out shown", true},
		{"report two --by channel,priority,tier,account,issue,team,day,week,month --out shown", true},
		{"report two --view weekly", false},
		{"report two --view monthly", false},
		{"report two --view quarterly", false},
		{"report two --account acme", false},
		{"report log.csv --scenario small.yaml --account acme", false},
		{"diff two three", false},
		{"diff two three --full", false},
		{"audit log.csv --policy small.yaml --full", false},
		{"audit log.csv --policy small.yaml --set sla.policies.all.resolution=4h --full", false},
		{"recommend log.csv", false},
		{"recommend two", false},
		{"explain small.yaml --worst first_reply --top 2", false},
		{"explain small.yaml --breaches --replications 2", false},
		{"check small.yaml --explain", false},
		{"list", false},
		{"fit log.csv --out fitted.yaml", false},
		{"snapshot log.csv --at 2026-01-19T06:00:00Z --out open.csv", false},
		{"run small.yaml --replications 2 --out shown", true},
		{"compare two three --out versus", true},
		{"sweep small.yaml --set teams.front.shifts.day.heads=2,3 --replications 2 --out grid", true},
		{"price priced.yaml priced.yaml@three --years 4 --full", true},
		{"coverage small.yaml --replications 2 --full", true},
		{"peak black-friday --target none --replications 3 --full", true},
		{"capacity growing-desk --months 14 --full", false},
		{"staff open.yaml --attain 50% --trials 4 --proof 10 --solver repair --full", true},
		{"list --schemes", false},
		{"erlang c --calls 100 --per 30m --aht 180s --agents 14 --within 20s", false},
		{"bench m1 --for 1ms", true},
		{"import --mapping guess.yaml log.csv --out imported", false},
		{"best small.yaml three.yaml --measure cost --min --indifference 100 --trials 40", true},
		{"warmup small.yaml --replications 5 --out warm", true},
		{"backtest log.csv --test 1w --replications 39 --out back", true},
	} {
		t.Run(row.command, func(t *testing.T) {
			args := strings.Fields(row.command)
			keeps := func(columns uint16, shown string) {
				shown = escapes.ReplaceAllString(shown, "")
				checkScreen(t, fmt.Sprintf("%s at %d columns", row.command, columns), shown)
				for line := range strings.Lines(shown) {
					if n := text.StringWidthWithoutEscSequences(strings.TrimRight(line, "\n")); n > int(columns) {
						t.Errorf("a line of %d columns in a window of %d: %q", n, columns, line)
					}
				}
			}
			widths := []uint16{60, 80, 120}
			if row.slow {
				widths = widths[:1]
			}
			for _, columns := range widths {
				t.Setenv("NO_COLOR", "")
				shown := onScreen(t, columns, args)
				if !strings.Contains(shown, "\x1b[1m") && args[0] != "erlang" { // whose list has no head
					t.Errorf("at %d columns no head is bold:\n%s", columns, shown)
				}
				keeps(columns, shown)
			}
			t.Setenv("NO_COLOR", "1")
			shown := onScreen(t, 200, args)
			if strings.Contains(shown, "\x1b") {
				t.Errorf("NO_COLOR is set, and there is an escape sequence in\n%s", shown)
			}
			keeps(200, shown)
			if row.slow {
				return
			}
			t.Setenv("NO_COLOR", "")
			if _, out, _ := call(t, args...); strings.Contains(out, "\x1b") {
				t.Errorf("a pipe gets an escape sequence:\n%s", out)
			}
		})
	}
}

// The help of every command keeps to the window, and loses no word by that.
func TestHelpKeepsToTheWindow(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	list := [][]string{{"--help"}}
	for _, c := range newApp(terminal{}).Commands {
		list = append(list, []string{c.Name, "--help"})
		for _, sub := range c.Subcommands {
			list = append(list, []string{c.Name, sub.Name, "--help"})
		}
	}
	if len(list) < 25 {
		t.Fatalf("only %d commands", len(list))
	}
	for _, args := range list {
		_, piped, _ := call(t, args...)
		for _, columns := range []uint16{60, 80, 120} {
			shown := onScreen(t, columns, args)
			checkScreen(t, fmt.Sprintf("%v at %d columns", args, columns), shown)
			for line := range strings.Lines(shown) {
				if n := text.StringWidthWithoutEscSequences(strings.TrimRight(line, "\r\n")); n > int(columns) {
					t.Errorf("%v: a line of %d columns in a window of %d: %q", args, n, columns, line)
				}
			}
			if got, want := strings.Join(strings.Fields(shown), " "), strings.Join(strings.Fields(piped), " "); got != want {
				t.Errorf("%v at %d columns says\n%s\nnot\n%s", args, columns, got, want)
			}
		}
	}
}
