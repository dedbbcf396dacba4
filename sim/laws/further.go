package laws

import (
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/desk"
)

// kin is what the laws must know of a ticket as one of its customer's contacts.
type kin struct {
	ticket.Kin
	first      time.Duration // when the customer's first contact was created
	calledBack bool
	chases     int // how often the customer has asked again
	reminders  int // since the ticket became pending

	withCustomer, dormant time.Duration
}

// left is a customer who has left a queue and has not been heard of since.
type left struct {
	next  arrivals.Next
	first time.Duration
	class ticket.Class
}

// people is what customers do of their own accord on a channel, as a run must say it.
type people struct {
	attempts, called, abandoned, retried, switched float64
	customers, failed, lost                        float64
	tickets, chased, chasers, copies               float64
}

// spans is how the time until tickets were solved is divided, and what reminders did.
type spans struct{ reminders, won, solved, withCustomer, atDesk float64 }

func (l *Laws) channelOf(class int32) *work.Channel {
	return &l.scenario.Channels[l.layout.Plan.Classes[class].Channel]
}

func (l *Laws) peopleOf(class int32) *people {
	return &l.counts.people[l.layout.Plan.Classes[class].Channel]
}

func (l *Laws) counted(at time.Duration) bool { return at >= l.scenario.Time.Warmup }

// descends checks that a ticket which is no customer's first contact has been born of
// another one, and that this one had reason to.
func (l *Laws) descends(t *desk.Ticket, v *life) {
	v.kin = kin{Kin: t.Kin, first: t.First}
	p := l.peopleOf(t.Class)
	if l.counted(t.Created) {
		p.attempts++
		if t.Kin.Copy() == 0 {
			p.tickets++
		}
	}
	if t.Kin == 0 {
		if t.First != t.Created {
			l.breaksBy(t.ID, Balance, "it is its customer's first contact, but the first was at %v", t.First)
		}
		if l.counted(t.First) {
			p.customers++
		}
		return
	}
	if t.Kin.Copy() > 0 {
		l.asksApart(t)
		return
	}
	from := t.Kin &^ ticket.Kin(0).InWriting()
	if !t.Kin.Switched() {
		from = t.Kin - 1
	}
	parent := t.ID.Kin(t.Kin, from)
	was, ok := l.left[parent]
	c := l.layout.Plan.Classes[t.Class]
	want := was.class
	if t.Kin.Switched() {
		want.Channel = l.scenario.Channels[was.class.Channel].AfterAbandon.To
		want.Priority = c.Priority // rules may say so
	}
	next := arrivals.Retries
	if t.Kin.Switched() {
		next = arrivals.Switches
	}
	if !ok || was.next != next || was.first != t.First || c != want {
		l.breaksBy(t.ID, Balance, "it descends from %#x, whose customer has not left or does not come back so", uint64(parent))
	}
	delete(l.left, parent)
}

// asksApart: a second ticket about a matter of which another one is unanswered.
func (l *Laws) asksApart(t *desk.Ticket) {
	parent := l.lives[t.ID.Kin(t.Kin, t.Kin&^ticket.Kin(0).Copied(ticket.MostFurther))]
	ch := &l.channelOf(t.Class).Chase
	switch {
	case parent == nil || parent.place != queued && parent.place != inHand:
		l.breaksBy(t.ID, Balance, "it asks again about a ticket that is answered or was never created")
		return
	case !ch.Any() || ch.Merged >= 1 || parent.class != t.Class || parent.first != t.First || parent.chases+1 != t.Kin.Copy() || t.Kin.Copy() > ch.Most:
		l.breaksBy(t.ID, Balance, "it is second ticket number %d, after the customer has asked again %d times", t.Kin.Copy(), parent.chases)
	}
	parent.chases++
	if l.counted(t.Created) {
		l.peopleOf(t.Class).copies++
	}
}

// leaves: a customer has left the queue.
func (l *Laws) leaves(t *desk.Ticket, v *life) {
	after := &l.channelOf(v.class).AfterAbandon
	possible := t.Next == arrivals.Lost || t.Next == arrivals.Switches && after.Switch > 0 ||
		t.Next == arrivals.Retries && after.Retry > 0 && v.Attempt() < after.Most
	if v.calledBack || !possible {
		l.breaksBy(t.ID, Life, "it is abandoned and then %d, but was promised a call: %v, and %d attempts went before", t.Next, v.calledBack, v.Attempt())
	}
	p := l.peopleOf(v.class)
	if l.counted(t.Created) {
		p.abandoned++
		switch t.Next {
		case arrivals.Retries:
			p.retried++
		case arrivals.Switches:
			p.switched++
		}
	}
	if l.counted(v.first) {
		if v.Kin.Attempt() == 0 {
			p.failed++
		}
		if t.Next == arrivals.Lost {
			p.lost++
		}
	}
	if t.Next != arrivals.Lost {
		l.left[t.ID] = left{t.Next, v.first, l.layout.Plan.Classes[v.class]}
	}
}

// asks: the customer asks again, and the desk sees that it is the same matter. Nothing
// moves.
func (l *Laws) asks(t *desk.Ticket, v *life) {
	ch := &l.channelOf(v.class).Chase
	want := ticket.Open
	if !v.started && v.touches == 0 {
		want = ticket.New
	}
	v.chases++
	if !ch.Any() || ch.Merged == 0 || v.chases > ch.Most || v.Copy() > 0 ||
		!t.Chaser || t.Reopened || t.Status != want || t.Touches != v.touches {
		l.breaksBy(t.ID, Life, "its customer asks for the %dth time while it %v", v.chases, v.place)
	}
}

// answers: the customer of a pending or solved ticket writes, after every
// reminder that was due.
func (l *Laws) answers(t *desk.Ticket, v *life) {
	if t.Chaser {
		l.breaksBy(t.ID, Life, "its customer asks again while it %v", v.place)
	}
	span := l.now - v.since
	if v.place == solved {
		v.dormant += span
		return
	}
	v.withCustomer += span
	l.reminded(t, v)
	if t.Won && v.reminders == 0 {
		l.breaksBy(t.ID, Life, "its customer was won by a reminder, but there was none")
	}
	if l.counted(t.Created) && t.Won {
		l.counts.spans.won++
	}
}

// reminded checks that a pending ticket's customer has had every reminder that was due,
// and no other.
func (l *Laws) reminded(t *desk.Ticket, v *life) {
	span := l.now - v.since
	for k, at := range l.replyOf(v).Remind {
		if k < v.reminders && at > span || k >= v.reminders && at < span {
			l.breaksBy(t.ID, Life, "after %v its customer has been reminded %d times", span, v.reminders)
			return
		}
	}
}

func (l *Laws) replyOf(v *life) *work.Reply {
	return &l.scenario.Issues[l.layout.Plan.Classes[v.class].Issue].Reply
}

// sets carries out a status that is set: a reminder, which leaves the ticket pending;
// the promise to call, which leaves it in the queue; or the end of its time.
func (l *Laws) sets(t *desk.Ticket, v *life) {
	reply := l.replyOf(v)
	switch {
	case v.place == queued:
		if !l.classes[v.class].live || v.started || v.calledBack || l.channelOf(v.class).Callback == 0 || t.Status != ticket.New || !t.CalledBack {
			l.breaksBy(t.ID, Life, "a call is promised, while it is %v", t.Status)
		}
		v.calledBack = true
		if l.counted(t.Created) {
			l.peopleOf(v.class).called++
		}
	case t.Status == ticket.Pending:
		if v.reminders >= len(reply.Remind) || l.now-v.since != reply.Remind[v.reminders] {
			l.breaksBy(t.ID, Life, "its customer is reminded %v after the reply", l.now-v.since)
		}
		v.reminders++
		if l.counted(t.Created) {
			l.counts.spans.reminders++
		}
	default:
		if l.now != max(0, v.since+reply.Close) || v.reminders != len(reply.Remind) {
			l.breaksBy(t.ID, Life, "it is closed %v after the reply, with %d reminders", l.now-v.since, v.reminders)
		}
		v.withCustomer += l.now - v.since
	}
}

// spent adds how the time of a ticket was spent, at its end.
func (l *Laws) spent(t *desk.Ticket, v *life) {
	if int(t.Chases) != v.chases || t.CalledBack != v.calledBack {
		l.breaksBy(t.ID, Life, "its customer has asked %d times and waits for a call: %v; by the events %d times, %v", t.Chases, t.CalledBack, v.chases, v.calledBack)
	}
	if v.place == pending {
		l.reminded(t, v)
	}
	if !l.counted(t.Created) {
		return
	}
	p := l.peopleOf(v.class)
	p.chasers += float64(v.chases)
	if v.chases > 0 {
		p.chased++
	}
	if v.place != solved {
		return
	}
	if t.WithCustomer != v.withCustomer || t.Dormant != v.dormant {
		l.breaksBy(t.ID, Life, "it was %v with its customer and %v solved, not %v and %v", v.withCustomer, v.dormant, t.WithCustomer, t.Dormant)
	}
	s := &l.counts.spans
	s.solved++
	s.withCustomer += v.withCustomer.Seconds()
	s.atDesk += (v.since - v.created - v.withCustomer - v.dormant).Seconds()
}

// unheard checks, after the horizon, that who wanted to write at once has.
func (l *Laws) unheard() {
	for id, was := range l.left {
		if was.next == arrivals.Switches {
			l.breaksBy(id, Balance, "its customer has left to write instead, and has not")
			return
		}
	}
}

// tallyPeople compares what the run says of customers with the books.
func (l *Laws) tallyPeople(k book) {
	for i := range l.scenario.Channels {
		ch, p := &l.scenario.Channels[i], &l.counts.people[i]
		labels := outcome.Labels{Channel: ch.Name}
		for _, row := range []struct {
			name     string
			num, den float64
		}{
			{outcome.CallbackRate, p.called, p.attempts},
			{outcome.RetryRate, p.retried, p.abandoned},
			{outcome.SwitchRate, p.switched, p.abandoned},
			{outcome.FirstAbandonRate, p.failed, p.customers},
			{outcome.LostRate, p.lost, p.customers},
			{outcome.ChasedRate, p.chased, p.tickets},
			{outcome.Chasers, p.chasers, p.tickets},
			{outcome.SecondTickets, p.copies, 1},
		} {
			if _, there := k.find(row.name, labels); there {
				l.holds(k, row.name, labels, row.num, row.den)
			}
		}
	}
	s, all := &l.counts.spans, outcome.Labels{}
	if _, there := k.find(outcome.Reminders, all); there {
		l.holds(k, outcome.Reminders, all, s.reminders, 1)
		l.holds(k, outcome.Won, all, s.won, 1)
	}
	if _, there := k.find(outcome.CustomerTime, all); there {
		l.holds(k, outcome.CustomerTime, all, s.withCustomer, s.solved)
		l.holds(k, outcome.DeskTime, all, s.atDesk, s.solved)
		l.holds(k, outcome.CustomerShare, all, s.withCustomer, s.withCustomer+s.atDesk)
	}
}
