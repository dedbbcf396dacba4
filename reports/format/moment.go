package format

import "time"

// Date writes a local day: Fri 27 Nov 2026.
func Date(t time.Time) string { return t.Format("Mon 2 Jan 2006") }

// Moment writes a local time without year and zone, for sentences whose
// heading says both: Fri 27 Nov 10:00.
func Moment(t time.Time) string { return t.Format("Mon 2 Jan 15:04") }

// LocalInstant writes a local time with its year, where its zone stands beside it: Fri 27 Nov 2026 10:00.
func LocalInstant(t time.Time) string { return t.Format("Mon 2 Jan 2006 15:04") }

// Instant writes a local time in full, with its distance from UTC and the name
// of its zone: 2026-11-27 10:00 -05:00 (America/New_York).
func Instant(t time.Time) string {
	return t.Format("2006-01-02 15:04 -07:00") + " (" + Clean(t.Location().String()) + ")"
}
