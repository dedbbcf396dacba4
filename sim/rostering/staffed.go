package rostering

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
)

// staffed is the scenario with some heads on the slots in place of its own shifts. Who is on call
// stays so.
func (sp *space) staffed(heads []int) *model.Scenario {
	s := *sp.q.Scenario
	s.Expect = nil
	s.Teams = slices.Clone(s.Teams)
	for t := range s.Teams {
		var shifts []staffing.Shift
		for _, own := range s.Teams[t].Shifts {
			if own.OnCall != nil || !sp.rostered(t) {
				shifts = append(shifts, own)
			}
		}
		s.Teams[t].Shifts = append(shifts, sp.shifts(t, heads)...)
	}
	return &s
}

// rostered reports whether a team has shifts that may be staffed; one that has none keeps its own.
func (sp *space) rostered(team int) bool {
	return slices.ContainsFunc(sp.slots, func(sl slot) bool { return sl.team == team })
}

// shifts are the shifts of a team, one for all days on which as many people work it. A shift
// that began before the scenario does has no day of its own.
func (sp *space) shifts(team int, heads []int) (list []staffing.Shift) {
	type key struct{ candidate, heads int }
	at := map[key]int{}
	used := map[string]bool{}
	for j, n := range heads {
		sl := &sp.slots[j]
		if sl.team != team || n == 0 {
			continue
		}
		k := key{sl.candidate, n}
		i, ok := at[k]
		follows := ok && !sp.q.Weekly && list[i].Last.AddDays(1) == sl.date
		if ok && (sp.q.Weekly || follows) {
			list[i].Days[sl.weekday] = true
			if follows {
				list[i].Last = sl.date
			}
			continue
		}
		shift := sp.q.Candidates[sl.candidate].Shift
		shift.Heads, shift.PartTime, shift.Hires, shift.Days = float64(n), 0, nil, [7]bool{}
		shift.Days[sl.weekday] = true
		if !sp.q.Weekly {
			shift.First, shift.Last = sl.date, sl.date
		}
		at[k] = len(list)
		list = append(list, shift)
	}
	for i := range list {
		if !sp.q.Weekly {
			list[i].Days = [7]bool{true, true, true, true, true, true, true}
		}
		list[i].Name = unused(&list[i], used, sp.q.Weekly)
	}
	return list
}

// unused is a name that no other shift of the team has: with its days, where there are several.
func unused(shift *staffing.Shift, used map[string]bool, weekly bool) string {
	name := shift.Name
	if used[name] && weekly {
		name += " " + weekdays(shift.Days)
	} else if used[name] {
		name += " " + shift.First.String()
	}
	for n := 2; used[name]; n++ {
		name = fmt.Sprintf("%s #%d", shift.Name, n)
	}
	used[name] = true
	return name
}

// weekdays names days of a week in short, from Monday on.
func weekdays(days [7]bool) string {
	var list []string
	for k := range 7 {
		if d := time.Weekday((k + 1) % 7); days[d] {
			list = append(list, strings.ToLower(d.String()[:3]))
		}
	}
	return strings.Join(list, " ")
}

// day is where a slot stands among the days of the proposal.
func (sp *space) day(sl *slot, first calendar.Date) int {
	if sp.q.Weekly {
		return (int(sl.weekday) + 6) % 7
	}
	n := 0
	for d := first; d != sl.date; d = d.AddDays(1) {
		n++
	}
	return n
}
