package headcount

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
)

// Of is the plan of a sound scenario for so many months from its start on, the first of them
// the first whole one. Its first day is the day on which people can first be asked for.
func Of(s *model.Scenario, months int, margin float64) (*Plan, error) {
	for i := range s.Streams {
		if s.Streams[i].Replay != nil {
			return nil, ErrReplay
		}
	}
	p := &Plan{Start: calendar.DateOf(s.Time.Start), Margin: margin}
	first := p.Start
	if first.Day != 1 {
		first = following(first)
	}
	for range months {
		next := following(first)
		p.Months = append(p.Months, Month{First: first, From: daysBetween(p.Start, first), To: daysBetween(p.Start, next)})
		first = next
	}
	var err error
	if p.forecast, err = forecast(s); err != nil {
		return nil, err
	}
	axis := calendar.Axis{Origin: s.Time.Start}
	for i := range s.Teams {
		p.Teams = append(p.Teams, p.team(&s.Teams[i], axis))
	}
	for m := range p.Months {
		paid, capacity := make([]float64, len(s.Teams)), make([]float64, len(s.Teams))
		for i := range s.Teams {
			var at float64
			paid[i], at = standing(&s.Teams[i]).hours(axis, &p.Months[m])
			p.Teams[i].Lost = append(p.Teams[i].Lost, 1-at/paid[i])
			capacity[i] = at * max(p.Teams[i].there(), leastHeads)
		}
		hours, err := asked(s, &p.Months[m], capacity)
		if err != nil {
			return nil, err
		}
		for i := range s.Teams {
			p.Teams[i].Net = append(p.Teams[i].Net, hours[i]/paid[i])
		}
		if !p.forecast.IsZero() {
			if err := p.spread(s, &p.Months[m], capacity, paid); err != nil {
				return nil, err
			}
		}
	}
	return p, nil
}

// leastHeads is what a team without people counts for when work is shared out.
const leastHeads = 1e-3

// following is the first day of the next month.
func following(d calendar.Date) calendar.Date {
	return calendar.DateOf(time.Date(d.Year, d.Month+1, 1, 12, 0, 0, 0, time.UTC))
}

// there is the heads that are there at the start or are agreed.
func (t *Team) there() (heads float64) {
	for i := range t.People {
		heads += t.People[i].Heads
	}
	return heads
}

// team is what a plan knows of a team.
func (p *Plan) team(t *staffing.Team, axis calendar.Axis) Team {
	out := Team{Name: t.Name, Hiring: t.Hiring, Ramp: t.Ramp, Week: t.Week().Hours()}
	on := func(d calendar.Date) int { return daysBetween(p.Start, d) }
	for i := range t.Shifts {
		s := &t.Shifts[i]
		each := weekly(s) / out.Week
		if s.OnCall != nil || each == 0 {
			continue
		}
		c := Cohort{Heads: s.Heads * each, Day: -1, Learning: s.Learning}
		if !s.First.IsZero() {
			c.Day = on(s.First)
		}
		if !s.Last.IsZero() {
			if c.Until = on(s.Last) + 1; c.Until <= 0 {
				continue
			}
		}
		out.People = append(out.People, c)
		for _, h := range s.Hires {
			out.People = append(out.People, Cohort{Heads: h.Heads * each, Day: on(h.On), Until: c.Until, Learning: t.Newcomers(s)})
		}
	}
	all := Month{First: p.Months[0].First, From: p.Months[0].From, To: p.Months[len(p.Months)-1].To}
	out.Rate = standing(t).rate(axis, &all)
	return out
}

// weekly is the paid hours of a head of a shift in a week without holidays.
func weekly(s *staffing.Shift) float64 {
	if s.HolidaysOnly {
		return 0
	}
	days := 0
	for _, on := range s.Days {
		if on {
			days++
		}
	}
	hours := float64(days*(s.To-s.From)) / 60
	if s.PartTime > 0 {
		hours *= s.PartTime
	}
	return hours
}

// roster is a team's week as it stands, for what an hour and a head are worth.
type roster struct {
	staffing.Team
	heads float64 // full-time ones
}

// standing is a team's shifts of people who are there for good; of others if there are no such.
func standing(t *staffing.Team) *roster {
	r := &roster{Team: *t}
	for _, temps := range []bool{false, true} {
		r.Shifts, r.heads = nil, 0
		for _, s := range t.Shifts {
			if s.OnCall != nil || !temps && !s.Last.IsZero() {
				continue
			}
			for _, h := range s.Hires {
				s.Heads += h.Heads
			}
			s.First, s.Last, s.Hires = calendar.Date{}, calendar.Date{}, nil
			r.Shifts = append(r.Shifts, s)
			r.heads += s.Heads * weekly(&s) / t.Week().Hours()
		}
		if r.heads > 0 {
			break
		}
	}
	r.Overtime = nil
	return r
}

// duties are those that start in a month.
func (r *roster) duties(t *staffing.Team, axis calendar.Axis, m *Month) (list []staffing.Duty) {
	zone := axis.Origin.Location()
	from := m.First.At(0, zone).Sub(axis.Origin)
	to := m.First.AddDays(m.Days()).At(0, zone).Sub(axis.Origin)
	for _, d := range staffing.Duties([]staffing.Team{*t}, axis, from-day, to+day) {
		if d.Date.Compare(m.First) >= 0 && d.Date.Compare(m.First.AddDays(m.Days())) < 0 {
			list = append(list, d)
		}
	}
	return list
}

// hours is for how many hours a head is paid in a month, as if it had no holidays, and for how
// many it is at work. A team without people has those of a calendar week.
func (r *roster) hours(axis calendar.Axis, m *Month) (paid, at float64) {
	there := (1 - r.ShrinkageIn(m.First.Month)) * (1 - r.Sickness.Share)
	if r.heads == 0 {
		paid = r.Week().Hours() * float64(m.Days()) / daysInAWeek
		return paid, paid * there
	}
	ordinary := r.Team
	ordinary.Holidays = nil
	for _, d := range r.duties(&ordinary, axis, m) {
		paid += d.Gross * (d.To - d.From).Hours()
	}
	for _, d := range r.duties(&r.Team, axis, m) {
		length := d.To - d.From
		for _, b := range d.Breaks {
			length -= b.To - b.From
		}
		at += d.Gross * length.Hours() * there
	}
	if paid == 0 || at == 0 {
		paid = r.heads * r.Week().Hours() * float64(m.Days()) / daysInAWeek
		at = paid * there
	}
	return paid / r.heads, at / r.heads
}

// rate is what an hour costs on average, premiums for nights and weekends among it.
func (r *roster) rate(axis calendar.Axis, m *Month) float64 {
	from := time.Duration(m.From) * day
	bill := staffing.Pay(&r.Team, axis, r.duties(&r.Team, axis, m), from, from+time.Duration(m.Days())*day)
	if bill.Hours == 0 {
		return r.Cost.PerHour
	}
	return bill.Total() / bill.Hours
}
