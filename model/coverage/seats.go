package coverage

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
)

// ordinary reports whether a shift is of an ordinary week, and its people at work.
func ordinary(x *staffing.Shift) bool {
	return x.OnCall == nil && !x.HolidaysOnly && x.First.IsZero() && x.Last.IsZero()
}

// dated are the shifts of a team that have dates of their own, such as those of temps, and stay as they are.
func dated(t *staffing.Team) (out []staffing.Shift) {
	for i := range t.Shifts {
		if x := &t.Shifts[i]; x.OnCall == nil && !ordinary(x) {
			out = append(out, *x)
		}
	}
	return out
}

// taking reports whether a team takes tickets of its own, and has people in an ordinary week.
func taking(t *staffing.Team) bool {
	return !t.HandOffsOnly && slices.ContainsFunc(t.Shifts, func(x staffing.Shift) bool { return ordinary(&x) })
}

// level is the heads of a team's ordinary shifts in each minute of a week on a clock that its own is so many minutes ahead of.
func level(t *staffing.Team, ahead int) (out [week]float64) {
	for i := range t.Shifts {
		x := &t.Shifts[i]
		if !ordinary(x) {
			continue
		}
		for d, on := range x.Days {
			for m := x.From; on && m < x.To; m++ {
				out[((d*day+m-ahead)%week+week)%week] += x.Heads
			}
		}
	}
	return out
}

// level is the heads of a team of the scenario in each minute of its first week at home.
func (d *deriver) level(team int) [week]float64 {
	t := &d.s.Teams[team]
	return level(t, d.ahead(d.zone(t), calendar.DateOf(d.s.Time.Start)))
}

// rostered are the business hours that a roster shows: the hours of its weekdays with at least half of the heads that it
// ever has at once; 09:00-17:00 where that is more than twelve hours.
func (d *deriver) rostered() Window {
	s := d.s
	w := Window{Days: [7]bool{time.Monday: true, time.Tuesday: true, time.Wednesday: true, time.Thursday: true, time.Friday: true}}
	var all [week]float64
	for i := range s.Teams {
		if taking(&s.Teams[i]) {
			for m, h := range d.level(i) {
				all[m] += h
			}
		}
	}
	most := slices.Max(all[:])
	w.From = day
	for k, on := range w.Days {
		for m := 0; on && m < day; m++ {
			if h := all[k*day+m]; h > 0 && h >= most/2 {
				w.From, w.To = min(w.From, m), max(w.To, m+1)
			}
		}
	}
	if w.To-w.From <= 0 || w.To-w.From > longestDay {
		w.Span = calendar.Span{From: 9 * 60, To: 17 * 60}
	}
	return w
}

// seats works out what the roster has by day, and how many tickets come then. Whoever is never at work by day, such as a team that has
// the night, or works its own day far away, has as many seats by day as it has when somebody is there. Where the sun is followed a team has
// the seats of its own day.
func (d *deriver) seats() error {
	d.day, d.own = make([]float64, len(d.s.Teams)), make([]float64, len(d.s.Teams))
	any := false
	var office covered
	office.add(d.o.Business, 0)
	for i := range d.s.Teams {
		t := &d.s.Teams[i]
		if !taking(t) {
			continue
		}
		local := level(t, 0)
		d.own[i] = mean(&local, func(m int) bool { return office[m] })
		heads := d.level(i)
		if d.day[i] = mean(&heads, func(m int) bool { return office[m] }); d.day[i] > 0 {
			any = true
		} else {
			d.day[i] = max(1, mean(&heads, func(m int) bool { return heads[m] > 0 }))
		}
		if d.own[i] == 0 {
			d.own[i] = d.day[i]
		}
	}
	if !any {
		return fmt.Errorf("nobody of the roster of %s is at work in %v: say other business hours", d.s.Name, d.o.Business)
	}
	d.rate = d.arriving(d.o.Business, d.home)
	return nil
}

// mean is the heads in some minutes of a week, in whole people.
func mean(heads *[week]float64, in func(m int) bool) float64 {
	sum, n := 0.0, 0
	for m, h := range heads {
		if in(m) {
			sum += h
			n++
		}
	}
	return math.Round(sum / float64(max(1, n)))
}

// arriving is the tickets per hour that are expected in a window of a zone over the whole scenario, spikes aside; of
// replayed streams those that there are.
func (d *deriver) arriving(w Window, zone *time.Location) float64 {
	s := d.s
	var spans [][2]time.Duration
	hours := 0.0
	for date := calendar.DateOf(s.Time.Start.In(zone)).AddDays(-1); ; date = date.AddDays(1) {
		from, to := d.axis.Local(date, w.From, zone), d.axis.Local(date, w.To, zone)
		if from >= s.Time.Length {
			break
		}
		if from, to = max(from, 0), min(to, s.Time.Length); w.Days[date.Weekday()] && from < to {
			spans = append(spans, [2]time.Duration{from, to})
			hours += (to - from).Hours()
		}
	}
	sum := 0.0
	for i := range s.Streams {
		st := &s.Streams[i]
		curve := st.Curve(d.axis, s.Time.Length)
		for _, x := range spans {
			sum += curve.Expected(x[0], x[1])
			for _, a := range st.Replay {
				if a.At >= x[0] && a.At < x[1] {
					sum++
				}
			}
		}
	}
	return sum / max(hours, 1.0/60)
}

// need is the heads of a team for a window of a zone: as by day for its tickets, in whole people, and at least one.
func (d *deriver) need(team int, w Window, zone *time.Location) float64 {
	share := d.o.Night
	if share == 0 {
		share = 1
		if d.rate > 0 {
			share = min(1, d.arriving(w, zone)/d.rate)
		}
	}
	return max(1, math.Ceil(d.day[team]*share-1e-9))
}

// shrinkage is the mean over the seats by day.
func (d *deriver) shrinkage() float64 {
	sum, heads := 0.0, 0.0
	for i, h := range d.day {
		sum += h * d.s.Teams[i].Shrinkage
		heads += h
	}
	return sum / heads
}
