package model

import "github.com/headroom-sim/headroom/model/ticket"

// Switched is the class of those who write in place of another attempt of a class: the
// same customer and issue on the other channel, with the priority that triage gives it
// there. A priority that is a step off stays so. It is false if nobody of the class does.
func (s *Scenario) Switched(c ticket.Class) (ticket.Class, bool) {
	after := &s.Channels[c.Channel].AfterAbandon
	if !(after.Switch > 0) || int(after.To) >= len(s.Channels) {
		return c, false
	}
	step := int(c.Priority) - int(s.PriorityOf(c))
	c.Channel = after.To
	c.Priority = ticket.Priority(min(max(int(s.PriorityOf(c))+step, 0), len(s.Names.Priorities)-1))
	return c, true
}
