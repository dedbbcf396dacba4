package model

import (
	"fmt"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/sla"
)

// contracts checks all contracts. clocks says whether calendars and policies are
// sound, so that it can be worked out which tickets have clocks.
func (c *checker) contracts(clocks bool) {
	all := c.s.Contracts
	names := make([]string, len(all))
	for i := range all {
		names[i] = all[i].Name
	}
	c.unique("contract", names, func(i int) string { return entry("contracts", names[i], i) })
	for i := range all {
		k := &all[i]
		path := entry("contracts", k.Name, i)
		c.contractTerms(k, path)
		if !c.sound(func() { c.match(&k.Match, func(attribute string) string { return path + "." + attribute }) }) {
			continue
		}
		if !c.covered(k, path) || !clocks {
			continue
		}
		c.promises(k, path)
		for j := range k.Alternatives {
			a := &k.Alternatives[j]
			at := path + ".alternatives." + a.Name
			c.contractTerms(a, at)
			c.promises(a, at)
		}
	}
}

// promises checks the levels of a contract against the clocks of its tickets.
func (c *checker) promises(k *contract.Contract, path string) {
	for j := range k.Levels {
		if l := &k.Levels[j]; l.Metric < sla.Metrics {
			c.promise(k, l, levelPath(k, path, j))
		}
	}
}

// levelPath is the place of a level: a contract of one is written without a list.
func levelPath(k *contract.Contract, path string, level int) string {
	if len(k.Levels) > 1 {
		return entry(path+".levels", k.Levels[level].Name, level+1)
	}
	return path
}

// examples of what was meant, by the field that is wrong.
var contractHints = map[string]string{
	"fee": "such as fee: 18000 USD/month", "promise": "such as promise: 95% of resolution", "per": "want week, month, quarter or year",
	"credit": "such as credit: 10% per 1% below", "cap": "such as cap: 50%", "pool": "such as pool: 12%", "allocation": "such as allocation: 40%",
	"points": "such as points: [2% from 2 points, 5% from 5 points]", "repeats": "such as repeats: 10%, 15% within 3 periods",
	"earn_back": "such as earn_back: 98% in 2 periods", "exit": "such as exit: 3 misses in 6 periods",
}

// contractTerms checks what a contract says by itself, and that its money is the scenario's.
func (c *checker) contractTerms(k *contract.Contract, path string) {
	switch {
	case k.Fee.Currency == "" || c.s.Currency == "":
		c.report(path+".fee", fmt.Sprintf("the fee is %v, but the scenario's currency is not said", k.Fee), contractHints["fee"])
	case k.Fee.Currency != c.s.Currency:
		c.report(path+".fee", fmt.Sprintf("the fee is %v, but the scenario's money is in %s", k.Fee, c.s.Currency), "use one currency throughout")
	}
	for _, p := range k.Check() {
		at := path
		if p.Level >= 0 {
			at = levelPath(k, path, p.Level)
		}
		c.report(at+"."+p.Field, p.Text, contractHints[p.Field])
	}
}

// covered checks that the demand brings tickets that a contract covers.
func (c *checker) covered(k *contract.Contract, path string) bool {
	for _, class := range c.classes() {
		if k.Match.Matches(class.Class) {
			return true
		}
	}
	c.report(path, "the contract covers none of the tickets that the demand brings", "give its account a share of a stream, such as share: 3% of orders-by-email")
	return false
}

// promise checks that the tickets of a contract have the clock that a level is judged by.
func (c *checker) promise(k *contract.Contract, l *contract.Level, path string) {
	lines := make([]sla.Line, len(c.s.Calendars))
	for _, class := range c.classes() {
		ch := &c.s.Channels[class.Channel]
		if k.Match.Matches(class.Class) && c.s.SLA.Terms(class.Class, lines, ch.Live, ch.ShortAbandon).Promises(l.Metric) {
			return
		}
	}
	c.report(path+".promise", fmt.Sprintf("the contract promises %s, but no policy sets a target for %s on its tickets",
		l.Promise(), l.Metric), fmt.Sprintf("add %s to a policy that matches them", l.Metric))
}
