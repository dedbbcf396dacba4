package model

import (
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
)

// arrivalClass is a class of tickets that the demand brings, with the first
// stream that brings it.
type arrivalClass struct {
	ticket.Class
	stream int
}

// classes are all classes of tickets that the demand can bring, each once, in
// the order of the streams. What the scenario has no definition for is left out:
// it has been reported.
func (c *checker) classes() []arrivalClass {
	var all []arrivalClass
	seen := map[ticket.Class]bool{}
	one := func(k ticket.Class, stream int) bool {
		if seen[k] || !c.exists(k) {
			return false
		}
		seen[k] = true
		all = append(all, arrivalClass{k, stream})
		return true
	}
	add := func(k ticket.Class, stream int) {
		if !one(k, stream) {
			return
		}
		if to, ok := c.s.Switched(k); ok {
			one(to, stream)
		}
	}
	for i := range c.s.Streams {
		st := &c.s.Streams[i]
		if st.Replay != nil {
			for j := range st.Replay {
				add(st.Replay[j].Class, i)
			}
			continue
		}
		for _, issue := range st.Issues {
			if int(issue.Issue) >= len(c.s.Issues) || !(issue.Share > 0) {
				continue
			}
			c.mixed(st, issue.Issue, func(k ticket.Class) { add(k, i) })
		}
	}
	for i := range c.s.Bursts {
		b := &c.s.Bursts[i]
		if b.Stream >= 0 && b.Stream < len(c.s.Streams) && int(b.Issue) < len(c.s.Issues) {
			c.mixed(&c.s.Streams[b.Stream], b.Issue, func(k ticket.Class) { add(k, b.Stream) })
		}
	}
	c.open(add)
	c.moved(all, add)
	return all
}

// open lists the classes of the tickets that are open at the start.
func (c *checker) open(add func(k ticket.Class, stream int)) {
	for i := range c.s.Backlog {
		b := &c.s.Backlog[i]
		if b.Stream < 0 || b.Stream >= len(c.s.Streams) {
			continue
		}
		for j := range b.Open {
			add(b.Open[j].Class, b.Stream)
		}
		if len(b.Open) > 0 || b.Tickets == 0 {
			continue
		}
		st := c.s.BacklogMix(b)
		for _, issue := range st.Issues {
			if int(issue.Issue) < len(c.s.Issues) && issue.Share > 0 {
				c.mixed(&st, issue.Issue, func(k ticket.Class) { add(k, b.Stream) })
			}
		}
	}
}

// mixed lists the classes of an issue for each kind of customer that a stream has.
func (c *checker) mixed(st *demand.Stream, issue ticket.Issue, add func(ticket.Class)) {
	k := ticket.Class{Channel: st.Channel, Issue: issue}
	for _, a := range st.Accounts {
		if a.Share > 0 {
			k.Tier, k.Account = a.Tier, a.Account
			c.worded(k, add)
		}
	}
	k.Account = ticket.Anonymous
	for _, tier := range st.Tiers {
		if anonymous(st, tier) > shareDust {
			k.Tier = tier.Tier
			c.worded(k, add)
		}
	}
}

// worded lists the classes of a kind of ticket with each of the words that it can have.
func (c *checker) worded(k ticket.Class, add func(ticket.Class)) {
	for _, words := range c.s.WordsOf(k.Issue) {
		k.Priority = c.s.PriorityOf(k, words)
		add(k)
	}
}

// anonymous is the share of a tier that is not that of its named accounts.
func anonymous(st *demand.Stream, tier demand.TierShare) float64 {
	rest := tier.Share
	for _, a := range st.Accounts {
		if a.Tier == tier.Tier {
			rest -= a.Share
		}
	}
	return rest
}
