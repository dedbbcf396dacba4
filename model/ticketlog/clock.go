package ticketlog

import (
	"fmt"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
)

// Clock reads times that are written in one layout, as package time means layouts.
type Clock struct {
	layout string
	zone   *time.Location
	offset bool // the layout says how far from UTC a time is
	abbrev bool // the layout names the zone by letters
	wall   *calendar.Wall
	quick  pattern
}

// NewClock reads times of a layout. The zone is where the wall clock hangs that wrote them, if the
// layout has no offset.
func NewClock(layout string, zone *time.Location) Clock {
	return Clock{
		layout: layout,
		zone:   zone,
		wall:   calendar.NewWall(zone),
		quick:  patternOf(layout),
		offset: strings.Contains(layout, "Z07") || strings.Contains(layout, "-07"),
		abbrev: strings.Contains(layout, "MST"),
	}
}

// Parse reads a time. Without an offset it is a wall-clock time of the zone, and
// package calendar says which instant that is; time.ParseInLocation leaves it open what
// a skipped or repeated hour means.
func (c *Clock) Parse(text string) (time.Time, bool) {
	if c.abbrev && !c.offset {
		t, err := time.ParseInLocation(c.layout, text, c.zone)
		return t.In(c.zone), err == nil && !c.invented(t)
	}
	if t, ok := c.Quick(text); ok {
		return t, true
	}
	t, err := time.Parse(c.layout, text)
	if err != nil {
		return time.Time{}, false
	}
	if c.offset {
		return t.In(c.zone), true
	}
	return c.wall.At(calendar.DateOf(t), t.Hour()*60+t.Minute()).Add(time.Duration(t.Second())*time.Second + time.Duration(t.Nanosecond())), true
}

// Quick is Parse for texts in layouts that are nothing but numbers, which most are, and gives up on all others: who
// tries one layout after the other asks for this first. What it reads, Parse reads alike.
func (c *Clock) Quick(text string) (time.Time, bool) {
	s, ok := c.quick.read(text)
	switch {
	case !ok:
		return time.Time{}, false
	case c.offset:
		return s.date.UTC(s.minute).Add(s.rest - s.east).In(c.zone), true
	}
	return c.wall.At(s.date, s.minute).Add(s.rest), true
}

// invented reports whether package time made a zone up: it gives letters that it
// does not know an offset of nothing.
func (c *Clock) invented(t time.Time) bool {
	name, offset := t.Zone()
	if offset != 0 || name == "UTC" || name == "GMT" {
		return false
	}
	known, _ := t.In(c.zone).Zone()
	return name != known
}

// Refuse says why a text is not a time, and what would be one.
func (c *Clock) Refuse(text string) (problem, hint string) {
	hint = "want " + reference.Format(c.layout)
	if t, err := time.Parse(c.layout, text); err == nil && c.abbrev {
		name, _ := t.Zone()
		return fmt.Sprintf("the letters %s do not say how far from UTC the time is", name), "name the zone in the mapping, or write an offset"
	}
	if _, err := time.Parse(c.layout, text); err != nil && strings.Contains(err.Error(), "out of range") {
		return "there is no such date or time", hint + "; are day and month the other way round?"
	}
	return "not a date and time as the layout has it", hint
}
