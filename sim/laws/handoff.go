package laws

import (
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/desk"
)

// route is where hand-offs have brought a ticket.
type route struct {
	out    int   // the hand-off that it is away by, as an index into its issue's, + 1; 0 for none
	home   int16 // the only team that may do the next touch, since it handed the ticket off, + 1
	holder int16 // the team that had it in hand last, while it was not away
	status ticket.Status
	handed bool // once or more
}

// handOffs are those of a ticket's issue.
func (l *Laws) handOffs(v *life) []work.HandOff {
	return l.scenario.Issues[l.layout.Plan.Classes[v.class].Issue].HandOffs
}

// workedOn is the status of a ticket that some team is to work on.
func (l *Laws) workedOn(v *life) ticket.Status {
	if v.out > 0 {
		return statusOf(&l.handOffs(v)[v.out-1])
	}
	return ticket.Open
}

func statusOf(h *work.HandOff) ticket.Status {
	if h.Open {
		return ticket.Open
	}
	return ticket.OnHold
}

// replied is the end of a touch, after which the ticket is pending, solved, or between
// two teams.
func (l *Laws) replied(t *desk.Ticket, v *life) (place, ticket.Status) {
	switch {
	case v.out > 0 && !l.handOffs(v)[v.out-1].Solves:
		l.breaksBy(t.ID, Life, "team %s replies, which only works for others", l.scenario.Teams[t.Team].Name)
	case v.out > 0 && t.Status != ticket.Solved:
		l.breaksBy(t.ID, Life, "team %s replies and solves nothing", l.scenario.Teams[t.Team].Name)
	case v.out == 0:
		v.home = 0
	}
	v.out = 0
	switch {
	case t.Status == ticket.Solved:
		return solved, ticket.Solved
	case l.mayHold(v, t.Status):
		v.status = t.Status // or it is handed off, which the next event tells
		return held, t.Status
	case len(l.handOffs(v)) > 0 && t.Status != ticket.Pending:
		v.status = t.Status
		return between, t.Status
	}
	return pending, ticket.Pending
}

// givenBack is the end of what another team does, which leaves a note.
func (l *Laws) givenBack(t *desk.Ticket, v *life) {
	if v.place != inHand || v.out == 0 || l.handOffs(v)[v.out-1].Solves || t.Agent != v.agent {
		l.breaksBy(t.ID, Life, "it is given back while it %v, by hand-off %d", v.place, v.out)
		return
	}
	if want := l.workedOn(v); t.Status != want || t.Touches != v.touches {
		l.breaksBy(t.ID, Life, "it is given back as %v with %d touches, not %v with %d", t.Status, t.Touches, want, v.touches)
	}
	l.drop(v)
	v.place, v.since = between, l.now
}

// assigned makes a team responsible. A ticket that is between two teams goes to the
// other one and waits there; any other stays where it is.
func (l *Laws) assigned(t *desk.Ticket, v *life) {
	k := &l.classes[v.class]
	if v.place == held && v.since == l.now && t.Away() {
		v.place = between
	}
	if t.Group < 0 || int(t.Group) >= len(l.teams) || v.place != between && (!k.ever(int(t.Group)) || v.out > 0) {
		l.breaksBy(t.ID, Capacity, "team %d is made responsible, which cannot serve it", t.Group)
		return
	}
	if v.place != between {
		if v.place == queued {
			l.stale = v
		}
		return
	}
	if v.since != l.now {
		l.breaksBy(t.ID, Life, "it was between two teams since %v", v.since)
	}
	want := ticket.Open
	if v.out == 0 {
		want = v.status
		if !l.goesOff(t, v) {
			l.breaksBy(t.ID, Life, "after touch %d it is handed off to team %d as %v, which its issue does not do", v.touches, t.Group, t.Status)
		}
	} else if v.out = 0; int(t.Group)+1 != l.sole(v) {
		l.breaksBy(t.ID, Capacity, "it comes back to team %d", t.Group)
	}
	if t.Status != want || t.Away() != (v.out > 0) || t.Agent >= 0 {
		l.breaksBy(t.ID, Life, "when it changes teams it is %v, away %t, with agent %d", t.Status, t.Away(), t.Agent)
	}
	v.again = false
	l.enter(v)
}

// goesOff finds the way out of a ticket that is handed off.
func (l *Laws) goesOff(t *desk.Ticket, v *life) bool {
	offs := l.handOffs(v)
	for i := range offs {
		h := &offs[i]
		if int16(h.To) == t.Group && statusOf(h) == v.status && (h.AnyTouch || v.touches == 1) {
			v.out, v.home = i+1, v.holder+1
			if !v.handed && t.Created >= l.scenario.Time.Warmup {
				l.counts.handed++
			}
			v.handed = true
			return true
		}
	}
	return false
}

// sole is the only team that may serve a ticket, + 1; 0 for any that can.
func (l *Laws) sole(v *life) int {
	switch {
	case v.out > 0:
		return int(l.handOffs(v)[v.out-1].To) + 1
	case v.only > 0:
		return int(v.only)
	}
	return int(v.home)
}
