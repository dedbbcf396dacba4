package audit

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
)

// forever is longer than any log.
const forever = 200 * 365 * 24 * time.Hour

// OnTheWall is a scenario with clocks for the first reply, every answer and the solution of every ticket, which
// run on the wall and are never late: for how long things take, whatever is promised.
func OnTheWall(s *model.Scenario) *model.Scenario { return timing(s, 0, forever) }

// Timing is OnTheWall in the hours of a calendar. Its clocks are late at once, so that nobody has to look for the
// end of a target in the far future: what counts is how long they ran, and whether they have stopped.
func Timing(s *model.Scenario, calendar int) *model.Scenario {
	return timing(s, calendar, time.Nanosecond)
}

func timing(s *model.Scenario, calendar int, target time.Duration) *model.Scenario {
	out := *s
	within := make([]time.Duration, len(s.Names.Priorities))
	for i := range within {
		within[i] = target
	}
	policy := sla.Policy{Name: "timing", Calendar: calendar}
	for _, m := range []sla.Metric{sla.FirstReply, sla.NextReply, sla.Resolution} {
		policy.Targets = append(policy.Targets, sla.Target{Metric: m, Within: within})
	}
	out.SLA = sla.Rules{Policies: []sla.Policy{policy}}
	out.Contracts, out.Exceptions = nil, nil
	return &out
}
