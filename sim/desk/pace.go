package desk

import "time"

// paced is how much longer a touch takes while its agent has so many tickets in hand.
func (t *Ticket) paced(want *demand, held int32) float32 {
	if len(want.slowdown) == 0 {
		return t.base
	}
	return t.base * float32(1+want.slowdown.With(int(held)-1))
}

// pace gives the touches in an agent's hands the speed that goes with how many they
// are: the work that is left of each stays, its end moves.
func (d *Desk) pace(ag *agent) {
	now := d.events.Now()
	for i := ag.first; i >= 0; i = d.tickets[i].next {
		t := &d.tickets[i]
		stretch := t.paced(d.wants(t), ag.held)
		if stretch == t.stretch || t.ends <= now {
			continue // or it ends at this very instant
		}
		left := float64(t.ends-now) / float64(t.stretch)
		t.stretch = stretch
		t.ends = d.later(time.Duration(left * float64(stretch)))
		d.events.Move(t.timer, t.ends)
	}
}
