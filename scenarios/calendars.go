package scenarios

import (
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// readCalendars reads the section calendars. The first calendar is always open.
func (d *decoder) readCalendars(v yamltree.Value) {
	d.Known.Calendars = scope.Words{Noun: "calendar", Plural: "calendars"}
	d.Known.Calendars.List = []string{scope.Always}
	d.Out.Calendars = []*calendar.Calendar{calendar.Always(d.Zone)}
	for _, e := range v.Entries("a map from names to calendars") {
		if e.Key == scope.Always {
			e.Name.Failf("choose another name", "the calendar always is built in")
			continue
		}
		if _, ok := d.Known.Calendars.Add(e.Name, 1000); ok {
			d.Out.Calendars = append(d.Out.Calendars, d.calendar(e))
		}
	}
}

func (d *decoder) calendar(e yamltree.Entry) *calendar.Calendar {
	c := &calendar.Calendar{Name: e.Key, Zone: d.Zone}
	s := d.Section(e.Value, "calendars.*")
	if v := s.Key("zone"); v.Exists() {
		c.Zone = scalar.Zone(v, d.Zone)
	} else {
		s.Assumed("zone", d.Zone.String())
	}
	scalar.ByDay(s.Need("hours", `write hours: {mon-fri: "09:00-17:00"}`), "a map from days to hours", func(wd time.Weekday, v yamltree.Value) {
		c.Week[wd], _ = scalar.Spans(v)
	})
	closed := d.Holidays(s.Key("holidays"))
	for _, item := range s.Key("closed").Items() {
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
	d.special(c, s.Key("special"))
	if v := s.Key("breaks"); v.Exists() {
		c.Breaks, _ = scalar.Spans(v)
	}
	s.Done()
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
