package experiment_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// plans are four rosters for a day of one kind of tickets, which is an M/M/c queue that
// starts empty.
func plans(replications int, seed uint64) []*model.Scenario {
	var all []*model.Scenario
	for _, heads := range []float64{2, 3, 4, 5} {
		s := small()
		s.Name = fmt.Sprintf("heads-%v", heads)
		s.Time.Length, s.Time.Warmup, s.Time.Interval = 24*time.Hour, 0, time.Hour
		s.Run = model.Run{Seed: seed, Min: replications, Max: replications}
		s.Issues[0].Handle, s.Issues[0].SolvedAtFirst, s.Issues[0].SolvedLater = dist.Must(dist.Exponential(300)), 1, 1
		s.Issues[0].Reply.Never, s.Issues[0].Reopen.Share = 0, 0
		s.Streams[0].Volume.Count, s.Streams[0].Busyness, s.Streams[0].Spikes = 360, 0.1, nil
		s.Teams[0].Shrinkage, s.Teams[0].Shifts = 0, s.Teams[0].Shifts[:1]
		day := &s.Teams[0].Shifts[0]
		day.Heads, day.From, day.To, day.Breaks = heads, 0, 24*60, nil
		day.Days = [7]bool{true, true, true, true, true, true, true}
		s.SLA.Policies[0].Targets = []sla.Target{{Metric: sla.FirstReply, Within: []time.Duration{3 * time.Minute}}}
		all = append(all, s)
	}
	return all
}

func ran(t *testing.T, scenarios []*model.Scenario) []*outcome.Experiment {
	t.Helper()
	var xs []*outcome.Experiment
	for _, s := range scenarios {
		x, err := experiment.Run(context.Background(), s, experiment.Options{})
		if err != nil {
			t.Fatal(err)
		}
		xs = append(xs, x)
	}
	return xs
}

// With three scenarios against a base, all three intervals of a measure hold the truth at
// once as often as is promised for one comparison: in 95 of 100 comparisons or more. The truth is
// that of 2,000 other replications. Intervals at 95 % each would hold together too rarely.
func TestIntervalsOfSeveralScenariosHoldTogether(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("38,000 trials")
	}
	const macro, n = 250, 30
	for _, s := range plans(1, 1) {
		if problems := s.Check(); len(problems) > 0 {
			t.Fatal(problems)
		}
	}
	truth, err := experiment.Compare(ran(t, plans(2000, 1_000_000)))
	if err != nil {
		t.Fatal(err)
	}
	held, alone, bought := map[string]int{}, 0, map[string]float64{}
	measures := []string{"breach_rate(first_reply)", "wait", "occupancy(team=front)"}
	for m := range macro {
		xs := ran(t, plans(n, uint64(m)))
		c, err := experiment.Compare(xs)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range measures {
			got, want := rowOf(t, c, name), rowOf(t, truth, name)
			differences, quotients := true, true
			for k := range got.Differences {
				d, q := got.Differences[k], got.Quotients[k]
				differences = differences && d.Low <= want.Differences[k].Value && want.Differences[k].Value <= d.High
				quotients = quotients && q.Low <= want.Quotients[k].Value && want.Quotients[k].Value <= q.High
				bought[name] += d.VarianceRatio / macro / 3
			}
			if differences {
				held[name+", differences"]++
			}
			if quotients {
				held[name+", factors"]++
			}
		}
		// The same intervals, one by one at 95 %: each pair compared by itself.
		all := true
		for k := 1; k < len(xs); k++ {
			one, err := experiment.Compare([]*outcome.Experiment{xs[0], xs[k]})
			if err != nil {
				t.Fatal(err)
			}
			d, want := rowOf(t, one, "wait").Differences[0], rowOf(t, truth, "wait").Differences[k-1].Value
			all = all && d.Low <= want && want <= d.High
		}
		if all {
			alone++
		}
	}
	bound := 0.95 - 3*math.Sqrt(0.95*0.05/macro)
	for _, name := range []string{
		"breach_rate(first_reply), differences", "breach_rate(first_reply), factors", "wait, differences", "wait, factors",
		// The factor of two occupancies is that of the heads but for what is open at the end of the
		// day, which is no number that normal intervals are made for.
		"occupancy(team=front), differences",
	} {
		if share := float64(held[name]) / macro; share < bound {
			t.Errorf("the intervals of %s hold together in %.3f of the comparisons, want %.3f", name, share, bound)
		}
	}
	if share := float64(alone) / macro; share >= bound {
		t.Errorf("intervals of wait at 95 %% each hold together in %.3f of the comparisons: the test shows nothing", share)
	}
	// All rosters meet the same customers, which is worth something for every measure.
	for _, name := range measures {
		if ratio := bought[name]; !(ratio < 0.9) {
			t.Errorf("pairing leaves %.2f of the variance of %s", ratio, name)
		}
	}
}

func rowOf(t *testing.T, c *outcome.Comparison, name string) *outcome.ComparisonRow {
	t.Helper()
	for i := range c.Rows {
		if c.Rows[i].Describe() == name {
			return &c.Rows[i]
		}
	}
	t.Fatalf("%s is not compared", name)
	return nil
}

// A comparison says which of its scenarios was not known as well as was asked for.
func TestAComparisonSaysThatAPrecisionWasMissed(t *testing.T) {
	t.Parallel()
	all := plans(20, 3)[:2]
	for i, s := range all {
		s.Run.Max = 22
		s.Run.SetPrecisions([]model.Precision{{Measure: "breach_rate(first_reply)", Absolute: []float64{0.9, 1e-6}[i]}})
	}
	c, err := experiment.Compare(ran(t, all))
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, w := range c.Warnings {
		if strings.Contains(w.Text, "The precision asked for was not reached") {
			said = append(said, w.Text)
		}
	}
	if len(said) != 1 || !strings.HasPrefix(said[0], all[1].Name+": The precision asked for was not reached within 22 replications") {
		t.Errorf("%q", said)
	}
	if c.Replications != 20 || c.Dropped[1] != 2 {
		t.Errorf("%d replications are compared, %v are left out", c.Replications, c.Dropped)
	}
}
