package model

import (
	"fmt"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

// further checks what customers of a channel do of their own accord.
func (c *checker) further(i int, path string) {
	ch := &c.s.Channels[i]
	c.number(path+".callback", "the share of customers who are called back", ch.Callback, wholeRange, percent, "")
	c.afterAbandon(i, path+".after_abandon")
	c.chase(&ch.Chase, path+".chase")
	leaves := ch.Callback > 0 || ch.AfterAbandon.Any()
	switch {
	case ch.Live && ch.Chase.Any():
		c.report(path+".chase", ch.Name+" is live, so its customers wait on the line and do not ask again",
			"say what they do who leave: after_abandon: {retry: 40% after exponential(mean 10m)}")
	case !ch.Live && leaves:
		where := path + ".after_abandon"
		if ch.Callback > 0 {
			where = path + ".callback"
		}
		c.report(where, ch.Name+" is not live, so nobody can abandon it", "write live: true, or say chase: {after: weibull(scale 1d, shape 2), handle: 2m}")
	case leaves && ch.Patience.IsZero():
		c.report(path+".patience", fmt.Sprintf("the customers of %s wait for ever, so nobody leaves", ch.Name), "such as patience: exponential(mean 4m)")
	}
}

func (c *checker) afterAbandon(i int, path string) {
	a := &c.s.Channels[i].AfterAbandon
	c.number(path+".retry", "the share of customers who try again", a.Retry, wholeRange, percent, "")
	c.number(path+".switch", "the share of customers who write instead", a.Switch, wholeRange, percent, "")
	if sum := a.Retry + a.Switch; sum > 1+shareDust {
		c.report(path, fmt.Sprintf("%s try again and %s write instead, which is %s in all", percent(a.Retry), percent(a.Switch), percent(sum)),
			"the two shares are of the customers who leave, at most 100%")
	}
	if a.Retry > 0 {
		if a.After.IsZero() {
			c.report(path+".retry", "it is not said when the customers try again", "such as retry: 40% after exponential(mean 10m)")
		}
		c.most(path+".most", "tries again", a.Most)
	}
	if a.Switch > 0 && c.index(path+".switch", "channel", int(a.To), len(c.s.Channels)) && c.s.Channels[a.To].Live {
		c.report(path+".switch", fmt.Sprintf("%s is live, so nobody writes there", c.s.Channels[a.To].Name), "name a channel that is not live, such as switch: 25% to email")
	}
}

func (c *checker) chase(x *work.Chase, path string) {
	if x.After.IsZero() {
		if x.Merged != 0 || x.Most != 0 || !x.Handle.IsZero() {
			c.report(path+".after", "it is not said when customers ask again", "such as after: weibull(scale 1d, shape 2)")
		}
		return
	}
	c.number(path+".merged", "the share that is seen to be the same matter", x.Merged, wholeRange, percent, "")
	c.most(path+".most", "asks again", x.Most)
	if x.Handle.IsZero() {
		c.report(path+".handle", "there is no handling time", "such as handle: 2m")
	}
	if !(x.After.Mean() > 0) {
		c.report(path+".after", "customers ask again at once, all the time", "such as after: weibull(scale 1d, shape 2)")
	}
}

func (c *checker) most(path, what string, n int) {
	if n < 1 || n > ticket.MostFurther {
		c.report(path, fmt.Sprintf("a customer %s at most %d times", what, n), fmt.Sprintf("1 to %d times are possible", ticket.MostFurther))
	}
}

// reminders checks when customers are reminded of the questions of an issue.
func (c *checker) reminders(r *work.Reply, path string) {
	c.number(path+".wins", "the share of silent customers that a reminder wins", r.Wins, wholeRange, percent, "")
	if r.Wins > 0 && len(r.Remind) == 0 {
		c.report(path+".wins", "there are no reminders that could win anybody", "such as remind: [24h, 48h]")
	}
	if len(r.Remind) > work.MostReminders {
		c.report(path+".remind", fmt.Sprintf("there are %d reminders, at most %d are possible", len(r.Remind), work.MostReminders), "")
	}
	last := time.Duration(0)
	for _, at := range r.Remind {
		switch {
		case at <= last:
			c.report(path+".remind", fmt.Sprintf("the reminder after %s does not come after the one before it", span(at)), "write the earlier ones first, such as [24h, 48h]")
		case at >= r.Close:
			c.report(path+".remind", fmt.Sprintf("the reminder after %s comes when the ticket is closed, after %s", span(at), span(r.Close)), "remind earlier, or close later")
		}
		last = at
	}
}
