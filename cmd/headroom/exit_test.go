package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/reports/format"
)

// call runs a command line and returns what it leaves.
func call(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(context.Background(), append([]string{"headroom"}, args...), terminal{in: strings.NewReader(""), out: &out, err: &errs})
	return code, out.String(), errs.String()
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, row := range []struct {
		name string
		args []string
		want int
	}{
		{"what works", []string{"list"}, exitDone},
		{"a missing file", []string{"check", filepath.Join(dir, "nowhere.yaml")}, exitFailed},
		{"a folder that cannot be made", []string{"run", "hello", "--replications", "1", "--out", file("in-the-way", "x") + "/below"}, exitFailed},
		{"an unknown verb", []string{"simulate"}, exitUsage},
		{"an unknown flag", []string{"run", "hello", "--fast"}, exitUsage},
		{"a missing argument", []string{"report"}, exitUsage},
		{"a flag without a unit", []string{"erlang", "c", "--calls", "9", "--aht", "3", "--agents", "2"}, exitUsage},
		{"an unknown preset", []string{"init", "--preset", "retail"}, exitUsage},
		{"a preset onto a file that is there", []string{"init", "--preset", "saas", file("there.yaml", "name: mine\n")}, exitFailed},
		{"an invalid scenario", []string{"run", file("bad.yaml", "nmae: x\n")}, exitInvalid},
		{"an empty scenario", []string{"check", file("empty.yaml", "")}, exitInvalid},
		{"an invalid log", []string{"explain", "hello", "--log", file("bad.csv", "a,b\n1,2\n"), "--ticket", "t0000000000000001"}, exitInvalid},
		{"an unknown ticket", []string{"explain", "hello", "--ticket", "t0fffffffffffffff"}, exitFailed},
		{"a ticket that is no ID", []string{"explain", "hello", "--ticket", "12"}, exitUsage},
		{"an expectation that is missed", []string{"run", file("missed.yaml", "extends: hello\nname: missed\nexpect: [backlog_peak < 1]\n"), "--replications", "2", "--strict", "--out", filepath.Join(dir, "missed-out")}, exitMissed},
		{"an expectation of what is not measured", []string{"check", file("unmeasured.yaml", "extends: hello\nname: unmeasured\nexpect: [wait(tier=gold) < 1h]\n")}, exitInvalid},
		{"an invalid outcome", []string{"report", file("bad.json", "[]")}, exitInvalid},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			if code, _, stderr := call(t, row.args...); code != row.want {
				t.Errorf("exit code %d, want %d; stderr: %s", code, row.want, stderr)
			}
		})
	}
}

func TestAFailedRunLeavesNoFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	if err := writeFolder(out, func(beside string) error {
		if err := os.WriteFile(filepath.Join(beside, "half"), []byte("written"), 0o666); err != nil {
			return err
		}
		return os.ErrInvalid
	}); err == nil {
		t.Fatal("no error")
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestAFailedRunKeepsTheLastResult(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "out")
	fill := func(text string, err error) func(string) error {
		return func(dir string) error {
			if e := os.WriteFile(outcomePath(dir), []byte(text), 0o666); e != nil {
				return e
			}
			return err
		}
	}
	if err := writeFolder(out, fill("first", nil)); err != nil {
		t.Fatal(err)
	}
	if err := writeFolder(out, fill("second", os.ErrInvalid)); err == nil {
		t.Fatal("no error")
	}
	if data, _ := os.ReadFile(outcomePath(out)); string(data) != "first" {
		t.Errorf("the folder holds %q", data)
	}
	if err := writeFolder(out, fill("third", nil)); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(outcomePath(out)); string(data) != "third" {
		t.Errorf("the folder holds %q", data)
	}
}

// What variants of one file have in common is told once.
func TestACommonProblemIsToldOnce(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "wrong.yaml")
	text := "extends: hello\nrouting: {order: by-mood}\nvariants:\n  one: {teams.desk.shifts.1.heads: 3}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := call(t, "compare", file, file+"@one")
	if code != exitInvalid || strings.Count(stderr, "by-mood\" is not known") != 1 || !strings.Contains(stderr, "headroom: "+format.Plural(1, "problem", "problems")) {
		t.Errorf("exit code %d\n%s", code, stderr)
	}
}
