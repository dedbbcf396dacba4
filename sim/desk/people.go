package desk

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/sim/people"
	"github.com/headroom-sim/headroom/sim/rng"
)

// crowd is what a group must know of its people: whether it matters who is there, and
// how fast those work who have come lately. Where it matters, agent k of the group is
// person k of the shift.
type crowd struct {
	counts   bool
	learning staffing.Learning
	begins   time.Duration // when its own people begin to learn
}

// person is what is known of an agent as a person.
type person struct {
	due    bool           // the plan has him at work now, and he is there
	away   people.Absence // from the shift that goes on
	missed bool           // he is not there for the overtime that is planned
	came   time.Duration  // his first day
}

// forEver is before every scenario: whoever came then has learned all that there is.
const forEver = time.Duration(math.MinInt64 / 2)

// layCrowds gives every group what it must know of its people. Groups are in the order
// of the plan's shifts.
func (l *Layout) layCrowds() {
	l.people = people.NewPlan(l.Teams, l.Axis, l.Until)
	for i := range l.groups {
		l.groups[i].crowd = crowd{
			counts: l.people.Counts(i), learning: l.people.Learning(i),
			begins: l.firstDay(int32(i), l.people.Begins(i)),
		}
	}
}

// firstDay is the beginning, on the clock of its team, of somebody's first day.
func (l *Layout) firstDay(g, day int32) time.Duration {
	if day == people.Veteran {
		return forEver
	}
	zone := l.Teams[l.groups[g].team].Zone
	if zone == nil {
		zone = l.Axis.Origin.Location()
	}
	return l.Axis.Local(l.people.Date(day), 0, zone)
}

// callRoll adds the roll call of a duty, in which it turns out who is away. It may begin
// in a break.
func (l *Layout) callRoll(g int32, d *staffing.Duty, day uint64) {
	if at := max(d.From, 0); l.groups[g].counts && !d.Overtime && at < l.Until {
		l.edges = append(l.edges, edge{at: at, group: g, stint: int32(len(l.stints)), start: true})
		l.stints = append(l.stints, stint{group: g, day: day, before: d.Before, after: d.Before + d.Net, call: true})
	}
}

// sizeCrowds makes room for each person of the groups in which it matters who is there.
func (l *Layout) sizeCrowds() {
	for i := range l.groups {
		if l.groups[i].counts {
			l.groups[i].size = 0
		}
	}
	for i := range l.stints {
		if gr := &l.groups[l.stints[i].group]; gr.counts {
			gr.size = max(gr.size, int32(math.Ceil(l.stints[i].after)))
		}
	}
}

// crowds is who of all people is there in a trial.
type crowds struct {
	trial *people.Trial
	seats [][2]int32 // by stint: the people whom the plan has at work, from and to
}

func newCrowds(l *Layout) crowds {
	if !l.people.Some() {
		return crowds{}
	}
	return crowds{trial: l.people.NewTrial(), seats: make([][2]int32, len(l.stints))}
}

func (d *Desk) resetCrowds(key rng.Key) {
	if d.crowds.trial == nil {
		return
	}
	d.crowds.trial.Reset(key)
	for i := range d.layout.stints {
		st := &d.layout.stints[i]
		s := key.Of(rng.Roster, d.layout.groups[st.group].domain, st.day)
		u := s.Float64()
		d.crowds.seats[i] = [2]int32{upOrDown(st.before, u), upOrDown(st.after, u)}
	}
}

// expectPeople works out who is due from now on, in the groups in which that matters,
// from the edges of this instant.
func (d *Desk) expectPeople(edges []edge) {
	if d.crowds.trial == nil {
		return
	}
	for i := range edges {
		if e := &edges[i]; !e.start && d.layout.groups[e.group].counts {
			d.endStint(e)
		}
	}
	for i := range edges {
		if e := &edges[i]; e.start && d.layout.groups[e.group].counts {
			d.startStint(e)
		}
	}
}

// endStint: its people are not due any more. With the end of the shift those who are
// away are away no longer.
func (d *Desk) endStint(e *edge) {
	gr := &d.layout.groups[e.group]
	seats := d.crowds.seats[e.stint]
	for k := seats[0]; k < seats[1]; k++ {
		d.agents[gr.first+k].due = false
	}
	if !e.home {
		return
	}
	for a := gr.first; a < gr.first+gr.size; a++ {
		ag := &d.agents[a]
		d.away(ag, people.None)
		if ag.missed {
			ag.missed = false
			d.teams[ag.team].staff.Missed--
		}
	}
}

// startStint: its people are due, all but those who are away on the day of the shift.
func (d *Desk) startStint(e *edge) {
	gr := &d.layout.groups[e.group]
	st := &d.layout.stints[e.stint]
	today := d.layout.people.DayOf(int64(st.day))
	seats := d.crowds.seats[e.stint]
	for k := seats[0]; k < seats[1]; k++ {
		ag := &d.agents[gr.first+k]
		why := d.crowds.trial.Of(int(e.group), k, today)
		switch {
		case st.call:
			d.away(ag, why)
		case why == people.None:
			ag.due = true
			if gr.learning != nil {
				ag.came = d.layout.firstDay(e.group, d.crowds.trial.Since(int(e.group), k, today))
			}
		case st.overtime && (why == people.Sick || why == people.Vacant):
			ag.missed = true
			d.teams[ag.team].staff.Missed++
		}
	}
}

// away notes why an agent is not at his shift.
func (d *Desk) away(ag *agent, why people.Absence) {
	count := func(why people.Absence, by int32) {
		switch why {
		case people.Sick:
			d.teams[ag.team].staff.Sick += by
		case people.Vacant:
			d.teams[ag.team].staff.Vacant += by
		}
	}
	count(ag.away, -1)
	ag.away = why
	count(why, 1)
}

// peopleLeave sends those of a group away who are not due any more, in their order.
func (d *Desk) peopleLeave(g int32, home bool) {
	gr := &d.layout.groups[g]
	for a := gr.first; a < gr.first+gr.size; a++ {
		switch ag := &d.agents[a]; {
		case ag.duty == on && !ag.due:
			d.sendAway(ag, home)
		case ag.duty == leaving && home:
			ag.duty = late
			d.teams[ag.team].staff.Late++
		}
	}
}

// peopleCome brings those of a group who are due, in their order.
func (d *Desk) peopleCome(g int32) {
	gr := &d.layout.groups[g]
	for a := gr.first; a < gr.first+gr.size; a++ {
		if ag := &d.agents[a]; ag.due && ag.duty != on {
			d.bring(ag)
		}
	}
}
