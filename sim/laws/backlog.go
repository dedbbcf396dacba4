package laws

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/desk"
)

// opened is the books on tickets that are open when a trial begins.
type opened struct{ tickets, late, done float64 }

// Inherits implements desk.Heir.
func (l *Laws) Inherits(t *desk.Ticket, past []arrivals.Past, results []sla.Result) {
	if !l.advance(0) {
		return
	}
	if _, again := l.lives[t.ID]; again {
		l.breaksBy(t.ID, Life, "it is open at the start, and there already")
		return
	}
	if len(past) == 0 || past[0].Kind != ticket.Created || past[0].At != t.Created || t.Created >= 0 || t.First != t.Created || t.Agent >= 0 {
		l.breaksBy(t.ID, Life, "it is open at the start, but was not created before: %+v", *t)
		return
	}
	v := &life{last: -1, shared: -1, created: t.Created, class: t.Class, promise: t.Class}
	v.kin = kin{Kin: t.Kin, first: t.First}
	l.lives[t.ID] = v
	clocks := l.relive(t, v, past)
	if t.Status != past[len(past)-1].Status || t.Touches != v.touches || (v.place == pending) != (t.Status == ticket.Pending) {
		l.breaksBy(t.ID, Life, "it is %v with %d touches at the start, after what makes it so many as %d", t.Status, t.Touches, v.touches)
	}
	if stood := l.terms(v).Judge(clocks, 0, nil); !slices.Equal(stood, results) {
		l.breaksBy(t.ID, Promise, "its clocks stand at %v at the start, by the events at %v", results, stood)
	}
	if v.place == queued {
		since := v.since
		l.enter(v)
		v.came = since
	}
	l.counts.opened.tickets++
	if slices.ContainsFunc(results, func(r sla.Result) bool { return r.Verdict == sla.Overdue }) {
		l.counts.opened.late++
	}
}

// relive goes through the past of a ticket and returns its clocks.
func (l *Laws) relive(t *desk.Ticket, v *life, past []arrivals.Past) []sla.Clock {
	clocks := make([]sla.Clock, len(l.terms(v)))
	group := ticket.NoTeam
	tell := func(kind ticket.EventKind, status ticket.Status, at time.Duration) {
		v.past.Apply(kind, status, group, at)
		if l.terms(v).Apply(clocks, kind, status, group, at) {
			l.terms(v).Take(clocks, at, nil)
		}
	}
	status := ticket.New
	climbed := func(until time.Duration) {
		l.climbed(v, clocks, until, func(team ticket.Team, at time.Duration) {
			if group != ticket.NoTeam && group != team {
				group = team
				tell(ticket.Assigned, status, max(at, v.created))
			}
		})
	}
	for _, e := range past {
		climbed(e.At)
		if e.Kind == ticket.Assigned {
			if group == e.Team {
				continue
			}
			group = e.Team
		}
		l.relives(v, e, status)
		status = e.Status
		if l.reviews.watched {
			l.reviews.events[t.ID] = append(l.reviews.events[t.ID], ticket.Event{
				Ticket: t.ID, At: e.At, Kind: e.Kind, Status: e.Status, Class: l.layout.Plan.Classes[v.class], Team: e.Team,
			})
		}
		tell(e.Kind, status, e.At)
		if e.Kind == ticket.Created && t.Group >= 0 {
			group = ticket.Team(max(0, slices.Index(l.classes[v.class].able, true)))
			tell(ticket.Assigned, status, e.At)
		}
	}
	climbed(0)
	if l.timed() {
		v.clocks, v.told = clocks, max(v.told, 0)
	}
	return clocks
}

// relives is what an event before the start makes of a ticket that had a status.
func (l *Laws) relives(v *life, e arrivals.Past, was ticket.Status) {
	away := e.Status >= ticket.Pending
	if e.Kind == ticket.Replied || away != (was >= ticket.Pending) {
		if was == ticket.Pending {
			v.withCustomer += e.At - v.since
		}
		if was >= ticket.Solved {
			v.dormant += e.At - v.since
		}
		v.since = e.At
	}
	switch e.Kind {
	case ticket.Created:
		v.since = e.At
	case ticket.Started:
		v.started = true
	case ticket.Replied:
		v.touches++
	case ticket.Message:
		if was < ticket.Pending {
			v.chases++
		}
	case ticket.StatusSet:
		v.calledBack = v.calledBack || e.Status == ticket.New
	}
	v.place = queued
	if l.mayHold(v, e.Status) && (e.Status == ticket.OnHold || e.Kind == ticket.Replied) {
		v.place, v.status = held, e.Status
	}
	if e.Status == ticket.Pending {
		v.place, v.reminders = pending, 0
		for _, at := range l.replyOf(v).Remind {
			if v.since+at < 0 {
				v.reminders++
			}
		}
	}
}

// climbed carries out the rungs to which a ticket came before an instant, the first ones first.
func (l *Laws) climbed(v *life, clocks []sla.Clock, until time.Duration, give func(ticket.Team, time.Duration)) {
	terms := l.terms(v)
	for {
		rung, term, first := -1, 0, until
		for k := range l.scenario.Escalations {
			r := &l.scenario.Escalations[k]
			if r.Repeat.Breaches > 0 || !r.Match.Matches(l.layout.Plan.Classes[v.promise]) {
				continue
			}
			for i := range terms {
				if terms[i].Metric != r.Metric || clocks[i].Fired(k) {
					continue
				}
				if at, comes := clocks[i].Reach(&terms[i], r.At); comes && at < first {
					rung, term, first = k, i, at
				}
			}
		}
		if rung < 0 {
			return
		}
		for i := range terms {
			if terms[i].Like(&terms[term]) {
				clocks[i].Fire(rung)
			}
		}
		switch r := &l.scenario.Escalations[rung]; {
		case r.Do == model.Raise:
			v.raised++
		case r.Do == model.Reassign && l.classes[v.class].ever(int(r.Team)):
			v.only = int16(r.Team) + 1
			give(r.Team, first)
		}
	}
}

// solves counts a ticket that was open at the start, and is done for the first time.
func (c *counts) solves(v *life) {
	if v.created < 0 && !v.done {
		v.done = true
		c.opened.done++
	}
}

// tallyOpened compares what the run says of the tickets open at the start with the books.
func (l *Laws) tallyOpened(k book) {
	n := &l.counts.opened
	if n.tickets != float64(l.layout.Plan.Backlog()) {
		l.breaks(Balance, "%v tickets are open at the start, not %d", n.tickets, l.layout.Plan.Backlog())
	}
	if n.tickets == 0 {
		return
	}
	everything := outcome.Labels{}
	l.holds(k, outcome.OpenAtStart, everything, n.tickets, 1)
	l.holds(k, outcome.LateAtStart, everything, n.late, 1)
	l.holds(k, outcome.BacklogCleared, everything, n.done, n.tickets)
	left := 0.0
	if n.done < n.tickets {
		left = 1
	}
	l.holds(k, outcome.BacklogLeft, everything, left, 1)
}
