package calendar

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// In a watched week the calendar must say what the watcher saw.
func TestCalendarMatchesAClockWatchedMinuteByMinute(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		z := drawZone(t)
		middle := z.around(t)
		c := drawCalendar(t, z.zone, middle)
		w := watch(z.zone, middle)
		open := w.paint(c)
		at := func(minute int64) time.Time { return time.Unix((w.start+minute)*60, 0) }

		a, b := drawInstant(t, middle, 4, "a"), drawInstant(t, middle, 4, "b")
		if b.Before(a) {
			a, b = b, a
		}
		i := a.Truncate(time.Minute).Unix()/60 - w.start
		if got := c.Open(a); got != open[i] {
			t.Fatalf("Open(%v) is %v", a.In(z.zone), got)
		}
		var between time.Duration
		for m := i; at(m).Before(b); m++ {
			if open[m] {
				between += min(at(m+1).Sub(a), time.Minute, b.Sub(a), b.Sub(at(m)))
			}
		}
		if got := c.Between(a, b); got != between {
			t.Fatalf("Between(%v, %v) is %v, watched %v", a.In(z.zone), b.In(z.zone), got, between)
		}

		next := a
		for m := i; !open[m] && m < int64(len(open))-minutesPerDay; m++ {
			next = at(m + 1)
		}
		if end := at(int64(len(open)) - minutesPerDay); next.Before(end) {
			if got, ok := c.NextOpen(a); !ok || !got.Equal(next) {
				t.Fatalf("NextOpen(%v) is %v %v, watched %v", a.In(z.zone), got.In(z.zone), ok, next.In(z.zone))
			}
		}
		if between > 0 {
			// The last open instant before b is where the time between
			// was used up.
			m := b.Add(-1).Truncate(time.Minute).Unix()/60 - w.start
			for m > i && !open[m] {
				m--
			}
			want := at(m + 1)
			if b.Before(want) {
				want = b
			}
			if got, ok := c.Add(a, between); !ok || !got.Equal(want) {
				t.Fatalf("Add(%v, %v) is %v %v, watched %v", a.In(z.zone), between, got.In(z.zone), ok, want.In(z.zone))
			}
		}
	})
}

func TestAddIsTheInverseOfBetween(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		z := drawZone(t)
		middle := z.around(t)
		c := drawCalendar(t, z.zone, middle)
		start := drawInstant(t, middle, 8, "start")
		d := time.Duration(rapid.Int64Range(0, int64(200*time.Hour)).Draw(t, "d"))
		if rapid.Bool().Draw(t, "whole hours") {
			d = d.Truncate(time.Hour)
		}
		end, ok := c.Add(start, d)
		if !ok {
			if c.Check() == nil && c.Between(start, start.AddDate(90, 0, 0)) >= d {
				t.Fatalf("Add(%v, %v) found no end", start, d)
			}
			return
		}
		if got := c.Between(start, end); got != d {
			t.Fatalf("%v from %v end at %v, but %v lie between", d, start, end, got)
		}
		if d > 0 && c.Between(start, end.Add(-1)) >= d {
			t.Fatalf("%v from %v have passed before %v", d, start, end)
		}
	})
}

func TestBetweenIsAdditiveInAnyOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		z := drawZone(t)
		middle := z.around(t)
		c := drawCalendar(t, z.zone, middle)
		x, y, w := drawInstant(t, middle, 100, "x"), drawInstant(t, middle, 8, "y"), drawInstant(t, middle, 8, "z")
		if got, want := c.Between(x, y)+c.Between(y, w), c.Between(x, w); got != want {
			t.Fatalf("%v by way of %v, %v directly", got, y, want)
		}
		if got := c.Between(x, y); x.Before(y) && (got < 0 || got > y.Sub(x)) {
			t.Fatalf("%v open in %v", got, y.Sub(x))
		}
	})
}

func TestTimelineEqualsCalendar(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		z, home := drawZone(t), drawZone(t)
		middle := z.around(t)
		c := drawCalendar(t, z.zone, middle)
		x := Axis{Origin: drawInstant(t, middle, 8, "origin").In(home.zone)}
		l := c.On(x, time.Duration(rapid.IntRange(0, 20).Draw(t, "days"))*24*time.Hour)
		for range 8 {
			a, b := drawInstant(t, middle, 8, "a"), drawInstant(t, middle, rapid.SampledFrom([]int{8, 120}).Draw(t, "far"), "b")
			from, to := x.Since(a), x.Since(b)
			if got, want := l.Open(from), c.Open(a); got != want {
				t.Fatalf("Open(%v) is %v on the timeline, %v in the calendar", a, got, want)
			}
			if got, want := l.Between(from, to), c.Between(a, b); got != want {
				t.Fatalf("Between(%v, %v) is %v on the timeline, %v in the calendar", a, b, got, want)
			}
			sameInstant(t, x, "NextOpen", func() (time.Duration, bool) { return l.NextOpen(to) }, func() (time.Time, bool) { return c.NextOpen(b) })
			d := time.Duration(rapid.Int64Range(-1, int64(400*time.Hour)).Draw(t, "d"))
			sameInstant(t, x, "Add", func() (time.Duration, bool) { return l.Add(from, d) }, func() (time.Time, bool) { return c.Add(a, d) })
		}
	})
}

func sameInstant(t *rapid.T, x Axis, name string, timeline func() (time.Duration, bool), calendar func() (time.Time, bool)) {
	d, ok := timeline()
	want, found := calendar()
	if ok != found || ok && !x.At(d).Equal(want) {
		t.Fatalf("%s is %v %v on the timeline, %v %v in the calendar", name, x.At(d), ok, want, found)
	}
}

// What a window shows must not depend on where it begins and ends.
func TestWindowsAreCutFromOneWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		z := drawZone(t)
		middle := z.around(t)
		c := drawCalendar(t, z.zone, middle)
		first := DateOf(middle.In(z.zone)).number() + int64(rapid.IntRange(-3, 3).Draw(t, "first"))
		last := first + int64(rapid.IntRange(0, 3).Draw(t, "more"))
		l := layout{Calendar: c, clock: wallClock{zone: z.zone}}
		whole, _, _ := l.window(first-10, last+10)
		whole = slices.Clone(whole)
		open, start, end := l.window(first, last)
		var want []stretch
		for _, s := range whole {
			if s.from, s.to = max(s.from, start), min(s.to, end); s.from < s.to {
				want = append(want, s)
			}
		}
		if !slices.Equal(open, want) {
			t.Fatalf("the window has %v, the whole %v", open, want)
		}
		for i, s := range open {
			if s.from >= s.to || i > 0 && s.from <= open[i-1].to {
				t.Fatalf("the stretches %v are not apart", open)
			}
		}
	})
}

// Two clock changes that carry hours over the midnights at a window's ends.
func TestWindowsReachBeyondTheirEnds(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		zone     string
		from     string // the date on which the hours start
		hours    string
		window   string // the date laid out
		opens    string
		closes   string
		midnight string // the window's end
	}{
		{"hours from before the date that Samoa left out", "Pacific/Apia", "2011-12-29", "00:00-46:40", "2011-12-31",
			"2011-12-31T00:00:00+14:00", "2011-12-31T22:40:00+14:00", "2012-01-01T00:00:00+14:00"},
		{"hours from just behind Toronto's gap, before its moved midnight", "America/Toronto", "1919-03-31", "00:30-09:00", "1919-03-30",
			"1919-03-31T00:30:00-04:00", "1919-03-31T01:00:00-04:00", "1919-03-31T01:00:00-04:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := &Calendar{Zone: zone(tt.zone), Override: map[Date][]Span{date(tt.from): spans(tt.hours)}}
			l := layout{Calendar: c, clock: wallClock{zone: c.Zone}}
			open, _, end := l.window(date(tt.window).number(), date(tt.window).number())
			want := []stretch{{instant(tt.opens).Unix(), instant(tt.closes).Unix()}}
			if !slices.Equal(open, want) || end != instant(tt.midnight).Unix() {
				t.Errorf("got %v to %d, want %v to %d", open, end, want, instant(tt.midnight).Unix())
			}
		})
	}
}

func TestDaysPartitionTheAxis(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		z, home := drawZone(t), drawZone(t)
		middle := z.around(t)
		x := Axis{Origin: middle.In(home.zone)}
		from, to := x.Since(drawInstant(t, middle, 8, "from")), x.Since(drawInstant(t, middle, 8, "to"))
		days := x.Days(z.zone, from, to)
		if to <= from {
			if len(days) > 0 {
				t.Fatalf("%d days in no time", len(days))
			}
			return
		}
		if days[0].Start > from || days[0].End <= from {
			t.Fatalf("the first day is %v, from is %v", days[0], from)
		}
		if last := days[len(days)-1]; last.Start >= to || last.End < to {
			t.Fatalf("the last day is %v, to is %v", last, to)
		}
		for i, day := range days {
			if day.Start != x.Local(day.Date, 0, z.zone) || day.End != x.Local(day.Date, minutesPerDay, z.zone) {
				t.Fatalf("%v does not lie between its midnights", day)
			}
			if i > 0 && (day.Start != days[i-1].End || day.Date.Compare(days[i-1].Date) <= 0) {
				t.Fatalf("%v does not follow %v", day, days[i-1])
			}
		}
	})
}
