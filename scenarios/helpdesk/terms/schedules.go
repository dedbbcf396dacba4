package terms

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/scenarios/draft"
)

// Schedule is business hours.
type Schedule struct {
	Name    string
	Zone    string // IANA; empty for that of the scenario
	Week    calendar.Week
	Closed  []calendar.Date
	Special map[calendar.Date][]calendar.Span // hours in place of those of the week
	Why     string                            // where it comes from
}

// Open opens a week between two minutes since Sunday 00:00, day by day. What is open twice is so once.
func Open(week *calendar.Week, from, to int) {
	const day = 24 * 60
	for from < to {
		d := from / day
		end := min(to, (d+1)*day)
		week[d%len(week)] = join(append(week[d%len(week)], calendar.Span{From: from - d*day, To: end - d*day}))
		from = end
	}
}

// join puts spans in order and makes one of those that meet.
func join(spans []calendar.Span) []calendar.Span {
	slices.SortFunc(spans, func(a, b calendar.Span) int { return cmp.Compare(a.From, b.From) })
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, s.To)
			continue
		}
		out = append(out, s)
	}
	return out
}

// writeSchedules gives the names that schedules have in the scenario, by their own. The first of
// one name counts.
func (b *Book) writeSchedules(parts *draft.Map) map[string]string {
	calendars := map[string]string{}
	taken := names{map[string]bool{"always": true}}
	for _, s := range b.Schedules {
		if _, twice := calendars[s.Name]; twice || !s.opens() {
			continue
		}
		name := taken.of(s.Name)
		calendars[s.Name] = name
		c := parts.Map("calendars", "").Map(name, s.Why)
		if s.Zone != "" {
			c.Set("zone", s.Zone, "")
		}
		writeWeek(c.Map("hours", ""), &s.Week)
		closed := slices.Clone(s.Closed)
		slices.SortFunc(closed, calendar.Date.Compare)
		var days []string
		for _, day := range slices.Compact(closed) {
			days = append(days, day.String())
		}
		if len(days) > 0 {
			c.Flow("closed", days, "")
		}
		for _, day := range slices.SortedFunc(maps.Keys(s.Special), calendar.Date.Compare) {
			writeSpans(c.Map("special", ""), day.String(), s.Special[day])
		}
	}
	return calendars
}

// opens reports whether there are any hours; a calendar without any is refused by scenarios.
func (s *Schedule) opens() bool {
	return slices.ContainsFunc(s.Week[:], func(day []calendar.Span) bool { return len(day) > 0 })
}

var weekdays = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// writeWeek joins days with the same hours: mon-fri.
func writeWeek(m *draft.Map, week *calendar.Week) {
	const days = len(weekdays)
	for i := 0; i < days; {
		day := (i + 1) % days // from Monday on
		n := 1
		for i+n < days && slices.Equal(week[(day+n)%days], week[day]) {
			n++
		}
		if key := weekdays[day]; len(week[day]) > 0 {
			if n > 1 {
				key += "-" + weekdays[(day+n-1)%days]
			}
			writeSpans(m, key, week[day])
		}
		i += n
	}
}

func writeSpans(m *draft.Map, key string, spans []calendar.Span) {
	var texts []string
	for _, s := range spans {
		texts = append(texts, clock(s.From)+"-"+clock(s.To))
	}
	switch len(texts) {
	case 0:
		m.Set(key, "closed", "")
	case 1:
		m.Set(key, texts[0], "")
	default:
		m.Flow(key, texts, "")
	}
}

// clock is a minute of a day, or of the next one.
func clock(minute int) string {
	if minute > 24*60 {
		minute -= 24 * 60
	}
	return fmt.Sprintf("%02d:%02d", minute/60, minute%60)
}
