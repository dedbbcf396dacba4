package audit

import (
	"cmp"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

// Reason explains why a tool and the audit do not agree about a ticket. It is what would
// make them agree, found in the clock's own times; nobody has asked the tool.
type Reason uint8

const (
	// Rounding: the time is within a minute of the target, and the tool may round.
	Rounding Reason = iota
	// PausedHere: with the time in which our clock stood still it would be late, as the tool says.
	PausedHere
	// ClosedHere: with the time outside our hours it would be late.
	ClosedHere
	// PausedAndClosedHere: with both it would.
	PausedAndClosedHere
	// ReopenedHere: our clock went on when the ticket came back; by its first solution it was kept.
	ReopenedHere
	// ReopenedThere: our clock stopped at a solution after which the ticket came back; by the last one it was late.
	ReopenedThere
	// PausedThere: without the time pending or on hold, which our clock counts, it would be kept.
	PausedThere
	// WeekendThere: without Saturdays and Sundays, which our clock counts, it would be kept.
	WeekendThere
	// EarlierHere: it was late by a target that a change of class has replaced; by the last one it was kept.
	EarlierHere
	// MissingEvent: the log holds nothing that would have stopped our clock.
	MissingEvent
	// NotPromisedHere: the promises make none to this ticket.
	NotPromisedHere
	// OtherTarget: nothing of these; the tool must have had another target, or another history.
	OtherTarget
	// Reasons is how many there are.
	Reasons
)

var reasonWords = [Reasons]string{
	"within a minute of the target", "paused by us and not by them", "outside our hours and not theirs", "paused or outside our hours, and counted by them",
	"came back: they stopped at the first solution", "came back: they went on to the last solution", "pending or on hold: paused by them and not by us",
	"weekends: outside their hours and not ours", "priority changed: they go by the last target", "an event is missing in our log",
	"nothing is promised by us", "another target, or another history",
}

// String is the reason in words.
func (r Reason) String() string { return reasonWords[r] }

// Disagreement is a ticket about which a tool and the audit do not agree, with the times of our clock.
type Disagreement struct {
	Ticket         ticket.ID
	Metric         sla.Metric
	Late           bool // by us; the tool says the opposite
	Reason         Reason
	Elapsed        time.Duration
	Within         time.Duration
	Paused, Closed time.Duration // on the wall, while the clock stood still, and while its calendar was closed
}

// Agreement is how far the flags of a tool and the audit say the same, in one metric.
type Agreement struct {
	Metric sla.Metric
	// Both say late, only the tool does, only we do, and neither does.
	Both, Theirs, Ours, Neither int
	Share                       estimate.Estimate // of the tickets about which both say the same
	Kappa                       estimate.Estimate // the same beyond what chance would bring
	Reasons                     [Reasons]int      // of the disagreements, and NotPromisedHere of the tickets of which we say nothing
	Disagreements               []Disagreement    // in the order of tickets
}

// Flags holds the audit of a log against what the tool that it comes from has recorded.
type Flags struct {
	axis    calendar.Axis
	Foreign int // tickets with flags that are not among those that are audited
	flags   map[flagKey]bool
	metrics [sla.Metrics]*tablesByDay
	seen    map[ticket.ID]bool
	tickets map[ticket.ID]bool
}

type flagKey struct {
	ticket ticket.ID
	metric sla.Metric
}

// tablesByDay is an agreement while it is counted, with a table for each day.
type tablesByDay struct {
	Agreement
	days map[int]*[4]float64
}

// NewFlags is without a flag. Days are those of an axis. A ticket is late in a metric if any of its flags says so.
func NewFlags(axis calendar.Axis) *Flags {
	return &Flags{axis: axis, flags: map[flagKey]bool{}, seen: map[ticket.ID]bool{}, tickets: map[ticket.ID]bool{}}
}

// Take takes a flag.
func (f *Flags) Take(x ticketlog.Flag) {
	k := flagKey{x.Ticket, x.Metric}
	f.flags[k] = f.flags[k] || x.Breached
	f.tickets[x.Ticket] = true
	if f.metrics[x.Metric] == nil {
		f.metrics[x.Metric] = &tablesByDay{Agreement: Agreement{Metric: x.Metric}, days: map[int]*[4]float64{}}
	}
}

// Judge compares what the audit says of a ticket that was created on a day with what the tool has
// said of it: all its events and all its clocks.
func (f *Flags) Judge(events []ticket.Event, clocks []Clock, day int) {
	id := events[0].Ticket
	if !f.tickets[id] {
		return
	}
	f.seen[id] = true
	for m := range sla.Metrics {
		theirs, flagged := f.flags[flagKey{id, m}]
		if !flagged {
			continue
		}
		t := f.metrics[m]
		mine := ours(clocks, m)
		if mine == nil {
			t.Reasons[NotPromisedHere]++
			t.Disagreements = append(t.Disagreements, Disagreement{Ticket: id, Metric: m, Late: !theirs, Reason: NotPromisedHere})
			continue
		}
		table := t.days[day]
		if table == nil {
			table = new([4]float64)
			t.days[day] = table
		}
		late := mine.Late()
		switch {
		case theirs && late:
			t.Both++
			table[0]++
		case theirs:
			t.Theirs++
			table[1]++
		case late:
			t.Ours++
			table[2]++
		default:
			t.Neither++
			table[3]++
		}
		if theirs != late {
			d := disagreement(events, mine, f.axis)
			t.Reasons[d.Reason]++
			t.Disagreements = append(t.Disagreements, d)
		}
	}
}

// ours is the clock of a ticket that says most about a metric: a late one, else the one nearest to it.
func ours(clocks []Clock, m sla.Metric) *Clock {
	var best *Clock
	for i := range clocks {
		c := &clocks[i]
		if c.Metric != m {
			continue
		}
		if best == nil || c.Late() && !best.Late() || c.Late() == best.Late() && c.Elapsed-c.Within > best.Elapsed-best.Within {
			best = c
		}
	}
	return best
}

// nearly is how far a tool that counts minutes may be off.
const nearly = time.Minute

// disagreement explains why a tool says the opposite of a clock.
func disagreement(events []ticket.Event, c *Clock, axis calendar.Axis) Disagreement {
	d := Disagreement{Ticket: c.Ticket, Metric: c.Metric, Late: c.Late(), Elapsed: c.Elapsed, Within: c.Within}
	var solved time.Duration
	for _, s := range c.Segments {
		switch s.State {
		case sla.Paused:
			d.Paused += s.To - s.From
		case sla.OutOfHours:
			d.Closed += s.To - s.From
		case sla.Solved:
			solved += s.To - s.From
		}
	}
	d.Reason = theirReason(events, c, &d)
	if d.Late {
		d.Reason = ourReason(events, c, solved, axis)
	}
	if off := c.Elapsed - c.Within; !c.Kept && off <= nearly && off >= -nearly {
		d.Reason = Rounding
	}
	return d
}

// theirReason says why a tool has a clock for late that we have not.
func theirReason(events []ticket.Event, c *Clock, d *Disagreement) Reason {
	came := c.Metric == sla.Resolution && c.Ended && solvedAt(events, c.End) > c.End
	switch {
	case c.Elapsed+d.Paused > c.Within:
		return PausedHere
	case c.Elapsed+d.Closed > c.Within:
		return ClosedHere
	case c.Elapsed+d.Closed+d.Paused > c.Within:
		return PausedAndClosedHere
	case came && solvedAt(events, c.End)-c.Created > c.Within:
		return ReopenedThere
	}
	return OtherTarget
}

// ourReason says why we have a clock for late that a tool has not.
func ourReason(events []ticket.Event, c *Clock, solved time.Duration, axis calendar.Axis) Reason {
	var waiting time.Duration
	for _, p := range c.Cause.Parts {
		if p.Kind == WithCustomer || p.Kind == ThirdParty {
			waiting += p.Time
		}
	}
	switch {
	case c.Kept:
		return EarlierHere
	case solved > 0 && runningUntil(c, firstSolved(c)) <= c.Within:
		return ReopenedHere
	case !c.Ended && !anyReply(events) && c.Metric != sla.Resolution:
		return MissingEvent
	case c.Elapsed-waiting <= c.Within:
		return PausedThere
	case !c.Ended:
		return MissingEvent
	case c.Elapsed-weekend(c, axis) <= c.Within:
		return WeekendThere
	}
	return OtherTarget
}

// firstSolved is when the clock stood still for a solution for the first time.
func firstSolved(c *Clock) time.Duration {
	i := slices.IndexFunc(c.Segments, func(s sla.Segment) bool { return s.State == sla.Solved })
	return c.Segments[i].From
}

// runningUntil is what a clock had counted at an instant.
func runningUntil(c *Clock, at time.Duration) (sum time.Duration) {
	for _, s := range c.Segments {
		if s.State == sla.Running && s.From < at {
			sum += min(s.To, at) - s.From
		}
	}
	return sum
}

func anyReply(events []ticket.Event) bool {
	return slices.ContainsFunc(events, func(e ticket.Event) bool { return e.Kind == ticket.Replied })
}

// weekend is what a clock has counted on Saturdays and Sundays.
func weekend(c *Clock, axis calendar.Axis) (sum time.Duration) {
	for _, s := range c.Segments {
		if s.State != sla.Running {
			continue
		}
		for from := s.From; from < s.To; {
			day := calendar.DateOf(axis.At(from))
			to := min(s.To, max(axis.Local(day.AddDays(1), 0, axis.Origin.Location()), from+1))
			if w := day.Weekday(); w == time.Saturday || w == time.Sunday {
				sum += to - from
			}
			from = to
		}
	}
	return sum
}

// Agreements are those of all metrics that the tool speaks of, with days as clusters.
func (f *Flags) Agreements(level float64) []Agreement {
	f.Foreign = len(f.tickets) - len(f.seen)
	var out []Agreement
	for _, t := range f.metrics {
		if t == nil {
			continue
		}
		var tables [][4]float64
		var same, all []float64
		keys := make([]int, 0, len(t.days))
		for day := range t.days {
			keys = append(keys, day)
		}
		slices.Sort(keys)
		for _, day := range keys {
			x := t.days[day]
			tables = append(tables, *x)
			same, all = append(same, x[0]+x[3]), append(all, x[0]+x[1]+x[2]+x[3])
		}
		a := t.Agreement
		a.Share, a.Kappa = estimate.Share(same, all, level), estimate.Kappa(tables, level)
		slices.SortStableFunc(a.Disagreements, func(x, y Disagreement) int { return cmp.Compare(x.Ticket, y.Ticket) })
		out = append(out, a)
	}
	return out
}
