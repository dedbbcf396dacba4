package calendar

import (
	"strings"
	"testing"
	"time"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	with := func(change func(c *Calendar)) *Calendar {
		c := office("Europe/Berlin")
		change(c)
		return c
	}
	tests := []struct {
		name     string
		calendar *Calendar
		want     []string // one per problem
	}{
		{"office hours", office("Europe/Berlin"), nil},
		{"always", Always(zone("UTC")), nil},
		{"hours that meet", daily("UTC", "13:00-24:00 00:00-12:00"), nil},
		{"hours that meet across midnight", daily("UTC", "06:00-30:00"), nil},
		{"open on one date only", &Calendar{Zone: time.UTC, Override: map[Date][]Span{date("2026-01-01"): spans("09:00-10:00")}}, nil},
		{"no zone", &Calendar{Always: true}, []string{"no time zone"}},
		{"always, and hours", with(func(c *Calendar) { c.Always = true }), []string{"always open and also states"}},
		{"always, and holidays", &Calendar{Zone: time.UTC, Always: true, Closed: map[Date]bool{date("2026-01-01"): true}}, []string{"always open and also states"}},
		{"no hours", &Calendar{Zone: time.UTC}, []string{"never open"}},
		{"a break that takes everything", with(func(c *Calendar) { c.Breaks = spans("08:00-17:00") }), []string{"never open"}},
		{"breaks of two days that take a night", &Calendar{Zone: time.UTC, Week: Week{time.Monday: spans("22:00-30:00")}, Breaks: spans("00:00-06:00 22:00-24:00")}, []string{"never open"}},
		{"its only date is a holiday", &Calendar{Zone: time.UTC, Closed: map[Date]bool{date("2026-01-01"): true}, Override: map[Date][]Span{date("2026-01-01"): spans("09:00-10:00")}}, []string{"never open"}},
		{"its only date was left out by the zone", &Calendar{Zone: zone("Pacific/Apia"), Override: map[Date][]Span{date("2011-12-30"): spans("09:00-10:00")}}, []string{"never open"}},
		{"a span that ends before it starts", with(func(c *Calendar) { c.Week[time.Tuesday] = spans("22:00-06:00") }), []string{"tue: 22:00-06:00 ends before it starts"}},
		{"a span of no length", with(func(c *Calendar) { c.Breaks = spans("12:00-12:00") }), []string{"break: 12:00-12:00 ends before it starts"}},
		{"a start before midnight", with(func(c *Calendar) { c.Week[time.Sunday] = []Span{{-30, 60}} }), []string{"sun: -30 min-01:00 must start between"}},
		{"a start at 24:00", with(func(c *Calendar) { c.Week[time.Sunday] = spans("24:00-25:00") }), []string{"sun: 24:00-25:00 must start between"}},
		{"an end after two days", with(func(c *Calendar) { c.Override = map[Date][]Span{date("2026-01-02"): spans("00:00-48:01")} }), []string{"2026-01-02: 00:00-48:01 ends later"}},
		{"an overlap on a day", daily("UTC", "16:00-20:00 09:00-17:00"), []string{
			"sun 16:00-20:00 overlaps sun 09:00-17:00", "mon 16", "tue 16", "wed 16", "thu 16", "fri 16", "sat 16"}},
		{"an overlap across midnight", with(func(c *Calendar) { c.Week[time.Monday] = spans("22:00-33:01") }), []string{"tue 09:00-17:00 overlaps mon 22:00-33:01"}},
		{"an overlap from Saturday into Sunday", &Calendar{Zone: time.UTC, Week: Week{time.Saturday: spans("20:00-30:00"), time.Sunday: spans("05:00-08:00")}}, []string{"sun 05:00-08:00 overlaps sat 20:00-30:00"}},
		{"an overlap from Saturday into Monday", with(func(c *Calendar) {
			c.Week[time.Saturday] = spans("23:00-48:00")
			c.Week[time.Monday] = spans("00:00-10:00")
		}), nil},
		{"overlaps behind a long span", &Calendar{Zone: time.UTC, Week: Week{time.Monday: spans("08:00-20:00 09:00-10:00 11:00-12:00")}}, []string{
			"mon 09:00-10:00 overlaps mon 08:00-20:00", "mon 11:00-12:00 overlaps mon 08:00-20:00"}},
		{"an overlap in an override", with(func(c *Calendar) { c.Override = map[Date][]Span{date("2026-01-02"): spans("09:00-12:00 11:00-13:00")} }), []string{"2026-01-02 11:00-13:00 overlaps 2026-01-02 09:00-12:00"}},
		{"overlapping breaks", with(func(c *Calendar) { c.Breaks = spans("12:00-13:00 12:30-13:30") }), []string{"break 12:30-13:30 overlaps break 12:00-13:00"}},
		{"several problems at once, dates in order", with(func(c *Calendar) {
			c.Override = map[Date][]Span{date("2026-05-02"): spans("10:00-09:00"), date("2026-05-01"): spans("10:00-09:00"), date("2025-05-01"): spans("10:00-09:00")}
		}), []string{"2025-05-01", "2026-05-01", "2026-05-02"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			if err := tt.calendar.Check(); err != nil {
				got = strings.Split(err.Error(), "\n")
			}
			if len(got) != len(tt.want) {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			for i := range got {
				if !strings.Contains(got[i], tt.want[i]) {
					t.Errorf("got %q, want %q", got[i], tt.want[i])
				}
			}
		})
	}
}

func TestWorkingDay(t *testing.T) {
	t.Parallel()
	lunch := office("America/New_York")
	lunch.Breaks = spans("12:00-12:30")
	lunch.Closed = map[Date]bool{date("2026-11-26"): true}
	nights := daily("Europe/Berlin", "22:00-30:00")
	nights.Breaks = spans("02:00-03:00")
	tests := []struct {
		name     string
		calendar *Calendar
		want     time.Duration
		ok       bool
	}{
		{"office hours", office("America/New_York"), 8 * time.Hour, true},
		{"office hours with lunch", lunch, 7*time.Hour + 30*time.Minute, true},
		{"nights with a break on the next date", nights, 7 * time.Hour, true},
		{"always", Always(zone("UTC")), 24 * time.Hour, true},
		{"the same length at other hours", weekly("UTC", "09:00-17:00", "12:00-20:00", ""), 8 * time.Hour, true},
		{"a short Saturday", weekly("UTC", "09:00-17:00", "10:00-14:00", ""), 0, false},
		{"no weekly hours", &Calendar{Zone: time.UTC}, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got, ok := tt.calendar.WorkingDay(); got != tt.want || ok != tt.ok {
				t.Errorf("got %v %v, want %v %v", got, ok, tt.want, tt.ok)
			}
		})
	}
}
