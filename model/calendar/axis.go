package calendar

import "time"

// Axis is simulated time laid on real time: durations count from Origin, which
// is the scenario's start, in the scenario's zone.
type Axis struct{ Origin time.Time }

// At is the instant d after the origin, in the origin's zone.
func (x Axis) At(d time.Duration) time.Time { return x.Origin.Add(d) }

// Since is the time from the origin to t, the inverse of At. It is exact within
// 292 years of the origin and stops there.
func (x Axis) Since(t time.Time) time.Duration { return t.Sub(x.Origin) }

// Local is the time from the origin to a wall-clock time; see Date.At for the
// meaning of minute and for times that a clock change skips or repeats.
func (x Axis) Local(d Date, minute int, zone *time.Location) time.Duration {
	return x.Since(d.At(minute, zone))
}

// Day is a local date, from its midnight to the next; 23 or 25 hours when the
// clock changes, so End of one is Start of the next.
type Day struct {
	Date       Date
	Start, End time.Duration // since the origin
}

// Days lists the local days of zone that overlap [from, to), in order and whole:
// the first may start before from and the last may end after to. A date that the zone
// left out is not listed. It is empty if to is not after from.
func (x Axis) Days(zone *time.Location, from, to time.Duration) []Day {
	var days []Day
	if to <= from {
		return days
	}
	c := wallClock{zone: zone}
	since := func(number int64) time.Duration { return x.Since(time.Unix(c.instant(number, 0), 0)) }
	number := DateOf(x.At(from).In(zone)).number() - 1
	for start := since(number); start < to; number++ {
		end := since(number + 1)
		if start < end && from < end {
			days = append(days, Day{Date: dateOn(number), Start: start, End: end})
		}
		start = end
	}
	return days
}
