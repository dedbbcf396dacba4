package collect

import (
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// Trace tells what became of every ticket of a trial, warm-up included, in the order in which
// they are done with. It is a desk.Observer; its memory grows with the tickets in the system only.
type Trace struct {
	write   func(*outcome.TicketTrace) error
	err     error
	classes []ticket.Class
	warmup  time.Duration
	rounds  map[ticket.ID][sla.Metrics]outcome.ClockTrace // judged of tickets that are not done
}

// NewTrace is a trace of a desk's trial whose measured time begins after a warm-up, given to write ticket
// by ticket.
func NewTrace(l *desk.Layout, warmup time.Duration, write func(*outcome.TicketTrace) error) *Trace {
	return &Trace{write: write, classes: l.Plan.Classes, warmup: warmup, rounds: map[ticket.ID][sla.Metrics]outcome.ClockTrace{}}
}

// Err is the first error of writing. Nothing is written after it.
func (x *Trace) Err() error { return x.err }

// Judged implements desk.Observer.
func (x *Trace) Judged(_ time.Duration, t *desk.Ticket, results []sla.Result) {
	clocks := x.rounds[t.ID]
	judgeClocks(&clocks, results)
	x.rounds[t.ID] = clocks
}

// Done implements desk.Observer.
func (x *Trace) Done(_ time.Duration, t *desk.Ticket, results []sla.Result) {
	row := outcome.TicketTrace{
		ID: t.ID, Class: x.classes[t.Actual], Created: t.Created, Measured: t.Created >= x.warmup,
		Answered: t.Answered, Ended: t.Ended, Status: t.Status, Team: ticket.NoTeam,
		Touches: t.Touches, Reopenings: t.Reopenings, HandOffs: t.HandOffs, Clocks: x.rounds[t.ID],
	}
	if t.Team >= 0 {
		row.Team = ticket.Team(t.Team)
	}
	judgeClocks(&row.Clocks, results)
	delete(x.rounds, t.ID)
	if x.err == nil {
		x.err = x.write(&row)
	}
}

func judgeClocks(clocks *[sla.Metrics]outcome.ClockTrace, results []sla.Result) {
	for _, r := range results {
		k := &clocks[r.Metric]
		switch r.Verdict {
		case sla.Undecided:
			k.Undecided++
			continue
		case sla.Breached, sla.Overdue:
			k.Late++
		}
		if k.Judged == 0 || r.Elapsed-r.Within > k.Elapsed-k.Within {
			k.Elapsed, k.Within = r.Elapsed, r.Within
		}
		k.Judged++
	}
}

// Ticket implements desk.Observer.
func (x *Trace) Ticket(ticket.EventKind, time.Duration, *desk.Ticket) {}

// Waiting implements desk.Observer.
func (x *Trace) Waiting(time.Duration, int) {}

// Staff implements desk.Observer.
func (x *Trace) Staff(time.Duration, int, desk.Staff) {}
