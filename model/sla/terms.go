package sla

import (
	"cmp"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Terms are the targets that apply to one class of tickets, those of one metric
// side by side, and of these those about the same team and moment. Where several policies promise the same metric, all of them are
// there, and Judge finds the one that counts.
type Terms []Term

// Terms works out what the rules promise to a class. Lines are the scenario's
// calendars on the time axis, by index; live and shortAbandon belong to the class's
// channel. Answer is promised on live channels only. A target of None for the
// class's priority is best effort: no term.
func (r *Rules) Terms(c ticket.Class, lines []Line, live bool, shortAbandon time.Duration) Terms {
	var terms Terms
	for metric := range Metrics {
		if metric == Answer && !live {
			continue
		}
		for i := range r.Policies {
			p := &r.Policies[i]
			t, ok := p.target(metric)
			if !ok || !p.Match.Matches(c) {
				continue
			}
			// The first policy that speaks of the promise has spoken, best
			// effort included.
			if r.Resolve == FirstMatch && r.spoken(i, &t, c) {
				continue
			}
			if within := t.Within[c.Priority]; within != None {
				terms = append(terms, Term{
					Policy: i, Metric: metric, Within: within, Pauses: t.Pauses,
					Line: lines[p.Calendar], Live: live, ShortAbandon: shortAbandon,
					Reopen: t.Reopen, Boundary: t.Boundary, Warn: t.Warn, Alone: r.Resolve == All,
					Owner: t.Owner, Until: t.Until,
				})
			}
		}
	}
	slices.SortStableFunc(terms, func(a, b Term) int {
		return cmp.Or(cmp.Compare(a.Metric, b.Metric), cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Until, b.Until))
	})
	return terms
}

// spoken reports whether a policy before the i-th makes the promise of a target to a
// class, or says that it makes none.
func (r *Rules) spoken(i int, t *Target, c ticket.Class) bool {
	return slices.ContainsFunc(r.Policies[:i], func(p Policy) bool {
		before, ok := p.target(t.Metric)
		return ok && before.Owner == t.Owner && before.Until == t.Until && p.Match.Matches(c)
	})
}

func (p *Policy) target(m Metric) (Target, bool) {
	for _, t := range p.Targets {
		if t.Metric == m {
			return t, true
		}
	}
	return Target{}, false
}

// Promises reports whether there is a term of the metric.
func (ts Terms) Promises(m Metric) bool {
	return slices.ContainsFunc(ts, func(t Term) bool { return t.Metric == m })
}

// of is the range of the terms that promise the same as a term.
func (ts Terms) of(m *Term) (from, to int) { return ts.run(m.Like) }

// about is the range of the terms of a metric.
func (ts Terms) about(m Metric) (from, to int) {
	return ts.run(func(t *Term) bool { return t.Metric == m })
}

// run is the range of the first terms side by side that are of a kind.
func (ts Terms) run(is func(*Term) bool) (from, to int) {
	for from < len(ts) && !is(&ts[from]) {
		from++
	}
	to = from
	for to < len(ts) && is(&ts[to]) {
		to++
	}
	return from, to
}

// Like reports whether two terms promise the same, if within different times.
func (m *Term) Like(other *Term) bool {
	return m.Metric == other.Metric && m.Owner == other.Owner && m.Until == other.Until
}

// group is the end of the terms that are judged together with term i, the first
// of them.
func (ts Terms) group(i int) int {
	end := i + 1
	for !ts[i].Alone && end < len(ts) && ts[end].Like(&ts[i]) {
		end++
	}
	return end
}

// Apply tells all clocks of an event; team is that of a ticket.Event. It reports
// whether Take has something to give.
func (ts Terms) Apply(clocks []Clock, kind ticket.EventKind, status ticket.Status, team ticket.Team, at time.Duration) bool {
	finished := false
	for i := range ts {
		if clocks[i].Apply(&ts[i], kind, status, team, at) {
			finished = true
		}
	}
	return finished
}

// Take appends the verdicts on the rounds that have ended with the last event,
// one for each promise, and lets the next rounds begin. Of several policies the
// strictest governs, as in Judge, round by round.
func (ts Terms) Take(clocks []Clock, at time.Duration, results []Result) []Result {
	for i, end := 0, 0; i < len(ts); i = end {
		end = ts.group(i)
		if g := ts.finished(clocks, i, end, at); g >= 0 {
			if r, ok := clocks[g].result(&ts[g], at); ok {
				results = append(results, r)
			}
		}
		for k := i; k < end; k++ {
			if clocks[k].marks&over != 0 {
				clocks[k].roll(&ts[k])
			}
		}
	}
	return results
}

// finished is govern for the rounds that have ended; -1 if none has.
func (ts Terms) finished(clocks []Clock, from, to int, at time.Duration) int {
	best, bestDue := -1, time.Duration(0)
	found := false
	for i := from; i < to; i++ {
		if clocks[i].marks&over == 0 {
			continue
		}
		due, ok := clocks[i].Due(&ts[i], at)
		if best < 0 || ok && (!found || due < bestDue) {
			best, bestDue, found = i, due, ok
		}
	}
	return best
}

// Judge judges all metrics of a ticket at an instant, one Result for each metric
// (of GroupOwnership, for each team and moment) that was promised and has something to judge, appended to results. Clocks
// stand beside the terms, index by index. Rounds that ended before have been taken;
// a round that has not ended is judged like any other clock.
//
// Of several policies for one metric the strictest governs: the one whose clock
// is due first. Due instants are compared, not durations: on a Friday evening 24
// hours by the clock are stricter than 2 business hours. Terms that stand alone have
// a result each.
func (ts Terms) Judge(clocks []Clock, at time.Duration, results []Result) []Result {
	for i, end := 0, 0; i < len(ts); i = end {
		end = ts.group(i)
		g := i
		if end > i+1 {
			g = ts.govern(clocks, i, end, at)
		}
		if r, ok := clocks[g].result(&ts[g], at); ok {
			results = append(results, r)
		}
	}
	return results
}

// govern is the index in [from, to) whose clock is due first, seen from an
// instant; the earlier policy among equals.
func (ts Terms) govern(clocks []Clock, from, to int, at time.Duration) int {
	best, bestDue := from, time.Duration(0)
	found := false
	for i := from; i < to; i++ {
		if due, ok := clocks[i].Due(&ts[i], at); ok && (!found || due < bestDue) {
			best, bestDue, found = i, due, true
		}
	}
	return best
}

// NextDue is the earliest due instant of the clocks that run; false if none does.
func (ts Terms) NextDue(clocks []Clock) (time.Duration, bool) {
	var first time.Duration
	found := false
	for i := range ts {
		if !clocks[i].Running() {
			continue
		}
		if due, ok := clocks[i].Due(&ts[i], 0); ok && (!found || due < first) {
			first, found = due, true
		}
	}
	return first, found
}

// NextReach is the mark that a clock reaches next if all go on running: when, on which
// term's clock, and which mark. Mark 0 is the term's own warning, mark k is ladder[k-1].
// Marks that have fired are passed over; false if none is left. Whoever acts on it calls
// Fire on the clock. It holds until the next event of the ticket; an instant that lies
// before that event means that the mark is due now.
func (ts Terms) NextReach(clocks []Clock, ladder []Mark) (at time.Duration, term, mark int, ok bool) {
	for i := range ts {
		if !clocks[i].Running() {
			continue
		}
		for k := 0; k <= len(ladder); k++ {
			if clocks[i].Fired(k) {
				continue
			}
			point := ts[i].Warn
			if k > 0 {
				point = ladder[k-1]
			}
			if t, comes := clocks[i].Reach(&ts[i], point); comes && (!ok || t < at) {
				at, term, mark, ok = t, i, k, true
			}
		}
	}
	return at, term, mark, ok
}
