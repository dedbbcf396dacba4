package model

import "github.com/headroom-sim/headroom/model/ticket"

// Switched is the class of those who write in place of another attempt of a class: the
// same customer and issue on the other channel, with the priority that triage gives it
// there. A priority that words have raised or lowered, or that is wrong, stays as many steps
// off. It is false if nobody of the class does.
func (s *Scenario) Switched(c ticket.Class) (ticket.Class, bool) {
	after := &s.Channels[c.Channel].AfterAbandon
	if !(after.Switch > 0) || int(after.To) >= len(s.Channels) {
		return c, false
	}
	step := int(c.Priority) - int(s.PriorityOf(c, 0))
	c.Channel = after.To
	c.Priority = ticket.Priority(min(max(int(s.PriorityOf(c, 0))+step, 0), len(s.Names.Priorities)-1))
	return c, true
}
