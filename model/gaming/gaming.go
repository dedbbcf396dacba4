// Package gaming counts what people do to tickets when it helps a clock more than a customer, each kind beside
// how often the same is done when it does not matter.
//
// The stance: a signal is no proof. Whoever pauses a ticket right after its customer has written may have every
// reason to; only that it is done more often just before a clock runs out than a little earlier asks for a
// look. So every kind has a baseline of its own, and people and teams are compared with all the others, with
// allowance for how many of them are looked at.
package gaming

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Kind is something that may be done for the sake of a clock.
type Kind uint8

const (
	// PauseAfterReply: within Soon of the customer's message, and without a reply, the ticket is made pending or
	// on hold. Baseline: in the same time after that, while it is still unanswered.
	PauseAfterReply Kind = iota
	// PauseBeforeDue: the clock is paused in the last tenth of its target. Baseline: in the tenth before.
	PauseBeforeDue
	// SolveBeforeDue: the ticket is solved in the last tenth of the target and comes back within a day.
	// Baseline: of tickets that were solved earlier, those that come back within a day.
	SolveBeforeDue
	// LoweredBeforeDue: the priority is lowered in the last tenth of the target. Baseline: in the tenth before.
	LoweredBeforeDue
	// ClosedUntouched: in the last tenth of the target the ticket is solved or closed though nobody has taken it or
	// replied, as merged tickets are. Baseline: in the tenth before.
	ClosedUntouched
	// Reopened: a solved ticket is opened again within an hour, and not by a message of its customer. There is no
	// baseline but the other people and teams.
	Reopened
	// Kinds is how many there are.
	Kinds
)

var kindWords = [Kinds]string{
	"paused right after the customer wrote", "paused just before due", "solved just before due, back within a day", "priority lowered just before due",
	"closed untouched just before due (merged?)", "solved, and opened again within an hour",
}

// String is the kind in words.
func (k Kind) String() string { return kindWords[k] }

// The stretches of time.
const (
	Soon       = 10 * time.Minute
	BackWithin = 24 * time.Hour
	AgainSoon  = time.Hour
)

// Count is how often something was done of how often it could have been.
type Count struct{ Done, Of int }

// Group is what an agent or a team did.
type Group struct {
	Agent int32       // -1 for a team
	Team  ticket.Team // ticket.NoTeam for an agent
	Count
	Rate estimate.Estimate // days are its clusters
	// P is the chance of as many if the group were as all are, Q the same with allowance for all groups of all
	// kinds: of those with a Q below 10 %, a tenth is expected to be false alarms.
	P, Q float64
}

// Signal is one kind.
type Signal struct {
	Kind           Kind
	Seen, Baseline Count
	// Rate and Usual are the shares, with days as clusters; Usual has no value where there is no baseline.
	Rate, Usual estimate.Estimate
	// More is the first less the second.
	More   estimate.Difference
	Groups []Group // teams, then agents, the most striking first
}

// chance is one occasion on which a kind could be done.
type chance struct {
	day      int
	baseline bool
	done     bool
	agent    int32
	team     ticket.Team
}

// Watch counts the signals of a log.
type Watch struct{ chances [Kinds][]chance }

// NewWatch is a watch that has seen nothing.
func NewWatch() *Watch { return &Watch{} }

// Add takes a ticket that was created on a day, with its clocks.
func (w *Watch) Add(events []ticket.Event, clocks []audit.Clock, day int) {
	w.afterMessages(events, day)
	w.afterSolutions(events, day)
	for i := range clocks {
		if c := &clocks[i]; c.Metric == sla.Resolution || c.Metric == sla.FirstReply {
			w.nearDue(events, c, day)
		}
	}
}

// see notes a chance, in the hands of whoever had the ticket before an event.
func (w *Watch) see(k Kind, events []ticket.Event, at int, day int, baseline, done bool) {
	c := chance{day: day, baseline: baseline, done: done, agent: -1, team: ticket.NoTeam}
	for _, e := range events[:min(at+1, len(events))] {
		if e.Agent >= 0 {
			c.agent = e.Agent
		}
		if e.Team != ticket.NoTeam && e.Kind != ticket.Assigned {
			c.team = e.Team
		}
	}
	w.chances[k] = append(w.chances[k], c)
}

func stands(s ticket.Status) bool { return s == ticket.Pending || s == ticket.OnHold }

// afterMessages looks at what follows a customer's message.
func (w *Watch) afterMessages(events []ticket.Event, day int) {
	for i, m := range events {
		if m.Kind != ticket.Message || m.Status >= ticket.Pending {
			continue
		}
		// The next thing that answers, pauses or solves decides.
		next := i + 1
		for next < len(events) && events[next].Kind != ticket.Replied && events[next].Status < ticket.Pending {
			next++
		}
		paused := next < len(events) && events[next].Kind != ticket.Replied && stands(events[next].Status)
		after := 365 * 24 * time.Hour
		if next < len(events) {
			after = events[next].At - m.At
		}
		w.see(PauseAfterReply, events, next, day, false, paused && after <= Soon)
		if after > Soon {
			w.see(PauseAfterReply, events, next, day, true, paused && after <= 2*Soon)
		}
	}
}

// afterSolutions looks at what becomes of solved tickets.
func (w *Watch) afterSolutions(events []ticket.Event, day int) {
	for i := 1; i < len(events); i++ {
		if events[i].Status < ticket.Solved || events[i-1].Status >= ticket.Solved {
			continue
		}
		again := i + 1
		for again < len(events) && events[again].Status >= ticket.Solved {
			again++
		}
		back := again < len(events) && events[again].At-events[i].At <= AgainSoon && events[again].Kind != ticket.Message
		w.see(Reopened, events, i, day, false, back)
	}
}

// nearDue looks at what happens in the last tenth of a target, and in the one before.
func (w *Watch) nearDue(events []ticket.Event, c *audit.Clock, day int) {
	tenth := c.Within / 10
	if tenth <= 0 {
		return
	}
	var solved, untouched = false, true
	var paused, lowered, closed [2]int // the event that did it, + 1; by tenth: the last one, the one before
	var held [2]int                    // the last event by the end of each: whoever had the ticket then
	for i := 1; i < len(events); i++ {
		e, was := events[i], events[i-1]
		if e.At < c.Start || e.At > c.End {
			continue
		}
		ran := used(c, e.At)
		part := partOf(ran, c.Within, tenth)
		if ran <= c.Within {
			held[0] = i
		}
		if ran <= c.Within-tenth {
			held[1] = i
		}
		untouched = untouched && e.Kind != ticket.Started && e.Kind != ticket.Replied
		if e.Status >= ticket.Solved && was.Status < ticket.Solved && !solved {
			solved = true
			if c.Metric == sla.Resolution && ran <= c.Within {
				w.see(SolveBeforeDue, events, i, day, part != 0, returns(events, i))
			}
			if part >= 0 && untouched {
				closed[part] = i + 1
			}
		}
		if part < 0 {
			continue
		}
		if stands(e.Status) && !stands(was.Status) && e.Kind != ticket.Replied && pausesAt(c, e.At) {
			paused[part] = i + 1
		}
		if e.Kind == ticket.Reclassified && e.Class.Priority > was.Class.Priority {
			lowered[part] = i + 1
		}
	}
	for part, from := range []time.Duration{c.Within - tenth, c.Within - 2*tenth} {
		if c.Elapsed <= from && paused[part]+lowered[part]+closed[part] == 0 {
			continue // it never came so far
		}
		for k, at := range map[Kind]int{PauseBeforeDue: paused[part], LoweredBeforeDue: lowered[part], ClosedUntouched: closed[part]} {
			by := held[part]
			if at > 0 {
				by = at - 1
			}
			w.see(k, events, by, day, part == 1, at > 0)
		}
	}
}

// partOf is 0 in the last tenth of a target, 1 in the one before, and negative else.
func partOf(used, within, tenth time.Duration) int {
	switch {
	case used > within || used <= within-2*tenth:
		return -1
	case used > within-tenth:
		return 0
	}
	return 1
}

// used is what a clock had counted at an instant.
func used(c *audit.Clock, at time.Duration) (sum time.Duration) {
	for _, s := range c.Segments {
		if s.State == sla.Running && s.From < at {
			sum += min(s.To, at) - s.From
		}
	}
	return sum
}

// pausesAt reports whether a clock stands still from an instant on.
func pausesAt(c *audit.Clock, at time.Duration) bool {
	return slices.ContainsFunc(c.Segments, func(s sla.Segment) bool { return s.State == sla.Paused && s.From == at })
}

// returns reports whether a ticket that was solved by an event comes back within a day.
func returns(events []ticket.Event, solved int) bool {
	for _, e := range events[solved+1:] {
		if e.At-events[solved].At > BackWithin {
			return false
		}
		if e.Status < ticket.Solved {
			return true
		}
	}
	return false
}

// Signals are those that had a chance to be seen, in the order of kinds.
func (w *Watch) Signals(level float64) []Signal {
	var out []Signal
	for k := range Kinds {
		if s := w.signal(k, level); s.Seen.Of > 0 {
			out = append(out, s)
		}
	}
	var ps []float64
	for _, s := range out {
		for _, g := range s.Groups {
			ps = append(ps, g.P)
		}
	}
	qs := estimate.FalseDiscovery(ps)
	for i := range out {
		for j := range out[i].Groups {
			out[i].Groups[j].Q, qs = qs[0], qs[1:]
		}
		slices.SortStableFunc(out[i].Groups, func(a, b Group) int { return cmp.Compare(a.Q, b.Q) })
	}
	return out
}

// daily counts by day: done and of, seen and baseline.
type daily map[int]*[4]float64

func (w *Watch) signal(k Kind, level float64) Signal {
	s := Signal{Kind: k}
	all := daily{}
	type who struct {
		agent int32
		team  ticket.Team
	}
	groups := map[who]daily{}
	for _, c := range w.chances[k] {
		all.add(c)
		if c.baseline {
			s.Baseline.add(c)
			continue
		}
		s.Seen.add(c)
		for _, g := range []who{{-1, c.team}, {c.agent, ticket.NoTeam}} {
			if g.agent < 0 && g.team == ticket.NoTeam {
				continue
			}
			if groups[g] == nil {
				groups[g] = daily{}
			}
			groups[g].add(c)
		}
	}
	a := all.columns()
	s.Rate, s.Usual = estimate.Share(a[0], a[1], level), estimate.Share(a[2], a[3], level)
	s.More = estimate.PairedRatio(a[2], a[3], a[0], a[1], level)
	keys := slices.SortedFunc(maps.Keys(groups), func(a, b who) int { return cmp.Or(cmp.Compare(a.agent, b.agent), cmp.Compare(a.team, b.team)) })
	for _, k := range keys {
		g := Group{Agent: k.agent, Team: k.team}
		x := groups[k].columns()
		for i := range x[0] {
			g.Done += int(x[0][i])
			g.Of += int(x[1][i])
		}
		if g.Of == s.Seen.Of {
			continue // there are no others to compare it with
		}
		g.Rate = estimate.Share(x[0], x[1], level)
		g.P = estimate.Enriched(g.Done, g.Of, s.Seen.Done, s.Seen.Of)
		s.Groups = append(s.Groups, g)
	}
	return s
}

func (n *Count) add(c chance) {
	n.Of++
	if c.done {
		n.Done++
	}
}

func (d daily) add(c chance) {
	x := d[c.day]
	if x == nil {
		x = new([4]float64)
		d[c.day] = x
	}
	at := 0
	if c.baseline {
		at = 2
	}
	x[at+1]++
	if c.done {
		x[at]++
	}
}

// columns are the counts by rising day.
func (d daily) columns() (out [4][]float64) {
	for _, day := range slices.Sorted(maps.Keys(d)) {
		for i, x := range d[day] {
			out[i] = append(out[i], x)
		}
	}
	return out
}
