package ticketlog

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
)

var numeric = []string{
	"2/1/2006 15:04", "1/2/2006 15:04:05", "02.01.2006", "2006-01-02 15:04:05", time.RFC3339, "2006-01-02T15:04:05Z0700",
	"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05-07:00", "2006/1/2 15.04", "15:04:05 02-01-2006 Z07:00",
}

// What is read by hand is what package time reads, in every layout; and what package time does not read is not read.
func FuzzTimesReadByHandAreThoseOfPackageTime(f *testing.F) {
	for _, text := range []string{
		"29/2/2016 01:16", "29/2/2015 01:16", "3/4/2026 9:05", "31.04.2026", "2026-03-29 02:30:00", "2026-10-25 02:30:00.25", "2026-03-02T08:30:00Z",
		"2026-03-02T08:30:00.123456789+05:30", "2026-03-02T08:30:00-0330", "2026-03-02 08:30:00 +0000", "2026-03-02  08:30:00", "0001-01-01 00:00:00",
		"2026-12-31 24:00:00", "2026-03-02 08:30:00,5", "2026-03-02 08:30:00.1234567891", "08:30:00 02-03-2026 Z", "2026-03-02 08:30:60", "2026-03-02T08:30:00+24:00",
	} {
		f.Add(text)
	}
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, layout := range numeric {
			c := NewClock(layout, zone)
			if len(c.quick.fields) == 0 {
				t.Fatalf("%q is not read by hand", layout)
			}
			got, ok := c.Quick(text)
			if !ok {
				continue
			}
			want, err := time.Parse(layout, text)
			if err == nil && !c.offset {
				rest := time.Duration(want.Second())*time.Second + time.Duration(want.Nanosecond())
				want = calendar.DateOf(want).At(want.Hour()*60+want.Minute(), zone).Add(rest)
			}
			if err != nil || !got.Equal(want) {
				t.Fatalf("%q in %q is %v, package time has %v, %v", text, layout, got, want, err)
			}
		}
	})
}

func TestLayoutsThatAreMoreThanNumbersAreLeftToPackageTime(t *testing.T) {
	t.Parallel()
	for _, layout := range []string{"2 Jan 2006", "2006-002", "20060102", "2006-01-02 3:04 PM", "2006-01-02 15:04:05.000", "2006-01", "2006-01-02 MST", "2006-01-02 15:04 o'clock", "_2/1/2006", "06-01-02", ""} {
		if p := patternOf(layout); len(p.fields) > 0 {
			t.Errorf("%q is taken for %v", layout, p)
		}
	}
}

func TestTimesOfMostFilesAreReadByHand(t *testing.T) {
	t.Parallel()
	for _, layout := range numeric {
		c := NewClock(layout, time.UTC)
		want, err := time.Parse(layout, reference.Format(layout))
		got, ok := c.Quick(reference.Format(layout))
		if err != nil || !ok || !got.Equal(want) {
			t.Errorf("%s in %q is %v, %v; want %v, %v", reference.Format(layout), layout, got, ok, want, err)
		}
	}
}
