package scalar

import (
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

const (
	MinutesPerDay = 1440
	timeHint      = "want HH:MM, up to 24:00"
	hoursHint     = "want hours such as \"09:00-17:00\""
)

// parseMinute reads 09:30 as minutes since midnight.
func parseMinute(text string) (int, bool) {
	hours, minutes, ok := strings.Cut(text, ":")
	if !ok || len(hours) < 1 || len(hours) > 2 || len(minutes) != 2 {
		return 0, false
	}
	h, ok1 := smallNumber(hours)
	m, ok2 := smallNumber(minutes)
	total := h*60 + m
	return total, ok1 && ok2 && m < 60 && total <= MinutesPerDay
}

func smallNumber(digits string) (int, bool) {
	n := 0
	for _, r := range digits {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, true
}

// Span is "09:00-17:00". One that ends before it starts crosses midnight, and
// its To is above 1,440.
func Span(v yamltree.Value) (calendar.Span, bool) {
	text, ok := v.Text(`hours such as "09:00-17:00"`)
	if !ok {
		return calendar.Span{}, false
	}
	cut, size := strings.IndexAny(text, "-–"), 1
	if cut < 0 {
		v.Failf(hoursHint, "%q are no hours", Clip(text))
		return calendar.Span{}, false
	}
	if !strings.HasPrefix(text[cut:], "-") {
		size = len("–")
	}
	from, okFrom := Minute(v, text[:cut], 0)
	to, okTo := Minute(v, text[cut+size:], cut+size)
	if !okFrom || !okTo {
		return calendar.Span{}, false
	}
	switch {
	case from == MinutesPerDay:
		v.Failf(hoursHint, "%q starts at the end of the day", Clip(text))
		return calendar.Span{}, false
	case to == from:
		v.Failf("the whole day is 00:00-24:00", "%q ends when it starts", Clip(text))
		return calendar.Span{}, false
	case to < from:
		to += MinutesPerDay
	}
	return calendar.Span{From: from, To: to}, true
}

// Minute reads a part of v's text, which starts at the byte offset.
func Minute(v yamltree.Value, part string, offset int) (int, bool) {
	trimmed := strings.TrimSpace(part)
	m, ok := parseMinute(trimmed)
	if !ok {
		lead := strings.Index(part, trimmed)
		v.Within(offset+lead, len(trimmed)).Failf(timeHint, "%q is not a time of day", Clip(trimmed))
	}
	return m, ok
}

// Spans is one stretch of hours, or a list; closed is none.
func Spans(v yamltree.Value) ([]calendar.Span, bool) {
	if v.Exists() && v.Node.Kind == yamltree.Scalar && v.Node.Text == "closed" {
		return nil, true
	}
	var list []calendar.Span
	good := true
	for _, item := range v.Items() {
		s, ok := Span(item)
		for _, earlier := range list {
			if ok && s.From < earlier.To && earlier.From < s.To {
				item.Failf("join the two, or let one end where the other starts", "%s overlaps hours before it", item.Node.Text)
				ok = false
			}
		}
		good = good && ok
		list = append(list, s)
	}
	return list, good
}

// Date is a day such as 2026-11-27.
func Date(v yamltree.Value) (calendar.Date, bool) {
	text, ok := v.Text("a date, such as 2026-11-27")
	if !ok {
		return calendar.Date{}, false
	}
	d, ok := ParseDate(text)
	if !ok {
		v.Failf("want year-month-day, such as 2026-11-27", "%q is not a date", Clip(text))
	}
	return d, ok
}

// ParseDate reads a date such as 2026-11-27.
func ParseDate(text string) (calendar.Date, bool) {
	d, err := calendar.ParseDate(text)
	return d, err == nil && d.Year >= 1900 && d.Year <= 2200
}

// Moment is a date, or a date and a time of day, on the clocks of zone.
func Moment(v yamltree.Value, zone *time.Location) (time.Time, bool) {
	text, ok := v.Text("a date or a date and time, such as 2026-11-27 08:00")
	if !ok {
		return time.Time{}, false
	}
	day, clock, timed := strings.Cut(text, " ")
	if !timed {
		day, clock, timed = strings.Cut(text, "T")
	}
	d, ok := ParseDate(day)
	if !ok {
		v.Failf("want year-month-day and perhaps a time, such as 2026-11-27 08:00", "%q is not a date", Clip(text))
		return time.Time{}, false
	}
	at := 0
	if timed {
		if at, ok = Minute(v, clock, len(day)+1); !ok {
			return time.Time{}, false
		}
	}
	return d.At(at, zone), true
}

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

const daysHint = "want days such as mon-fri, sat or mon,wed"

// ParseDays reads mon-fri, sat, mon,wed,fri or sat-mon.
func ParseDays(text string) (days [7]bool, ok bool) {
	for _, part := range strings.Split(text, ",") {
		first, last, ranged := strings.Cut(strings.TrimSpace(part), "-")
		if !ranged {
			last = first
		}
		from, ok1 := weekday(first)
		to, ok2 := weekday(last)
		if !ok1 || !ok2 {
			return days, false
		}
		for d := from; ; d = (d + 1) % 7 {
			days[d] = true
			if d == to {
				break
			}
		}
	}
	return days, true
}

// weekday reads mon, Mon or Monday.
func weekday(word string) (time.Weekday, bool) {
	word = strings.ToLower(strings.TrimSpace(word))
	for d := time.Sunday; d <= time.Saturday; d++ {
		if word == weekdays[d] || word == strings.ToLower(d.String()) {
			return d, true
		}
	}
	return 0, false
}

// Days is one set of days or a list of them.
func Days(v yamltree.Value) ([7]bool, bool) {
	var all [7]bool
	good := true
	for _, item := range v.Items() {
		text, ok := item.Text("days")
		if !ok {
			good = false
			continue
		}
		set, ok := ParseDays(text)
		if !ok {
			item.Failf(daysHint, "%q are no days of the week", Clip(text))
		}
		good = good && ok
		for d := range set {
			all[d] = all[d] || set[d]
		}
	}
	return all, good
}

// ByDay reads a map from days to something, each day at most once.
func ByDay(v yamltree.Value, want string, each func(d time.Weekday, v yamltree.Value)) {
	said := map[time.Weekday]string{}
	for _, e := range v.Entries(want) {
		set, ok := ParseDays(e.Key)
		if !ok {
			e.Name.Failf(daysHint, "%q are no days of the week", Clip(e.Key))
			continue
		}
		for d := time.Sunday; d <= time.Saturday; d++ {
			if !set[d] {
				continue
			}
			if before, twice := said[d]; twice {
				e.Name.Failf("", "%s is given twice, by %q and by %q", weekdays[d], before, e.Key)
				break
			}
			said[d] = e.Key
			each(d, e.Value)
		}
	}
}

// months are the words for them.
var months = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// ByMonth reads a map from months to something, each month at most once.
func ByMonth(v yamltree.Value, want string, each func(m time.Month, v yamltree.Value)) {
	said := map[int]string{}
	for _, e := range v.Entries(want) {
		first, last, ranged := strings.Cut(strings.ToLower(e.Key), "-")
		if !ranged {
			last = first
		}
		from, to := slices.Index(months, first), slices.Index(months, last)
		if from < 0 || to < 0 {
			e.Name.Failf("want jan, feb, … dec, or a range such as nov-jan", "%q is no month", Clip(e.Key))
			continue
		}
		for m := from; ; m = (m + 1) % len(months) {
			if before, twice := said[m]; twice {
				e.Name.Failf("", "%s is given twice, by %q and by %q", months[m], before, e.Key)
				break
			}
			said[m] = e.Key
			each(time.Month(m+1), e.Value)
			if m == to {
				break
			}
		}
	}
}

// Zone is the name of a time zone.
func Zone(v yamltree.Value, otherwise *time.Location) *time.Location {
	text, ok := v.Text("a time zone, such as Europe/Berlin")
	if !ok {
		return otherwise
	}
	loc, err := time.LoadLocation(text)
	// "Local" would make a scenario mean something else on every machine.
	if err != nil || text == "Local" || text == "" {
		v.Failf("want a name of the IANA list, such as UTC, Europe/Berlin or America/New_York", "%q is not a time zone", Clip(text))
		return otherwise
	}
	return loc
}
