package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
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
	for _, name := range []string{sweepFile, "sweep.csv", "sweep.parquet", "breaks.csv", "report.md", "lines.png"} {
		a, err := os.ReadFile(filepath.Join(dir, "broken", reportFolder, name))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(dir, "whole", reportFolder, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s is another after an interrupt", name)
		}
	}
}
