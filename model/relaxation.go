package model

import (
	"fmt"
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Tolerance is how much longer customers of a class put up with waiting who come at an
// instant: the product over the relaxations that hold for them, and 1 in ordinary time.
func Tolerance(list []sla.Relaxation, c ticket.Class, at time.Duration) float64 {
	f := 1.0
	for i := range list {
		if x := &list[i]; x.Holds(c, at) {
			f *= 1 + x.Patience
		}
	}
	return f
}

// RelaxedWords says in words what a relaxation makes of promises and patience: "first_reply ×2",
// "resolution 48h for urgent and high".
func RelaxedWords(x *sla.Relaxation, n *ticket.Names) []string {
	var out []string
	for i := range x.Targets {
		t := &x.Targets[i]
		var words []string
		who := map[string][]string{}
		for p := range n.Priorities {
			text := ""
			switch {
			case p < len(t.Within) && t.Within[p] > 0:
				text = span(t.Within[p])
			case p < len(t.Factor) && t.Factor[p] > 0:
				text = "×" + plain(t.Factor[p])
			default:
				continue
			}
			if who[text] == nil {
				words = append(words, text)
			}
			who[text] = append(who[text], n.Priorities[p])
		}
		for _, text := range words {
			s := t.Metric.String() + " " + text
			if len(who[text]) < len(n.Priorities) {
				s += " for " + list(who[text])
			}
			out = append(out, s)
		}
	}
	if x.Patience != 0 {
		out = append(out, fmt.Sprintf("patience %+.9g\u202f%%", 100*x.Patience))
	}
	return out
}

// mostRelaxations bounds the work of laying out their promises.
const mostRelaxations = 50

// mostRelaxed is the largest factor of a relaxation.
const mostRelaxed = 100

// relaxations checks the announced times in which promises are longer.
func (c *checker) relaxations() {
	all := c.s.SLA.Relaxations
	const section = "sla.relaxations"
	if len(all) > mostRelaxations {
		c.report(section, fmt.Sprintf("there are %d relaxations, at most %d are possible", len(all), mostRelaxations), "")
	}
	names := make([]string, len(all))
	for i := range all {
		names[i] = all[i].Name
	}
	c.unique("relaxation", names, func(i int) string { return entry(section, names[i], i) })
	for i := range all {
		x := &all[i]
		path := entry(section, x.Name, i)
		c.announced(x, path)
		c.number(path+".patience", "the change of patience", x.Patience, bounds{low: -1, high: 10, lowOpen: true}, percent, "such as patience: +50%")
		if len(x.Targets) == 0 {
			c.report(path, "the relaxation relaxes no promise", "give it one, such as first_reply: x2")
		}
		if c.sound(func() { c.match(&x.Match, func(attribute string) string { return path + ".match." + attribute }) }) && !c.brought(&x.Match) {
			c.report(path+".match", "the relaxation is for none of the tickets that the demand brings", "")
		}
		var metrics []sla.Metric
		for j := range x.Targets {
			t := &x.Targets[j]
			if t.Metric >= sla.Metrics {
				c.report(path, fmt.Sprintf("unknown metric %d", t.Metric), "want "+list(sla.MetricNames()))
				continue
			}
			metrics = append(metrics, t.Metric)
			c.relaxed(t, path+"."+t.Metric.String())
		}
		twice(c, path, metrics, sla.Metric.String)
	}
}

// announced checks when a relaxation holds, and that it was told before.
func (c *checker) announced(x *sla.Relaxation, path string) {
	length := c.s.Time.Length
	switch {
	case x.Until <= x.From:
		c.report(path+".until", fmt.Sprintf("the relaxation ends at %s, but begins at %s", c.local(x.Until), c.local(x.From)), "until must lie after from")
	case length > 0 && (x.From >= length || x.Until <= 0):
		c.report(path+".from", fmt.Sprintf("the relaxation holds from %s to %s, outside the scenario, which goes from %s to %s",
			c.local(x.From), c.local(x.Until), c.local(0), c.local(length)), "let it hold within that time")
	case x.Announced > x.From:
		c.report(path+".announced", fmt.Sprintf("it is announced at %s, after it begins at %s", c.local(x.Announced), c.local(x.From)),
			"what is decided afterwards is an exception: write it under exceptions, with do: relax")
	}
}

// relaxed checks what a relaxation makes of the targets of one metric.
func (c *checker) relaxed(t *sla.Relaxed, path string) {
	priorities := c.s.Names.Priorities
	if len(t.Within) != len(priorities) || len(t.Factor) != len(priorities) {
		c.report(path, fmt.Sprintf("there are %d times and %d factors, the scenario has %d priorities", len(t.Within), len(t.Factor), len(priorities)), "")
		return
	}
	if !c.promised(t.Metric) {
		c.report(path, fmt.Sprintf("no policy promises %s, so there is nothing to relax", t.Metric), "promise it in a policy, or choose another metric")
		return
	}
	relaxes := false
	for i := range priorities {
		c.duration(path, "the relaxed target", t.Within[i])
		if t.Factor[i] != 0 {
			c.number(path, "the factor of a relaxed target", t.Factor[i], bounds{low: 1, high: mostRelaxed}, plain, "such as x2")
		}
		relaxes = relaxes || t.Factor[i] != 0 || c.longerThanSome(t.Within[i], t.Metric, i)
	}
	if !relaxes {
		c.report(path, fmt.Sprintf("it makes no promise of %s longer", t.Metric), "write a time that is longer than the policy's, or a factor such as x2")
	}
}

// longerThanSome reports whether a time is longer than what some policy allows.
func (c *checker) longerThanSome(within time.Duration, m sla.Metric, priority int) bool {
	shortest := time.Duration(math.MaxInt64)
	for i := range c.s.SLA.Policies {
		for _, t := range c.s.SLA.Policies[i].Targets {
			if t.Metric == m && priority < len(t.Within) && t.Within[priority] != sla.None {
				shortest = min(shortest, t.Within[priority])
			}
		}
	}
	return within > shortest
}
