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

func TestProposedHasTheUnitsOfAMeasuredTime(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		90 * time.Minute: "1" + Thin + "h 30" + Thin + "min", 24 * time.Hour: "24" + Thin + "h", 42 * time.Hour: "42" + Thin + "h",
		48 * time.Hour: "2" + Thin + "d", 60 * time.Hour: "2" + Thin + "d 12" + Thin + "h", 228 * time.Hour: "9" + Thin + "d 12" + Thin + "h", 264 * time.Hour: "11" + Thin + "d",
	} {
		if got := Proposed(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}
