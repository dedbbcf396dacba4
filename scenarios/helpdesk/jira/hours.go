package jira

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/desk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/terms"
)

// run is a cycle: its goal, and the time that its clock took for it.
type run struct {
	from, to time.Time
	goal     time.Duration
}

const (
	mostRuns  = 400 // of an SLA that are looked at
	leastRuns = 12  // by which hours can be known
	leastFit  = 0.6 // the share of them that the hours must explain; the others were paused, or met a holiday
	grid      = 15  // minutes to which hours are known
	day       = 24 * 60
)

// opening is one span of hours on some days of the week.
type opening struct {
	days     [7]bool
	from, to int // minutes of the day
}

// until is how many minutes have been open since some Sunday, up to a minute after it.
func (o *opening) until(minute int) int {
	length, perWeek := o.to-o.from, 0
	for _, open := range o.days {
		if open {
			perWeek += length
		}
	}
	week, rest := minute/(7*day), minute%(7*day)
	sum := week * perWeek
	for d, open := range o.days {
		if open {
			sum += max(0, min(rest-d*day-o.from, length))
		}
	}
	return sum
}

// span is a run by the clocks of the zone: minutes since a Sunday before all of them.
type span struct{ from, to, goal int }

// explains reports whether as much is open during a span as its goal has, to the minute to which both ends are known.
func (o *opening) explains(s span) bool {
	open := o.until(s.to) - o.until(s.from)
	return s.goal-1 <= open && open <= s.goal+1
}

// hoursOf finds the hours on which an SLA counts, since no export holds its calendar: those by which from the start of a
// cycle to its time of breach as much time is open as its goal has. It looks for one span a day on the days on which times of breach
// lie.
func hoursOf(runs []run, zone *time.Location) (best opening, share float64) {
	var spans []span
	first, last := day, 0
	var days [7]bool
	for _, r := range runs {
		s := span{wall(r.from, zone), wall(r.to, zone), int(r.goal.Minutes())}
		spans = append(spans, s)
		first, last = min(first, s.to%day), max(last, s.to%day)
		days[s.to/day%7] = true
	}
	if len(spans) < leastRuns {
		return best, 0
	}
	most, rank := 0, 0
	for from := 0; from <= first; from += grid {
		for to := (last + grid - 1) / grid * grid; to <= day; to += grid {
			o := opening{days, from, to}
			hits := 0
			for i, s := range spans {
				if o.explains(s) {
					hits++
				}
				if i == 20 && 4*hits < i { // far from enough
					break
				}
			}
			// Of hours that explain as much the roundest, then the shortest.
			r := -(to - from)
			if from%60 == 0 && to%60 == 0 {
				r += 2 * day
			}
			if c := cmp.Or(cmp.Compare(hits, most), cmp.Compare(r, rank)); c > 0 && hits > 0 && to > from {
				best, most, rank = o, hits, r
			}
		}
	}
	return best, float64(most) / float64(len(spans))
}

// wall is what the clocks of a zone show, in minutes since a Sunday.
func wall(t time.Time, zone *time.Location) int {
	t = t.In(zone)
	d := calendar.DateOf(t)
	return int(d.UTC(t.Hour()*60 + t.Minute()).Sub(time.Date(1969, 12, 28, 0, 0, 0, 0, time.UTC)).Minutes())
}

// calendar is the name of the hours on which an SLA counts; empty if it counts by the clock on the wall, or on what cannot be said.
func (r *reader) calendar(a *agreement) string {
	if a.stopped == 0 {
		return ""
	}
	o, share := hoursOf(a.runs, r.In.Zone())
	straight := 1 - float64(a.stopped)/float64(a.timed)
	if share < leastFit || share < 2*straight || o.days == [7]bool{true, true, true, true, true, true, true} && o.from == 0 && o.to == day {
		r.Refuse(a.at, "the calendar and the pauses of the SLA %q, which its cycles show and do not name: counted by the clock on the wall; put in its calendar", a.name)
		return ""
	}
	s := terms.Schedule{Name: "hours of " + a.name, Zone: r.In.Zone().String(), Why: "read off the cycles of " + terms.Name(a.name)}
	for d, open := range o.days {
		if open {
			terms.Open(&s.Week, d*day+o.from, d*day+o.to)
		}
	}
	if i := slices.IndexFunc(r.Book.Schedules, func(other terms.Schedule) bool { return slices.EqualFunc(other.Week[:], s.Week[:], slices.Equal) }); i >= 0 {
		s = r.Book.Schedules[i]
	} else {
		r.Book.Schedules = append(r.Book.Schedules, s)
	}
	r.In.Odd(desk.Inferred, fmt.Sprintf("the SLA %s counts on hours from %s to %s: by them %.0f %% of its cycles have their time of breach; the others were paused or met a holiday",
		terms.Name(a.name), clock(o.from), clock(o.to), 100*share), a.at)
	return s.Name
}

func clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }
