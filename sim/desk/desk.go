package desk

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/des"
	"github.com/headroom-sim/headroom/sim/rng"
)

// event is what is scheduled: a kind and whom it concerns.
type event struct {
	kind eventKind
	n    int32 // source, ticket, or nothing
}

type eventKind uint8

const (
	rosterChanges eventKind = iota
	touchEnds
	arrives
	answers // the customer answers, or comes back after solving
	givesUp
	closes
	escalates
	movesOn
	born    // a customer tries again
	chases  // a customer asks again for an answer
	reminds // the desk asks again for one
	systemsChange
	takesStock
)

// ranks is the order of events at equal times; see the package's comment.
var ranks = [...]des.Rank{
	rosterChanges: 0, touchEnds: 1, arrives: 2, answers: 2, givesUp: 3, closes: 4, escalates: 5, movesOn: 6,
	born: 2, chases: 2, reminds: 4, systemsChange: 0, takesStock: des.MaxRank,
}

// Desk runs trials on a layout, one after another. It is not safe for concurrent
// use; make one for each worker.
type Desk struct {
	layout  *Layout
	classes []class // the layout's
	gen     *arrivals.Generator
	obs     Observer

	events  des.Queue[event]
	next    []arrivals.Ticket // by source: the one that arrives next
	tickets []Ticket
	clocks  []sla.Clock // layout.terms of them for each ticket
	pasts   []sla.Past  // by ticket, where classes change
	spare   []sla.Clock // layout.terms of them
	results []sla.Result
	records []record // by rung of the ladder
	broken  []time.Duration
	spots   []int32 // layout.spots for each ticket: where it is in the heaps of its line
	freed   int32   // first free ticket slot + 1; 0 for none
	queues  []queue
	seq     uint64
	waiting int
	told    int // number of waiting tickets that the observer knows

	agents []agent
	teams  []team
	heads  []int32      // by stint
	edge   int          // the next roster edge
	back   []handedBack // by those who leave at this instant
	crowds crowds       // where it matters who is there
	atWork bool         // who is called at this moment is at work already

	listings uint64 // of agents, in lists of those with room

	opened []opened        // tickets that are open when the trial begins
	past   []arrivals.Past // of one of them

	strains []strain // by team; nil where nothing is assumed about overload
	systems []system // that go down and come back
	system  int      // the next of them
}

// New is a desk for a layout.
func New(l *Layout) *Desk {
	return &Desk{
		layout: l, classes: l.classes,
		gen:    l.Plan.Generator(),
		next:   make([]arrivals.Ticket, l.Plan.Sources()),
		queues: make([]queue, l.lines()),
		agents: make([]agent, l.agents()),
		teams:  make([]team, len(l.teams)),
		heads:  make([]int32, len(l.stints)),
		spare:  make([]sla.Clock, l.terms),

		records: reviewRecords(l.ladder, l.names),
		crowds:  newCrowds(l),
	}
}

// Run runs the trial of a key from the scenario's start to its horizon and tells
// the observer. Tickets come before the horizon; whatever else falls on the very
// horizon still happens.
func (d *Desk) Run(key rng.Key, obs Observer) {
	if o, ok := obs.(Beginner); ok {
		o.Begin(key)
	}
	d.reset(key, obs)
	if len(d.layout.outages) > 0 {
		d.drawSystems(d.layout.outages)
	}
	if len(d.layout.edges) > 0 {
		d.schedule(d.layout.edges[0].at, event{kind: rosterChanges})
	}
	for i := range d.next {
		d.expect(int32(i))
	}
	if d.layout.backlog > 0 {
		d.inherit()
	}
	for until := d.layout.Until; ; {
		e, ok := d.events.Next(until)
		if !ok {
			break
		}
		switch e.kind {
		case rosterChanges:
			d.failSystems()
			d.changeRoster()
			d.restoreSystems()
		case takesStock:
			d.takeStock()
		case systemsChange:
			d.changeSystems()
		case touchEnds:
			d.endTouch(e.n)
		case arrives:
			d.arrive(e.n)
		case answers:
			d.answer(e.n)
		case givesUp:
			d.abandon(e.n)
		case escalates:
			d.escalate(e.n)
		case movesOn:
			d.moveOn(e.n)
		case closes:
			d.close(e.n)
		case born:
			d.again(e.n)
		case chases:
			d.chase(e.n)
		case reminds:
			d.remind(e.n)
		}
		if d.told != d.waiting {
			d.told = d.waiting
			obs.Waiting(d.events.Now(), d.waiting)
		}
	}
	d.finish()
}

func (d *Desk) reset(key rng.Key, obs Observer) {
	d.obs = obs
	d.gen.Reset(key)
	d.events.Reset()
	d.tickets, d.clocks, d.pasts, d.spots, d.freed = d.tickets[:0], d.clocks[:0], d.pasts[:0], d.spots[:0], 0
	d.seq, d.waiting, d.told, d.edge, d.listings = 0, 0, 0, 0, 0
	buckets := 1
	if d.layout.order == model.Priority {
		for i := range d.classes {
			buckets = max(buckets, int(d.classes[i].bucket)+1)
		}
	}
	heaps := d.layout.heaps()
	for i := range d.queues {
		d.queues[i].reset(buckets, heaps)
	}
	for i := range d.records {
		d.records[i].reset()
	}
	d.layout.round(key, d.heads)
	d.resetStaff()
	d.resetStrains()
	d.resetCrowds(key)
}

// Outside is what became of customers on their way to the desk, in the trial that was
// run last. It is valid until the next.
func (d *Desk) Outside() *arrivals.Outside { return d.gen.Outside() }

func (d *Desk) schedule(at time.Duration, e event) des.Handle {
	return d.events.Schedule(at, ranks[e.kind], e)
}

// later is now + d, or the end of time where that overflows.
func (d *Desk) later(delay time.Duration) time.Duration {
	now := d.events.Now()
	if at := now + max(0, delay); at >= now {
		return at
	}
	return noDue
}

// expect schedules the next arrival of a source.
func (d *Desk) expect(source int32) {
	if t := &d.next[source]; d.gen.Next(int(source), t) {
		d.schedule(t.At, event{arrives, source})
	}
}

func (d *Desk) arrive(source int32) {
	a := d.next[source]
	d.expect(source)
	d.open(d.take(), &a, a.At)
}

// open creates a ticket in a place of the slab. First is when its customer's first
// contact was created.
func (d *Desk) open(i int32, a *arrivals.Ticket, first time.Duration) {
	t := d.set(i, a, first)
	d.happen(ticket.Created, i)
	if d.layout.owned {
		d.assign(i, d.classes[a.Class].home)
	}
	d.offer(i)
	if t.state == waiting && a.Patience >= 0 {
		t.timer = d.schedule(d.later(a.Patience), event{givesUp, i})
	}
	if d.layout.chased {
		d.unanswered(i)
	}
}

// set fills in a ticket of which nothing has been told yet.
func (d *Desk) set(i int32, a *arrivals.Ticket, first time.Duration) *Ticket {
	t := &d.tickets[i]
	*t = Ticket{} // and field by field, which is faster than a literal that is copied
	t.Origin, t.First, t.Created = a.Origin, first, a.At
	t.Class, t.Actual, t.Promised = a.Class, a.Actual, d.layout.Promised(a.Class, a.At)
	t.Answered, t.Ended = -1, -1
	t.Agent, t.owner, t.Team, t.Group = -1, -1, -1, -1
	t.bucket, t.scale = d.classes[a.Class].bucket, a.Scale
	t.solves, t.left = a.Touch.Solves, a.Touch.Handle
	if k := d.layout.terms; k > 0 {
		clear(d.clocks[int(i)*k : int(i)*k+k])
	}
	if d.layout.changes {
		d.pasts[i] = sla.Past{}
	}
	return t
}

// take is a free ticket slot.
func (d *Desk) take() int32 {
	if d.freed > 0 {
		i := d.freed - 1
		d.freed = d.tickets[i].next
		return i
	}
	d.tickets = append(d.tickets, Ticket{})
	for range d.layout.terms {
		d.clocks = append(d.clocks, sla.Clock{})
	}
	if d.layout.changes {
		d.pasts = append(d.pasts, sla.Past{})
	}
	for range d.layout.spots {
		d.spots = append(d.spots, nowhere)
	}
	return int32(len(d.tickets) - 1)
}

// happen tells the clocks and the observer of an event, after the ticket's
// fields have been set.
func (d *Desk) happen(kind ticket.EventKind, i int32) {
	t := &d.tickets[i]
	if c := &d.classes[t.Promised]; c.heeds {
		d.heed(c, kind, i)
		return
	}
	d.obs.Ticket(kind, d.events.Now(), t)
}

// heed is happen for tickets that are promised something.
func (d *Desk) heed(c *class, kind ticket.EventKind, i int32) {
	t := &d.tickets[i]
	now := d.events.Now()
	if len(d.pasts) > 0 {
		d.pasts[i].Apply(kind, t.Status, ticket.Team(t.Group), now)
	}
	rounds := len(c.terms) > 0 && c.terms.Apply(d.clocksOf(i), kind, t.Status, ticket.Team(t.Group), now)
	d.obs.Ticket(kind, now, t)
	if len(c.reviews) > 0 {
		d.breaches(i)
	}
	if rounds {
		if d.results = c.terms.Take(d.clocksOf(i), now, d.results[:0]); len(d.results) > 0 {
			d.obs.Judged(now, t, d.results)
		}
	}
	if len(c.rungs)+len(c.reviews) > 0 {
		d.watch(i)
	}
}

// assign makes a team responsible for a ticket, where that matters.
func (d *Desk) assign(i int32, team int16) {
	t := &d.tickets[i]
	if d.classes[t.Promised].owned && t.Group != team {
		t.Group = team
		d.happen(ticket.Assigned, i)
	}
}

func (d *Desk) clocksOf(i int32) []sla.Clock {
	k := d.layout.terms
	return d.clocks[int(i)*k : int(i)*k+k]
}

// wants is what the ticket's next touch asks for.
func (d *Desk) wants(t *Ticket) *demand {
	if t.path != (path{}) {
		return d.wantsNow(t)
	}
	c := &d.classes[t.Class]
	if t.Touches == 0 {
		return &c.first
	}
	return &c.later
}

// wantsNow is wants for a ticket that has gone from line to line or team to team.
func (d *Desk) wantsNow(t *Ticket) *demand {
	c := &d.classes[t.Class]
	first, later := &c.first, &c.later
	switch {
	case t.out > 0:
		return &c.aways[t.out-1].demand
	case t.moved > 0:
		m := &c.moves[t.moved-1]
		first, later = &m.first, &m.later
	case t.back > 0:
		later = &c.backs[t.back-1]
	}
	want := first
	if t.Touches > 0 {
		want = later
	}
	for range t.level {
		want = want.then
	}
	return want
}

// endTouch ends the touch in hand: the agent replies.
func (d *Desk) endTouch(i int32) {
	t := &d.tickets[i]
	if t.out > 0 && !t.solves {
		d.comeBack(i)
		return
	}
	a := t.Agent
	d.letGo(i)
	if d.layout.chased {
		d.hush(t)
	}
	t.Touches++
	if d.layout.qualities != nil {
		d.score(t)
	}
	var h arrivals.HandOff
	handed := false
	if d.layout.owned {
		h, handed = d.handedOff(t)
	}
	switch {
	case handed:
		t.Status = d.classes[t.Class].aways[h.Way].status
	case t.solves:
		t.Status, t.Ended = ticket.Solved, d.events.Now()
		t.SolvedAtFirst = t.Touches == 1
	default:
		t.Status = ticket.Pending
	}
	if t.Answered < 0 {
		t.Answered = d.events.Now()
	}
	d.happen(ticket.Replied, i)
	t.Agent = -1
	if t.out == 0 {
		t.back = 0
	}
	t.out = 0
	switch {
	case handed:
	case t.solves:
		d.solved(i)
	default:
		d.pend(i)
	}
	d.freeAgent(a)
	d.tellStaff(d.agents[a].team)
	if handed {
		d.handOff(i, h)
	}
}

// pend waits for the customer.
func (d *Desk) pend(i int32) {
	t := &d.tickets[i]
	t.state = outside
	c := d.gen.Cycle(t.Origin, t.Class, t.scale, int(t.Touches)-1)
	t.ends, t.Won = d.events.Now(), c.Won
	if d.layout.chased {
		d.silent(i)
	}
	if c.Silent {
		t.timer = d.schedule(d.later(c.Delay), event{closes, i})
		return
	}
	t.left, t.solves = c.Touch.Handle, c.Touch.Solves
	t.timer = d.schedule(d.later(c.Delay), event{answers, i})
}

// answer: the customer of a pending or solved ticket writes again.
func (d *Desk) answer(i int32) {
	t := &d.tickets[i]
	t.Reopened, t.Chaser = t.Status == ticket.Solved, false
	if t.Reopened {
		t.Dormant += d.events.Now() - t.Ended
	}
	d.heard(t)
	t.Ended = -1
	t.Status = ticket.Open
	if t.Reopened {
		t.Reopenings++
	}
	d.happen(ticket.Message, i)
	if t.back > 0 { // it was solved by a team that it was handed off to
		d.assign(i, d.home(t))
	}
	d.offer(i)
	if d.layout.chased {
		d.unanswered(i)
	}
}

// close solves a ticket whose customer is silent.
func (d *Desk) close(i int32) {
	d.heard(&d.tickets[i])
	d.tickets[i].Status, d.tickets[i].Ended = ticket.Solved, d.events.Now()
	d.happen(ticket.StatusSet, i)
	d.solved(i)
}

// solved: the ticket's life is over, unless its customer comes back.
func (d *Desk) solved(i int32) {
	t := &d.tickets[i]
	t.state = outside
	if t.Kin.Copy() > 0 { // what was asked twice comes back once
		d.done(i)
		return
	}
	if !d.classes[t.Class].returns {
		d.done(i)
		return
	}
	r := d.gen.ReturnMore(t.Origin, t.Class, t.scale, int(t.Touches)-1, d.comesBackMore(t))
	if !r.Comes {
		d.done(i)
		return
	}
	t.left, t.solves = r.Touch.Handle, r.Touch.Solves
	t.timer = d.schedule(d.later(r.Delay), event{answers, i})
}

// abandon: the customer leaves the queue.
func (d *Desk) abandon(i int32) {
	t := &d.tickets[i]
	then := d.gen.Leave(t.Origin, t.Class)
	if then.CallBack {
		d.promiseCall(i)
		return
	}
	d.dequeue(i)
	t.Status, t.Next = ticket.Closed, then.Next
	d.happen(ticket.Abandoned, i)
	left := *t
	d.done(i)
	d.follow(&left, then)
}

// done takes a ticket out of the system.
func (d *Desk) done(i int32) {
	t := &d.tickets[i]
	if t.alarm != 0 {
		d.events.Cancel(t.alarm)
	}
	if now := d.events.Now(); d.classes[t.Promised].heeds {
		d.report(i, now)
	} else {
		d.obs.Done(now, t, nil)
	}
	t.state = free
	t.next = d.freed
	d.freed = i + 1
}

func (d *Desk) report(i int32, at time.Duration) {
	t := &d.tickets[i]
	d.results = d.classes[t.Promised].terms.Judge(d.clocksOf(i), at, d.results[:0])
	d.obs.Done(at, t, d.results)
}

// finish reports at the horizon what is still in the system.
func (d *Desk) finish() {
	for i := range d.tickets {
		if s := d.tickets[i].state; s != free && s != unborn {
			d.report(int32(i), d.layout.Until)
		}
	}
}
