package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/sweep"
)

const manyPoints = `name: many
time: {length: 8d, warmup: 0d}
run: {replications: 60}
demand: [{stream: mail, volume: 300/day}]
issues: {question: {handle: lognormal(mean 10m, cv 0.8)}}
teams: {desk: {shifts: [{name: day, heads: 9, hours: "09:00-17:00"}]}}
sla: {policies: [{name: promise, first_reply: 24h}]}
sweep: {axes: {teams.desk.shifts.day.heads: 5..34}, target: breach_rate(first_reply) < 10%}
`

// Ctrl-C in the middle of a sweep: what is finished is kept, the exit code says that it is not all, and
// the message says how to go on. The same command then gives what it would have given.
func TestASweepGoesOnAfterAnInterrupt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "many.yaml")
	if err := os.WriteFile(file, []byte(manyPoints), 0o666); err != nil {
		t.Fatal(err)
	}
	sweepInto := func(ctx context.Context, out string) (code int, stderr string) {
		var errors bytes.Buffer
		code = run(ctx, []string{"headroom", "sweep", file, "--out", filepath.Join(dir, out)},
			terminal{in: strings.NewReader(""), out: &bytes.Buffer{}, err: &errors})
		return code, errors.String()
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		for ctx.Err() == nil {
			if kept, _ := filepath.Glob(filepath.Join(dir, "broken", pointsFolder, "*.json")); len(kept) > 0 {
				cancel()
			}
			time.Sleep(time.Millisecond)
		}
	}()
	code, stderr := sweepInto(ctx, "broken")
	if code != exitFailed || !strings.Contains(stderr, "of 30 points; these are kept: the same command goes on from there") {
		t.Errorf("the interrupt ends with %d: %s", code, stderr)
	}
	kept, err := filepath.Glob(filepath.Join(dir, "broken", pointsFolder, "*.json"))
	if err != nil || len(kept) == 0 || len(kept) == 30 {
		t.Fatalf("%d points are kept, %v", len(kept), err)
	}
	if exists(filepath.Join(dir, "broken", reportFolder)) {
		t.Error("there is a report of a part")
	}
	for _, out := range []string{"broken", "whole"} {
		if code, stderr := sweepInto(context.Background(), out); code != exitDone {
			t.Fatalf("%s ends with %d: %s", out, code, stderr)
		}
	}
	sameReports(t, filepath.Join(dir, "broken"), filepath.Join(dir, "whole"))
}

// sameReports compares all that two sweeps have written, but for their points.
func sameReports(t *testing.T, one, other string) {
	t.Helper()
	for _, name := range []string{sweepFile, "sweep.csv", "sweep.parquet", "breaks.csv", "report.md", "lines.png"} {
		a, err := os.ReadFile(filepath.Join(one, reportFolder, name))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(other, reportFolder, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s is another after an interrupt", name)
		}
	}
}

// A process that is killed, with no chance to say good-bye, leaves whole points and perhaps a file
// under a temporary name. The next ones go on from there, also if a point was cut off by the
// disk, and all of them come to what one process would have come to.
func TestASweepGoesOnAfterItsProcessWasKilled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "many.yaml")
	if err := os.WriteFile(file, []byte(manyPoints), 0o666); err != nil {
		t.Fatal(err)
	}
	program, err := exec.LookPath("headroom")
	if err != nil {
		t.Fatal(err)
	}
	points := func() []string {
		kept, err := filepath.Glob(filepath.Join(dir, "killed", pointsFolder, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		return kept
	}
	for kills := range 3 {
		cmd := exec.Command(program, "sweep", file, "--out", filepath.Join(dir, "killed"))
		before := len(points())
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for len(points()) < before+2 {
			time.Sleep(time.Millisecond)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
			t.Fatalf("process %d was not killed: %v", kills, err)
		}
	}
	kept := points()
	if len(kept) == 30 {
		t.Fatal("all points were finished: the test shows nothing")
	}
	// What is kept is whole, before anything is cut off.
	for _, path := range kept {
		if _, err := readOutcome(path); err != nil {
			t.Error(err)
		}
	}
	for i, size := range []int64{700, 0} {
		if err := os.Truncate(kept[i], size); err != nil {
			t.Fatal(err)
		}
	}
	stamp := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, path := range kept {
		if err := os.Chtimes(path, stamp, stamp); err != nil {
			t.Fatal(err)
		}
	}
	for _, out := range []string{"killed", "whole"} {
		if text, err := exec.Command(program, "sweep", file, "--out", filepath.Join(dir, out)).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	}
	sameReports(t, filepath.Join(dir, "killed"), filepath.Join(dir, "whole"))
	for i, path := range kept {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if again := !info.ModTime().Equal(stamp); again != (i < 2) {
			t.Errorf("point %d was run again: %v", i, again)
		}
	}
}

// Another build never takes the points of this one for its own: one byte of the program is
// enough.
func TestABuildIsKnownByItsBytes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	seen := map[string]bool{}
	for _, program := range []string{"the program", "the program", "the prograM"} {
		path := filepath.Join(dir, "headroom")
		if err := os.WriteFile(path, []byte(program), 0o666); err != nil {
			t.Fatal(err)
		}
		b, err := buildOf(path)
		if err != nil || !strings.HasPrefix(b, version+"-") {
			t.Fatalf("%q, %v", b, err)
		}
		seen[b] = true
	}
	if len(seen) != 2 {
		t.Errorf("two programs have %d builds", len(seen))
	}
	if _, err := buildOf(filepath.Join(dir, "nothing")); err == nil {
		t.Error("a program that is not there has a build")
	}
	mine, err := build()
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Load("hello")
	if err != nil {
		t.Fatal(err)
	}
	if key := sweep.JobOf(s, mine).Key; !strings.HasSuffix(key, "-"+mine) || key == sweep.JobOf(s, version+"-0000000000000000").Key {
		t.Errorf("the key %s does not hang on the build %s", key, mine)
	}
}
