package model

import (
	"fmt"
	"math"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Triage says which priority a ticket gets when it comes.
type Triage struct {
	// Keywords are classes of words that rules can ask for, at most MostKeywords.
	Keywords []Keyword
	// Rules give a priority to the tickets that they match; the first that
	// matches counts. A rule sees the priority of the ticket's issue. Without a rule
	// that priority is the ticket's.
	Rules []PriorityRule
	// Wrong is the share of tickets whose priority is at first a step too high or
	// too low, either way equally often where both exist. The first agent who takes
	// such a ticket puts it right; what that does to its clocks is SLA.Change.
	Wrong float64
	// Replays says that replayed tickets are mistaken so too, of which the history says
	// what they were in the end. Otherwise they have from the start the priority that it says.
	Replays bool
}

// Keyword is a class of words by which triage knows a ticket, such as "down", "outage" and
// "cannot log in". Which of them a ticket's text holds is drawn when it comes, class by
// class, and decides on nothing but the priority. Replayed tickets have the priority that
// their history says.
type Keyword struct {
	Name string
	// Shares are, by issue, the shares of tickets in which such words occur.
	Shares []float64
}

// MostKeywords is how many classes of words there can be.
const MostKeywords = 8

// Keywords is a set of classes of words, one bit each, by index into Triage.Keywords.
type Keywords uint8

// Has reports whether class i is in the set.
func (set Keywords) Has(i int) bool { return set>>i&1 != 0 }

// With is the set with class i added.
func (set Keywords) With(i int) Keywords { return set | 1<<i }

// PriorityRule gives the tickets that it matches a priority.
type PriorityRule struct {
	Match    sla.Match
	Keywords Keywords // the ticket has words of at least one of these classes; empty: any ticket
	Priority ticket.Priority
}

// PriorityOf is the right priority of a ticket with these attributes, whatever
// priority is among them, and with words of these classes in its text.
func (s *Scenario) PriorityOf(c ticket.Class, words Keywords) ticket.Priority {
	c.Priority = s.Issues[c.Issue].Priority
	for i := range s.Triage.Rules {
		r := &s.Triage.Rules[i]
		if (r.Keywords == 0 || r.Keywords&words != 0) && r.Match.Matches(c) {
			return r.Priority
		}
	}
	return c.Priority
}

// WordsOf lists the sets of classes of words that tickets of an issue can have, each once.
func (s *Scenario) WordsOf(issue ticket.Issue) []Keywords {
	all := []Keywords{0}
	for i := range s.Triage.Keywords[:min(MostKeywords, len(s.Triage.Keywords))] {
		shares := s.Triage.Keywords[i].Shares
		if int(issue) >= len(shares) || !(shares[issue] > 0) {
			continue
		}
		without := len(all)
		for _, set := range all[:without] {
			all = append(all, set.With(i))
		}
		if shares[issue] >= 1 {
			all = all[without:]
		}
	}
	return all
}

func (c *checker) triage() {
	t := &c.s.Triage
	if !(t.Wrong >= 0 && t.Wrong <= 1) {
		c.report("triage.wrong", fmt.Sprintf("the share of wrong priorities is %s", plain(t.Wrong)), "want a share from 0% to 100%")
	}
	if t.Wrong > 0 && !math.IsNaN(t.Wrong) && len(c.s.Names.Priorities) < 2 {
		c.report("triage.wrong", "there is only one priority, so none is wrong", "")
	}
	c.keywords(t.Keywords)
	for i := range t.Rules {
		r := &t.Rules[i]
		path := fmt.Sprintf("triage.rules[%d]", i+1)
		c.match(&r.Match, func(string) string { return path + ".match" })
		c.index(path+".priority", "priority", int(r.Priority), len(c.s.Names.Priorities))
		for k := range MostKeywords {
			if r.Keywords.Has(k) {
				c.index(path+".match.keyword", "keyword", k, len(t.Keywords))
			}
		}
	}
}

// keywords checks the classes of words.
func (c *checker) keywords(list []Keyword) {
	if len(list) > MostKeywords {
		c.report("triage.keywords", fmt.Sprintf("there are %d keywords, at most %d are possible", len(list), MostKeywords), "")
	}
	names := make([]string, len(list))
	for i := range list {
		names[i] = list[i].Name
	}
	path := func(i int) string { return "triage.keywords." + names[i] }
	c.unique("keyword", names, path)
	for i := range list {
		if n := len(list[i].Shares); n != len(c.s.Issues) {
			c.report(path(i), fmt.Sprintf("there are shares of %d issues, want one for each of %d", n, len(c.s.Issues)), "")
		}
		for _, share := range list[i].Shares {
			if !(share >= 0 && share <= 1) {
				c.report(path(i), fmt.Sprintf("the share of tickets with such words is %s", plain(share)), "want a share from 0% to 100%")
			}
		}
	}
}
