// Package lateness tells where heads are missing: how long tickets waited that a target is about and whose
// clocks ended late, before they were late.
package lateness

import (
	"slices"
	"sync"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/requirement"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// Question is what is looked at.
type Question struct {
	Scenario *model.Scenario
	Targets  []outcome.Expectation // none: every promise
	// Works are the teams that do each kind of work: tickets count for the work of which they are.
	Works     [][]ticket.Team
	Intervals int // of the scenario's time
}

// Waits are how long late tickets waited before they were late, by target, work and interval: sums
// over all replications in whole nanoseconds, so that they do not depend on the order in which replications end. They say where
// heads are missing, not how many. Without targets there is one, of all promises.
type Waits struct {
	By    [][][]int64
	mutex sync.Mutex
}

// sums are zeros by target, work and interval.
func (q *Question) sums() [][][]int64 {
	sums := make([][][]int64, max(1, len(q.Targets)))
	for t := range sums {
		sums[t] = make([][]int64, len(q.Works))
		for i := range sums[t] {
			sums[t][i] = make([]int64, q.Intervals)
		}
	}
	return sums
}

// Aims say which tickets targets are about.
type Aims struct {
	q      Question
	work   []int   // by class: of which it is
	passed []int   // by team: the work of what is handed off to it, or -1
	of     [][]aim // by class
}

// aim is a target as far as it is about single tickets.
type aim struct {
	target int
	metric sla.Metric
	clock  bool          // it is about clocks of that metric; otherwise about waits
	within time.Duration // the longest time that is not late; 0: by the verdict
}

// New works out what each target says of the tickets of each class of a simulation.
func New(q Question, catalog *outcome.Catalog, classes []ticket.Class) *Aims {
	s := q.Scenario
	a := &Aims{q: q}
	find := func(teams []ticket.Team) int {
		return slices.IndexFunc(q.Works, func(w []ticket.Team) bool { return slices.Equal(w, teams) })
	}
	for _, c := range classes {
		a.work = append(a.work, find(requirement.Teams(s, c)))
		var list []aim
		for k, t := range q.Targets {
			if one, ok := aimed(s, catalog, t, c); ok {
				one.target = k
				list = append(list, one)
			}
		}
		if len(q.Targets) == 0 { // credits alone: every broken promise
			for m := range sla.Metric(sla.Metrics) {
				list = append(list, aim{metric: m, clock: true})
			}
		}
		a.of = append(a.of, list)
	}
	for t := range s.Teams {
		a.passed = append(a.passed, find([]ticket.Team{ticket.Team(t)}))
	}
	return a
}

// aimed is what a target says of the tickets of a class; false if it is not about them.
func aimed(s *model.Scenario, catalog *outcome.Catalog, e outcome.Expectation, c ticket.Class) (aim, bool) {
	i := slices.IndexFunc(catalog.Measures, func(m outcome.Measure) bool { return m.Describe() == e.Measure })
	if i < 0 {
		return aim{}, false
	}
	m := &catalog.Measures[i]
	l := m.Labels
	n := &s.Names
	is := func(label string, names []string, k int) bool {
		return label == "" || k >= 0 && k < len(names) && names[k] == label
	}
	if !is(l.Channel, n.Channels, int(c.Channel)) || !is(l.Issue, n.Issues, int(c.Issue)) || !is(l.Tier, n.Tiers, int(c.Tier)) ||
		!is(l.Priority, n.Priorities, int(c.Priority)) || l.Account != "" && n.AccountName(c.Account) != l.Account {
		return aim{}, false
	}
	if l.Policy != "" && !slices.ContainsFunc(s.SLA.Policies, func(p sla.Policy) bool { return p.Name == l.Policy && p.Match.Matches(c) }) {
		return aim{}, false
	}
	for k := range s.Contracts {
		if s.Contracts[k].Name == l.Contract && !s.Contracts[k].Match.Matches(c) {
			return aim{}, false
		}
	}
	for metric := range sla.Metric(sla.Metrics) {
		if metric.String() != l.Metric {
			continue
		}
		one := aim{metric: metric, clock: true}
		if m.Name == outcome.Elapsed {
			one.within = time.Duration(e.Bound * float64(time.Second))
		}
		return one, true
	}
	if l.Contract != "" {
		return aim{metric: s.Contracts[slices.IndexFunc(s.Contracts, func(k contract.Contract) bool { return k.Name == l.Contract })].Levels[0].Metric, clock: true}, true
	}
	return aim{}, true
}

// Waits are zeros, for trials to add to.
func (a *Aims) Waits() *Waits { return &Waits{By: a.q.sums()} }

// Watch is an observer of one trial.
type Watch struct {
	*Aims
	total *Waits
	sums  [][][]int64
	open  map[ticket.ID]*waits
	spare []*waits
}

// waits is where a ticket has waited.
type waits struct {
	taken   time.Duration // when it had begun to wait before it was last taken; below 0: it never was
	stretch []stretch
	counted []int // by target: how many of them
}

type stretch struct {
	work     int
	from, to time.Duration
}

// Watch is an observer of a trial that adds to the waits of all when it is over.
func (a *Aims) Watch(total *Waits) *Watch {
	return &Watch{Aims: a, total: total, sums: a.q.sums(), open: map[ticket.ID]*waits{}}
}

// Over adds what a trial has shown to the total.
func (w *Watch) Over() {
	w.total.mutex.Lock()
	defer w.total.mutex.Unlock()
	for t := range w.sums {
		for i, sums := range w.sums[t] {
			for k, n := range sums {
				w.total.By[t][i][k] += n
			}
		}
	}
}

// Ticket notes how long a ticket has waited.
func (w *Watch) Ticket(kind ticket.EventKind, at time.Duration, t *desk.Ticket) {
	if len(w.of[t.Class]) == 0 {
		return
	}
	x := w.open[t.ID]
	if x == nil {
		if n := len(w.spare); n > 0 {
			x, w.spare = w.spare[n-1], w.spare[:n-1]
		} else {
			x = &waits{counted: make([]int, len(w.sums))}
		}
		x.taken, x.stretch = -1, x.stretch[:0]
		clear(x.counted)
		w.open[t.ID] = x
	}
	if kind != ticket.Started && kind != ticket.Abandoned {
		return
	}
	w.ends(x, at, t)
	for _, a := range w.of[t.Class] {
		if t.Created >= w.q.Scenario.Time.Warmup && !a.clock {
			w.late(x, at, a.target)
		}
	}
}

// ends notes that a ticket waits no longer.
func (w *Watch) ends(x *waits, at time.Duration, t *desk.Ticket) {
	work := w.work[t.Class]
	if t.Away() && t.Group >= 0 {
		work = w.passed[t.Group]
	}
	if work >= 0 && at > t.Queued && t.Queued > x.taken {
		x.stretch = append(x.stretch, stretch{work, t.Queued, at})
	}
	x.taken = t.Queued
}

// late counts for a target where a ticket has waited until some instant, as far as that is not counted.
func (w *Watch) late(x *waits, until time.Duration, target int) {
	sums, step := w.sums[target], w.q.Scenario.Time.Interval
	for _, s := range x.stretch[x.counted[target]:] {
		to := min(s.to, until)
		for from := s.from; from < to; {
			k := int(from / step)
			if k >= len(sums[s.work]) {
				break
			}
			next := min(to, time.Duration(k+1)*step)
			sums[s.work][k] += int64(next - from)
			from = next
		}
	}
	x.counted[target] = len(x.stretch)
}

// Judged notes what is late.
func (w *Watch) Judged(at time.Duration, t *desk.Ticket, results []sla.Result) {
	x := w.open[t.ID]
	if x == nil || t.Created < w.q.Scenario.Time.Warmup {
		return
	}
	for i := range results {
		r := &results[i]
		for _, a := range w.of[t.Class] {
			if !a.clock || a.metric != r.Metric || r.Verdict == sla.Unjudged {
				continue
			}
			within, late := r.Within, r.Verdict == sla.Breached || r.Verdict == sla.Overdue
			if a.within > 0 {
				within, late = a.within, r.Elapsed > a.within
			}
			if late {
				w.late(x, at-max(0, r.Elapsed-within), a.target)
			}
		}
	}
}

// Done notes what is late in the end, and forgets the ticket.
func (w *Watch) Done(at time.Duration, t *desk.Ticket, results []sla.Result) {
	x := w.open[t.ID]
	if x == nil {
		return
	}
	w.ends(x, at, t) // if it waits still
	w.Judged(at, t, results)
	delete(w.open, t.ID)
	w.spare = append(w.spare, x)
}

// Waiting is of no interest.
func (w *Watch) Waiting(time.Duration, int) {}

// Staff is of no interest.
func (w *Watch) Staff(time.Duration, int, desk.Staff) {}
