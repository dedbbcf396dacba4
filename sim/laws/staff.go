package laws

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/sim/desk"
)

// agent is what an agent has in hand.
type agent struct {
	hired         bool // has been seen
	team          int16
	room          int // parts that are filled
	held          int
	gaveUp        int32 // class of the work that was broken off last
	gaveUpCounted bool  // whether its ticket is counted
}

// team is a team's numbers: as the desk says, and as the tickets say.
type team struct {
	desk.Staff
	holders int32 // agents with something in hand
	waiting int   // tickets that the team could serve
	calling int   // of them, those for which all of its people on call can be called
	piece   int   // of the plan, at present
	was     int32 // on shift when the instant began
	took    int   // tickets that were taken at this instant
	spare   int32 // agents that had to be left idle when an idle one took one
	strain  strain

	on, busy, worked float64 // agent time after the warm-up: on shift, busy, with something in hand
}

// piece is a stretch of the staffing plan, up to the next one, with the least
// and the most heads that it may mean.
type piece struct {
	from      time.Duration
	low, high int32
	missing   [3]int32 // sick, vacant, not there for overtime; -1 where it is not known
	calls     int32    // people on call, where the key of the trial is known
}

// layPlan works out, team by team, how many must be there and when.
func layPlan(l *desk.Layout) [][]piece {
	plan := make([][]piece, len(l.Teams))
	for t, duties := range staffing.ByTeam(staffing.Duties(l.Teams, l.Axis, 0, l.Until), len(l.Teams)) {
		steps := []piece{{}}
		for _, d := range duties {
			if d.OnCall {
				continue
			}
			after := d.Before + d.Net
			low := max(0, int32(math.Floor(after)-math.Ceil(d.Before)))
			high := int32(math.Ceil(after) - math.Floor(d.Before))
			if l.Teams[t].People(&l.Teams[t].Shifts[d.Shift]) {
				low = 0 // all may be sick
			}
			from := d.From
			for _, b := range append(slices.Clone(d.Breaks), staffing.Interval{From: d.To}) {
				steps = append(steps, piece{from: max(from, 0), low: low, high: high}, piece{from: max(b.From, 0), low: -low, high: -high})
				from = b.To
			}
		}
		plan[t] = meltPieces(steps)
		for i := range plan[t] {
			plan[t][i].missing = [3]int32{-1, -1, -1}
		}
	}
	return plan
}

// meltPieces adds up steps to pieces.
func meltPieces(steps []piece) []piece {
	slices.SortStableFunc(steps, func(a, b piece) int { return cmp.Compare(a.from, b.from) })
	var plan []piece
	for _, s := range steps {
		if last := len(plan) - 1; last < 0 || plan[last].from != s.from {
			next := piece{from: s.from}
			if last >= 0 {
				next = plan[last]
				next.from = s.from
			}
			plan = append(plan, next)
		}
		p := &plan[len(plan)-1]
		p.low += s.low
		p.high += s.high
		for i := range p.missing {
			p.missing[i] += s.missing[i]
		}
		p.calls += s.calls
	}
	return plan
}

// Staff implements desk.Observer.
func (l *Laws) Staff(at time.Duration, team int, n desk.Staff) {
	if l.advance(at) {
		l.teams[team].Staff = n
	}
}

// settle checks a team's numbers as they stand from now to the next instant.
func (l *Laws) settle(i int, to time.Duration) {
	t := &l.teams[i]
	name := l.scenario.Teams[i].Name
	switch {
	case t.Busy < 0 || t.Late < 0 || t.Late > t.Over || t.Standby < 0 || t.Called < 0:
		l.breaks(Hands, "team %s has impossible numbers: %+v", name, t.Staff)
	case t.Busy > t.On:
		l.breaks(Hands, "of team %s %d are busy, but only %d on shift", name, t.Busy, t.On)
	case t.holders != t.Busy+t.Over+t.Called:
		l.breaks(Hands, "of team %s %d have tickets in hand, but %d are busy, %d over their time and %d called", name, t.holders, t.Busy, t.Over, t.Called)
	case t.Down:
	case t.Standby > 0 && l.callsWait(i):
		l.breaks(Idleness, "of team %s %d are on call, while tickets wait for which they can be called", name, t.Standby)
	case l.routed != nil:
		l.idle(i, name)
	case t.On > t.Busy && t.waiting > 0:
		l.breaks(Idleness, "of team %s %d have nothing in hand, while %d tickets wait that they can serve", name, t.On-t.Busy, t.waiting)
	}
	if t.took == 1 && t.was == t.On && t.On-t.Busy < t.spare {
		l.breaks(Capacity, "of team %s %d are idle, since one of %d who are kept free took something else", name, t.On-t.Busy, t.spare)
	}
	t.was, t.took, t.spare = t.On, 0, 0
	l.system(i, to)
	l.strain(i, to)
	plan := l.plan[i]
	for t.piece+1 < len(plan) && plan[t.piece+1].from < to {
		if plan[t.piece+1].from > l.now {
			l.present(t, name, plan[t.piece])
		}
		t.piece++
	}
	l.present(t, name, plan[t.piece])
	if to > l.scenario.Time.Warmup {
		span := float64(to - max(l.now, l.scenario.Time.Warmup))
		t.on += span * float64(t.On)
		t.busy += span * float64(t.Busy)
		t.worked += span * float64(t.holders)
	}
}

// present checks how many are on shift in a piece of the plan.
func (l *Laws) present(t *team, name string, p piece) {
	switch missing := [3]int32{t.Sick, t.Vacant, t.Missed}; {
	case l.broken != nil:
	case t.On < p.low || t.On > p.high:
		l.breaks(Roster, "of team %s %d are on shift, by the plan it is %d to %d", name, t.On, p.low, p.high)
		l.broken.At = max(l.now, p.from)
	case p.missing[0] >= 0 && (t.Standby > p.calls || t.Standby+t.Called < p.calls):
		l.breaks(Roster, "of team %s %d can be called and %d are, by the plan %d are on call", name, t.Standby, t.Called, p.calls)
		l.broken.At = max(l.now, p.from)
	case missing != p.missing && p.missing[0] >= 0:
		l.breaks(Roster, "of team %s %v are sick, gone and not there for overtime, by the plan it is %v", name, missing, p.missing)
		l.broken.At = max(l.now, p.from)
	}
}

// take puts a ticket into its agent's hands.
func (l *Laws) take(t *desk.Ticket, v *life) {
	if t.Agent < 0 || t.Team < 0 || int(t.Team) >= len(l.teams) {
		l.breaksBy(t.ID, Life, "it is started by agent %d of team %d", t.Agent, t.Team)
		return
	}
	for int(t.Agent) >= len(l.agents) {
		l.agents = append(l.agents, agent{})
	}
	a := &l.agents[t.Agent]
	if a.hired && a.team != t.Team {
		l.breaksBy(t.ID, Capacity, "agent %d is of team %d, and was of team %d", t.Agent, t.Team, a.team)
		return
	}
	a.hired, a.team = true, t.Team
	k := &l.classes[v.class]
	if !l.mayServe(t, v) {
		l.breaksBy(t.ID, Capacity, "team %s has not the skill or the channel for it", l.scenario.Teams[t.Team].Name)
	}
	if l.teams[t.Team].Down {
		l.breaksBy(t.ID, Outage, "team %s takes it while its system is down", l.scenario.Teams[t.Team].Name)
	}
	if !t.OnCall {
		l.teams[a.team].took++
	}
	if a.held == 0 {
		l.teams[a.team].holders++
		if !t.OnCall && (l.routed == nil || !slices.Contains(l.routed.broken, t.Agent)) { // else he was not idle
			l.teams[a.team].spare = k.reach[a.team].spare
		}
	}
	a.held++
	a.room += k.fills(v)
	if a.room > l.full {
		l.breaksBy(t.ID, Capacity, "agent %d has %d tickets in hand that fill %d of %d parts of him", t.Agent, a.held, a.room, l.full)
	}
	if t.OnCall {
		l.isCalled(t, v)
	} else {
		l.takesTurn(t, v)
	}
}

// fills is the room that the touch in hand takes.
func (k *class) fills(v *life) int {
	switch {
	case v.out > 0:
		return k.whole
	case v.touches == 0:
		return k.first
	}
	return k.later
}

// drop takes a ticket out of its agent's hands.
func (l *Laws) drop(v *life) {
	a := &l.agents[v.agent]
	a.held--
	a.room -= l.classes[v.class].fills(v)
	if a.held == 0 {
		l.teams[a.team].holders--
	}
	v.agent = -1
}
