package model

import (
	"fmt"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Exception is the record of a time for which somebody has decided that promises count
// differently: an outage, force majeure, a launch, a documented limit of capacity. It
// affects the tickets of its match that are created from From until before Until, both
// since the scenario's start. It changes nothing of what the desk does, or of what
// the customers live through, only what is made of it afterwards; results are shown
// with and without it.
type Exception struct {
	Name        string
	Reason      string // for people
	ApprovedBy  string // for people
	From, Until time.Duration
	Match       sla.Match
	Do          ExceptionEffect
	By          float64 // what targets are multiplied by, for Relax
}

// Affects reports whether tickets of a class that are created at an instant are affected.
func (e *Exception) Affects(c ticket.Class, created time.Duration) bool {
	return e.From <= created && created < e.Until && e.Match.Matches(c)
}

// Whom says in words which tickets are affected: "tier gold or silver, channel chat".
func (e *Exception) Whom(n *ticket.Names) string { return Whom(&e.Match, n) }

// Whom says in words which tickets match.
func Whom(m *sla.Match, n *ticket.Names) string {
	var parts []string
	add := func(what string, words []string) {
		if len(words) > 0 {
			parts = append(parts, what+" "+strings.Join(words, " or "))
		}
	}
	add("tier", wordsOf(n.Tiers, m.Tiers))
	add("account", wordsOf(n.Accounts, m.Accounts))
	add("channel", wordsOf(n.Channels, m.Channels))
	add("issue", wordsOf(n.Issues, m.Issues))
	add("priority", wordsOf(n.Priorities, m.Priorities))
	if len(parts) == 0 {
		return "every ticket"
	}
	return strings.Join(parts, ", ")
}

// Does says in words what the exception does: "relax ×2".
func (e *Exception) Does() string {
	if e.Do == Relax {
		return e.Do.String() + " ×" + plain(e.By)
	}
	return e.Do.String()
}

func wordsOf[T ~uint8 | ~uint16 | ~int16](names []string, list []T) []string {
	words := make([]string, len(list))
	for i, x := range list {
		words[i] = wordOf(names, x)
	}
	return words
}

// ExceptionEffect is what an exception does to the clocks of the tickets that it
// affects. Where several exceptions affect a ticket, Exclude is the strongest and SuspendCredits
// the weakest; of several that relax, the one with the largest factor counts.
type ExceptionEffect uint8

const (
	// Exclude: they count in no breach rate, no attainment and no credit.
	Exclude ExceptionEffect = iota
	// SuspendCredits: they count in breach rate and attainment, but credits are
	// worked out without them.
	SuspendCredits
	// Relax: they are judged once more, against the target of the policy that governed times
	// By. A clock that was late and is within that counts as met, one that is still open
	// and not yet past it as undecided. What can no longer be kept, such as a call that
	// was lost, stays breached.
	Relax
)

var effectNames = [...]string{"exclude", "suspend_credits", "relax"}

// String is the word of the scenario language.
func (e ExceptionEffect) String() string { return effectNames[e] }

// ExceptionEffectNames lists the words of all effects, by ExceptionEffect.
func ExceptionEffectNames() []string { return append([]string(nil), effectNames[:]...) }

// exceptions checks the exceptions.
func (c *checker) exceptions() {
	all := c.s.Exceptions
	const section = "exceptions"
	names := make([]string, len(all))
	for i := range all {
		names[i] = all[i].Name
	}
	c.unique("exception", names, func(i int) string { return entry(section, names[i], i) })
	for i := range all {
		e := &all[i]
		path := entry(section, e.Name, i)
		c.record(e, path)
		switch {
		case e.Do > Relax:
			c.report(path+".do", fmt.Sprintf("unknown effect %d", e.Do), "want "+list(ExceptionEffectNames()))
		case e.Do == SuspendCredits && len(c.s.Contracts) == 0:
			c.report(path+".do", "there is no contract whose credits could be suspended", "write do: exclude, or add a contract")
		case e.Do == Relax:
			c.number(path+".by", "the factor of an exception that relaxes", e.By, bounds{low: 1, high: mostRelaxed, lowOpen: true}, plain, "such as by: x2")
		case e.By != 0:
			c.report(path+".by", fmt.Sprintf("a factor is for exceptions that relax, this one does %s", e.Do), "write do: relax")
		}
		if c.sound(func() { c.match(&e.Match, func(attribute string) string { return path + ".match." + attribute }) }) && !c.brought(&e.Match) {
			c.report(path+".match", "the exception affects none of the tickets that the demand brings", "")
		}
	}
}

// record checks what makes an exception one that somebody can stand up for: why, by
// whom, from when until when.
func (c *checker) record(e *Exception, path string) {
	if strings.TrimSpace(e.Reason) == "" {
		c.report(path+".reason", "no reason is given", "such as reason: outage of the provider")
	}
	if strings.TrimSpace(e.ApprovedBy) == "" {
		c.report(path+".approved_by", "nobody has approved it", "such as approved_by: J. Doe")
	}
	t := &c.s.Time
	switch {
	case e.Until <= e.From:
		c.report(path+".until", fmt.Sprintf("the exception ends at %s, but begins at %s", c.local(e.Until), c.local(e.From)), "until must lie after from")
	case e.From >= t.Length || e.Until <= t.Warmup:
		c.report(path+".from", fmt.Sprintf("the exception lies outside the measured time, from %s until %s", c.local(e.From), c.local(e.Until)),
			fmt.Sprintf("measured is from %s to %s", c.local(t.Warmup), c.local(t.Length)))
	}
}

// brought reports whether the demand brings tickets that match. Where triage makes
// mistakes any priority can come.
func (c *checker) brought(match *sla.Match) bool {
	m := *match
	if c.s.Triage.Wrong > 0 {
		m.Priorities = nil
	}
	classes := c.classes()
	for _, class := range classes {
		if m.Matches(class.Class) {
			return true
		}
	}
	return len(classes) == 0 // which has been reported
}
