package calendar

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Check reports everything that makes the calendar unusable, joined with
// errors.Join: no zone, spans out of range, spans that overlap (also across midnight,
// from Saturday into Sunday), hours on a calendar that says it is always open, and
// a calendar that is never open. It changes nothing.
func (c *Calendar) Check() error {
	if c.Zone == nil {
		return errors.New("the calendar has no time zone")
	}
	if c.Always {
		if c.stated() {
			return errors.New("the calendar is always open and also states hours, holidays or breaks: leave out one or the other")
		}
		return nil
	}
	problems := c.rangeProblems()
	if len(problems) == 0 {
		problems = append(problems, c.overlapProblems()...)
		if c.neverOpen() {
			problems = append(problems, errors.New("the calendar is never open"))
		}
	}
	return errors.Join(problems...)
}

// stated reports whether the calendar says anything about hours.
func (c *Calendar) stated() bool {
	for _, spans := range c.Week {
		if len(spans) > 0 {
			return true
		}
	}
	return len(c.Closed)+len(c.Override)+len(c.Breaks) > 0
}

// overrideDates are the dates with an override, in order, so that problems come
// in the same order each time.
func (c *Calendar) overrideDates() []Date {
	return slices.SortedFunc(maps.Keys(c.Override), Date.Compare)
}

func (c *Calendar) rangeProblems() []error {
	var problems []error
	check := func(where string, spans []Span) {
		for _, s := range spans {
			if text := s.problem(); text != "" {
				problems = append(problems, fmt.Errorf("%s: %v %s", where, s, text))
			}
		}
	}
	for day, spans := range c.Week {
		check(dayName(day), spans)
	}
	for _, date := range c.overrideDates() {
		check(date.String(), c.Override[date])
	}
	check("break", c.Breaks)
	return problems
}

// problem says what is wrong with a span by itself, in words that follow it.
func (s Span) problem() string {
	switch {
	case s.From < 0 || s.From >= minutesPerDay:
		return "must start between 00:00 and 23:59"
	case s.To <= s.From:
		return "ends before it starts; hours that cross midnight end above 24:00"
	case s.To > 2*minutesPerDay:
		return "ends later than the midnight after the next day"
	}
	return ""
}

// String is the span as hours of the day, such as 22:00-30:00.
func (s Span) String() string { return clockFace(s.From) + "-" + clockFace(s.To) }

func clockFace(minute int) string {
	if minute < 0 {
		return fmt.Sprintf("%d min", minute)
	}
	return fmt.Sprintf("%02d:%02d", minute/60, minute%60)
}

// dayName is the short English name of a day, such as mon; days wrap around.
func dayName(day int) string {
	return [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}[day%7]
}

func (c *Calendar) overlapProblems() []error {
	// The week is a circle: its first two days follow the last ones, into
	// which a span from Saturday may reach.
	var week []placed
	for day := range len(c.Week) + 2 {
		for _, s := range c.Week[day%7] {
			week = append(week, placed{s, dayName(day), day * minutesPerDay, day >= 7})
		}
	}
	problems := overlaps(week)
	for _, date := range c.overrideDates() {
		problems = append(problems, overlaps(placedOn(date.String(), c.Override[date]))...)
	}
	return append(problems, overlaps(placedOn("break", c.Breaks))...)
}

// placed is a span with the place where it was stated.
type placed struct {
	Span
	where    string
	midnight int  // minutes from the first midnight to that of the span
	again    bool // a second mention, of which only the overlap with first ones counts
}

func placedOn(where string, spans []Span) []placed {
	list := make([]placed, len(spans))
	for i, s := range spans {
		list[i] = placed{Span: s, where: where}
	}
	return list
}

// overlaps names each span that starts before an earlier one has ended.
func overlaps(list []placed) []error {
	slices.SortStableFunc(list, func(a, b placed) int { return cmp.Compare(a.midnight+a.From, b.midnight+b.From) })
	var problems []error
	for i, latest := 1, 0; i < len(list); i++ {
		a, b := list[latest], list[i]
		if b.midnight+b.From < a.midnight+a.To && !(a.again && b.again) {
			problems = append(problems, fmt.Errorf("%s %v overlaps %s %v", b.where, b.Span, a.where, a.Span))
		}
		if b.midnight+b.To > a.midnight+a.To {
			latest = i
		}
	}
	return problems
}

// neverOpen reports whether breaks and closed dates leave nothing. The spans
// are known to be in range.
func (c *Calendar) neverOpen() bool {
	for day := range c.Week {
		if c.nominal(day) > 0 {
			return false // closed dates are finitely many
		}
	}
	l := layout{Calendar: c, clock: wallClock{zone: c.Zone}}
	for date := range c.Override {
		if open, _, _ := l.window(date.number(), date.number()+reach); len(open) > 0 {
			return false
		}
	}
	return true
}

// nominal is the open time of the hours that start on a day of the week, breaks
// taken out, in a week without clock changes and closed dates.
func (c *Calendar) nominal(day int) time.Duration {
	const sunday = 3 // 1970-01-04
	alone := &Calendar{Zone: time.UTC, Breaks: c.Breaks}
	alone.Override = map[Date][]Span{dateOn(sunday): c.Week[day]}
	l := layout{Calendar: alone, clock: wallClock{zone: time.UTC}}
	open, _, _ := l.window(sunday, sunday+reach)
	var seconds int64
	for _, s := range open {
		seconds += s.to - s.from
	}
	return time.Duration(seconds) * time.Second
}

// WorkingDay is the open time of an ordinary working day: what "2bd" is twice of.
// It is false when the days of the week on which the calendar opens are not
// equally long, or when it opens on none. Closed dates, overrides and clock changes do
// not matter.
func (c *Calendar) WorkingDay() (time.Duration, bool) {
	if c.Always {
		return 24 * time.Hour, true
	}
	var length time.Duration
	for day := range c.Week {
		switch open := c.nominal(day); {
		case open == 0 || open == length:
		case length == 0:
			length = open
		default:
			return 0, false
		}
	}
	return length, length > 0
}
