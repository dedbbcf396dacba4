package collect

import (
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/desk"
)

// further is what the customers of a class did of their own accord, and how the time
// until its tickets were solved was divided.
type further struct {
	attempts, called, abandoned, retried, switched int64 // of the counted contacts
	customers, failed, lost                        int64 // of those who came first in the measured time
	tickets, chased, chasers, copies               int64
	reminders, won                                 int64
	solved                                         int64
	withCustomer, atDesk                           float64 // nanoseconds
}

// listen counts what a customer does; counted says whether the contact is.
func (c *Collector) listen(kind ticket.EventKind, t *desk.Ticket, counted bool) {
	f := &c.further[t.Actual]
	if counted {
		f.happen(kind, t)
	}
	if t.First >= c.warmup {
		f.customer(kind, t)
	}
}

// happen counts an event of a counted contact.
func (f *further) happen(kind ticket.EventKind, t *desk.Ticket) {
	switch kind {
	case ticket.Created:
		f.attempts++
		if t.Kin.Copy() > 0 {
			f.copies++
		} else {
			f.tickets++
		}
	case ticket.StatusSet:
		switch {
		case t.Status == ticket.Pending:
			f.reminders++
		case t.CalledBack && t.Touches == 0:
			f.called++
		}
	case ticket.Message:
		if t.Won && !t.Chaser && !t.Reopened {
			f.won++
		}
	case ticket.Abandoned:
		f.abandoned++
		switch t.Next {
		case arrivals.Retries:
			f.retried++
		case arrivals.Switches:
			f.switched++
		}
	}
}

// customer counts an event of a contact whose customer is counted.
func (f *further) customer(kind ticket.EventKind, t *desk.Ticket) {
	switch {
	case kind == ticket.Created && t.Kin == 0:
		f.customers++
	case kind != ticket.Abandoned:
	default:
		if t.Kin == 0 {
			f.failed++
		}
		if t.Next == arrivals.Lost {
			f.lost++
		}
	}
}

// done counts the end of a counted ticket.
func (f *further) done(t *desk.Ticket) {
	f.chasers += int64(t.Chases)
	if t.Chases > 0 {
		f.chased++
	}
	if t.Status == ticket.Solved {
		f.solved++
		f.withCustomer += float64(t.WithCustomer)
		f.atDesk += float64(t.Ended - t.Created - t.WithCustomer - t.Dormant)
	}
}

// customers adds what customers do of their own accord, where they do, and where
// tickets can be pending how long they are.
func (b *builder) customers() {
	for i := range b.scenario.Channels {
		ch := &b.scenario.Channels[i]
		var classes []int32
		for j := range b.classes {
			if int(b.classes[j].Channel) == i {
				classes = append(classes, int32(j))
			}
		}
		if len(classes) == 0 {
			continue
		}
		l := outcome.Labels{Channel: ch.Name}
		rate := func(name string, unit outcome.Unit, num, den func(f *further) int64) {
			b.measure(name, l, unit, func(c *Collector) (float64, float64) {
				return c.sum(classes, num), c.sum(classes, den)
			})
		}
		if ch.Callback > 0 || ch.AfterAbandon.Any() {
			b.insistent = true
			attempts := func(f *further) int64 { return f.attempts }
			abandoned := func(f *further) int64 { return f.abandoned }
			people := func(f *further) int64 { return f.customers }
			rate(outcome.CallbackRate, outcome.UnitShare, func(f *further) int64 { return f.called }, attempts)
			rate(outcome.RetryRate, outcome.UnitShare, func(f *further) int64 { return f.retried }, abandoned)
			rate(outcome.SwitchRate, outcome.UnitShare, func(f *further) int64 { return f.switched }, abandoned)
			rate(outcome.FirstAbandonRate, outcome.UnitShare, func(f *further) int64 { return f.failed }, people)
			rate(outcome.LostRate, outcome.UnitShare, func(f *further) int64 { return f.lost }, people)
		}
		if ch.Chase.Any() {
			b.insistent = true
			tickets := func(f *further) int64 { return f.tickets }
			rate(outcome.ChasedRate, outcome.UnitShare, func(f *further) int64 { return f.chased }, tickets)
			rate(outcome.Chasers, outcome.UnitPerTicket, func(f *further) int64 { return f.chasers }, tickets)
			b.measure(outcome.SecondTickets, l, outcome.UnitTickets, func(c *Collector) (float64, float64) {
				return c.sum(classes, func(f *further) int64 { return f.copies }), 1
			})
		}
	}
	b.reminders()
	b.customerTime()
}

func (c *Collector) sum(classes []int32, of func(f *further) int64) (n float64) {
	for _, i := range classes {
		n += float64(of(&c.further[i]))
	}
	return n
}

func (b *builder) reminders() {
	reminds := false
	for i := range b.classes {
		reminds = reminds || len(b.scenario.Issues[b.classes[i].Issue].Reply.Remind) > 0
	}
	if !reminds {
		return
	}
	b.insistent = true
	everyone := b.cuts[0].classes
	b.measure(outcome.Reminders, outcome.Labels{}, outcome.UnitReminders, func(c *Collector) (float64, float64) {
		return c.sum(everyone, func(f *further) int64 { return f.reminders }), 1
	})
	b.measure(outcome.Won, outcome.Labels{}, outcome.UnitTickets, func(c *Collector) (float64, float64) {
		return c.sum(everyone, func(f *further) int64 { return f.won }), 1
	})
}

// customerTime divides the time until tickets are solved, where customers are asked back.
func (b *builder) customerTime() {
	asks := false
	for i := range b.classes {
		issue := &b.scenario.Issues[b.classes[i].Issue]
		asks = asks || issue.SolvedAtFirst < 1 || issue.Reopen.Share > 0 && issue.SolvedLater < 1
	}
	if !asks {
		return
	}
	b.divided = true
	for _, cut := range b.cuts {
		if l := cut.labels; l != (outcome.Labels{Priority: l.Priority, Tier: l.Tier}) {
			continue
		}
		sum := func(c *Collector) (customer, desk, solved float64) {
			for _, i := range cut.classes {
				f := &c.further[i]
				customer, desk, solved = customer+f.withCustomer, desk+f.atDesk, solved+float64(f.solved)
			}
			return customer / float64(time.Second), desk / float64(time.Second), solved
		}
		b.measure(outcome.CustomerTime, cut.labels, outcome.UnitSeconds, func(c *Collector) (float64, float64) {
			customer, _, solved := sum(c)
			return customer, solved
		})
		b.measure(outcome.DeskTime, cut.labels, outcome.UnitSeconds, func(c *Collector) (float64, float64) {
			_, desk, solved := sum(c)
			return desk, solved
		})
		b.measure(outcome.CustomerShare, cut.labels, outcome.UnitShare, func(c *Collector) (float64, float64) {
			customer, desk, _ := sum(c)
			return customer, customer + desk
		})
	}
}
