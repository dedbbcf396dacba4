package sim_test

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// disturbances are what may come between customers and the desk.
func (d draw) disturbances(s *model.Scenario) {
	for _, name := range []string{"bot", "page"}[:max(0, d.int("bots", -1, 2))] {
		s.Deflection = append(s.Deflection, d.bot(s, name))
	}
}

func (d draw) bot(s *model.Scenario, name string) model.Deflection {
	b := model.Deflection{
		Name: name, Calendar: d.int("hours", 0, 1), Contains: d.tenths("contains", 0, 10), Wrong: d.tenths("wrong", 0, 5),
		Back: exponential(7200), Cost: d.tenths("cost of a contact", 0, 5),
	}
	if d.yes("bot of an issue") {
		b.Match = sla.Match{Issues: []ticket.Issue{s.Streams[0].Issues[0].Issue}}
	}
	if d.yes("bot takes time") {
		b.Handle = dist.Must(dist.Lognormal(90, 1))
	}
	return b
}
