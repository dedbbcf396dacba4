package collect

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/sim/desk"
)

// advance passes all boundaries up to an instant and at it. Whatever happens at the very
// end of an interval belongs to the next one; the horizon belongs to the last.
func (c *Collector) advance(at time.Duration) {
	for ; at >= c.boundary; c.boundary = c.next() {
		c.settle()
		if c.boundary == c.presentTo && c.present < c.Catalog.Intervals-1 {
			c.closeInterval()
		}
		c.measuring = c.measuring || c.boundary >= c.warmup
		for c.week < len(c.weeks)-1 && c.boundary >= c.weeks[c.week].To {
			c.week++
		}
	}
}

// settle counts what has come since the last boundary.
func (c *Collector) settle() {
	c.arrivals[c.present] += c.passing.arrived
	if c.measuring {
		f := &c.flow[c.week]
		f.opened += c.passing.opened
		f.solved += c.passing.solved
	}
	c.passing = passing{}
}

// next is the next boundary.
func (c *Collector) next() time.Duration {
	at := time.Duration(math.MaxInt64)
	if c.present < c.Catalog.Intervals-1 {
		at = c.presentTo
	}
	if !c.measuring {
		at = min(at, c.warmup)
	}
	if c.week < len(c.weeks)-1 {
		at = min(at, c.weeks[c.week].To)
	}
	return at
}

func (c *Collector) closeInterval() {
	for i := range c.teams {
		t := &c.teams[i]
		t.change(c, i, c.presentTo, t.now)
	}
	c.queue.ends[c.present] = c.queue.now
	c.backlog.ends[c.present] = c.backlog.now
	if c.inherited != nil {
		c.inherited.open.ends[c.present] = c.inherited.open.now
	}
	c.present++
	c.presentTo = min(c.presentTo+c.interval, c.until)
}

// level is a number of tickets over time.
type level struct {
	now   int32
	peak  int32         // since the end of the warm-up
	since time.Duration // the last change, or the end of the warm-up
	ends  []int32       // by interval: the level at its end
}

func (l *level) reset(warmup time.Duration) {
	ends := l.ends
	clear(ends)
	*l = level{ends: ends, since: warmup}
}

// change changes the level. One that did not last, because it changes again at the
// same instant, is no peak.
func (l *level) change(at time.Duration, by int32) {
	if at > l.since {
		if l.now > l.peak {
			l.peak = l.now
		}
		l.since = at
	}
	l.now += by
}

// teamLevels are a team's numbers over time.
type teamLevels struct {
	now       desk.Staff
	since     time.Duration
	intervals []teamInterval
	totals    teamTotals
	missing   missing
}

// teamInterval is agent time within one interval.
type teamInterval struct{ on, busy time.Duration }

// teamTotals is agent time since the end of the warm-up, nanoseconds (in floating
// point, since a century of a thousand agents does not fit in a time.Duration), and
// the bill for overtime.
type teamTotals struct {
	on, busy, over float64
	strained       float64       // on shift, strained
	stalled        float64       // on shift with nothing in hand, while the system is down
	called         float64       // of people on call: on their way or at work
	calls          int64         // touches for which they were called
	bill           staffing.Bill // what the trial adds to the planned one, or takes off
}

func (t *teamLevels) reset() {
	intervals, missing := t.intervals, t.missing
	clear(intervals)
	missing.reset()
	*t = teamLevels{intervals: intervals, missing: missing}
}

// change accounts for the time since the last change. All of it lies in the
// present interval.
func (t *teamLevels) change(c *Collector, team int, at time.Duration, n desk.Staff) {
	if d := at - t.since; d > 0 {
		k := &t.intervals[c.present]
		k.on += time.Duration(t.now.On) * d
		k.busy += time.Duration(t.now.Busy) * d
		if at > c.warmup {
			s := float64(at - max(t.since, c.warmup))
			t.totals.on += float64(t.now.On) * s
			t.totals.busy += float64(t.now.Busy) * s
			t.totals.over += float64(t.now.Over) * s
			if t.now.Strained {
				t.totals.strained += float64(t.now.On) * s
			}
			if t.now.Down {
				t.totals.stalled += float64(t.now.On-t.now.Busy) * s
			}
			t.totals.called += float64(t.now.Called) * s
		}
		if t.now.Late > 0 {
			t.totals.bill = t.totals.bill.Plus(c.tariffs[team].Overtime(t.since, at, float64(t.now.Late)))
		}
		if t.now.Called > 0 {
			t.totals.bill = t.totals.bill.Plus(c.tariffs[team].Overtime(t.since, at, float64(t.now.Called)))
		}
		if t.now.Sick > 0 || t.now.Vacant > 0 || t.now.Missed > 0 {
			c.miss(t, team, at)
		}
	}
	t.now, t.since = n, at
}

// lengthOf is the length of an interval; the horizon may cut the last one.
func (l *Layout) lengthOf(interval int) time.Duration {
	return min(l.interval, l.until-time.Duration(interval)*l.interval)
}

// perInterval writes mean heads by interval.
func (t *teamLevels) perInterval(c *Collector, out []float64, of func(k *teamInterval) time.Duration) {
	for i := range t.intervals {
		out[i] = of(&t.intervals[i]).Seconds() / c.lengthOf(i).Seconds()
	}
}

// inBand counts the intervals after the warm-up whose occupancy is as asked, and those
// with staff.
func (c *Collector) inBand(teams []int, is func(occupancy float64) bool) (in, of float64) {
	first := int((c.warmup + c.interval - 1) / c.interval)
	for i := first; i < c.Catalog.Intervals; i++ {
		var on, busy time.Duration
		for _, t := range teams {
			on += c.teams[t].intervals[i].on
			busy += c.teams[t].intervals[i].busy
		}
		if on == 0 {
			continue
		}
		of++
		if is(float64(busy) / float64(on)) {
			in++
		}
	}
	return in, of
}

// recovery watches the queue for its return to normal after a spike: to no more
// than the most that waited in the week before it.
type recovery struct {
	before int32 // the most that waited in the week before the spike
	since  time.Duration
	done   bool
	after  time.Duration // from the end of the spike
}

// normalFor is how far back normal is looked for.
const normalFor = 7 * 24 * time.Hour

// watch is told, at an instant, what the queue has been since the last one. What
// did not last is not looked at.
func (r *recovery) watch(sp *demand.Spike, at time.Duration, waiting int32) {
	if at == r.since {
		return
	}
	if r.since < sp.Start && at > sp.Start-normalFor {
		r.before = max(r.before, waiting)
	}
	if !r.done && at > sp.End() && waiting <= r.before {
		r.done = true
		r.after = max(r.since, sp.End()) - sp.End()
	}
	r.since = at
}

// end closes the watch at the horizon.
func (r *recovery) end(sp *demand.Spike, at time.Duration, waiting int32) {
	r.watch(sp, at, waiting)
	if !r.done {
		r.after = at - sp.End()
	}
}
