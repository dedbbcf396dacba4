package desk

import (
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Observers are several observers of one trial, told in order.
type Observers []Observer

// Begin implements Beginner.
func (os Observers) Begin(key rng.Key) {
	for _, o := range os {
		if b, ok := o.(Beginner); ok {
			b.Begin(key)
		}
	}
}

// Inherits implements Heir.
func (os Observers) Inherits(t *Ticket, past []arrivals.Past, results []sla.Result) {
	for _, o := range os {
		if h, ok := o.(Heir); ok {
			h.Inherits(t, past, results)
		}
	}
}

// witnesses are those who ask why tickets wait.
type witnesses []Witness

// Recalls implements Witness.
func (ws witnesses) Recalls(kind ticket.EventKind, at time.Duration, t *Ticket) {
	for _, w := range ws {
		w.Recalls(kind, at, t)
	}
}

// Stands implements Witness.
func (ws witnesses) Stands(at time.Duration, t *Ticket, stand int) {
	for _, w := range ws {
		w.Stands(at, t, stand)
	}
}

// Hindered implements Witness.
func (ws witnesses) Hindered(at time.Duration, stand int, by Hindrance) {
	for _, w := range ws {
		w.Hindered(at, stand, by)
	}
}

// Ticket implements Observer.
func (os Observers) Ticket(kind ticket.EventKind, at time.Duration, t *Ticket) {
	for _, o := range os {
		o.Ticket(kind, at, t)
	}
}

// Waiting implements Observer.
func (os Observers) Waiting(at time.Duration, tickets int) {
	for _, o := range os {
		o.Waiting(at, tickets)
	}
}

// Staff implements Observer.
func (os Observers) Staff(at time.Duration, team int, n Staff) {
	for _, o := range os {
		o.Staff(at, team, n)
	}
}

// Judged implements Observer.
func (os Observers) Judged(at time.Duration, t *Ticket, results []sla.Result) {
	for _, o := range os {
		o.Judged(at, t, results)
	}
}

// Done implements Observer.
func (os Observers) Done(at time.Duration, t *Ticket, results []sla.Result) {
	for _, o := range os {
		o.Done(at, t, results)
	}
}
