package laws

import (
	"cmp"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// reviewed is what a review is about: a rung of the ladder, and an account, tier or issue.
type reviewed struct{ rung, of int }

// reviews are the books on repeated breaches. What has been broken, and when, is worked
// out from the events of each ticket, as for a log.
type reviews struct {
	watched  bool // there are reviews in the ladder
	events   map[ticket.ID][]ticket.Event
	breaches map[reviewed][]time.Duration
	told     map[reviewed]int
}

func (l *Laws) resetReviews() {
	l.reviews = reviews{events: map[ticket.ID][]ticket.Event{}, breaches: map[reviewed][]time.Duration{}, told: map[reviewed]int{}}
	for i := range l.scenario.Escalations {
		l.reviews.watched = l.reviews.watched || l.scenario.Escalations[i].Repeat.Breaches > 0
	}
}

// keep keeps an event, and counts it if it is a review. It reports whether it is one.
func (l *Laws) keep(kind ticket.EventKind, t *desk.Ticket) bool {
	if !l.reviews.watched || int(t.Class) >= len(l.classes) {
		return false
	}
	class := l.layout.Plan.Classes[t.Class]
	l.reviews.events[t.ID] = append(l.reviews.events[t.ID], ticket.Event{
		Ticket: t.ID, At: l.now, Kind: kind, Status: t.Status, Class: class,
	})
	if rung := int(t.Rung); kind == ticket.Noted && rung >= 0 && rung < len(l.scenario.Escalations) {
		if p := &l.scenario.Escalations[rung].Repeat; p.Breaches > 0 {
			of, has := p.By.Of(class)
			if !has {
				l.breaksBy(t.ID, Review, "it is reviewed by %s, and has none", p.By)
			}
			l.reviews.told[reviewed{rung, of}]++
			return true
		}
	}
	return false
}

// broke notes when the promises of a ticket that has ended were broken.
func (l *Laws) broke(t *desk.Ticket, v *life) {
	if !l.reviews.watched {
		return
	}
	events := l.reviews.events[t.ID]
	delete(l.reviews.events, t.ID)
	terms := func(c ticket.Class) sla.Terms {
		return l.promised(int32(slices.Index(l.layout.Plan.Classes, c)), v.created)
	}
	was, is := events[0].Class, l.layout.Plan.Classes[v.promise]
	changed := slices.IndexFunc(events, func(e ticket.Event) bool { return e.Kind == ticket.Reclassified })
	if changed < 0 {
		l.count(l.scenario.SLA.Explain(events, terms, l.now), was, beforeStart, nil)
		return
	}
	// What was broken before the change was so by the promises of then, whatever those of
	// now say.
	at := events[changed].At
	before := l.scenario.SLA.Explain(events[:changed], terms, at)
	l.count(before, was, beforeStart, nil)
	l.count(l.scenario.SLA.Explain(events, terms, l.now), is, at, func(r *model.Rung, x *sla.Explanation) bool {
		return r.Match.Matches(was) && slices.ContainsFunc(before, func(y sla.Explanation) bool {
			return isLate(&y) && l.promiseOf(&y) == l.promiseOf(x)
		})
	})
}

// beforeStart is a time before every other that counts.
const beforeStart = -1

// count notes what is broken of what is promised to a class, for the reviews of the class
// that have not counted it yet; at the earliest from a time on, for a change of class may have
// dated a breach back, even to before the start.
func (l *Laws) count(list []sla.Explanation, class ticket.Class, from time.Duration, counted func(*model.Rung, *sla.Explanation) bool) {
	for k := range list {
		x := &list[k]
		known := max(x.Breach, from)
		if known < 0 {
			continue // before the start nobody counts
		}
		for i := range l.scenario.Escalations {
			r := &l.scenario.Escalations[i]
			of, has := r.Repeat.By.Of(class)
			if !isLate(x) || !has || r.Repeat.Breaches == 0 || r.Metric != x.Metric || !r.Match.Matches(class) || counted != nil && counted(r, x) {
				continue
			}
			key := reviewed{i, of}
			l.reviews.breaches[key] = append(l.reviews.breaches[key], known)
		}
	}
}

// promiseOf is what a clock is about: a metric, and the policy where each is judged by
// itself.
func (l *Laws) promiseOf(x *sla.Explanation) [2]int {
	if l.scenario.SLA.Resolve == sla.All {
		return [2]int{int(x.Metric), x.Policy}
	}
	return [2]int{int(x.Metric), 0}
}

// isLate reports whether a clock counts as broken.
func isLate(x *sla.Explanation) bool {
	return x.Governs && (x.Verdict == sla.Breached || x.Verdict == sla.Overdue)
}

// review counts, after the horizon, how many reviews there should have been.
func (l *Laws) review() {
	for key := range l.reviews.told {
		if l.reviews.breaches[key] == nil {
			l.breaks(Review, "rung %d is told of %d without a breach", key.rung, key.of)
		}
	}
	for key, at := range l.reviews.breaches {
		p := &l.scenario.Escalations[key.rung].Repeat
		slices.SortFunc(at, func(a, b time.Duration) int { return cmp.Compare(a, b) })
		due, from := 0, 0 // reviews, and the first breach that counts
		for i := range at {
			for at[from] <= at[i]-p.Within {
				from++
			}
			if i-from+1 == p.Breaches {
				due, from = due+1, i+1
			}
		}
		if told := l.reviews.told[key]; told != due {
			l.breaks(Review, "%d breaches of %s %d make %d reviews, there were %d", len(at), p.By, key.of, due, told)
		}
	}
}
