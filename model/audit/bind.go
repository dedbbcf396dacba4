package audit

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

// Binding holds a log against promises that were written without it: it gives events of the log the
// numbers that the promises have for its words.
type Binding struct {
	// Scenario has the promises, and in its names the words of the log that they do not know.
	// To an unknown priority nothing is promised; what is unknown else matches a policy that does not ask for it.
	Scenario *model.Scenario
	// Unknown are the words of the log that the promises do not know, by what they name: priority, tier, channel.
	Unknown map[string][]string

	shift      time.Duration // what an instant of the log is later on the scenario's axis
	channels   []ticket.Channel
	issues     []ticket.Issue
	tiers      []ticket.Tier
	priorities []ticket.Priority
	accounts   []ticket.Account
	teams      []ticket.Team
	events     []ticket.Event
}

// Bind makes a binding of promises to a log, of which the instants are counted from an origin. The
// scenario itself is not changed.
func Bind(s *model.Scenario, log *ticket.Names, origin time.Time) *Binding {
	bound := *s
	b := &Binding{Scenario: &bound, Unknown: map[string][]string{}, shift: origin.Sub(s.Time.Start)}
	n := &bound.Names
	b.channels = joined[ticket.Channel](b, "channel", &n.Channels, log.Channels)
	b.issues = joined[ticket.Issue](b, "", &n.Issues, log.Issues)
	b.tiers = joined[ticket.Tier](b, "tier", &n.Tiers, log.Tiers)
	b.priorities = joined[ticket.Priority](b, "priority", &n.Priorities, log.Priorities)
	b.accounts = joined[ticket.Account](b, "", &n.Accounts, log.Accounts)
	b.teams = joined[ticket.Team](b, "", &n.Teams, log.Teams)
	bound.Channels, bound.Issues, bound.Teams = slices.Clone(s.Channels), slices.Clone(s.Issues), slices.Clone(s.Teams)
	for _, name := range n.Channels[len(s.Channels):] {
		bound.Channels = append(bound.Channels, work.Channel{Name: name})
	}
	for _, name := range n.Issues[len(s.Issues):] {
		bound.Issues = append(bound.Issues, work.Issue{Name: name})
	}
	for _, name := range n.Teams[len(s.Teams):] {
		bound.Teams = append(bound.Teams, staffing.Team{Name: name})
	}
	bound.SLA = widened(&s.SLA, len(n.Priorities))
	return b
}

// joined adds the words of a log to those that are known, and gives the number of each.
func joined[T ~uint8 | ~uint16 | ~int16](b *Binding, what string, known *[]string, log []string) []T {
	all := slices.Clone(*known)
	numbers := make([]T, len(log))
	place := make(map[string]int, len(all))
	for i, word := range all {
		place[word] = i
	}
	for i, word := range log {
		at, ok := place[word]
		if !ok {
			at = len(all)
			all = append(all, word)
			place[word] = at
			if what != "" {
				b.Unknown[what] = append(b.Unknown[what], word)
			}
		}
		numbers[i] = T(at)
	}
	*known = all
	return numbers
}

// widened is the rules with no promise to further priorities.
func widened(r *sla.Rules, priorities int) sla.Rules {
	out := *r
	out.Policies = slices.Clone(r.Policies)
	for i := range out.Policies {
		p := &out.Policies[i]
		p.Targets = slices.Clone(p.Targets)
		for j := range p.Targets {
			t := &p.Targets[j]
			t.Within = slices.Clone(t.Within)
			for len(t.Within) < priorities {
				t.Within = append(t.Within, sla.None)
			}
		}
	}
	out.Relaxations = slices.Clone(r.Relaxations)
	for i := range out.Relaxations {
		x := &out.Relaxations[i]
		x.Targets = slices.Clone(x.Targets)
		for j := range x.Targets {
			t := &x.Targets[j]
			t.Within, t.Factor = slices.Clone(t.Within), slices.Clone(t.Factor)
			for len(t.Within) < priorities {
				t.Within, t.Factor = append(t.Within, 0), append(t.Factor, 0)
			}
		}
	}
	return out
}

// At is an instant of the log on the scenario's axis.
func (b *Binding) At(d time.Duration) time.Duration { return d + b.shift }

// Events are events of the log as the promises see them, until the next call.
func (b *Binding) Events(log []ticket.Event) []ticket.Event {
	b.events = append(b.events[:0], log...)
	for i := range b.events {
		e := &b.events[i]
		e.At += b.shift
		c := &e.Class
		c.Channel, c.Issue, c.Tier, c.Priority = b.channels[c.Channel], b.issues[c.Issue], b.tiers[c.Tier], b.priorities[c.Priority]
		if c.Account != ticket.Anonymous {
			c.Account = b.accounts[c.Account]
		}
		if e.Team != ticket.NoTeam {
			e.Team = b.teams[e.Team]
		}
	}
	return b.events
}
