package peak

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
)

// The names of what a plan adds to a scenario.
const (
	relaxationName = "peak"
	botName        = "peak-bot"
	writeName      = "please-write"
	tempsSuffix    = " temps"
)

// Apply is the scenario with measures, and what they cost once and for all, beside hours and contacts. The scenario that the
// plan was made for stays as it is. An error says why a measure cannot be taken.
func (p *Plan) Apply(z Sizes) (*model.Scenario, float64, error) {
	s := *p.Scenario
	s.Teams = slices.Clone(s.Teams)
	s.Names.Teams = slices.Clone(s.Names.Teams)
	s.Calendars = slices.Clone(s.Calendars)
	s.Deflection = slices.Clone(s.Deflection)
	s.SLA.Relaxations = slices.Clone(s.SLA.Relaxations)
	own := len(s.Teams)
	fixed := 0.0
	for m, apply := range [Measures]func(*model.Scenario, float64) error{
		Training:    func(s *model.Scenario, which float64) (err error) { fixed, err = p.train(s, which); return err },
		Overtime:    p.overtime,
		Relaxation:  p.relax,
		Deflection:  p.deflect,
		CallsToMail: p.write,
	} {
		if z[m] > 0 && apply != nil {
			if err := apply(&s, z[m]); err != nil {
				return nil, 0, err
			}
		}
	}
	if z[Temps] > 0 { // of the people that there are, with what they have been trained in
		if err := p.temps(&s, own, z[Temps]); err != nil {
			return nil, 0, err
		}
	}
	if z.Used() > 0 {
		s.Name = p.Scenario.Name + ": " + p.Words(z)
		if problems := s.Check(); len(problems) > 0 {
			return nil, 0, errors.New(problems[0].String())
		}
	}
	return &s, fixed, nil
}

// taking reports whether a team takes tickets of its own.
func taking(t *staffing.Team) bool { return !t.HandOffsOnly && len(t.Shifts) > 0 }

// ordinary reports whether a shift is of an ordinary week, and its people at work.
func ordinary(x *staffing.Shift) bool {
	return x.OnCall == nil && !x.HolidaysOnly && x.First.IsZero() && x.Last.IsZero()
}

// temps adds to each team one of temps, who have its shifts on the days of the spike and after.
func (p *Plan) temps(s *model.Scenario, own int, share float64) error {
	first, _ := p.Days()
	last := p.Until()
	added := false
	for i := range own {
		t := s.Teams[i]
		if !taking(&t) {
			continue
		}
		shifts := p.tempShifts(i, &t)
		t.Shifts = nil
		for _, x := range shifts {
			x.Heads = math.Ceil(x.Heads*share - 1e-9)
			if x.Hires, x.PartTime = nil, 0; x.First.IsZero() && x.Last.IsZero() {
				x.First, x.Last = first, last
			}
			if p.Prices.TempsSpeed < 1 {
				x.Learning = staffing.Learning{{From: p.Prices.TempsSpeed, To: p.Prices.TempsSpeed, For: s.Time.Length}}
			}
			t.Shifts = append(t.Shifts, x)
		}
		if len(t.Shifts) == 0 {
			continue
		}
		t.Name += tempsSuffix
		if t.Cost.PerHour *= TempsMarkup; p.Prices.TempsPerHour > 0 {
			t.Cost.PerHour = p.Prices.TempsPerHour
		}
		t.Overtime, t.Hiring, t.Sickness, t.Ramp = nil, staffing.Hiring{}, staffing.Sickness{}, nil
		s.Teams = append(s.Teams, t)
		s.Names.Teams = append(s.Names.Teams, t.Name)
		added = true
	}
	if !added {
		return errors.New("no team has ordinary shifts that temps could join")
	}
	return nil
}

// tempShifts are the shifts that temps of a team have at a size of 1.
func (p *Plan) tempShifts(team int, t *staffing.Team) (out []staffing.Shift) {
	if p.Prices.TempShifts == nil {
		return slices.DeleteFunc(slices.Clone(t.Shifts), func(x staffing.Shift) bool { return !ordinary(&x) })
	}
	for _, x := range p.Prices.TempShifts {
		if x.Team == team {
			out = append(out, x.Shift)
		}
	}
	return out
}

// overtime lets a part of each shift stay longer on the days of the spike and after.
func (p *Plan) overtime(s *model.Scenario, hours float64) error {
	first, _ := p.Days()
	last := p.Until()
	added := false
	for i := range s.Teams {
		t := &s.Teams[i]
		if !taking(t) {
			continue
		}
		for _, o := range t.Overtime {
			if o.First.Compare(last) <= 0 && first.Compare(o.Last) <= 0 {
				return fmt.Errorf("%s already works overtime then", t.Name)
			}
		}
		t.Overtime = append(slices.Clone(t.Overtime), staffing.Overtime{
			Name: relaxationName, First: first, Last: last, Stay: time.Duration(math.Round(hours*60)) * time.Minute, Share: p.Prices.OvertimeShare,
		})
		if p.Prices.Overtime >= 0 {
			t.Cost.Overtime = p.Prices.Overtime
		}
		added = true
	}
	if !added {
		return errors.New("no team has shifts after which people could stay")
	}
	return nil
}

// relax announces longer promises for the spike's days, to all but the highest of several tiers.
func (p *Plan) relax(s *model.Scenario, by float64) error {
	var match sla.Match
	if n := len(s.Names.Tiers); n > 1 {
		for tier := 1; tier < n; tier++ {
			match.Tiers = append(match.Tiers, ticket.Tier(tier))
		}
	}
	priorities := len(s.Names.Priorities)
	factors := slices.Repeat([]float64{1 + by}, priorities)
	var targets []sla.Relaxed
	for _, m := range [...]sla.Metric{sla.FirstReply, sla.NextReply, sla.Resolution} {
		if promised(s, m, match) {
			targets = append(targets, sla.Relaxed{Metric: m, Within: make([]time.Duration, priorities), Factor: factors})
		}
	}
	if len(targets) == 0 {
		return errors.New("no reply or resolution is promised that could take longer")
	}
	first, last := p.Days()
	axis := calendar.Axis{Origin: s.Time.Start}
	zone := s.Time.Start.Location()
	from, until := max(0, axis.Local(first, 0, zone)), axis.Local(last.AddDays(1), 0, zone)
	s.SLA.Relaxations = append(s.SLA.Relaxations, sla.Relaxation{
		Name: relaxationName, Announced: from - p.Prices.Before, From: from, Until: until, Match: match, Targets: targets,
	})
	return nil
}

// promised reports whether a policy that tickets of a match can have promises a metric per ticket.
func promised(s *model.Scenario, m sla.Metric, match sla.Match) bool {
	for i := range s.SLA.Policies {
		x := &s.SLA.Policies[i]
		meets := len(x.Match.Tiers) == 0 || len(match.Tiers) == 0
		for _, tier := range x.Match.Tiers {
			meets = meets || slices.Contains(match.Tiers, tier)
		}
		for j := range x.Targets {
			if meets && x.Targets[j].Metric == m {
				return true
			}
		}
	}
	return false
}

// window adds a calendar that is open on the days of the spike.
func (p *Plan) window(s *model.Scenario) int {
	const name = "peak-days"
	for i, c := range s.Calendars {
		if c.Name == name {
			return i
		}
	}
	first, last := p.Days()
	days := &calendar.Calendar{Name: name, Zone: s.Time.Start.Location(), Override: map[calendar.Date][]calendar.Span{}}
	for d := first; d.Compare(last) <= 0; d = d.AddDays(1) {
		days.Override[d] = []calendar.Span{{From: 0, To: 24 * 60}}
	}
	s.Calendars = append(s.Calendars, days)
	return len(s.Calendars) - 1
}

// channels are those that are live, calls before chats, or those that are not.
func channels(s *model.Scenario, live bool) (out []ticket.Channel) {
	least := math.MaxInt
	for i := range s.Channels {
		if c := &s.Channels[i]; c.Live == live {
			least = min(least, c.Concurrency)
		}
	}
	for i := range s.Channels {
		if c := &s.Channels[i]; c.Live == live && (!live || c.Concurrency == least) {
			out = append(out, ticket.Channel(i))
		}
	}
	return out
}

// deflect puts a bot before what is written, on the days of the spike.
func (p *Plan) deflect(s *model.Scenario, share float64) error {
	written := channels(s, false)
	if len(written) == 0 {
		return errors.New("nothing is written that a bot could answer")
	}
	b := model.Deflection{
		Name: botName, Match: sla.Match{Channels: written}, Calendar: p.window(s), Contains: share, Wrong: p.Prices.Wrong, Cost: p.Prices.PerContact, Replays: true,
	}
	if b.Wrong > 0 {
		b.Back = dist.Must(dist.Exponential(p.Prices.BackAfterWrong.Seconds()))
	}
	s.Deflection = append(s.Deflection, b)
	return nil
}

// write asks callers to write, on the days of the spike.
func (p *Plan) write(s *model.Scenario, share float64) error {
	calls, written := channels(s, true), channels(s, false)
	if len(calls) == 0 || len(written) == 0 {
		return errors.New("it takes a channel for calls and one for mail")
	}
	s.Deflection = append(s.Deflection, model.Deflection{
		Name: writeName, Match: sla.Match{Channels: calls}, Calendar: p.window(s), Switch: share, To: written[0], Replays: true,
	})
	return nil
}

// people are those of a team, by the hours of its ordinary week.
func (p *Plan) people(t *staffing.Team) float64 {
	hours := 0.0
	for i := range t.Shifts {
		x := &t.Shifts[i]
		if !ordinary(x) {
			continue
		}
		for _, on := range x.Days {
			if on {
				hours += x.Heads * float64(x.To-x.From) / 60
			}
		}
	}
	return math.Ceil(hours/p.Prices.WeekOfOnePaid - 1e-9)
}

// Planned is what the roster of a plan costs at least in the measured time, with what measures cost once and for all: overtime
// that nobody planned, contacts of bots and credits come on top.
func Planned(s *model.Scenario, fixed float64) float64 {
	axis := calendar.Axis{Origin: s.Time.Start}
	from, to := s.Time.Warmup, s.Time.Length
	duties := staffing.ByTeam(staffing.Duties(s.Teams, axis, from, to), len(s.Teams))
	sum := fixed
	for i := range s.Teams {
		if t := &s.Teams[i]; t.Hiring.Attrition > 0 {
			continue // whoever has left is not paid
		}
		sum += staffing.Pay(&s.Teams[i], axis, duties[i], from, to).Total()
	}
	return sum
}
