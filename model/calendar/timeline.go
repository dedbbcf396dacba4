package calendar

import (
	"math"
	"time"
)

// Timeline is a calendar laid out on an axis. It is what a simulation asks at
// every event: inside the time for which it was made each method is a binary
// search and allocates nothing; outside it asks the calendar, so that answers
// are exact everywhere. It never changes, and any number of goroutines may read it.
type Timeline struct {
	calendar *Calendar
	axis     Axis
	always   bool
	from, to time.Duration // the laid-out time, half-open
	open     []opening     // sorted and disjoint, within it
	total    time.Duration // open time in all of it
}

// An opening is an open stretch, with the open time before it since Timeline.from.
type opening struct{ from, to, before time.Duration }

const (
	// A timeline also covers some time before the origin and after the end
	// that it is made for: promises made just before the end are due after it.
	marginBefore = 7 * 24 * time.Hour
	marginAfter  = 45 * 24 * time.Hour
	// And it covers no more than this, to bound its memory; beyond it asks
	// the calendar.
	longestTimeline = 30 * 366 * 24 * time.Hour
)

// On lays the calendar out on an axis, for questions about instants from the
// origin until the given time, and somewhat around. The calendar must not be
// changed afterwards.
func (c *Calendar) On(x Axis, until time.Duration) *Timeline {
	l := &Timeline{calendar: c, axis: x, always: c.alwaysOpen()}
	if l.always {
		return l
	}
	until = min(max(until, 0), longestTimeline)
	day := func(t time.Duration) int64 { return DateOf(x.At(t).In(c.Zone)).number() }
	lay := layout{Calendar: c, clock: wallClock{zone: c.Zone}}
	open, start, end := lay.window(day(-marginBefore), day(until+marginAfter))
	since := func(second int64) time.Duration { return x.Since(time.Unix(second, 0)) }
	l.from, l.to = since(start), since(end)
	l.open = make([]opening, len(open))
	for i, s := range open {
		l.open[i] = opening{since(s.from), since(s.to), l.total}
		l.total += l.open[i].to - l.open[i].from
	}
	return l
}

// Always reports whether no instant is closed.
func (l *Timeline) Always() bool { return l.always }

// Open reports whether at is within open hours. An opening instant is, a closing
// instant is not.
func (l *Timeline) Open(at time.Duration) bool {
	if l.always {
		return true
	}
	if at < l.from || at >= l.to {
		return l.calendar.Open(l.axis.At(at))
	}
	i := l.find(at)
	return i >= 0 && at < l.open[i].to
}

// NextOpen is the first open instant from at on: at itself when it is open then.
// If there is none within a century, or none that the axis can express, the
// answer is the largest Duration and false.
func (l *Timeline) NextOpen(at time.Duration) (time.Duration, bool) {
	if l.always {
		return at, true
	}
	if at >= l.from && at < l.to {
		i := l.find(at)
		if i >= 0 && at < l.open[i].to {
			return at, true
		}
		if i+1 < len(l.open) {
			return l.open[i+1].from, true
		}
		at = l.to
	}
	return l.since(l.calendar.NextOpen(l.axis.At(at)))
}

// Between is the open time from a to b, negative if b is before a.
func (l *Timeline) Between(a, b time.Duration) time.Duration {
	if l.always {
		return b - a
	}
	if min(a, b) < l.from || max(a, b) > l.to {
		return l.outside(b) - l.outside(a)
	}
	return l.used(b) - l.used(a)
}

// outside is used for any instant; before l.from it is negative.
func (l *Timeline) outside(at time.Duration) time.Duration {
	edge := min(max(at, l.from), l.to)
	return l.used(edge) + l.calendar.Between(l.axis.At(edge), l.axis.At(at))
}

// Add is the first instant at which d of open time has passed since at. A closing
// instant counts, and a d of zero or less has passed at once. If the calendar does not
// hold that much open time within a century, or the axis cannot express the
// answer, it is the largest Duration and false.
func (l *Timeline) Add(at, d time.Duration) (time.Duration, bool) {
	if d <= 0 {
		return at, true
	}
	if l.always {
		if at > math.MaxInt64-d {
			return math.MaxInt64, false
		}
		return at + d, true
	}
	if at >= l.from && at < l.to {
		used := l.used(at)
		if d <= l.total-used {
			return l.reach(used + d), true
		}
		at, d = l.to, d-(l.total-used)
	}
	return l.since(l.calendar.Add(l.axis.At(at), d))
}

// find is the index of the last opening that starts at or before at, -1 if none
// does.
func (l *Timeline) find(at time.Duration) int {
	low, high := 0, len(l.open)
	for low < high {
		middle := int(uint(low+high) / 2)
		if l.open[middle].from <= at {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low - 1
}

// used is the open time from l.from to at, which lies in the laid-out time.
func (l *Timeline) used(at time.Duration) time.Duration {
	i := l.find(at)
	if i < 0 {
		return 0
	}
	o := &l.open[i]
	return o.before + min(at, o.to) - o.from
}

// reach is the first instant at which used is d, for 0 < d ≤ total: it lies in
// the last opening with less than d before it.
func (l *Timeline) reach(d time.Duration) time.Duration {
	low, high := 0, len(l.open)
	for low < high {
		middle := int(uint(low+high) / 2)
		if l.open[middle].before < d {
			low = middle + 1
		} else {
			high = middle
		}
	}
	o := &l.open[low-1]
	return o.from + d - o.before
}

// since places an answer of the calendar on the axis.
func (l *Timeline) since(t time.Time, ok bool) (time.Duration, bool) {
	if !ok {
		return math.MaxInt64, false
	}
	d := l.axis.Since(t)
	return d, d < math.MaxInt64
}
