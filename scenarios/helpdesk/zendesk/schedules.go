package zendesk

import (
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/desk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/terms"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// schedules reads the business hours, and writes the promises that count on them.
func (r *reader) schedules() error {
	var list []*terms.Schedule
	byID := map[string]*terms.Schedule{}
	find := func(id, name, zone string, at intake.Place) *terms.Schedule {
		s := byID[id]
		if s == nil && len(list) < 1000 {
			if name == "" {
				name = "schedule " + id
			}
			s = &terms.Schedule{Name: name, Zone: r.Zone(zone, at), Why: "schedule " + id + " of Zendesk"}
			byID[id], list = s, append(list, s)
		}
		return s
	}
	err := r.Each(func(kind string, rec *records.Record) error {
		s := find(rec.Text("id"), rec.Text("name"), rec.Text("time_zone"), rec.Place)
		if s == nil {
			return nil
		}
		intervals := []*records.Record{rec}
		if kind == schedules {
			intervals = rec.List("intervals")
		}
		for _, i := range intervals {
			r.interval(s, i)
		}
		return nil
	}, schedules, intervalRow)
	if err != nil {
		return err
	}
	if err := r.holidays(list, byID); err != nil {
		return err
	}
	for _, s := range list {
		r.Book.Schedules = append(r.Book.Schedules, *s)
	}
	if len(list) > 0 {
		if err := r.choose(list, byID); err != nil {
			return err
		}
	}
	r.promise()
	return nil
}

// interval takes open hours in minutes since Sunday 00:00 by the clocks of the schedule's zone.
func (r *reader) interval(s *terms.Schedule, rec *records.Record) {
	from, ok1 := number(rec.Text("start_time"))
	to, ok2 := number(rec.Text("end_time"))
	if !ok1 || !ok2 || from >= to {
		r.Refuse(rec.Place, "hours of %s from minute %s to minute %s of the week", s.Name, rec.Text("start_time"), rec.Text("end_time"))
		return
	}
	terms.Open(&s.Week, from, to)
}

// holidays closes schedules. Zendesk's own list does not say of which schedule it is.
func (r *reader) holidays(list []*terms.Schedule, byID map[string]*terms.Schedule) error {
	return r.Each(func(_ string, rec *records.Record) error {
		from, err1 := time.Parse(time.DateOnly, rec.Text("start_date"))
		to, err2 := time.Parse(time.DateOnly, rec.Text("end_date"))
		if err1 != nil || err2 != nil || to.Before(from) || to.Sub(from) > 366*24*time.Hour {
			r.Refuse(rec.Place, "the holiday %s from %s to %s", rec.Text("name"), rec.Text("start_date"), rec.Text("end_date"))
			return nil
		}
		closes := list
		if id := rec.Text("schedule_id"); byID[id] != nil {
			closes = []*terms.Schedule{byID[id]}
		} else if id != "" {
			r.Refuse(rec.Place, "the holiday %s of the schedule %s, which is not there", rec.Text("name"), id)
			return nil
		} else if len(list) > 1 {
			r.In.Odd(desk.Unsettled, "holidays do not say of which schedule they are: taken for all", rec.Place)
		}
		for _, s := range closes {
			for day := from; !day.After(to); day = day.AddDate(0, 0, 1) {
				s.Closed = append(s.Closed, calendar.DateOf(day))
			}
		}
		return nil
	}, holidays)
}
