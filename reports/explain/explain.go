// Package explain tells the story of single tickets: what happened to them, and how each of their clocks
// came out, with the policies and calendars that made it so.
package explain

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/elapsed"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// Stories are what there is to tell about some tickets, one by one.
type Stories struct {
	Scenario *model.Scenario // its names, policies and calendars
	Source   Source
	Choice   string        // why these tickets, in words
	Until    time.Duration // from when their clocks are seen
	Tickets  []Story
}

// Source is where the tickets come from: a log, or a trial.
type Source struct {
	Log         string // the name of the file; empty for a trial
	Seed        uint64
	Replication int // counted from 1
}

// String is the source in words.
func (s Source) String() string {
	if s.Log != "" {
		return s.Log
	}
	return fmt.Sprintf("replication %d with seed %d", s.Replication, s.Seed)
}

// Story is one ticket: all its events, and how its clocks came out.
type Story struct {
	Events []ticket.Event
	Clocks []sla.Explanation // as sla.Rules.Explain gives them
	Went   []elapsed.Parts   // beside Clocks: where the time of each went
}

// Text writes the stories for people: of every ticket the timeline, then its clocks, one
// after the other, with why they came out as they did. Instants are in the zone of the
// scenario, those of a clock in the zone of its calendar.
func Text(w io.Writer, x *Stories, o document.Options) error {
	p := &page{
		Stories: x, w: w, axis: calendar.Axis{Origin: x.Scenario.Time.Start},
		style: o.Style(),
	}
	for i := range x.Tickets {
		if i > 0 {
			p.text("\n")
		}
		p.ticket(&x.Tickets[i])
	}
	return p.err
}

// mostWidth is how wide the text of a story may be in a window that is wider.
const mostWidth = 100

// page writes stories. Its first error stops it.
type page struct {
	*Stories
	w     io.Writer
	axis  calendar.Axis
	style table.Style
	notes table.Notes // there are none, but tables want them
	err   error
}

func (p *page) do(write func() error) {
	if p.err == nil {
		p.err = write()
	}
}

func (p *page) text(s string) {
	p.do(func() error { _, err := io.WriteString(p.w, s); return err })
}

// inset is the style of what stands below a heading.
func (p *page) inset() table.Style {
	s := p.style
	s.Indent = 2
	if s.Width > 0 {
		s.Width = min(s.Width, mostWidth)
	}
	return s
}

func (p *page) heading(s string) {
	p.text("\n")
	p.do(func() error { return table.Heading(p.w, s, p.style) })
}

func (p *page) table(t *table.Table) {
	p.do(func() error { return t.WriteText(p.w, p.inset(), &p.notes) })
}

// labels is the room for what stands before the lines of a clock.
const labels = 12

// line writes a text behind a label, wrapped beside it.
func (p *page) line(label, s string) {
	style := p.inset()
	style.Indent = labels
	p.do(func() error {
		var b strings.Builder
		if err := table.Paragraph(&b, s, style, 0); err != nil {
			return err
		}
		_, err := fmt.Fprintf(p.w, "%-*s%s", labels, "  "+label, strings.TrimPrefix(b.String(), strings.Repeat(" ", labels)))
		return err
	})
}

// local is an instant on the clock of a zone.
func (p *page) local(at time.Duration, zone *time.Location) string {
	return format.Clock(p.axis.At(at).In(zone))
}

func (p *page) zone() *time.Location { return p.axis.Origin.Location() }

// ticket tells of one ticket.
func (p *page) ticket(s *Story) {
	first := s.Events[0]
	p.do(func() error {
		return table.Heading(p.w, format.Join(ticketlog.FormatID(first.Ticket), p.class(first.Class)), p.style)
	})
	head := []string{p.Scenario.Name, p.Source.String(), p.Choice}
	switch {
	case p.Source.Log != "":
	case first.At < 0:
		head = append(head, "open at the start: counted apart")
	case first.At < p.Scenario.Time.Warmup:
		head = append(head, "created in the warm-up: in no count of the report")
	}
	p.do(func() error { return table.Paragraph(p.w, format.Join(head...), p.style, 2) })
	p.timeline(s)
	for _, group := range p.groups(s.Clocks) {
		p.clock(group, s)
	}
	for _, m := range unpromised(&p.Scenario.SLA, s.Clocks) {
		p.heading(m.String() + ": no clock")
		p.others(m, nil, s)
	}
}

// class is a class in words.
func (p *page) class(c ticket.Class) string {
	n := &p.Scenario.Names
	words := []string{n.Issues[c.Issue], n.Channels[c.Channel], "tier " + n.Tiers[c.Tier], "priority " + n.Priorities[c.Priority]}
	if account := n.AccountName(c.Account); account != "" {
		words = append(words, "account "+account)
	}
	return format.Join(words...)
}

// timeline tells what happened.
func (p *page) timeline(s *Story) {
	p.heading("What happened (" + p.zone().String() + ")")
	t := &table.Table{Columns: []table.Column{{Head: "local time"}, {Head: "after"}, {Head: "what"}, {Head: "status"}, {Head: "who"}}}
	add := func(at time.Duration, what, status, who string) {
		t.Add(table.Text(p.local(at, p.zone())), table.Text(format.Exact(at-s.Events[0].At)), table.Text(what), table.Text(status), table.Text(who))
	}
	for i, e := range s.Events {
		var before *ticket.Event
		if i > 0 {
			before = &s.Events[i-1]
		}
		add(e.At, happening(p.Scenario, before, e), e.Status.String(), actor(&p.Scenario.Names, e))
	}
	if last := s.Events[len(s.Events)-1]; last.Status < ticket.Solved {
		add(p.Until, "here the view ends", last.Status.String(), format.Missing)
	}
	p.table(t)
}

// groups puts the explanations together that were judged together, the one that governs
// first. Rules that judge every policy by itself have groups of one.
func (p *page) groups(clocks []sla.Explanation) [][]sla.Explanation {
	var groups [][]sla.Explanation
	for _, x := range clocks {
		last := len(groups) - 1
		if last >= 0 && p.Scenario.SLA.Resolve != sla.All && samePromise(groups[last][0].Result, x.Result) && groups[last][0].Round == x.Round {
			groups[last] = append(groups[last], x)
			continue
		}
		groups = append(groups, []sla.Explanation{x})
	}
	for _, g := range groups {
		slices.SortStableFunc(g, func(a, b sla.Explanation) int { return cmp.Compare(below(a), below(b)) })
	}
	return groups
}

// samePromise reports whether two verdicts are on one promise, by whichever policy.
func samePromise(a, b sla.Result) bool {
	return a.Metric == b.Metric && a.Owner == b.Owner && a.Until == b.Until
}

// promise is what a verdict is about, in words.
func promise(n *ticket.Names, r sla.Result) string {
	name := r.Metric.String()
	if team := r.Owner.Team(); team != ticket.NoTeam {
		name += " of " + n.Teams[team]
	}
	if r.Until == sla.Taken {
		name += " until taken"
	}
	return name
}

func below(x sla.Explanation) int {
	if x.Governs {
		return 0
	}
	return 1
}

// clock tells of the clocks for one promise, the first of which counts.
func (p *page) clock(group []sla.Explanation, s *Story) {
	x := group[0]
	policy := &p.Scenario.SLA.Policies[x.Policy]
	cal := p.Scenario.Calendars[policy.Calendar]
	zone := p.zone()
	if !cal.Always {
		zone = cal.Zone
	}
	name := promise(&p.Scenario.Names, x.Result)
	if x.Metric.InRounds() || x.Round > 1 {
		name += fmt.Sprintf(", round %d", x.Round)
	}
	p.heading(name + ": " + cameOut(x))
	p.line("policy", x.Why)
	for _, other := range group[1:] {
		p.rival(other, x)
	}
	p.others(x.Metric, group, s)
	p.line("calendar", calendarWords(cal, zone != p.zone()))
	p.line("target", p.target(policy, x, cal))
	p.line("start", p.local(x.Start, zone))
	if x.Comes && x.Verdict != sla.Unjudged {
		p.line("due", p.local(x.Due, zone))
	}
	switch {
	case x.Broken && x.Verdict != sla.Unjudged:
		p.line("breach", p.local(x.Breach, zone))
	case x.Verdict == sla.Met:
		p.line("breach", "none")
	}
	if x.Ended {
		p.line("end", p.local(x.End, zone))
	}
	if x.Verdict != sla.Unjudged {
		p.line("counted", format.Exact(x.Elapsed)+workingOn(cal))
	}
	if went := p.went(s, &x); went != "" {
		p.line("went into", went)
	}
	p.line("wait", wait(x))
	if len(x.Segments) > 0 {
		p.segments(x, zone)
	}
}

// went says where the time of a clock went, the most of it first.
func (p *page) went(s *Story, x *sla.Explanation) string {
	i := slices.IndexFunc(s.Clocks, func(y sla.Explanation) bool {
		return samePromise(x.Result, y.Result) && x.Policy == y.Policy && x.Round == y.Round
	})
	if i < 0 || i >= len(s.Went) || x.Verdict == sla.Unjudged {
		return ""
	}
	parts := s.Went[i]
	var order []elapsed.Part
	for k := range parts {
		if parts[k] != 0 {
			order = append(order, elapsed.Part(k))
		}
	}
	slices.SortStableFunc(order, func(a, b elapsed.Part) int { return cmp.Compare(parts[b], parts[a]) })
	said := make([]string, len(order))
	for k, part := range order {
		said[k] = format.Exact(parts[part]) + " " + part.Says()
	}
	return format.List(said)
}

// rival tells of a policy that promised the same and does not count. Where its due instant
// has been compared with that of the policy that counts, the two say why.
func (p *page) rival(x, governs sla.Explanation) {
	policy := &p.Scenario.SLA.Policies[x.Policy]
	cal := p.Scenario.Calendars[policy.Calendar]
	parts := []string{fmt.Sprintf("%s promises %s on calendar %s", policy.Name, format.Exact(x.Within), cal.Name)}
	if x.Relaxed > 0 {
		parts[0] += ", relaxed from " + format.Exact(x.Usual)
	}
	if x.Comes {
		parts = append(parts, "due "+p.local(x.Due, p.zone()))
	}
	if !x.Comes || !governs.Comes || x.Why != governs.Why && x.Due == governs.Due {
		parts = append(parts, x.Why)
	}
	p.line("not", format.Join(parts...))
}

// others tells of the policies that promise nothing here, those with one reason together.
func (p *page) others(m sla.Metric, group []sla.Explanation, s *Story) {
	var reasons []string
	names := map[string][]string{}
	for i := range p.Scenario.SLA.Policies {
		if slices.ContainsFunc(s.Clocks, func(x sla.Explanation) bool {
			return x.Metric == m && x.Policy == i && (group == nil || p.Scenario.SLA.Resolve == sla.All || x.Round == group[0].Round)
		}) {
			continue
		}
		if group != nil && speaksOfOther(&p.Scenario.SLA.Policies[i], group[0].Result) {
			continue
		}
		why := whyNot(p.Scenario, i, m, s.Events)
		if names[why] == nil {
			reasons = append(reasons, why)
		}
		names[why] = append(names[why], p.Scenario.SLA.Policies[i].Name)
	}
	for _, why := range reasons {
		p.line("not", format.List(names[why])+": "+why)
	}
}

// speaksOfOther reports whether a policy promises the metric of a verdict to another team, or
// until another moment.
func speaksOfOther(p *sla.Policy, r sla.Result) bool {
	return slices.ContainsFunc(p.Targets, func(t sla.Target) bool {
		return t.Metric == r.Metric && (t.Owner != r.Owner || t.Until != r.Until)
	})
}

// target is what was promised.
func (p *page) target(policy *sla.Policy, x sla.Explanation, cal *calendar.Calendar) string {
	s := format.Exact(x.Within) + workingOn(cal)
	for _, t := range policy.Targets {
		if t.Metric == x.Metric && t.Share > 0 {
			s += ", for " + format.Percent(t.Share) + " of all"
		}
	}
	if x.Relaxed > 0 {
		r := &p.Scenario.SLA.Relaxations[x.Relaxed-1]
		s += fmt.Sprintf("; relaxed from %s by %s, announced %s", format.Exact(x.Usual), r.Name, p.local(r.Announced, p.zone()))
	}
	return s
}

// segments tells what the clock did.
func (p *page) segments(x sla.Explanation, zone *time.Location) {
	t := &table.Table{Columns: []table.Column{{Head: "from"}, {Head: "to"}, {Head: "the clock"}, {Head: "counts", Align: table.Right}}}
	for _, g := range x.Segments {
		counted := format.Missing
		if g.State == sla.Running || g.State == sla.Discarded {
			counted = format.Exact(g.To - g.From)
		}
		t.Add(table.Text(p.local(g.From, zone)), table.Text(p.local(g.To, zone)), table.Text(stateWords[g.State]), table.Text(counted))
	}
	p.text("\n")
	p.table(t)
}
