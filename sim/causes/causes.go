// Package causes watches a trial and says of each clock of each ticket where its time went (see package
// elapsed): what the desk tells a desk.Witness is the reason for each wait. It changes nothing of the trial.
package causes

import (
	"slices"
	"sort"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/elapsed"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Watch splits the time of clocks. It is a desk.Observer, and needs a desk for itself: it is
// not safe for concurrent use.
type Watch struct {
	// Chosen says of which tickets the clocks are looked at, by their last class; nil for all.
	Chosen func(created time.Duration, c ticket.Class) bool
	// Told gets each clock of a ticket when nothing more can happen to it.
	Told func(Clock)

	rules  *sla.Rules
	layout *desk.Layout
	class  map[ticket.Class]int32
	stands []stand
	lives  map[ticket.ID]*life
	spare  []*life
}

// Clock is a clock of a ticket, or a round of it, with where its time went.
type Clock struct {
	Ticket  ticket.ID
	Class   ticket.Class // the ticket's, at the end
	Created time.Duration
	*sla.Explanation
	Parts elapsed.Parts
}

// stand is what has kept tickets waiting at one of the desk's stands.
type stand struct {
	here  int // how many wait there
	by    desk.Hindrance
	steps []step
}

// step is a change of what keeps tickets at a stand. Before holds how long each of the
// hindrances has lasted up to then, since the first step.
type step struct {
	at     time.Duration
	by     desk.Hindrance
	before [hindrances]time.Duration
}

const hindrances = int(desk.Stricken) + 1

// parts are what hindrances make of a wait.
var parts = [hindrances]elapsed.Part{
	desk.Unstaffed: elapsed.Unstaffed, desk.Behind: elapsed.Behind, desk.HeldBack: elapsed.HeldBack, desk.Stricken: elapsed.Outage,
}

// life is what is known of a ticket that is in the system.
type life struct {
	events []ticket.Event
	queued []queued
	stand  int // where it waits, else -1
}

// queued is from when on a ticket has waited at a stand.
type queued struct {
	at    time.Duration
	stand int
}

// New watches the trials of a scenario's desk, one after another.
func New(s *model.Scenario, l *desk.Layout) *Watch {
	w := &Watch{
		rules: &s.SLA, layout: l, class: map[ticket.Class]int32{}, stands: make([]stand, l.Stands()), lives: map[ticket.ID]*life{},
	}
	for i, c := range l.Plan.Classes {
		w.class[c] = int32(i)
	}
	return w
}

// Begin implements desk.Beginner.
func (w *Watch) Begin(rng.Key) {
	clear(w.lives)
	for i := range w.stands {
		w.stands[i] = stand{steps: w.stands[i].steps[:0]}
	}
}

// Recalls implements desk.Witness.
func (w *Watch) Recalls(kind ticket.EventKind, at time.Duration, t *desk.Ticket) {
	w.Ticket(kind, at, t)
}

func (w *Watch) life(t *desk.Ticket) *life {
	if l := w.lives[t.ID]; l != nil {
		return l
	}
	l := &life{}
	if n := len(w.spare); n > 0 {
		l, w.spare = w.spare[n-1], w.spare[:n-1]
	}
	l.events, l.queued, l.stand = l.events[:0], l.queued[:0], -1
	w.lives[t.ID] = l
	return l
}

// Ticket implements desk.Observer.
func (w *Watch) Ticket(kind ticket.EventKind, at time.Duration, t *desk.Ticket) {
	l := w.life(t)
	e := ticket.Event{
		Ticket: t.ID, At: at, Kind: kind, Status: t.Status, Class: w.layout.Plan.Classes[t.Class], Team: ticket.NoTeam, Agent: -1,
	}
	switch kind {
	case ticket.Started, ticket.Abandoned:
		l.leave(w)
	case ticket.Assigned:
		e.Team = ticket.Team(t.Group)
	case ticket.Noted:
		if t.Rung < 0 {
			e.Agent = t.Agent
		}
	}
	l.events = append(l.events, e)
}

// leave takes a ticket from where it waits.
func (l *life) leave(w *Watch) {
	if l.stand >= 0 {
		w.stands[l.stand].here--
		l.stand = -1
	}
}

// Stands implements desk.Witness.
func (w *Watch) Stands(at time.Duration, t *desk.Ticket, to int) {
	l := w.life(t)
	l.leave(w)
	l.stand = to
	l.queued = append(l.queued, queued{at, to})
	s := &w.stands[to]
	if s.here == 0 {
		s.note(at, s.by) // nobody has kept the books since the last one left
	}
	s.here++
}

// Hindered implements desk.Witness.
func (w *Watch) Hindered(at time.Duration, i int, by desk.Hindrance) {
	s := &w.stands[i]
	s.by = by
	if s.here > 0 {
		s.note(at, by)
	}
}

// note adds a step. Of what changes at one instant only the last counts.
func (s *stand) note(at time.Duration, by desk.Hindrance) {
	n := len(s.steps)
	switch {
	case n > 0 && s.steps[n-1].at == at:
		s.steps[n-1].by = by
		return
	case n > 0 && s.steps[n-1].by == by:
		return
	}
	next := step{at: at, by: by}
	if n > 0 {
		last := &s.steps[n-1]
		next.before = last.before
		next.before[last.by] += at - last.at
	}
	s.steps = append(s.steps, next)
}

// upTo is how long each hindrance has lasted up to an instant.
func (s *stand) upTo(at time.Duration) [hindrances]time.Duration {
	i := sort.Search(len(s.steps), func(i int) bool { return s.steps[i].at > at }) - 1
	if i < 0 {
		return [hindrances]time.Duration{}
	}
	sum := s.steps[i].before
	sum[s.steps[i].by] += at - s.steps[i].at
	return sum
}

// why adds what a ticket waited for between two instants to parts.
func (w *Watch) why(l *life, from, to time.Duration, p *elapsed.Parts) {
	i := sort.Search(len(l.queued), func(i int) bool { return l.queued[i].at > from }) - 1
	if i < 0 { // before the start
		until := to
		if len(l.queued) > 0 {
			until = min(to, l.queued[0].at)
		}
		p[elapsed.Waiting] += until - from
		from, i = until, 0
	}
	for ; i < len(l.queued) && from < to; i++ {
		until := to
		if i+1 < len(l.queued) {
			until = min(to, max(from, l.queued[i+1].at))
		}
		s := &w.stands[l.queued[i].stand]
		begin, end := s.upTo(from), s.upTo(until)
		for k := range begin {
			p[parts[k]] += end[k] - begin[k]
		}
		from = until
	}
}

// Waiting implements desk.Observer.
func (w *Watch) Waiting(time.Duration, int) {}

// Staff implements desk.Observer.
func (w *Watch) Staff(time.Duration, int, desk.Staff) {}

// Judged implements desk.Observer.
func (w *Watch) Judged(time.Duration, *desk.Ticket, []sla.Result) {}

// Done implements desk.Observer.
func (w *Watch) Done(at time.Duration, t *desk.Ticket, _ []sla.Result) {
	l := w.lives[t.ID]
	if l == nil {
		return
	}
	delete(w.lives, t.ID)
	w.spare = append(w.spare, l)
	l.leave(w)
	class := w.layout.Plan.Classes[t.Class]
	if w.Told == nil || w.Chosen != nil && !w.Chosen(t.Created, class) {
		return
	}
	terms := func(c ticket.Class) sla.Terms { return w.layout.Terms(w.layout.Promised(w.class[c], t.Created)) }
	clocks := w.rules.Explain(l.events, terms, at)
	if len(clocks) == 0 {
		return
	}
	stays := elapsed.Course(l.events)
	for i := range clocks {
		if settledBefore(clocks, i) {
			continue
		}
		c := Clock{Ticket: t.ID, Class: class, Created: t.Created, Explanation: &clocks[i]}
		c.Parts = elapsed.Split(&clocks[i], stays, func(_ int, from, to time.Duration, p *elapsed.Parts) { w.why(l, from, to, p) })
		w.Told(c)
	}
}

// settledBefore reports whether a round ended before the start of the trial, so that it is no matter of it.
func settledBefore(clocks []sla.Explanation, i int) bool {
	x := &clocks[i]
	return x.Ended && x.End < 0 && (x.Metric.InRounds() || slices.ContainsFunc(clocks, func(y sla.Explanation) bool {
		return y.Metric == x.Metric && y.Owner == x.Owner && y.Until == x.Until && y.Policy == x.Policy && y.Round > x.Round
	}))
}
