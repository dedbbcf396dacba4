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
	"github.com/headroom-sim/headroom/sim/people"
)

// Layout is a scenario prepared for simulation. It does not change and may be
// shared by many desks.
type Layout struct {
	Plan  *arrivals.Plan
	Teams []staffing.Team
	Axis  calendar.Axis
	Until time.Duration

	slow      []model.SlowTools
	outages   []model.Outage
	qualities []quality // by team; nil if none is scored
	sample    float64   // share of touches that are looked at
	// burnout is looked at whenever an interval ends.
	burnout  model.Burnout
	interval time.Duration
	ladder   []model.Rung
	names    *ticket.Names
	order    model.Order
	agent    model.Selection
	owner    time.Duration // how long follow-ups wait for the agent who had the ticket
	paces    []pace        // of the clocks of all classes, where the nearest breach goes first
	changes  bool          // classes change while tickets are open
	change   sla.Change    // what that does to their clocks
	full     uint8         // load of an agent who can take nothing more
	reserved bool          // some idle agents are kept free
	paced    bool          // contacts take longer while their agent has others
	classes  []class       // by Ticket.Promised: those of Plan, once for each of regimes
	regimes  sla.Regimes
	queues   []queueLayout
	helps    []help
	teams    []teamLayout
	groups   []group
	stints   []stint
	edges    []edge
	terms    int // the most terms that a class has
	// What no class has, or no team, needs no look at each ticket.
	held     bool // tickets of some class are held for somebody outside
	owned    bool // some class is promised something about the team that is responsible
	varies   bool // work may last longer or shorter than it is planned to, by who does it and when
	chased   bool // some customers ask again, or are reminded
	breaks   bool // some tickets may break off others
	overflow bool // somebody helps out while many wait
	spots    int  // places in heaps that a ticket may have at once
	backlog  int  // tickets that are open when a trial begins
	people   *people.Plan
	calls    []int32 // groups of people on call
	stands   []stand
}

// class is what the desk must know of a ticket class.
type class struct {
	heeds        bool       // clocks or the ladder must be told of its events
	returns      bool       // some of its tickets come back after they have been solved
	replies      sla.Line   // the hours in which its customers answer
	holds        []sla.Line // the hours of the holds of its issue
	owned        bool       // it is promised something about the team that is responsible
	bucket       uint8      // its list in a queue
	home         int16      // the first team that can serve it
	first, later demand     // of the first touch, and of those after it
	terms        sla.Terms
	paces        []int16     // by term: index into the layout's paces
	interrupts   []interrupt // what it may break off
	rungs        []rung      // of the ladder that its promises can reach
	moves        []move      // by rung of the ladder
	reviews      []rung      // of the ladder that are about its breaches
	aways        []away
	backs        []demand // by team: what a ticket asks for that has come back to it
	chases       int      // how often a customer asks again who is not answered
	remind       []time.Duration
}

// rung is a step of the escalation ladder as it applies to a class.
type rung struct {
	number int // in the scenario's ladder
	*model.Rung
}

// move is what touches of a class ask for once a rung has reassigned the ticket.
type move struct {
	able         bool // the rung reassigns, and its team can serve the class
	team         int16
	first, later demand
}

// demand is what a touch asks of an agent.
type demand struct {
	queue    int16
	load     uint8
	live     bool
	stand    int32
	teams    []seat // the line's
	fits     uint64 // the line's
	slowdown work.Slowdown
	// After so long in the queue, if longer than 0, it is what then says.
	after time.Duration
	then  *demand
}

type teamLayout struct {
	turns    []turn // what it can do, live ones first
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
		Plan: plan, Teams: s.Teams, Until: s.Time.Length, order: s.Routing.Order, slow: s.SlowTools, outages: s.Outages,
		agent: s.Routing.Agent, owner: s.Routing.Owner, reserved: len(s.Routing.Reserves) > 0,
		ladder: s.Escalations, names: &s.Names,
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
	l.backlog = plan.Backlog()
	l.teams = make([]teamLayout, len(s.Teams))
	for i := range s.Teams {
		l.teams[i].handBack = s.Teams[i].ShiftEnd == staffing.HandBack
	}
	for _, o := range s.Routing.Overflows {
		l.helps = append(l.helps, help{waiting: o.Waiting})
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
	l.relax(s, lines)
	switch s.Routing.Order {
	case model.EarliestDue:
		l.spots = 1
	case model.NearestBreach:
		l.spots = l.terms
	}
	l.layInterrupts(s)
	l.layTurns()
	l.layRoster(s)
	for i := range l.classes {
		l.layStands(&l.classes[i], i%len(plan.Classes))
	}
	l.layStrain(s)
	l.layQuality(s)
	l.layLooks()
	return l, nil
}

// layLooks finds out what each ticket must be looked at for.
func (l *Layout) layLooks() {
	for i := range l.classes {
		c := &l.classes[i]
		c.heeds = l.changes || len(c.terms)+len(c.rungs)+len(c.reviews) > 0
		l.owned = l.owned || c.owned
		l.held = l.held || len(c.holds) > 0
		l.chased = l.chased || c.chases > 0 || len(c.remind) > 0
		l.breaks = l.breaks || len(c.interrupts) > 0
	}
	l.varies = l.paced || len(l.slow) > 0 || l.burnout.Over > 0 || len(l.calls) > 0
	for i := range l.groups {
		l.varies = l.varies || l.groups[i].learning != nil
	}
	l.overflow = len(l.helps) > 0
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
	routes := routesOf(s, c)
	if len(routes) == 0 {
		return fmt.Errorf("no team can do %s on %s", s.Issues[c.Issue].Name, ch.Name)
	}
	load := l.full / uint8(max(1, ch.Concurrency))
	out := class{
		home:  routes[0].team,
		first: l.demand(line{live: ch.Live, load: load}, routes, 0),
		terms: s.SLA.Terms(c, lines, ch.Live, ch.ShortAbandon),
	}
	l.paced = l.paced || len(ch.Slowdown) > 0
	for d := &out.first; d != nil; d = d.then {
		d.slowdown = ch.Slowdown
	}
	out.later = out.first
	if ch.Live {
		out.later = l.demand(line{load: l.full}, routes, 0)
	}
	out.paces = l.pacesOf(s.Routing.Order, out.terms)
	if s.Routing.Order == model.Priority {
		if c.Priority >= mostBuckets {
			return fmt.Errorf("priority %d: by priority, at most %d can be queued", c.Priority, mostBuckets)
		}
		out.bucket = uint8(c.Priority)
	}
	if ch.Chase.Any() {
		out.chases = ch.Chase.Most
	}
	out.remind = s.Issues[c.Issue].Reply.Remind
	out.returns = s.Issues[c.Issue].Reopen.Share > 0
	out.replies = lines[s.Issues[c.Issue].Reply.Calendar]
	for i := range s.Issues[c.Issue].Holds {
		out.holds = append(out.holds, lines[s.Issues[c.Issue].Holds[i].Calendar])
	}
	l.addRungs(s, c, &out)
	out.owned = out.terms.Promises(sla.GroupOwnership)
	l.addHandOffs(s, c, routes, &out)
	l.terms = max(l.terms, len(out.terms))
	l.classes = append(l.classes, out)
	return nil
}

// addRungs gives a class the rungs that its promises can reach, and where all of
// them would move it: its promises may change once it has been moved.
func (l *Layout) addRungs(s *model.Scenario, c ticket.Class, out *class) {
	routes := routesOf(s, c)
	for i := range s.Escalations {
		r := &s.Escalations[i]
		m := move{team: int16(r.Team), first: out.first, later: out.later}
		if to := slices.IndexFunc(routes, func(x route) bool { return x.team == int16(r.Team) }); r.Do == model.Reassign && to >= 0 {
			only := []route{{team: int16(r.Team), spare: routes[to].spare, help: noHelp}}
			m.able = true
			m.first = l.demand(line{live: s.Channels[c.Channel].Live, load: out.first.load}, only, 0)
			m.first.slowdown = out.first.slowdown
			m.later = l.demand(line{load: out.later.load}, only, 0)
			m.later.slowdown = out.later.slowdown
		}
		out.moves = append(out.moves, m)
		switch {
		case !out.terms.Promises(r.Metric) || !r.Match.Matches(c):
		case r.Repeat.Breaches > 0:
			out.reviews = append(out.reviews, rung{i, r})
		default:
			out.rungs = append(out.rungs, rung{i, r})
		}
	}
}

// heaps is how many heaps a line has.
func (l *Layout) heaps() int {
	switch l.order {
	case model.EarliestDue:
		return 1
	case model.NearestBreach:
		return len(l.paces)
	}
	return 0
}

// lines is the number of waiting lines, those of single agents included.
func (l *Layout) lines() int {
	if l.owner > 0 {
		return len(l.queues) + int(l.agents())
	}
	return len(l.queues)
}
