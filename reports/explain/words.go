package explain

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/reports/format"
)

// stateWords say what a clock does, by sla.State.
var stateWords = [...]string{
	sla.Running: "running", sla.OutOfHours: "calendar closed", sla.Paused: "paused",
	sla.Solved: "stopped: solved", sla.Discarded: "counted, then restarted",
}

// happening is an event in words; before is the one before it, nil for the first.
func happening(s *model.Scenario, before *ticket.Event, e ticket.Event) string {
	live := s.Channels[e.Class.Channel].Live
	wasSolved := before != nil && before.Status >= ticket.Solved
	switch e.Kind {
	case ticket.Created:
		if live {
			return "the customer gets in touch"
		}
		return "the customer writes"
	case ticket.Message:
		if wasSolved {
			return "the customer writes again: reopened"
		}
		if before != nil && before.Status < ticket.Pending {
			return "the customer writes again, without an answer so far"
		}
		return "the customer writes again"
	case ticket.Started:
		return "an agent takes it in hand"
	case ticket.Replied:
		if e.Status >= ticket.Solved {
			return "the agent replies, and it is solved"
		}
		return "the agent replies"
	case ticket.Returned:
		return "it goes back to the queue"
	case ticket.StatusSet:
		// A status that is set to what it was is what the desk does by itself.
		if before != nil && before.Status == e.Status {
			switch {
			case e.Status == ticket.Pending && len(s.Issues[e.Class.Issue].Reply.Remind) > 0:
				return "a reminder goes to the customer"
			case live && s.Channels[e.Class.Channel].Callback > 0:
				return "the customer leaves the line, to be called back"
			}
		}
		return "it is set to " + e.Status.String()
	case ticket.Abandoned:
		return "the customer gives up and leaves"
	case ticket.Noted:
		if e.Team == ticket.NoTeam {
			return noteWords(s.Escalations)
		}
		return "an internal note"
	case ticket.Assigned:
		if e.Team == ticket.NoTeam {
			return "no team is responsible any longer"
		}
		return passed(before, e) + "team " + s.Names.Teams[e.Team] + " becomes responsible"
	case ticket.Reclassified:
		return changes(&s.Names, before, e)
	}
	return e.Kind.String()
}

// noteWords says what an internal note may be about: a log does not tell which rung of the
// ladder it is.
func noteWords(ladder []model.Rung) string {
	isReview := func(r model.Rung) bool { return r.Repeat.Breaches > 0 }
	isStep := func(r model.Rung) bool { return !isReview(r) }
	var about []string
	if slices.ContainsFunc(ladder, isStep) {
		about = append(about, "it is escalated")
	}
	if slices.ContainsFunc(ladder, isReview) {
		about = append(about, "repeated breaches are reviewed")
	}
	if len(about) == 0 {
		return "an internal note"
	}
	return "an internal note: " + strings.Join(about, ", or ")
}

// passed says that a ticket changes hands: with the reply before it, it is handed off,
// and with the note of an agent before it, it comes back.
func passed(before *ticket.Event, e ticket.Event) string {
	switch {
	case before == nil || before.At != e.At || e.Status >= ticket.Solved:
		return ""
	case before.Kind == ticket.Replied:
		return "it is handed off: "
	case before.Kind == ticket.Noted && before.Team != ticket.NoTeam:
		return "it comes back: "
	}
	return ""
}

// changes says what a change of class has changed.
func changes(n *ticket.Names, before *ticket.Event, e ticket.Event) string {
	if before == nil {
		return "its class changes"
	}
	var parts []string
	add := func(what, from, to string) {
		if from != to {
			parts = append(parts, fmt.Sprintf("%s %s → %s", what, from, to))
		}
	}
	a, b := before.Class, e.Class
	add("priority", n.Priorities[a.Priority], n.Priorities[b.Priority])
	add("issue", n.Issues[a.Issue], n.Issues[b.Issue])
	add("tier", n.Tiers[a.Tier], n.Tiers[b.Tier])
	add("channel", n.Channels[a.Channel], n.Channels[b.Channel])
	add("account", nobody(n.AccountName(a.Account)), nobody(n.AccountName(b.Account)))
	if len(parts) == 0 {
		return "its class is confirmed"
	}
	return strings.Join(parts, ", ")
}

func nobody(account string) string {
	if account == "" {
		return format.Missing
	}
	return account
}

// actor is who did what happened.
func actor(n *ticket.Names, e ticket.Event) string {
	switch e.Kind {
	case ticket.Created, ticket.Message, ticket.Abandoned:
		return "customer"
	case ticket.Assigned:
		return "desk"
	}
	switch {
	case e.Team != ticket.NoTeam && e.Agent >= 0:
		return fmt.Sprintf("%s, agent %d", n.Teams[e.Team], e.Agent)
	case e.Team != ticket.NoTeam:
		return n.Teams[e.Team]
	case e.Agent >= 0:
		return fmt.Sprintf("agent %d", e.Agent)
	}
	return "desk"
}

// cameOut is how a clock came out.
func cameOut(x sla.Explanation) string {
	over := x.Elapsed - x.Within
	switch {
	case x.Verdict == sla.Met:
		return "met with " + format.Exact(-over) + " to spare"
	case x.Verdict == sla.Undecided:
		return "still open, with " + format.Exact(-over) + " left"
	case x.Verdict == sla.Unjudged:
		return "not judged"
	case x.Kept && x.Verdict == sla.Overdue:
		return "still open and breached, under an earlier target"
	case x.Kept:
		return "breached, under an earlier target"
	case over <= 0:
		return "breached: it can no longer be kept"
	case x.Verdict == sla.Overdue:
		return "still open and overdue by " + format.Exact(over)
	}
	return "breached by " + format.Exact(over)
}

// workingOn is what makes a time one of working time.
func workingOn(c *calendar.Calendar) string {
	if c.Always {
		return ""
	}
	return " of working time on " + c.Name
}

// wait is what the customer's own clock shows, and what it is made up of.
func wait(x sla.Explanation) string {
	s := format.Exact(x.End-x.Start) + " by the clock on the wall"
	if !x.Ended {
		s += " so far"
	}
	var sums [len(stateWords)]time.Duration
	for _, g := range x.Segments {
		sums[g.State] += g.To - g.From
	}
	var parts []string
	for state, sum := range sums {
		if sum > 0 {
			parts = append(parts, stateWords[state]+" "+format.Exact(sum))
		}
	}
	if len(parts) > 1 {
		s += ": " + strings.Join(parts, ", ")
	}
	return s
}

// whyNot says why a policy has no clock for a metric of a ticket.
func whyNot(s *model.Scenario, policy int, m sla.Metric, events []ticket.Event) string {
	p := &s.SLA.Policies[policy]
	last := events[len(events)-1]
	if s.SLA.Change == sla.Freeze {
		last = events[0]
	}
	i := slices.IndexFunc(p.Targets, func(t sla.Target) bool { return t.Metric == m })
	switch {
	case i < 0:
		return "no promise of " + m.String()
	case !p.Match.Matches(last.Class):
		return "only for " + matchWords(&p.Match, &s.Names, last.Class)
	case p.Targets[i].Owner != 0 && !slices.ContainsFunc(events, func(e ticket.Event) bool {
		return e.Kind == ticket.Assigned && e.Team == p.Targets[i].Owner.Team()
	}):
		return "only for what team " + s.Names.Teams[p.Targets[i].Owner.Team()] + " has, which never had it"
	case m == sla.Answer && !s.Channels[last.Class.Channel].Live:
		return "this is promised on live channels only"
	case s.SLA.Resolve == sla.FirstMatch && slices.ContainsFunc(s.SLA.Policies[:policy], func(q sla.Policy) bool {
		return q.Match.Matches(last.Class) && slices.ContainsFunc(q.Targets, func(t sla.Target) bool { return t.Metric == m })
	}):
		return "a policy before it matches, and the first one counts"
	case p.Targets[i].Within[last.Class.Priority] == sla.None:
		return "best effort for priority " + s.Names.Priorities[last.Class.Priority]
	}
	return "there was nothing to wait for while it applied"
}

// matchWords is the part of a match that a class does not meet.
func matchWords(m *sla.Match, n *ticket.Names, c ticket.Class) string {
	var parts []string
	add := func(what string, names []string, has bool) {
		if len(names) > 0 && !has {
			parts = append(parts, what+" "+strings.Join(names, " or "))
		}
	}
	add("channel", named(n.Channels, m.Channels), slices.Contains(m.Channels, c.Channel))
	add("issue", named(n.Issues, m.Issues), slices.Contains(m.Issues, c.Issue))
	add("tier", named(n.Tiers, m.Tiers), slices.Contains(m.Tiers, c.Tier))
	add("priority", named(n.Priorities, m.Priorities), slices.Contains(m.Priorities, c.Priority))
	add("account", named(n.Accounts, m.Accounts), slices.Contains(m.Accounts, c.Account))
	return format.List(parts)
}

func named[T ~uint8 | ~uint16](names []string, list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = names[x]
	}
	return out
}

// unpromised are the metrics that some policy speaks of and that have no clock.
func unpromised(r *sla.Rules, clocks []sla.Explanation) []sla.Metric {
	var out []sla.Metric
	for m := range sla.Metrics {
		spoken := slices.ContainsFunc(r.Policies, func(p sla.Policy) bool {
			return slices.ContainsFunc(p.Targets, func(t sla.Target) bool { return t.Metric == m })
		})
		if spoken && !slices.ContainsFunc(clocks, func(x sla.Explanation) bool { return x.Metric == m }) {
			out = append(out, m)
		}
	}
	return out
}

// calendarWords is a calendar in one line.
func calendarWords(c *calendar.Calendar, sayZone bool) string {
	if c.Always {
		return c.Name + ": around the clock"
	}
	var days []string
	for from := 0; from < 7; {
		to := from + 1
		for to < 7 && slices.Equal(c.Week[weekday(to)], c.Week[weekday(from)]) {
			to++
		}
		if hours := c.Week[weekday(from)]; len(hours) > 0 {
			days = append(days, dayRange(from, to-1)+" "+spanWords(hours))
		}
		from = to
	}
	s := c.Name + ": " + strings.Join(days, ", ")
	if len(c.Breaks) > 0 {
		s += ", without " + spanWords(c.Breaks)
	}
	if n := len(c.Closed); n > 0 {
		s += ", closed on " + format.Plural(n, "date", "dates")
	}
	if n := len(c.Override); n > 0 {
		s += ", other hours on " + format.Plural(n, "date", "dates")
	}
	if sayZone {
		s += " (" + c.Zone.String() + ")"
	}
	return s
}

// weekday is a day of the week that begins on Monday.
func weekday(i int) time.Weekday { return time.Weekday((i + 1) % 7) }

func dayRange(from, to int) string {
	name := func(i int) string { return weekday(i).String()[:3] }
	if from == to {
		return name(from)
	}
	return name(from) + "–" + name(to)
}

func spanWords(spans []calendar.Span) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = wallTime(s.From) + "–" + wallTime(s.To)
	}
	return strings.Join(parts, " and ")
}

func wallTime(minute int) string {
	after := ""
	if minute > 24*60 {
		minute, after = minute-24*60, " on the next day"
	}
	return fmt.Sprintf("%02d:%02d%s", minute/60, minute%60, after)
}
