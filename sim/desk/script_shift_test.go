package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
)

// shift reads a shift of a team.
func (p *script) shift(w *words) {
	name := w.next()
	t := slices.IndexFunc(p.s.Teams, func(t staffing.Team) bool { return t.Name == name })
	sh := staffing.Shift{Name: w.next()}
	heads, err := strconv.ParseFloat(w.next(), 64)
	if err != nil {
		panic(err)
	}
	sh.Heads, sh.Days = heads, days(w.next())
	sh.From, sh.To = span(w.next())
	for w.more() {
		key, value := w.option()
		first, length, _ := strings.Cut(value, "/")
		switch key {
		case "break":
			sh.Breaks = append(sh.Breaks, staffing.Break{At: clock(first), Minutes: int(duration(length) / time.Minute)})
		case "learning":
			sh.Learning = staffing.Learning{{From: share(first), To: share(first), For: duration(length)}}
		case "hires":
			sh.Hires = append(sh.Hires, staffing.Hire{On: dateOf(first), Heads: float64(number(length))})
		case "holidays":
			sh.Holidays, sh.HolidaysOnly = true, find([]string{"work", "only"}, value) == 1
		case "part_time":
			sh.PartTime = share(value)
		case "on_call":
			sh.OnCall = &staffing.OnCall{Responds: duration(length)}
			sh.OnCall.Match.Priorities = []ticket.Priority{ticket.Priority(find(p.s.Names.Priorities, first))}
		default:
			panic("unknown " + key)
		}
	}
	p.s.Teams[t].Shifts = append(p.s.Teams[t].Shifts, sh)
}

// abroad reads where a team is, and which days it has off there.
func abroad(t *staffing.Team, key, value string) {
	if key == "zone" {
		zone, err := time.LoadLocation(value)
		if err != nil {
			panic(err)
		}
		t.Zone = zone
		return
	}
	for _, day := range strings.Split(value, ",") {
		t.Holidays = append(t.Holidays, dateOf(day))
	}
}

// dateOf is a day of the first week.
func dateOf(day string) calendar.Date {
	return calendar.Date{Year: 2026, Month: time.March, Day: 2}.AddDays(find(weekdays, day))
}

// share is a percentage.
func share(word string) float64 { return float64(number(strings.TrimSuffix(word, "%"))) / 100 }
