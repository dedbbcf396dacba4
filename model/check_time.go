package model

import (
	"fmt"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/ticket"
)

// longest is the longest scenario. Simulated time would hold 292 years, but what
// is longer than a century is a typing error.
const longest = 100 * 365 * 24 * time.Hour

func (c *checker) time() {
	t := &c.s.Time
	if t.Start.IsZero() {
		c.report("time.start", "the scenario has no start", "give a date, such as start: 2026-11-16")
	}
	// Results must not depend on the machine, and neither may the digest.
	if t.Start.Location() == time.Local {
		c.report("time.zone", "the time zone is that of the machine", "name a zone, such as zone: America/New_York")
	}
	switch {
	case t.Length <= 0:
		c.report("time.length", fmt.Sprintf("the length must be above 0, it is %s", span(t.Length)), "such as length: 21d")
	case t.Length > longest:
		c.report("time.length", fmt.Sprintf("the length is %s, more than a century", span(t.Length)), "")
	}
	c.duration("time.warmup", "the warm-up", t.Warmup)
	if t.Length > 0 && t.Warmup >= t.Length {
		c.report("time.warmup",
			fmt.Sprintf("the warm-up of %s leaves nothing to measure of the length of %s", span(t.Warmup), span(t.Length)),
			"make the length longer or the warm-up shorter")
	}
	switch t.Interval {
	case 15 * time.Minute, 30 * time.Minute, time.Hour:
	default:
		c.report("time.interval", fmt.Sprintf("the interval is %s", span(t.Interval)), "intervals are 15m, 30m or 60m")
	}
}

func (c *checker) run() {
	r := &c.s.Run
	if r.Min < 1 {
		c.report("run.replications", fmt.Sprintf("at least 1 replication is needed, there are %d", r.Min), "")
	}
	if r.Max < r.Min {
		c.report("run.replications", fmt.Sprintf("the largest number of replications, %d, is below the smallest, %d", r.Max, r.Min),
			"write the smaller number first, such as 30..400")
	}
	c.precisions()
}

// names checks that the lists of words fit the attributes that they name.
func (c *checker) names() {
	s, n := c.s, &c.s.Names
	for _, words := range []struct {
		section, what string
		names         []string
		defined       func(i int) string // nil: words alone
		count, most   int
	}{
		{"channels", "channel", n.Channels, func(i int) string { return s.Channels[i].Name }, len(s.Channels), 1 << 8},
		{"issues", "issue", n.Issues, func(i int) string { return s.Issues[i].Name }, len(s.Issues), 1 << 16},
		{"teams", "team", n.Teams, func(i int) string { return s.Teams[i].Name }, len(s.Teams), 1 << 15},
		{"tiers", "tier", n.Tiers, nil, len(n.Tiers), 1 << 8},
		{"priorities", "priority", n.Priorities, nil, len(n.Priorities), 1 << 8},
		{"contracts", "account", n.Accounts, nil, len(n.Accounts), int(ticket.Anonymous)},
		{"teams", "skill", n.Skills, nil, len(n.Skills), int(ticket.NoSkill)},
	} {
		if len(words.names) > words.most {
			c.report(words.section, fmt.Sprintf("there are %d of the kind %s, at most %d are possible", len(words.names), words.what, words.most), "")
		}
		c.unique(words.what, words.names, func(int) string { return words.section })
		if words.defined == nil {
			continue
		}
		if words.count != len(words.names) {
			c.report(words.section, fmt.Sprintf("%d of the kind %s are named and %d defined", len(words.names), words.what, words.count), "")
			continue
		}
		for i, name := range words.names {
			if defined := words.defined(i); defined != name {
				c.report(words.section, fmt.Sprintf("%s number %d is named %s and defined as %s", words.what, i+1, name, defined), "")
			}
		}
	}
	if len(n.Priorities) == 0 {
		c.report("priorities", "there is no priority", "such as priorities: [urgent, high, normal, low], highest first")
	}
	if len(n.Tiers) == 0 {
		c.report("tiers", "there is no tier", "such as tiers: [enterprise, professional, starter]")
	}
	if s.Currency != "" && !contract.IsCurrency(s.Currency) {
		c.report("currency", fmt.Sprintf("%q is not a currency", s.Currency), "want three capital letters, such as USD")
	}
}

func (c *checker) calendars() {
	all := c.s.Calendars
	if len(all) == 0 || all[0] == nil || !all[0].Always {
		c.report("calendars.always", "the first calendar is not the one that is always open", "")
	}
	names := make([]string, len(all))
	for i, cal := range all {
		if cal != nil {
			names[i] = cal.Name
		}
	}
	c.unique("calendar", names, func(i int) string { return key("calendars", names[i], i) })
	for i, cal := range all {
		path := key("calendars", names[i], i)
		if cal == nil {
			c.report(path, "the calendar is missing", "")
			continue
		}
		for _, err := range each(cal.Check()) {
			c.report(path, err.Error(), calendarHint(cal, err))
		}
		if cal.Zone == time.Local {
			c.report(path+".zone", "the time zone is that of the machine", "name a zone, such as zone: Europe/Berlin")
		}
	}
}

// calendarHint says how to mend a calendar that Check refuses.
func calendarHint(cal *calendar.Calendar, err error) string {
	switch text := err.Error(); {
	case cal.Zone == nil:
		return "name a zone, such as zone: Europe/Berlin"
	case strings.Contains(text, "never open"):
		return `give it hours, such as hours: {mon-fri: "08:00-18:00"}`
	case strings.Contains(text, "overlaps"):
		return "join the two, or let one end where the other starts"
	}
	return ""
}

// each takes joined errors apart.
func each(err error) []error {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}
