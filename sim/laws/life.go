package laws

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// life is where a ticket stands, by what has happened to it.
type life struct {
	place   place
	created time.Duration
	since   time.Duration // when it came to its place
	class   int32
	promise int32 // the class whose promises it has
	changed bool  // its class was put right
	touches int32
	agent   int32 // who has it, in inHand
	again   bool  // in the queue once more, after a touch that was broken off
	started bool
	came    time.Duration // to the queue, anew
	last    int32         // the agent who had it last
	loose   bool          // it waits for that agent no longer
	share   float64       // the least of a target that it had left when it was taken
	shared  time.Duration // when it had it, if it was assigned to whoever took it
	kin

	only   int16 // the team that an escalation has given it to, + 1; 0 for any that can
	raised int64 // steps that escalations have raised it in the queue
	turn   turn  // in the queue, the last time
	visit  int   // counts how often it was there
	done   bool  // it was open at the start, and has been solved or left since
	clocks []sla.Clock
	past   sla.Past
	told   time.Duration // when the clocks were last told of an event
	route
}

type place uint8

const (
	queued place = iota
	inHand
	pending
	solved
	abandoned
	between // two teams: it has left one and belongs to no other yet
	held    // for somebody outside
)

var placeNames = [...]string{"waits in the queue", "is in an agent's hands", "is pending", "is solved", "was abandoned", "is between two teams", "is held for somebody outside"}

func (p place) String() string { return placeNames[p] }

// Ticket implements desk.Observer.
func (l *Laws) Ticket(kind ticket.EventKind, at time.Duration, t *desk.Ticket) {
	if !l.advance(at) {
		return
	}
	if l.keep(kind, t) {
		return
	}
	v, known := l.lives[t.ID]
	if kind == ticket.Started {
		if v != nil && l.stale != v {
			v.shared = -1 // it was assigned before, and not to whoever takes it now
		}
		l.restand(v)
	} else {
		l.restand(nil)
	}
	if kind == ticket.Created {
		l.create(t)
		return
	}
	switch {
	case !known:
		l.breaksBy(t.ID, Life, "%v happens to a ticket that was never created", kind)
	case v == nil:
		l.breaksBy(t.ID, Life, "%v happens to a ticket that has ended", kind)
	case t.Created != v.created || t.Class != v.class && kind != ticket.Reclassified:
		l.breaksBy(t.ID, Life, "it changes its creation or its class")
	case !legal(kind, v.place):
		l.breaksBy(t.ID, Life, "%v happens while it %v", kind, v.place)
	default:
		l.score(kind, t)
		l.happen(kind, t, v)
	}
}

// legal says where a ticket can be for an event to happen to it.
func legal(kind ticket.EventKind, p place) bool {
	switch kind {
	case ticket.Started, ticket.Abandoned:
		return p == queued
	case ticket.Replied, ticket.Returned:
		return p == inHand
	case ticket.Message:
		return p != abandoned // in the queue or in hand, who asks again
	case ticket.StatusSet:
		return p == pending || p == queued || p == held
	case ticket.Reclassified:
		return p == inHand
	case ticket.Assigned, ticket.Noted:
		return p != solved && p != abandoned && (kind == ticket.Assigned || p != between)
	}
	return false
}

func (l *Laws) create(t *desk.Ticket) {
	if _, again := l.lives[t.ID]; again {
		l.breaksBy(t.ID, Life, "it is created twice")
		return
	}
	if t.Created != l.now || t.Touches != 0 || t.Status != ticket.New || t.Agent >= 0 {
		l.breaksBy(t.ID, Life, "it is not new when it is created: %+v", *t)
		return
	}
	if int(t.Class) >= len(l.classes) {
		l.breaksBy(t.ID, Life, "its class %d does not exist", t.Class)
		return
	}
	v := &life{last: -1, shared: -1, created: l.now, class: t.Class, promise: t.Class}
	l.lives[t.ID] = v
	l.reaches(t)
	l.tick(ticket.Created, t, v)
	l.enter(v)
	l.counts.arrive(l, t)
	l.descends(t, v)
}

// happen carries out an event that is legal where the ticket is.
func (l *Laws) happen(kind ticket.EventKind, t *desk.Ticket, v *life) {
	want, touches := l.workedOn(v), v.touches
	k := &l.classes[v.class]
	switch {
	case kind == ticket.Assigned && v.place == queued:
		v.share, v.shared = l.nearest(v), l.now
	case kind == ticket.Started && v.shared != l.now:
		v.share = l.nearest(v) // before its clocks stop
	}
	l.passed(t, v)
	if kind != ticket.Reclassified { // else its clocks go over to other promises first
		l.tick(kind, t, v)
	}
	switch kind {
	case ticket.Started:
		l.counts.wait(l, t, v, l.leave(t, v))
		l.take(t, v)
		l.counts.route(l, t, v)
		v.place, v.agent, v.started = inHand, t.Agent, true
		if v.out == 0 {
			v.last, v.holder = t.Agent, t.Team
		}
	case ticket.Replied:
		l.drop(v)
		touches++
		v.reminders = 0
		v.place, want = l.replied(t, v)
	case ticket.Returned:
		if k.live && touches == 0 {
			l.breaksBy(t.ID, Life, "a live contact is broken off")
		}
		l.breakOff(t, v)
		l.drop(v)
		v.again = true
		l.enter(v)
	case ticket.Message:
		if v.place == queued || v.place == inHand {
			l.asks(t, v)
			return
		}
		l.answers(t, v)
		if t.Reopened != (v.place == solved) {
			l.breaksBy(t.ID, Life, "it is said to be reopened, or not, while it %v", v.place)
		}
		v.again = false
		l.enter(v)
	case ticket.StatusSet:
		if v.place == held {
			l.comesOff(t, v, touches)
			return
		}
		l.sets(t, v)
		if v.place == queued || t.Status == ticket.Pending {
			return
		}
		v.place, want = solved, ticket.Solved
	case ticket.Assigned:
		l.assigned(t, v)
		return
	case ticket.Noted:
		if t.Rung < 0 {
			l.givenBack(t, v)
			return
		}
		l.escalate(t, v)
		return
	case ticket.Reclassified:
		l.reclassify(t, v)
		return
	case ticket.Abandoned:
		if !k.live || v.started {
			l.breaksBy(t.ID, Life, "it is abandoned, which only a live contact that nobody has answered can be")
		}
		l.counts.wait(l, t, v, l.leave(t, v))
		l.leaves(t, v)
		v.place, want = abandoned, ticket.Closed
	}
	if t.Status != want || t.Touches != touches {
		l.breaksBy(t.ID, Life, "after %v it is %v with %d touches, not %v with %d", kind, t.Status, t.Touches, want, touches)
	}
	v.since, v.touches = l.now, touches
	if v.place == solved || v.place == abandoned {
		l.counts.solves(v)
	}
}

// enter puts a ticket into the queue.
func (l *Laws) enter(v *life) {
	v.place, v.since = queued, l.now
	l.wait(v, 1)
	l.note(v, true)
	l.lineUp(v, v.again)
}

// wait counts a ticket that comes to wait, or one that does no longer, for every team
// that could serve it.
func (l *Laws) wait(v *life, by int) {
	for i := range l.teams {
		if l.able(v, int16(i)) {
			l.teams[i].waiting += by
			if l.callable(v, i, true) {
				l.teams[i].calling += by
			}
		}
	}
}

// able reports whether a team may serve a ticket.
func (l *Laws) able(v *life, team int16) bool {
	if sole := l.sole(v); sole > 0 {
		return int(team)+1 == sole
	}
	return l.classes[v.class].able[team]
}

// reclassify puts a ticket's class right.
func (l *Laws) reclassify(t *desk.Ticket, v *life) {
	if v.changed || t.Class == v.class || t.Class != t.Actual {
		l.breaksBy(t.ID, Life, "it is reclassified from %d to %d, and is %d", v.class, t.Class, t.Actual)
	}
	v.changed, v.class = true, t.Class
	if mode := l.scenario.SLA.Change; mode != sla.Freeze {
		old, next := l.terms(v), l.promised(t.Class, v.created)
		if v.clocks != nil {
			clocks := make([]sla.Clock, len(next))
			old.Change(v.clocks, next, clocks, &v.past, mode, l.now, nil)
			v.clocks = clocks
		}
		v.promise = t.Class
	}
	l.tick(ticket.Reclassified, t, v)
}

// escalate carries out what a rung of the ladder does to a ticket.
func (l *Laws) escalate(t *desk.Ticket, v *life) {
	if t.Rung < 0 || int(t.Rung) >= len(l.scenario.Escalations) {
		l.breaksBy(t.ID, Life, "it escalates to rung %d, which does not exist", t.Rung)
		return
	}
	r := &l.scenario.Escalations[t.Rung]
	l.climb(t, v, r)
	if v.place == queued {
		l.wait(v, -1)
	}
	switch {
	case r.Do == model.Raise:
		v.raised++
	case r.Do == model.Reassign && l.classes[v.class].ever(int(r.Team)):
		v.only = int16(r.Team) + 1
	}
	v.loose = v.place == queued
	if v.place == queued {
		l.wait(v, 1)
		l.lineUp(v, true)
	}
}

// leave takes a ticket out of the queue, adds its wait to the others and returns
// it. The wait is the one that the desk claims, where it claims one: Queued is when
// the ticket came to wait, but for those that went back to the queue.
func (l *Laws) leave(t *desk.Ticket, v *life) time.Duration {
	from := t.Queued
	if v.again {
		from = v.since
	}
	from = max(from, 0) // before the start nobody counts
	l.waits += uint64(l.now - from)
	l.wait(v, -1)
	l.note(v, false)
	return l.now - from
}
