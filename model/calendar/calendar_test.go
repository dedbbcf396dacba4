package calendar

import (
	"math"
	"testing"
	"time"
)

func TestOpenInsideAndOutside(t *testing.T) {
	t.Parallel()
	thanksgiving := office("America/New_York")
	thanksgiving.Closed = map[Date]bool{date("2026-11-26"): true, date("2026-11-25"): false}
	thanksgiving.Override = map[Date][]Span{date("2026-11-26"): spans("08:00-20:00"), date("2026-11-27"): spans("10:00-14:00")}
	thanksgiving.Breaks = spans("12:00-12:30")

	nights := daily("Asia/Kolkata", "22:00-30:00")
	nights.Closed = map[Date]bool{date("2026-01-26"): true}
	nights.Override = map[Date][]Span{date("2026-02-01"): spans("20:00-23:00"), date("2026-02-05"): {}}
	nights.Breaks = spans("23:45-24:15")

	samoa := office("Pacific/Apia")
	twoDays := &Calendar{Zone: zone("Pacific/Apia"), Override: map[Date][]Span{date("2011-12-29"): spans("00:00-46:40")}}
	tests := []struct {
		name            string
		calendar        *Calendar
		inside, outside []string
	}{
		{
			"half-open office hours in New York", office("America/New_York"),
			[]string{"2026-11-23T09:00:00-05:00", "2026-11-23T16:59:59.999999999-05:00", "2026-11-27T12:00:00-05:00", "2026-07-01T09:00:00-04:00"},
			[]string{"2026-11-23T08:59:59.999999999-05:00", "2026-11-23T17:00:00-05:00", "2026-11-28T12:00:00-05:00", "2026-11-29T12:00:00-05:00", "2026-07-01T17:00:00-04:00"},
		},
		{
			"the same hours east of Greenwich", office("Asia/Kolkata"),
			[]string{"2026-11-23T03:30:00Z", "2026-11-23T11:29:59Z"},
			[]string{"2026-11-23T03:29:59Z", "2026-11-23T11:30:00Z", "2026-11-22T05:00:00Z"},
		},
		{
			"in Auckland Monday begins while it is Sunday in Europe", office("Pacific/Auckland"),
			[]string{"2026-11-22T20:00:00Z", "2026-11-23T03:59:59Z"},
			[]string{"2026-11-22T19:59:59Z", "2026-11-23T04:00:00Z", "2026-11-27T20:00:00Z"},
		},
		{
			"in Los Angeles Friday ends while it is Saturday in Europe", office("America/Los_Angeles"),
			[]string{"2026-11-28T00:59:59Z", "2026-11-23T17:00:00Z"},
			[]string{"2026-11-28T01:00:00Z", "2026-11-23T16:59:59Z"},
		},
		{
			"a holiday beats its override, an override replaces, a break subtracts", thanksgiving,
			[]string{"2026-11-25T09:00:00-05:00", "2026-11-25T11:59:59-05:00", "2026-11-25T12:30:00-05:00", "2026-11-27T10:00:00-05:00", "2026-11-27T13:59:59-05:00"},
			[]string{"2026-11-25T12:00:00-05:00", "2026-11-25T12:29:59-05:00", "2026-11-26T08:00:00-05:00", "2026-11-26T10:00:00-05:00",
				"2026-11-27T09:00:00-05:00", "2026-11-27T12:15:00-05:00", "2026-11-27T14:00:00-05:00", "2026-11-27T16:00:00-05:00"},
		},
		{
			"nights belong to the day on which they start", nights,
			[]string{"2026-01-20T22:00:00+05:30", "2026-01-21T00:15:00+05:30", "2026-01-21T05:59:59+05:30", "2026-01-25T23:44:59+05:30",
				"2026-02-01T05:00:00+05:30", "2026-02-01T20:00:00+05:30", "2026-02-05T05:59:59+05:30", "2026-02-06T22:00:00+05:30"},
			[]string{"2026-01-20T21:59:59+05:30", "2026-01-21T06:00:00+05:30", "2026-01-20T23:45:00+05:30", "2026-01-21T00:14:59+05:30",
				"2026-01-26T00:15:00+05:30", "2026-01-26T03:00:00+05:30", "2026-01-26T22:30:00+05:30", "2026-01-27T03:00:00+05:30",
				"2026-02-01T23:00:00+05:30", "2026-02-02T03:00:00+05:30", "2026-02-05T22:30:00+05:30", "2026-02-06T03:00:00+05:30"},
		},
		{
			"29 February is a Thursday in 2024 and not there in 2026", office("Europe/Berlin"),
			[]string{"2024-02-29T09:00:00+01:00", "2024-02-29T16:59:00+01:00", "2024-03-01T09:00:00+01:00"},
			[]string{"2024-02-29T17:00:00+01:00", "2026-02-28T12:00:00+01:00", "2026-03-01T12:00:00+01:00"},
		},
		{
			"Berlin in the hour that is skipped", daily("Europe/Berlin", "02:15-02:45"),
			[]string{"2026-03-28T02:15:00+01:00", "2026-03-29T03:15:00+02:00", "2026-03-29T03:44:59+02:00"},
			[]string{"2026-03-29T01:59:59+01:00", "2026-03-29T03:00:00+02:00", "2026-03-29T03:45:00+02:00"},
		},
		{
			"hours that would end before they begin are lost", daily("Europe/Berlin", "02:30-03:00"),
			[]string{"2026-03-28T02:30:00+01:00", "2026-03-30T02:30:00+02:00"},
			[]string{"2026-03-29T01:30:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-29T03:30:00+02:00"},
		},
		{
			"Berlin in the hour that comes twice", daily("Europe/Berlin", "02:30-04:00"),
			[]string{"2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T02:30:00+01:00", "2026-10-25T03:59:59+01:00"},
			[]string{"2026-10-25T02:29:59+02:00", "2026-10-25T04:00:00+01:00"},
		},
		{
			"Berlin closes at the first of two closing times", daily("Europe/Berlin", "00:00-02:30"),
			[]string{"2026-10-25T02:29:59+02:00"},
			[]string{"2026-10-25T02:30:00+02:00", "2026-10-25T02:10:00+01:00", "2026-10-25T02:30:00+01:00"},
		},
		{
			"New York across both clock changes", daily("America/New_York", "01:30-02:30"),
			[]string{"2026-03-08T01:30:00-05:00", "2026-03-08T03:29:59-04:00", "2026-11-01T01:30:00-04:00", "2026-11-01T01:00:00-05:00", "2026-11-01T02:29:59-05:00"},
			[]string{"2026-03-08T01:29:59-05:00", "2026-03-08T03:30:00-04:00", "2026-11-01T01:29:59-04:00", "2026-11-01T02:30:00-05:00"},
		},
		{
			"a night over the skipped midnight of São Paulo", daily("America/Sao_Paulo", "23:00-25:00"),
			[]string{"2018-11-03T23:00:00-03:00", "2018-11-03T23:59:59-03:00", "2018-11-02T00:30:00-03:00"},
			[]string{"2018-11-03T22:59:59-03:00", "2018-11-04T01:00:00-02:00", "2018-11-04T01:30:00-02:00"},
		},
		{
			"Samoa had no 30 December 2011", samoa,
			[]string{"2011-12-29T16:59:59-10:00", "2012-01-02T09:00:00+14:00"},
			// That Friday's hours must not turn up on the Saturday.
			[]string{"2011-12-29T17:00:00-10:00", "2011-12-31T09:00:00+14:00", "2011-12-31T12:00:00+14:00", "2012-01-01T12:00:00+14:00"},
		},
		{
			"hours that run into the day that Samoa left out end on the next", twoDays,
			[]string{"2011-12-29T00:00:00-10:00", "2011-12-31T00:00:00+14:00", "2011-12-31T22:39:59+14:00"},
			[]string{"2011-12-31T22:40:00+14:00", "2011-12-28T23:59:59-10:00"},
		},
		{
			"Casablanca stands an hour back in Ramadan", office("Africa/Casablanca"),
			[]string{"2026-02-13T08:00:00Z", "2026-02-16T09:00:00Z", "2026-03-23T08:00:00Z"},
			[]string{"2026-02-13T16:00:00Z", "2026-02-16T08:59:59Z", "2026-03-23T16:00:00Z"},
		},
		{
			"an always open calendar", Always(zone("UTC")),
			[]string{"2026-11-23T09:00:00Z", "0001-01-01T00:00:00Z"}, nil,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if err := tt.calendar.Check(); err != nil {
				t.Error(err)
			}
			for _, s := range tt.inside {
				if !tt.calendar.Open(instant(s)) {
					t.Errorf("%s is outside", s)
				}
				if next, ok := tt.calendar.NextOpen(instant(s)); !ok || !next.Equal(instant(s)) {
					t.Errorf("%s is inside, but next open is %v", s, next)
				}
			}
			for _, s := range tt.outside {
				if tt.calendar.Open(instant(s)) {
					t.Errorf("%s is inside", s)
				}
			}
		})
	}
}

func TestOpenTimeOfADay(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		zone  string
		hours string
		day   string
		want  time.Duration
	}{
		{"a full ordinary day", "Europe/Berlin", "00:00-24:00", "2026-06-15", 24 * time.Hour},
		{"a full day of 25 hours in Berlin", "Europe/Berlin", "00:00-24:00", "2026-10-25", 25 * time.Hour},
		{"a full day of 23 hours in Berlin", "Europe/Berlin", "00:00-24:00", "2026-03-29", 23 * time.Hour},
		{"a full day of 25 hours in New York", "America/New_York", "00:00-24:00", "2026-11-01", 25 * time.Hour},
		{"a full day of 23 hours in New York", "America/New_York", "00:00-24:00", "2026-03-08", 23 * time.Hour},
		{"a full day in two halves", "America/New_York", "00:00-12:00 12:00-24:00", "2026-11-01", 25 * time.Hour},
		{"a full day of 24½ hours on Lord Howe", "Australia/Lord_Howe", "00:00-24:00", "2026-04-05", 24*time.Hour + 30*time.Minute},
		{"a full day of 23½ hours on Lord Howe", "Australia/Lord_Howe", "00:00-24:00", "2026-10-04", 23*time.Hour + 30*time.Minute},
		{"a day without midnight in São Paulo", "America/Sao_Paulo", "00:00-24:00", "2018-11-04", 23 * time.Hour},
		{"a day with two last hours in São Paulo", "America/Sao_Paulo", "00:00-24:00", "2018-02-17", 25 * time.Hour},
		{"the last two hours of that day", "America/Sao_Paulo", "23:00-24:00", "2018-02-17", 2 * time.Hour},
		{"the day that Samoa left out", "Pacific/Apia", "00:00-24:00", "2011-12-30", 0},
		{"the day before it", "Pacific/Apia", "00:00-24:00", "2011-12-29", 24 * time.Hour},
		{"the day after it", "Pacific/Apia", "00:00-24:00", "2011-12-31", 24 * time.Hour},
		{"29 February", "Asia/Kolkata", "00:00-24:00", "2024-02-29", 24 * time.Hour},
		{"a night that is an hour shorter", "Europe/Berlin", "00:00-06:00 22:00-24:00", "2026-03-29", 7 * time.Hour},
		{"a night that is an hour longer", "Europe/Berlin", "00:00-06:00 22:00-24:00", "2026-10-25", 9 * time.Hour},
		{"office hours do not notice", "Europe/Berlin", "09:00-17:00", "2026-10-25", 8 * time.Hour},
		{"overlapping hours count once", "Europe/Berlin", "09:00-17:00 16:00-18:00", "2026-06-15", 9 * time.Hour},
		{"23:59 is not 24:00", "Europe/Berlin", "00:00-23:59", "2026-06-15", 24*time.Hour - time.Minute},
		{"two nights meet in one day", "Asia/Kolkata", "22:00-30:00", "2026-06-15", 8 * time.Hour},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, d := daily(tt.zone, tt.hours), date(tt.day)
			from, to := d.At(0, c.Zone), d.At(1440, c.Zone)
			if got := c.Between(from, to); got != tt.want {
				t.Errorf("%v from %v to %v, want %v", got, from, to, tt.want)
			}
			x := Axis{Origin: from.UTC()}
			if got := c.On(x, 0).Between(0, x.Since(to)); got != tt.want {
				t.Errorf("%v on a timeline, want %v", got, tt.want)
			}
		})
	}
}

func TestAroundTheClockLeavesNoMinuteClosed(t *testing.T) {
	t.Parallel()
	for _, z := range oddZones {
		c := daily(z.name, "00:00-24:00")
		c.Breaks = spans("12:00-12:01") // without it the calendar takes a short cut
		for _, change := range append(z.changes, "2026-07-01T00:00:00Z") {
			middle := instant(change).Add(-36 * time.Hour).Truncate(time.Minute)
			for minute := range 3 * minutesPerDay {
				at := middle.Add(time.Duration(minute) * time.Minute)
				lunch := at.In(c.Zone).Hour() == 12 && at.In(c.Zone).Minute() == 0
				if c.Open(at) == lunch {
					t.Fatalf("at %v open is %v", at.In(c.Zone), !lunch)
				}
			}
		}
	}
}

func TestAdd(t *testing.T) {
	t.Parallel()
	split := office("America/New_York")
	split.Breaks = spans("12:00-13:00")
	split.Closed = map[Date]bool{date("2026-11-30"): true}
	tests := []struct {
		name     string
		calendar *Calendar
		from     string
		d        time.Duration
		want     string
	}{
		{"four business hours on Friday at closing time end on Monday", office("America/New_York"), "2026-11-27T17:00:00-05:00", 4 * time.Hour, "2026-11-30T13:00:00-05:00"},
		{"one second before closing", office("America/New_York"), "2026-11-27T16:59:59-05:00", 4 * time.Hour, "2026-11-30T12:59:59-05:00"},
		{"a closing instant counts", office("America/New_York"), "2026-11-27T13:00:00-05:00", 4 * time.Hour, "2026-11-27T17:00:00-05:00"},
		{"a nanosecond more waits for Monday", office("America/New_York"), "2026-11-27T13:00:00-05:00", 4*time.Hour + 1, "2026-11-30T09:00:00.000000001-05:00"},
		{"nothing has passed at once, even when closed", office("America/New_York"), "2026-11-28T13:00:00-05:00", 0, "2026-11-28T13:00:00-05:00"},
		{"less than nothing too", office("America/New_York"), "2026-11-28T13:00:00-05:00", -time.Hour, "2026-11-28T13:00:00-05:00"},
		{"lunch and a holiday in between", split, "2026-11-27T11:00:00-05:00", 8 * time.Hour, "2026-12-01T12:00:00-05:00"},
		{"the same answer from another zone", office("America/New_York"), "2026-11-27T22:00:00Z", 4 * time.Hour, "2026-11-30T18:00:00Z"},
		{"a weekend with a spring change", office("Europe/Berlin"), "2026-03-27T16:00:00+01:00", 2 * time.Hour, "2026-03-30T10:00:00+02:00"},
		{"a night with a spring change ends on real time", daily("Europe/Berlin", "22:00-30:00"), "2026-03-28T22:00:00+01:00", 7 * time.Hour, "2026-03-29T06:00:00+02:00"},
		{"a night with an autumn change too", daily("Europe/Berlin", "22:00-30:00"), "2026-10-24T22:00:00+02:00", 9 * time.Hour, "2026-10-25T06:00:00+01:00"},
		{"over 29 February", office("Asia/Kolkata"), "2024-02-28T16:00:00+05:30", 10 * time.Hour, "2024-03-01T10:00:00+05:30"},
		{"over the day that Samoa left out", daily("Pacific/Apia", "09:00-17:00"), "2011-12-29T16:00:00-10:00", 2 * time.Hour, "2011-12-31T10:00:00+14:00"},
		{"a year of office hours", office("UTC"), "2025-12-31T17:00:00Z", 261 * 8 * time.Hour, "2026-12-31T17:00:00Z"},
		{"an always open calendar", Always(zone("UTC")), "2026-11-27T17:00:00Z", 48 * time.Hour, "2026-11-29T17:00:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			from := instant(tt.from)
			got, ok := tt.calendar.Add(from, tt.d)
			if !ok || !got.Equal(instant(tt.want)) {
				t.Errorf("got %v %v, want %v", got, ok, tt.want)
			}
			if got.Location() != from.Location() {
				t.Errorf("the answer is in %v, the question was in %v", got.Location(), from.Location())
			}
			x := Axis{Origin: from}
			if d, ok := tt.calendar.On(x, time.Hour).Add(0, tt.d); !ok || !x.At(d).Equal(instant(tt.want)) {
				t.Errorf("on a timeline %v %v, want %v", x.At(d), ok, tt.want)
			}
		})
	}
}

func TestSearchesEnd(t *testing.T) {
	t.Parallel()
	lunch := office("Europe/Berlin")
	lunch.Breaks = spans("08:00-18:00")
	once := &Calendar{Zone: zone("Europe/Berlin"), Override: map[Date][]Span{date("2030-01-01"): spans("09:00-10:00")}}
	start := instant("2026-11-27T17:00:00Z")
	tests := []struct {
		name     string
		calendar *Calendar
	}{
		{"no hours at all", &Calendar{Zone: zone("UTC")}},
		{"a break that takes everything", lunch},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := tt.calendar
			l := c.On(Axis{Origin: start}, time.Hour)
			if c.Open(start) || l.Open(0) {
				t.Error("it is open")
			}
			if next, ok := c.NextOpen(start); ok || !next.IsZero() {
				t.Errorf("it opens at %v", next)
			}
			if end, ok := c.Add(start, 1); ok || !end.IsZero() {
				t.Errorf("open time has passed at %v", end)
			}
			if next, ok := l.NextOpen(0); ok || next != math.MaxInt64 {
				t.Errorf("on a timeline it opens at %v", next)
			}
			if end, ok := l.Add(0, 1); ok || end != math.MaxInt64 {
				t.Errorf("on a timeline open time has passed at %v", end)
			}
			if got := c.Between(start, start.AddDate(200, 0, 0)); got != 0 {
				t.Errorf("%v open in two centuries", got)
			}
		})
	}
	t.Run("one hour in all of history", func(t *testing.T) {
		t.Parallel()
		if next, ok := once.NextOpen(start); !ok || !next.Equal(instant("2030-01-01T08:00:00Z")) {
			t.Errorf("it opens at %v %v", next, ok)
		}
		if end, ok := once.Add(start, time.Hour); !ok || !end.Equal(instant("2030-01-01T09:00:00Z")) {
			t.Errorf("the hour has passed at %v %v", end, ok)
		}
		if end, ok := once.Add(start, time.Hour+1); ok {
			t.Errorf("more than the hour has passed at %v", end)
		}
		if got := once.Between(start, start.AddDate(250, 0, 0)); got != time.Hour {
			t.Errorf("%v open in 250 years", got)
		}
	})
}

func TestBetweenOverCenturies(t *testing.T) {
	t.Parallel()
	// 400 Gregorian years are 20,871 weeks exactly, too long for a Duration; their
	// office hours are not.
	hour := weekly("UTC", "09:00-10:00", "", "")
	from := instant("1826-01-01T00:00:00Z")
	if got, want := hour.Between(from, from.AddDate(400, 0, 0)), 20_871*5*time.Hour; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	long := daily("UTC", "00:00-23:59")
	if got := long.Between(from, from.AddDate(400, 0, 0)); got != math.MaxInt64 {
		t.Errorf("got %v, want the largest duration", got)
	}
}
