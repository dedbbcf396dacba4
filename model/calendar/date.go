package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar, without a zone. Dates are comparable
// with ==. The zero Date means none.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the date that the local clock of t's zone shows at t.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// ParseDate reads a date such as 2026-11-27. It refuses any other form, and
// days that do not exist, such as 2026-02-29.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date (want year-month-day, such as 2026-11-27)", s)
	}
	return DateOf(t), nil
}

// IsZero reports whether d is the zero Date, which means none.
func (d Date) IsZero() bool { return d == Date{} }

// Compare is negative if d is before e, zero if they are equal and positive if
// d is after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// AddDays is the date n days later, or earlier if n is negative.
func (d Date) AddDays(n int) Date { return dateOn(d.number() + int64(n)) }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return weekday(d.number()) }

// String is the date as ParseDate reads it, such as 2026-11-27; none for the
// zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return "none"
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// At is the instant at which the wall clocks of zone show the given minute of d,
// in zone. Minutes count from local midnight; 1,440 is the midnight at the end
// of d, and larger ones (up to 2,880 in a Span) lie on the days that follow. A
// time that a clock change skips moves forward by the length of the gap, and one
// that occurs twice is its first occurrence.
func (d Date) At(minute int, zone *time.Location) time.Time {
	c := wallClock{zone: zone}
	return time.Unix(c.instant(d.number(), minute), 0).In(zone)
}

// UTC is Date.At for the zone without clock changes.
func (d Date) UTC(minute int) time.Time {
	return time.Unix(d.number()*secondsPerDay+int64(minute)*60, 0).UTC()
}

// Wall gives what Date.At gives, sooner where it is asked for many times that lie close together. It is not for
// several goroutines at once.
type Wall struct{ clock wallClock }

// NewWall is the wall clock of a zone.
func NewWall(zone *time.Location) *Wall { return &Wall{wallClock{zone: zone}} }

// At is the instant at which the clock shows the given minute of the date, as Date.At has it.
func (w *Wall) At(d Date, minute int) time.Time {
	return time.Unix(w.clock.instant(d.number(), minute), 0).In(w.clock.zone)
}

const secondsPerDay = 24 * 60 * 60

// number counts days from 1970-01-01, which is 0. Day numbers make walking from
// day to day an addition.
func (d Date) number() int64 {
	if d.Month >= time.January && d.Month <= time.December {
		// Years that begin in March have the day of a leap year at their end (Richards 1998, Mapping Time, chapter 25).
		year, month := int64(d.Year), int64(d.Month)-3
		if month < 0 {
			year, month = year-1, month+12
		}
		leaps := year>>2 - floorDiv(year, 100) + floorDiv(year, 400)
		return 365*year + leaps + (153*month+2)/5 + int64(d.Day) - 1 - 719468
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a < q*b {
		q--
	}
	return q
}

// dateOn is the inverse of number.
func dateOn(number int64) Date { return DateOf(time.Unix(number*secondsPerDay, 0).UTC()) }

// weekday of a day number: 1970-01-01 was a Thursday.
func weekday(number int64) time.Weekday {
	return time.Weekday(((number+int64(time.Thursday))%7 + 7) % 7)
}

// A wallClock turns wall-clock times of a zone into instants. It remembers the
// stretch between two clock changes in which it last looked, because the next
// question is nearly always about the same one.
type wallClock struct {
	zone *time.Location

	known      bool
	start, end int64 // Unix seconds of the stretch's clock changes
	offset     int64 // seconds east of UTC in it
}

// instant is the Unix second at which the clock shows the given minute of a day.
//
// It writes the wall-clock time as if it were UTC and walks through the zone's
// clock changes, starting a day earlier: no zone is a whole day off UTC, so the
// first stretch whose offset explains the time holds its first occurrence. If a
// stretch ends too early for the time and the next starts too late, the time was
// skipped, and the offset from before the change moves it forward by the gap.
func (c *wallClock) instant(day int64, minute int) int64 {
	wall := day*secondsPerDay + int64(minute)*60
	c.seek(wall - secondsPerDay)
	for c.end <= wall-c.offset {
		before := c.offset
		c.seek(c.end)
		if wall-c.offset < c.start {
			return wall - before
		}
	}
	return wall - c.offset
}

// Beyond any instant that a zone's clock changes can have.
const never = 1 << 62

// seek moves to the stretch that holds a Unix second.
func (c *wallClock) seek(second int64) {
	if c.known && c.start <= second && second < c.end {
		return
	}
	t := time.Unix(second, 0).In(c.zone)
	_, offset := t.Zone()
	start, end := t.ZoneBounds()
	c.known, c.offset, c.start, c.end = true, int64(offset), -never, never
	if !start.IsZero() {
		c.start = start.Unix()
	}
	if !end.IsZero() {
		c.end = end.Unix()
	}
	if c.end <= second {
		// The time package lets the last stretch of a year, where it
		// follows from a rule, end after 365 days: before 31 December of a
		// leap year is over (seen in Go 1.26). It lasts as long as the year.
		c.end = time.Date(t.UTC().Year()+1, time.January, 1, 0, 0, 0, 0, time.UTC).Unix()
	}
}
