package desk

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/sim/rng"
)

// group is the agents of one shift of one team. They are the same people from
// day to day, and none of another shift, so that whoever goes at half past three
// finishes his ticket although the next shift has come.
type group struct {
	team   int16
	domain uint64 // of its random numbers
	first  int32  // index of its first agent
	size   int32  // the most agents that it can have
	crowd         // who its people are, where that matters
	call   *call  // nil for people who are at work
}

// stint is an uninterrupted stretch of a duty: from the start of the shift or the
// end of a break to the next break or the end.
type stint struct {
	group int32
	day   uint64 // of the duty, counted from the scenario's start; may be "negative"
	// Net heads, from the running total before to the one after; see staffing.Duty.
	before, after float64
	overtime      bool // planned, after the shift
	call          bool // no stint, but the roll call at the beginning of a duty
}

// edge is the beginning or the end of a stint.
type edge struct {
	at    time.Duration
	group int32
	stint int32
	start bool
	home  bool // an end that is the end of the shift, not a break
}

// layRoster turns the staffing plan into edges, in the order of time, and at equal
// times in the order of teams and shifts.
func (l *Layout) layRoster(s *model.Scenario) {
	first := make([]int32, len(s.Teams)) // by team: the group of its first shift
	for i := range s.Teams {
		team := &s.Teams[i]
		first[i] = int32(len(l.groups))
		for j := range team.Shifts {
			l.groups = append(l.groups, group{team: int16(i), domain: rng.Domain(team.Name + "/" + team.Shifts[j].Name)})
		}
	}
	l.layCrowds()
	l.layCalls()
	origin := calendar.DateOf(s.Time.Start)
	for _, d := range staffing.Duties(s.Teams, l.Axis, 0, l.Until) {
		l.layDuty(first[d.Team]+int32(d.Shift), &d, origin)
	}
	slices.SortStableFunc(l.edges, func(a, b edge) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.group, b.group))
	})
	l.sizeGroups()
}

func (l *Layout) layDuty(g int32, d *staffing.Duty, origin calendar.Date) {
	from := d.From
	add := func(to time.Duration, home bool) {
		start, end := max(from, 0), min(to, l.Until)
		if start >= end {
			return
		}
		n := int32(len(l.stints))
		l.stints = append(l.stints, stint{group: g, day: dayNumber(origin, d.Date), before: d.Before, after: d.Before + d.Net, overtime: d.Overtime})
		l.edges = append(l.edges, edge{at: start, group: g, stint: n, start: true})
		if to < l.Until {
			l.edges = append(l.edges, edge{at: end, group: g, stint: n, home: home})
		}
	}
	l.callRoll(g, d, dayNumber(origin, d.Date))
	for _, b := range d.Breaks {
		add(b.From, false)
		from = b.To
	}
	add(d.To, true)
	if from == d.To && 0 < d.To && d.To < l.Until {
		// The shift ends in a break: nobody leaves, but whoever is still at
		// work is in overtime from now on.
		l.edges = append(l.edges, edge{at: d.To, group: g, stint: int32(len(l.stints)), home: true})
		l.stints = append(l.stints, stint{group: g, day: dayNumber(origin, d.Date)})
	}
}

// dayNumber counts calendar days from the origin. Dates are counted at noon UTC,
// where no clock changes.
func dayNumber(origin, d calendar.Date) uint64 {
	noon := func(d calendar.Date) time.Time { return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC) }
	return uint64(int64(noon(d).Sub(noon(origin)) / (24 * time.Hour)))
}

// sizeGroups finds the most agents that each group can have at once, and gives
// every agent his index.
func (l *Layout) sizeGroups() {
	now := make([]int32, len(l.groups))
	for i := 0; i < len(l.edges); {
		// All edges of one group at one instant are one change.
		g, at := l.edges[i].group, l.edges[i].at
		for ; i < len(l.edges) && l.edges[i].group == g && l.edges[i].at == at; i++ {
			st := &l.stints[l.edges[i].stint]
			heads := int32(math.Ceil(st.after) - math.Floor(st.before))
			if !l.edges[i].start {
				heads = -heads
			}
			now[g] += heads
		}
		l.groups[g].size = max(l.groups[g].size, now[g])
	}
	l.sizeCrowds()
	next := int32(0)
	for i := range l.groups {
		l.groups[i].first = next
		next += l.groups[i].size
	}
}

// agents is the number of agents of all groups.
func (l *Layout) agents() int32 {
	if len(l.groups) == 0 {
		return 0
	}
	g := l.groups[len(l.groups)-1]
	return g.first + g.size
}

// round gives every stint of a trial a whole number of heads: the net heads, and
// one more with the probability of the fraction. All stints of a shift's day use the
// same random number, so nobody comes back from lunch as two, and the crews of a shift
// round their running totals, so that together they are the shift, rounded.
func (l *Layout) round(key rng.Key, heads []int32) {
	for i := range l.stints {
		st := &l.stints[i]
		if whole(st.before) && whole(st.after) {
			heads[i] = int32(st.after - st.before)
			continue
		}
		s := key.Of(rng.Roster, l.groups[st.group].domain, st.day)
		u := s.Float64()
		heads[i] = upOrDown(st.after, u) - upOrDown(st.before, u)
	}
}

func whole(x float64) bool { return x == math.Floor(x) }

// upOrDown rounds x up if the random number is below its fraction, else down.
func upOrDown(x, u float64) int32 {
	n := math.Floor(x)
	if u < x-n {
		n++
	}
	return int32(n)
}
