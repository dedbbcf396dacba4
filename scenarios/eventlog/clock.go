package eventlog

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/ticketlog"
)

// usualLayouts are those in which a time is looked for unless a mapping says how it is written.
var usualLayouts = []string{
	time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04",
}

// clock reads times in one of several layouts.
type clock struct {
	readers []ticketlog.Clock
	layouts []string
	zoned   []bool // the layout needs no zone
	zone    bool   // one is declared

	last map[string]time.Time // of what was read lately, and not quickly
}

// mostRecent is how many times are remembered: rows of one file repeat them.
const mostRecent = 4096

func newClock(layouts []string, zone *time.Location) *clock {
	if len(layouts) == 0 {
		layouts = usualLayouts
	}
	c := &clock{layouts: layouts, zone: zone != nil, last: map[string]time.Time{}}
	if zone == nil {
		zone = time.UTC
	}
	for _, layout := range layouts {
		numeric := layout == unixSeconds || layout == unixMillis
		c.zoned = append(c.zoned, numeric || strings.Contains(layout, "Z07") || strings.Contains(layout, "-07") || strings.Contains(layout, "MST"))
		c.readers = append(c.readers, ticketlog.NewClock(layout, zone))
	}
	return c
}

// reading is what became of a text.
type reading uint8

const (
	read     reading = iota
	unread           // no layout fits
	zoneless         // it has no offset, and no zone is declared
)

// parse reads a time.
func (c *clock) parse(text []byte) (time.Time, reading) {
	for i := range c.readers {
		if at, ok := c.readers[i].Quick(string(text)); ok {
			return c.read(i, at)
		}
	}
	if at, known := c.last[string(text)]; known {
		return at, read
	}
	for i := range c.readers {
		at, ok := c.one(i, string(text))
		if !ok {
			continue
		}
		at, how := c.read(i, at)
		if how == read {
			if len(c.last) >= mostRecent {
				clear(c.last)
			}
			c.last[string(text)] = at
		}
		return at, how
	}
	return time.Time{}, unread
}

// read is what a layout has read, if it needs no zone or there is one.
func (c *clock) read(i int, at time.Time) (time.Time, reading) {
	if !c.zoned[i] && !c.zone {
		return time.Time{}, zoneless
	}
	return at, read
}

func (c *clock) one(i int, text string) (time.Time, bool) {
	unit := time.Second
	switch c.layouts[i] {
	case unixSeconds:
	case unixMillis:
		unit = time.Millisecond
	default:
		return c.readers[i].Parse(text)
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.Abs(x) > float64(math.MaxInt64)/float64(unit)/2 || math.IsNaN(x) {
		return time.Time{}, false
	}
	whole := math.Floor(x)
	since := time.Duration(whole)*unit + time.Duration((x-whole)*float64(unit))
	return time.Unix(0, 0).UTC().Add(since), true
}
