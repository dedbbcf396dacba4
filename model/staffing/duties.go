package staffing

import (
	"cmp"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
)

// Duties are all duties of the teams that overlap [from, until), in the order
// of From, then Team, then Shift. They are not clipped: one that begins before
// from or ends after until keeps its own bounds.
//
// Bounds are wall-clock times in the team's zone, so a shift of eight hours that
// spans a clock change lasts seven or nine hours, and one from 00:00 to 24:00 lasts
// 23 or 25. A bound inside the hour that the clock skips moves forward by the gap,
// one in the hour that comes twice is the first of the two; shifts that meet on
// the wall clock therefore meet in time. A shift of which nothing is left after
// that has no duty on that day. Breaks last as long as they say, whatever the clock does.
func Duties(teams []Team, x calendar.Axis, from, until time.Duration) []Duty {
	var all []Duty
	if from >= until {
		return nil
	}
	for i := range teams {
		t := &teams[i]
		zone := t.zone(x)
		// A shift may start up to a day before the day on which it ends, and
		// end up to 48 hours after that midnight.
		first := calendar.DateOf(x.At(from).In(zone)).AddDays(-2)
		last := calendar.DateOf(x.At(until).In(zone))
		for d := first; d.Compare(last) <= 0; d = d.AddDays(1) {
			for j := range t.Shifts {
				for crew := range t.Shifts[j].crews() {
					duty, ok := t.duty(x, zone, j, crew, d)
					if ok && duty.From < until && duty.To > from {
						duty.Team = i
						all = append(all, duty)
					}
				}
				if extra, ok := t.overtime(x, zone, j, d); ok && extra.From < until && extra.To > from {
					extra.Team = i
					all = append(all, extra)
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b Duty) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Team, b.Team), cmp.Compare(a.Shift, b.Shift), cmp.Compare(a.Crew, b.Crew))
	})
	return all
}

// crews is how many crews the shift has: the most turns in which it takes a break.
func (s *Shift) crews() int {
	n := 1
	for _, b := range s.Breaks {
		n = max(n, min(b.Turns, MaxTurns))
	}
	return n
}

// duty is a crew of shift j on the local day d, if it starts on that day.
func (t *Team) duty(x calendar.Axis, zone *time.Location, j, crew int, d calendar.Date) (Duty, bool) {
	s := &t.Shifts[j]
	if !t.starts(s, d) {
		return Duty{}, false
	}
	heads := s.headsOn(d)
	crews, net := float64(s.crews()), heads*(1-t.Shrinkage)
	if s.OnCall != nil {
		net = heads // nobody is in a meeting when he is called
	}
	before := net * float64(crew) / crews
	duty := Duty{
		Shift:  j,
		Crew:   crew,
		Date:   d,
		From:   x.Local(d, s.From, zone),
		To:     x.Local(d, s.To, zone),
		Gross:  heads / crews,
		Net:    net*float64(crew+1)/crews - before,
		Before: before,
		OnCall: s.OnCall != nil,
	}
	if s.PartTime > 0 {
		duty.Gross *= s.PartTime
	}
	if duty.From >= duty.To {
		return Duty{}, false
	}
	for _, b := range s.Breaks {
		// With fewer turns than the shift has crews, several go together.
		turn := crew * max(1, b.Turns) / s.crews()
		at := x.Local(d, b.At, zone) + time.Duration(turn*b.Minutes)*time.Minute
		gap := Interval{
			From: max(at, duty.From),
			To:   min(at+time.Duration(b.Minutes)*time.Minute, duty.To),
		}
		if gap.From < gap.To {
			duty.Breaks = append(duty.Breaks, gap)
		}
	}
	duty.Breaks = union(duty.Breaks)
	return duty, true
}

// starts reports whether a shift starts on a day.
func (t *Team) starts(s *Shift, d calendar.Date) bool {
	holiday := slices.Contains(t.Holidays, d)
	return s.Days[d.Weekday()] &&
		(s.First.IsZero() || d.Compare(s.First) >= 0) &&
		(s.Last.IsZero() || d.Compare(s.Last) <= 0) &&
		(!holiday || s.Holidays || s.HolidaysOnly) && (holiday || !s.HolidaysOnly)
}

// overtime is the planned overtime after shift j of the local day d. It begins as the
// shift ends, and is worked by the first of the shift's people.
func (t *Team) overtime(x calendar.Axis, zone *time.Location, j int, d calendar.Date) (Duty, bool) {
	s := &t.Shifts[j]
	if s.OnCall != nil || !t.starts(s, d) {
		return Duty{}, false
	}
	for i := range t.Overtime {
		o := &t.Overtime[i]
		if d.Compare(o.First) < 0 || d.Compare(o.Last) > 0 {
			continue
		}
		heads := s.headsOn(d) * o.Share
		duty := Duty{
			Shift: j, Date: d, From: x.Local(d, s.To, zone), Overtime: true,
			Gross: heads, Net: heads * (1 - t.Shrinkage),
		}
		if s.PartTime > 0 {
			duty.Gross *= s.PartTime
		}
		duty.To = duty.From + o.Stay
		return duty, duty.From > x.Local(d, s.From, zone) && duty.To > duty.From
	}
	return Duty{}, false
}

// zone is where the team's wall clock hangs: its own zone, else the scenario's.
func (t *Team) zone(x calendar.Axis) *time.Location {
	if t.Zone != nil {
		return t.Zone
	}
	return x.Origin.Location()
}

// union sorts intervals and melts those that overlap or touch. It works in place.
func union(list []Interval) []Interval {
	slices.SortFunc(list, func(a, b Interval) int { return cmp.Compare(a.From, b.From) })
	out := list[:0]
	for _, v := range list {
		if n := len(out); n > 0 && v.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, v.To)
			continue
		}
		out = append(out, v)
	}
	return out
}

// Join melts duties of one shift that follow one another without a gap into one
// long duty that bears the date of the first: the seat of a shift from 00:00 to
// 24:00 is never left, and nobody works overtime at midnight. Whether somebody
// else sits down on it is of no concern to the customers. Duties must be in the
// order in which Duties gives them; the result is in the same order.
func Join(duties []Duty) []Duty {
	type seat struct{ team, shift, crew int }
	open := map[seat]int{} // the latest duty of a seat, as an index into joined
	var joined []Duty
	for _, d := range duties {
		key := seat{d.Team, d.Shift, d.Crew}
		if i, ok := open[key]; ok {
			last := &joined[i]
			if last.To == d.From && last.Gross == d.Gross && last.Net == d.Net && last.Overtime == d.Overtime {
				last.To = d.To
				last.Breaks = union(slices.Concat(last.Breaks, d.Breaks))
				continue
			}
		}
		open[key] = len(joined)
		joined = append(joined, d)
	}
	return joined
}

// ByTeam sorts duties of several teams into one list per team.
func ByTeam(duties []Duty, teams int) [][]Duty {
	lists := make([][]Duty, teams)
	for _, d := range duties {
		lists[d.Team] = append(lists[d.Team], d)
	}
	return lists
}
