package desk

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
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
	holdEnds // whoever a ticket was on hold for is done
)

// ranks is the order of events at equal times; see the package's comment.
var ranks = [...]des.Rank{
	rosterChanges: 0, touchEnds: 1, arrives: 2, answers: 2, givesUp: 3, closes: 4, escalates: 5, movesOn: 6,
	holdEnds: 2, born: 2, chases: 2, reminds: 4, systemsChange: 0, takesStock: des.MaxRank,
}

// Desk runs trials on a layout, one after another. It is not safe for concurrent
// use; make one for each worker.
type Desk struct {
	layout  Layout  // a copy: what it says of every ticket is at hand
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
	told    int // number of waiting tickets that the observer knows; -1 where a witness listens
	known   int // that number, there

	witness Witness // nil if nobody asks why tickets wait
	seen    []seen  // by stand: what the witness knows
	plain   bool    // whoever waits stands in lists, and no witness listens

	agents []agent
	teams  []team
	heads  []int32      // by stint
	edge   int          // the next roster edge
	back   []handedBack // by those who leave at this instant
	crowds crowds       // where it matters who is there
	atWork bool         // who is called at this moment is at work already

	listings uint64 // of agents, in lists of those with room

	held   arrivals.Hold   // that follows the touch that has just ended
	opened []opened        // tickets that are open when the trial begins
	past   []arrivals.Past // of one of them

	fetched int // nothing that matters: see fetch

	strains []strain // by team; nil where nothing is assumed about overload
	systems []system // that go down and come back
	system  int      // the next of them
}

// New is a desk for a layout.
func New(l *Layout) *Desk {
	d := &Desk{
		layout: *l, classes: l.classes,
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
	d.events.Near = d.fetch
	for source := range d.next {
		d.events.Lane(ranks[arrives], event{arrives, int32(source)})
	}
	return d
}

// fetch reads the ticket that an event is about, a word of each of its cache lines, shortly
// before the event comes. On a backlog of a million that saves a seventh of the time.
func (d *Desk) fetch(e event) {
	if uint(e.n) < uint(len(d.tickets)) {
		t := &d.tickets[e.n]
		d.fetched += int(t.Created + t.Since + t.WithCustomer + time.Duration(t.timer+t.nudge))
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
		d.expect(int32(i), &d.next[i])
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
		case holdEnds:
			d.endHold(e.n)
		}
		if told := d.told; told != d.waiting {
			if told < 0 {
				d.tellWaiting()
				continue
			}
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
	d.seq, d.waiting, d.told, d.known, d.edge, d.listings = 0, 0, 0, 0, 0, 0
	d.attend(obs)
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
func (d *Desk) later(delay time.Duration) time.Duration { return d.after(d.events.Now(), delay) }

func (d *Desk) after(at, delay time.Duration) time.Duration {
	if end := at + max(0, delay); end >= at {
		return end
	}
	return noDue
}

// expect schedules the next arrival of a source.
func (d *Desk) expect(source int32, next *arrivals.Ticket) {
	if d.gen.Next(int(source), next) {
		d.events.Expect(source, next.At)
	}
}

// arrive brings the ticket that a source had ready, and has the next one ready.
func (d *Desk) arrive(source int32) {
	t, a := d.take(), &d.next[source]
	d.set(t, a, a.At)
	patience := a.Patience
	d.expect(source, a)
	d.open(t, patience)
}

// finish reports at the horizon what is still in the system.
func (d *Desk) finish() {
	for i := range d.tickets {
		if s := d.tickets[i].state; s != free && s != unborn {
			d.report(int32(i), d.layout.Until)
		}
	}
}
