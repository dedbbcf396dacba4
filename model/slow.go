package model

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// SlowTools is a time in which the desk's own tools are slow. A touch that an agent
// starts in it takes longer, to its end, by Handle. What the tickets ask for stays as
// it is: those that wait until the tools are well again are none the worse. A touch that is broken
// off in it, at a shift's end, keeps what is left of its work.
type SlowTools struct {
	Name        string
	From, Until time.Duration // since the scenario's start; Until is the first instant after it
	Handle      float64       // touches take 1+Handle times as long
	Teams       []ticket.Team // whose tools; empty for everybody's
}

// Hits reports whether touches that a team starts at a time take longer.
func (p *SlowTools) Hits(t ticket.Team, at time.Duration) bool {
	return p.From <= at && at < p.Until && (len(p.Teams) == 0 || slices.Contains(p.Teams, t))
}

// Slowness is what the times of touches that a team starts at a time are multiplied
// by: the product over all that is slow then, and 1 where nothing is.
func Slowness(list []SlowTools, t ticket.Team, at time.Duration) float64 {
	f := 1.0
	for i := range list {
		if list[i].Hits(t, at) {
			f *= 1 + list[i].Handle
		}
	}
	return f
}

// slowTools checks the times of slow tools.
func (c *checker) slowTools() {
	const section = "slow_tools"
	list := c.s.SlowTools
	names := make([]string, len(list))
	for i := range list {
		names[i] = list[i].Name
	}
	c.unique("slow tool", names, func(i int) string { return entry(section, names[i], i) })
	length := c.s.Time.Length
	for i := range list {
		p := &list[i]
		path := entry(section, p.Name, i)
		switch {
		case p.Until <= p.From:
			c.report(path+".until", fmt.Sprintf("it ends at %s, and starts at %s", c.local(p.Until), c.local(p.From)), "until must lie after from")
		case length > 0 && (p.From >= length || p.Until <= 0):
			c.report(path+".from", fmt.Sprintf("it lasts from %s to %s, outside the scenario, which goes from %s to %s",
				c.local(p.From), c.local(p.Until), c.local(0), c.local(length)), "let it happen within that time")
		}
		c.number(path+".handle", "the change of handling times", p.Handle,
			bounds{low: -1, high: math.Inf(1), lowOpen: true, highOpen: true}, percent, "+30% makes each touch three tenths longer")
		for _, t := range p.Teams {
			c.index(path+".teams", "team", int(t), len(c.s.Teams))
		}
		twice(c, path+".teams", p.Teams, func(t ticket.Team) string { return wordOf(c.s.Names.Teams, t) })
	}
}
