package coverage

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
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
	if err := d.sense(); err != nil {
		return nil, err
	}
	if err := d.seats(); err != nil {
		return nil, err
	}
	study := &Study{Options: d.o, shrinkage: d.shrinkage()}
	for k := range Kinds {
		if Kind(k) == OnCallNights {
			if _, err := d.called(); err != nil {
				study.Senseless = err.Error()
				continue
			}
		}
		p, err := d.plan(Kind(k))
		if err != nil {
			return nil, err
		}
		study.Plans = append(study.Plans, p)
	}
	return study, nil
}

// sense refuses hours between which there is nothing to compare.
func (d *deriver) sense() error {
	b, e := d.o.Business, d.o.Extended
	var office, longer covered
	office.add(b, 0)
	longer.add(e, 0)
	switch more, fewer := longer.against(&office); {
	case office.hours() == week/60:
		return fmt.Errorf("business hours of %v are the whole week, and no coverage has more: say shorter ones", b)
	case fewer:
		return fmt.Errorf("extended hours of %v leave out a part of the business hours, %v: say longer ones", e, b)
	case !more:
		return fmt.Errorf("extended hours of %v are no longer than business hours, %v: say longer ones", e, b)
	}
	if d.s.Time.Length-d.s.Time.Warmup < week*time.Minute {
		return fmt.Errorf("%s measures %v, and coverages differ by the hours of a week: let it last a week and its warm-up at least", d.s.Name, stated(d.s.Time.Length-d.s.Time.Warmup))
	}
	return nil
}

// stated is a time in days, or as it is.
func stated(d time.Duration) string {
	const oneDay = 24 * time.Hour
	if d >= oneDay && d%oneDay == 0 {
		return fmt.Sprintf("%d days", d/oneDay)
	}
	return d.String()
}

type deriver struct {
	s      *model.Scenario
	o      Options
	axis   calendar.Axis
	home   *time.Location
	day    []float64 // gross heads by day at home, by team; 0 for teams whose hours stay
	own    []float64 // and by day where they are
	rate   float64   // tickets per hour within business hours
	opened []opened  // of the plan in hand
}

func (d *deriver) defaults() {
	o := &d.o
	if o.Business.Hours() == 0 {
		o.Business = d.rostered()
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
		o.Sites = d.around()
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
	d.opened = nil
	for i := range d.s.Teams {
		if d.day[i] == 0 {
			continue
		}
		if k != FollowTheSun || d.together(d.home, d.zone(&d.s.Teams[i])) {
			p.Day += d.day[i]
		}
		d.staff(&p, i)
	}
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
	t.Shifts = dated(&old)
	switch p.Kind {
	case BusinessHours:
		d.open(t, &old, d.o.Business, d.home, "day", d.day[team])
	case ExtendedHours:
		d.extended(t, &old, team)
	case AroundTheClock:
		d.round(t, &old, team)
	case FollowTheSun:
		d.sun(p, &old, team)
	case OnCallNights:
		d.open(t, &old, d.o.Business, d.home, "day", d.day[team])
		match, _ := d.called() // there is somebody, or the plan is left out
		d.pagers(p, team, match)
	}
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
	d.open(t, old, core, d.home, "day", max(0, d.day[team]-spared))
	middle := (w.From + w.To) / 2 / 15 * 15
	if spared == 0 { // only one of the two is there, or neither
		d.open(t, old, Window{both, calendar.Span{From: w.From, To: core.From}}, d.home, "early", early)
		d.open(t, old, Window{both, calendar.Span{From: core.To, To: w.To}}, d.home, "late", late)
	} else {
		d.open(t, old, Window{both, calendar.Span{From: w.From, To: middle}}, d.home, "early", early)
		d.open(t, old, Window{both, calendar.Span{From: middle, To: w.To}}, d.home, "late", late)
	}
	if other := (Window{rest, w.Span}); other.Hours() > 0 {
		d.open(t, old, other, d.home, "other-days", d.need(team, other, d.home))
	}
}

// round fills all hours of the week.
func (d *deriver) round(t, old *staffing.Team, team int) {
	for i, b := range parts(d.o.Business, longestShift) {
		heads := d.day[team]
		if !b.day {
			heads = d.need(team, b.Window, d.home)
		}
		d.open(t, old, b.Window, d.home, fmt.Sprintf("part-%d", i+1), heads)
	}
}

// promise makes promises count in the hours that are covered. People are called for promises around the clock, so
// those stay where there are some.
func (d *deriver) promise(p *Plan) {
	s := p.Scenario
	c := d.kept()
	hours := c.calendar("covered", d.home)
	s.Calendars = append(s.Calendars, hours)
	for i := range s.SLA.Policies {
		if x := &s.SLA.Policies[i]; p.Kind != OnCallNights || !s.Calendars[x.Calendar].Always {
			x.Calendar = len(s.Calendars) - 1
		}
	}
}
