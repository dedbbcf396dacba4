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
func OnTheWall(s *model.Scenario) *model.Scenario {
	out := *s
	within := make([]time.Duration, len(s.Names.Priorities))
	for i := range within {
		within[i] = forever
	}
	policy := sla.Policy{Name: "on the wall"}
	for _, m := range []sla.Metric{sla.FirstReply, sla.NextReply, sla.Resolution} {
		policy.Targets = append(policy.Targets, sla.Target{Metric: m, Within: within})
	}
	out.SLA = sla.Rules{Policies: []sla.Policy{policy}}
	out.Contracts, out.Exceptions = nil, nil
	return &out
}
