package workforce

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/draft"
)

// Roster is who works when.
type Roster struct {
	Zone        *time.Location
	Shifts      int // of single persons
	First, Last calendar.Date
	Oddities    []Oddity

	heads map[pattern]map[calendar.Date]int
	order []pattern
}

// pattern is when shifts of a team start and end on their day, in minutes of the clock on the wall.
type pattern struct {
	team     string
	from, to int // the end is beyond 24:00 if it is on the next day
}

// ReadRoster reads a roster, as CSV or as a calendar. The zone is that of the shifts in the scenario and of times
// without one; nil if nobody has declared it. Events that repeat without an end are followed for as long as
// most says.
func ReadRoster(r io.Reader, zone *time.Location, most time.Duration) (*Roster, error) {
	in := bufio.NewReader(r)
	head, _ := in.Peek(64)
	odd := &oddities{}
	x := &Roster{Zone: zone, heads: map[pattern]map[calendar.Date]int{}}
	var err error
	if bytes.HasPrefix(bytes.ToUpper(bytes.TrimLeft(head, "\ufeff \r\n")), []byte("BEGIN:VCALENDAR")) {
		err = x.readCalendar(in, most, odd)
	} else {
		err = x.readTable(in, odd)
	}
	x.Oddities = *odd
	if err == nil && x.Shifts == 0 {
		err = &ticketlog.Problem{Text: "there is no shift in it"}
	}
	if x.Zone == nil {
		x.Zone = time.UTC
	}
	return x, err
}

// add adds a shift of one or several persons. Shifts that last no time, or more than a day, are odd.
func (x *Roster) add(team string, start, end time.Time, heads, row int, odd *oddities) {
	if x.Zone == nil {
		x.Zone = start.Location()
	}
	start, end = start.In(x.Zone), end.In(x.Zone)
	day := calendar.DateOf(start)
	p := pattern{team: team, from: start.Hour()*60 + start.Minute()}
	p.to = days(day, calendar.DateOf(end))*24*60 - 24*60 + end.Hour()*60 + end.Minute()
	switch {
	case p.to <= p.from:
		odd.add(row, "a shift ends before it starts, or at once: left out")
		return
	case p.to-p.from > 24*60:
		odd.add(row, "a shift lasts more than a day: left out")
		return
	}
	if p.to > 24*60 && p.to-p.from > longNight {
		rest := pattern{team, 0, p.to - 24*60}
		p.to = 24 * 60
		x.put(rest, day.AddDays(1), heads)
	}
	x.put(p, day, heads)
	x.Shifts += heads
	if x.First.IsZero() || day.Compare(x.First) < 0 {
		x.First = day
	}
	if x.Last.IsZero() || day.Compare(x.Last) > 0 {
		x.Last = day
	}
}

// longNight is how many minutes a shift over midnight of a scenario may last; a longer one is written as two.
const longNight = 12 * 60

func (x *Roster) put(p pattern, day calendar.Date, heads int) {
	if x.heads[p] == nil {
		x.heads[p] = map[calendar.Date]int{}
		x.order = append(x.order, p)
	}
	x.heads[p][day] += heads
}

// readTable reads CSV with a row for each shift of a person.
func (x *Roster) readTable(r io.Reader, odd *oddities) error {
	s, err := readSheet(r, odd)
	if err != nil {
		return err
	}
	start, err := s.column("start of a shift", true, "start", "shift start", "start time", "from", "begin")
	if err != nil {
		return err
	}
	end, err := s.column("end of a shift", true, "end", "shift end", "end time", "to", "until", "finish")
	if err != nil {
		return err
	}
	dates, _ := s.column("date", false, "date", "day")
	team, _ := s.column("team", false, "team", "group", "department", "queue", "skill")
	count, _ := s.column("heads", false, "heads", "agents", "headcount")
	from, err := s.times(start, dates, x.Zone, odd)
	if err != nil {
		return err
	}
	to, err := s.times(end, dates, x.Zone, odd)
	if err != nil {
		return err
	}
	for i, row := range s.rows {
		if from[i].IsZero() || to[i].IsZero() {
			continue
		}
		if dates >= 0 && !to[i].After(from[i]) { // a night shift has the date on which it starts
			to[i] = calendar.DateOf(to[i]).AddDays(1).At(to[i].Hour()*60+to[i].Minute(), to[i].Location())
		}
		name, heads := "desk", 1
		if team >= 0 && row[team] != "" {
			name = row[team]
		}
		if count >= 0 {
			n, err := strconv.Atoi(row[count])
			if err != nil || n < 0 || n > mostHeads {
				odd.add(s.lines[i], "the number of heads is none: taken as one")
				n = 1
			}
			heads = n
		}
		x.add(name, from[i], to[i], heads, s.lines[i], odd)
	}
	return nil
}

// mostHeads is how many people one row or event may be for.
const mostHeads = 100_000

// week is how many heads a pattern has on the days of a week, from Monday on.
type week [7]int

// shift is a pattern that holds for some days of some weeks.
type shift struct {
	pattern
	heads       int
	days        []int // from Monday on
	from, until calendar.Date
}

// shifts puts weeks together that are the same.
func (x *Roster) shifts() []shift {
	slices.SortFunc(x.order, func(a, b pattern) int {
		if a.team != b.team {
			return strings.Compare(a.team, b.team)
		}
		return (a.from-b.from)*10_000 + a.to - b.to
	})
	var out []shift
	for _, p := range x.order {
		var open []shift // of the weeks so far that are the same
		var last week
		for monday := monday(x.First); monday.Compare(x.Last) <= 0; monday = monday.AddDays(7) {
			var w week
			for d := range w {
				w[d] = x.heads[p][monday.AddDays(d)]
			}
			if w != last || open == nil {
				out = append(out, open...)
				open, last = w.shifts(p, monday), w
			}
			for i := range open {
				open[i].until = monday.AddDays(6)
			}
		}
		out = append(out, open...)
	}
	return out
}

// shifts are those of a week, by the number of heads.
func (w week) shifts(p pattern, monday calendar.Date) []shift {
	out := []shift{}
	for d, n := range w {
		if n == 0 {
			continue
		}
		i := slices.IndexFunc(out, func(s shift) bool { return s.heads == n })
		if i < 0 {
			i = len(out)
			out = append(out, shift{pattern: p, heads: n, from: monday})
		}
		out[i].days = append(out[i].days, d)
	}
	return out
}

var fromMonday = [7]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

func clockFace(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// hours are those of a pattern: 22:00-06:00 goes over midnight.
func (p pattern) hours() string {
	to := p.to
	if to > 24*60 {
		to -= 24 * 60
	}
	return clockFace(p.from) + "-" + clockFace(to)
}

// DraftTeams adds the teams to a draft.
func (x *Roster) DraftTeams(doc *draft.Map) {
	teams := doc.Map("teams", fmt.Sprintf("%d shifts of the roster; breaks and shrinkage are not in it", x.Shifts))
	var words []string
	list := x.shifts()
	for _, s := range list {
		if !slices.Contains(words, s.team) {
			words = append(words, s.team)
		}
	}
	for i, name := range draft.Names(words) {
		team := teams.Map(name, "")
		team.Set("zone", x.Zone.String(), "of the roster")
		shifts := team.List("shifts", "")
		for _, s := range list {
			if s.team != words[i] {
				continue
			}
			m := shifts.Map("")
			m.Set("heads", strconv.Itoa(s.heads), "")
			var days []string
			for _, d := range s.days {
				days = append(days, fromMonday[d])
			}
			m.Set("days", strings.Join(days, ", "), "")
			m.Set("hours", s.hours(), "")
			m.Set("from", s.from.String(), "")
			m.Set("until", s.until.String(), "")
		}
	}
}

// Draft is a scenario with the roster, and with demand that keeps it busy, which is assumed.
func (x *Roster) Draft() *draft.Map {
	doc := draft.New()
	t := doc.Map("time", "")
	t.Set("zone", x.Zone.String(), "of the roster")
	t.Set("start", x.First.String(), "the first day of the roster")
	t.Set("length", strconv.Itoa(days(x.First, x.Last))+"d", "to its last day, "+x.Last.String())
	t.Set("warmup", "0s", "a roster is of certain days, so none of them is left out")
	doc.Map("issues", "").Map("request", "").Set("handle", "lognormal(mean 10m, cv 1)", "assumed: put in your own")
	minutes := 0.0
	for p, byDay := range x.heads {
		for _, n := range byDay {
			minutes += float64(n * (p.to - p.from))
		}
	}
	perDay := max(1, int(0.8*minutes/10/float64(days(x.First, x.Last))))
	doc.List("demand", "").Map("").Set("stream", "requests", "").Set("volume", strconv.Itoa(perDay)+"/day", "assumed: it keeps the roster busy for 80 % of its time; put in your own")
	x.DraftTeams(doc)
	return doc
}
