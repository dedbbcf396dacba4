package fit

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
)

// WholeDays are the first and the last day of a log with tickets that look whole. An export begins and
// ends at any hour: its first day is whole if its tickets begin no later than those of nine in
// ten days do, its last one if anything is heard of it as late as on nine in ten.
func (l *Log) WholeDays() [2]calendar.Date {
	zone := l.Axis.Origin.Location()
	firsts, lasts := map[calendar.Date]time.Duration{}, map[calendar.Date]time.Duration{}
	clock := func(at time.Duration) (calendar.Date, time.Duration) {
		t := l.Axis.At(at).In(zone)
		d := calendar.DateOf(t)
		return d, at - l.Axis.Local(d, 0, zone)
	}
	for _, events := range l.Tickets {
		d, since := clock(events[0].At)
		if at, ok := firsts[d]; !ok || since < at {
			firsts[d] = since
		}
		lasts[d] = max(lasts[d], since)
	}
	var dates []calendar.Date
	for d := range firsts {
		dates = append(dates, d)
	}
	slices.SortFunc(dates, calendar.Date.Compare)
	from, until := dates[0], dates[len(dates)-1]
	if firsts[from] > decile(firsts, 9) {
		from = from.AddDays(1)
	}
	last := lasts[until]
	if d, since := clock(l.Last); d.Compare(until) > 0 {
		last = 24 * time.Hour
	} else {
		last = max(last, since)
	}
	if last < decile(lasts, 1) {
		until = until.AddDays(-1)
	}
	return [2]calendar.Date{from, until}
}

// decile is the k-th decile of the times of days.
func decile(times map[calendar.Date]time.Duration, k int) time.Duration {
	var list []time.Duration
	for _, at := range times {
		list = append(list, at)
	}
	slices.Sort(list)
	return list[min(len(list)-1, k*len(list)/10)]
}
