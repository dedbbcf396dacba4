package model

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
)

// mostHeads is beyond any desk; more is a typing error.
const mostHeads = 100_000

func (c *checker) teams() {
	if len(c.s.Teams) == 0 {
		c.report("teams", "there are no teams: nobody would serve the tickets", "add a team with a shift")
		return
	}
	for i := range c.s.Teams {
		t := &c.s.Teams[i]
		path := key("teams", t.Name, i)
		for _, skill := range t.Skills {
			c.index(path+".skills", "skill", int(skill), len(c.s.Names.Skills))
		}
		twice(c, path+".skills", t.Skills, c.skillName)
		for _, ch := range t.Channels {
			c.index(path+".channels", "channel", int(ch), len(c.s.Channels))
		}
		twice(c, path+".channels", t.Channels, c.channelName)
		c.number(path+".shrinkage", "the shrinkage", t.Shrinkage, belowAll, percent,
			"shrinkage is the share of paid time in which an agent is not available")
		if n := len(t.Monthly); n != 0 && n != 12 {
			c.report(path+".shrinkage.months", fmt.Sprintf("a year has 12 months, and %d have a shrinkage", n), "")
		}
		for m, x := range t.Monthly {
			c.number(path+".shrinkage.months", "the shrinkage of "+time.Month(m+1).String(), x, belowAll, percent,
				"shrinkage is the share of paid time in which an agent is not available")
		}
		if t.Zone == time.Local {
			c.report(path+".zone", "the time zone is that of the machine", "name a zone, such as zone: Europe/Berlin")
		}
		if t.ShiftEnd > staffing.HandBack {
			c.report(path+".at_shift_end", fmt.Sprintf("unknown choice %d", t.ShiftEnd), "want finish or hand_back")
		}
		c.cost(&t.Cost, path)
		c.shifts(t, path+".shifts")
		c.people(t, path)
		if t.Rules != nil {
			c.rules(t.Rules, path+".roster")
		}
	}
	c.coverage()
}

func (c *checker) cost(cost *staffing.Cost, path string) {
	c.number(path+".cost", "the cost of an hour", cost.PerHour, notNegative, plain, "")
	if cost.PerHour > 0 && c.s.Currency == "" {
		c.report(path+".cost", fmt.Sprintf("an hour costs %s, but of which currency is not said", plain(cost.PerHour)), "such as cost: 24 USD/h")
	}
	c.number(path+".premiums.night", "the premium", cost.Night, notNegative, percent, "")
	c.number(path+".premiums.weekend", "the premium", cost.Weekend, notNegative, percent, "")
	c.number(path+".premiums.overtime", "the premium", cost.Overtime, notNegative, percent, "")
	c.number(path+".premiums.holiday", "the premium", cost.Holiday, notNegative, percent, "")
	const day = 24 * 60
	from, to := cost.NightFrom, cost.NightTo
	switch {
	case from < 0 || from > day || to < 0 || to > day:
		c.report(path+".premiums.night", fmt.Sprintf("the night from %s to %s does not lie within the day", clock(from), clock(to)), "")
	case cost.Night > 0 && from == to:
		c.report(path+".premiums.night", fmt.Sprintf("there is a premium of %s for the night, but the night from %s to %s is empty", percent(cost.Night), clock(from), clock(to)), "")
	}
}

func (c *checker) shifts(t *staffing.Team, path string) {
	if len(t.Shifts) == 0 {
		c.report(path, "the team has no shifts, so it is never there", "such as {name: early, heads: 14, days: mon-fri, hours: \"07:00-15:30\"}")
	}
	names := make([]string, len(t.Shifts))
	for i := range t.Shifts {
		names[i] = t.Shifts[i].Name
	}
	c.unique("shift", names, func(i int) string { return entry(path, names[i], i) })
	for i := range t.Shifts {
		s := &t.Shifts[i]
		place := entry(path, s.Name, i)
		c.number(place+".heads", "the number of heads", s.Heads, bounds{low: 0, high: mostHeads}, plain, "")
		if s.Days == [7]bool{} {
			c.report(place+".days", "the shift starts on no day of the week", "such as days: mon-fri")
		}
		if !s.First.IsZero() && !s.Last.IsZero() && s.Last.Compare(s.First) < 0 {
			c.report(place+".until", fmt.Sprintf("the last day, %v, is before the first, %v", s.Last, s.First), "")
		}
		if c.hours(s, place+".hours") {
			c.breaks(s, place+".break")
		}
	}
}

// hours checks when a shift starts and ends.
func (c *checker) hours(s *staffing.Shift, path string) bool {
	const day = 24 * 60
	switch {
	case s.From < 0 || s.From >= day:
		c.report(path, fmt.Sprintf("the shift starts at %s, which is not a time of the day", clock(s.From)), "want a time from 00:00 to 23:59")
	case s.To < s.From:
		c.report(path, fmt.Sprintf("the shift ends at %s, before it starts at %s", clock(s.To), clock(s.From)),
			fmt.Sprintf("a shift that ends on the next day ends above 24:00, such as %s-%s", clock(s.From), clock(s.To+day)))
	case s.To == s.From:
		c.report(path, fmt.Sprintf("the shift starts and ends at %s, so it does not last", clock(s.From)),
			"a shift around the clock is 00:00-24:00")
	case s.To-s.From > day:
		c.report(path, fmt.Sprintf("the shift lasts from %s to %s, %s, and would overlap that of the next day",
			clock(s.From), clock(s.To), span(time.Duration(s.To-s.From)*time.Minute)), "a shift lasts for at most 24 hours")
	default:
		return true
	}
	return false
}

// breaks checks the breaks of a shift, whose hours are sound.
func (c *checker) breaks(s *staffing.Shift, path string) {
	const day = 24 * 60
	breaks := slices.Clone(s.Breaks)
	slices.SortStableFunc(breaks, func(a, b staffing.Break) int { return cmp.Compare(a.At, b.At) })
	total, end := 0, s.From
	for _, b := range breaks {
		words := fmt.Sprintf("the break of %d min at %s", b.Minutes, clock(b.At))
		switch {
		case b.Minutes <= 0 || b.Minutes > day:
			c.report(path, fmt.Sprintf("a break of %d min is not possible", b.Minutes), "such as break: 30m at 11:00")
			continue
		case b.Turns < 0 || b.Turns > staffing.MaxTurns:
			c.report(path, fmt.Sprintf("%s is taken in %d turns", words, b.Turns), fmt.Sprintf("1 to %d turns are possible", staffing.MaxTurns))
			continue
		case b.At < s.From || b.At >= s.To || b.Minutes*max(1, b.Turns) > s.To-b.At:
			hint := "move the break into the shift"
			if b.At+day >= s.From && b.At+day+b.Minutes <= s.To {
				hint = fmt.Sprintf("on the next day it is at %s", clock(b.At+day))
			}
			c.report(path, fmt.Sprintf("%s is not within the shift from %s to %s", words, clock(s.From), clock(s.To)), hint)
			continue
		case b.At < end:
			c.report(path, fmt.Sprintf("%s starts before the break before it ends at %s", words, clock(end)), "")
		}
		total += b.Minutes
		end = max(end, b.At+b.Minutes*max(1, b.Turns))
	}
	if length := s.To - s.From; total >= length {
		c.report(path, fmt.Sprintf("the breaks take %d min, the whole shift is %d min long", total, length), "")
	}
}

// present lists, by team, whether a shift with heads takes place at all within
// the scenario's time.
func (c *checker) present() []bool {
	there := make([]bool, len(c.s.Teams))
	length := c.s.Time.Length
	if length <= 0 || length > longest {
		for i := range there {
			there[i] = true // not to be told from this; the length has been reported
		}
		return there
	}
	for _, d := range staffing.Duties(c.s.Teams, calendar.Axis{Origin: c.s.Time.Start}, 0, length) {
		if d.Gross > 0 && !d.OnCall { // who is on call may never be called
			there[d.Team] = true
		}
	}
	return there
}

// coverage reports tickets that nobody can serve.
func (c *checker) coverage() {
	type need struct {
		channel ticket.Channel
		skill   ticket.Skill
	}
	present := c.present()
	done := map[need]bool{}
	for _, k := range c.classes() {
		issue := &c.s.Issues[k.Issue]
		n := need{k.Channel, issue.Skill}
		if done[n] {
			continue
		}
		done[n] = true
		skilled, reached, both, there := false, false, false, false
		for i := range c.s.Teams {
			t := &c.s.Teams[i]
			if t.HandOffsOnly {
				continue
			}
			hasSkill := n.skill == ticket.NoSkill || len(t.Skills) == 0 || slices.Contains(t.Skills, n.skill)
			hasChannel := len(t.Channels) == 0 || slices.Contains(t.Channels, n.channel)
			if c.overflowsTo(i, n.skill, n.channel) {
				hasSkill, hasChannel = true, true
			}
			skilled = skilled || hasSkill
			reached = reached || hasChannel
			both = both || hasSkill && hasChannel
			there = there || hasSkill && hasChannel && present[i]
		}
		channel, skill := c.channelName(n.channel), c.skillName(n.skill)
		path := entry("demand", c.s.Streams[k.stream].Name, k.stream) + ".issue"
		switch {
		case !skilled:
			c.report(key("issues", issue.Name, int(k.Issue))+".skill", fmt.Sprintf("no team has the skill %s", skill),
				fmt.Sprintf("add %s to the skills of a team", skill))
		case !reached:
			c.report(key("channels", channel, int(n.channel)), fmt.Sprintf("no team works on the channel %s", channel),
				fmt.Sprintf("add %s to the channels of a team", channel))
		case !both:
			c.report(path, fmt.Sprintf("tickets of issue %s come by %s, but no team with the skill %s works on %s", issue.Name, channel, skill, channel),
				fmt.Sprintf("add %s to the channels of a team that has the skill", channel))
		case !there:
			c.report(path, fmt.Sprintf("tickets of issue %s come by %s, but no team that can serve them has a shift with heads within the scenario's time", issue.Name, channel),
				"check the heads, days and dates of the shifts")
		}
	}
}
