// Package terms writes the policies and schedules of help desks as the sections sla and calendars
// of a scenario. Each help desk's own reader says what they are; here is what they all become.
//
// A policy of a scenario counts on one calendar, one of a help desk may count each target on
// another: such a policy becomes several, one for each calendar.
//
// In most help desks the first policy that matches a ticket is all that it gets. In a scenario, with
// first_match, that is so promise by promise; so each policy says "best effort" for what it
// does not promise and a later one does.
package terms

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/draft"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
)

// Target is one promise of a policy, to tickets of one priority or of all.
type Target struct {
	Metric   sla.Metric
	Priority string // empty for all
	Within   time.Duration
	Calendar string // the name of a schedule; empty for the clock on the wall
	Pauses   []ticket.Status
}

// Policy is what is promised to the tickets that it matches.
type Policy struct {
	Name    string
	Match   Match
	Targets []Target
	Why     string
}

// Match is by tier, issue, channel, priority or account: each with the words of which a ticket
// must have one.
type Match map[string][]string

// Book is all that is promised.
type Book struct {
	Schedules []Schedule
	Policies  []Policy // the first one first, if they are to be tried in order
	Resolve   sla.Resolve
}

// refused are the characters that a scenario's names cannot have.
const refused = ".,:;=@()[]{}<>\"'`*&!|\\\n\r\t"

// Name is a text as a scenario can have it as a name: what has a meaning in the language is
// left out, and what is too long is cut.
func Name(text string) string {
	const most = 60
	text = strings.Map(func(r rune) rune {
		if strings.ContainsRune(refused, r) || r < ' ' || r == utf8.RuneError || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' || r == '\ufeff' {
			return ' '
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > most {
		cut := most
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = strings.TrimSpace(text[:cut])
	}
	if text == "" {
		return "unnamed"
	}
	return text
}

// names gives each text a name of its own.
type names struct {
	taken map[string]bool
}

func (n *names) of(text string) string {
	if n.taken == nil {
		n.taken = map[string]bool{}
	}
	base := Name(text)
	name := base
	for i := 2; n.taken[name]; i++ {
		name = fmt.Sprintf("%s %d", base, i)
	}
	n.taken[name] = true
	return name
}

// Write puts the sections into the parts of a scenario.
func (b *Book) Write(parts *draft.Map) {
	calendars := b.writeSchedules(parts)
	if len(b.Policies) == 0 {
		return
	}
	sla := parts.Map("sla", "")
	sla.Set("resolve", b.Resolve.String(), "")
	b.writePolicies(sla.List("policies", ""), calendars)
}

// part is what a policy promises on one calendar.
type part struct {
	calendar   string
	priorities []string // if it is for these alone
	targets    []Target
}

func (b *Book) writePolicies(list *draft.List, calendars map[string]string) {
	taken := names{}
	later := b.promisedLater()
	for i, p := range b.Policies {
		parts := p.parts()
		rest := slices.DeleteFunc(later[i], p.promisesToAll)
		if last := parts[len(parts)-1]; len(rest) > 0 && len(last.priorities) > 0 {
			parts = append(parts, part{})
		}
		for k, part := range parts {
			name, why := p.Name, p.Why
			if k > 0 {
				name, why = p.Name+" "+part.title(calendars), ""
			}
			m := list.Map(why)
			m.Set("name", taken.of(name), "")
			writeMatch(m, withPriorities(p.Match, part.priorities))
			if cal := calendars[part.calendar]; cal != "" {
				m.Set("calendar", cal, "")
			}
			writeTargets(m, part.targets, calendars[part.calendar] != "")
			if k < len(parts)-1 {
				continue
			}
			for _, metric := range rest {
				m.Set(metric.String(), "best effort", "")
			}
		}
	}
}

// title tells a part of a policy from the others.
func (p *part) title(calendars map[string]string) string {
	switch cal := calendars[p.calendar]; {
	case len(p.targets) == 0:
		return "otherwise"
	case cal == "":
		return strings.Join(append([]string{"on the wall"}, p.priorities...), " ")
	default:
		return strings.Join(append([]string{"on " + cal}, p.priorities...), " ")
	}
}

// promisedLater are the metrics that policies behind each one promise, if the first that matches is
// all that a ticket gets.
func (b *Book) promisedLater() [][]sla.Metric {
	later := make([][]sla.Metric, len(b.Policies))
	if b.Resolve != sla.FirstMatch {
		return later
	}
	var seen []sla.Metric
	for i := len(b.Policies) - 1; i >= 0; i-- {
		later[i] = slices.Clone(seen)
		for _, t := range b.Policies[i].Targets {
			if !slices.Contains(seen, t.Metric) {
				seen = append(seen, t.Metric)
			}
		}
		slices.Sort(seen)
	}
	return later
}

// promisesToAll reports whether a policy speaks of a metric, to tickets of all priorities.
func (p *Policy) promisesToAll(m sla.Metric) bool {
	return slices.ContainsFunc(p.Targets, func(t Target) bool { return t.Metric == m && !p.mixed(t) })
}

// mixed reports whether the priorities of a target's metric count on several calendars.
func (p *Policy) mixed(t Target) bool {
	return t.Priority != "" && slices.ContainsFunc(p.Targets, func(o Target) bool { return o.Metric == t.Metric && o.Calendar != t.Calendar })
}

// parts cuts a policy by calendars. A metric whose priorities count on several calendars is cut
// by priorities too.
func (p *Policy) parts() []part {
	var parts []part
	add := func(t Target, alone bool) {
		for i := range parts {
			if parts[i].calendar == t.Calendar && (len(parts[i].priorities) > 0) == alone && (!alone || parts[i].targets[0].Metric == t.Metric) {
				parts[i].targets = append(parts[i].targets, t)
				if alone {
					parts[i].priorities = append(parts[i].priorities, t.Priority)
				}
				return
			}
		}
		one := part{calendar: t.Calendar, targets: []Target{t}}
		if alone {
			one.priorities = []string{t.Priority}
		}
		parts = append(parts, one)
	}
	for _, t := range p.Targets {
		add(t, p.mixed(t))
	}
	parts = merge(parts)
	// Who has a priority of its own is asked for first.
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(min(len(b.priorities), 1), min(len(a.priorities), 1)) })
	if len(parts) == 0 {
		parts = append(parts, part{})
	}
	return parts
}

// merge makes one of parts for the same priorities on the same calendar.
func merge(parts []part) []part {
	var out []part
	for _, p := range parts {
		i := slices.IndexFunc(out, func(o part) bool { return o.calendar == p.calendar && slices.Equal(o.priorities, p.priorities) })
		if i < 0 {
			out = append(out, p)
			continue
		}
		out[i].targets = append(out[i].targets, p.targets...)
	}
	return out
}

func withPriorities(match Match, priorities []string) Match {
	if len(priorities) == 0 {
		return match
	}
	match = maps.Clone(match)
	if match == nil {
		match = Match{}
	}
	if own := match["priority"]; len(own) > 0 {
		both := slices.DeleteFunc(slices.Clone(priorities), func(p string) bool { return !slices.Contains(own, p) })
		if len(both) > 0 {
			priorities = both
		}
	}
	match["priority"] = priorities
	return match
}

func writeMatch(m *draft.Map, match Match) {
	for _, key := range slices.Sorted(maps.Keys(match)) {
		words := match[key]
		if len(words) == 0 {
			continue
		}
		clean := make([]string, len(words))
		for i, w := range words {
			clean[i] = Name(w)
		}
		if len(clean) == 1 {
			m.Map("match", "").Set(key, clean[0], "")
		} else {
			m.Map("match", "").Flow(key, clean, "")
		}
	}
}

// writeTargets writes the targets of each metric, by priority where they have one. Where a target is
// given twice the first counts.
func writeTargets(m *draft.Map, targets []Target, business bool) {
	for metric := range sla.Metrics {
		var of []Target
		for _, t := range targets {
			if t.Metric == metric && !slices.ContainsFunc(of, func(o Target) bool { return o.Priority == t.Priority }) {
				of = append(of, t)
			}
		}
		if len(of) == 0 {
			continue
		}
		key, into := metric.String(), m
		if pauses := of[0].Pauses; len(pauses) > 0 && metric.Pausable() {
			into, key = m.Map(key, ""), "within"
			var words []string
			for _, s := range pauses {
				words = append(words, s.String())
			}
			into.Flow("pauses_in", words, "")
		}
		if of[0].Priority == "" {
			into.Set(key, Length(of[0].Within, business), "")
			continue
		}
		within := into.Map(key, "")
		for _, t := range of {
			if t.Priority != "" {
				within.Set(Name(t.Priority), Length(t.Within, business), "")
			}
		}
	}
}

// Length writes a time as a scenario has it: business time is said aloud.
func Length(d time.Duration, business bool) string {
	if !business {
		return scalar.WriteDuration(d)
	}
	var text string
	if h := d / time.Hour; h > 0 {
		text += fmt.Sprintf("%dbh", h)
	}
	if m := d % time.Hour / time.Minute; m > 0 {
		text += fmt.Sprintf("%dbm", m)
	}
	if rest := d % time.Minute; rest > 0 || text == "" {
		text += scalar.WriteDuration(rest)
	}
	return text
}
