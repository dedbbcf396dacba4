package coverage

import (
	"strings"
	"time"
)

// places are where support centres usually stand, from west to east.
var places = []string{
	"America/Los_Angeles", "America/Denver", "America/Mexico_City", "America/New_York", "America/Sao_Paulo", "Europe/London", "Europe/Berlin",
	"Africa/Nairobi", "Asia/Dubai", "Asia/Kolkata", "Asia/Bangkok", "Asia/Manila", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
}

// around are the two places whose clocks, at an instant, are nearest to eight hours ahead of home and behind it.
func around(home time.Time) []Site {
	var out []Site
	for _, hours := range [...]int{8, -8} {
		want := offset(home, home.Location()) + hours*3600
		var best *time.Location
		for _, name := range places {
			zone, err := time.LoadLocation(name)
			if err != nil {
				continue
			}
			if best == nil || apart(offset(home, zone), want) < apart(offset(home, best), want) {
				best = zone
			}
		}
		if best != nil {
			out = append(out, Site{Zone: best})
		}
	}
	return out
}

// apart is the distance of two offsets around the globe, in seconds.
func apart(a, b int) int {
	const globe = 24 * 3600
	d := ((a-b)%globe + globe) % globe
	return min(d, globe-d)
}

// offset is how many seconds a zone is ahead of UTC at an instant.
func offset(at time.Time, zone *time.Location) int {
	_, seconds := at.In(zone).Zone()
	return seconds
}

// cityOf is the last part of a zone's name.
func cityOf(zone *time.Location) string {
	name := zone.String()
	return strings.ReplaceAll(name[strings.LastIndex(name, "/")+1:], "_", " ")
}
