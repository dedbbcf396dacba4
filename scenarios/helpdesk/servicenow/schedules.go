package servicenow

import (
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/terms"
)

// schedules reads the business hours.
func (r *reader) schedules() error {
	byID := map[string]*terms.Schedule{}
	var order []string
	err := r.Each(func(_ string, rec *records.Record) error {
		id := ref(rec, "sys_id")
		if byID[id] != nil || len(order) == 1000 {
			return nil
		}
		zone := ref(rec, "time_zone")
		if zone == "floating" {
			zone = ""
		}
		byID[id] = &terms.Schedule{Name: rec.Text("name"), Zone: r.Zone(zone, rec.Place), Why: "schedule of ServiceNow"}
		order = append(order, id)
		r.Learn(schedules, id, rec.Text("name"))
		return nil
	}, schedules)
	if err != nil {
		return err
	}
	err = r.Each(func(_ string, rec *records.Record) error {
		s := byID[ref(rec, "schedule")]
		if s == nil {
			r.Refuse(rec.Place, "hours of the schedule %s, which is not there", ref(rec, "schedule"))
			return nil
		}
		if !span(s, rec) {
			r.Refuse(rec.Place, "hours of %s from %s to %s, repeated %s", s.Name, rec.Text("start_date_time"), rec.Text("end_date_time"), rec.Text("repeat_type"))
		}
		return nil
	}, spans)
	for _, id := range order {
		r.Book.Schedules = append(r.Book.Schedules, *byID[id])
	}
	return err
}

// span takes hours that repeat, or a day that is left out. It is false for what a calendar
// cannot say.
func span(s *terms.Schedule, rec *records.Record) bool {
	from, err1 := time.Parse("20060102T150405", strings.TrimSuffix(rec.Text("start_date_time"), "Z"))
	to, err2 := time.Parse("20060102T150405", strings.TrimSuffix(rec.Text("end_date_time"), "Z"))
	if err1 != nil || err2 != nil || to.Before(from) {
		return false
	}
	if kind := ref(rec, "type"); kind == "exclude" || kind == "time_off" {
		if rec.Text("repeat_type") != "" || to.Sub(from) > 366*24*time.Hour {
			return false
		}
		for day := from; day.Before(to); day = day.AddDate(0, 0, 1) {
			s.Closed = append(s.Closed, calendar.DateOf(day))
		}
		return true
	}
	minutes := int(to.Sub(from).Minutes())
	if all, _ := rec.Bool("all_day"); all || minutes == 24*60-1 && from.Hour() == 0 { // 00:00 to 23:59 is a day
		minutes = 24 * 60
	}
	if minutes <= 0 || minutes > 24*60 {
		return false
	}
	for _, day := range days(rec, from.Weekday()) {
		start := int(day)*24*60 + from.Hour()*60 + from.Minute()
		terms.Open(&s.Week, start, start+minutes)
	}
	return rec.Text("repeat_type") != "" && len(days(rec, from.Weekday())) > 0
}

// days are those on which a span is repeated. ServiceNow counts them from Monday, 1.
func days(rec *records.Record, first time.Weekday) (list []time.Weekday) {
	if n, ok := rec.Number("repeat_count"); ok && n > 1 {
		return nil // every second week and the like
	}
	switch rec.Text("repeat_type") {
	case "daily":
		return []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	case "weekdays":
		return []time.Weekday{1, 2, 3, 4, 5}
	case "weekends":
		return []time.Weekday{6, 0}
	case "weekly", "specific":
		for _, c := range rec.Text("days_of_week") {
			if c >= '1' && c <= '7' {
				list = append(list, time.Weekday((c-'0')%7))
			}
		}
		if len(list) == 0 {
			list = append(list, first)
		}
	}
	return list
}
