package laws

import (
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// routed is what the laws know of scenarios in which it depends on the moment who may
// take a ticket, or which goes first. They go through all that waits, one by one.
type routed struct {
	waiting []*life
	broken  []int32 // agents whose work was broken off at this instant, and nothing started since
}

// intricate reports whether a scenario's routing is of that kind.
func intricate(r *model.Routing) bool {
	return r.Order == model.NearestBreach || r.Owner > 0 || len(r.Overflows) > 0 || len(r.Reserves) > 0 || len(r.Interrupts) > 0
}

// reach is how a team comes to tickets of a class.
type reach struct {
	own      bool
	overflow *model.Overflow // if not its own
	spare    int32           // agents that it must leave idle
}

// reaches works out the reach of every team.
func reaches(s *model.Scenario, c ticket.Class) []reach {
	list := make([]reach, len(s.Teams))
	for t, able := range capable(s, c) {
		x := &list[t]
		x.own = able
		for i := range s.Routing.Overflows {
			if o := &s.Routing.Overflows[i]; !able && int(o.Team) == t && o.Covers(s.Issues[c.Issue].Skill, c.Channel) {
				x.overflow = o
			}
		}
		for _, r := range s.Routing.Reserves {
			if int(r.Team) == t && !r.Match.Matches(c) {
				x.spare = int32(r.Heads)
			}
		}
	}
	return list
}

// ever reports whether a team can come to tickets of a class at all.
func (k *class) ever(team int) bool { return k.able[team] || k.reach[team].overflow != nil }

// note keeps the list of those who wait.
func (l *Laws) note(v *life, waits bool) {
	if l.routed == nil {
		return
	}
	i := slices.Index(l.routed.waiting, v)
	switch {
	case waits && i < 0:
		l.routed.waiting = append(l.routed.waiting, v)
	case !waits && i >= 0:
		l.routed.waiting = slices.Delete(l.routed.waiting, i, i+1)
	}
}

// open reports whether a team may take a waiting ticket at a time, if as many count for
// the rule by which it helps out.
func (l *Laws) open(v *life, team int, now time.Duration, many func(*model.Overflow) bool) bool {
	r := &l.classes[v.class].reach[team]
	sole := l.sole(v)
	switch {
	case sole != 0:
		return sole == team+1
	case r.own:
		return true
	case r.overflow == nil:
		return false
	}
	o := r.overflow
	return o.After > 0 && v.came+o.After <= now || o.Waiting > 0 && many(o)
}

// many counts who waits under a rule of overflow. Those who may be waiting for the agent
// who had them last do not count if there must be enough, and do if there can be.
func (l *Laws) many(must bool) func(*model.Overflow) bool {
	return func(o *model.Overflow) bool {
		n := 0
		for _, v := range l.routed.waiting {
			r := &l.classes[v.class].reach[o.Team]
			if l.sole(v) == 0 && r.overflow == o && !(must && l.deferred(v, l.now)) {
				n++
			}
		}
		return n >= o.Waiting
	}
}

// deferred reports whether a ticket may still be waiting for the agent who had it last.
func (l *Laws) deferred(v *life, now time.Duration) bool {
	wait := l.scenario.Routing.Owner
	return wait > 0 && v.touches > 0 && !v.again && !v.loose && now < v.came+wait
}

// idle checks that a team with idle agents leaves nobody waiting whom it must take.
func (l *Laws) idle(team int, name string) {
	t := &l.teams[team]
	free := t.On - t.Busy
	if free <= 0 {
		return
	}
	for _, v := range l.routed.waiting {
		if free > l.classes[v.class].reach[team].spare && !l.deferred(v, l.now) && l.open(v, team, l.now, l.many(true)) {
			l.breaks(Idleness, "of team %s %d have nothing in hand, while a ticket of class %d waits since %v", name, free, v.class, v.since)
			return
		}
	}
}

// mayServe checks that a team that takes a ticket may, at this moment.
func (l *Laws) mayServe(t *desk.Ticket, v *life) bool {
	if l.routed == nil {
		return l.able(v, t.Team)
	}
	return l.open(v, int(t.Team), l.now, func(o *model.Overflow) bool {
		l.routed.waiting = append(l.routed.waiting, v) // it counts itself
		defer func() { l.routed.waiting = l.routed.waiting[:len(l.routed.waiting)-1] }()
		return l.many(false)(o)
	})
}

// before reports whether a waiting ticket must go before another that an agent takes, as
// far as that does not depend on what only the desk knows.
func (l *Laws) before(w, v *life, agent int32, team int) bool {
	x, y := &l.classes[w.class].reach[team], &l.classes[v.class].reach[team]
	if l.deferred(w, l.now-1) && w.last != agent || x.spare > y.spare {
		return false
	}
	never := func(*model.Overflow) bool { return false }
	same := func(o *model.Overflow) bool { return o == y.overflow && !l.open(v, team, l.now, never) }
	if !l.open(w, team, l.now-1, same) {
		return false
	}
	if l.scenario.Routing.Order != model.NearestBreach || w.turn.calm != v.turn.calm {
		return w.turn.compare(v.turn) < 0
	}
	const dust = 1e-9
	return l.nearest(w) < v.share-dust
}

// nearest is the least share of a target that a ticket has left.
func (l *Laws) nearest(v *life) float64 {
	least := math.Inf(1)
	terms := l.terms(v)
	for i := range v.clocks {
		m := &terms[i]
		due, ok := v.clocks[i].Due(m, 0)
		if !ok || !v.clocks[i].Running() {
			continue
		}
		left := float64(m.Line.Between(min(l.now, due), max(l.now, due))) / float64(m.Within)
		if due < l.now {
			left = -left
		}
		least = min(least, left)
	}
	return least
}

// timed reports whether the order of the queue or the ladder looks at clocks.
func (l *Laws) timed() bool {
	o := l.scenario.Routing.Order
	return o == model.EarliestDue || o == model.NearestBreach || len(l.scenario.Escalations) > 0
}

// breakOff: work goes back to the queue, since its agent goes or since something else
// comes first.
func (l *Laws) breakOff(t *desk.Ticket, v *life) {
	if len(l.scenario.Routing.Interrupts) == 0 {
		if !l.handsBack(t.Team) {
			l.breaksBy(t.ID, Life, "it is broken off, but its team hands nothing back")
		}
		return
	}
	l.routed.broken = append(l.routed.broken, v.agent)
	l.agents[v.agent].gaveUp, l.agents[v.agent].gaveUpCounted = v.class, l.counted(t.Created)
}

func (l *Laws) handsBack(team int16) bool {
	return l.scenario.Teams[team].ShiftEnd == staffing.HandBack
}

// brokenOff checks, when time passes, that all work that was broken off was so for
// something else, or by those who left.
func (l *Laws) brokenOff() {
	for _, a := range l.routed.broken {
		if !l.handsBack(l.agents[a].team) {
			l.breaks(Life, "agent %d broke off his work for nothing", a)
		}
	}
	l.routed.broken = l.routed.broken[:0]
}

// interrupts reports whether a ticket is taken in place of work that was broken off for
// it, and holds that to the rules.
func (l *Laws) interrupts(t *desk.Ticket, v *life) bool {
	i := -1
	if l.routed != nil {
		i = slices.Index(l.routed.broken, t.Agent)
	}
	if i < 0 {
		return false
	}
	l.routed.broken = slices.Delete(l.routed.broken, i, i+1)
	gave := l.agents[t.Agent].gaveUp
	if l.agents[t.Agent].gaveUpCounted {
		l.counts.routesOf(t.Team).interrupted++
	}
	classes := l.layout.Plan.Classes
	if !slices.ContainsFunc(l.scenario.Routing.Interrupts, func(p model.Interrupt) bool {
		return p.Allows(classes[v.class], classes[gave])
	}) {
		l.breaksBy(t.ID, Order, "work of class %d is broken off for it", gave)
	}
	return true
}
