package format

import (
	"testing"
	"time"
)

func TestBetweenCountsLocalDays(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	at := func(month time.Month, day, hour int) time.Time {
		return time.Date(2026, month, day, hour, 0, 0, 0, zone)
	}
	for _, row := range []struct {
		name     string
		from, to time.Time
		want     string
	}{
		{"five weeks over the clock change in spring", at(3, 2, 0), at(4, 6, 0), "35" + Thin + "days"},
		{"two days over the clock change in autumn", at(10, 31, 0), at(11, 2, 0), "2" + Thin + "days"},
		{"the day of 25 hours", at(11, 1, 0), at(11, 2, 0), "1" + Thin + "day"},
		{"part of a day", at(3, 2, 8), at(3, 3, 10), "26" + Thin + "h"},
		{"nothing", at(3, 2, 8), at(3, 2, 8), "0" + Thin + "s"},
	} {
		if got := Between(row.from, row.to); got != row.want {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
}
