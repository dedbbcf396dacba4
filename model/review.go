package model

import (
	"fmt"
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Repeat makes a rung of the ladder a review of repeated breaches: what happens when the same
// account, tier or issue has had so many breaches of the rung's metric, the first of them
// less than Within before the last. A breach counts at the instant from which the promise is
// broken, or at the change of class that dates it back, whatever becomes of the ticket
// later. After a review the count begins afresh.
type Repeat struct {
	Breaches int // 0: the rung is about a single clock
	Within   time.Duration
	By       Subject
}

// Subject is what a review is about.
type Subject uint8

const (
	// ByAccount: the named accounts, each by itself. Tickets of nobody by name count nowhere.
	ByAccount Subject = iota
	// ByTier: the tiers, each by itself.
	ByTier
	// ByIssue: the issue types, each by itself.
	ByIssue
)

var subjectNames = [...]string{"account", "tier", "issue"}

// String is the word of the scenario language.
func (s Subject) String() string { return subjectNames[s] }

// SubjectNames lists the words of all subjects, by Subject.
func SubjectNames() []string { return append([]string(nil), subjectNames[:]...) }

// Of is the account, tier or issue of a class, by its number; false if it has none.
func (s Subject) Of(c ticket.Class) (int, bool) {
	switch s {
	case ByTier:
		return int(c.Tier), true
	case ByIssue:
		return int(c.Issue), true
	}
	return int(c.Account), c.Account != ticket.Anonymous
}

// Among is how many of them a scenario has.
func (s Subject) Among(n *ticket.Names) int {
	return [...]int{ByAccount: len(n.Accounts), ByTier: len(n.Tiers), ByIssue: len(n.Issues)}[s]
}

// words is when it happens, in words.
func (r *Repeat) words(m sla.Metric) string {
	return fmt.Sprintf("%d breaches of %s in %s by %s", r.Breaches, m, span(r.Within), r.By)
}

// mostRepeats bounds the memory of reviews.
const mostRepeats = 1000

// review checks a rung for repeated breaches.
func (c *checker) review(r *Rung, path string) {
	p := &r.Repeat
	if p.Breaches < 2 || p.Breaches > mostRepeats {
		c.report(path+".at", fmt.Sprintf("a review after %d breaches", p.Breaches), fmt.Sprintf("want 2 to %d breaches, such as 3 breaches of first_reply in 7d", mostRepeats))
	}
	if p.Within <= 0 || p.Within > math.MaxInt64/4 {
		c.report(path+".at", fmt.Sprintf("the breaches are counted over %s", span(p.Within)), "such as 3 breaches of first_reply in 7d")
	}
	switch {
	case p.By > ByIssue:
		c.report(path+".by", fmt.Sprintf("unknown subject %d", p.By), "want "+list(SubjectNames()))
	case p.By == ByAccount && len(c.s.Names.Accounts) == 0:
		c.report(path+".by", "no customer has a name, so no account is ever reviewed", "write by: tier or by: issue, or name accounts under demand or contracts")
	}
	if r.Do != Notify && r.Do <= Reassign {
		c.report(path+".do", fmt.Sprintf("a review is about many tickets, it cannot %s one", r.Do), "write do: notify")
	}
}
