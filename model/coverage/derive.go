package coverage

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Options say what the coverages are like. The zero value of a field leaves it to the scenario.
type Options struct {
	Business, Extended Window
	// Night is how many of the seats by day are filled in the other hours; 0: as many as their tickets take.
	Night float64
	Week  float64 // hours that a person is paid for; 0: 40
	Sites []Site  // where the sun is followed to, beside home; none: chosen by the clock
	// Follows makes promises count in the hours that are covered; else they stay as they are.
	Follows bool
	Pagers  float64       // people on call at once; 0: two
	Standby float64       // what an hour on call pays, as a share of the hourly cost; 0: a quarter
	Answers time.Duration // how long after a call somebody is at work; 0: 20 minutes
}

// Site is a place that works its own business hours.
type Site struct {
	Zone *time.Location
	Cost float64 // per hour; 0: as at home
}

// The usual sizes.
const (
	usualWeek    = 40
	usualPagers  = 2
	usualStandby = 0.25
	usualAnswers = 20 * time.Minute
	leastPaid    = time.Hour // of a call
	longestShift = 9 * 60
	longestDay   = 12 * 60 // of business hours that are taken from a roster
)

// Derive makes the five plans of a scenario. Teams that take hand-offs only keep their hours. An error says why
// there is none.
func Derive(s *model.Scenario, o Options) (*Study, error) {
	d := &deriver{s: s, o: o, axis: calendar.Axis{Origin: s.Time.Start}, home: s.Time.Start.Location()}
	d.defaults()
	if err := d.seats(); err != nil {
		return nil, err
	}
	study := &Study{Options: d.o, shrinkage: d.shrinkage()}
	for k := range Kinds {
		p, err := d.plan(Kind(k))
		if err != nil {
			return nil, err
		}
		study.Plans = append(study.Plans, p)
	}
	return study, nil
}

type deriver struct {
	s     *model.Scenario
	o     Options
	axis  calendar.Axis
	home  *time.Location
	day   []float64 // gross heads by day, by team; 0 for teams whose hours stay
	rate  float64   // tickets per hour within business hours
	cover covered   // of the plan in hand
}

func (d *deriver) defaults() {
	o := &d.o
	if o.Business.Hours() == 0 {
		o.Business = rostered(d.s)
	}
	if o.Extended.Hours() == 0 {
		o.Extended = Window{o.Business.Days, calendar.Span{From: max(0, o.Business.From-2*60), To: min(day, o.Business.To+4*60)}}
		o.Extended.Days[time.Saturday] = true
	}
	if o.Week == 0 {
		o.Week = usualWeek
	}
	if o.Pagers == 0 {
		o.Pagers = usualPagers
	}
	if o.Standby == 0 {
		o.Standby = usualStandby
	}
	if o.Answers == 0 {
		o.Answers = usualAnswers
	}
	if len(o.Sites) == 0 {
		o.Sites = around(d.s.Time.Start)
	}
}

// plan is the scenario under a coverage.
func (d *deriver) plan(k Kind) (Plan, error) {
	s := *d.s
	s.Name = d.s.Name + "@" + k.String()
	s.Teams = slices.Clone(d.s.Teams)
	s.Names.Teams = slices.Clone(d.s.Names.Teams)
	s.Calendars = slices.Clone(d.s.Calendars)
	s.SLA.Policies = slices.Clone(d.s.SLA.Policies)
	p := Plan{Kind: k, Scenario: &s, Fewest: math.Inf(1)}
	d.cover = covered{}
	for i := range d.s.Teams {
		if d.day[i] == 0 {
			continue
		}
		p.Day += d.day[i]
		d.staff(&p, i)
	}
	p.Hours = d.cover.hours()
	d.extremes(&p)
	if d.o.Follows {
		d.promise(&p)
	}
	if problems := s.Check(); len(problems) > 0 {
		return p, fmt.Errorf("%s cannot be derived from %s: %v", k, d.s.Name, problems[0])
	}
	return p, nil
}

// staff replaces the shifts of a team.
func (d *deriver) staff(p *Plan, team int) {
	t := &p.Scenario.Teams[team]
	old := *t
	t.Shifts, t.Zone = dated(&old), d.home
	switch p.Kind {
	case BusinessHours:
		d.open(t, &old, d.o.Business, "day", d.day[team], 0)
	case ExtendedHours:
		d.extended(t, &old, team)
	case AroundTheClock:
		d.round(t, &old, team)
	case FollowTheSun:
		d.sun(p, &old, team)
	case OnCallNights:
		d.open(t, &old, d.o.Business, "day", d.day[team], 0)
		d.pagers(p, t, &old)
	}
}

// open adds shifts of a window, in parts where it is long.
func (d *deriver) open(t, old *staffing.Team, w Window, name string, heads float64, ahead int) {
	if heads <= 0 {
		return
	}
	spans := cut(w.From, w.To, longestShift)
	for i, span := range spans {
		x := staffing.Shift{Name: name, Heads: heads, Days: later(w.Days, span.From/day), From: span.From % day, To: span.To - span.From/day*day}
		if len(spans) > 1 {
			x.Name = fmt.Sprintf("%s-%d", name, i+1)
		}
		x.Breaks = pause(old, &x)
		t.Shifts = append(t.Shifts, x)
	}
	d.cover.add(w, ahead)
}

// pause is the break of the team's largest shift, in the middle of another and in turns, so that seats are not left all at once.
func pause(old *staffing.Team, x *staffing.Shift) []staffing.Break {
	var large *staffing.Shift
	for i := range old.Shifts {
		if y := &old.Shifts[i]; ordinary(y) && (large == nil || y.Heads > large.Heads) {
			large = y
		}
	}
	minutes, turns := 0, 2
	for _, b := range large.Breaks {
		minutes, turns = minutes+b.Minutes, max(turns, b.Turns)
	}
	turns = max(1, min(turns, int(x.Heads)))
	if x.To-x.From < 6*60 || minutes == 0 || minutes*turns > (x.To-x.From)/2 {
		return nil
	}
	return []staffing.Break{{At: (x.From + x.To - minutes*turns) / 2 / 5 * 5, Minutes: minutes, Turns: turns}}
}

// extended is an early and a late shift, which meet in the middle of the window, beside those who come by day; in the window's
// other days it is filled as tickets come.
func (d *deriver) extended(t, old *staffing.Team, team int) {
	core, w := d.o.Business, d.o.Extended
	both, rest := core.Days, w.Days
	for i := range both {
		both[i] = both[i] && w.Days[i]
		rest[i] = rest[i] && !core.Days[i]
	}
	heads := func(from, to int) float64 {
		if to <= from {
			return 0
		}
		return d.need(team, Window{both, calendar.Span{From: from, To: to}}, d.home)
	}
	early, late := heads(w.From, core.From), heads(core.To, w.To)
	// Whoever comes early or stays late is there by day too: so that at no time fewer are, the fewer of the two are spared.
	spared := min(early, late)
	if both != core.Days {
		spared = 0
	}
	d.open(t, old, core, "day", max(0, d.day[team]-spared), 0)
	middle := (w.From + w.To) / 2 / 15 * 15
	if spared == 0 { // only one of the two is there, or neither
		d.open(t, old, Window{both, calendar.Span{From: w.From, To: core.From}}, "early", early, 0)
		d.open(t, old, Window{both, calendar.Span{From: core.To, To: w.To}}, "late", late, 0)
	} else {
		d.open(t, old, Window{both, calendar.Span{From: w.From, To: middle}}, "early", early, 0)
		d.open(t, old, Window{both, calendar.Span{From: middle, To: w.To}}, "late", late, 0)
	}
	if other := (Window{rest, w.Span}); other.Hours() > 0 {
		d.open(t, old, other, "other-days", d.need(team, other, d.home), 0)
	}
}

// round fills all hours of the week.
func (d *deriver) round(t, old *staffing.Team, team int) {
	for i, b := range parts(d.o.Business, longestShift) {
		heads := d.day[team]
		if !b.day {
			heads = d.need(team, b.Window, d.home)
		}
		d.open(t, old, b.Window, fmt.Sprintf("part-%d", i+1), heads, 0)
	}
}

// sun lets each site work business hours of its own on all days.
func (d *deriver) sun(p *Plan, old *staffing.Team, team int) {
	all := [7]bool{true, true, true, true, true, true, true}
	work := func(t *staffing.Team, zone *time.Location, ahead int, home bool) {
		w := d.o.Business
		rest := all
		for i := range rest {
			rest[i] = !w.Days[i]
		}
		weekday := d.day[team]
		if !home {
			weekday = d.need(team, w, zone)
		}
		d.open(t, old, w, "day", weekday, ahead)
		if other := (Window{rest, w.Span}); other.Hours() > 0 {
			d.open(t, old, other, "other-days", d.need(team, other, zone), ahead)
		}
	}
	work(&p.Scenario.Teams[team], d.home, 0, true)
	start := d.s.Time.Start
	for _, site := range d.o.Sites {
		t := *old
		city := cityOf(site.Zone)
		t.Name = old.Name + " " + city
		t.Shifts, t.Zone, t.Overtime = nil, site.Zone, nil
		if site.Cost > 0 {
			t.Cost.PerHour = site.Cost
		}
		work(&t, site.Zone, (offset(start, site.Zone)-offset(start, d.home))/60, false)
		p.Scenario.Teams = append(p.Scenario.Teams, t)
		p.Scenario.Names.Teams = append(p.Scenario.Names.Teams, t.Name)
		if !slices.Contains(p.Sites, city) {
			p.Sites = append(p.Sites, city)
		}
	}
}

// pagers adds people who can be called whenever nobody is at work.
func (d *deriver) pagers(p *Plan, t, old *staffing.Team) {
	if p.OnCall > 0 {
		return // one team's people are called for all
	}
	call := staffing.OnCall{Match: d.called(), Responds: d.o.Answers, PerHour: d.o.Standby * old.Cost.PerHour, Minimum: leastPaid}
	for i, b := range parts(d.o.Business, longestShift) {
		if b.day {
			continue
		}
		t.Shifts = append(t.Shifts, staffing.Shift{
			Name: fmt.Sprintf("pager-%d", i+1), Heads: d.o.Pagers, Days: b.Days, From: b.From, To: b.To, Holidays: true, OnCall: &call,
		})
	}
	p.OnCall = d.o.Pagers
}

// called is for whom people are called: those of the only policy that promises around the clock, else the
// highest priority.
func (d *deriver) called() sla.Match {
	var found []*sla.Policy
	for i := range d.s.SLA.Policies {
		if x := &d.s.SLA.Policies[i]; d.s.Calendars[x.Calendar].Always {
			found = append(found, x)
		}
	}
	if len(found) == 1 {
		return found[0].Match
	}
	return sla.Match{Priorities: []ticket.Priority{0}}
}

// promise makes promises count in the hours that are covered. People are called for promises around the clock, so
// those stay where there are some.
func (d *deriver) promise(p *Plan) {
	s := p.Scenario
	hours := d.cover.calendar("covered", d.home)
	s.Calendars = append(s.Calendars, hours)
	for i := range s.SLA.Policies {
		if x := &s.SLA.Policies[i]; p.Kind != OnCallNights || !s.Calendars[x.Calendar].Always {
			x.Calendar = len(s.Calendars) - 1
		}
	}
}

// extremes are the fewest and the most heads at work outside business hours, in the minutes that are covered.
func (d *deriver) extremes(p *Plan) {
	var heads [week]float64
	start := d.s.Time.Start
	for i := range p.Scenario.Teams {
		t := &p.Scenario.Teams[i]
		if i < len(d.day) && d.day[i] == 0 {
			continue
		}
		ahead := 0
		if t.Zone != nil {
			ahead = (offset(start, t.Zone) - offset(start, d.home)) / 60
		}
		one := level(t)
		for m := range heads {
			heads[m] += one[((m+ahead)%week+week)%week]
		}
	}
	var office covered
	office.add(d.o.Business, 0)
	for m, h := range heads {
		if !office[m] && h > 0 {
			p.Fewest, p.Most = min(p.Fewest, h), max(p.Most, h)
		}
	}
	if p.Most == 0 {
		p.Fewest = 0
	}
}
