package coverage

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/staffing"
)

// near is how far apart, in seconds, the clocks of two places are at most that work the same day.
const near = 2 * 3600

// sun lets a team work business hours of its own on all days, where it is; and where none that could do its work is near, people like
// those of the team work theirs.
func (d *deriver) sun(p *Plan, old *staffing.Team, team int) {
	home := d.zone(old)
	d.days(&p.Scenario.Teams[team], old, team, home, d.own[team])
	d.site(p, home)
	for _, site := range d.allSites() {
		if d.together(site.Zone, home) {
			continue
		}
		heads := d.need(team, d.o.Business, site.Zone) - d.there(team, site.Zone)
		if heads <= 0 {
			continue
		}
		t := *old
		t.Name = old.Name + " " + cityOf(site.Zone)
		t.Shifts, t.Zone, t.Overtime = nil, site.Zone, nil
		if site.Cost > 0 {
			t.Cost.PerHour = site.Cost
		}
		d.days(&t, old, team, site.Zone, heads)
		p.Scenario.Teams = append(p.Scenario.Teams, t)
		p.Scenario.Names.Teams = append(p.Scenario.Names.Teams, t.Name)
		d.site(p, site.Zone)
	}
}

// allSites are the places that are said or chosen, and those of the other teams.
func (d *deriver) allSites() []Site {
	all := slices.Clone(d.o.Sites)
	for _, zone := range d.teamZones() {
		if !slices.ContainsFunc(all, func(s Site) bool { return d.together(s.Zone, zone) }) {
			all = append(all, Site{Zone: zone})
		}
	}
	return all
}

// days adds business hours of a place: with so many heads on their days, and on the other days with as many as tickets take.
func (d *deriver) days(t, old *staffing.Team, team int, zone *time.Location, heads float64) {
	w := d.o.Business
	d.open(t, old, w, zone, "day", heads)
	for i := range w.Days {
		w.Days[i] = !w.Days[i]
	}
	if w.Hours() > 0 {
		d.open(t, old, w, zone, "other-days", d.need(team, w, zone))
	}
}

// there are the heads that other teams have in a place, if they can do all that a team does.
func (d *deriver) there(team int, zone *time.Location) (heads float64) {
	for i := range d.s.Teams {
		if t := &d.s.Teams[i]; i != team && d.day[i] > 0 && able(t, &d.s.Teams[team]) && d.together(zone, d.zone(t)) {
			heads += d.own[i]
		}
	}
	return heads
}

// together reports whether two places work the same day.
func (d *deriver) together(a, b *time.Location) bool {
	start := d.s.Time.Start
	return apart(offset(start, a), offset(start, b)) <= near
}

// site notes a place other than home.
func (d *deriver) site(p *Plan, zone *time.Location) {
	if city := cityOf(zone); zone.String() != d.home.String() && !slices.Contains(p.Sites, city) {
		p.Sites = append(p.Sites, city)
	}
}
