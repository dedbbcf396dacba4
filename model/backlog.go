package model

import (
	"fmt"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
)

// mostBacklog is how many open tickets of one kind there may be at the start.
const mostBacklog = 10_000_000

// BacklogMix is the stream of a backlog with what the backlog says of its own: who its
// customers are and what they write about.
func (s *Scenario) BacklogMix(b *demand.Backlog) demand.Stream {
	st := s.Streams[b.Stream]
	if b.Issues != nil {
		st.Issues = b.Issues
	}
	if b.Tiers != nil {
		st.Tiers, st.Accounts = b.Tiers, nil
	}
	return st
}

// backlog checks the tickets that are open at the start.
func (c *checker) backlog() {
	const section = "backlog"
	list := c.s.Backlog
	if len(list) == 0 {
		return
	}
	if n := len(c.s.Streams) + len(c.s.Bursts) + len(list); n > mostStreams {
		c.report(section, fmt.Sprintf("there are %d streams, bursts and backlogs, at most %d are possible", n, mostStreams), "")
	}
	if w := c.s.Time.Warmup; w > 0 {
		c.report("time.warmup", fmt.Sprintf("the desk starts with open tickets, so there is nothing to warm up; the warm-up is %s", span(w)),
			"remove the warm-up, or the backlog")
	}
	names := make([]string, len(list))
	for i := range list {
		names[i] = list[i].Name
	}
	c.unique("backlog", names, func(i int) string { return entry(section, names[i], i) })
	ids := map[ticket.ID]bool{}
	for i := range list {
		b := &list[i]
		path := entry(section, b.Name, i)
		if !c.index(path+".stream", "stream", b.Stream, len(c.s.Streams)) {
			continue
		}
		if len(b.Open) > 0 {
			c.openTickets(path, b.Open, ids)
			continue
		}
		c.drawnBacklog(path, b)
	}
}

// drawnBacklog checks tickets that are drawn.
func (c *checker) drawnBacklog(path string, b *demand.Backlog) {
	c.number(path+".tickets", "the number of tickets", float64(b.Tickets), bounds{low: 0, high: mostBacklog}, plain, "")
	if int(b.Waits) >= len(demand.WaitsForNames) {
		c.report(path+".waits_for", "nobody knows what the tickets wait for", "")
	}
	if b.Tickets > 0 && b.Age.IsZero() {
		c.report(path+".age", "the age of the tickets is missing", "how long ago they were created, such as age: exponential(mean 2d)")
	}
	c.lasting(path+".age", "the tickets are", b.Age)
	c.lasting(path+".since", "the tickets have waited for", b.Since)
	for _, x := range b.Issues {
		c.index(path+".issue", "issue", int(x.Issue), len(c.s.Issues))
	}
	for _, x := range b.Tiers {
		c.index(path+".tier", "tier", int(x.Tier), len(c.s.Names.Tiers))
	}
	mixed := c.s.BacklogMix(b)
	if b.Tickets > 0 && (len(mixed.Issues) == 0 || len(mixed.Tiers) == 0) {
		c.report(path, "nothing says what the tickets are about, or who their customers are", "name an issue and a tier")
	}
	for _, x := range mixed.Issues {
		if int(x.Issue) >= len(c.s.Issues) || !(x.Share > 0) {
			continue
		}
		issue := &c.s.Issues[x.Issue]
		asks := !issue.Reply.After.IsZero()
		if b.Waits == demand.Customer && !asks || b.Waits == demand.Answer && !asks && issue.Reopen.Share == 0 {
			c.report(path+".waits_for", fmt.Sprintf("no ticket of %s is open once it has been replied to: the first touch solves it", issue.Name),
				fmt.Sprintf("give issues.%s a share solved_at_first_touch below 100%% and a customer_reply, or let the tickets wait for their first reply", issue.Name))
		}
	}
}

// openTickets checks single tickets. What is wrong with them is a fault of whoever built
// the scenario: a file is read so that it is right.
func (c *checker) openTickets(path string, list []demand.Open, ids map[ticket.ID]bool) {
	for i := range list {
		o := &list[i]
		switch {
		case ids[o.ID]:
			c.report(path, fmt.Sprintf("two open tickets have the ID %#x", uint64(o.ID)), "")
		case !c.exists(o.Class):
			c.report(path, fmt.Sprintf("open ticket number %d is of a class that does not exist", i+1), "")
		case !isPast(o.Past):
			c.report(path, fmt.Sprintf("what happened to open ticket number %d does not lie before the start, in order, from its creation on, or solves it", i+1), "")
		case o.Past[len(o.Past)-1].Status == ticket.OnHold && !onHold(&c.s.Issues[o.Class.Issue]):
			name := c.s.Issues[o.Class.Issue].Name
			c.report(path, fmt.Sprintf("a ticket of %s is on hold, but the scenario does not say for how long", name),
				fmt.Sprintf("give issues.%s a hold", name))
		case o.Past[len(o.Past)-1].Status == ticket.Pending && c.s.Issues[o.Class.Issue].Reply.After.IsZero():
			name := c.s.Issues[o.Class.Issue].Name
			c.report(path, fmt.Sprintf("a ticket of %s is pending, but the scenario does not say what its customer does", name),
				fmt.Sprintf("give issues.%s a customer_reply", name))
		}
		ids[o.ID] = true
	}
}

func isPast(past []demand.Past) bool {
	for i, e := range past {
		if e.At >= 0 || (e.Kind == ticket.Created) != (i == 0) || i > 0 && e.At < past[i-1].At || e.Status > ticket.Closed {
			return false
		}
	}
	return len(past) > 0 && past[len(past)-1].Status < ticket.Solved
}
