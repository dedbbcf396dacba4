package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A ticket of a log keeps its work, what other teams do with it included: the replay of a
// log with hand-offs writes the same log again, to the byte.
func TestTheReplayOfALogWithHandOffsIsTheSameTrial(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	run := func(name, demand string) []byte {
		t.Helper()
		file, log := filepath.Join(dir, name+".yaml"), filepath.Join(dir, name+".csv")
		text := "name: " + name + `
extends: engineering-ola
time: {length: 2w, warmup: 0d}
run: {replications: 1}
` + demand
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if code, _, stderr := call(t, "run", file, "--log", log, "--out", filepath.Join(dir, name)); code != exitDone {
			t.Fatal(stderr)
		}
		written, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		return written
	}
	first := run("first", "")
	again := run("again", "demand: [{stream: mail, issue: how-to, replay: {file: first.csv}}]\n")
	if !bytes.Equal(first, again) {
		t.Error("the replay of the log is another trial")
	}
	for _, word := range []string{"assigned", "on-hold", "note"} {
		if !strings.Contains(string(first), ","+word+",") {
			t.Errorf("the log has no %s", word)
		}
	}
}

// The story of a ticket shows the hand-off, and the clocks of engineering.
func TestAStoryOfAHandOff(t *testing.T) {
	t.Parallel()
	code, out, errs := call(t, "explain", "engineering-ola", "--worst", "group_ownership")
	if code != exitDone {
		t.Fatal(errs)
	}
	for _, want := range []string{
		"it is handed off: team engineering becomes responsible", "on-hold", "engineering, agent",
		"an internal note", "it comes back: team support becomes responsible",
		"group_ownership of engineering, round 1: ", "group_ownership of engineering until taken, round 1: ",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the story does not say %q:\n%s", want, out)
		}
	}
}
