package sim_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// A ticket of Friday 16:50, answered and solved by a touch of ten minutes that begins
// on Monday at nine: ten minutes and ten minutes more in office hours, nearly three days
// on the wall.
func TestTheWallClockStandsBesideTheWorkingTime(t *testing.T) {
	t.Parallel()
	q := queue{agents: 1, classes: []load{{1, dist.Must(dist.Constant(10))}}, length: 7 * 24 * time.Hour}
	s := q.scenario()
	friday := 4 * 24 * time.Hour
	s.Streams = []demand.Stream{{Name: "history", Replay: []demand.Arrival{{
		ID: 1, At: friday + 16*time.Hour + 50*time.Minute, Class: ticket.Class{Account: ticket.Anonymous},
	}}}}
	s.Calendars = append(s.Calendars, office(time.UTC))
	s.Teams[0].Shifts[0].From, s.Teams[0].Shifts[0].To = 9*60, 17*60
	s.Teams[0].Shifts[0].Days = [7]bool{1: true}
	s.Time.Length = 9 * 24 * time.Hour
	s.Routing.Order = model.FIFO
	s.SLA.Policies = []sla.Policy{{Name: "office", Calendar: 1, Targets: []sla.Target{
		{Metric: sla.FirstReply, Within: []time.Duration{4 * time.Hour}},
		{Metric: sla.Resolution, Within: []time.Duration{8 * time.Hour}},
	}}}
	x := unchecked(t, s, 1, 1)
	for _, metric := range []string{"first_reply", "resolution"} {
		for clock, want := range map[string]time.Duration{
			"":                20 * time.Minute,
			outcome.WallClock: 64*time.Hour + 20*time.Minute,
		} {
			m := value(t, x, outcome.Elapsed, outcome.Labels{Metric: metric, Clock: clock, Quantile: "p50"})
			if got := m.Estimate.Value; math.Abs(got/want.Seconds()-1) > 0.016 {
				t.Errorf("%s: %v s, want %v", m.Describe(), got, want)
			}
		}
	}
}
