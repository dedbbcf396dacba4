package coverage

import (
	"fmt"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
)

// zone is that of a team's wall clock.
func (d *deriver) zone(t *staffing.Team) *time.Location {
	if t.Zone != nil {
		return t.Zone
	}
	return d.home
}

// open adds shifts of a window on the clock of a zone, in parts where it is long.
func (d *deriver) open(t, old *staffing.Team, w Window, zone *time.Location, name string, heads float64) {
	if heads <= 0 {
		return
	}
	spans := cut(w.From, w.To, longestShift)
	for i, span := range spans {
		x := staffing.Shift{Name: name, Heads: heads, Days: later(w.Days, span.From/day), From: span.From % day, To: span.To - span.From/day*day}
		if len(spans) > 1 {
			x.Name = fmt.Sprintf("%s-%d", name, i+1)
		}
		x.Breaks = pause(old, &x)
		t.Shifts = append(t.Shifts, d.moved(x, zone, d.zone(t))...)
	}
	d.opened = append(d.opened, opened{w, zone, heads})
}

// moved are the shifts on the clock of one zone that are at the same instants as one on the clock of another: with dates,
// where a clock changes in between. A bound in an hour that the clock of people repeats is the first of the two.
func (d *deriver) moved(x staffing.Shift, from, to *time.Location) (out []staffing.Shift) {
	if from.String() == to.String() {
		return []staffing.Shift{x}
	}
	type distance struct{ start, end int } // of the clocks, in minutes, when the shift begins and when it ends
	var last distance
	end := calendar.DateOf(d.s.Time.Start.Add(d.s.Time.Length).In(from))
	for date := calendar.DateOf(d.s.Time.Start.In(from)).AddDays(-2); date.Compare(end) <= 0; date = date.AddDays(1) {
		if !x.Days[date.Weekday()] {
			continue
		}
		now := distance{wall(date, x.From, from, to), wall(date, x.To, from, to)}
		days := floor(now.start, day)
		there := date.AddDays(days)
		if n := len(out); n > 0 {
			if now == last {
				out[n-1].Days[there.Weekday()], out[n-1].Last = true, there
				continue
			}
		}
		last = now
		y := x
		y.Days, y.First, y.Last = [7]bool{}, there, there
		y.Days[there.Weekday()] = true
		y.From, y.To = now.start-days*day, now.end-days*day
		y.Breaks = nil
		for _, b := range x.Breaks {
			b.At += y.From - x.From
			y.Breaks = append(y.Breaks, b)
		}
		out = append(out, y)
	}
	// The first and the last stand for all time before and after.
	for i := range out {
		if i > 0 {
			out[i].Name += fmt.Sprintf(" (%d)", i+1)
		} else {
			out[i].First = calendar.Date{}
		}
		if i == len(out)-1 {
			out[i].Last = calendar.Date{}
		}
	}
	return out
}

// wall is what the clock of one zone shows at a minute of a date on that of another, in minutes from the midnight of the same date on.
func wall(date calendar.Date, minute int, from, to *time.Location) int {
	at := date.At(minute, from).In(to)
	there := calendar.DateOf(at)
	days := int(there.UTC(0).Sub(date.UTC(0)).Hours() / 24)
	return days*day + at.Hour()*60 + at.Minute()
}

// floor is a divided by b, rounded down.
func floor(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// opened is a window on the clock of a zone in which so many are at work.
type opened struct {
	Window
	zone  *time.Location
	heads float64
}

// ahead is by how many minutes the clock of a zone is ahead of that at home, at noon of a date there.
func (d *deriver) ahead(zone *time.Location, date calendar.Date) int {
	at := date.At(12*60, d.home)
	return (offset(at, zone) - offset(at, d.home)) / 60
}

// clocks are the dates at home on which some clock begins to show another time beside that at home, the scenario's first among
// them, and for how many days it goes on.
func (d *deriver) clocks(zones []*time.Location) (dates []calendar.Date, days []int) {
	last := calendar.DateOf(d.s.Time.Start.Add(d.s.Time.Length - 1))
	for date := calendar.DateOf(d.s.Time.Start); date.Compare(last) <= 0; date = date.AddDays(1) {
		changed := len(dates) == 0
		for _, z := range zones {
			changed = changed || d.ahead(z, date) != d.ahead(z, date.AddDays(-1))
		}
		if changed {
			dates, days = append(dates, date), append(days, 0)
		}
		days[len(days)-1]++
	}
	return dates, days
}

// each calls f for each stretch of the scenario in which no clock changes beside that at home, with the heads that the windows of the
// plan in hand have in each minute of a week at home, and with its length.
func (d *deriver) each(f func(heads *[week]float64, days int)) {
	var zones []*time.Location
	for i := range d.opened {
		zones = append(zones, d.opened[i].zone)
	}
	dates, days := d.clocks(zones)
	for i, date := range dates {
		var heads [week]float64
		for _, o := range d.opened {
			ahead := d.ahead(o.zone, date)
			o.minutes(ahead, func(m int) { heads[m] += o.heads })
		}
		f(&heads, days[i])
	}
}

// kept are the minutes of a week in which somebody is at work throughout the scenario.
func (d *deriver) kept() (c covered) {
	for m := range c {
		c[m] = true
	}
	d.each(func(heads *[week]float64, _ int) {
		for m, h := range heads {
			c[m] = c[m] && h > 0
		}
	})
	return c
}

// extremes are how many hours of a week are covered, and the fewest and the most heads at work outside business hours.
func (d *deriver) extremes(p *Plan) {
	var office covered
	office.add(d.o.Business, 0)
	hours, all := 0.0, 0
	d.each(func(heads *[week]float64, days int) {
		n := 0
		for m, h := range heads {
			if h <= 0 {
				continue
			}
			n++
			if !office[m] {
				p.Fewest, p.Most = min(p.Fewest, h), max(p.Most, h)
			}
		}
		hours += float64(n) / 60 * float64(days)
		all += days
	})
	p.Hours = hours / float64(all)
	if p.Most == 0 {
		p.Fewest = 0
	}
}

// pause is the break of the team's largest shift, in the middle of another and in turns, so that seats are not left all at once.
func pause(old *staffing.Team, x *staffing.Shift) []staffing.Break {
	var large *staffing.Shift
	for i := range old.Shifts {
		if y := &old.Shifts[i]; ordinary(y) && (large == nil || y.Heads > large.Heads) {
			large = y
		}
	}
	minutes, turns := 0, 2
	for _, b := range large.Breaks {
		minutes, turns = minutes+b.Minutes, max(turns, b.Turns)
	}
	turns = max(1, min(turns, int(x.Heads)))
	if x.To-x.From < 6*60 || minutes == 0 || minutes*turns > (x.To-x.From)/2 {
		return nil
	}
	return []staffing.Break{{At: (x.From + x.To - minutes*turns) / 2 / 5 * 5, Minutes: minutes, Turns: turns}}
}
