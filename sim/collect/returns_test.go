package collect_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/collect"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Where clocks run day and night, never pause and start anew when a ticket comes back, customers wait for a solution
// exactly as long as the clocks run: for a first one until the ticket is solved and not until it comes back, and for a
// second one from the return on.
func TestASolutionThatStandsByItselfIsWaitedForUntilItIsThere(t *testing.T) {
	t.Parallel()
	s := scenario(20*day, day, time.Hour)
	for i := range s.Streams {
		s.Streams[i].Volume.Count = 40
	}
	for i := range s.Issues {
		s.Issues[i].Reopen = work.Reopen{Share: 0.4, After: dist.Must(dist.Constant(30 * 3600))}
	}
	for i := range s.SLA.Policies[0].Targets {
		s.SLA.Policies[0].Targets[i].Reopen = sla.Reset
	}
	d, err := desk.NewLayout(s)
	if err != nil {
		t.Fatal(err)
	}
	l := collect.NewLayout(s, d)
	c, r := collect.New(l), l.Catalog.NewRun()
	desk.New(d).Run(rng.Key{Seed: 1}, c)
	c.Fill(r)
	bins := map[string][]uint32{}
	for i, w := range l.Catalog.Waits {
		if w == (outcome.Labels{Metric: "resolution", Clock: w.Clock}) {
			bins[w.Clock] = r.Bins[i]
		}
	}
	judged := uint32(0)
	for _, n := range bins[""] {
		judged += n
	}
	if judged < 500 || len(bins) != 2 {
		t.Fatalf("%d solutions, of %d clocks", judged, len(bins))
	}
	if diff := cmp.Diff(bins[""], bins[outcome.WallClock]); diff != "" {
		t.Errorf("(-on the clock +on the wall):\n%s", diff)
	}
}
