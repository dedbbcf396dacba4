package laws

import (
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// mayHold reports whether a ticket's issue has a hold with a status, which is neither with the customer nor over.
func (l *Laws) mayHold(v *life, status ticket.Status) bool {
	holds := l.scenario.Issues[l.layout.Plan.Classes[v.class].Issue].Holds
	for i := range holds {
		if want := status == ticket.Open; holds[i].Open == want && (want || status == ticket.OnHold) {
			return true
		}
	}
	return false
}

// comesOff is the end of a hold: the ticket waits for a later touch.
func (l *Laws) comesOff(t *desk.Ticket, v *life, touches int32) {
	if t.Status != ticket.Open || t.Touches != touches || t.Agent >= 0 {
		l.breaksBy(t.ID, Life, "when its hold ends it is %v with %d touches and agent %d, not open with %d and nobody", t.Status, t.Touches, t.Agent, touches)
	}
	v.again = false
	l.enter(v)
}
