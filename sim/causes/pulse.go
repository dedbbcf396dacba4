package causes

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// Pulse is what a desk could see of itself while a trial goes on, interval by interval: tickets that come, the mean
// time of touches that end, open tickets at the end, and the share of agent time on shift that is busy. It is a
// desk.Observer.
type Pulse struct {
	Volume, Handle, Backlog, Occupancy []float64 // Handle and Occupancy are NaN where there is nothing

	interval time.Duration
	open     int
	began    map[ticket.ID]time.Duration // touches in hand
	touches  []float64                   // ended, by interval
	staff    []desk.Staff                // by team
	since    time.Duration               // for which staff has been accounted for
	busy, on []float64                   // nanoseconds
	upTo     int                         // intervals whose backlog has been written
}

// NewPulse takes the pulse of one trial.
func NewPulse(s *model.Scenario) *Pulse {
	n := int((s.Time.Length + s.Time.Interval - 1) / s.Time.Interval)
	zeros := func() []float64 { return make([]float64, n) }
	return &Pulse{
		Volume: zeros(), Handle: zeros(), Backlog: zeros(), Occupancy: zeros(), touches: zeros(), busy: zeros(), on: zeros(),
		interval: s.Time.Interval, began: map[ticket.ID]time.Duration{}, staff: make([]desk.Staff, len(s.Teams)),
	}
}

func (p *Pulse) bin(at time.Duration) int { return min(int(at/p.interval), len(p.Volume)-1) }

// pass writes the backlog of the intervals that have ended.
func (p *Pulse) pass(at time.Duration) {
	for ; p.upTo < len(p.Backlog) && time.Duration(p.upTo+1)*p.interval <= at; p.upTo++ {
		p.Backlog[p.upTo] = float64(p.open)
	}
}

// Ticket implements desk.Observer.
func (p *Pulse) Ticket(kind ticket.EventKind, at time.Duration, t *desk.Ticket) {
	p.pass(at)
	i := p.bin(at)
	switch kind {
	case ticket.Created:
		p.open++
		p.Volume[i]++
	case ticket.Started:
		p.began[t.ID] = at
	case ticket.Message:
		if t.Reopened {
			p.open++
		}
	case ticket.Returned:
		delete(p.began, t.ID)
	case ticket.Abandoned:
		p.open--
	case ticket.Replied, ticket.StatusSet:
		if since, ok := p.began[t.ID]; ok && kind == ticket.Replied {
			p.Handle[i] += (at - since).Seconds()
			p.touches[i]++
			delete(p.began, t.ID)
		}
		if t.Status == ticket.Solved {
			p.open--
		}
	}
}

// Waiting implements desk.Observer.
func (p *Pulse) Waiting(time.Duration, int) {}

// Staff implements desk.Observer.
func (p *Pulse) Staff(at time.Duration, team int, n desk.Staff) {
	p.account(at)
	p.staff[team] = n
}

// account adds agent time up to an instant.
func (p *Pulse) account(at time.Duration) {
	for p.since < at {
		i := p.bin(p.since)
		to := min(at, time.Duration(i+1)*p.interval)
		if i == len(p.on)-1 {
			to = at
		}
		for _, n := range p.staff {
			p.on[i] += float64(n.On) * float64(to-p.since)
			p.busy[i] += float64(n.Busy) * float64(to-p.since)
		}
		p.since = to
	}
}

// Judged implements desk.Observer.
func (p *Pulse) Judged(time.Duration, *desk.Ticket, []sla.Result) {}

// Done implements desk.Observer.
func (p *Pulse) Done(at time.Duration, _ *desk.Ticket, _ []sla.Result) { p.pass(at) }

// Finish ends the books of a trial at the scenario's end.
func (p *Pulse) Finish(until time.Duration) {
	p.pass(until)
	p.account(until)
	for i := range p.Handle {
		p.Handle[i] = quotient(p.Handle[i], p.touches[i])
		p.Occupancy[i] = quotient(p.busy[i], p.on[i])
	}
	for ; p.upTo < len(p.Backlog); p.upTo++ {
		p.Backlog[p.upTo] = float64(p.open)
	}
}

func quotient(a, b float64) float64 {
	if b == 0 {
		return math.NaN()
	}
	return a / b
}
