package laws

import (
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// Done implements desk.Observer.
func (l *Laws) Done(at time.Duration, t *desk.Ticket, results []sla.Result) {
	if !l.advance(at) {
		return
	}
	v := l.lives[t.ID]
	if v == nil {
		l.breaksBy(t.ID, Balance, "a ticket ends that was never created or has ended before")
		return
	}
	over := v.place == solved || v.place == abandoned
	if at < l.layout.Until && !over {
		l.breaksBy(t.ID, Balance, "it ends while it %v", v.place)
		return
	}
	if (t.Status == ticket.Solved) != (v.place == solved) || (t.Status == ticket.Closed) != (v.place == abandoned) {
		l.breaksBy(t.ID, Balance, "it ends as %v, but it %v", t.Status, v.place)
		return
	}
	l.passed(t, v)
	l.judge(t, v, results)
	switch v.place {
	case queued:
		l.leave(t, v)
	case inHand:
		l.drop(v)
	}
	l.counts.end(l, t, v)
	l.broke(t, v)
	l.lives[t.ID] = nil
}

// Judged implements desk.Observer: verdicts on rounds that have ended.
func (l *Laws) Judged(at time.Duration, t *desk.Ticket, results []sla.Result) {
	if !l.advance(at) {
		return
	}
	v := l.lives[t.ID]
	if v == nil {
		l.breaksBy(t.ID, Balance, "a ticket is judged that was never created or has ended before")
		return
	}
	for _, r := range results {
		if r.Verdict != sla.Met && r.Verdict != sla.Breached {
			l.breaksBy(t.ID, Promise, "a round of its %v has ended with verdict %d", r.Metric, r.Verdict)
		}
	}
	l.verdicts(t, v, results)
}

// judge checks what became of a ticket's promises in the end.
func (l *Laws) judge(t *desk.Ticket, v *life, results []sla.Result) {
	judged := l.verdicts(t, v, results)
	// A promise that came with a change of class may have come too late to be judged.
	if v.place == abandoned || v.changed {
		return
	}
	terms := l.terms(v)
	for m := range sla.Metrics {
		if terms.Promises(m) && !judged[m] && !m.InRounds() {
			l.breaksBy(t.ID, Promise, "its %v was promised and is not judged", m)
		}
	}
}

// verdicts checks verdicts that come together, and says of which metrics.
func (l *Laws) verdicts(t *desk.Ticket, v *life, results []sla.Result) (judged [sla.Metrics]bool) {
	terms := l.terms(v)
	alone := l.scenario.SLA.Resolve == sla.All
	for _, r := range results {
		if r.Metric >= sla.Metrics || judged[r.Metric] && !alone {
			l.breaksBy(t.ID, Promise, "its %v is judged twice", r.Metric)
			return judged
		}
		judged[r.Metric] = true
		if wall := l.now - v.created; r.Elapsed < 0 || r.Elapsed > wall {
			l.breaksBy(t.ID, Promise, "%v took %v of working time, of %v on the wall", r.Metric, r.Elapsed, wall)
		}
		term := governing(terms, r)
		if term == nil {
			l.breaksBy(t.ID, Promise, "%v is judged by policy %d, which does not promise it", r.Metric, r.Policy)
			return judged
		}
		if !v.changed && r.Within != term.Within || !agrees(r, v.place) {
			l.breaksBy(t.ID, Promise, "%v within %v has verdict %d after %v, while it %v", r.Metric, term.Within, r.Verdict, r.Elapsed, v.place)
		}
		l.counts.judge(l, t, r)
	}
	return judged
}

func governing(terms sla.Terms, r sla.Result) *sla.Term {
	for i := range terms {
		if terms[i].Metric == r.Metric && terms[i].Policy == r.Policy {
			return &terms[i]
		}
	}
	return nil
}

// agrees says whether a verdict goes with the time elapsed and with where the
// ticket ends.
func agrees(r sla.Result, p place) bool {
	// A promise that was broken under an earlier target stays broken.
	late := r.Elapsed > r.Within || r.Kept
	switch r.Verdict {
	case sla.Met:
		return !late && p != abandoned
	case sla.Breached:
		// Who leaves before the answer was not answered in time, however soon.
		return late || p == abandoned && r.Metric == sla.Answer
	case sla.Overdue:
		return late && p != solved && p != abandoned
	case sla.Undecided:
		return !late && p != solved && p != abandoned
	}
	return false
}

// balance checks, after the horizon, that every ticket has ended.
func (l *Laws) balance() {
	missing, any := 0, ticket.ID(0)
	for id, v := range l.lives {
		if v != nil && (missing == 0 || id < any) {
			any = id
		}
		if v != nil {
			missing++
		}
	}
	if missing > 0 {
		l.breaksBy(any, Balance, "%d tickets that arrived were neither solved nor abandoned nor open at the horizon, of them", missing)
	}
}
