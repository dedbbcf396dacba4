package model

import (
	"fmt"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Routing says which agent gets a ticket, and which ticket an agent takes next.
type Routing struct {
	Order Order
	Agent Selection
	// Owner is how long a follow-up waits for the agent who had the ticket last, while
	// he is at work, before anybody may take it; 0: it does not wait for him.
	Owner      time.Duration
	Overflows  []Overflow
	Reserves   []Reserve
	Interrupts []Interrupt
}

// Order is the discipline of the queue. Whatever the order, live contacts are
// taken before others, since somebody is waiting on the line.
type Order uint8

const (
	// FIFO: the ticket that has been in the queue for longest.
	FIFO Order = iota
	// Priority: the highest priority, within it the longest in the queue.
	Priority
	// EarliestDue: the ticket whose next running SLA clock is due first;
	// tickets without a clock come last, in the order of the queue.
	EarliestDue
	// NearestBreach: the ticket of whose target the least share is left, in working
	// time of the clock: 10 minutes of one hour go before 30 minutes of two. Where
	// several clocks run the nearest counts; a target that is used up counts as less
	// than nothing, so what is late by the largest share goes first. Tickets without a
	// clock come last, in the order of the queue.
	NearestBreach
)

var orderNames = [...]string{"fifo", "priority", "earliest_due", "nearest_breach"}

// String is the word of the scenario language.
func (o Order) String() string { return orderNames[o] }

// OrderNames lists the words of all orders, by Order.
func OrderNames() []string { return slices.Clone(orderNames[:]) }

// Selection says which of a team's agents with room for it gets a ticket.
type Selection uint8

const (
	// LeastLoaded: the one with the least in hand, of those the one who has been so
	// for longest.
	LeastLoaded Selection = iota
	// LongestIdle: the one who for longest has neither taken anything nor become free
	// of anything, whatever he has in hand. Where an agent has one ticket at a time both are
	// the same.
	LongestIdle
)

var selectionNames = [...]string{"least_loaded", "longest_idle"}

// String is the word of the scenario language.
func (s Selection) String() string { return selectionNames[s] }

// SelectionNames lists the words of all selections, by Selection.
func SelectionNames() []string { return slices.Clone(selectionNames[:]) }

// Overflow makes a team help others out: it takes tickets of these skills and channels
// that it would not take otherwise, once they have waited for After, or while Waiting or
// more of them wait.
type Overflow struct {
	Team     ticket.Team
	Skills   []ticket.Skill   // empty: every skill
	Channels []ticket.Channel // empty: every channel
	After    time.Duration    // in the queue; 0: however long they wait
	Waiting  int              // 0: however many wait
}

// Covers reports whether tickets of a skill and a channel overflow to the team.
func (o *Overflow) Covers(skill ticket.Skill, channel ticket.Channel) bool {
	return (skill == ticket.NoSkill || len(o.Skills) == 0 || slices.Contains(o.Skills, skill)) &&
		(len(o.Channels) == 0 || slices.Contains(o.Channels, channel))
}

// Reserve keeps some of a team's agents free: with Heads of them or fewer idle, no idle
// agent takes a ticket that does not match.
type Reserve struct {
	Team  ticket.Team
	Heads int
	Match sla.Match
}

// Interrupt lets a ticket of For that finds nobody free when it comes to the queue, the
// first time or again, break off work of Of that is not live. Of all such work in
// the hands of those who could take the ticket, that which would come last in the queue is
// broken off. It goes back to its place there, with the work that is left and Resume more.
type Interrupt struct {
	For, Of sla.Match
	Resume  time.Duration // agent time to find into it again
}

// Allows reports whether tickets of one class may interrupt work on another.
func (p *Interrupt) Allows(comes, works ticket.Class) bool {
	return comes != works && p.For.Matches(comes) && p.Of.Matches(works)
}

// mostIdle is beyond any team.
const mostIdle = 100_000

func (c *checker) routing() {
	r := &c.s.Routing
	if int(r.Order) >= len(orderNames) {
		c.report("routing.order", fmt.Sprintf("unknown order %d", r.Order), "want "+list(OrderNames()))
	}
	if int(r.Agent) >= len(selectionNames) {
		c.report("routing.agent", fmt.Sprintf("unknown selection %d", r.Agent), "want "+list(SelectionNames()))
	}
	c.duration("routing.owner", "the wait for the owner", r.Owner)
	c.overflows(r.Overflows)
	c.reserves(r.Reserves)
	for i := range r.Interrupts {
		p := &r.Interrupts[i]
		path := fmt.Sprintf("routing.interrupt[%d]", i+1)
		c.match(&p.For, func(attribute string) string { return path + ".for." + attribute })
		c.match(&p.Of, func(attribute string) string { return path + ".of." + attribute })
		c.duration(path+".resume", "the time to resume", p.Resume)
	}
}

func (c *checker) overflows(all []Overflow) {
	const section = "routing.overflow"
	seen := map[ticket.Team]bool{}
	for i := range all {
		o := &all[i]
		path := c.ofTeam(section, o.Team, seen)
		for _, s := range o.Skills {
			c.index(path+".skills", "skill", int(s), len(c.s.Names.Skills))
		}
		twice(c, path+".skills", o.Skills, c.skillName)
		for _, ch := range o.Channels {
			c.index(path+".channels", "channel", int(ch), len(c.s.Channels))
		}
		twice(c, path+".channels", o.Channels, c.channelName)
		c.duration(path+".after", "the wait", o.After)
		if o.Waiting < 0 || o.Waiting > mostIdle {
			c.report(path+".waiting", fmt.Sprintf("the number of waiting tickets is %d", o.Waiting), "")
		}
		if o.After <= 0 && o.Waiting <= 0 {
			c.report(path, "it is not said when the team helps out", "such as after: 10m, or waiting: 20")
		}
		if int(o.Team) >= 0 && int(o.Team) < len(c.s.Teams) {
			t := &c.s.Teams[o.Team]
			if t.HandOffsOnly {
				c.report(path, "the team takes nothing but hand-offs, so nothing can overflow to it", "write takes: everything")
			} else if len(t.Skills) == 0 && len(t.Channels) == 0 {
				c.report(path, "the team does everything at once, so nothing can overflow to it", "give the team the skills or channels of its own")
			}
		}
	}
}

// overflowsTo reports whether a team helps out with such tickets.
func (c *checker) overflowsTo(team int, skill ticket.Skill, channel ticket.Channel) bool {
	for i := range c.s.Routing.Overflows {
		if o := &c.s.Routing.Overflows[i]; int(o.Team) == team && o.Covers(skill, channel) {
			return true
		}
	}
	return false
}

func (c *checker) reserves(all []Reserve) {
	const section = "routing.reserve"
	seen := map[ticket.Team]bool{}
	for i := range all {
		r := &all[i]
		path := c.ofTeam(section, r.Team, seen)
		if r.Heads < 1 || r.Heads > mostIdle {
			c.report(path+".keep", fmt.Sprintf("%d agents are kept free", r.Heads), "want at least 1")
		}
		c.match(&r.Match, func(attribute string) string { return path + ".for." + attribute })
	}
}

// ofTeam is the path of a team's entry of a section; a team has one.
func (c *checker) ofTeam(section string, t ticket.Team, seen map[ticket.Team]bool) string {
	path := key(section, wordOf(c.s.Names.Teams, t), int(t))
	c.index(path, "team", int(t), len(c.s.Teams))
	if seen[t] {
		c.report(path, "the team is there twice", "")
	}
	seen[t] = true
	return path
}
