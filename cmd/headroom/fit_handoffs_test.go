package main

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/fitted"
)

// What goes to another team for a while is found again with the agent time of that team, and is neither in the holds nor in the
// agent time of those who handed it off: after the first touch, after any touch while it stays open, and where the other team
// solves it.
func TestAFitFindsHandOffs(t *testing.T) {
	t.Parallel()
	trials := tries(10)
	truth := map[string]float64{
		"bug: handed off": 0.35, "bug: time of engineering": 50 * 60, "bug: handle time": 12 * 60, "bug: solved at first touch": 0.5, "bug: on hold": 0.15,
		"outage: handed off": 0.25, "outage: time of operations": 30 * 60, "outage: handle time": 9 * 60, "outage: solved later": 0.6,
		"licence: handed off": 0.3, "licence: time of operations": 15 * 60, "licence: handle time": 6 * 60,
	}
	hits := hitsOf{}
	logs := simulatedLog(t, "testdata/handoffs-source.yaml", trials)
	for n, log := range logs {
		f := fittedTo(t, log)
		for i := range f.Kinds {
			k := &f.Kinds[i]
			name := func(what string) string { return k.Name + ": " + what }
			if len(k.HandOffs) != 1 {
				t.Fatalf("log %d: %d hand-offs of %s", n, len(k.HandOffs), k.Name)
			}
			x := k.HandOffs[0]
			hits.judge(name("handed off"), truth[name("handed off")], x.Share.Estimate)
			hits.judge(name("time of "+f.Names.Teams[x.To]), truth[name("time of "+f.Names.Teams[x.To])], x.Handle.Mean)
			hits.judge(name("handle time"), truth[name("handle time")], k.Handle.Mean)
			if any, open, solves := k.Name == "outage", k.Name == "outage", k.Name == "licence"; x.AnyTouch != any || x.Open != open || x.Solves != solves {
				t.Errorf("log %d: a hand-off of %s: after any touch %v, open %v, solved there %v", n, k.Name, x.AnyTouch, x.Open, x.Solves)
			}
			switch k.Name {
			case "bug":
				hits.judge("bug: solved at first touch", truth["bug: solved at first touch"], k.FirstSolves.Estimate)
				if len(k.Holds) != 1 || k.Holds[0].Aside {
					t.Fatalf("log %d: %d holds of bugs", n, len(k.Holds))
				}
				// A hold follows so many of the touches that hand nothing off.
				hits.judge("bug: on hold", truth["bug: on hold"], k.Holds[0].First.Estimate)
			case "outage":
				hits.judge("outage: solved later", truth["outage: solved later"], k.LaterSolves.Estimate)
				fallthrough
			default:
				for _, h := range k.Holds {
					t.Errorf("log %d: a hold of %s after %v of first touches", n, k.Name, h.First.Value)
				}
			}
		}
	}
	if len(hits) != len(truth) {
		t.Errorf("%d of %d parameters are judged", len(hits), len(truth))
	}
	hits.tell(t, trials)
	writesHandOffs(t, fittedTo(t, logs[0]))
}

// writesHandOffs holds the scenario of a fit to it: who gets hand-offs takes nothing else.
func writesHandOffs(t *testing.T, f *fit.Fitted) {
	t.Helper()
	var b bytes.Buffer
	if err := fitted.Write(&b, f, fitted.Options{Name: "again", Log: "log.csv"}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "again.yaml")
	if err := os.WriteFile(file, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Load(file)
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	for i := range s.Teams {
		if only := s.Teams[i].Name != "support"; s.Teams[i].HandOffsOnly != only {
			t.Errorf("%s takes hand-offs only: %v", s.Teams[i].Name, s.Teams[i].HandOffsOnly)
		}
	}
	for i := range s.Issues {
		issue := &s.Issues[i]
		k := &f.Kinds[slices.IndexFunc(f.Kinds, func(k fit.Kind) bool { return k.Name == issue.Name })]
		if len(issue.HandOffs) != 1 {
			t.Fatalf("%d hand-offs of %s", len(issue.HandOffs), issue.Name)
		}
		got, want := issue.HandOffs[0], k.HandOffs[0]
		if s.Teams[got.To].Name != f.Names.Teams[want.To] || got.AnyTouch != want.AnyTouch || got.Open != want.Open || got.Solves != want.Solves ||
			math.Abs(got.Share-want.Share.Value) > 1e-4 || math.Abs(got.Handle.Mean()/want.Handle.Dist.Mean()-1) > 5e-3 {
			t.Errorf("%s: %+v is written, %+v fitted", issue.Name, got, want)
		}
	}
}
