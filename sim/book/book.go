// Package book simulates years of a book of contracts: what each replication has counted for every contract, what
// staff cost, and what happened in each month. What that is worth, model/pricing works out.
//
// A year is whole calendar months, with a warm-up before them that is not measured, and Tail after them, in which
// what came last can come to its end: a month whose tickets are still open is not a month, and neither is one that the
// horizon cuts.
package book

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/pricing"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// Tail is how many days are simulated after the last month.
const Tail = 14

// Horizon is the time that a scenario must have, so that so many whole calendar months follow its own warm-up, from
// the beginning of a quarter or a year on if some contract, or an alternative to one, is judged over these: after
// how many days from its start measuring begins, and after how many the simulation ends.
func Horizon(s *model.Scenario, months int) (warmup, length int) {
	start := s.Time.Start
	first, zone := calendar.DateOf(start), start.Location()
	early := 0 // a warm-up ends at the time of day at which it began: before the month, and not within it
	if !start.Equal(first.At(0, zone)) {
		early = 1
	}
	ends, step := start.Add(s.Time.Warmup), longest(s)
	month := later(calendar.DateOf(ends), 0)
	for month.AddDays(-early).At(start.Hour()*60+start.Minute(), zone).Before(ends) || (int(month.Month)-1)%step != 0 {
		month = later(month, 1)
	}
	return days(first, month) - early, days(first, later(month, months)) + Tail
}

// longest is how many months the longest period has over which a contract, or an alternative, is judged.
func longest(s *model.Scenario) int {
	n := 1
	for i := range s.Contracts {
		k := &s.Contracts[i]
		for _, x := range append([]contract.Contract{*k}, k.Alternatives...) {
			switch x.Period {
			case contract.Quarterly:
				n = max(n, 3)
			case contract.Yearly:
				n = 12
			}
		}
	}
	return n
}

// days is how many days one date is after another.
func days(a, b calendar.Date) int {
	return int(b.At(0, time.UTC).Sub(a.At(0, time.UTC)) / (24 * time.Hour))
}

// later is the first day of the month so many months after that of a day.
func later(d calendar.Date, months int) calendar.Date {
	m := int(d.Month) - 1 + months
	return calendar.Date{Year: d.Year + m/12, Month: time.Month(m%12 + 1), Day: 1}
}

// Run simulates years of a scenario, whose time is that of Horizon. Alternatives to contracts are counted on the same
// tickets, and so is each contract without the scenario's exceptions, if it has any.
func Run(ctx context.Context, s *model.Scenario, years int, o experiment.Options) (*pricing.Book, error) {
	all := *s
	all.Contracts = nil
	b := &pricing.Book{Scenario: s.Name, Currency: s.Currency}
	axis := calendar.Axis{Origin: s.Time.Start}
	b.Months = whole(contract.Monthly.Split(axis, s.Time.Warmup, s.Time.Length-Tail*24*time.Hour+calendarSlack))
	if len(b.Months) == 0 {
		return nil, fmt.Errorf("book: no whole month lies between the warm-up and the end of %s", s.Name)
	}
	from, to := b.Months[0].From, b.Months[len(b.Months)-1].To
	var spans [][]contract.Span // of each deal, as the collector has them, parts included
	add := func(k contract.Contract, of int) bool {
		d := pricing.Deal{Contract: &k, Of: of}
		parts := k.Period.Split(axis, s.Time.Warmup, s.Time.Length)
		for _, p := range parts {
			if within(p, from, to) {
				d.Periods = append(d.Periods, p)
			}
		}
		n := len(d.Periods)
		if n == 0 || k.Period != contract.Weekly && (d.Periods[0].From > from || d.Periods[n-1].To < to) {
			return false
		}
		b.Deals, spans = append(b.Deals, d), append(spans, parts)
		return true
	}
	for i, k := range s.Contracts {
		if !add(k, -1) {
			return nil, fmt.Errorf("%s from %s on are no whole number of %ss, over which the contract %s is judged", months(len(b.Months)), b.Months[0].Name, k.Period, k.Name)
		}
		all.Contracts = append(all.Contracts, s.Contracts[i])
	}
	for i := range s.Contracts {
		for _, k := range s.Contracts[i].Alternatives {
			k.Name = s.Contracts[i].Name + ": " + k.Name
			if add(k, i) {
				all.Contracts = append(all.Contracts, k)
			} else {
				b.LeftOut = append(b.LeftOut, k.Name)
			}
		}
	}
	plain := len(b.Deals)
	if len(s.Exceptions) > 0 {
		for i, k := range s.Contracts {
			k.Name += ": without exceptions"
			if add(k, i) {
				b.Deals[len(b.Deals)-1].Plain = true
			}
		}
	}
	r := &recorder{scenario: &all, book: b, from: from, to: to, watches: map[int]*watch{}}
	simulation, err := sim.New(&all)
	if err != nil {
		return nil, err
	}
	r.layCost(axis, simulation.Catalog())
	for _, class := range simulation.Layout().Plan.Classes {
		var deals []int
		for i := range b.Deals {
			if b.Deals[i].Match.Matches(class) {
				deals = append(deals, i)
			}
		}
		r.classes = append(r.classes, deals)
	}
	b.Years = make([]pricing.Year, years)
	o.Watch = r.watch
	done, err := experiment.Each(ctx, simulation, s.Run.Seed, years, o, func(t experiment.Trial) {
		counts := make([][][]contract.Tally, len(b.Deals))
		for i, c := range t.Worker.Counted() {
			counts[i] = kept(spans[i], c.AsItIs, from, to)
			if c.ForCredit == nil {
				continue
			}
			if b.Deals[i].Of < 0 {
				counts[plain+i] = counts[i]
			}
			counts[i] = kept(spans[i], c.ForCredit, from, to)
		}
		y := r.year(&t)
		y.Counts = counts
		b.Years[t.Replication] = y
	})
	b.Years = b.Years[:done]
	if err != nil {
		return nil, err
	}
	return b, nil
}

// calendarSlack is more than a clock change moves the end of the tail, and less than a day.
const calendarSlack = 3 * time.Hour

func months(n int) string {
	if n == 1 {
		return "1 month"
	}
	return fmt.Sprintf("%d months", n)
}

func within(p contract.Span, from, to time.Duration) bool {
	return !p.Partial && p.From >= from && p.To <= to
}

// whole are the spans that are no parts.
func whole(spans []contract.Span) []contract.Span {
	return slices.DeleteFunc(spans, func(p contract.Span) bool { return p.Partial })
}

// kept are the tallies of the periods that lie within the months.
func kept(spans []contract.Span, tallies [][]contract.Tally, from, to time.Duration) (out [][]contract.Tally) {
	for i, p := range spans {
		if within(p, from, to) {
			out = append(out, tallies[i])
		}
	}
	return out
}

// recorder turns trials into years.
type recorder struct {
	scenario *model.Scenario
	book     *pricing.Book
	from, to time.Duration
	planned  []float64 // cost within the months, by team, if nobody stays longer than planned
	extra    []float64 // by team: the planned cost of all measured time
	part     float64   // of the measured time that the months are
	classes  [][]int   // the deals that cover a class of tickets
	costs    []int     // the measure that is the cost of a team; -1 where there is none

	mutex   sync.Mutex
	watches map[int]*watch
}

// layCost works out what the plan costs, within the months and in all.
func (r *recorder) layCost(axis calendar.Axis, c *outcome.Catalog) {
	s := r.scenario
	n := len(s.Teams)
	pay := func(from, to time.Duration) []float64 {
		duties := staffing.ByTeam(staffing.Duties(s.Teams, axis, from, to), n)
		out := make([]float64, n)
		for i := range s.Teams {
			bill := staffing.Pay(&s.Teams[i], axis, duties[i], from, to)
			out[i] = bill.Total()
		}
		return out
	}
	r.planned, r.extra = pay(r.from, r.to), pay(s.Time.Warmup, s.Time.Length)
	r.part = float64(r.to-r.from) / float64(s.Time.Length-s.Time.Warmup)
	for i := range s.Teams {
		r.costs = append(r.costs, slices.IndexFunc(c.Measures, func(m outcome.Measure) bool {
			return m.Name == outcome.Cost && m.Labels == outcome.Labels{Team: s.Teams[i].Name}
		}))
	}
}

// watch gives an observer to a replication.
func (r *recorder) watch(replication int) desk.Observer {
	w := newWatch(r)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.watches[replication] = w
	return w
}

// year is what a trial that is over comes to, without its counts. What people worked beyond the plan is spread over
// the measured time evenly, which is a little longer than the months.
func (r *recorder) year(t *experiment.Trial) pricing.Year {
	r.mutex.Lock()
	w := r.watches[t.Replication]
	delete(r.watches, t.Replication)
	r.mutex.Unlock()
	y := pricing.Year{Serve: make([]float64, len(r.book.Deals)), Months: w.months}
	for team := range r.scenario.Teams {
		cost := r.planned[team]
		if m := r.costs[team]; m >= 0 {
			cost += (t.Run.Num[m] - r.extra[team]) * r.part
		}
		y.Cost += cost
		worked := w.worked[team]
		if worked.all == 0 {
			continue
		}
		y.Served += cost * worked.covered / worked.all
		for i := range y.Serve {
			y.Serve[i] += cost * worked.by[i] / worked.all
		}
	}
	for i, windows := range t.Worker.Down() {
		for m := range y.Months {
			span := r.book.Months[m]
			for _, d := range windows {
				y.Months[m].Down[i] += max(0, (min(d.Until, span.To) - max(d.From, span.From)).Hours())
			}
		}
	}
	return y
}
