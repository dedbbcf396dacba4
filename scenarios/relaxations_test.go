package scenarios

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

func TestDecodingRelaxations(t *testing.T) {
	t.Parallel()
	s, err := Load("testdata/relaxations.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const day, hour = 24 * time.Hour, time.Hour
	both := func(d time.Duration) []time.Duration { return []time.Duration{d, d} }
	want := []sla.Relaxation{
		{
			Name: "peak", Announced: 2*day + 9*hour, From: 4 * day, Until: 8 * day, Patience: 0.5,
			Match: sla.Match{Tiers: []ticket.Tier{1}},
			Targets: []sla.Relaxed{
				// Working days of eight hours: gold, whose clocks always run, is no silver.
				{Metric: sla.FirstReply, Within: both(16 * hour), Factor: []float64{0, 0}},
				{Metric: sla.Resolution, Within: []time.Duration{0, 32 * hour}, Factor: []float64{0, 0}},
				{Metric: sla.Answer, Within: both(0), Factor: []float64{3, 3}},
			},
		},
		{
			Name: "relaxation 2", Announced: 6 * day, From: 6 * day, Until: 9 * day,
			Targets: []sla.Relaxed{{Metric: sla.FirstReply, Within: []time.Duration{0, 24 * hour}, Factor: []float64{1.5, 0}}},
		},
	}
	if diff := cmp.Diff(want, s.SLA.Relaxations); diff != "" {
		t.Errorf("relaxations (-want +got):\n%s", diff)
	}
}
