package model

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/staffing"
)

// rules checks which shifts a team may be given.
func (c *checker) rules(r *staffing.Rules, path string) {
	c.headRange(r.Least, r.Most, path+".heads")
	if r.InARow < 0 || r.InARow > 6 {
		c.report(path+".days_in_a_row", fmt.Sprintf("nobody works for %d days in a row in every week", r.InARow), "want 1 to 6")
	}
	c.number(path+".weekends", "the share of people who work on a weekend", r.Weekends, wholeRange, percent, "")
	c.number(path+".part_timers", "the share of part-timers", r.PartTimers, wholeRange, percent, "")
	if r.Rest < 0 || r.Rest >= oneDay {
		c.report(path+".rest", fmt.Sprintf("a rest of %s between two shifts is not possible", span(r.Rest)), "such as rest: 11h")
	}
	names := make([]string, len(r.Patterns))
	for i := range r.Patterns {
		names[i] = cmp.Or(r.Patterns[i].Name, fmt.Sprintf("shift %d", i+1))
	}
	c.unique("shift", names, func(i int) string { return entry(path+".shifts", names[i], i) })
	var least [7]int
	for i := range r.Patterns {
		p := &r.Patterns[i]
		place := entry(path+".shifts", names[i], i)
		c.headRange(p.Least, p.Most, place+".heads")
		c.pattern(p, r, place)
		for d, on := range p.Days {
			if on && p.Least > 0 {
				least[d] += p.Least * len(p.Starts)
			}
		}
	}
	if d := slices.Index(least[:], slices.Max(least[:])); r.Most > 0 && least[d] > r.Most {
		c.report(path+".heads", fmt.Sprintf("%d heads may start on a day, but the shifts ask for %d on a %v", r.Most, least[d], time.Weekday(d)), "")
	}
}

// headRange checks a smallest and a largest number of heads.
func (c *checker) headRange(least, most int, path string) {
	if least < 0 || most < 0 || least > mostHeads || most > mostHeads || most > 0 && most < least {
		c.report(path, fmt.Sprintf("%d to %d heads are not possible", least, most), "such as heads: 0..20")
	}
}

// pattern checks a kind of shift.
func (c *checker) pattern(p *staffing.Pattern, r *staffing.Rules, path string) {
	const day = 24 * 60
	if p.Days == [7]bool{} {
		c.report(path+".days", "the shift starts on no day of the week", "such as days: mon-fri")
	}
	if len(p.Starts) == 0 {
		c.report(path+".starts", "the shift starts at no time of the day", `such as starts: "06:00..14:00 every 30m"`)
	}
	for _, at := range p.Starts {
		if at < 0 || at >= day {
			c.report(path+".starts", fmt.Sprintf("the shift starts at %s, which is not a time of the day", clock(at)), "want times from 00:00 to 23:59")
			return
		}
	}
	length := time.Duration(p.Length) * time.Minute
	switch {
	case p.Length <= 0 || p.Length > day:
		c.report(path+".length", fmt.Sprintf("a shift of %s is not possible", span(length)), "a shift lasts for at most 24 hours")
		return
	case length+r.Rest > oneDay && r.Rest < oneDay:
		c.report(path+".length", fmt.Sprintf("after a shift of %s and a rest of %s nobody is back a day later", span(length), span(r.Rest)),
			"make it, or the rest, shorter")
	}
	for _, at := range p.Starts {
		if p.Length > day/2 && at+p.Length > day {
			c.report(path+".starts", fmt.Sprintf("the shift of %s that starts at %s goes over midnight", span(length), clock(at)), "a shift over midnight has at most 12 hours")
			break
		}
	}
	c.pauses(p, path+".break")
}

// pauses checks the breaks of a kind of shift, whose length is sound.
func (c *checker) pauses(p *staffing.Pattern, path string) {
	length := func(minutes int) string { return span(time.Duration(minutes) * time.Minute) }
	breaks := slices.Clone(p.Breaks)
	slices.SortStableFunc(breaks, func(a, b staffing.Pause) int { return cmp.Compare(a.After, b.After) })
	total, end := 0, 0
	for _, b := range breaks {
		switch {
		case b.Minutes <= 0 || b.Minutes > p.Length || b.Turns < 0 || b.Turns > staffing.MaxTurns:
			c.report(path, fmt.Sprintf("a break of %d min in %d turns is not possible", b.Minutes, b.Turns), "such as break: 30m after 4h")
			continue
		case b.After < 0 || b.After+b.Minutes*max(1, b.Turns) > p.Length:
			c.report(path, fmt.Sprintf("the break of %d min after %s is not within the shift of %s", b.Minutes, length(b.After), length(p.Length)), "let it be over before the shift is")
			continue
		case b.After < end:
			c.report(path, fmt.Sprintf("the break of %d min after %s starts before the break before it ends, after %s", b.Minutes, length(b.After), length(end)), "")
		}
		total += b.Minutes
		end = max(end, b.After+b.Minutes*max(1, b.Turns))
	}
	if total >= p.Length {
		c.report(path, fmt.Sprintf("the breaks take %d min, the whole shift is %d min long", total, p.Length), "")
	}
}
