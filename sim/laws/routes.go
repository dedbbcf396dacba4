package laws

import (
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim/desk"
)

// routes is what routing came to, of the touches of a team on counted tickets.
type routes struct{ taken, foreign, interrupted, later, same float64 }

func (c *counts) routesOf(team int16) *routes {
	r := c.routes[team]
	if r == nil {
		r = &routes{}
		c.routes[team] = r
	}
	return r
}

// route counts a touch that is taken.
func (c *counts) route(l *Laws, t *desk.Ticket, v *life) {
	if !l.counted(t.Created) {
		return
	}
	r := c.routesOf(t.Team)
	r.taken++
	if v.out > 0 {
		return // the work of another team
	}
	if k := &l.classes[v.class]; !k.able[t.Team] && k.reach[t.Team].overflow != nil {
		r.foreign++
	}
	if v.touches > 0 {
		r.later++
		if v.last == t.Agent {
			r.same++
		}
	}
}

// tallyRoutes compares what routing came to with the books.
func (l *Laws) tallyRoutes(k book) {
	var all routes
	for i := range l.scenario.Teams {
		r := l.counts.routesOf(int16(i))
		all.taken, all.foreign, all.interrupted = all.taken+r.taken, all.foreign+r.foreign, all.interrupted+r.interrupted
		all.later, all.same = all.later+r.later, all.same+r.same
		if len(l.scenario.Teams) > 1 {
			l.routesAre(k, outcome.Labels{Team: l.scenario.Teams[i].Name}, r)
		}
	}
	l.routesAre(k, outcome.Labels{}, &all)
}

func (l *Laws) routesAre(k book, labels outcome.Labels, r *routes) {
	for _, row := range []struct {
		name    string
		num, of float64
	}{
		{outcome.Overflowed, r.foreign, r.taken},
		{outcome.Interrupted, r.interrupted, r.taken},
		{outcome.OwnerKept, r.same, r.later},
	} {
		if _, counts := k.find(row.name, labels); counts {
			l.holds(k, row.name, labels, row.num, row.of)
		}
	}
}
