package rostering

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

// pressure is how long tickets waited that a target is about and whose clocks ended late, before
// they were late: by target, need and interval, over all replications. It says where heads are
// missing, not how many. Sums are whole nanoseconds, so that they do not depend on the order
// in which replications end.
type pressure struct {
	by    [][][]int64 // by target first
	mutex sync.Mutex
}

func newPressure(sp *space) *pressure { return &pressure{by: sp.sums()} }

// sums are zeros by target, need and interval; without targets there is one, of all promises.
func (sp *space) sums() [][][]int64 {
	sums := make([][][]int64, max(1, len(sp.q.Targets)))
	for t := range sums {
		sums[t] = make([][]int64, len(sp.needs))
		for i := range sums[t] {
			sums[t][i] = make([]int64, len(sp.needs[i].base))
		}
	}
	return sums
}

// aims say which tickets targets are about.
type aims struct {
	sp     *space
	step   time.Duration
	warmup time.Duration
	need   []int   // by class: who serves it
	passed []int   // by team: the need of what is handed off to it, or -1
	of     [][]aim // by class
}

// aim is a target as far as it is about single tickets.
type aim struct {
	target int
	metric sla.Metric
	clock  bool          // it is about clocks of that metric; otherwise about waits
	within time.Duration // the longest time that is not late; 0: by the verdict
}

func newAims(sp *space, catalog *outcome.Catalog, classes []ticket.Class) *aims {
	s := sp.q.Scenario
	a := &aims{sp: sp, step: s.Time.Interval, warmup: s.Time.Warmup}
	find := func(teams []ticket.Team) int {
		return slices.IndexFunc(sp.needs, func(n need) bool { return slices.Equal(n.teams, teams) })
	}
	for _, c := range classes {
		a.need = append(a.need, find(requirement.Teams(s, c)))
		var list []aim
		for k, t := range sp.q.Targets {
			if one, ok := aimed(s, catalog, t, c); ok {
				one.target = k
				list = append(list, one)
			}
		}
		if len(sp.q.Targets) == 0 { // credits alone: every broken promise
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

// watch is an observer of one trial.
type watch struct {
	*aims
	total *pressure
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
	need     int
	from, to time.Duration
}

func (a *aims) watch(total *pressure) *watch {
	return &watch{aims: a, total: total, sums: a.sp.sums(), open: map[ticket.ID]*waits{}}
}

// over adds what a trial has shown to the total.
func (w *watch) over() {
	w.total.mutex.Lock()
	defer w.total.mutex.Unlock()
	for t := range w.sums {
		for i, sums := range w.sums[t] {
			for k, n := range sums {
				w.total.by[t][i][k] += n
			}
		}
	}
}

// Ticket notes how long a ticket has waited.
func (w *watch) Ticket(kind ticket.EventKind, at time.Duration, t *desk.Ticket) {
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
		if t.Created >= w.warmup && !a.clock {
			w.late(x, at, a.target)
		}
	}
}

// ends notes that a ticket waits no longer.
func (w *watch) ends(x *waits, at time.Duration, t *desk.Ticket) {
	need := w.need[t.Class]
	if t.Away() && t.Group >= 0 {
		need = w.passed[t.Group]
	}
	if need >= 0 && at > t.Queued && t.Queued > x.taken {
		x.stretch = append(x.stretch, stretch{need, t.Queued, at})
	}
	x.taken = t.Queued
}

// late counts for a target where a ticket has waited until some instant, as far as that is not counted.
func (w *watch) late(x *waits, until time.Duration, target int) {
	sums := w.sums[target]
	for _, s := range x.stretch[x.counted[target]:] {
		to := min(s.to, until)
		for from := s.from; from < to; {
			k := int(from / w.step)
			if k >= len(sums[s.need]) {
				break
			}
			next := min(to, time.Duration(k+1)*w.step)
			sums[s.need][k] += int64(next - from)
			from = next
		}
	}
	x.counted[target] = len(x.stretch)
}

// Judged notes what is late.
func (w *watch) Judged(at time.Duration, t *desk.Ticket, results []sla.Result) {
	x := w.open[t.ID]
	if x == nil || t.Created < w.warmup {
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
func (w *watch) Done(at time.Duration, t *desk.Ticket, results []sla.Result) {
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
func (w *watch) Waiting(time.Duration, int) {}

// Staff is of no interest.
func (w *watch) Staff(time.Duration, int, desk.Staff) {}
