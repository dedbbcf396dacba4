package coverage

import (
	"fmt"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
)

const (
	day  = 24 * 60 // minutes
	week = 7 * day
)

// Window is the same hours on some days of a week.
type Window struct {
	Days [7]bool // by time.Weekday: those on which it begins
	calendar.Span
}

// Hours is how many hours of a week it holds.
func (w Window) Hours() float64 {
	n := 0
	for _, on := range w.Days {
		if on {
			n++
		}
	}
	return float64(n*(w.To-w.From)) / 60
}

// String is the window in the words of the scenario language: mon-fri 09:00-17:00.
func (w Window) String() string {
	to := w.To
	if to > day {
		to -= day
	}
	return fmt.Sprintf("%s %02d:%02d-%02d:%02d", daysWord(w.Days), w.From/60, w.From%60, to/60, to%60)
}

// daysWord are days as the scenario language writes them, from Monday on.
func daysWord(days [7]bool) string {
	name := func(i int) string { return strings.ToLower(time.Weekday((i + 1) % 7).String()[:3]) }
	on := func(i int) bool { return days[(i+1)%7] }
	var parts []string
	for i := 0; i < 7; i++ {
		if !on(i) {
			continue
		}
		last := i
		for last < 6 && on(last+1) {
			last++
		}
		word := name(i)
		if last > i {
			word += "-" + name(last)
		}
		parts = append(parts, word)
		i = last
	}
	return strings.Join(parts, ",")
}

// block is a part of the week in which the seats stay the same.
type block struct {
	Window
	day bool // it lies within business hours
}

// parts cut all days of a week into the business window and what follows it until it begins again, each into equal
// stretches of about most minutes and no longer.
func parts(business Window, most int) []block {
	var out []block
	open := business.To - business.From
	for _, x := range [2]struct {
		from, to int
		core     bool
	}{{business.From, business.To, true}, {business.To, business.From + day, false}} {
		for _, s := range cut(x.from, x.to, most) {
			for _, office := range [2]bool{true, false} {
				days := business.Days
				if !office {
					for d := range days {
						days[d] = !days[d]
					}
				}
				b := block{Window{later(days, s.From/day), calendar.Span{From: s.From % day, To: s.To - s.From/day*day}}, x.core && office}
				if b.Days != ([7]bool{}) && open > 0 {
					out = append(out, b)
				}
			}
		}
	}
	return out
}

// cut divides a stretch into the fewest parts that are no longer than most minutes, but for rounding to quarters of an hour.
func cut(from, to, most int) (out []calendar.Span) {
	n := (to - from + most - 1) / most
	at := from
	for i := 1; i <= n; i++ {
		next := from + (to-from)*i/n/15*15
		if i == n {
			next = to
		}
		if next > at {
			out = append(out, calendar.Span{From: at, To: next})
		}
		at = next
	}
	return out
}

// later are the days so many days after those given.
func later(days [7]bool, by int) (out [7]bool) {
	for d := range days {
		out[(d+by)%7] = days[d]
	}
	return out
}

// covered marks the minutes of a week, from Sunday midnight on in the home zone, in which windows are open that hang on
// a wall clock so many minutes ahead of it.
type covered [week]bool

func (c *covered) add(w Window, ahead int) {
	w.minutes(ahead, func(m int) { c[m] = true })
}

// minutes calls f with each minute of a window, which hangs on a clock so many minutes ahead of that of the week.
func (w *Window) minutes(ahead int, f func(m int)) {
	for d, on := range w.Days {
		for m := w.From; on && m < w.To; m++ {
			f(((d*day+m-ahead)%week + week) % week)
		}
	}
}

// against reports whether it has minutes that another has not, and whether the other has some that it has not.
func (c *covered) against(other *covered) (more, fewer bool) {
	for m := range c {
		more, fewer = more || c[m] && !other[m], fewer || other[m] && !c[m]
	}
	return more, fewer
}

func (c *covered) hours() float64 {
	n := 0
	for _, on := range c {
		if on {
			n++
		}
	}
	return float64(n) / 60
}

// calendar are the minutes as a calendar of a zone; always open where all are.
func (c *covered) calendar(name string, zone *time.Location) *calendar.Calendar {
	if c.hours() == week/60 {
		always := calendar.Always(zone)
		always.Name = name
		return always
	}
	out := &calendar.Calendar{Name: name, Zone: zone}
	for d := range 7 {
		from := -1
		for m := 0; m <= day; m++ {
			open := m < day && c[d*day+m]
			switch {
			case open && from < 0:
				from = m
			case !open && from >= 0:
				out.Week[d] = append(out.Week[d], calendar.Span{From: from, To: m})
				from = -1
			}
		}
	}
	return out
}
