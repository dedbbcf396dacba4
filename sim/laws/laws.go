package laws

import (
	"fmt"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// Law is the name of a law; see the package's comment.
type Law string

// The laws.
const (
	Time     Law = "time"
	Life     Law = "life"
	Balance  Law = "balance"
	Little   Law = "little"
	Capacity Law = "capacity"
	Hands    Law = "hands"
	Roster   Law = "roster"
	Idleness Law = "idleness"
	Order    Law = "order"
	Promise  Law = "promise"
	Ladder   Law = "ladder"
	Tally    Law = "tally"
	Credit   Law = "credit"
	Outage   Law = "outage"
	Strain   Law = "strain"
	Review   Law = "review"
)

// Violation is a law that was broken. It is an error.
type Violation struct {
	Law    Law
	At     time.Duration
	Ticket ticket.ID // if About
	About  bool      // whether it is about a single ticket
	Text   string
}

// Error names the law, the time, the ticket and what is wrong.
func (v *Violation) Error() string {
	if v.About {
		return fmt.Sprintf("law of %s broken at %v by ticket %#x: %s", v.Law, v.At, uint64(v.Ticket), v.Text)
	}
	return fmt.Sprintf("law of %s broken at %v: %s", v.Law, v.At, v.Text)
}

// Laws holds one trial after another to the laws. It is a desk.Observer; it is
// not safe for concurrent use. What comes after the first violation of a trial is
// not looked at, since it would only be a consequence.
type Laws struct {
	scenario *model.Scenario
	layout   *desk.Layout
	classes  []class
	full     int // parts of an agent
	plan     [][]piece
	relaxed  map[holding]sla.Terms
	reviews  reviews

	broken *Violation
	closed bool
	now    time.Duration
	lives  map[ticket.ID]*life // nil for those that have ended
	left   map[ticket.ID]left  // customers who will be back
	agents []agent
	teams  []team
	lines  []line // of those who wait
	routed *routed
	stale  *life  // was assigned to a team by the last event; see restand
	told   int    // tickets that wait, as the desk says
	area   uint64 // under it; nanoseconds, modulo 2⁶⁴
	waits  uint64 // sum of all; the same
	counts counts
	scores map[int16][2]float64 // by team: the sum of the quality scores, and their number

	arrivals int // in the queue, so far
}

// class is what the laws must know of a class of tickets.
type class struct {
	live         bool
	first, later int // parts of an agent that the first touch and a later one fill
	whole        int // all of them, which the work of another team fills
	able         []bool
	reach        []reach
	terms        sla.Terms
}

// New makes the laws for trials of a scenario, of which layout is the desk.
func New(s *model.Scenario, layout *desk.Layout) *Laws {
	l := &Laws{scenario: s, layout: layout, full: 1, relaxed: map[holding]sla.Terms{}}
	for i := range s.Channels {
		l.full = lcm(l.full, s.Channels[i].Concurrency)
	}
	for i, c := range layout.Plan.Classes {
		ch := &s.Channels[c.Channel]
		k := class{live: ch.Live, first: l.full / ch.Concurrency, later: l.full, whole: l.full, able: capable(s, c), reach: reaches(s, c), terms: layout.Terms(int32(i))}
		if !k.live {
			k.later = k.first
		}
		l.classes = append(l.classes, k)
	}
	l.Reset()
	return l
}

func lcm(a, b int) int {
	g, h := a, b
	for h > 0 {
		g, h = h, g%h
	}
	return a / g * b
}

// capable says which teams can serve a class.
func capable(s *model.Scenario, c ticket.Class) []bool {
	teams := make([]bool, len(s.Teams))
	skill := s.Issues[c.Issue].Skill
	for i := range s.Teams {
		t := &s.Teams[i]
		skilled := skill == ticket.NoSkill || len(t.Skills) == 0
		for _, has := range t.Skills {
			skilled = skilled || has == skill
		}
		reached := len(t.Channels) == 0
		for _, ch := range t.Channels {
			reached = reached || ch == c.Channel
		}
		teams[i] = skilled && reached && !t.HandOffsOnly
	}
	return teams
}

// Reset makes the laws ready for another trial.
func (l *Laws) Reset() {
	l.broken, l.closed, l.now = nil, false, 0
	l.plan = layPlan(l.layout)
	l.lives = map[ticket.ID]*life{}
	clear(l.agents)
	l.stale = nil
	l.teams = make([]team, len(l.scenario.Teams))
	l.lines = make([]line, 3*len(l.classes)*(len(l.scenario.Teams)+1))
	l.told, l.area, l.waits, l.arrivals = 0, 0, 0, 0
	l.counts = counts{people: make([]people, len(l.scenario.Channels)), routes: map[int16]*routes{}}
	l.left = map[ticket.ID]left{}
	l.scores = map[int16][2]float64{}
	if intricate(&l.scenario.Routing) {
		l.routed = &routed{}
	}
	l.resetReviews()
}

// Err ends the trial, which must have come to its horizon, and returns the first
// *Violation, or nil if all laws hold.
func (l *Laws) Err() error {
	if l.broken == nil && !l.closed {
		l.closed = true
		l.advance(l.layout.Until)
		l.balance()
		l.review()
		if l.area != l.waits {
			l.breaks(Little, "the area under the queue is %v of waiting, the waits of the tickets add up to %v",
				time.Duration(l.area), time.Duration(l.waits))
		}
	}
	if l.broken == nil {
		return nil
	}
	return l.broken
}

// breaks records a violation, of which the first is kept.
func (l *Laws) breaks(law Law, format string, args ...any) {
	if l.broken == nil {
		l.broken = &Violation{Law: law, At: l.now, Text: fmt.Sprintf(format, args...)}
	}
}

// breaksBy records a violation by a ticket.
func (l *Laws) breaksBy(id ticket.ID, law Law, format string, args ...any) {
	if l.broken == nil {
		l.broken = &Violation{Law: law, At: l.now, Ticket: id, About: true, Text: fmt.Sprintf(format, args...)}
	}
}

// advance moves to the time of what happens next. When time passes, everything
// about the instant that is left has been told, and holds until the next.
// It reports false when there is nothing more to look at.
func (l *Laws) advance(at time.Duration) bool {
	switch {
	case l.broken != nil:
		return false
	case at < l.now:
		l.breaks(Time, "something happens at %v, in the past", at)
	case at > l.layout.Until:
		l.breaks(Time, "something happens at %v, after the horizon at %v", at, l.layout.Until)
	case at > l.now:
		if l.routed != nil {
			l.brokenOff()
		}
		l.restand(nil)
		l.area += uint64(l.told) * uint64(at-l.now)
		for i := range l.teams {
			l.settle(i, at)
		}
		l.now = at
	}
	return l.broken == nil
}

// Waiting implements desk.Observer.
func (l *Laws) Waiting(at time.Duration, tickets int) {
	if !l.advance(at) {
		return
	}
	if tickets < 0 {
		l.breaks(Little, "%d tickets wait", tickets)
	}
	l.told = tickets
}
