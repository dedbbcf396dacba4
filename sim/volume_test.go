package sim_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Nine tickets of one hour are answered in time, and the only one of another hour is not,
// since somebody without a promise is served before it. One ticket in ten is late: not half of
// them, which is the mean of the hours' shares.
func TestLatenessIsWeightedByVolume(t *testing.T) {
	t.Parallel()
	q := queue{agents: 1, classes: []load{{1, dist.Must(dist.Constant(5))}}, length: 24 * time.Hour}
	s := q.scenario()
	var rows []demand.Arrival
	for i := range 10 {
		at := time.Duration(i) * 6 * time.Minute
		if i == 9 {
			at = 10*time.Hour + 3*time.Minute
		}
		rows = append(rows, demand.Arrival{ID: ticket.ID(i), At: at, Class: ticket.Class{Account: ticket.Anonymous}})
	}
	// A ticket more, whose promise is none, is in hand when the last one comes.
	s.Names.Tiers = append(s.Names.Tiers, "nobody")
	rows = append(rows, demand.Arrival{ID: 10, At: 10 * time.Hour, Class: ticket.Class{Tier: 1, Account: ticket.Anonymous}})
	rows[9], rows[10] = rows[10], rows[9]
	s.Streams = []demand.Stream{{Name: "history", Replay: rows}}
	s.SLA.Policies = []sla.Policy{{
		Name: "quick", Match: sla.Match{Tiers: []ticket.Tier{0}},
		Targets: []sla.Target{{Metric: sla.FirstReply, Within: []time.Duration{6 * time.Minute}}},
	}}
	x := unchecked(t, s, 1, 3)
	if got := value(t, x, outcome.BreachRate, outcome.Labels{Metric: "first_reply"}).Estimate.Value; got != 0.1 {
		t.Errorf("%v of the tickets are late, want one in ten", got)
	}
	for _, series := range x.Series {
		if series.Name != outcome.SeriesBreach || series.Labels != (outcome.Labels{Metric: "first_reply"}) {
			continue
		}
		if quiet, busy := series.Mean[0], series.Mean[10]; quiet != 0 || busy != 1 {
			t.Errorf("by the hour %v and %v are late, want 0 and 1", quiet, busy)
		}
		return
	}
	t.Error("there is no series of the breach rate")
}
