package main

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/changes"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// Simulated twice with different seeds, a scenario has not changed. By themselves about a twentieth of its
// measures say that it has; corrected for looking at all of them, hardly any pair does.
func TestNothingChangesFromSeedToSeed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "small.yaml")
	if err := os.WriteFile(path, []byte(small), 0o666); err != nil {
		t.Fatal(err)
	}
	const pairs, replications = 10, 24
	outcomeOf := func(seed uint64) *outcome.Experiment {
		s, err := scenarios.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		s.Run.Seed = seed
		s.Run.Exactly(replications)
		x, err := experiment.Run(context.Background(), s, experiment.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	rows, significant, alarms := 0, 0, 0
	for i := range uint64(pairs) {
		d, err := changes.Between(outcomeOf(2*i+1), outcomeOf(2*i+2), changes.Options{Level: experiment.Level})
		if err != nil {
			t.Fatal(err)
		}
		if d.Paired {
			t.Fatal("different seeds are no pairs")
		}
		if d.Count(changes.Worse)+d.Count(changes.Better)+d.Count(changes.Changed) > 0 {
			alarms++
		}
		for _, r := range d.Rows {
			if p := float64(r.P); !math.IsNaN(p) && r.Change.Value != 0 {
				rows++
				if p <= 0.05 {
					significant++
				}
			}
		}
	}
	// Measures of a trial hang together, so that the bounds are wide.
	if share := float64(significant) / float64(rows); rows < 300 || share < 0.01 || share > 0.12 {
		t.Errorf("%d of %d measures are significant, want about a twentieth", significant, rows)
	}
	if alarms > 3 {
		t.Errorf("%d of %d pairs have changed", alarms, pairs)
	}
}
