package roster

import (
	"fmt"
	"iter"
	"strings"
	"time"

	plan "github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// roster is the heads by team, shift and weekday; of a roster by day, week by week.
func (w *writer) roster() paper.Section {
	t := &table.Table{Columns: []table.Column{left("team"), left("week of"), left("shift"), left("breaks")}}
	for _, d := range weekdays() {
		t.Columns = append(t.Columns, right(d.String()[:3], "heads"))
	}
	if w.Weekly {
		t.Columns = append(t.Columns, right("paid hours", "h"), w.cash("pay"))
	}
	data := &table.Table{Columns: []table.Column{left("team"), left("shift"), left("day"), left("weekday"), left("start"), left("end"), right("heads", "")}}
	for i := range w.Shifts {
		l := &w.Shifts[i]
		for first := 0; first < len(l.Heads); first += w.week(first) {
			row := []table.Cell{table.Text(format.Clean(l.Team)), table.Text(""), table.Text(called(l)), table.Text(breaks(l))}
			if !w.Weekly {
				row[1] = table.Text(w.Days[first].Date)
			}
			any, skip := false, int(w.Days[first].Weekday+6)%7
			for range skip {
				row = append(row, table.Text(""))
			}
			for k := first; k < first+w.week(first); k++ {
				row = append(row, count(l.Heads[k]))
				any = any || l.Heads[k] > 0
				if n := l.Heads[k]; n > 0 {
					day := w.Days[k]
					data.Add(table.Text(format.Clean(l.Team)), table.Text(called(l)), table.Text(day.Date), table.Text(day.Weekday.String()),
						table.Text(clock(l.From)), table.Text(clock(l.To)), count(n))
				}
			}
			if w.Weekly {
				row = append(row, table.Num(format.Decimal(l.Hours, 0), l.Hours), amount(l.Pay))
			}
			if any {
				t.Add(row...)
			}
		}
	}
	t.Drop("")
	data.Drop("")
	return paper.Section{Name: "shifts", Title: "The roster", Table: t, Data: data, Words: []string{w.explained()}}
}

func (w *writer) explained() string {
	text := "Heads on the payroll whose shift starts on the day."
	if zones := w.zones(); len(zones) > 1 {
		text += " Hours are on the clocks of each team: " + format.List(zones) + "."
	}
	return text
}

// zones are the zones of the teams, each once.
func (w *writer) zones() (list []string) {
	seen := map[string]bool{}
	for i := range w.Teams {
		if z := format.Clean(w.Teams[i].Zone); !seen[z] {
			seen[z] = true
			list = append(list, z)
		}
	}
	return list
}

// week is how many days from one on lie in its week, which ends on a Sunday.
func (w *writer) week(first int) int {
	return min(7-int(w.Days[first].Weekday+6)%7, len(w.Days)-first)
}

// clock writes minutes since midnight; those of the next day as such.
func clock(minute int) string {
	const day = 24 * 60
	if minute > day {
		minute -= day
	}
	return fmt.Sprintf("%02d:%02d", minute/60, minute%60)
}

// called is the name of a shift, with its hours.
func called(l *plan.Line) string { return plan.Called(format.Clean(l.Shift), l.From, l.To) }

// breaks are those of a shift.
func breaks(l *plan.Line) string {
	var list []string
	for _, b := range l.Breaks {
		text := fmt.Sprintf("%s %d%smin", clock(b.At), b.Minutes, format.Thin)
		if b.Turns > 1 {
			text += fmt.Sprintf(" in %d turns", b.Turns)
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

// tours are the people with their weeks; a terminal shows how many have which days off.
func (w *writer) tours() paper.Section {
	t := &table.Table{Columns: []table.Column{left("team"), left("days off"), right("people", "")}}
	whole := &table.Table{Columns: []table.Column{left("team"), left("person")}}
	for _, d := range weekdays() {
		whole.Columns = append(whole.Columns, left(d.String()))
	}
	for i := range w.Teams {
		c := &w.Teams[i]
		for k := range c.Tours {
			tour := &c.Tours[k]
			days := off(tour)
			if tour.Part {
				days += " (part-time)"
			}
			t.Add(table.Text(format.Clean(c.Team)), table.Text(days), count(len(tour.Shift)))
		}
		for name, week := range people(c) {
			row := []table.Cell{table.Text(format.Clean(c.Team)), table.Text(name)}
			for _, d := range weekdays() {
				row = append(row, table.Text(w.does(week[d])))
			}
			whole.Add(row...)
		}
	}
	words := "Everybody has the same days off in each week; people keep their place in the order of starts, so that their hours change little from day to day."
	return paper.Section{Name: "people", Title: "Who has which days off", Table: whole, Brief: t, Words: []string{words}}
}

// people are those of a team, by name, with what they do by time.Weekday.
func people(c *plan.Crew) iter.Seq2[string, [7]int] {
	return func(yield func(string, [7]int) bool) {
		person := 0
		for k := range c.Tours {
			for _, week := range c.Tours[k].Shift {
				person++
				if !yield(fmt.Sprintf("%s %d", format.Clean(c.Team), person), week) {
					return
				}
			}
		}
	}
}

// does is what somebody does on a day.
func (w *writer) does(shift int) string {
	switch {
	case shift == plan.Off:
		return "off"
	case shift < 0 || shift >= len(w.Shifts):
		return "spare"
	}
	return called(&w.Shifts[shift])
}

// off are the days off of a tour.
func off(t *plan.Turn) string {
	var days []string
	for _, d := range weekdays() {
		if !t.Works[d] {
			days = append(days, d.String())
		}
	}
	if len(days) == 0 {
		return "none"
	}
	return format.List(days)
}

// local is a time of the scenario on the clocks of its zone.
func (w *writer) local(since time.Duration) time.Time { return w.Scenario.Start.Add(since) }
