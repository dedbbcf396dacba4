package roster

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/headroom-sim/headroom/model/calendar"
	plan "github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// duty is a shift of some heads on a day of the scenario.
type duty struct {
	team  *staffing.Team
	shift *staffing.Shift
	zone  *time.Location
	date  calendar.Date
	heads int
}

func (d *duty) called() string {
	return plan.Called(format.Clean(d.shift.Name), d.shift.From, d.shift.To)
}

func (d *duty) from() time.Time { return d.date.At(d.shift.From, d.zone) }
func (d *duty) to() time.Time   { return d.date.At(d.shift.To, d.zone) }

// duties are all shifts of the roster that start within the scenario's time, the warm-up included, in the order of
// their starts. People on call are not at work, and not among them.
func duties(p *plan.Proposal) (list []duty) {
	axis := calendar.Axis{Origin: p.Scenario.Start}
	type key struct {
		team, shift int
		date        calendar.Date
	}
	at := map[key]int{}
	heads := map[key]float64{}
	for _, d := range staffing.Duties(p.Staffed, axis, 0, p.Scenario.Length) {
		if d.OnCall || d.Overtime || d.From < 0 {
			continue
		}
		k := key{d.Team, d.Shift, d.Date}
		if _, ok := at[k]; !ok {
			at[k] = len(list)
			team := &p.Staffed[d.Team]
			zone := team.Zone
			if zone == nil {
				zone = p.Scenario.Start.Location()
			}
			list = append(list, duty{team: team, shift: &team.Shifts[d.Shift], zone: zone, date: d.Date})
		}
		heads[k] += d.Gross // of one crew of it
	}
	for k, i := range at {
		list[i].heads = int(math.Round(heads[k]))
	}
	return slices.DeleteFunc(list, func(d duty) bool { return d.heads == 0 })
}

// WriteCSV writes the roster with a line for each shift and day of the scenario: from when to when, on the
// team's clocks, and how many heads, on the payroll. headroom import reads it back.
func WriteCSV(w io.Writer, p *plan.Proposal) error {
	t := &table.Table{Columns: []table.Column{left("team"), left("shift"), left("weekday"), left("start"), left("end"), right("heads", "")}}
	const stamp = "2006-01-02T15:04:05-07:00"
	for _, d := range duties(p) {
		t.Add(table.Text(format.Clean(d.team.Name)), table.Text(d.called()), table.Text(d.from().Weekday().String()),
			table.Text(d.from().Format(stamp)), table.Text(d.to().Format(stamp)), table.Num(strconv.Itoa(d.heads), float64(d.heads)))
	}
	return t.WriteCSV(w)
}

// headsProperty says how many people an event is for.
const headsProperty = "X-HEADROOM-HEADS"

// WriteCalendar writes the roster as iCalendar (RFC 5545), with local times of zones that are written out. Where people
// have days off there is an event for each person and day, otherwise one for each shift and day, with its
// heads in the summary. headroom import reads it back.
func WriteCalendar(w io.Writer, p *plan.Proposal) error {
	all := duties(p)
	cal := ics.NewCalendar()
	cal.SetProductId("-//" + format.Clean(p.Tool) + "//roster//EN")
	cal.SetXWRCalName(format.Clean(p.Scenario.Name))
	for _, z := range zonesOf(all) {
		writeZone(cal, z, p.Scenario.Start, p.Scenario.Start.Add(p.Scenario.Length))
	}
	byPerson := persons(p)
	for i := range all {
		d := &all[i]
		names := byPerson[place{d.team.Name, plan.Hours(d.shift.From, d.shift.To), d.date.Weekday()}]
		if len(names) == d.heads {
			for _, name := range names {
				event(cal, p, d, name, fmt.Sprintf("%s: %s", name, d.called()), 1)
			}
			continue
		}
		event(cal, p, d, "heads", fmt.Sprintf("%d × %s, %s", d.heads, format.Clean(d.team.Name), d.called()), d.heads)
	}
	return cal.SerializeTo(w, ics.WithNewLine("\r\n"))
}

// place is where a person works on a day of the week.
type place struct {
	team, hours string
	weekday     time.Weekday
}

// persons are the people of the tours by where they work, each called by its team and number. Nobody is, where a team has
// spare people, since these come on days on which none of its shifts needs them.
func persons(p *plan.Proposal) map[place][]string {
	names := map[place][]string{}
	for i := range p.Teams {
		c := &p.Teams[i]
		for name, week := range people(c) {
			for d, shift := range week {
				if shift >= 0 && shift < len(p.Shifts) {
					l := &p.Shifts[shift]
					at := place{c.Team, plan.Hours(l.From, l.To), time.Weekday(d)}
					names[at] = append(names[at], name)
				}
			}
		}
	}
	return names
}

// event adds an event. Its identifier is the same whenever the same roster is written.
func event(cal *ics.Calendar, p *plan.Proposal, d *duty, who, summary string, heads int) {
	e := cal.AddEvent(identifier(fmt.Sprintf("%s-%s-%s-%s-%s", p.Scenario.Digest, d.team.Name, d.shift.Name, who, d.date)))
	e.SetProperty(ics.ComponentPropertyDtstamp, p.Scenario.Start.UTC().Format("20060102T150405Z")) // the roster has no other time
	zone := ics.WithTZID(d.zone.String())
	e.SetProperty(ics.ComponentPropertyDtStart, d.from().Format(localStamp), zone)
	e.SetProperty(ics.ComponentPropertyDtEnd, d.to().Format(localStamp), zone)
	e.SetSummary(summary)
	e.SetProperty(ics.ComponentPropertyCategories, format.Clean(d.team.Name))
	e.SetProperty(ics.ComponentProperty(headsProperty), strconv.Itoa(heads))
	var rests []string
	for _, b := range d.shift.Breaks {
		text := fmt.Sprintf("%s for %d min", clock(b.At), b.Minutes)
		if b.Turns > 1 {
			text += fmt.Sprintf(" in %d turns", b.Turns)
		}
		rests = append(rests, text)
	}
	if len(rests) > 0 {
		e.SetDescription("Break at " + strings.Join(rests, ", "))
	}
}
