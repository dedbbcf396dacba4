package format_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/reports/format"
)

func TestExactDurationsAreWrittenToTheSecond(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "0 s", time.Nanosecond: "0.001 s", 400 * time.Millisecond: "0.4 s", 1500 * time.Millisecond: "2 s",
		40 * time.Second: "40 s", 90 * time.Minute: "1 h 30 min", 24 * time.Hour: "24 h",
		1200*time.Hour + 3*time.Second: "1 200 h 3 s", -time.Minute - time.Second: "-1 min 1 s",
		time.Hour - time.Millisecond: "1 h",
	} {
		if got := plain(format.Exact(d)); got != want {
			t.Errorf("%v: got %q, want %q", d, got, want)
		}
	}
}

func TestClockSaysItsZone(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	if got := format.Clock(time.Date(2026, 11, 1, 6, 30, 9, 0, time.UTC).In(zone)); got != "Sun 1 Nov 2026 01:30:09 EST" {
		t.Error(got)
	}
	if got := format.Clock(time.Date(2026, 11, 1, 5, 30, 9, 0, time.UTC).In(zone)); got != "Sun 1 Nov 2026 01:30:09 EDT" {
		t.Error(got)
	}
}
