package model

import (
	"fmt"
	"strconv"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

// mostLoad is the largest number of equal parts that an agent's attention is
// divided into. A contact of a channel takes as many parts as leave room for the
// channel's concurrency, so the parts are the least common multiple of all.
const mostLoad = 60

func (c *checker) channels() {
	parts := 1
	for i := range c.s.Channels {
		ch := &c.s.Channels[i]
		path := key("channels", ch.Name, i)
		switch {
		case ch.Concurrency < 1:
			c.report(path+".concurrency", fmt.Sprintf("an agent must be able to serve at least 1 contact at once, not %d", ch.Concurrency), "")
		case ch.Concurrency > mostLoad || lcm(parts, ch.Concurrency) > mostLoad:
			c.report(path+".concurrency", c.unmixable(i),
				"choose concurrencies that divide one another, such as 1, 2 and 4, or that all lie between 1 and 6")
		default:
			parts = lcm(parts, ch.Concurrency)
		}
		c.slowdown(path+".slowdown", ch.Slowdown)
		c.duration(path+".short_abandon", "the short abandonment", ch.ShortAbandon)
		c.further(i, path)
		if ch.Live {
			continue
		}
		if !ch.Patience.IsZero() {
			c.report(path+".patience", ch.Name+" is not live, so nobody waits on the line and nobody can lose patience",
				"write live: true, or leave the patience out")
		}
		if ch.ShortAbandon > 0 {
			c.report(path+".short_abandon", ch.Name+" is not live, so nobody can abandon it",
				"write live: true, or leave short_abandon out")
		}
	}
}

// slowdown checks that more contacts at once never make each of them quicker.
func (c *checker) slowdown(path string, s work.Slowdown) {
	last := 0.0
	for i, x := range s {
		if c.number(path, "the slowdown", x, notNegative, percent, ""); x >= 0 && x < last {
			c.report(path, fmt.Sprintf("with %d contacts at once the slowdown falls from %s to %s", i+2, percent(last), percent(x)),
				"more contacts at once cannot make each of them quicker")
		}
		last = x
	}
}

// unmixable says why the concurrency of channel i does not go with those before it.
func (c *checker) unmixable(i int) string {
	var words []string
	parts := 1
	for j := range i + 1 {
		n := c.s.Channels[j].Concurrency
		if j < i && (n < 1 || n > mostLoad || lcm(parts, n) > mostLoad) {
			continue // it has a problem of its own
		}
		parts = lcm(parts, n)
		words = append(words, strconv.Itoa(n))
	}
	if len(words) == 1 {
		return fmt.Sprintf("a concurrency of %s is more than %d", words[0], mostLoad)
	}
	return fmt.Sprintf("the concurrencies %s cannot be mixed: their least common multiple is %d, more than %d", list(words), parts, mostLoad)
}

func lcm(a, b int) int {
	x, y := a, b
	for y != 0 {
		x, y = y, x%y
	}
	return a / x * b
}

func (c *checker) issues() {
	n := &c.s.Names
	for i := range c.s.Issues {
		issue := &c.s.Issues[i]
		path := key("issues", issue.Name, i)
		c.index(path+".priority", "priority", int(issue.Priority), len(n.Priorities))
		if issue.Skill != ticket.NoSkill {
			c.index(path+".skill", "skill", int(issue.Skill), len(n.Skills))
		}
		switch mean := issue.Handle.Mean(); {
		case issue.Handle.IsZero():
			c.report(path+".handle", "there is no handling time", "such as handle: lognormal(mean 9m, cv 0.8)")
		case !(mean > 0):
			c.report(path+".handle", fmt.Sprintf("the mean handling time must be above 0s, it is %ss", plain(mean)), "")
		}
		c.number(path+".solved_at_first_touch", "the share of tickets that the first touch solves", issue.SolvedAtFirst, aboveNothing, percent, "")
		c.number(path+".solved_later", "the share of tickets that a later touch solves", issue.SolvedLater, aboveNothing, percent,
			"at 0% no ticket that needs a second touch would ever be solved")
		c.reply(i, path)
		c.number(path+".reopen", "the share of tickets that come back", issue.Reopen.Share, belowAll, percent, "")
		if issue.Reopen.Share > 0 && issue.Reopen.After.IsZero() {
			c.report(path+".reopen", fmt.Sprintf("%s of the tickets come back, but it is not said when", percent(issue.Reopen.Share)),
				"say after how long, such as {share: 4%, after: exponential(mean 2d)}")
		}
	}
}

// reply checks the customer's side between touches of issue i.
func (c *checker) reply(i int, path string) {
	issue := &c.s.Issues[i]
	r := &issue.Reply
	path += ".customer_reply"
	c.index(path+".hours", "calendar", r.Calendar, len(c.s.Calendars))
	c.number(path+".never", "the share of customers who never answer", r.Never, wholeRange, percent, "")
	c.duration(path+".close", "the time until an unanswered ticket is closed", r.Close)
	c.reminders(r, path)
	// Later touches ask the customer too; tickets that are reopened or come back from
	// another team get one.
	asks := issue.SolvedAtFirst < 1 || (issue.Reopen.Share > 0 || comesBack(issue)) && issue.SolvedLater < 1
	if !asks {
		return
	}
	if r.Never < 1 && r.After.IsZero() {
		c.report(path+".after",
			fmt.Sprintf("not every touch solves the ticket (the first %s, a later one %s), but it is not said when the customer answers",
				percent(issue.SolvedAtFirst), percent(issue.SolvedLater)),
			"such as after: lognormal(median 5h, cv 2)")
	}
	if r.Never > 0 && r.Close == 0 {
		c.report(path+".close", fmt.Sprintf("%s of the customers never answer, but it is not said when their tickets are closed", percent(r.Never)),
			"such as close: 6d")
	}
}
