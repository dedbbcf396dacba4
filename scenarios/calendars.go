package scenarios

import (
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// readCalendars reads the section calendars. The first calendar is always open.
func (d *decoder) readCalendars(v yamltree.Value) {
	d.known.calendars = words{noun: "calendar", plural: "calendars"}
	d.known.calendars.list = []string{always}
	d.out.Calendars = []*calendar.Calendar{calendar.Always(d.zone)}
	for _, e := range v.Entries("a map from names to calendars") {
		if e.Key == always {
			e.Name.Failf("choose another name", "the calendar always is built in")
			continue
		}
		if _, ok := d.known.calendars.add(e.Name, 1000); ok {
			d.out.Calendars = append(d.out.Calendars, d.calendar(e))
		}
	}
}

func (d *decoder) calendar(e yamltree.Entry) *calendar.Calendar {
	c := &calendar.Calendar{Name: e.Key, Zone: d.zone}
	s := d.section(e.Value, "calendars.*")
	if v := s.take("zone"); v.Exists() {
		c.Zone = scalar.Zone(v, d.zone)
	} else {
		s.assumed("zone", d.zone.String())
	}
	scalar.ByDay(s.need("hours", `write hours: {mon-fri: "09:00-17:00"}`), "a map from days to hours", func(wd time.Weekday, v yamltree.Value) {
		c.Week[wd], _ = scalar.Spans(v)
	})
	closed := d.holidays(s.take("holidays"))
	for _, item := range s.take("closed").Items() {
		if day, ok := scalar.Date(item); ok {
			closed = append(closed, day)
		}
	}
	if len(closed) > 0 {
		c.Closed = make(map[calendar.Date]bool, len(closed))
	}
	for _, day := range closed {
		c.Closed[day] = true
	}
	d.special(c, s.take("special"))
	if v := s.take("breaks"); v.Exists() {
		c.Breaks, _ = scalar.Spans(v)
	}
	s.close()
	return c
}

func (d *decoder) special(c *calendar.Calendar, v yamltree.Value) {
	for _, e := range v.Entries("a map from dates to hours") {
		day, ok := scalar.Date(e.Name)
		if !ok {
			continue
		}
		if c.Override == nil {
			c.Override = map[calendar.Date][]calendar.Span{}
		}
		c.Override[day], _ = scalar.Spans(e.Value)
	}
}
