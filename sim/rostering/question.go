package rostering

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/requirement"
	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/optimize"
)

// The methods of a search.
const (
	Iterate = "iterate"
	Cuts    = "cuts"
)

// Question is what a roster is asked for.
type Question struct {
	Scenario   *model.Scenario
	Candidates []roster.Candidate
	Limits     []roster.Limit
	// Weekly asks for the same roster in each week; otherwise each day has its own.
	Weekly  bool
	Targets []outcome.Expectation
	Wish    roster.Wish
	// Trials is how many replications a roster is simulated for in the search; 0: Trials.
	Trials int
	// Proof is how many the proof takes; 0: Proofs, or as many as Wish.Fails takes.
	Proof int
	// Baselines asks for what planners would staff by formula, too.
	Baselines bool
	// Limit is how long search and strengthening may take together, proofs and baselines not among
	// it; 0: as long as they like.
	Limit  time.Duration
	Solver optimize.Solver
	// Quick, if not nil, finds the scale of the requirement where there are many shifts, for which
	// Solver would take too long, or once it has; what it finds need not be good.
	Quick   optimize.Solver
	Workers int
	Tool    string
	// Progress, if not nil, is told what the search does, and what it costs a week that it has.
	Progress func(doing string, cost float64)
}

// Numbers of replications where none are given.
const (
	Trials = 20
	Proofs = 60
)

// Problem is a question that has no sense. It is an error.
type Problem struct{ Text string }

func (p *Problem) Error() string { return p.Text }

func problemf(format string, values ...any) error { return &Problem{fmt.Sprintf(format, values...)} }

// check fills in what is left out.
func (q *Question) check() error {
	switch {
	case q.Scenario == nil || q.Solver == nil:
		return errors.New("rostering: no scenario, or no solver")
	case len(q.Candidates) == 0:
		return problemf("there is no shift that may be staffed")
	case len(q.Targets) == 0 && q.Wish.Budget == 0 && !q.Wish.Credits:
		return problemf("nothing is asked for: give a target, or count credits as cost")
	case len(q.Targets) == 0 && q.Wish.Budget > 0:
		return problemf("a budget takes a target, of which it buys the most")
	case q.Wish.FullWeeks && !q.Weekly:
		return problemf("people work full weeks on a roster that is the same each week, not on one that differs by day")
	case !(q.Wish.Confidence > 0.5 && q.Wish.Confidence < 1):
		return problemf("the confidence must lie between 50 %% and 100 %%, not at %g %%", 100*q.Wish.Confidence)
	case !(q.Wish.Fails >= 0 && q.Wish.Fails <= 0.5):
		return problemf("the chance that a period fails must lie between 0 and 50 %%, not at %g %%", 100*q.Wish.Fails)
	case !(q.Wish.Budget >= 0) || math.IsInf(q.Wish.Budget, 0):
		return problemf("the budget must be finite and not negative, not %v", q.Wish.Budget)
	case !(q.Wish.Price >= 0) || math.IsInf(q.Wish.Price, 0):
		return problemf("the price of an hour outside the band must be finite and not negative, not %v", q.Wish.Price)
	}
	if q.Wish.Method == "" {
		q.Wish.Method = Iterate
	}
	if q.Wish.Method != Iterate && q.Wish.Method != Cuts {
		return problemf("there is no method %s; there are %s and %s", q.Wish.Method, Iterate, Cuts)
	}
	if q.Trials == 0 {
		q.Trials = Trials
		if q.Wish.Fails > 0 {
			// A share so small shows in no fewer.
			q.Trials = max(q.Trials, int(math.Ceil(2/q.Wish.Fails)))
		}
	}
	if q.Proof == 0 {
		q.Proof = Proofs
		if q.Wish.Fails > 0 {
			// The confidence takes so many without any that fails, and as many again for some that do.
			q.Proof = max(q.Proof, int(math.Ceil(3*math.Log(1-q.Wish.Confidence)/math.Log1p(-q.Wish.Fails))))
		}
	}
	if q.Trials < 2 || q.Proof < 2 {
		return problemf("a roster takes 2 replications or more")
	}
	return nil
}

// solving is how long a program may take: it is solved some tens of times.
func (q *Question) solving() time.Duration {
	if q.Limit > 0 {
		return q.Limit / 20
	}
	return time.Minute
}

// many is from how many shifts on days on covers are left to Question.Quick until the scale is known.
const many = 500

// slot is a shift on a day: what gets heads.
type slot struct {
	candidate int
	team      int
	date      calendar.Date // the day, or the first such day of the week
	weekday   time.Weekday
	pay       float64 // of one head, a week
	least     int
	most      int // -1: no limit
	covers    []cover
}

// cover is that one head on a slot is there, by interval.
type cover struct {
	at    int
	heads float64
}

// need is work that some teams can do.
type need struct {
	name  string
	teams []ticket.Team
	base  []float64 // net heads by interval, by formula
	open  []bool    // by interval: a shift of these teams could be there
}

// space is what can be staffed and what must be covered.
type space struct {
	q     *Question
	axis  calendar.Axis
	weeks float64 // of the scenario's length
	slots []slot
	needs []need
	work  *requirement.Requirement // of which the needs are made
	teams []staffing.Team          // as they are paid; by the hour at 1 where the scenario knows no pay
	saves string                   // the measure that is made small: cost, or paid hours where the scenario knows no pay
	late  float64                  // hours of writing that nobody can do in time
	short float64                  // price of an hour for which somebody is missing
	slow  bool                     // a solver has taken all the time that it may take
	crews []*crew                  // by crewOf: those who work full weeks; nil where shifts are staffed one by one
}

func newSpace(q *Question) (*space, error) {
	s := q.Scenario
	sp := &space{q: q, axis: calendar.Axis{Origin: s.Time.Start}, weeks: s.Time.Length.Hours() / (7 * 24)}
	sp.teams, sp.saves = priced(s.Teams)
	n := int((s.Time.Length + s.Time.Interval - 1) / s.Time.Interval)
	there := sp.reach(n)
	r, err := requirement.Of(s, requirement.Options{Open: func(teams []ticket.Team, from, to time.Duration) time.Duration {
		share := 0.
		for _, t := range teams {
			share = max(share, there[t][int(from/s.Time.Interval)])
		}
		return time.Duration(share * float64(to-from))
	}})
	if err != nil {
		return nil, err
	}
	sp.work = r
	for i := range r.Groups {
		g := &r.Groups[i]
		if len(g.Teams) == 0 {
			return nil, problemf("some tickets are for no team")
		}
		heads, err := r.Heads(g, requirement.ModifiedLoad)
		if err != nil {
			return nil, err
		}
		one := need{teams: g.Teams, base: heads, open: make([]bool, n)}
		for k := range one.open {
			for _, t := range g.Teams {
				one.open[k] = one.open[k] || there[t][k] > 0
			}
		}
		one.name = names(s, g.Teams)
		sp.needs = append(sp.needs, one)
		sp.late += g.Late
	}
	return sp, sp.lay()
}

// priced is teams with a price of hours, and what their cost is measured by: where no team has any, hours count as such.
func priced(teams []staffing.Team) ([]staffing.Team, string) {
	if slices.ContainsFunc(teams, func(t staffing.Team) bool { return t.Cost.PerHour > 0 }) {
		return teams, outcome.Cost
	}
	out := slices.Clone(teams)
	for t := range out {
		out[t].Cost.PerHour = 1
	}
	return out, outcome.PaidHours
}

func names(s *model.Scenario, teams []ticket.Team) (text string) {
	for i, t := range teams {
		if i > 0 {
			text += " or "
		}
		text += s.Teams[t].Name
	}
	return text
}

// reach is how much of each interval some shift of each team could cover, at most 1.
func (sp *space) reach(n int) [][]float64 {
	s := sp.q.Scenario
	out := make([][]float64, len(s.Teams))
	for t := range s.Teams {
		out[t] = make([]float64, n)
		team := s.Teams[t]
		team.Shifts, team.Overtime = nil, nil
		for _, c := range sp.q.Candidates {
			if c.Team == t {
				shift := c.Shift
				shift.Heads, shift.PartTime, shift.Hires, shift.Breaks = 1, 0, nil, nil
				team.Shifts = append(team.Shifts, shift)
			}
		}
		for _, d := range staffing.Duties([]staffing.Team{team}, sp.axis, 0, s.Time.Length) {
			for i := max(0, int(d.From/s.Time.Interval)); i < n; i++ {
				from := time.Duration(i) * s.Time.Interval
				if from >= d.To {
					break
				}
				part := min(d.To, from+s.Time.Interval) - max(d.From, from)
				out[t][i] = max(out[t][i], float64(part)/float64(s.Time.Interval))
			}
		}
	}
	return out
}

// lay works out the slots.
func (sp *space) lay() error {
	c, err := sp.cover(sp.scaled(0))
	if err != nil {
		return err
	}
	for j := range c.Starts {
		st := &c.Starts[j]
		one := &sp.q.Candidates[st.Candidate]
		col := &c.Program.Columns[j]
		sl := slot{
			candidate: st.Candidate, team: one.Team, date: st.Date, weekday: st.Date.Weekday(),
			pay: col.Cost / sp.weeks, least: int(col.Lower), most: -1,
		}
		if !math.IsInf(col.Upper, 1) {
			sl.most = int(col.Upper)
		}
		for _, e := range st.Covers() {
			sl.covers = append(sl.covers, cover{e.Row, e.Coef})
		}
		sp.slots = append(sp.slots, sl)
		// Nothing may be left uncovered to save pay, not even if one row stands for a whole day.
		sp.short = max(sp.short, 20*col.Cost/sp.q.Scenario.Time.Interval.Hours())
	}
	if len(sp.slots) == 0 {
		return problemf("none of the shifts lies within the scenario's time")
	}
	return sp.fullWeeks()
}

// cover states what must be covered as a program, by which each need has the heads given.
func (sp *space) cover(needs [][]float64) (*roster.Cover, error) {
	p := roster.Plan{
		Teams: sp.teams, Axis: sp.axis, Interval: sp.q.Scenario.Time.Interval,
		Candidates: sp.q.Candidates, Limits: sp.q.Limits, Short: sp.short,
	}
	for i := range sp.needs {
		n := roster.Need{Name: sp.needs[i].name, Heads: slices.Clone(needs[i])}
		for k := range n.Heads {
			if !sp.needs[i].open[k] {
				n.Heads[k] = 0 // nobody can be there
			}
		}
		for _, t := range sp.needs[i].teams {
			n.Teams = append(n.Teams, int(t))
		}
		p.Needs = append(p.Needs, n)
	}
	c, err := p.Cover()
	if err == nil && sp.q.Weekly {
		c = c.Weekly()
	}
	return c, err
}

// solve covers the needs at the least pay.
func (sp *space) solve(ctx context.Context, solver optimize.Solver, needs [][]float64, start []int) (heads []int, solved roster.Solved, err error) {
	c, err := sp.cover(needs)
	if err != nil {
		return nil, solved, err
	}
	part, stop := context.WithTimeout(ctx, sp.q.solving())
	defer stop()
	a, err := optimize.Solve(part, solver, c.Program, started(c, start))
	sp.slow = sp.slow || part.Err() != nil && ctx.Err() == nil
	if err != nil {
		return nil, solved, err
	}
	if heads, err = sp.filled(ctx, sp.heads(a.X)); err != nil {
		return nil, solved, err
	}
	return heads, roster.Solved{
		Solver: a.Solver, Cost: a.Cost / sp.weeks, Bound: a.Bound / sp.weeks, Gap: a.Gap(), Proven: a.Gap() == 0,
	}, nil
}

// started is a choice to begin with: some heads, and whoever is missing then.
func started(c *roster.Cover, heads []int) []float64 {
	if heads == nil {
		return nil
	}
	x := make([]float64, len(c.Program.Columns))
	for j, n := range heads {
		x[j] = float64(n)
	}
	missed := c.Program.Missed(x)
	for j := len(heads); j < len(x); j++ {
		for _, e := range c.Program.Columns[j].Entries {
			x[j] = max(x[j], missed[e.Row])
		}
	}
	if c.Program.Feasible(x) != nil {
		return nil
	}
	return x
}

// heads are the whole numbers of a solver's choice.
func (sp *space) heads(x []float64) []int {
	out := make([]int, len(sp.slots))
	for j := range out {
		out[j] = int(math.Round(x[j]))
	}
	return out
}

// pay is what heads cost a week, as planned.
func (sp *space) pay(heads []int) (sum float64) {
	for j, n := range heads {
		sum += float64(n) * sp.slots[j].pay
	}
	return sum
}

// allowed reports whether heads keep the limits of shifts and of teams.
func (sp *space) allowed(heads []int) bool {
	for j, n := range heads {
		if n < sp.slots[j].least || sp.slots[j].most >= 0 && n > sp.slots[j].most {
			return false
		}
	}
	for _, c := range sp.crews {
		if c != nil {
			if _, ok := c.people(heads); !ok {
				return false
			}
		}
	}
	for _, l := range sp.q.Limits {
		days := map[calendar.Date]int{}
		part, all := 0, 0
		for j, n := range heads {
			if sp.slots[j].team != l.Team {
				continue
			}
			days[sp.slots[j].date] += n
			if all += n; sp.q.Candidates[sp.slots[j].candidate].Part {
				part += n
			}
		}
		if l.Part > 0 && float64(part) > l.Part*float64(all)+1e-9 {
			return false
		}
		for day, n := range days {
			if l.Max > 0 && n > l.Max || n < l.Min && day.Compare(calendar.DateOf(sp.axis.Origin)) >= 0 {
				return false
			}
		}
	}
	return true
}
