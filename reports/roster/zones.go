package roster

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	ics "github.com/arran4/golang-ical"
)

// zonesOf are the zones in which shifts start, in the order of their names.
func zonesOf(all []duty) (list []*time.Location) {
	for i := range all {
		if z := all[i].zone; !slices.ContainsFunc(list, func(o *time.Location) bool { return o.String() == z.String() }) {
			list = append(list, z)
		}
	}
	slices.SortFunc(list, func(a, b *time.Location) int {
		switch {
		case a.String() < b.String():
			return -1
		case a.String() > b.String():
			return 1
		}
		return 0
	})
	return list
}

const localStamp = "20060102T150405"

// writeZone writes out a zone: which distance from UTC holds from when on, between two moments
// and a day beyond.
func writeZone(cal *ics.Calendar, zone *time.Location, from, until time.Time) {
	z := cal.AddTimezone(zone.String())
	until = until.AddDate(0, 0, 2)
	for at := from.In(zone); ; {
		begin, end := at.ZoneBounds()
		_, to := at.Zone()
		before := to
		start := time.Date(1970, time.January, 1, 0, 0, 0, 0, zone).Format(localStamp)
		if !begin.IsZero() {
			_, before = begin.Add(-time.Second).In(zone).Zone()
			// The clock shows the time of the distance that ends.
			start = begin.In(time.FixedZone("", before)).Format(localStamp)
		}
		var o *ics.ComponentBase
		if at.IsDST() {
			d := &ics.Daylight{}
			z.Components = append(z.Components, d)
			o = &d.ComponentBase
		} else {
			o = &z.AddStandard().ComponentBase
		}
		o.SetProperty(ics.ComponentPropertyDtStart, start)
		o.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), offset(before))
		o.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), offset(to))
		if end.IsZero() || end.After(until) {
			return
		}
		at = end.In(zone)
	}
}

// offset writes a distance from UTC in seconds.
func offset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	text := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if s := seconds % 60; s != 0 {
		text += fmt.Sprintf("%02d", s)
	}
	return text
}

// identifier is one of an event: the same for the same text, and without any of its letters.
func identifier(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16]) + "@headroom"
}
