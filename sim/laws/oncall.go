package laws

import (
	"github.com/headroom-sim/headroom/sim/desk"
)

// callable reports whether all people on call of a team can be called for a ticket, or
// any of them. Nobody is called for a live contact.
func (l *Laws) callable(v *life, team int, all bool) bool {
	if l.classes[v.class].live && v.touches == 0 {
		return false
	}
	some := false
	for i := range l.scenario.Teams[team].Shifts {
		oc := l.scenario.Teams[team].Shifts[i].OnCall
		if oc == nil {
			continue
		}
		fits := oc.Match.Matches(l.layout.Plan.Classes[v.class])
		if all && !fits {
			return false
		}
		some = some || fits
	}
	return some
}

// callsWait reports whether anybody waits for whom all people on call of a team can be
// called, and does not wait for the agent who had him last.
func (l *Laws) callsWait(team int) bool {
	if l.routed == nil {
		return l.teams[team].calling > 0
	}
	for _, v := range l.routed.waiting {
		if l.able(v, int16(team)) && l.callable(v, team, true) && !l.deferred(v, l.now) {
			return true
		}
	}
	return false
}

// isCalled checks that somebody may be called for a ticket: it is for him, it comes
// before all others for which he could be called instead, and, if it has come just now,
// nobody at work is free.
func (l *Laws) isCalled(t *desk.Ticket, v *life) {
	if !l.callable(v, int(t.Team), false) {
		l.breaksBy(t.ID, Capacity, "somebody of team %s is called for it, who is not on call for such tickets", l.scenario.Teams[t.Team].Name)
	}
	for i := range l.teams {
		n, spare := &l.teams[i], l.classes[v.class].reach[i].spare
		if t.Created == l.now && v.touches == 0 && l.able(v, int16(i)) && !n.Down && n.On-n.Busy > spare {
			l.breaksBy(t.ID, Idleness, "somebody is called for it, while of team %s %d have nothing in hand", l.scenario.Teams[i].Name, n.On-n.Busy)
		}
	}
	if l.routed != nil {
		for _, w := range l.routed.waiting {
			if l.able(w, t.Team) && l.callable(w, int(t.Team), true) && l.before(w, v, t.Agent, int(t.Team)) {
				l.breaksBy(t.ID, Order, "somebody is called for it before its turn: one of class %d has waited since %v", w.class, w.since)
				return
			}
		}
		return
	}
	for i := range l.lines {
		if w, ok := l.lines[i].front(); ok && l.able(w.v, t.Team) && l.callable(w.v, int(t.Team), true) && w.compare(v.turn) < 0 {
			l.breaksBy(t.ID, Order, "somebody is called for it before its turn: one of class %d has waited since %v", w.v.class, w.v.since)
			return
		}
	}
}
