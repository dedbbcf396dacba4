package coverage

import (
	"errors"
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
)

// pagers adds people who can be called whenever nobody is at work. Of teams of which one can do all that another can, only the one
// has such people.
func (d *deriver) pagers(p *Plan, team int, match sla.Match) {
	t := &p.Scenario.Teams[team]
	for i := range d.s.Teams {
		other := &d.s.Teams[i]
		if i == team || d.day[i] == 0 || !able(other, t) {
			continue
		}
		if i < team || !able(t, other) {
			return
		}
	}
	if !d.calls(t, match) {
		return
	}
	call := staffing.OnCall{Match: match, Responds: d.o.Answers, PerHour: d.o.Standby * t.Cost.PerHour, Minimum: leastPaid}
	for i, b := range parts(d.o.Business, longestShift) {
		if b.day {
			continue
		}
		t.Shifts = append(t.Shifts, d.moved(staffing.Shift{
			Name: fmt.Sprintf("pager-%d", i+1), Heads: d.o.Pagers, Days: b.Days, From: b.From, To: b.To, Holidays: true, OnCall: &call,
		}, d.home, d.zone(t))...)
	}
	p.OnCall += d.o.Pagers
}

// able reports whether a team can do all that another can.
func able(t, other *staffing.Team) bool {
	return has(t.Skills, other.Skills) && has(t.Channels, other.Channels)
}

// has reports whether one list has all of another, where an empty one has everything.
func has[T comparable](all, some []T) bool {
	if len(all) == 0 {
		return true
	}
	return len(some) > 0 && !slices.ContainsFunc(some, func(x T) bool { return !slices.Contains(all, x) })
}

// calls reports whether some of the tickets of a match are a team's.
func (d *deriver) calls(t *staffing.Team, match sla.Match) bool {
	for _, k := range d.written() {
		skill := d.s.Issues[k.Issue].Skill
		if match.Matches(k) && (len(t.Channels) == 0 || slices.Contains(t.Channels, k.Channel)) &&
			(len(t.Skills) == 0 || skill == ticket.NoSkill || slices.Contains(t.Skills, skill)) {
			return true
		}
	}
	return false
}

// written are the classes of the tickets that streams bring, but for live contacts, for which nobody is called.
func (d *deriver) written() (all []ticket.Class) {
	seen := map[ticket.Class]bool{}
	add := func(k ticket.Class) {
		if !seen[k] && !d.s.Channels[k.Channel].Live {
			seen[k] = true
			all = append(all, k)
		}
	}
	for i := range d.s.Streams {
		st := &d.s.Streams[i]
		for j := range st.Replay {
			add(st.Replay[j].Class)
		}
		for _, issue := range st.Issues {
			for _, tier := range st.Tiers {
				if st.Replay == nil && issue.Share > 0 && tier.Share > 0 {
					add(ticket.Class{Channel: st.Channel, Issue: issue.Issue, Tier: tier.Tier, Priority: d.s.Issues[issue.Issue].Priority})
				}
			}
		}
	}
	return all
}

// called is for whom people are called: what has the highest of several priorities, else what is promised around the clock by the only such
// policy. The error says why nobody is.
func (d *deriver) called() (sla.Match, error) {
	all := d.written()
	if len(all) == 0 {
		return sla.Match{}, errors.New("nothing is written, and for live contacts nobody can be called")
	}
	highest, lowest := all[0].Priority, all[0].Priority
	for _, k := range all {
		highest, lowest = min(highest, k.Priority), max(lowest, k.Priority)
	}
	if highest < lowest {
		return sla.Match{Priorities: []ticket.Priority{highest}}, nil
	}
	var found []sla.Match
	for i := range d.s.SLA.Policies {
		x := &d.s.SLA.Policies[i]
		if d.s.Calendars[x.Calendar].Always && slices.ContainsFunc(all, x.Match.Matches) {
			found = append(found, x.Match)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return sla.Match{}, errors.New("all that is written has one priority, and no policy tells what is promised around the clock: nothing says for whom to wake somebody")
}
