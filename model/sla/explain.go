package sla

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Explanation is the story of one clock, or of one round of it. Its Result is the clock's
// own, also where another policy governs; Unjudged if its promise fell away.
type Explanation struct {
	Result
	// Class is that of whose promises it is one: the ticket's at the verdict, unless
	// promises are frozen when a class changes.
	Class    ticket.Class
	Round    int           // 1, 2, … for metrics in rounds
	Start    time.Duration // of the clock, or of this round
	End      time.Duration // when it stopped; until, if it has not
	Ended    bool
	Segments []Segment // from Start to End, without gaps
	// Due is when its target was or will be used up, if Comes.
	Due   time.Duration
	Comes bool
	// Breach is the instant from which the promise was broken, if Broken.
	Breach time.Duration
	Broken bool
	// Governs says that this is the verdict that counts, and Why why, or why not,
	// in one sentence.
	Governs bool
	Why     string
	// Relaxed is the relaxation that has made its target longer, + 1, and Usual the
	// target without it; 0 for none.
	Relaxed int
	Usual   time.Duration
}

// Explain tells how the clocks of one ticket came out as they did: its events in order,
// seen from an instant that is not before the last of them. terms gives what the rules
// promise to a class, as Terms does; a change of class is treated as r.Change says. The
// explanations stand in the order of metrics (of GroupOwnership, of teams and moments), and of
// rounds and policies within them.
//
// The running segments of a clock add up to its elapsed time, but for one that was
// moved to another calendar with BackDate, whose past is counted anew.
func (r *Rules) Explain(events []ticket.Event, terms func(ticket.Class) Terms, until time.Duration) []Explanation {
	n := narrator{rules: r, rounds: map[[2]int]int{}}
	for i, e := range events {
		n.pass(e.At)
		switch {
		case i == 0:
			n.class, n.promised = e.Class, e.Class
			n.terms = terms(e.Class)
			n.clocks, n.open = make([]Clock, len(n.terms)), make([]*story, len(n.terms))
		case e.Class != n.class:
			n.class = e.Class
			if r.Change != Freeze {
				n.change(terms(e.Class))
				n.promised = e.Class
			}
		}
		n.apply(e)
	}
	n.pass(until)
	for i, end := 0, 0; i < len(n.terms); i = end {
		end = n.terms.group(i)
		n.close(i, end, n.terms.govern(n.clocks, i, end, until), func(int) bool { return true })
	}
	slices.SortStableFunc(n.told, func(a, b Explanation) int {
		return cmp.Or(cmp.Compare(a.Metric, b.Metric), cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Until, b.Until),
			cmp.Compare(a.Round, b.Round), cmp.Compare(a.Policy, b.Policy))
	})
	return n.told
}

// narrator follows the clocks of a ticket.
type narrator struct {
	rules *Rules
	class ticket.Class
	// promised is the class whose promises the clocks are.
	promised ticket.Class
	terms    Terms
	clocks   []Clock
	open     []*story // beside the clocks; nil for those that are idle
	past     Past
	now      time.Duration
	rounds   map[[2]int]int // how many there have been, by metric and policy
	told     []Explanation
}

// story is an explanation that is not finished.
type story struct {
	round      int
	start, end time.Duration
	ended      bool
	due        time.Duration // as it was when it ended
	comes      bool
	segments   segments
}

// pass lets time go by.
func (n *narrator) pass(to time.Duration) {
	for i, s := range n.open {
		if s == nil {
			continue
		}
		switch n.clocks[i].phase {
		case running:
			s.segments.count(n.terms[i].Line, n.now, to)
		case paused:
			s.segments.add(n.now, to, Paused)
		}
	}
	n.now = to
}

// apply tells the clocks of an event and the stories of what the clocks do.
func (n *narrator) apply(e ticket.Event) {
	n.past.Apply(e.Kind, e.Status, e.Team, e.At)
	finished := n.terms.Apply(n.clocks, e.Kind, e.Status, e.Team, e.At)
	n.follow()
	if !finished {
		return
	}
	for i, end := 0, 0; i < len(n.terms); i = end {
		end = n.terms.group(i)
		isOver := func(k int) bool { return n.clocks[k].marks&over != 0 }
		if slices.ContainsFunc(n.clocks[i:end], func(c Clock) bool { return c.marks&over != 0 }) {
			n.close(i, end, n.terms.finished(n.clocks, i, end, e.At), isOver)
		}
	}
	n.terms.Take(n.clocks, e.At, nil)
	n.follow()
}

// follow begins stories, ends them and lets them go on, as the clocks do.
func (n *narrator) follow() {
	for i := range n.clocks {
		c, s := &n.clocks[i], n.open[i]
		goes := c.phase == running || c.phase == paused
		switch {
		case s == nil && goes:
			key := [2]int{int(n.terms[i].Metric), n.terms[i].Policy}
			n.rounds[key]++
			s = &story{round: n.rounds[key], start: c.since}
			s.segments.count(n.terms[i].Line, c.since, n.now) // it was dated back
			n.open[i] = s
		case s == nil && c.phase != idle && c.marks&silent == 0 && c.since == n.now:
			// It started and ended in one event.
			n.open[i] = &story{round: 1, start: n.now, end: n.now, ended: true}
		case s == nil:
		case s.ended && goes:
			s.segments.add(s.end, n.now, Solved)
			s.ended = false
		case !s.ended && !goes:
			s.end, s.ended = n.now, true
			s.due, s.comes = c.Due(&n.terms[i], n.now)
		}
	}
}

// close finishes the stories of the terms [from, to) that are chosen, of which term g
// governs; g is negative if none does.
func (n *narrator) close(from, to, g int, chosen func(int) bool) {
	for i := from; i < to; i++ {
		if n.open[i] == nil || !chosen(i) {
			continue
		}
		x := n.explanation(i)
		x.Governs = i == g && x.Verdict != Unjudged
		x.Why = n.reason(from, to, g, i, chosen)
		n.told = append(n.told, x)
		n.open[i] = nil
	}
}

// explanation is that of a clock as it stands now.
func (n *narrator) explanation(i int) Explanation {
	c, m, s := &n.clocks[i], &n.terms[i], n.open[i]
	x := Explanation{
		Result: Result{Metric: m.Metric, Owner: m.Owner, Until: m.Until, Policy: m.Policy, Within: c.within, Reopen: m.Reopen},
		Class:  n.promised, Round: s.round, Start: s.start, End: n.now, Ended: s.ended, Segments: s.segments,
		Relaxed: m.Relaxed, Usual: m.Usual,
	}
	if s.ended {
		x.End = s.end
	}
	if r, ok := c.result(m, n.now); ok {
		x.Result = r
	}
	switch x.Due, x.Comes = c.Due(m, n.now); {
	case !x.Comes:
	case c.marks&broken != 0:
		x.Due = c.broke
	case s.ended:
		x.Due, x.Comes = s.due, s.comes
	}
	x.Breach, x.Broken = c.Breach(m, n.now)
	return x
}

// change moves the stories to the terms of another class.
func (n *narrator) change(next Terms) {
	old, clocks, open := n.terms, n.clocks, n.open
	to, stories := make([]Clock, len(next)), make([]*story, len(next))
	for i := range next {
		k, same := old.before(clocks, &next[i], n.now)
		if k < 0 || open[k] == nil {
			continue
		}
		s := *open[k]
		s.segments = slices.Clone(s.segments)
		if n.rules.Change == RestartAtChange && !s.ended {
			s.segments.discard()
		}
		if !same {
			key := [2]int{int(next[i].Metric), next[i].Policy}
			n.rounds[key] = max(n.rounds[key], s.round)
		}
		stories[i] = &s
	}
	final := old.Change(clocks, next, to, &n.past, n.rules.Change, n.now, nil)
	for i := range old {
		n.leave(i, next, final)
	}
	n.terms, n.clocks, n.open = next, to, stories
	for i := range to {
		if to[i].marks&silent != 0 {
			n.open[i] = nil
		}
	}
	n.follow()
}

// leave finishes the story of an old term whose policy does not go on.
func (n *narrator) leave(i int, next Terms, final []Result) {
	m := &n.terms[i]
	from, to := next.of(m)
	goesOn := slices.ContainsFunc(next[from:to], func(k Term) bool { return k.Policy == m.Policy })
	if n.open[i] == nil || goesOn {
		return
	}
	x := n.explanation(i)
	was := func(r Result) bool { return r.Metric == m.Metric && r.Policy == m.Policy }
	switch k := slices.IndexFunc(final, was); {
	case k >= 0:
		x.Result, x.Governs = final[k], true
		x.Why = fmt.Sprintf("%s no longer applies, and what has been decided is final", n.name(i))
	case from < to && !m.Alone:
		x.Verdict = Unjudged
		x.Why = fmt.Sprintf("%s no longer applies, and %s goes on with its clock", n.name(i), n.rules.Policies[next[from].Policy].Name)
	default:
		x.Verdict = Unjudged
		x.Why = fmt.Sprintf("%s no longer applies, and its promise fell away undecided", n.name(i))
	}
	n.told = append(n.told, x)
}

func (n *narrator) name(i int) string { return n.rules.Policies[n.terms[i].Policy].Name }

// reason says why term g of [from, to) governs, to whoever looks at term i.
func (n *narrator) reason(from, to, g, i int, chosen func(int) bool) string {
	switch {
	case g < 0 || n.clocks[i].phase == void:
		return fmt.Sprintf("the promise of %s fell away: there is nothing to wait for", n.name(i))
	case n.terms[i].Alone:
		return fmt.Sprintf("%s is judged by itself, as every policy that matches", n.name(i))
	case to == from+1 && n.rules.Resolve == FirstMatch:
		return fmt.Sprintf("%s is the first policy that matches and speaks of %v", n.name(i), n.terms[i].Metric)
	case to == from+1:
		what := n.terms[i].Metric.String()
		if n.terms[i].Owner != 0 || n.terms[i].Until != HandedOn {
			what = "just this"
		}
		return fmt.Sprintf("%s is the only policy that promises %s", n.name(i), what)
	}
	due, comes := n.clocks[g].Due(&n.terms[g], n.now)
	rival, best := -1, time.Duration(0)
	for k := from; k < to; k++ {
		if k == g || !chosen(k) || i != g && k != i {
			continue
		}
		if d, ok := n.clocks[k].Due(&n.terms[k], n.now); ok && (rival < 0 || d < best) {
			rival, best = k, d
		}
	}
	switch {
	case !comes:
		return fmt.Sprintf("%s is the first of the policies, none of which will be due", n.name(g))
	case rival < 0:
		return fmt.Sprintf("%s is the only policy that will be due", n.name(g))
	case best == due:
		return fmt.Sprintf("%s is due at the same instant as %s and stands before it", n.name(g), n.name(rival))
	}
	return fmt.Sprintf("%s is due first, %s before %s", n.name(g), short(best-due), n.name(rival))
}

// short is a duration without the parts that are nothing: 4h, 1h30m, 12s.
func short(d time.Duration) string {
	if d >= time.Second {
		d = d.Round(time.Second)
	}
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
