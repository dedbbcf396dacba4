package desk

import (
	"fmt"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/arrivals"
)

// Layout is a scenario prepared for simulation. It does not change and may be
// shared by many desks.
type Layout struct {
	Plan  *arrivals.Plan
	Teams []staffing.Team
	Axis  calendar.Axis
	Until time.Duration

	slow    []model.SlowTools
	order   model.Order
	changes bool       // classes change while tickets are open
	change  sla.Change // what that does to their clocks
	full    uint8      // load of an agent who can take nothing more
	paced   bool       // contacts take longer while their agent has others
	classes []class
	queues  []queueLayout
	teams   []teamLayout
	groups  []group
	stints  []stint
	edges   []edge
	terms   int // the most terms that a class has
}

// class is what the desk must know of a ticket class.
type class struct {
	first, later demand // of the first touch, and of those after it
	bucket       uint8  // its list in a queue
	terms        sla.Terms
	owned        bool   // it is promised something about the team that is responsible
	rungs        []rung // of the ladder that its promises can reach
	moves        []move // by rung of the ladder
}

// rung is a step of the escalation ladder as it applies to a class.
type rung struct {
	number int // in the scenario's ladder
	*model.Rung
}

// move is what touches of a class ask for once a rung has reassigned the ticket.
type move struct {
	able         bool // the rung reassigns, and its team can serve the class
	first, later demand
}

// demand is what a touch asks of an agent.
type demand struct {
	queue    int16
	load     uint8
	slowdown work.Slowdown
}

// queueLayout is one waiting line: touches that the same teams can do and that
// ask for the same room.
type queueLayout struct {
	live  bool
	load  uint8
	fits  uint64  // loads at which an agent has room for it, as bits
	teams []int16 // who can do it, in order of preference
}

type teamLayout struct {
	queues   []int16 // what it can do, live ones first
	handBack bool
}

// mostBuckets keeps the occupied lists of a queue, as bits, in one word.
const mostBuckets = 64

// mostLoad keeps loads, and their sets as bits, in one word.
const mostLoad = 60

// NewLayout prepares a scenario that Check has found to be sound.
func NewLayout(s *model.Scenario) (*Layout, error) {
	plan, err := arrivals.NewPlan(s)
	if err != nil {
		return nil, err
	}
	l := &Layout{
		Plan: plan, Teams: s.Teams, Until: s.Time.Length, order: s.Routing.Order, slow: s.SlowTools,
		Axis: calendar.Axis{Origin: s.Time.Start}, changes: s.Triage.Wrong > 0, change: s.SLA.Change,
	}
	full := 1
	for i := range s.Channels {
		full = lcm(full, max(1, s.Channels[i].Concurrency))
	}
	if full > mostLoad {
		return nil, fmt.Errorf("desk: concurrencies with least common multiple %d, at most %d is possible", full, mostLoad)
	}
	l.full = uint8(full)
	l.teams = make([]teamLayout, len(s.Teams))
	for i := range s.Teams {
		l.teams[i].handBack = s.Teams[i].ShiftEnd == staffing.HandBack
	}
	lines := make([]sla.Line, len(s.Calendars))
	for i, c := range s.Calendars {
		lines[i] = c.On(l.Axis, s.Time.Length)
	}
	for i, c := range plan.Classes {
		if err := l.addClass(s, c, lines); err != nil {
			return nil, fmt.Errorf("desk: class %d: %w", i, err)
		}
	}
	for t := range l.teams {
		slices.SortStableFunc(l.teams[t].queues, func(a, b int16) int {
			return rankOf(l.queues[a].live) - rankOf(l.queues[b].live)
		})
	}
	l.layRoster(s)
	return l, nil
}

func rankOf(live bool) int {
	if live {
		return 0
	}
	return 1
}

func lcm(a, b int) int {
	g, h := a, b
	for h > 0 {
		g, h = h, g%h
	}
	return a / g * b
}

func (l *Layout) addClass(s *model.Scenario, c ticket.Class, lines []sla.Line) error {
	ch := &s.Channels[c.Channel]
	teams := capable(s, c)
	if len(teams) == 0 {
		return fmt.Errorf("no team can do %s on %s", s.Issues[c.Issue].Name, ch.Name)
	}
	n := max(1, ch.Concurrency)
	out := class{
		first: demand{l.queue(ch.Live, l.full/uint8(n), teams), l.full / uint8(n), ch.Slowdown},
		terms: s.SLA.Terms(c, lines, ch.Live, ch.ShortAbandon),
	}
	l.paced = l.paced || len(ch.Slowdown) > 0
	out.later = out.first
	if ch.Live {
		out.later = demand{queue: l.queue(false, l.full, teams), load: l.full}
	}
	if s.Routing.Order == model.Priority {
		if c.Priority >= mostBuckets {
			return fmt.Errorf("priority %d: by priority, at most %d can be queued", c.Priority, mostBuckets)
		}
		out.bucket = uint8(c.Priority)
	}
	l.addRungs(s, c, &out)
	out.owned = out.terms.Promises(sla.GroupOwnership)
	l.terms = max(l.terms, len(out.terms))
	l.classes = append(l.classes, out)
	return nil
}

// addRungs gives a class the rungs that its promises can reach, and where all of
// them would move it: its promises may change once it has been moved.
func (l *Layout) addRungs(s *model.Scenario, c ticket.Class, out *class) {
	teams := capable(s, c)
	for i := range s.Escalations {
		r := &s.Escalations[i]
		m := move{first: out.first, later: out.later}
		if to := int16(r.Team); r.Do == model.Reassign && slices.Contains(teams, to) {
			m.able = true
			m.first.queue = l.queue(s.Channels[c.Channel].Live, out.first.load, []int16{to})
			m.later.queue = l.queue(false, out.later.load, []int16{to})
		}
		out.moves = append(out.moves, m)
		if out.terms.Promises(r.Metric) {
			out.rungs = append(out.rungs, rung{i, r})
		}
	}
}

// capable lists the teams that can serve a class.
func capable(s *model.Scenario, c ticket.Class) []int16 {
	var teams []int16
	skill := s.Issues[c.Issue].Skill
	for i := range s.Teams {
		t := &s.Teams[i]
		skilled := skill == ticket.NoSkill || len(t.Skills) == 0 || slices.Contains(t.Skills, skill)
		reached := len(t.Channels) == 0 || slices.Contains(t.Channels, c.Channel)
		if skilled && reached {
			teams = append(teams, int16(i))
		}
	}
	return teams
}

// queue is the index of the line for such touches, which is added if it is new.
func (l *Layout) queue(live bool, load uint8, teams []int16) int16 {
	for i := range l.queues {
		if q := &l.queues[i]; q.live == live && q.load == load && slices.Equal(q.teams, teams) {
			return int16(i)
		}
	}
	at := int16(len(l.queues))
	l.queues = append(l.queues, queueLayout{
		live: live, load: load, teams: teams, fits: 1<<(l.full-load+1) - 1,
	})
	for _, t := range teams {
		l.teams[t].queues = append(l.teams[t].queues, at)
	}
	return at
}

// Terms are the SLA terms of a class of tickets.
func (l *Layout) Terms(class int32) sla.Terms { return l.classes[class].terms }
