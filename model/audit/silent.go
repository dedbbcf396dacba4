package audit

import (
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Silent are the metrics that a log says nothing about: tickets are solved in it, and yet nobody takes
// or answers any. It is a history of statuses, which knows of no reply; to judge first replies by it
// would call every ticket late that somebody may well have answered. Where nothing is solved
// either, nobody was there, and late is late.
func Silent(tickets [][]ticket.Event) []sla.Metric {
	worked := false
	for _, events := range tickets {
		worked = worked || fate(events) == solved
		for _, e := range events {
			if e.Kind == ticket.Replied || e.Kind == ticket.Started {
				return nil
			}
		}
	}
	if !worked {
		return nil
	}
	return []sla.Metric{sla.FirstReply, sla.Answer}
}
