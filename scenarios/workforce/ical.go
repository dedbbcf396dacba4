package workforce

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/teambition/rrule-go"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

// mostTimes is how often one event may repeat.
const mostTimes = 20_000

// headsProperty says how many people an event is for, where Headroom has written it.
const headsProperty = "X-HEADROOM-HEADS"

// mostBytes is how large a calendar may be.
const mostBytes = 64 << 20

// readCalendar reads a calendar: every event is a shift of one person, or of as many as attend. Its category, else
// the calendar's name, is the team.
func (x *Roster) readCalendar(r io.Reader, most time.Duration, odd *oddities) (err error) {
	defer func() { // whatever the bugs of the library are, a file must not stop the program
		if bug := recover(); bug != nil {
			err = &ticketlog.Problem{Text: fmt.Sprintf("the calendar cannot be read (%v)", bug)}
		}
	}()
	bounded := &io.LimitedReader{R: r, N: mostBytes}
	cal, err := ics.ParseCalendar(bounded)
	if bounded.N == 0 {
		return &ticketlog.Problem{Text: fmt.Sprintf("the calendar is larger than %d MiB", mostBytes>>20)}
	}
	if err != nil {
		return &ticketlog.Problem{Text: fmt.Sprintf("the calendar cannot be read: %v", err), Hint: "was the file cut off?"}
	}
	team := "desk"
	for _, p := range cal.CalendarProperties {
		if p.IANAToken == "X-WR-CALNAME" && strings.TrimSpace(p.Value) != "" {
			team = strings.TrimSpace(p.Value)
		}
	}
	moved := movedEvents(cal)
	for i, event := range cal.Events() {
		if err := x.event(event, i+1, team, moved, most, odd); err != nil {
			return err
		}
	}
	return nil
}

// movedEvents are the single days of repeated events that have an event of their own instead.
func movedEvents(cal *ics.Calendar) map[string]bool {
	moved := map[string]bool{}
	for _, e := range cal.Events() {
		p := e.GetProperty("RECURRENCE-ID")
		if p == nil {
			continue
		}
		zone := time.UTC
		if id := p.ICalParameters["TZID"]; len(id) > 0 {
			if z, err := time.LoadLocation(id[0]); err == nil {
				zone = z
			}
		}
		for _, layout := range []string{"20060102T150405Z", "20060102T150405"} {
			if at, err := time.ParseInLocation(layout, p.Value, zone); err == nil {
				moved[e.Id()+at.UTC().String()] = true
				break
			}
		}
	}
	return moved
}

// event adds an event, as often as it takes place.
func (x *Roster) event(e *ics.VEvent, number int, team string, moved map[string]bool, most time.Duration, odd *oddities) error {
	start := e.GetProperty(ics.ComponentPropertyDtStart)
	switch {
	case start == nil:
		odd.add(number, "an event has no start: left out")
		return nil
	case len(start.Value) == len("20060102"):
		odd.add(number, "an event is of whole days: left out")
		return nil
	case !strings.HasSuffix(start.Value, "Z") && len(start.ICalParameters["TZID"]) == 0 && x.Zone == nil:
		return &ticketlog.Problem{Text: fmt.Sprintf("event %d starts at %q, which names no zone", number, start.Value), Hint: "declare the zone: --zone Europe/Berlin"}
	}
	from, err := x.at(e, start)
	if err != nil {
		odd.add(number, "the start of an event cannot be read: left out")
		return nil
	}
	to := from
	if end := e.GetProperty(ics.ComponentPropertyDtEnd); end != nil {
		if to, err = x.at(e, end); err != nil {
			odd.add(number, "the end of an event cannot be read: left out")
			return nil
		}
	} else if d := e.GetProperty("DURATION"); d != nil {
		odd.add(number, "an event has a duration in place of an end: left out")
		return nil
	}
	if p := e.GetProperty(ics.ComponentPropertyCategories); p != nil && strings.TrimSpace(p.Value) != "" {
		team = strings.TrimSpace(p.Value)
	}
	if p := e.GetProperty(ics.ComponentPropertyStatus); p != nil && p.Value == "CANCELLED" {
		odd.add(number, "an event is cancelled: left out")
		return nil
	}
	heads := max(1, len(e.Attendees()))
	if p := e.GetProperty(headsProperty); p != nil {
		if n, err := strconv.Atoi(p.Value); err == nil && n >= 0 && n <= mostHeads {
			heads = n
		} else {
			odd.add(number, "the number of heads is none: taken as one")
		}
	}
	times, err := occurrences(e, from, most)
	if err != nil {
		odd.add(number, "the rule by which an event repeats cannot be read: taken as once")
		times = []time.Time{from}
	}
	if len(times) == mostTimes {
		odd.add(number, "an event repeats more than %d times: the rest is left out", mostTimes)
	}
	to = to.In(from.Location())
	over := days(calendar.DateOf(from), calendar.DateOf(to)) - 1
	own := e.GetProperty("RECURRENCE-ID") != nil
	for _, at := range times {
		if !own && moved[e.Id()+at.UTC().String()] {
			continue
		}
		// A night over which the clock changes ends at the same hour on the wall.
		end := calendar.DateOf(at).AddDays(over).At(to.Hour()*60+to.Minute(), at.Location())
		x.add(team, at, end, heads, number, odd)
	}
	return nil
}

// at is a time of an event; one without a zone is in that of the roster.
func (x *Roster) at(e *ics.VEvent, p *ics.IANAProperty) (time.Time, error) {
	zone := x.Zone
	if id := p.ICalParameters["TZID"]; len(id) > 0 {
		z, err := time.LoadLocation(strings.Trim(id[0], `"`))
		if err != nil {
			return time.Time{}, err
		}
		zone = z
	}
	if strings.HasSuffix(p.Value, "Z") {
		return time.Parse("20060102T150405Z", p.Value)
	}
	if zone == nil {
		zone = time.UTC
	}
	return time.ParseInLocation("20060102T150405", p.Value, zone)
}

// occurrences are when an event takes place: once, or by its rule, which is followed for a time if it has no end.
func occurrences(e *ics.VEvent, from time.Time, most time.Duration) ([]time.Time, error) {
	set := &rrule.Set{}
	repeats := false
	for i := range e.Properties {
		p := &e.Properties[i]
		switch p.IANAToken {
		case "RRULE":
			option, err := rrule.StrToROptionInLocation(p.Value, from.Location())
			if err != nil {
				return nil, err
			}
			option.Dtstart = from
			rule, err := rrule.NewRRule(*option)
			if err != nil {
				return nil, err
			}
			set.RRule(rule)
			repeats = true
		case "EXDATE", "RDATE":
			zone := from.Location()
			for text := range strings.SplitSeq(p.Value, ",") {
				layout := "20060102T150405"
				if strings.HasSuffix(text, "Z") {
					layout, zone = "20060102T150405Z", time.UTC
				}
				at, err := time.ParseInLocation(layout, text, zone)
				if err != nil {
					return nil, err
				}
				if p.IANAToken == "EXDATE" {
					set.ExDate(at)
				} else {
					set.RDate(at)
				}
			}
		}
	}
	if !repeats {
		return []time.Time{from}, nil
	}
	set.DTStart(from)
	var times []time.Time
	next := set.Iterator()
	for len(times) < mostTimes {
		at, ok := next()
		if !ok || at.Sub(from) > most {
			break
		}
		times = append(times, at)
	}
	return times, nil
}
