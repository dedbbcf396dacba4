package model

import (
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/work"
)

// onHold reports whether tickets of an issue may be on hold.
func onHold(issue *work.Issue) bool {
	return slices.ContainsFunc(issue.Holds, func(h work.Hold) bool { return !h.Open })
}

// holds checks for whom outside tickets of issues wait.
func (c *checker) holds() {
	for i := range c.s.Issues {
		issue := &c.s.Issues[i]
		path := key("issues", issue.Name, i) + ".hold"
		seen := map[work.Hold]bool{}
		for k := range issue.Holds {
			h := &issue.Holds[k]
			place := path
			if len(issue.Holds) > 1 {
				place = entry(path, h.For, k)
			}
			if same := (work.Hold{For: h.For, After: h.After}); h.For == "" {
				c.report(place+".for", "it is not said whom or what the tickets wait for", "such as for: vendor")
			} else if seen[same] {
				c.report(place+".for", fmt.Sprintf("%s is there twice, after the same touches", h.For), "add the shares up, or give one another name")
			} else {
				seen[same] = true
			}
			if h.After > work.LaterTouch {
				c.report(place+".after", fmt.Sprintf("unknown touches %d", h.After), "want "+list(work.TouchedNames))
			}
			c.index(place+".hours", "calendar", h.Calendar, len(c.s.Calendars))
			c.number(place+".share", "the share of tickets that are held", h.Share, aboveNothing, percent, "such as share: 5%")
			if !(h.Takes.Mean() > 0) {
				c.report(place+".takes", "it is not said how long it takes", "such as takes: lognormal(median 3d, cv 2)")
			}
		}
		const dust = 1e-9
		for n, touches := range []string{"first touch", "later touch"} {
			if share := issue.HeldShare(n); share > 1+dust {
				c.report(path, fmt.Sprintf("the shares of what may follow a %s add up to %s", touches, percent(share)), "100% at most")
			}
		}
		if issue.HeldShare(1) > 1-dust && issue.HeldShare(1) <= 1+dust {
			c.report(path, "every later touch is followed by a hold, and no ticket that is held is ever solved", "write after: first touch, or a smaller share")
		}
	}
}
