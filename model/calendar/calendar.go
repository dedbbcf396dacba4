package calendar

import (
	"math"
	"time"
)

// Calendar says when it is open. It must not be changed while it is in use;
// then any number of goroutines may read it. The zero Calendar is never open and
// has no zone; Check says whether a calendar can be used.
type Calendar struct {
	Name string
	Zone *time.Location // of all hours below

	// Always means open at every instant. Then there is nothing else to say:
	// the fields below must be empty.
	Always bool

	Week     Week            // the ordinary hours
	Closed   map[Date]bool   // dates without any hours; false counts as not listed
	Override map[Date][]Span // hours that replace those of Week which start on the date
	Breaks   []Span          // taken out of every date's hours
}

// Span is a half-open stretch of wall-clock time, in minutes since the midnight
// that begins its date: From is open, To is not. From is below 1,440. To is above From
// and at most 2,880; above 1,440 the span ends on the next date.
type Span struct{ From, To int }

// Week holds the spans that start on each day, by time.Weekday, in any order.
type Week [7][]Span

// Always is a calendar that is always open.
func Always(zone *time.Location) *Calendar {
	return &Calendar{Name: "always", Zone: zone, Always: true}
}

// Open reports whether t is within open hours. An opening instant is, a closing
// instant is not.
func (c *Calendar) Open(t time.Time) bool {
	next, ok := c.nextWithin(t, 1)
	return ok && next.Equal(t)
}

// NextOpen is the first open instant from t on: t itself when it is open then.
// It is false if the calendar does not open within a century of t. The
// answer is in t's zone.
func (c *Calendar) NextOpen(t time.Time) (time.Time, bool) {
	return c.nextWithin(t, searchDays)
}

func (c *Calendar) nextWithin(t time.Time, days int64) (time.Time, bool) {
	if c.Always {
		return t, true
	}
	var next time.Time
	found := false
	c.walk(t, days, func(from, _ time.Duration) bool {
		next, found = t.Add(from), true
		return false
	})
	return next, found
}

// Between is the open time from a to b. It is negative if b is before a, so that
// Between(a, b) + Between(b, c) == Between(a, c) whatever their order. Like
// Time.Sub, it is exact up to 292 years and stops there.
func (c *Calendar) Between(a, b time.Time) time.Duration {
	if b.Before(a) {
		return -c.Between(b, a)
	}
	if c.alwaysOpen() {
		return b.Sub(a)
	}
	var total time.Duration
	for b.Sub(a) > longestWalk {
		middle := a.Add(longestWalk)
		total = saturatingSum(total, c.between(a, middle))
		a = middle
	}
	return saturatingSum(total, c.between(a, b))
}

// between is Between for instants in order and at most longestWalk apart.
func (c *Calendar) between(a, b time.Time) time.Duration {
	length := b.Sub(a)
	days := int64(length/(24*time.Hour)) + reach
	var total time.Duration
	c.walk(a, days, func(from, to time.Duration) bool {
		total += max(0, min(to, length)-from)
		return to < length
	})
	return total
}

// Add is the first instant at which d of open time has passed since t. A closing
// instant counts: eight hours from the opening of an eight-hour day end when it
// closes, not at the next opening. A d of zero or less has passed at t. Add is
// false if the calendar does not hold that much open time within a century of t.
// The answer is in t's zone.
func (c *Calendar) Add(t time.Time, d time.Duration) (time.Time, bool) {
	if d <= 0 {
		return t, true
	}
	if c.alwaysOpen() {
		return t.Add(d), true
	}
	var end time.Time
	found := false
	c.walk(t, searchDays, func(from, to time.Duration) bool {
		if d <= to-from {
			end, found = t.Add(from+d), true
			return false
		}
		d -= to - from
		return true
	})
	return end, found
}

func saturatingSum(a, b time.Duration) time.Duration {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

// alwaysOpen reports whether no instant is closed, by declaration or because
// the week is open around the clock and nothing is taken from it.
func (c *Calendar) alwaysOpen() bool {
	if c.Always {
		return true
	}
	if len(c.Override)+len(c.Breaks) > 0 {
		return false
	}
	for _, closed := range c.Closed {
		if closed {
			return false
		}
	}
	for _, spans := range c.Week {
		if !coversDay(spans) {
			return false
		}
	}
	return true
}

// coversDay reports whether spans leave no minute of their own date closed.
func coversDay(spans []Span) bool {
	reached := 0
	for grown := true; grown && reached < minutesPerDay; {
		grown = false
		for _, s := range spans {
			if s.From <= reached && reached < s.To {
				reached, grown = s.To, true
			}
		}
	}
	return reached >= minutesPerDay
}
