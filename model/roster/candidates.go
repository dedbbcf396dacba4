package roster

import (
	"fmt"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/staffing"
)

const (
	day      = 24 * 60 // minutes
	week     = 7 * day
	fullHour = 60
	// longestShift is how long a person works at a stretch; what is longer is a seat that
	// several people fill.
	longestShift = 12 * 60
)

// seatShift is what a seat that is filled around the clock is made of where nothing is said of
// its shifts: eight hours, with half an hour of break after four.
var seatShift = staffing.Pattern{Length: 8 * 60, Breaks: []staffing.Pause{{After: 4 * 60, Minutes: 30}}}

// Candidates are the shifts that the teams may be given, in the order of teams. Of a team with
// rules they are its patterns at each of their starts. Any other team, and one
// whose rules have no patterns, may be given the shifts that it has, and each kind of
// them, by length and breaks, at every full hour of each weekday at which a shift of that kind
// lies within the hours of the week in which the team is at work now. People on call and shifts
// of more than twelve hours, which no person works, are no candidates; in place of the latter,
// seats that are filled around the clock, there are shifts of eight hours with a break of half
// an hour after four. Part-time shifts are candidates as they are, at no other hours.
//
// Each candidate is called by its hours, 0800–1630, after the name of its pattern or shift if it has
// one: names that the scenario language takes, since who is there by chance goes by the name.
func Candidates(teams []staffing.Team) []Candidate { return candidates(teams, false) }

// AtAnyHours are Candidates where a team without patterns may be at work at all hours of the week, on holidays too, and not
// only at those at which it is now.
func AtAnyHours(teams []staffing.Team) []Candidate { return candidates(teams, true) }

func candidates(teams []staffing.Team, anyHours bool) []Candidate {
	var list []Candidate
	for i := range teams {
		var own []Candidate
		if r := teams[i].Rules; r != nil && len(r.Patterns) > 0 {
			own = ofPatterns(&teams[i])
		} else {
			own = ofShifts(&teams[i], anyHours)
		}
		names := map[string]int{}
		for _, c := range own {
			c.Team = i
			names[c.Shift.Name]++
			if n := names[c.Shift.Name]; n > 1 {
				c.Shift.Name = fmt.Sprintf("%s #%d", c.Shift.Name, n)
			}
			list = append(list, c)
		}
	}
	return list
}

// Limits are the heads that the teams' rules allow on a day, and the part-timers among them.
func Limits(teams []staffing.Team) []Limit {
	var list []Limit
	for i := range teams {
		if r := teams[i].Rules; r != nil && (r.Least > 0 || r.Most > 0 || r.PartTimers > 0) {
			list = append(list, Limit{Team: i, Min: r.Least, Max: r.Most, Part: r.PartTimers})
		}
	}
	return list
}

// ofPatterns are the shifts of a team's patterns.
func ofPatterns(t *staffing.Team) (list []Candidate) {
	for i := range t.Rules.Patterns {
		p := &t.Rules.Patterns[i]
		for _, at := range p.Starts {
			s := p.At(at)
			s.Name = strings.TrimSpace(p.Name + " " + short(s.From, s.To))
			list = append(list, Candidate{Shift: s, Min: p.Least, Max: p.Most, Part: p.PartTime})
		}
	}
	return list
}

// ofShifts are the shifts that a team has, and others like them.
func ofShifts(t *staffing.Team, anyHours bool) (list []Candidate) {
	var kinds []staffing.Pattern
	var open [week]bool // the minutes of a week from Sunday on
	for m := range open {
		open[m] = anyHours
	}
	for i := range t.Shifts {
		s := t.Shifts[i]
		if s.OnCall != nil {
			continue
		}
		for d, on := range s.Days {
			for m := s.From; on && m < s.To; m++ {
				open[(d*day+m)%week] = true
			}
		}
		if s.To-s.From > longestShift {
			seat := seatShift
			seat.Holidays = s.Holidays
			kinds = add(kinds, seat)
			continue
		}
		part := s.PartTime > 0
		if !part {
			kinds = add(kinds, kind(&s))
		}
		if hours := short(s.From, s.To); s.Name != hours {
			s.Name = strings.TrimSpace(s.Name + " " + hours)
		}
		s.Heads, s.PartTime, s.Hires, s.Learning = 0, 0, nil, nil
		list = append(list, Candidate{Shift: s, Part: part})
	}
	for i := range kinds {
		kinds[i].Holidays = kinds[i].Holidays || anyHours
		for from := 0; from < day; from += fullHour {
			s := kinds[i].At(from)
			s.Name = short(s.From, s.To)
			s.Days = fits(&open, s.From, s.To)
			for k := range list {
				if c := &list[k]; !c.Part && same(&c.Shift, &s) {
					for d, on := range c.Shift.Days {
						s.Days[d] = s.Days[d] && !on
					}
				}
			}
			if s.Days != [7]bool{} {
				list = append(list, Candidate{Shift: s})
			}
		}
	}
	return list
}

// kind is a shift without its hours and days.
func kind(s *staffing.Shift) staffing.Pattern {
	p := staffing.Pattern{Length: s.To - s.From, Holidays: s.Holidays}
	for _, b := range s.Breaks {
		p.Breaks = append(p.Breaks, staffing.Pause{After: b.At - s.From, Minutes: b.Minutes, Turns: b.Turns})
	}
	return p
}

// add adds a kind, unless there is one like it. It works on holidays if any of its shifts does.
func add(kinds []staffing.Pattern, p staffing.Pattern) []staffing.Pattern {
	for i := range kinds {
		if q := &kinds[i]; p.Length == q.Length && slices.Equal(p.Breaks, q.Breaks) {
			q.Holidays = q.Holidays || p.Holidays
			return kinds
		}
	}
	return append(kinds, p)
}

// fits are the weekdays on which a shift of these hours lies within the open minutes of a week.
func fits(open *[week]bool, from, to int) (days [7]bool) {
	for d := range days {
		days[d] = true
		for m := from; m < to && days[d]; m++ {
			days[d] = open[(d*day+m)%week]
		}
	}
	return days
}

// same reports whether two shifts differ in nothing but their days and their holidays.
func same(s, other *staffing.Shift) bool {
	return s.From == other.From && s.To == other.To && slices.Equal(s.Breaks, other.Breaks) &&
		s.First.IsZero() && s.Last.IsZero() && !s.HolidaysOnly
}

// short is Hours without colons, which no name of the scenario language has.
func short(from, to int) string { return strings.ReplaceAll(Hours(from, to), ":", "") }

// Called is the name of a candidate's shift for people: with its hours as they write them.
func Called(name string, from, to int) string {
	hours := Hours(from, to)
	if strings.Contains(name, hours) {
		return name
	}
	if before, after, ok := strings.Cut(name, short(from, to)); ok {
		return before + hours + after
	}
	return strings.TrimSpace(name + " " + hours)
}

// Hours writes minutes since midnight as people do: 22:00–06:00 for a night.
func Hours(from, to int) string {
	clock := func(m int) string {
		if m > day {
			m -= day
		}
		return fmt.Sprintf("%02d:%02d", m/60, m%60)
	}
	return clock(from) + "–" + clock(to)
}
