package staffing

import (
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
)

// Sickness is unplanned absence. Each person of a shift is sick on a day, or not,
// whatever the others are; who is sick is drawn anew in each trial. The people of a
// shift are its heads after planned shrinkage.
type Sickness struct {
	Share float64 // of the days, in [0, 1)
	// Spell is the mean number of days, as a duration, for which somebody who falls
	// sick stays sick; their number has a geometric distribution. 0: each day is drawn
	// by itself.
	Spell time.Duration
}

// Hiring is how people leave a team and who comes for them.
type Hiring struct {
	// Attrition is the rate per person and year of 365 days at which people leave, so
	// that the time that somebody stays is exponential. 0.3 is a turnover of 30 % a year.
	Attrition float64
	Replace   bool          // somebody else comes for each who leaves
	Lead      time.Duration // after how long, in whole days
	// Training is how long newcomers are in class, in whole days: paid, and not at work. Dropout
	// is the share of a class that leaves before its end; 0: as Attrition has it.
	Training time.Duration
	Dropout  float64
	// Least and Most are how many may begin together, once a month; 0: any number.
	Least, Most int
	Cost        float64 // of one who begins, besides pay, in the scenario's currency
}

// Vacant is how long a place is empty after somebody leaves: until the next one is out of
// class.
func (h *Hiring) Vacant() time.Duration { return h.Lead + h.Training }

// Planned reports whether anything is said that only matters to who plans ahead.
func (h *Hiring) Planned() bool {
	return h.Training > 0 || h.Dropout > 0 || h.Least > 0 || h.Most > 0 || h.Cost > 0
}

// Learning is how fast a newcomer works, phase by phase from the start of the first
// day; after the last phase, at full speed.
type Learning []Phase

// Phase is a time in which the speed goes in a straight line from one share of full
// speed to another.
type Phase struct {
	From, To float64
	For      time.Duration
}

// Speed is the share of full speed at which somebody works who came so long ago.
func (l Learning) Speed(age time.Duration) float64 {
	for _, p := range l {
		if age < p.For {
			return p.From + (p.To-p.From)*max(0, age.Hours()/p.For.Hours())
		}
		age -= p.For
	}
	return 1
}

// Hire is people who join a shift on a day, for good.
type Hire struct {
	On    calendar.Date
	Heads float64 // gross
}

// Overtime is a stretch of days on which a part of the people of each shift stay
// longer than their hours.
type Overtime struct {
	Name        string
	First, Last calendar.Date // the days on which those shifts start
	Stay        time.Duration // whole minutes
	Share       float64       // of the people of a shift, in (0, 1]
}

// OnCall makes a shift one of people who are not at work, but can be called for
// tickets that match and for which nobody on shift is free. They are paid PerHour for
// all of their hours and, for those in which they work, the price of overtime on top.
type OnCall struct {
	Match    sla.Match
	Responds time.Duration // from the call until the work begins
	PerHour  float64       // the standby rate, in the scenario's currency
	Minimum  time.Duration // a call is paid as if it had lasted at least so long
}

// headsOn is the gross heads of the shift on a day, with those hired until then.
func (s *Shift) headsOn(d calendar.Date) float64 {
	heads := s.Heads
	for i := range s.Hires {
		if s.Hires[i].On.Compare(d) <= 0 {
			heads += s.Hires[i].Heads
		}
	}
	return heads
}

// People reports whether it matters who of a shift's people is there, and not only how
// many are: whether some are sick, leave, or have come later than others.
func (t *Team) People(s *Shift) bool {
	return s.OnCall == nil && (t.Sickness.Share > 0 || t.Hiring.Attrition > 0 || len(s.Hires) > 0 || s.PartTime > 0)
}

// Newcomers is how people of a shift learn who come later than its first: its own
// curve, else the team's.
func (t *Team) Newcomers(s *Shift) Learning {
	if len(s.Learning) > 0 {
		return s.Learning
	}
	return t.Ramp
}

// Works reports whether a part-time person of the shift, counted from 0, works on a
// day on which the shift starts. Everybody works on the same share of its days, in a
// fixed rotation, so that on each day the same number is there, give or take one.
func (s *Shift) Works(person int, d calendar.Date) bool {
	if s.PartTime == 0 || s.PartTime == 1 {
		return true
	}
	turn := s.workdays(d) + person
	return s.turns(turn+1) > s.turns(turn)
}

// turns is how many of the first n turns of the rotation are worked.
func (s *Shift) turns(n int) int { return int(float64(n)*s.PartTime + turnDust) }

// turnDust keeps what is a whole number but for binary fractions from falling below it.
const turnDust = 1e-9

// workdays counts the days of the week pattern up to a day, from a Monday long ago.
// Holidays count: the rotation goes on over them.
func (s *Shift) workdays(d calendar.Date) int {
	days := int(time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC).Sub(rotationStart) / (24 * time.Hour))
	week := 0
	for _, on := range s.Days {
		if on {
			week++
		}
	}
	n := days / 7 * week
	for k := range days % 7 {
		if s.Days[(int(time.Monday)+k)%7] {
			n++
		}
	}
	return n
}

var rotationStart = time.Date(1900, time.January, 1, 12, 0, 0, 0, time.UTC) // a Monday

// usualWeek is the paid hours of a full-time head where nothing else is said.
const usualWeek = 40 * time.Hour

// Week is the paid hours of a full-time head in a week.
func (t *Team) Week() time.Duration {
	if t.FullTime > 0 {
		return t.FullTime
	}
	return usualWeek
}
