package calendar

import (
	"cmp"
	"slices"
	"time"
)

const minutesPerDay = 24 * 60

// searchDays bounds every search for open time: a century.
const searchDays = 36_525

// longestWalk is the longest time over which one walk adds up open time. It lies
// well inside searchDays, and in what a Duration can hold.
const longestWalk = 36_000 * 24 * time.Hour

// A stretch is a half-open piece of real time, in Unix seconds.
type stretch struct{ from, to int64 }

// A layout turns the hours of consecutive dates into stretches of real time. It
// keeps its buffers, so that a walk through many days allocates only once.
type layout struct {
	*Calendar
	clock   wallClock
	hours   []stretch // of spans, before anything is taken out
	without []stretch // breaks and closed dates
	open    []stretch // the result
}

// reach is how many dates before a window may have hours that lie in it: one
// because a span may run through the next date, and one for a clock change that
// moves its end past another midnight. The date after a window counts too: when a
// gap lies across midnight, hours that start right behind it start before the
// midnight, which is moved.
const reach = 2

// window lays out the dates numbered first to last: it returns the open
// stretches, sorted, disjoint and not touching, cut off at the midnights at the
// window's ends, and these two. The result is valid until the next call.
func (l *layout) window(first, last int64) (open []stretch, start, end int64) {
	l.hours, l.without, l.open = l.hours[:0], l.without[:0], l.open[:0]
	for day := first - reach; day <= last+1; day++ {
		l.lay(day)
	}
	l.hours, l.without = union(l.hours), union(l.without)
	start, end = l.clock.instant(first, 0), l.clock.instant(last, minutesPerDay)
	l.subtract(start, end)
	return l.open, start, end
}

// lay adds what is said about one date.
func (l *layout) lay(day int64) {
	date := dateOn(day)
	spans, ok := l.Override[date]
	if !ok {
		spans = l.Week[weekday(day)]
	}
	if l.Closed[date] {
		spans = nil
		l.without = l.add(l.without, day, Span{0, minutesPerDay})
	}
	if len(spans)+len(l.Breaks) == 0 {
		return
	}
	if l.clock.instant(day, 0) >= l.clock.instant(day, minutesPerDay) {
		return // the zone left this date out
	}
	for _, s := range spans {
		l.hours = l.add(l.hours, day, s)
	}
	for _, s := range l.Breaks {
		l.without = l.add(l.without, day, s)
	}
}

// add appends a span of a date, unless a clock change leaves nothing of it.
func (l *layout) add(list []stretch, day int64, s Span) []stretch {
	from, to := l.clock.instant(day, s.From), l.clock.instant(day, s.To)
	if from >= to {
		return list
	}
	return append(list, stretch{from, to})
}

// union sorts stretches and joins those that meet, in place.
func union(list []stretch) []stretch {
	slices.SortFunc(list, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	out := list[:0]
	for _, s := range list {
		if n := len(out); n > 0 && s.from <= out[n-1].to {
			out[n-1].to = max(out[n-1].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}

// subtract puts what is in hours but not in without, between start and end, into
// open. Both lists are unions.
func (l *layout) subtract(start, end int64) {
	without := l.without
	for _, s := range l.hours {
		from, to := max(s.from, start), min(s.to, end)
		for len(without) > 0 && without[0].to <= from {
			without = without[1:]
		}
		for _, w := range without {
			if w.from >= to {
				break
			}
			if from < w.from {
				l.open = append(l.open, stretch{from, w.from})
			}
			from = w.to
		}
		if from < to {
			l.open = append(l.open, stretch{from, to})
		}
	}
}

// walk calls visit with the open stretches from t on, in order and relative to t,
// the first cut off at t. It stops when visit returns false, or when the dates
// up to the given number of days after t have been visited. Stretches that meet
// may come in two parts.
func (c *Calendar) walk(t time.Time, days int64, visit func(from, to time.Duration) bool) {
	today := DateOf(t.In(c.Zone)).number()
	last := min(today+days, c.lastHours()+reach)
	l := layout{Calendar: c, clock: wallClock{zone: c.Zone}}
	// The local date at t is at most one off the midnights between which t
	// lies (they differ when the clock goes back across midnight).
	for first, size := today-1, int64(4); first <= last; first, size = first+size, min(2*size, 64) {
		open, _, _ := l.window(first, first+size-1)
		for _, s := range open {
			to := time.Unix(s.to, 0).Sub(t)
			if to <= 0 {
				continue
			}
			if !visit(max(0, time.Unix(s.from, 0).Sub(t)), to) {
				return
			}
		}
	}
}

// lastHours is the number of the last date on which hours can start: that of the
// last override when the week itself has none.
func (c *Calendar) lastHours() int64 {
	for _, spans := range c.Week {
		if len(spans) > 0 {
			return never
		}
	}
	last := int64(-never)
	for date, spans := range c.Override {
		if len(spans) > 0 {
			last = max(last, date.number())
		}
	}
	return last
}
