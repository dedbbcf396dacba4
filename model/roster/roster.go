// Package roster puts heads on shifts, as a program to be solved elsewhere (sim/optimize):
// which shifts, on which days, by how many, such that each interval has the heads that it
// needs at the least pay. And then, from the heads of each day, who has which days off.
//
// Days come first and tours second, since both at once is out of reach of any solver for a
// week of half hours (Dantzig 1954 for the days; Baker 1974 and Bartholdi, Orlin and Ratliff
// 1980 for days off). What the second step adds to the first is spare days; the
// first step's bound is a bound of both.
//
// A shift that may be staffed is a staffing.Shift: its hours, breaks, zone, shrinkage and pay
// are worked out by package staffing, so that a roster means to the simulator what it
// meant here.
package roster

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/program"
	"github.com/headroom-sim/headroom/model/staffing"
)

// Plan is the question: which shifts to staff.
type Plan struct {
	Teams      []staffing.Team // their own shifts are left out of account
	Axis       calendar.Axis
	Interval   time.Duration // of the needs
	Needs      []Need
	Candidates []Candidate
	Limits     []Limit
	// Short is the price of an hour for which a head is missing; 0: nobody may be missing.
	Short float64
}

// Need is net heads that must be there, by interval from the axis' origin on, and of which
// teams they may be. Those who could serve several needs serve them as is best, in any
// fractions.
type Need struct {
	Name  string
	Teams []int
	Heads []float64
}

// Candidate is a shift that may be staffed on each day on which it starts; its Heads and
// PartTime mean nothing.
type Candidate struct {
	Team     int
	Shift    staffing.Shift
	Min, Max int  // heads on each of those days; Max 0: as many as are wanted
	Part     bool // worked by part-timers
}

// Limit bounds the heads of a team whose shifts start on one day.
type Limit struct {
	Team     int
	Min, Max int // Max 0: no limit
	// Part is the largest share of the team's shifts, over the whole time, that part-timers may work;
	// 0: no bound.
	Part float64
}

// Cover is a plan as a program.
type Cover struct {
	Program *program.Program
	Starts  []Start // by column; further columns are heads that are missing
	plan    *Plan
	days    *Cover // of a weekly one: what it was folded from
	fold    []int  // column of the week by column of days
}

// Start is a shift on a day.
type Start struct {
	Candidate int
	Date      calendar.Date
	covers    []program.Entry // net heads for one gross one; Row is the interval
}

// Covers is the mean net heads that one gross one of the shift is in each interval in which it
// is at work; Row is the interval.
func (s *Start) Covers() []program.Entry { return s.covers }

// How many needs and teams are looked at: their sets are numbered by bits.
const (
	mostNeeds = 12
	mostTeams = 64
)

// Cover states the plan as a program. Its columns are shifts on days, in heads, each of which
// costs the pay of its hours within the plan's time; its rows are the needs of each interval. A
// shift or break that covers a part of an interval counts by that part, and net
// of the team's shrinkage.
//
// Where teams serve several needs, there is a row for each set of needs that matters: those
// who can serve any of a set must be as many as all of it asks for, which is enough
// for a division of their time to exist (Hall's condition; Gale 1957). Heads missing are
// counted for an interval, not for a need, which by the same theorem is all that are
// missing in the best division.
func (p *Plan) Cover() (*Cover, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	c := &Cover{Program: &program.Program{}, plan: p}
	c.start()
	c.needs()
	c.limits()
	return c, nil
}

func (p *Plan) check() error {
	if p.Interval <= 0 || len(p.Needs) == 0 || len(p.Needs) > mostNeeds {
		return fmt.Errorf("a plan has an interval and 1 to %d needs, not %v and %d", mostNeeds, p.Interval, len(p.Needs))
	}
	if !(p.Short >= 0) || math.IsInf(p.Short, 0) {
		return fmt.Errorf("the price of a missing head must be finite and not negative, not %v", p.Short)
	}
	for _, n := range p.Needs {
		switch {
		case len(n.Heads) != len(p.Needs[0].Heads):
			return fmt.Errorf("need %s has %d intervals, need %s has %d", n.Name, len(n.Heads), p.Needs[0].Name, len(p.Needs[0].Heads))
		case len(n.Teams) == 0:
			return fmt.Errorf("no team may serve need %s", n.Name)
		}
		for i, h := range n.Heads {
			if !(h >= 0) || math.IsInf(h, 0) {
				return fmt.Errorf("need %s in interval %d must be finite and not negative, not %v", n.Name, i, h)
			}
		}
		for _, t := range n.Teams {
			if t < 0 || t >= min(len(p.Teams), mostTeams) {
				return fmt.Errorf("need %s names team %d of %d", n.Name, t, len(p.Teams))
			}
		}
	}
	for i, c := range p.Candidates {
		switch {
		case c.Team < 0 || c.Team >= len(p.Teams):
			return fmt.Errorf("shift %d, %s, names team %d of %d", i, c.Shift.Name, c.Team, len(p.Teams))
		case c.Min < 0 || c.Max < 0 || c.Max > 0 && c.Max < c.Min:
			return fmt.Errorf("shift %d, %s, has %d to %d heads", i, c.Shift.Name, c.Min, c.Max)
		case c.Shift.OnCall != nil:
			return fmt.Errorf("shift %d, %s, is on call: who is called is not there", i, c.Shift.Name)
		}
	}
	for i, l := range p.Limits {
		if l.Team < 0 || l.Team >= len(p.Teams) || l.Min < 0 || l.Max < 0 || l.Max > 0 && l.Max < l.Min || !(l.Part >= 0 && l.Part <= 1) {
			return fmt.Errorf("limit %d allows team %d of %d from %d to %d heads", i, l.Team, len(p.Teams), l.Min, l.Max)
		}
	}
	return nil
}

// until is the end of the plan's time.
func (p *Plan) until() time.Duration { return time.Duration(len(p.Needs[0].Heads)) * p.Interval }

// start makes the columns: each candidate on each day on which it is at work within the time.
func (c *Cover) start() {
	p := c.plan
	for i := range p.Candidates {
		one := &p.Candidates[i]
		team := p.Teams[one.Team]
		shift := one.Shift
		shift.Heads, shift.PartTime, shift.Hires = 1, 0, nil
		team.Shifts, team.Overtime = []staffing.Shift{shift}, nil
		byDate := map[calendar.Date][]staffing.Duty{}
		var dates []calendar.Date
		for _, d := range staffing.Duties([]staffing.Team{team}, p.Axis, 0, p.until()) {
			if byDate[d.Date] == nil {
				dates = append(dates, d.Date)
			}
			byDate[d.Date] = append(byDate[d.Date], d)
		}
		slices.SortFunc(dates, calendar.Date.Compare)
		for _, date := range dates {
			duties := byDate[date]
			most := math.Inf(1)
			if one.Max > 0 {
				most = float64(one.Max)
			}
			least := float64(one.Min)
			if duties[0].From < 0 {
				least = 0 // it began before the plan does
			}
			c.Starts = append(c.Starts, Start{Candidate: i, Date: date, covers: covered(duties, p.Interval, len(p.Needs[0].Heads))})
			c.Program.Columns = append(c.Program.Columns, program.Column{
				Name:  fmt.Sprintf("%s, %s, %v", team.Name, shift.Name, date),
				Cost:  staffing.Pay(&team, p.Axis, duties, 0, p.until()).Total(),
				Lower: least, Upper: most, Integer: true,
			})
		}
	}
}

// covered is the mean net heads of some duties in each interval that they touch.
func covered(duties []staffing.Duty, interval time.Duration, intervals int) (list []program.Entry) {
	first, last := intervals, 0
	for _, d := range duties {
		first, last = min(first, max(0, int(d.From/interval))), max(last, int((d.To-1)/interval))
	}
	for i := first; i <= min(last, intervals-1); i++ {
		from := time.Duration(i) * interval
		heads := 0.
		for _, d := range duties {
			there := within(d.From, d.To, from, from+interval)
			for _, b := range d.Breaks {
				there -= within(b.From, b.To, from, from+interval)
			}
			heads += d.Net * float64(there) / float64(interval)
		}
		if heads > 1e-12 {
			list = append(list, program.Entry{Row: i, Coef: heads})
		}
	}
	return list
}

// within is how much of [a, b) lies in [from, to).
func within(a, b, from, to time.Duration) time.Duration { return max(0, min(b, to)-max(a, from)) }

// needs makes the rows of the needs, and the columns of missing heads.
func (c *Cover) needs() {
	p, prog := c.plan, c.Program
	byTeam := make([][]int, len(p.Teams)) // columns
	for j, s := range c.Starts {
		t := p.Candidates[s.Candidate].Team
		byTeam[t] = append(byTeam[t], j)
	}
	missing := map[[2]int]int{} // column by component and interval
	for _, set := range p.sets() {
		rows := make([]int, len(p.Needs[0].Heads))
		for i := range rows {
			rows[i] = -1
			asked := 0.
			for _, n := range set.needs {
				asked += p.Needs[n].Heads[i]
			}
			if asked <= 0 {
				continue
			}
			rows[i] = len(prog.Rows)
			prog.Rows = append(prog.Rows, program.Row{Name: p.name(set.needs, i), Lower: asked, Upper: math.Inf(1)})
			if p.Short == 0 {
				continue
			}
			key := [2]int{set.component, i}
			j, ok := missing[key]
			if !ok {
				j = len(prog.Columns)
				missing[key] = j
				prog.Columns = append(prog.Columns, program.Column{
					Name: "missing at " + p.when(i), Cost: p.Short * p.Interval.Hours(), Upper: math.Inf(1),
				})
			}
			prog.Columns[j].Entries = append(prog.Columns[j].Entries, program.Entry{Row: rows[i], Coef: 1})
		}
		for _, t := range set.teams {
			for _, j := range byTeam[t] {
				for _, e := range c.Starts[j].covers {
					if rows[e.Row] >= 0 {
						prog.Columns[j].Entries = append(prog.Columns[j].Entries, program.Entry{Row: rows[e.Row], Coef: e.Coef})
					}
				}
			}
		}
	}
}

// name says what a row is about.
func (p *Plan) name(needs []int, interval int) string {
	names := make([]string, len(needs))
	for k, n := range needs {
		names[k] = p.Needs[n].Name
	}
	return strings.Join(names, " and ") + " at " + p.when(interval)
}

// when is the begin of an interval on the clock of the axis' zone.
func (p *Plan) when(interval int) string {
	return p.Axis.At(time.Duration(interval) * p.Interval).Format("Mon 2006-01-02 15:04")
}

// limits makes the rows of the teams' limits.
func (c *Cover) limits() {
	p, prog := c.plan, c.Program
	for _, l := range p.Limits {
		rows := map[calendar.Date]int{}
		for j, s := range c.Starts {
			if p.Candidates[s.Candidate].Team != l.Team {
				continue
			}
			row, ok := rows[s.Date]
			if !ok {
				row = len(prog.Rows)
				rows[s.Date] = row
				most := math.Inf(1)
				if l.Max > 0 {
					most = float64(l.Max)
				}
				least := float64(l.Min)
				if c.before(s) {
					least = 0
				}
				prog.Rows = append(prog.Rows, program.Row{Name: fmt.Sprintf("heads of %s on %v", p.Teams[l.Team].Name, s.Date), Lower: least, Upper: most})
			}
			prog.Columns[j].Entries = append(prog.Columns[j].Entries, program.Entry{Row: row, Coef: 1})
		}
		c.parts(&l)
	}
}

// parts makes the row of a team's part-timers.
func (c *Cover) parts(l *Limit) {
	if l.Part == 0 {
		return
	}
	p, prog := c.plan, c.Program
	row := len(prog.Rows)
	prog.Rows = append(prog.Rows, program.Row{Name: "part-timers of " + p.Teams[l.Team].Name, Lower: math.Inf(-1), Upper: 0})
	for j, s := range c.Starts {
		one := &p.Candidates[s.Candidate]
		if one.Team != l.Team {
			continue
		}
		coef := -l.Part
		if one.Part {
			coef++
		}
		if coef != 0 {
			prog.Columns[j].Entries = append(prog.Columns[j].Entries, program.Entry{Row: row, Coef: coef})
		}
	}
}

// before reports whether a start lies on a day before the plan's first.
func (c *Cover) before(s Start) bool {
	return s.Date.Compare(calendar.DateOf(c.plan.Axis.Origin)) < 0
}

// Staffed is heads on a shift on a day.
type Staffed struct {
	Candidate int
	Date      calendar.Date
	Heads     int // gross: on the payroll
}

// Staffed lists the shifts that a choice staffs, in the order of candidates and days.
func (c *Cover) Staffed(x []float64) (list []Staffed) {
	for j, s := range c.Starts {
		if n := int(math.Round(x[j])); n > 0 {
			list = append(list, Staffed{Candidate: s.Candidate, Date: s.Date, Heads: n})
		}
	}
	return list
}

// Scheduled is the net heads of each team by interval.
func (c *Cover) Scheduled(x []float64) [][]float64 {
	if c.days != nil {
		return c.days.Scheduled(c.byDay(x))
	}
	heads := make([][]float64, len(c.plan.Teams))
	for t := range heads {
		heads[t] = make([]float64, len(c.plan.Needs[0].Heads))
	}
	for j, s := range c.Starts {
		for _, e := range s.covers {
			heads[c.plan.Candidates[s.Candidate].Team][e.Row] += e.Coef * x[j]
		}
	}
	return heads
}

// Missing is the heads that a choice leaves missing, by interval, all needs together.
func (c *Cover) Missing(x []float64) []float64 {
	p := c.plan
	heads := make([]float64, len(p.Needs[0].Heads))
	scheduled := c.Scheduled(x)
	worst, sets := map[int]float64{}, p.sets()
	for i := range heads {
		clear(worst)
		for _, set := range sets {
			lacks := 0.
			for _, n := range set.needs {
				lacks += p.Needs[n].Heads[i]
			}
			for _, t := range set.teams {
				lacks -= scheduled[t][i]
			}
			worst[set.component] = max(worst[set.component], lacks)
		}
		for _, by := range worst {
			heads[i] += by
		}
	}
	return heads
}
