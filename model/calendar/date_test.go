package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"2026-11-27", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"} {
		d, err := ParseDate(good)
		if err != nil || d.String() != good {
			t.Errorf("ParseDate(%q) = %v, %v", good, d, err)
		}
	}
	for _, bad := range []string{"", "none", "2026-02-29", "1900-02-29", "2026-13-01", "2026-1-1", "2026-11-27 ", "27.11.2026", "2026-11-31", "+026-11-27"} {
		if d, err := ParseDate(bad); err == nil || !d.IsZero() {
			t.Errorf("ParseDate(%q) = %v, %v; want the zero date and an error", bad, d, err)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	f.Add("2026-11-27")
	f.Add("2024-02-29")
	f.Add("2026-02-30")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err == nil && d.String() != s {
			t.Errorf("ParseDate(%q) prints as %q", s, d)
		}
	})
}

func TestDateArithmetic(t *testing.T) {
	t.Parallel()
	if got := date("2024-02-28").AddDays(1); got != date("2024-02-29") {
		t.Errorf("the day after 2024-02-28 is %v", got)
	}
	if got := date("2026-03-01").AddDays(-1); got != date("2026-02-28") {
		t.Errorf("the day before 2026-03-01 is %v", got)
	}
	if got := date("2026-11-27").Weekday(); got != time.Friday {
		t.Errorf("2026-11-27 is a %v", got)
	}
	if got := (Date{}).String(); got != "none" {
		t.Errorf("the zero date prints as %q", got)
	}
	if (Date{}).Compare(date("0001-01-01")) >= 0 || date("2026-02-01").Compare(date("2026-01-31")) <= 0 ||
		date("2026-02-01").Compare(date("2026-02-01")) != 0 || date("2025-12-31").Compare(date("2026-01-01")) >= 0 {
		t.Error("dates do not compare by year, month and day")
	}
}

func TestDatesFollowTheStandardLibrary(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(rapid.IntRange(1, 9998).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")),
			rapid.IntRange(1, 31).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		n := rapid.IntRange(-100_000, 100_000).Draw(t, "n")
		d, later := DateOf(day), day.AddDate(0, 0, n)
		if d.Weekday() != day.Weekday() {
			t.Errorf("%v is a %v, not a %v", d, day.Weekday(), d.Weekday())
		}
		if got := d.AddDays(n); got != DateOf(later) {
			t.Errorf("%v and %d days is %v, not %v", d, n, DateOf(later), got)
		}
		if got, want := d.Compare(DateOf(later)), day.Compare(later); got != want {
			t.Errorf("%v against %v: %d, want %d", d, DateOf(later), got, want)
		}
	})
}

func TestDateAtClockChanges(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		zone   string
		date   string
		minute int
		want   string
	}{
		{"an ordinary morning", "America/New_York", "2026-11-27", 9 * 60, "2026-11-27T09:00:00-05:00"},
		{"24:00 is the next midnight", "Asia/Kolkata", "2026-02-28", 1440, "2026-03-01T00:00:00+05:30"},
		{"24:00 before 29 February", "Asia/Kolkata", "2024-02-28", 1440, "2024-02-29T00:00:00+05:30"},
		{"48:00 is the midnight after the next day", "Asia/Kolkata", "2026-12-30", 2880, "2027-01-01T00:00:00+05:30"},

		{"New York before the gap", "America/New_York", "2026-03-08", 119, "2026-03-08T01:59:00-05:00"},
		{"New York, first minute of the gap", "America/New_York", "2026-03-08", 120, "2026-03-08T03:00:00-04:00"},
		{"New York inside the gap", "America/New_York", "2026-03-08", 150, "2026-03-08T03:30:00-04:00"},
		{"New York after the gap", "America/New_York", "2026-03-08", 180, "2026-03-08T03:00:00-04:00"},
		{"New York, the gap reached from the evening before", "America/New_York", "2026-03-07", 1440 + 150, "2026-03-08T03:30:00-04:00"},
		{"New York, the first of two 01:00", "America/New_York", "2026-11-01", 60, "2026-11-01T01:00:00-04:00"},
		{"New York, the first of two 01:59", "America/New_York", "2026-11-01", 119, "2026-11-01T01:59:00-04:00"},
		{"New York, 02:00 happens once", "America/New_York", "2026-11-01", 120, "2026-11-01T02:00:00-05:00"},

		{"Berlin inside the gap", "Europe/Berlin", "2026-03-29", 135, "2026-03-29T03:15:00+02:00"},
		{"Berlin, the first of two 02:30", "Europe/Berlin", "2026-10-25", 150, "2026-10-25T02:30:00+02:00"},
		{"Auckland inside the gap", "Pacific/Auckland", "2026-09-27", 150, "2026-09-27T03:30:00+13:00"},
		{"Auckland, the first of two 02:30", "Pacific/Auckland", "2026-04-05", 150, "2026-04-05T02:30:00+13:00"},
		{"Los Angeles inside the gap", "America/Los_Angeles", "2026-03-08", 150, "2026-03-08T03:30:00-07:00"},

		{"São Paulo has no midnight", "America/Sao_Paulo", "2018-11-04", 0, "2018-11-04T01:00:00-02:00"},
		{"São Paulo, 24:00 of the day before it", "America/Sao_Paulo", "2018-11-03", 1440, "2018-11-04T01:00:00-02:00"},
		{"São Paulo, the first of two 23:30", "America/Sao_Paulo", "2018-02-17", 23*60 + 30, "2018-02-17T23:30:00-02:00"},
		{"São Paulo, the midnight after both", "America/Sao_Paulo", "2018-02-18", 0, "2018-02-18T00:00:00-03:00"},

		{"Lord Howe moves by its half hour", "Australia/Lord_Howe", "2026-10-04", 135, "2026-10-04T02:45:00+11:00"},
		{"Lord Howe, the first of two 01:45", "Australia/Lord_Howe", "2026-04-05", 105, "2026-04-05T01:45:00+11:00"},

		{"Samoa's missing day begins when the next one does", "Pacific/Apia", "2011-12-30", 0, "2011-12-31T00:00:00+14:00"},
		{"Samoa's missing day moves forward by a day", "Pacific/Apia", "2011-12-30", 9 * 60, "2011-12-31T09:00:00+14:00"},

		{"Casablanca goes back for Ramadan", "Africa/Casablanca", "2026-02-15", 150, "2026-02-15T02:30:00+01:00"},
		{"Casablanca during Ramadan", "Africa/Casablanca", "2026-03-01", 9 * 60, "2026-03-01T09:00:00Z"},
		{"Casablanca comes forward after it", "Africa/Casablanca", "2026-03-22", 150, "2026-03-22T03:30:00+01:00"},

		{"St. John's repeated the end of the day before", "America/St_Johns", "2010-11-06", 23*60 + 30, "2010-11-06T23:30:00-02:30"},
		{"the last day of a leap year", "America/New_York", "2028-12-31", 9 * 60, "2028-12-31T09:00:00-05:00"},
		{"the last midnight of a leap year", "Pacific/Auckland", "2040-12-31", 1440, "2041-01-01T00:00:00+13:00"},
		{"Toronto's gap lay across midnight", "America/Toronto", "1919-03-31", 0, "1919-03-31T01:00:00-04:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			z := zone(tt.zone)
			got := date(tt.date).At(tt.minute, z)
			if !got.Equal(instant(tt.want)) || got.Location() != z {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestDateAtMatchesAClockWatchedMinuteByMinute(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		z := drawZone(t)
		w := watch(z.zone, z.around(t))
		day := w.today + int64(rapid.IntRange(-2, 2).Draw(t, "day"))
		minute := rapid.IntRange(0, 2880).Draw(t, "minute")
		want := time.Unix(w.instant(day, minute)*60, 0)
		if got := dateOn(day).At(minute, z.zone); !got.Equal(want) {
			t.Errorf("%v minute %d: got %v, want %v", dateOn(day), minute, got, want.In(z.zone))
		}
	})
}

// Days are counted by hand, since logs have a date in every row: as package time counts them, in any year, and where month and
// day do not exist too.
func TestDaysAreNumberedAsPackageTimeNumbersThem(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		d := Date{rapid.IntRange(-3000, 12_000).Draw(r, "year"), time.Month(rapid.IntRange(-2, 15).Draw(r, "month")), rapid.IntRange(-40, 80).Draw(r, "day")}
		want := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay
		if got := d.number(); got != want {
			r.Fatalf("%v is day %d, want %d", d, got, want)
		}
	})
}
