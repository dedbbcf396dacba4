package desk

import (
	"cmp"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// line is what makes touches stand in one waiting line: the same agents can do them and
// they ask for the same room.
type line struct {
	live  bool
	load  uint8
	teams []seat  // who can do them, in order of preference
	helps []seat  // who takes them while many wait
	rules []int16 // for which they count among the many, indexes into the layout's helps
}

func (n *line) equal(m *line) bool {
	return n.live == m.live && n.load == m.load &&
		slices.Equal(n.teams, m.teams) && slices.Equal(n.helps, m.helps) && slices.Equal(n.rules, m.rules)
}

// seat is a team as a line sees it.
type seat struct {
	team  int16
	spare int32 // idle agents that must be left for others
	help  int16 // the rule by which it helps out while many wait, else noHelp
}

const noHelp = -1

// queueLayout is one waiting line.
type queueLayout struct {
	line
	fits uint64 // loads at which an agent has room for it, as bits
}

// turn is a waiting line as a team sees it.
type turn struct {
	queue int16
	help  int16
	live  bool
	spare int32
	fits  uint64 // loads at which an agent has room for it, as bits
}

// help is a rule by which a team helps out while many wait.
type help struct {
	waiting int
	queues  []int16 // whose tickets count
}

// route is a team that can serve a class.
type route struct {
	team  int16
	spare int32
	after time.Duration // it must have waited for so long; 0: at once
	help  int16         // it may come before, while many wait; noHelp
	helps bool          // it only helps out
}

// routesOf lists the teams that can serve a class: those whose own work it is in their
// order, then those that help out, in the order of how long it must have waited.
func routesOf(s *model.Scenario, c ticket.Class) []route {
	var own, others []route
	skill := s.Issues[c.Issue].Skill
	for i := range s.Teams {
		t := &s.Teams[i]
		if t.HandOffsOnly {
			continue
		}
		x := route{team: int16(i), spare: spare(s, i, c), help: noHelp}
		skilled := skill == ticket.NoSkill || len(t.Skills) == 0 || slices.Contains(t.Skills, skill)
		reached := len(t.Channels) == 0 || slices.Contains(t.Channels, c.Channel)
		if skilled && reached {
			own = append(own, x)
			continue
		}
		for k := range s.Routing.Overflows {
			if o := &s.Routing.Overflows[k]; int(o.Team) == i && o.Covers(skill, c.Channel) {
				x.helps, x.after = true, o.After
				if o.Waiting > 0 {
					x.help = int16(k)
				}
				others = append(others, x)
			}
		}
	}
	slices.SortStableFunc(others, func(a, b route) int { return cmp.Compare(a.after, b.after) })
	return append(own, others...)
}

// spare is how many idle agents of a team must be left for others than a class.
func spare(s *model.Scenario, team int, c ticket.Class) (heads int32) {
	for _, r := range s.Routing.Reserves {
		if int(r.Team) == team && !r.Match.Matches(c) {
			heads = int32(r.Heads)
		}
	}
	return heads
}

// demand lays out the line of touches that have been in the queue for some time, and
// those that they go on to when more teams may take them.
func (l *Layout) demand(n line, routes []route, waited time.Duration) demand {
	own, next := n, time.Duration(0)
	for _, r := range routes {
		regular := !r.helps || r.after > 0 && r.after <= waited
		switch {
		case regular:
			own.teams = append(own.teams, seat{r.team, r.spare, noHelp})
		case r.help != noHelp:
			own.helps = append(own.helps, seat{r.team, r.spare, r.help})
		}
		if r.help != noHelp {
			own.rules = append(own.rules, r.help)
		}
		if !regular && r.after > 0 && next == 0 {
			next = r.after
		}
	}
	queue := l.queue(own)
	d := demand{queue: queue, load: n.load, live: n.live, teams: own.teams, fits: l.queues[queue].fits}
	if next > 0 {
		then := l.demand(n, routes, next)
		d.after, d.then = next, &then
	}
	return d
}

// queue is the index of a line, which is added if it is new.
func (l *Layout) queue(n line) int16 {
	for i := range l.queues {
		if l.queues[i].equal(&n) {
			return int16(i)
		}
	}
	l.queues = append(l.queues, queueLayout{line: n, fits: 1<<(l.full-n.load+1) - 1})
	return int16(len(l.queues) - 1)
}

// layTurns tells the teams and the rules of overflow which lines are theirs.
func (l *Layout) layTurns() {
	for q := range l.queues {
		ql := &l.queues[q]
		for _, x := range slices.Concat(ql.teams, ql.helps) {
			t := &l.teams[x.team]
			t.turns = append(t.turns, turn{queue: int16(q), help: x.help, live: ql.live, spare: x.spare, fits: ql.fits})
		}
		for _, r := range ql.rules {
			l.helps[r].queues = append(l.helps[r].queues, int16(q))
		}
	}
	for t := range l.teams {
		slices.SortStableFunc(l.teams[t].turns, func(a, b turn) int {
			return rankOf(a.live) - rankOf(b.live)
		})
	}
}

func rankOf(live bool) int {
	if live {
		return 0
	}
	return 1
}

// turnOf is how a team sees a line; false if it never takes from it.
func (l *Layout) turnOf(team, queue int16) (turn, bool) {
	for _, x := range l.teams[team].turns {
		if x.queue == queue {
			return x, true
		}
	}
	return turn{}, false
}

// pace is that of a clock while it runs: the working time that it runs in and how much
// of it is allowed. Of two clocks of one pace that which is due first is nearer to its
// breach, whenever one asks.
type pace struct {
	line   sla.Line
	within time.Duration
}

// left is the share of the target that is left at a time; below 0 when it is used up.
func (p *pace) left(now, due time.Duration) float64 {
	if due < now {
		return -float64(p.line.Between(due, now)) / float64(p.within)
	}
	return float64(p.line.Between(now, due)) / float64(p.within)
}

// pace is the index of a term's pace, which is added if it is new.
func (l *Layout) pace(m *sla.Term) int16 {
	p := pace{m.Line, m.Within}
	if i := slices.Index(l.paces, p); i >= 0 {
		return int16(i)
	}
	l.paces = append(l.paces, p)
	return int16(len(l.paces) - 1)
}

// pacesOf are the paces of terms, where the nearest breach goes first.
func (l *Layout) pacesOf(order model.Order, terms sla.Terms) []int16 {
	if order != model.NearestBreach {
		return nil
	}
	paces := make([]int16, len(terms))
	for i := range terms {
		paces[i] = l.pace(&terms[i])
	}
	return paces
}

// interrupt is what tickets of a class may break off.
type interrupt struct {
	works  []bool // by class
	resume time.Duration
}

func (l *Layout) layInterrupts(s *model.Scenario) {
	for _, p := range s.Routing.Interrupts {
		for i, comes := range l.Plan.Classes {
			x := interrupt{make([]bool, len(l.classes)), p.Resume}
			for j, works := range l.Plan.Classes {
				x.works[j] = p.Allows(comes, works)
			}
			if slices.Contains(x.works, true) {
				l.classes[i].interrupts = append(l.classes[i].interrupts, x)
			}
		}
	}
}
