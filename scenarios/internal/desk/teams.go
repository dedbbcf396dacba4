package desk

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// Decoder reads who does the work, and how.
type Decoder struct{ *scope.Scope }

// longestNight is how long a shift that crosses midnight may be. A shift whose
// ends were swapped by mistake also crosses midnight; but whatever is shorter than
// half a day becomes longer than half a day when it is swapped.
const longestNight = scalar.MinutesPerDay / 2

// Teams reads the section teams.
func (d *Decoder) Teams(v yamltree.Value) {
	if !v.Exists() {
		v.Failf(`write teams: {desk: {shifts: [{heads: 4, days: mon-fri, hours: "09:00-17:00"}]}}`, "teams is missing: who does the work?")
	}
	scope.Filled(v, "teams")
	for _, e := range v.Entries("a map from names to teams") {
		if _, ok := d.Known.Teams.Add(e.Name, scope.MostLarge); ok {
			d.Out.Teams = append(d.Out.Teams, d.team(e))
		}
	}
}

func (d *Decoder) team(e yamltree.Entry) staffing.Team {
	t := staffing.Team{Name: e.Key, Zone: d.Zone}
	s := d.Section(e.Value, "teams.*")
	addSkill := func(v yamltree.Value) (int, bool) { return d.Known.Skills.Add(v, scope.MostSmall) }
	t.Skills = scope.List(s.Key("skills"), addSkill, func(i int) ticket.Skill { return ticket.Skill(i) })
	t.Channels = scope.List(s.Key("channels"), d.Known.Channels.Find, func(i int) ticket.Channel { return ticket.Channel(i) })
	t.HandOffsOnly = takes(s.Key("takes"))
	if v := s.Key("cost"); v.Exists() {
		m, _ := d.MoneyPer(v, "h", "hour")
		t.Cost.PerHour = m.Float()
	}
	d.premiums(s.Key("premiums"), &t.Cost)
	t.Quality = d.scores(s.Key("quality"))
	if night, ok := scalar.Span(s.Key("night")); ok {
		t.Cost.NightFrom, t.Cost.NightTo = night.From, night.To
		if night.To > scalar.MinutesPerDay {
			t.Cost.NightTo = night.To - scalar.MinutesPerDay
		}
	}
	d.people(s, &t)
	if v := s.Key("zone"); v.Exists() {
		t.Zone = scalar.Zone(v, d.Zone)
	} else {
		s.Assumed("zone", d.Zone.String())
	}
	t.Holidays = d.Holidays(s.Key("holidays"))
	end, _ := scope.Choice(s.Key("at_shift_end"), []string{staffing.Finish.String(), staffing.HandBack.String()})
	t.ShiftEnd = staffing.ShiftEnd(end)
	shifts := s.Need("shifts", `write shifts: [{heads: 4, days: mon-fri, hours: "09:00-17:00"}]`)
	scope.Filled(shifts, "shifts")
	for _, e := range shifts.Named("shift", language.ListNames["shifts"]...) {
		t.Shifts = append(t.Shifts, d.Shift(e))
	}
	t.Rules = d.rules(s.Key("roster"))
	s.Done()
	return t
}

func (d *Decoder) premiums(v yamltree.Value, c *staffing.Cost) {
	if !v.Exists() {
		return
	}
	s := d.Section(v, "teams.*.premiums")
	c.Night, _ = scalar.Percent(s.Key("night"), 0, 10)
	c.Weekend, _ = scalar.Percent(s.Key("weekend"), 0, 10)
	c.Overtime, _ = scalar.Percent(s.Key("overtime"), 0, 10)
	c.Holiday, _ = scalar.Percent(s.Key("holiday"), 0, 10)
	s.Done()
}

// Shift reads a shift of a team.
func (d *Decoder) Shift(e yamltree.Entry) staffing.Shift {
	sh := staffing.Shift{Name: e.Key}
	s := d.Section(e.Value, "teams.*.shifts.*")
	if v := s.Key("name"); v.Exists() {
		scope.GoodName(v)
	} else {
		s.Assumed("name", e.Key)
	}
	if v := s.Need("heads", "write heads: 4"); v.Exists() {
		sh.Heads, _ = scalar.Number(v, 0, 1e5)
	}
	sh.Days, _ = scalar.Days(s.Key("days"))
	hoursOK := false
	if v := s.Need("hours", `write hours: "09:00-17:00", or hours: always`); v.Exists() {
		sh.From, sh.To, hoursOK = shiftHours(v)
	}
	for _, item := range s.Key("break").Items() {
		if b, ok := breakAt(item, sh); ok && hoursOK {
			sh.Breaks = append(sh.Breaks, b)
		}
	}
	sh.First, sh.Last = d.Stretch(s)
	d.persons(s, &sh)
	s.Done()
	return sh
}

// shiftHours reads the hours of a shift, or always.
func shiftHours(v yamltree.Value) (from, to int, ok bool) {
	if v.Node.Kind == yamltree.Scalar && v.Node.Text == scope.Always {
		return 0, scalar.MinutesPerDay, true
	}
	if v.Node.Kind == yamltree.List {
		v.Failf("write one shift for each stretch, or one with a break", "a shift has one stretch of hours")
		return 0, 0, false
	}
	h, ok := scalar.Span(v)
	if ok && h.To > scalar.MinutesPerDay && h.To-h.From > longestNight {
		v.Failf("a shift over midnight has at most 12 hours; split a longer one at 24:00",
			"the shift ends before it starts")
		return 0, 0, false
	}
	return h.From, h.To, ok
}

// breakAt reads "30m at 11:00" and "30m at 11:00 in 4 turns". In a shift over
// midnight, a time before its start is one on the next day.
func breakAt(v yamltree.Value, sh staffing.Shift) (staffing.Break, bool) {
	b, tail, offset, ok := timeOff(v, " at ", "11:00")
	if !ok {
		return staffing.Break{}, false
	}
	at, ok := scalar.Minute(v, tail, offset)
	if sh.To > scalar.MinutesPerDay && at < sh.From {
		at += scalar.MinutesPerDay
	}
	b.At = at
	return b, ok
}

// timeOff reads the length and the turns of a break, and cuts out when it is: what
// comes after the word, at an offset.
func timeOff(v yamltree.Value, word, example string) (b staffing.Break, tail string, offset int, ok bool) {
	want := fmt.Sprintf("want such as 30m%s%s, or 30m%s%s in 4 turns", word, example, word, example)
	text, ok := v.Text("a break, such as 30m" + word + example)
	if !ok {
		return b, "", 0, false
	}
	head, tail, ok := strings.Cut(text, word)
	if !ok {
		v.Failf(want, "%q is not a break", scalar.Clip(text))
		return b, "", 0, false
	}
	offset, ok = len(head)+len(word), true
	if before, text, found := strings.Cut(tail, " in "); found {
		number, isTurns := strings.CutSuffix(text, " turns")
		n, err := strconv.Atoi(number)
		if ok = isTurns && err == nil && n >= 1 && n <= staffing.MaxTurns; !ok {
			at := offset + len(before) + len(" in ")
			v.Within(at, at+len(text)).Failf(fmt.Sprintf("%s, with 1 to %d turns", want, staffing.MaxTurns), "%q is not a number of turns", scalar.Clip(text))
		}
		tail, b.Turns = before, n
	}
	minutes, whole := wholeMinutes(v.Within(0, len(head)).WithText(head), "a break")
	b.Minutes = minutes
	return b, tail, offset, ok && whole
}

// wholeMinutes reads a duration above 0 in minutes.
func wholeMinutes(v yamltree.Value, what string) (int, bool) {
	length, ok := scalar.PositiveDuration(v)
	if ok && length%time.Minute != 0 {
		v.Failf("want whole minutes", "%s of %s", what, scalar.Clip(v.Node.Text))
		ok = false
	}
	return int(length / time.Minute), ok
}

// takes reads what a team does.
func takes(v yamltree.Value) (handOffsOnly bool) {
	i, _ := scope.Choice(v, []string{"everything", "hand-offs"})
	return i == 1
}
