package rostering

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/requirement"
	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/sim/optimize"
)

// bill is the bill of a scenario's shifts over its whole time.
func (sp *space) bill(s *model.Scenario) (all staffing.Bill) {
	duties := staffing.ByTeam(staffing.Duties(s.Teams, sp.axis, 0, s.Time.Length), len(s.Teams))
	for t := range s.Teams {
		all = all.Plus(staffing.Pay(&sp.teams[t], sp.axis, duties[t], 0, s.Time.Length))
	}
	return all
}

// currency is what costs are in: hours where the scenario knows no pay.
func (sp *space) currency() string {
	if sp.saves == outcome.PaidHours {
		return roster.PaidHours
	}
	return sp.q.Scenario.Currency
}

// proposal puts the answer together.
func (f *finder) proposal(ctx context.Context, p *proof) (*roster.Proposal, error) {
	s, q := f.q.Scenario, f.q
	staffed := f.space.staffed(p.heads)
	x := &roster.Proposal{
		Tool: q.Tool, Wish: q.Wish, Kept: p.kept, Weekly: q.Weekly, Search: f.steps, Program: f.solved, Staffed: staffed.Teams,
		Scenario: roster.Asked{
			Name: s.Name, Title: s.Title, Digest: s.Digest(), Zone: s.Time.Start.Location().String(), Start: s.Time.Start,
			Length: s.Time.Length, Warmup: s.Time.Warmup, Interval: s.Time.Interval, Currency: f.space.currency(),
		},
		Proof: roster.Proof{
			Seed: p.seed, Replications: p.outcome.Replications, Rounds: p.rounds, Simulated: f.trials, Rosters: len(f.steps), InTime: p.inTime,
		},
	}
	for i := range x.Search {
		if x.Search[i].Cost == p.pay && slices.Equal(x.Search[i].Values, f.best.values) {
			x.Search[i].Chosen = true
		}
	}
	for i, e := range q.Targets {
		m, own := measure(p.outcome, e.Measure), measure(p.own.outcome, e.Measure)
		missed, of := misses(&e, m)
		x.Targets = append(x.Targets, roster.Target{
			Expectation: e, Value: m.Estimate, Sure: p.sure[i], Missed: estimate.Proportion(missed, of, p.outcome.Level()), Before: own.Estimate,
		})
	}
	f.roster(x, p)
	f.money(x, p, staffed)
	if err := f.crews(ctx, x, p, staffed); err != nil {
		return nil, err
	}
	if err := f.coverage(x, p); err != nil {
		return nil, err
	}
	x.Warnings = f.doubts(x, p)
	if q.Baselines && p.kept && len(q.Targets) > 0 && q.Wish.Budget == 0 {
		return x, f.baselines(ctx, x, p)
	}
	return x, nil
}

// roster lists days and shifts.
func (f *finder) roster(x *roster.Proposal, p *proof) {
	first := f.space.slots[0].date
	last := first
	for j := range f.space.slots {
		if d := f.space.slots[j].date; d.Compare(first) < 0 {
			first = d
		} else if d.Compare(last) > 0 {
			last = d
		}
	}
	if f.q.Weekly {
		for k := range 7 {
			x.Days = append(x.Days, roster.Day{Weekday: time.Weekday((k + 1) % 7)})
		}
	} else {
		for d := first; d.Compare(last) <= 0; d = d.AddDays(1) {
			x.Days = append(x.Days, roster.Day{Weekday: d.Weekday(), Date: d.String()})
		}
	}
	at := map[int]int{}
	for j, n := range p.heads {
		if n == 0 {
			continue
		}
		sl := &f.space.slots[j]
		i, ok := at[sl.candidate]
		if !ok {
			i = len(x.Shifts)
			at[sl.candidate] = i
			c := &f.q.Candidates[sl.candidate]
			line := roster.Line{Team: f.q.Scenario.Teams[c.Team].Name, Shift: c.Shift.Name, From: c.Shift.From, To: c.Shift.To, Heads: make([]int, len(x.Days)), Part: c.Part}
			for _, b := range c.Shift.Breaks {
				line.Breaks = append(line.Breaks, roster.Rest{At: b.At, Minutes: b.Minutes, Turns: b.Turns})
			}
			x.Shifts = append(x.Shifts, line)
		}
		line := &x.Shifts[i]
		line.Heads[f.space.day(sl, first)] += n
		line.Pay += float64(n) * sl.pay
		hours := float64(line.To-line.From) / 60 * float64(n)
		if !f.q.Weekly {
			hours /= f.space.weeks
		}
		line.Hours += hours
	}
	slices.SortStableFunc(x.Shifts, func(a, b roster.Line) int {
		return cmp.Or(cmp.Compare(f.team(a.Team), f.team(b.Team)), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
}

func (f *finder) team(name string) int {
	return slices.IndexFunc(f.q.Scenario.Teams, func(t staffing.Team) bool { return t.Name == name })
}

// money works out the bill.
func (f *finder) money(x *roster.Proposal, p *proof, staffed *model.Scenario) {
	bill := f.space.bill(staffed)
	x.Bill.Planned, x.Bill.Own = bill.Total()/f.space.weeks, p.own.pay
	x.Bill.Premiums = (bill.Night + bill.Weekend + bill.Holiday) / f.space.weeks
	cost, own := totals(p.outcome, f.space.saves), totals(p.own.outcome, f.space.saves)
	x.Bill.Cost = weekly(p.outcome, cost)
	saved := make([]float64, len(cost))
	for r := range saved {
		saved[r] = own[r] - cost[r]
	}
	x.Bill.Saved = weekly(p.outcome, saved)
	x.Bill.Credits = weekly(p.outcome, totals(p.outcome, outcome.Credit))
	x.Bill.Outside = outside(p.outcome)
}

// crews are the teams with what they work and, where weeks are alike, who has which days off.
func (f *finder) crews(ctx context.Context, x *roster.Proposal, p *proof, staffed *model.Scenario) error {
	duties := staffing.ByTeam(staffing.Duties(staffed.Teams, f.space.axis, 0, staffed.Time.Length), len(staffed.Teams))
	for t := range staffed.Teams {
		team := &staffed.Teams[t]
		bill := staffing.Pay(&f.space.teams[t], f.space.axis, duties[t], 0, staffed.Time.Length)
		crew := roster.Crew{
			Team: team.Name, Zone: f.zone(team), Shrinkage: team.Shrinkage,
			Hours: bill.Hours / f.space.weeks, Cost: bill.Total() / f.space.weeks,
		}
		if m, ok := p.outcome.Measure(outcome.Occupancy, outcome.Labels{Team: team.Name}); ok {
			crew.Busy = m.Estimate
		}
		sum, n := 0., 0
		for i := range f.space.needs {
			if !f.space.serves(i, t) {
				continue
			}
			for k, h := range f.space.needs[i].base {
				if h > 0 && f.space.needs[i].open[k] {
					// Work that several may do is counted for each in equal parts.
					sum += h / float64(len(f.space.needs[i].teams))
					n++
				}
			}
		}
		if n > 0 {
			crew.Raw = sum / float64(n)
			gross, err := requirement.Gross(crew.Raw, team.Shrinkage)
			if err != nil {
				return err
			}
			crew.Gross = gross
		}
		for i := range x.Shifts {
			if x.Shifts[i].Team == team.Name {
				for _, h := range x.Shifts[i].Heads {
					crew.Shifts += h
				}
			}
		}
		if f.q.Weekly && crew.Shifts > 0 {
			if err := f.tours(ctx, x, &crew); err != nil {
				return err
			}
		}
		x.Teams = append(x.Teams, crew)
	}
	return nil
}

func (f *finder) zone(t *staffing.Team) string {
	if t.Zone != nil {
		return t.Zone.String()
	}
	return f.q.Scenario.Time.Start.Location().String()
}

// tours gives the people of a team their days off: those who work full days, and those who work part-time.
func (f *finder) tours(ctx context.Context, x *roster.Proposal, crew *roster.Crew) error {
	team := f.team(crew.Team)
	for _, part := range []bool{false, true} {
		w, shifts, err := f.week(x, team, part)
		if err != nil {
			return err
		}
		if w.Heads == [7]int{} {
			continue
		}
		r, err := optimize.Rotate(ctx, f.q.Solver, w)
		if err != nil {
			return err
		}
		people, err := w.People(r.X, shifts)
		if err != nil {
			return err
		}
		crew.People += len(people)
		crew.Short += w.Short(people)
		turns := make([]roster.Turn, len(w.Tours))
		for _, one := range people {
			t := &turns[one.Tour]
			t.Works, t.Part = w.Tours[one.Tour].Works, part
			t.Shift = append(t.Shift, one.Shift)
			for _, s := range one.Shift {
				if s == roster.Spare {
					crew.Spare++
				}
			}
		}
		for _, t := range turns {
			if len(t.Shift) > 0 {
				crew.Tours = append(crew.Tours, t)
			}
		}
	}
	return nil
}

// week is the heads of a team by day, full-time or part-time, with its lines of the proposal as shifts.
func (f *finder) week(x *roster.Proposal, team int, part bool) (w *roster.Week, shifts [7][]int, err error) {
	row, weekends, rest := f.q.terms(team)
	w = &roster.Week{Weekends: weekends, Rest: rest}
	if c := f.space.crews[crewOf(team, part)]; c != nil {
		w.Tours = c.tours
	} else if w.Tours, err = roster.InARow(row); err != nil {
		return nil, shifts, err
	}
	for i := range x.Shifts {
		l := &x.Shifts[i]
		w.Hours = append(w.Hours, roster.Span{From: l.From, To: l.To})
		if l.Team != f.q.Scenario.Teams[team].Name || l.Part != part {
			continue
		}
		for k, n := range l.Heads {
			d := x.Days[k].Weekday
			w.Heads[d] += n
			for range n {
				shifts[d] = append(shifts[d], i)
			}
		}
	}
	return w, shifts, nil
}

// coverage is what was required, staffed and simulated by interval.
func (f *finder) coverage(x *roster.Proposal, p *proof) error {
	c, err := f.space.cover(f.space.scaled(0))
	if err != nil {
		return err
	}
	heads := make([]float64, len(c.Program.Columns))
	for j, n := range p.heads {
		heads[j] = float64(n)
	}
	scheduled := c.Scheduled(heads)
	for i := range f.space.needs {
		n := &f.space.needs[i]
		r := roster.Requirement{Name: n.name}
		total := make([]float64, len(n.base))
		present, busy := slices.Clone(total), slices.Clone(total)
		for _, t := range n.teams {
			name := f.q.Scenario.Teams[t].Name
			r.Teams = append(r.Teams, name)
			for k, h := range scheduled[t] {
				total[k] += h
			}
			for to, series := range map[*[]float64]string{&present: outcome.SeriesHeads, &busy: outcome.SeriesBusy} {
				if y := p.outcome.TimeSeries(series, outcome.Labels{Team: name}); y != nil {
					for k := range *to {
						if h := float64(y.Mean[k]); !math.IsNaN(h) {
							(*to)[k] += h
						}
					}
				}
			}
		}
		required := n.base
		if f.needs != nil {
			required = f.needs[i]
		}
		for _, part := range []struct {
			to   *[]float64
			from []float64
		}{{&r.Offered, n.base}, {&r.Required, required}, {&r.Scheduled, total}, {&r.Present, present}, {&r.Busy, busy}} {
			*part.to = f.space.byWeek(part.from)
		}
		x.Cover = append(x.Cover, r)
	}
	return nil
}

// byWeek is the mean of each interval of a week from Monday on, over the measured time, where
// weeks are alike.
func (sp *space) byWeek(list []float64) []float64 {
	if !sp.q.Weekly {
		return list
	}
	s := sp.q.Scenario
	n := int(7 * 24 * time.Hour / s.Time.Interval)
	sums, often := make([]float64, n), make([]float64, n)
	for k, v := range list {
		at := time.Duration(k) * s.Time.Interval
		if at < s.Time.Warmup {
			continue
		}
		local := sp.axis.At(at)
		day := (int(local.Weekday()) + 6) % 7
		clock := time.Duration(day)*24*time.Hour + time.Duration(local.Hour())*time.Hour + time.Duration(local.Minute())*time.Minute
		i := int(clock/s.Time.Interval) % n
		sums[i], often[i] = sums[i]+v, often[i]+1
	}
	for i := range sums {
		if often[i] > 0 {
			sums[i] /= often[i]
		}
	}
	return sums
}

// doubts are what must be said beside the answer.
func (f *finder) doubts(x *roster.Proposal, p *proof) (list []outcome.Warning) {
	say := func(text string) { list = append(list, outcome.Warning{Text: text}) }
	switch b := f.q.Wish.Budget; {
	case x.Kept:
	case b > 0:
		say(fmt.Sprintf("The budget is too small: no roster that the shifts and their limits allow was found for %g %s a week. What is shown costs the least more and must not be staffed.", b, x.Scenario.Currency))
	default:
		say("No roster was confirmed: what is shown came nearest and must not be staffed.")
		if p.rounds == 1 && p.inTime {
			say(fmt.Sprintf("Up to %.0f times the heads that the work asks for by formula do not keep the targets: the shifts are not there when it counts, or heads are not what is missing.", mostScale))
		}
	}
	if f.space.late > 0.005 {
		say(fmt.Sprintf("For %.1f hours of work in writing a week none of the shifts is there between its arrival and its deadline.", f.space.late/f.space.weeks))
	}
	for _, one := range p.outcome.Warnings {
		if one.Kind != outcome.PrecisionMissed {
			list = append(list, one)
		}
	}
	if x.Kept && !p.inTime {
		say("The search was cut short by its time limit: a longer one may find a cheaper roster.")
	}
	spare, shifts := 0, 0
	for i := range x.Teams {
		spare, shifts = spare+x.Teams[i].Spare, shifts+x.Teams[i].Shifts
	}
	if spare > 0 {
		say(fmt.Sprintf("People with days off as their teams have them have %d days of work more than the %d shifts of the week ask for; their pay is not in the cost, which is that of the shifts. A roster of full weeks has none of them.", spare, shifts))
	}
	for i := range x.Teams {
		if c := &x.Teams[i]; c.Short > 0 {
			often := fmt.Sprintf("%d times", c.Short)
			if c.Short == 1 {
				often = "once"
			}
			say(fmt.Sprintf("In %s somebody has less rest between two shifts than the rules ask for, %s a week.", c.Team, often))
		}
	}
	return list
}
