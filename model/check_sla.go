package model

import (
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

func (c *checker) policies() {
	rules := &c.s.SLA
	if rules.Resolve > sla.All {
		c.report("sla.resolve", fmt.Sprintf("unknown way %d to resolve policies", rules.Resolve), "want "+list(sla.ResolveNames()))
	}
	if rules.Change > sla.BackDate {
		c.report("sla.change", fmt.Sprintf("unknown way %d to change a promise", rules.Change), "want "+list(sla.ChangeNames()))
	}
	names := make([]string, len(rules.Policies))
	for i := range rules.Policies {
		names[i] = rules.Policies[i].Name
	}
	const section = "sla.policies"
	c.unique("policy", names, func(i int) string { return entry(section, names[i], i) })
	for i := range rules.Policies {
		p := &rules.Policies[i]
		path := entry(section, p.Name, i)
		c.index(path+".calendar", "calendar", p.Calendar, len(c.s.Calendars))
		c.match(&p.Match, func(string) string { return path + ".match" })
		if len(p.Targets) == 0 {
			c.report(path, "the policy promises nothing", "give it a target, such as first_reply: 4h")
		}
		var metrics []sla.Metric
		for j := range p.Targets {
			t := &p.Targets[j]
			if t.Metric >= sla.Metrics {
				c.report(path, fmt.Sprintf("unknown metric %d", t.Metric), "want "+list(sla.MetricNames()))
				continue
			}
			metrics = append(metrics, t.Metric)
			c.target(t, p, path+"."+t.Metric.String())
		}
		twice(c, path, metrics, sla.Metric.String)
	}
}

// target checks one promise of a policy.
func (c *checker) target(t *sla.Target, p *sla.Policy, path string) {
	priorities := c.s.Names.Priorities
	if len(t.Within) != len(priorities) {
		c.report(path, fmt.Sprintf("there are targets for %d priorities, the scenario has %d", len(t.Within), len(priorities)),
			"priorities without a target are best effort and say so")
	}
	for i, within := range t.Within {
		if within <= 0 && within != sla.None {
			c.report(path, fmt.Sprintf("the target for priority %s must be above 0s, it is %s", wordOf(priorities, ticket.Priority(i)), span(within)), "")
		}
	}
	c.number(path, "the share of tickets that must meet the target", t.Share, wholeRange, percent, "such as 80% within 20s")
	if t.Pauses != 0 && !t.Metric.Pausable() {
		c.report(path, fmt.Sprintf("the clock of %s does not pause", t.Metric), "those of resolution and group_ownership do")
	}
	c.ownership(t, path)
	if t.Reopen > sla.Ignore {
		c.report(path, fmt.Sprintf("unknown way %d to reopen a clock", t.Reopen), "want "+list(sla.ReopenNames()))
	}
	if t.Boundary > sla.NextOpen {
		c.report(path, fmt.Sprintf("unknown boundary %d", t.Boundary), "want "+list(sla.BoundaryNames()))
	}
	c.number(path+".warn", "the share of the target at which a warning is due", t.Warn.Share, wholeRange, percent, "such as 75%")
	for status := ticket.Status(0); status < 8; status++ {
		if t.Metric.Pausable() && t.Pauses.Has(status) && status >= ticket.Solved {
			c.report(path, fmt.Sprintf("the clock cannot pause in status number %d: it runs only while the ticket is not solved", status), "such as pauses_in: [pending]")
		}
	}
	if t.Metric == sla.Answer && !c.anyLive(p.Match.Channels) {
		c.report(path, "answer is promised on live channels only, and none that the policy covers is live",
			"write live: true on the channel, or promise first_reply")
	}
}

// anyLive reports whether one of the channels is live; of all, if none is named.
func (c *checker) anyLive(channels []ticket.Channel) bool {
	for i := range c.s.Channels {
		if c.s.Channels[i].Live && (len(channels) == 0 || slices.Contains(channels, ticket.Channel(i))) {
			return true
		}
	}
	return false
}

// match reports attributes that do not exist. where is the path of an attribute.
func (c *checker) match(m *sla.Match, where func(attribute string) string) {
	n := &c.s.Names
	for _, x := range m.Channels {
		c.index(where("channel"), "channel", int(x), len(c.s.Channels))
	}
	for _, x := range m.Issues {
		c.index(where("issue"), "issue", int(x), len(c.s.Issues))
	}
	for _, x := range m.Tiers {
		c.index(where("tier"), "tier", int(x), len(n.Tiers))
	}
	for _, x := range m.Priorities {
		c.index(where("priority"), "priority", int(x), len(n.Priorities))
	}
	for _, x := range m.Accounts {
		c.index(where("account"), "account", int(x), len(n.Accounts))
	}
}
