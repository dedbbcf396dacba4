package format

import (
	"strconv"
	"strings"
	"time"
)

// Exact writes a duration of a single case to the second, and below a second to the
// millisecond: 26 h 3 min 12 s. It has no days, since a working day is not 24 hours long.
func Exact(d time.Duration) string {
	if d < 0 {
		return "-" + Exact(-d)
	}
	if d > 0 && d < time.Second {
		ms := max(d.Round(time.Millisecond), time.Millisecond)
		return strconv.FormatFloat(ms.Seconds(), 'f', -1, 64) + Thin + "s"
	}
	d = d.Round(time.Second)
	parts := hoursOn(d, Count)
	if len(parts) == 0 {
		return "0" + Thin + "s"
	}
	return strings.Join(parts, " ")
}

// Clock writes a local time to the second with the letters of its zone, for the story
// of a single case: Fri 27 Nov 2026 10:00:12 EST.
func Clock(t time.Time) string { return t.Format("Mon 2 Jan 2006 15:04:05 MST") }
