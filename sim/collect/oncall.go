package collect

import (
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// callout is the last call of somebody: from when until when, and what was paid
// because it was shorter than the minimum.
type callout struct {
	from, until time.Duration
	extra       staffing.Bill
}

func (b *builder) layCalls() {
	for i := range b.desk.Teams {
		if hasOnCall(&b.desk.Teams[i]) {
			b.onCall = b.desk.OnCall
		}
	}
}

func hasOnCall(t *staffing.Team) bool {
	for i := range t.Shifts {
		if t.Shifts[i].OnCall != nil {
			return true
		}
	}
	return false
}

// call pays the minimum of a call. Whoever takes another ticket as he ends one is on
// the same call still, so that the minimum is due once.
func (c *Collector) call(kind ticket.EventKind, at time.Duration, t *desk.Ticket) {
	bill := &c.teams[t.Team].totals.bill
	k := c.callouts[t.Agent]
	switch kind {
	case ticket.Started:
		if at >= c.warmup {
			c.teams[t.Team].totals.calls++
		}
		if k.until != at || k.from == at {
			k = callout{from: at}
		} else {
			*bill = bill.Plus(k.extra.Minus())
		}
	case ticket.Replied:
		k.until = at
		k.extra = c.tariffs[t.Team].Callout(at, at-k.from, c.onCall(t.Agent).Minimum)
		*bill = bill.Plus(k.extra)
	default:
		return
	}
	c.callouts[t.Agent] = k
}

// calls adds what people on call do, for the teams that have some.
func (b *builder) calls() {
	for i := range b.desk.Teams {
		if !hasOnCall(&b.desk.Teams[i]) {
			continue
		}
		l := outcome.Labels{Team: b.desk.Teams[i].Name}
		standby := b.bills[i].StandbyHours
		b.measure(outcome.StandbyHours, l, outcome.UnitHours, func(*Collector) (float64, float64) { return standby, 1 })
		b.measure(outcome.Calls, l, outcome.UnitTickets, func(c *Collector) (float64, float64) { return float64(c.teams[i].totals.calls), 1 })
		b.measure(outcome.CalledHours, l, outcome.UnitHours, func(c *Collector) (float64, float64) {
			return c.teams[i].totals.called / float64(time.Hour), 1
		})
	}
}
