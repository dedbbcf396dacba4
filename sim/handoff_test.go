package sim_test

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

// handOffs lets some issues go to other teams, perhaps to one that does nothing else,
// and promises something about those who have a ticket.
func (d draw) handOffs(s *model.Scenario) {
	last, only := ticket.Team(len(s.Teams)-1), d.yes("hand-offs only")
	for i := range s.Escalations {
		only = only && s.Escalations[i].Team != last
	}
	for i := range s.Issues {
		rest := 0.9
		var to []ticket.Team
		for range d.int("hand-offs", 0, 2) {
			h := work.HandOff{
				To: ticket.Team(d.int("handed to", 0, len(s.Teams)-1)), Share: rest * d.tenths("handed off", 1, 9),
				Handle: exponential(float64(d.int("away", 60, 3600))), AnyTouch: d.yes("after any touch"),
				Open: d.yes("stays open"), Solves: d.yes("solves what it gets"),
			}
			if slices.Contains(to, h.To) {
				continue
			}
			to = append(to, h.To)
			rest -= h.Share
			s.Issues[i].HandOffs = append(s.Issues[i].HandOffs, h)
			s.Teams[h.To].HandOffsOnly = only && h.To == last && last > 0
		}
	}
	for _, name := range []string{"ola", "response"}[:d.int("promises between teams", 0, 2)] {
		within := time.Duration(d.int("ola within", 1, 8)) * 15 * time.Minute
		p := sla.Policy{Name: name, Calendar: d.int("ola calendar", 0, 1), Targets: []sla.Target{{
			Metric: sla.GroupOwnership, Within: slices.Repeat([]time.Duration{within}, len(s.Names.Priorities)),
			Owner: sla.OwnedBy(ticket.Team(d.int("ola of", -1, len(s.Teams)-1))),
			Until: sla.Until(d.int("ola until", 0, int(sla.Taken))),
		}}}
		s.SLA.Policies = append(s.SLA.Policies, p)
		if d.yes("rung of the ola") {
			s.Escalations = append(s.Escalations, model.Rung{
				Name: "rung of " + name, Metric: sla.GroupOwnership, At: sla.Mark{Share: d.tenths("ola rung at", 3, 12)},
				Do: pick(d, "ola rung does", model.Notify, model.Raise), Lead: time.Minute,
			})
		}
	}
}
