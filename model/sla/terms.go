package sla

import (
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Terms are the targets that apply to one class of tickets, those of one metric
// side by side. Where several policies promise the same metric, all of them are
// there, and Govern says which one counts.
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
			if within := t.Within[c.Priority]; within != None {
				terms = append(terms, Term{
					Policy: i, Metric: metric, Within: within, Pauses: t.Pauses,
					Line: lines[p.Calendar], Live: live, ShortAbandon: shortAbandon,
				})
			}
			// The first policy that speaks of the metric has spoken, best
			// effort included.
			if r.Resolve == FirstMatch {
				break
			}
		}
	}
	return terms
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
	for i := range ts {
		if ts[i].Metric == m {
			return true
		}
	}
	return false
}

// Result is what became of one metric of one ticket.
type Result struct {
	Metric  Metric
	Policy  int // the one that governed
	Verdict Verdict
	Elapsed time.Duration // working time, on the governing policy's calendar
}

// Judge judges all metrics of a ticket at an instant, one Result for each metric
// that was promised and has something to judge, appended to results. Clocks
// stand beside the terms, index by index.
//
// Of several policies for one metric the strictest governs: the one whose clock
// is due first. Due instants are compared, not durations: on a Friday evening 24
// hours by the clock are stricter than 2 business hours.
func (ts Terms) Judge(clocks []Clock, at time.Duration, results []Result) []Result {
	for i := 0; i < len(ts); {
		end := i + 1
		for end < len(ts) && ts[end].Metric == ts[i].Metric {
			end++
		}
		g := i
		if end > i+1 {
			g = ts.govern(clocks, i, end, at)
		}
		if v, elapsed := clocks[g].Judge(&ts[g], at); v != Unjudged {
			results = append(results, Result{ts[g].Metric, ts[g].Policy, v, elapsed})
		}
		i = end
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
