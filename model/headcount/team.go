package headcount

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/staffing"
)

// Month is a calendar month of a plan.
type Month struct {
	First calendar.Date
	// From and To are in days since the plan's start.
	From, To int
}

// Name is such as 2027-01.
func (m *Month) Name() string { return m.First.String()[:len("2006-01")] }

// Days is how many it has.
func (m *Month) Days() int { return m.To - m.From }

// Cohort is people who begin on one day.
type Cohort struct {
	Heads float64
	Day   int // since the plan's start; below 0 for people who are there
	// Until is the day on which people of a fixed term go, all of them; such people do not leave
	// before. 0: for good.
	Until    int
	Training int // days in class
	Learning staffing.Learning
}

// Team is what a plan knows of a team.
type Team struct {
	Name   string
	Hiring staffing.Hiring
	Ramp   staffing.Learning // of those who will begin, after their training
	People []Cohort          // those there, and those who are agreed
	Rate   float64           // pay of an hour
	Week   float64           // paid hours of a head

	// By month: net heads asked for, and the share of the paid time in which a head is not at work.
	Net, Lost []float64
	spread    []spread // of Net, by month; nil where demand is as it is written
}

// Uncertain reports whether demand may be more or less than is written, by the forecast errors of its streams.
func (t *Team) Uncertain() bool { return t.spread != nil }

// Plan is the question.
type Plan struct {
	Start  calendar.Date
	Months []Month
	Teams  []Team
	Margin float64 // on top of the heads that work asks for, as a share

	forecast dist.Dist // how many times what is written may come; zero: it comes
}

// Gross is the heads on the payroll that a team's work asks for in a month.
func (p *Plan) Gross(t *Team, month int) float64 {
	return t.Net[month] * (1 + p.Margin) / (1 - t.Lost[month])
}

// Earliest is the first month in which somebody can begin who is asked for on the plan's
// first day: the number of months if that is none of them.
func (p *Plan) Earliest(t *Team) int {
	lead := int(t.Hiring.Lead / day)
	for m := range p.Months {
		if p.Months[m].From >= lead {
			return m
		}
	}
	return len(p.Months)
}

// Ask is the last day on which people who begin in a month must be asked for.
func (p *Plan) Ask(t *Team, month int) calendar.Date {
	return p.Months[month].First.AddDays(-int(t.Hiring.Lead / day))
}

const (
	day         = 24 * time.Hour
	daysInYear  = 365
	daysInAWeek = 7
)

// begin is a cohort of one that begins on the first of a month.
func (t *Team) begin(m *Month) Cohort {
	return Cohort{Heads: 1, Day: m.From, Training: int(t.Hiring.Training / day), Learning: t.Ramp}
}

// stays is the chance that somebody of a cohort is there at the beginning of a day.
func (t *Team) stays(c *Cohort, at int) float64 {
	if at < c.Day {
		return 0
	}
	if c.Until > 0 {
		if at >= c.Until {
			return 0
		}
		return 1
	}
	class, after := 0., float64(at-max(c.Day, 0)) // people are counted from the plan's start on
	rate := t.Hiring.Attrition / daysInYear
	if t.Hiring.Dropout > 0 && c.Training > 0 {
		class = min(float64(c.Training), after)
		after -= class
		class *= -math.Log1p(-t.Hiring.Dropout) / float64(c.Training)
	}
	return math.Exp(-class - rate*after)
}

// work is what somebody of a cohort does of a full head's work on a day, if he is there.
func (c *Cohort) work(at int) float64 {
	age := at - c.Day - c.Training
	if age < 0 {
		return 0
	}
	return c.Learning.Speed(time.Duration(age)*day + day/2)
}

// presence is one of a cohort in a month: means over its days, and the ends.
type presence struct {
	there, class, work float64 // on the payroll; of these in class; work done, in full heads
	opening, closing   float64
}

// present is one of a cohort in a month. Somebody counts for a day if he is there at noon.
func (t *Team) present(c *Cohort, m *Month) (p presence) {
	for d := m.From; d < m.To; d++ {
		there := (t.stays(c, d) + t.stays(c, d+1)) / 2
		if d+1 == c.Until {
			there = t.stays(c, d)
		}
		if d < c.Day {
			there = 0
		}
		p.there += there
		if d < c.Day+c.Training {
			p.class += there
		}
		p.work += there * c.work(d)
	}
	days := float64(m.Days())
	p.there, p.class, p.work = p.there/days, p.class/days, p.work/days
	if c.Day < m.From {
		p.opening = t.stays(c, m.From)
	}
	if c.Day < m.To {
		p.closing = t.stays(c, m.To)
	}
	return p
}
