package model

import (
	"fmt"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Availability is the promise that a channel is up. In each period it is 1 less the time
// for which the channel is down over all time, both within the hours of the calendar. A
// channel is down while an outage of it lasts that is not planned.
type Availability struct {
	Channel  ticket.Channel
	AtLeast  float64
	Period   contract.Period
	Calendar int // index into the scenario's calendars
}

// availability checks the promises about channels.
func (c *checker) availability() {
	const section = "availability"
	seen := map[ticket.Channel]bool{}
	for i := range c.s.Availability {
		a := &c.s.Availability[i]
		name := wordOf(c.s.Names.Channels, a.Channel)
		path := entry(section, name, i)
		c.index(path+".channel", "channel", int(a.Channel), len(c.s.Channels))
		c.index(path+".calendar", "calendar", a.Calendar, len(c.s.Calendars))
		c.number(path+".at_least", "the availability", a.AtLeast, aboveNothing, percent, "")
		if a.Period > contract.Quarterly {
			c.report(path+".per", fmt.Sprintf("unknown period %d", a.Period), "want "+list(contract.PeriodNames()))
		}
		if seen[a.Channel] {
			c.report(path, fmt.Sprintf("the availability of %s is promised twice", name), "leave one of them out")
		}
		seen[a.Channel] = true
	}
}
