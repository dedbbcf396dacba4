package model

import (
	"fmt"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
)

const (
	oneDay = 24 * time.Hour
	// mostAttrition is beyond any desk; more is a typing error.
	mostAttrition = 10.0
	// leastSpeed is the slowest that anybody works.
	leastSpeed = 0.05
)

// people checks what happens to a team's people.
func (c *checker) people(t *staffing.Team, path string) {
	c.sickness(&t.Sickness, path+".shrinkage")
	h := &t.Hiring
	c.number(path+".attrition", "the attrition in a year", h.Attrition, bounds{low: 0, high: mostAttrition}, percent, "")
	switch {
	case h.Lead < 0 || h.Lead%oneDay != 0:
		c.report(path+".hiring.lead", fmt.Sprintf("a lead time of %s is not a number of days", span(h.Lead)), "such as lead: 8w")
	case h.Replace && h.Attrition == 0 && !h.Planned():
		c.report(path+".hiring", "others come for those who leave, but nobody leaves", "such as attrition: 30%/year")
	}
	c.hiring(t, path)
	c.learning(t.Ramp, path+".ramp")
	hired := h.Replace
	for i := range t.Shifts {
		hired = hired || len(t.Shifts[i].Hires) > 0
	}
	if len(t.Ramp) > 0 && !hired {
		c.report(path+".ramp", "there is a ramp for newcomers, but nobody comes", "add hiring to the team, hires to a shift, or learning to a shift of temps")
	}
	c.overtime(t, path)
	for i := range t.Shifts {
		c.persons(t, &t.Shifts[i], entry(path+".shifts", t.Shifts[i].Name, i))
	}
}

// hiring checks what only who plans months ahead reads.
func (c *checker) hiring(t *staffing.Team, path string) {
	h := &t.Hiring
	if h.Training < 0 || h.Training%oneDay != 0 || h.Training > longest {
		c.report(path+".hiring.training", fmt.Sprintf("a training of %s is not a number of days", span(h.Training)), "such as training: 4w")
	}
	c.number(path+".hiring.dropout", "the share that leaves in training", h.Dropout, belowAll, percent, "")
	if h.Dropout > 0 && h.Training == 0 {
		c.report(path+".hiring.dropout", fmt.Sprintf("%s leave in training, but there is none", percent(h.Dropout)), "such as training: 4w")
	}
	if h.Least < 0 || h.Most < 0 || h.Most > 0 && h.Most < h.Least {
		c.report(path+".hiring.class", fmt.Sprintf("no class has at least %d and at most %d people", h.Least, h.Most), "such as class: 4..10")
	}
	c.number(path+".hiring.cost", "the cost of one who begins", h.Cost, notNegative, plain, "")
	if h.Cost > 0 && c.s.Currency == "" {
		c.report(path+".hiring.cost", fmt.Sprintf("one who begins costs %s, but of which currency is not said", plain(h.Cost)), "such as cost: 4000 USD")
	}
	const week = 7 * oneDay
	if t.FullTime < 0 || t.FullTime > week {
		c.report(path+".full_time", fmt.Sprintf("nobody works %s in a week", span(t.FullTime)), "such as full_time: 40h")
	}
}

func (c *checker) sickness(s *staffing.Sickness, path string) {
	ok := c.sound(func() {
		c.number(path+".sickness", "the share of sick days", s.Share, belowAll, percent, "")
	})
	switch {
	case s.Spell == 0:
	case s.Spell < oneDay:
		c.report(path+".spell", fmt.Sprintf("a mean spell of %s is shorter than a day", span(s.Spell)), "people are sick for whole days, such as spell: 3d")
	case s.Share == 0:
		c.report(path+".spell", fmt.Sprintf("a mean spell of %s, but nobody is sick", span(s.Spell)), "such as sickness: 6%")
	case ok && s.Share/(1-s.Share) > s.Spell.Hours()/24:
		c.report(path+".spell", fmt.Sprintf("with spells of %s on average nobody can be sick on %s of the days",
			span(s.Spell), percent(s.Share)), "there is a day between two spells: make them longer")
	}
}

func (c *checker) learning(l staffing.Learning, path string) {
	speed := bounds{low: leastSpeed, high: 1}
	for _, p := range l {
		c.number(path, "the speed of newcomers", p.From, speed, percent, "as a share of full speed")
		if p.To != p.From {
			c.number(path, "the speed of newcomers", p.To, speed, percent, "as a share of full speed")
		}
		if p.For <= 0 || p.For > longest {
			c.report(path, fmt.Sprintf("a step of %s is not possible", span(p.For)), "such as 60% to 100% in 6w")
		}
	}
}

// overtime checks the planned overtime of a team.
func (c *checker) overtime(t *staffing.Team, path string) {
	names := make([]string, len(t.Overtime))
	for i := range t.Overtime {
		names[i] = t.Overtime[i].Name
	}
	where := func(i int) string { return entry(path+".overtime", names[i], i) }
	c.unique("overtime", names, where)
	start, end := calendar.DateOf(c.s.Time.Start), calendar.DateOf(c.s.Time.Start.Add(c.s.Time.Length))
	for i := range t.Overtime {
		o := &t.Overtime[i]
		switch {
		case o.Last.Compare(o.First) < 0:
			c.report(where(i)+".until", fmt.Sprintf("the last day, %v, is before the first, %v", o.Last, o.First), "")
		case c.s.Time.Length > 0 && (o.First.Compare(end) > 0 || o.Last.Compare(start) < 0):
			c.report(where(i)+".from", fmt.Sprintf("it is from %v to %v, outside the scenario, which goes from %v to %v", o.First, o.Last, start, end), "let it happen within that time")
		}
		c.number(where(i)+".share", "the share of the people who stay", o.Share, aboveNothing, percent, "")
		if o.Stay <= 0 || o.Stay >= oneDay || o.Stay%time.Minute != 0 {
			c.report(where(i)+".hours", fmt.Sprintf("nobody can stay %s longer", span(o.Stay)), "want whole minutes, less than a day, such as hours: 2h")
			continue
		}
		c.stays(t, o, where(i))
		for j := range i {
			if p := &t.Overtime[j]; o.First.Compare(p.Last) <= 0 && p.First.Compare(o.Last) <= 0 {
				c.report(where(i), fmt.Sprintf("%s and %s share days", p.Name, o.Name), "a shift has one overtime on a day")
			}
		}
	}
}

// stays reports shifts that would go on, with overtime, when they begin again.
func (c *checker) stays(t *staffing.Team, o *staffing.Overtime, path string) {
	for i := range t.Shifts {
		s := &t.Shifts[i]
		if length := time.Duration(s.To-s.From) * time.Minute; s.OnCall == nil && length <= oneDay && length+o.Stay > oneDay {
			c.report(path+".hours", fmt.Sprintf("with %s of overtime the shift %s lasts %s, and would overlap that of the next day", span(o.Stay), s.Name, span(length+o.Stay)),
				"a shift and its overtime last for at most 24 hours")
		}
	}
}

// onCall checks a shift of people on call.
func (c *checker) onCall(s *staffing.Shift, path string) {
	oc := s.OnCall
	c.match(&oc.Match, func(attribute string) string { return path + ".match." + attribute })
	c.duration(path+".responds_in", "the time to respond", oc.Responds)
	c.duration(path+".minimum", "the minimum of a call", oc.Minimum)
	c.number(path+".standby", "the cost of an hour on call", oc.PerHour, notNegative, plain, "")
	if oc.PerHour > 0 && c.s.Currency == "" {
		c.report(path+".standby", fmt.Sprintf("an hour on call costs %s, but of which currency is not said", plain(oc.PerHour)), "such as standby: 5 USD/h")
	}
	if len(s.Breaks) > 0 || len(s.Learning) > 0 || len(s.Hires) > 0 || s.PartTime > 0 {
		c.report(path, "people on call have no breaks, and neither learning, hires nor part_time", "leave them out, or write a shift of people at work")
	}
	for _, k := range c.classes() {
		if oc.Match.Matches(k.Class) && int(k.Channel) < len(c.s.Channels) && !c.s.Channels[k.Channel].Live {
			return
		}
	}
	c.report(path+".match", "no ticket matches, but for live contacts, for which nobody is called", "widen the match")
}

// persons checks what a shift says of its people.
func (c *checker) persons(t *staffing.Team, s *staffing.Shift, path string) {
	c.number(path+".part_time", "the share of days on which each person works", s.PartTime, wholeRange, percent, "")
	c.learning(s.Learning, path+".learning")
	if s.OnCall != nil {
		c.onCall(s, path+".on_call")
	}
	if s.HolidaysOnly && len(t.Holidays) == 0 {
		c.report(path+".holidays", "the shift starts on the team's holidays only, but the team has none", "such as holidays: de")
	}
	for i, h := range s.Hires {
		place := fmt.Sprintf("%s.hires[%d]", path, i)
		c.number(place+".heads", "the number of heads", h.Heads, bounds{low: 0, high: mostHeads}, plain, "")
		switch {
		case i > 0 && h.On.Compare(s.Hires[i-1].On) < 0:
			c.report(place+".on", fmt.Sprintf("they come on %v, those before them in the list on %v", h.On, s.Hires[i-1].On), "list them in the order of their days")
		case !s.First.IsZero() && h.On.Compare(s.First) < 0:
			c.report(place+".on", fmt.Sprintf("they come on %v, before the first day of the shift, %v", h.On, s.First), "")
		case !s.Last.IsZero() && h.On.Compare(s.Last) > 0:
			c.report(place+".on", fmt.Sprintf("they come on %v, after the last day of the shift, %v", h.On, s.Last), "")
		}
	}
}
