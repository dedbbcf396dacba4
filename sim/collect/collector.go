package collect

import (
	"time"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/desk"
)

// Collector counts one trial after another. It is a desk.Observer.
type Collector struct {
	*Layout

	// What every event looks at.
	boundary  time.Duration // the next time at which an interval, a week or the warm-up ends
	from      time.Duration // when the warm-up ends, at hand
	looks     bool          // some events must be looked at more closely
	looksBack bool          // so must some tickets that are done
	tallies   []tally       // by class
	passing   passing
	backlog   level
	queue     level

	arrivals []int32 // by interval, warm-up included
	judged   [sla.Metrics][]judged
	bins     [sla.Metrics][][]uint32 // by group; nil for a metric that nobody promises
	wall     [sla.Metrics][][]uint32 // the same, of times on the wall
	lines    [sla.Metrics][][]share  // by line, by interval
	byHour   [sla.Metrics][7 * 24]share
	dated    [sla.Metrics]dated
	vowLines [][]share                       // by goal, by interval
	byTeams  [sla.Metrics][]share            // by team
	hourly   [sla.Metrics][][hourBins]uint32 // times by hour of the day; nil for a metric that nobody promises
	records  []record                        // by deal
	settled  []settled                       // by deal
	clocks   []contract.Clock                // of one ticket, for contracts
	excused  excused
	rungs    []int64 // by rung of the ladder: how often it was reached
	outside  *arrivals.Outside
	flow     []flow                 // by week
	week     int                    // the present one, since something was opened or solved
	quality  []scores               // by team, if any has scores
	samples  []scores               // by period
	down     []arrivals.Window      // see union
	relaxed  [][sla.Metrics]relaxed // by relaxation
	cycles   cycles
	further  []further // by class
	routing  routing

	inherited *inherited // nil where the desk starts empty

	present   int // interval
	presentTo time.Duration
	measuring bool // the warm-up is over

	teams      []teamLevels
	recoveries []recovery
	callouts   map[int32]callout // by agent; nil where nobody is on call
}

// passing is what has come since the last boundary, and belongs to its interval and week.
type passing struct {
	arrived int32
	flow
}

// tally is what became of the counted tickets of a class.
type tally struct {
	arrived, solved, abandoned, open int64
	waits                            int64   // first waits that ended
	wait                             float64 // their sum, nanoseconds
}

// judged is what became of the clocks of a class.
type judged struct{ met, breached, overdue, undecided int64 }

// share is a ratio of counts.
type share struct{ breached, judged int32 }

// period is a record of clocks over some time.
type period struct{ met, judged int64 }

// New is a collector for a layout.
func New(l *Layout) *Collector {
	n := l.Catalog.Intervals
	c := &Collector{
		Layout: l, from: l.warmup, tallies: make([]tally, len(l.classes)), arrivals: make([]int32, n),
		teams: make([]teamLevels, len(l.bills)), recoveries: make([]recovery, len(l.spikes)),
		records: newRecords(l), settled: make([]settled, len(l.deals)), rungs: make([]int64, len(l.ladder)),
	}
	if l.onCall != nil {
		c.callouts = map[int32]callout{}
	}
	lines := 0
	for i := range l.classes {
		for _, line := range l.classes[i].lines {
			lines = max(lines, int(line)+1)
		}
	}
	for _, w := range l.waits {
		if w.times != nil || c.bins[w.metric] != nil {
			continue
		}
		c.judged[w.metric] = make([]judged, len(l.classes))
		c.bins[w.metric], c.wall[w.metric] = make([][]uint32, l.groups), make([][]uint32, l.groups)
		for g := range l.groups {
			c.bins[w.metric][g] = make([]uint32, outcome.BinCount)
			c.wall[w.metric][g] = make([]uint32, outcome.BinCount)
		}
		c.dated[w.metric], c.byTeams[w.metric] = newDated(l), make([]share, len(l.bills))
		if c.hours != nil {
			c.hourly[w.metric] = make([][hourBins]uint32, 24)
		}
		c.lines[w.metric] = make([][]share, lines)
		for i := range c.lines[w.metric] {
			c.lines[w.metric][i] = make([]share, n)
		}
	}
	for range l.vows.all {
		c.vowLines = append(c.vowLines, make([]share, n))
	}
	c.excused = newExcused(l)
	c.flow = make([]flow, len(l.weeks))
	c.quality, c.samples = make([]scores, l.scores), make([]scores, len(l.checked))
	c.relaxed = make([][sla.Metrics]relaxed, len(l.relaxations))
	c.cycles = newCycles(l)
	c.further = make([]further, len(l.classes))
	c.routing = newRouting(l)
	c.inherited = newInherited(l)
	for i := range c.teams {
		c.teams[i].intervals = make([]teamInterval, n)
		c.teams[i].missing = newMissing(l, i)
	}
	c.queue.ends, c.backlog.ends = make([]int32, n), make([]int32, n)
	c.looks = c.callouts != nil || c.cycling || c.insistent || c.helps != nil || len(c.quality) > 0 || l.inherits > 0
	c.looksBack = c.cycling || c.insistent || c.divided || c.helps != nil
	c.Reset()
	return c
}

// Reset forgets the last trial.
func (c *Collector) Reset() {
	clear(c.tallies)
	clear(c.arrivals)
	for m := range sla.Metrics {
		clear(c.judged[m])
		for g := range c.bins[m] {
			clear(c.bins[m][g])
			clear(c.wall[m][g])
		}
		for _, line := range c.lines[m] {
			clear(line)
		}
		clear(c.byHour[m][:])
		clear(c.byTeams[m])
		c.dated[m].reset()
		clear(c.hourly[m])
	}
	for i := range c.records {
		c.records[i].reset()
	}
	for _, line := range c.vowLines {
		clear(line)
	}
	for i := range c.teams {
		c.teams[i].reset()
	}
	c.passing = passing{}
	c.queue.reset(c.warmup)
	c.backlog.reset(c.warmup)
	clear(c.recoveries)
	clear(c.rungs)
	clear(c.flow)
	clear(c.quality)
	clear(c.samples)
	clear(c.callouts)
	clear(c.further)
	c.excused.reset()
	clear(c.relaxed)
	c.cycles.reset()
	c.routing.reset()
	c.inherited.reset(c.Layout)
	c.present, c.presentTo, c.week, c.measuring = 0, min(c.interval, c.until), 0, c.warmup <= 0
	c.boundary = c.next()
}

// Ticket implements desk.Observer.
func (c *Collector) Ticket(kind ticket.EventKind, at time.Duration, t *desk.Ticket) {
	if at >= c.boundary {
		c.advance(at)
	}
	counted := t.Created >= c.from
	if c.looks {
		c.look(kind, at, t, counted)
	}
	switch kind {
	case ticket.Created:
		c.passing.arrived++
		c.passing.opened++
		c.backlog.change(at, 1)
		if counted {
			c.tallies[t.Actual].arrived++
		}
	case ticket.Started:
		if counted && t.Touches == 0 && !t.Returned {
			c.waited(at, t)
		}
	case ticket.Replied, ticket.StatusSet:
		if t.Status == ticket.Solved {
			c.passing.solved++
			c.backlog.change(at, -1)
		}
	case ticket.Message:
		if t.Reopened {
			c.passing.opened++
			c.backlog.change(at, 1)
		}
	case ticket.Noted:
		if counted && t.Rung >= 0 {
			c.rungs[t.Rung]++
		}
	case ticket.Abandoned:
		c.backlog.change(at, -1)
		if counted {
			c.passing.opened--
			c.waited(at, t)
		}
	}
}

// waited counts a first wait that has ended.
func (c *Collector) waited(at time.Duration, t *desk.Ticket) {
	k := &c.tallies[t.Actual]
	k.waits++
	k.wait += float64(at - t.Queued)
}

// look looks more closely at a ticket, where something is asked that few scenarios ask.
func (c *Collector) look(kind ticket.EventKind, at time.Duration, t *desk.Ticket, counted bool) {
	if t.OnCall && c.callouts != nil {
		c.call(kind, at, t)
	}
	if counted && c.cycling {
		c.cycles.happen(kind, at, t, c.classes[t.Actual].Issue)
	}
	if len(c.quality) > 0 && kind == ticket.Replied {
		c.scored(at, t)
	}
	if c.insistent {
		c.listen(kind, t, counted)
	}
	if c.helps != nil {
		c.route(kind, at, t, counted)
	}
	if t.Created < 0 {
		c.inherit(kind, at, t)
	}
}

// Waiting implements desk.Observer.
func (c *Collector) Waiting(at time.Duration, tickets int) {
	if at >= c.boundary {
		c.advance(at)
	}
	if len(c.recoveries) > 0 {
		c.watch(at)
	}
	c.queue.change(at, int32(tickets)-c.queue.now)
}

// watch looks whether the queue has recovered from a spike.
func (c *Collector) watch(at time.Duration) {
	for i := range c.recoveries {
		c.recoveries[i].watch(&c.spikes[i], at, c.queue.now)
	}
}

// Staff implements desk.Observer.
func (c *Collector) Staff(at time.Duration, team int, n desk.Staff) {
	if at >= c.boundary {
		c.advance(at)
	}
	c.teams[team].change(c, team, at, n)
}

// Done implements desk.Observer.
func (c *Collector) Done(at time.Duration, t *desk.Ticket, results []sla.Result) {
	if c.looksBack {
		c.lookBack(t)
	}
	if t.Created < c.from {
		if t.Created < 0 {
			c.judgeInherited(t, results)
		}
		return
	}
	k := &c.tallies[t.Actual]
	switch t.Status {
	case ticket.Solved:
		k.solved++
	case ticket.Closed:
		k.abandoned++
	default:
		k.open++
	}
	if len(results) > 0 {
		c.judgeAll(at, t, results)
	}
}

// lookBack looks more closely at a ticket to which nothing more will happen.
func (c *Collector) lookBack(t *desk.Ticket) {
	if c.helps != nil {
		delete(c.routing.last, t.ID)
	}
	if t.Created < c.from {
		return
	}
	if c.insistent || c.divided {
		c.further[t.Actual].done(t)
	}
	if c.cycling {
		c.cycles.done(t, c.classes[t.Actual].Issue)
	}
}

// Judged implements desk.Observer.
func (c *Collector) Judged(at time.Duration, t *desk.Ticket, results []sla.Result) {
	switch {
	case t.Created < 0:
		c.judgeInherited(t, results)
	case t.Created >= c.warmup:
		c.judgeAll(at, t, results)
	}
}

func (c *Collector) total(classes []int32, of func(k *tally) int64) (n int64) {
	for _, i := range classes {
		n += of(&c.tallies[i])
	}
	return n
}

// Fill closes the trial at the horizon and writes it into a run, whose former
// content is lost.
func (c *Collector) Fill(r *outcome.Run) {
	c.advance(c.until)
	c.settle()
	for i := range c.teams {
		c.teams[i].change(c, i, c.until, c.teams[i].now)
	}
	for i := range c.recoveries {
		c.recoveries[i].end(&c.spikes[i], c.until, c.queue.now)
	}
	for _, l := range []*level{&c.queue, &c.backlog} {
		l.change(c.until, 0)
		l.ends[c.present] = l.now
	}
	if c.inherited != nil {
		c.inherited.open.ends[c.present] = c.inherited.open.now
	}
	c.settleDeals()
	for i, recipe := range c.recipes {
		r.Num[i], r.Den[i] = 0, 0
		if recipe != nil {
			r.Num[i], r.Den[i] = recipe(c)
		}
	}
	for i, t := range c.tracks {
		t(c, r.Series[i].Num, r.Series[i].Den)
	}
	for i, w := range c.waits {
		clear(r.Bins[i])
		if w.times != nil {
			w.times(c, r.Bins[i])
			continue
		}
		if w.hour >= 0 {
			c.fillHour(w, r.Bins[i])
			continue
		}
		bins := c.bins[w.metric]
		if w.wall {
			bins = c.wall[w.metric]
		}
		for _, g := range w.groups {
			for j, n := range bins[g] {
				r.Bins[i][j] += n
			}
		}
	}
}
