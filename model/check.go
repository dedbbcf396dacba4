package model

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Problem is one thing in a scenario that cannot be simulated, or that
// contradicts another.
type Problem struct {
	// Path is the place in the terms of the scenario language: keys joined by
	// points, with the name of a list's entry in brackets (or its number,
	// counted from 0, if it has none), such as teams.front.shifts[early].heads.
	// The key may be one that the file leaves out; then the nearest part of the path
	// that is there is the place.
	Path string
	Text string // what is wrong, with the numbers
	Hint string // how to mend it; empty where the text says it all
}

// String is the problem on one line.
func (p Problem) String() string {
	text := p.Path + ": " + p.Text
	if p.Hint != "" {
		text += " (" + p.Hint + ")"
	}
	return text
}

// Check finds everything that is wrong with the scenario: numbers out of range,
// parts that contradict each other, tickets that nobody can serve. It lists all
// problems at once, in the order of the scenario language, and none twice. A
// scenario without problems can be simulated. Check changes nothing, and it does not
// panic, whatever the scenario holds.
func (s *Scenario) Check() []Problem {
	c := &checker{s: s, seen: map[Problem]bool{}}
	c.time()
	c.run()
	c.names()
	calendars := c.sound(c.calendars)
	c.channels()
	c.issues()
	c.triage()
	c.demand()
	c.spikes()
	c.bursts()
	c.backlog()
	c.deflection()
	teams := c.sound(c.teams)
	c.handOffs(teams)
	c.holds()
	c.slowTools()
	c.outages()
	c.burnout()
	c.expectations()
	c.routing()
	policies := c.sound(c.policies)
	c.relaxations()
	c.escalations()
	c.contracts(calendars && policies)
	c.availability()
	c.quality()
	c.exceptions()
	c.control()
	c.balance()
	return c.problems
}

// checker gathers the problems of one scenario.
type checker struct {
	s        *Scenario
	problems []Problem
	seen     map[Problem]bool
}

// report adds a problem. Spikes and skills are used in several places, and what
// is wrong with them is said once.
func (c *checker) report(path, text, hint string) {
	p := Problem{path, text, hint}
	if !c.seen[p] {
		c.seen[p] = true
		c.problems = append(c.problems, p)
	}
}

// sound runs one check and reports whether it found nothing.
func (c *checker) sound(check func()) bool {
	before := len(c.problems)
	check()
	return len(c.problems) == before
}

// bounds are what a number must keep to. NaN keeps to none.
type bounds struct {
	low, high         float64
	lowOpen, highOpen bool // the bound itself is not allowed
}

var (
	wholeRange   = bounds{low: 0, high: 1}
	aboveNothing = bounds{low: 0, high: 1, lowOpen: true}
	belowAll     = bounds{low: 0, high: 1, highOpen: true}
	notNegative  = bounds{low: 0, high: math.Inf(1), highOpen: true}
)

func (b bounds) hold(x float64) bool {
	return (x > b.low || x == b.low && !b.lowOpen) && (x < b.high || x == b.high && !b.highOpen)
}

// words are the bounds in words; as writes a number.
func (b bounds) words(as func(float64) string) string {
	low := "at least "
	if b.lowOpen {
		low = "above "
	}
	text := low + as(b.low)
	if math.IsInf(b.high, 1) {
		return text
	}
	high := " and at most "
	if b.highOpen {
		high = " and below "
	}
	return text + high + as(b.high)
}

// number reports x if it is out of bounds.
func (c *checker) number(path, what string, x float64, b bounds, as func(float64) string, hint string) {
	if !b.hold(x) {
		c.report(path, fmt.Sprintf("%s must be %s, it is %s", what, b.words(as), as(x)), hint)
	}
}

// duration reports a negative duration.
func (c *checker) duration(path, what string, d time.Duration) {
	if d < 0 {
		c.report(path, fmt.Sprintf("%s must not be negative, it is %s", what, span(d)), "")
	}
}

// index reports an attribute that is not in its list. It is a fault of whoever
// built the scenario, not of the one who wrote it.
func (c *checker) index(path, what string, i, length int) bool {
	if i >= 0 && i < length {
		return true
	}
	c.report(path, fmt.Sprintf("%s number %d does not exist, there are %d", what, i, length), "")
	return false
}

// unique reports names that are empty or used twice. where is the path of entry i.
func (c *checker) unique(what string, names []string, where func(i int) string) {
	first := map[string]int{}
	for i, name := range names {
		if name == "" {
			c.report(where(i), fmt.Sprintf("%s number %d has no name", what, i+1), "")
			continue
		}
		if j, again := first[name]; again {
			c.report(where(i), fmt.Sprintf("%s %s is there twice, as number %d and number %d", what, name, j+1, i+1), "give each a name of its own")
			continue
		}
		first[name] = i
	}
}

// entry is the path of a list's entry: the name in brackets, else its number.
func entry(list, name string, i int) string {
	return list + "[" + cmp.Or(name, strconv.Itoa(i)) + "]"
}

// key is the path of a map's entry, with the keys below it.
func key(section, name string, i int, below ...string) string {
	return strings.Join(append([]string{section, cmp.Or(name, strconv.Itoa(i))}, below...), ".")
}

// wordOf is the name of an attribute, or its number if it has none.
func wordOf[T ~uint8 | ~uint16 | ~int16](names []string, i T) string {
	if int(i) >= 0 && int(i) < len(names) && names[i] != "" {
		return names[i]
	}
	return strconv.Itoa(int(i))
}

// percent writes a share as the scenario language does.
func percent(x float64) string { return plain(x*100) + "%" }

// plain writes a number with at most nine digits, which hides the dust of
// binary fractions.
func plain(x float64) string { return strconv.FormatFloat(x, 'g', 9, 64) }

// span writes a duration as the scenario language does: 3d, 36h, 1h30m.
func span(d time.Duration) string {
	if d != 0 && d%(24*time.Hour) == 0 {
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	}
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// clock writes minutes since midnight as hours and minutes; above 24:00 for what
// lies on the next day.
func clock(minute int) string {
	if minute < 0 {
		return fmt.Sprintf("%d min", minute)
	}
	return fmt.Sprintf("%02d:%02d", minute/60, minute%60)
}

// local writes a time since the start as a local date and time.
func (c *checker) local(d time.Duration) string {
	return c.s.Time.Start.Add(d).Format("2006-01-02 15:04")
}

// list writes words with commas, the last after "and".
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// twice reports entries that are in a list more than once.
func twice[T comparable](c *checker, path string, entries []T, word func(T) string) {
	for i, x := range entries {
		if slices.Contains(entries[:i], x) {
			c.report(path, word(x)+" is listed twice", "leave one of them out")
		}
	}
}

// skillName is the word for a skill.
func (c *checker) skillName(s ticket.Skill) string { return wordOf(c.s.Names.Skills, s) }
