package collect

import (
	"cmp"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/desk"
)

// Log writes the events of a trial, warm-up included, to a ticket log. It is a
// desk.Observer; its first error stops the writing and is kept.
type Log struct {
	classes []ticket.Class
	write   func(ticket.Event) error
	err     error
	before  []ticket.Event // of tickets that are open when the trial begins
}

// NewLog is a log of a desk's trial, written event by event with write.
func NewLog(l *desk.Layout, write func(ticket.Event) error) *Log {
	return &Log{classes: l.Plan.Classes, write: write}
}

// Err is the first error of writing.
func (l *Log) Err() error { return l.err }

// Inherits implements desk.Heir: what happened before the trial is written too, so that the
// log holds the whole life of each ticket. It is written, in the order of time, before all else.
func (l *Log) Inherits(t *desk.Ticket, past []arrivals.Past, _ []sla.Result) {
	for _, p := range past {
		l.before = append(l.before, ticket.Event{
			Ticket: t.ID, At: p.At, Kind: p.Kind, Status: p.Status, Class: l.classes[t.Class], Team: p.Team, Agent: -1,
		})
	}
}

// catchUp writes what happened before the trial.
func (l *Log) catchUp() {
	slices.SortStableFunc(l.before, func(a, b ticket.Event) int { return cmp.Compare(a.At, b.At) })
	for _, e := range l.before {
		if l.err == nil {
			l.err = l.write(e)
		}
	}
	l.before = l.before[:0]
}

// Ticket implements desk.Observer.
func (l *Log) Ticket(kind ticket.EventKind, at time.Duration, t *desk.Ticket) {
	if len(l.before) > 0 {
		l.catchUp()
	}
	if l.err != nil {
		return
	}
	e := ticket.Event{
		Ticket: t.ID, At: at, Kind: kind, Status: t.Status, Class: l.classes[t.Class],
		Team: ticket.NoTeam, Agent: -1,
	}
	switch kind {
	case ticket.Started, ticket.Replied, ticket.Returned:
		e.Team, e.Agent = ticket.Team(t.Team), t.Agent
	case ticket.Noted:
		if t.Rung < 0 {
			e.Team, e.Agent = ticket.Team(t.Team), t.Agent
		}
	case ticket.Assigned:
		e.Team = ticket.Team(t.Group)
	}
	l.err = l.write(e)
}

// Waiting implements desk.Observer.
func (l *Log) Waiting(time.Duration, int) {}

// Staff implements desk.Observer.
func (l *Log) Staff(time.Duration, int, desk.Staff) {}

// Judged implements desk.Observer.
func (l *Log) Judged(time.Duration, *desk.Ticket, []sla.Result) {}

// Done implements desk.Observer.
func (l *Log) Done(time.Duration, *desk.Ticket, []sla.Result) {
	if len(l.before) > 0 {
		l.catchUp() // nothing has happened in the trial
	}
}
