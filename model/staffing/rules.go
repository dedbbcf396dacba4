package staffing

import "time"

// Rules are which shifts a team may be given by whoever looks for a roster, and what its
// people agree to. They change nothing about the shifts that the team has.
type Rules struct {
	Patterns []Pattern // empty: like the shifts that the team has
	// Least and Most bound the heads whose shifts start on a day; Most 0: no limit.
	Least, Most int
	InARow      int           // days of work in a row before days off, 1 to 6; 0: 5
	Weekends    float64       // the largest share of the people who work on a weekend; 0: no bound
	PartTimers  float64       // the largest share of the shifts that part-timers work; 0: no bound
	Rest        time.Duration // the least between two shifts of a person; 0: none
	// FullWeeks asks, of a roster that is the same each week, that everybody has a shift on all days on which he works.
	FullWeeks bool
}

// Pattern is a kind of shift: so long, on some days, at some starts.
type Pattern struct {
	Name   string  // may be empty
	Length int     // minutes, breaks included
	Starts []int   // minutes since local midnight, below 1,440
	Days   [7]bool // by time.Weekday: the days on which it may start
	Breaks []Pause
	// Least and Most bound the heads on each day at each start; Most 0: no limit.
	Least, Most int
	PartTime    bool // worked by part-timers
	Holidays    bool // it may also start on the team's holidays
}

// Pause is a break of a pattern.
type Pause struct {
	After   int // minutes since the start of the shift
	Minutes int
	Turns   int // as of a Break
}

// DefaultInARow is for how many days in a row people work if rules do not say.
const DefaultInARow = 5

// DefaultRest is the least between two shifts of a person if rules do not say:
// directive 2003/88/EC, article 3.
const DefaultRest = 11 * time.Hour

// At is the pattern as a shift, without heads, that starts so many minutes after midnight.
func (p *Pattern) At(start int) Shift {
	s := Shift{Days: p.Days, From: start, To: start + p.Length, Holidays: p.Holidays}
	for _, b := range p.Breaks {
		s.Breaks = append(s.Breaks, Break{At: start + b.After, Minutes: b.Minutes, Turns: b.Turns})
	}
	return s
}
