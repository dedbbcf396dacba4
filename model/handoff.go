package model

import (
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

// handOffs checks where tickets of issues go, and that whoever takes nothing but
// hand-offs gets some. teams says whether the teams are sound, so that it can be worked out
// when they are there.
func (c *checker) handOffs(teams bool) {
	if len(c.s.Teams) == 0 {
		return // which has been reported
	}
	present := c.present()
	given := make([]bool, len(c.s.Teams))
	for i := range c.s.Issues {
		issue := &c.s.Issues[i]
		path := key("issues", issue.Name, i) + ".hand_off"
		var to []ticket.Team
		first, later, back := 0.0, 0.0, 0.0 // what follows a touch; and of that, what comes back
		for k := range issue.HandOffs {
			h := &issue.HandOffs[k]
			place := path
			if len(issue.HandOffs) > 1 {
				place = entry(path, wordOf(c.s.Names.Teams, h.To), k)
			}
			c.handOff(h, place)
			to = append(to, h.To)
			first += h.Share
			if h.AnyTouch {
				later += h.Share
			}
			if h.AnyTouch && !h.Solves {
				back += h.Share
			}
			if h.To < 0 || int(h.To) >= len(c.s.Teams) {
				continue
			}
			given[h.To] = true
			if teams && !present[h.To] {
				c.report(place+".to", fmt.Sprintf("team %s has no shift with heads within the scenario's time", c.s.Teams[h.To].Name), "check the heads, days and dates of its shifts")
			}
		}
		twice(c, path, to, func(t ticket.Team) string { return wordOf(c.s.Names.Teams, t) })
		const dust = 1e-9
		if first > 1+dust {
			c.report(path, fmt.Sprintf("the shares of the hand-offs add up to %s", percent(first)), "they are shares of all tickets, 100% at most")
		}
		if back > 1-dust && later <= 1+dust {
			c.report(path, "every touch is followed by a hand-off, and no ticket is ever solved", "write after: first touch, or returns: no")
		}
	}
	for i := range c.s.Teams {
		if t := &c.s.Teams[i]; t.HandOffsOnly && !given[i] {
			c.report(key("teams", t.Name, i)+".takes", "the team takes nothing but hand-offs, and nobody hands anything off to it",
				fmt.Sprintf("add hand_off: {to: %s} to an issue", t.Name))
		}
	}
}

// handOff checks one of them.
func (c *checker) handOff(h *work.HandOff, path string) {
	c.index(path+".to", "team", int(h.To), len(c.s.Teams))
	c.number(path+".share", "the share of tickets that are handed off", h.Share, aboveNothing, percent, "such as share: 35%")
	switch mean := h.Handle.Mean(); {
	case h.Handle.IsZero():
		c.report(path+".handle", "it is not said how long the other team works on it", "such as handle: lognormal(mean 3h, cv 1)")
	case !(mean > 0):
		c.report(path+".handle", fmt.Sprintf("the mean time that the other team works on it must be above 0s, it is %ss", plain(mean)), "")
	}
}

// comesBack reports whether tickets of an issue come back from another team, or from outside.
func comesBack(issue *work.Issue) bool {
	return len(issue.Holds) > 0 || slices.ContainsFunc(issue.HandOffs, func(h work.HandOff) bool { return !h.Solves })
}

// ownership checks what a promise says about teams.
func (c *checker) ownership(t *sla.Target, path string) {
	if !t.Metric.Owned() {
		if t.Owner != 0 || t.Until != 0 {
			c.report(path, fmt.Sprintf("%s is not about teams", t.Metric), "team and until belong to group_ownership")
		}
		return
	}
	if t.Owner != 0 && len(c.s.Teams) > 0 {
		c.index(path+".team", "team", int(t.Owner.Team()), len(c.s.Teams))
	}
	if t.Until > sla.Taken {
		c.report(path+".until", fmt.Sprintf("unknown moment %d", t.Until), "want "+list(sla.UntilNames()))
	}
}
