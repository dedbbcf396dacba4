package coverage

import (
	"math"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
)

// places are where support centres usually stand, from west to east.
var places = []string{
	"America/Los_Angeles", "America/Denver", "America/Mexico_City", "America/New_York", "America/Sao_Paulo", "Europe/London", "Europe/Berlin",
	"Africa/Nairobi", "Asia/Dubai", "Asia/Kolkata", "Asia/Bangkok", "Asia/Manila", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
}

const (
	mostPlaces = 3  // that are chosen
	gapAllowed = 60 // minutes of a day that may stay open, as clocks change on other days
)

// around chooses places that work while those where the teams are do not: the fewest with which a day has no more than an hour without
// business hours somewhere, over the whole scenario; of these the ones that leave the least of it, and then those whose
// clocks are most evenly apart.
func (d *deriver) around() []Site {
	zones := d.teamZones()
	var free []*time.Location
	for _, name := range places {
		if zone, err := time.LoadLocation(name); err == nil {
			free = append(free, zone)
		}
	}
	dates, days := d.clocks(append(append([]*time.Location(nil), zones...), free...))
	gap := func(chosen []*time.Location) float64 {
		open, all := 0.0, 0
		for i, date := range dates {
			open += float64(days[i]) * float64(d.uncovered(date, zones, chosen))
			all += days[i]
		}
		return open / float64(all)
	}
	var best []*time.Location
	least := gap(nil)
	for n := 1; n <= mostPlaces && least > gapAllowed; n++ {
		uneven := math.Inf(1)
		choose(free, n, func(chosen []*time.Location) {
			g, u := gap(chosen), d.uneven(chosen)
			if g < least || g == least && u < uneven {
				best, least, uneven = append([]*time.Location(nil), chosen...), g, u
			}
		})
	}
	var out []Site
	for _, zone := range best {
		out = append(out, Site{Zone: zone})
	}
	return out
}

// teamZones are the zones of the teams that take tickets, home before others if somebody is there.
func (d *deriver) teamZones() (zones []*time.Location) {
	seen := map[string]bool{}
	for i := range d.s.Teams {
		if t := &d.s.Teams[i]; taking(t) && !seen[d.zone(t).String()] {
			seen[d.zone(t).String()] = true
			zones = append(zones, d.zone(t))
		}
	}
	return zones
}

// uncovered is how many minutes of a day are in the business hours of none of some places.
func (d *deriver) uncovered(date calendar.Date, zones, more []*time.Location) (n int) {
	var open [day]bool
	for _, list := range [2][]*time.Location{zones, more} {
		for _, z := range list {
			ahead := d.ahead(z, date)
			for m := d.o.Business.From; m < d.o.Business.To; m++ {
				open[((m-ahead)%day+day)%day] = true
			}
		}
	}
	for _, on := range open {
		if !on {
			n++
		}
	}
	return n
}

// uneven is how far the clocks of places, from home on, are from being evenly apart around the globe, in seconds.
func (d *deriver) uneven(chosen []*time.Location) (sum float64) {
	const globe = 24 * 3600
	start := d.s.Time.Start
	for i := range chosen {
		want := offset(start, d.home) + globe*(i+1)/(len(chosen)+1)
		best := globe
		for _, z := range chosen {
			best = min(best, apart(offset(start, z), want))
		}
		sum += float64(best)
	}
	return sum
}

// choose calls f with each choice of n of a list.
func choose(list []*time.Location, n int, f func([]*time.Location)) {
	chosen := make([]*time.Location, 0, n)
	var next func(from int)
	next = func(from int) {
		if len(chosen) == n {
			f(chosen)
			return
		}
		for i := from; i < len(list); i++ {
			chosen = append(chosen, list[i])
			next(i + 1)
			chosen = chosen[:len(chosen)-1]
		}
	}
	next(0)
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
