package ticketlog

import (
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
)

// Times make up much of a table, and package time is not fast at reading them, so the layouts that hold nothing
// but numbers are read here. What does not fit is left to package time: this is no second opinion on what a
// time is.

// field is a number of a layout, with what stands before it.
type field struct {
	before     string
	part       part
	few, most  int // digits
	low, limit int // values from low to below limit
}

// part is what a number is.
type part uint8

const (
	year part = iota
	month
	day
	hour
	minute
	second
	parts
)

// fieldWords are the numbers of layouts as package time writes them, a longer word before one that begins it.
var fieldWords = []struct {
	word string
	field
}{
	{"2006", field{part: year, few: 4, most: 4, low: 1, limit: 10_000}},
	{"01", field{part: month, few: 2, most: 2, low: 1, limit: 13}}, {"1", field{part: month, few: 1, most: 2, low: 1, limit: 13}},
	{"02", field{part: day, few: 2, most: 2, low: 1, limit: 32}}, {"2", field{part: day, few: 1, most: 2, low: 1, limit: 32}},
	{"15", field{part: hour, few: 1, most: 2, limit: 24}},
	{"04", field{part: minute, few: 2, most: 2, limit: 60}},
	{"05", field{part: second, few: 2, most: 2, limit: 60}},
}

// pattern is a layout that is nothing but numbers, and perhaps an offset.
type pattern struct {
	fields []field
	before string // the offset
	offset offset
}

// offset is how a layout writes the distance from UTC.
type offset uint8

const (
	noOffset offset = iota
	offsetColon
	offsetPlain
	zuluColon // Z for none
	zuluPlain
)

var offsetWords = map[string]offset{"": noOffset, "-07:00": offsetColon, "-0700": offsetPlain, "Z07:00": zuluColon, "Z0700": zuluPlain}

// patternOf is that of a layout; the zero one, which nothing fits, for any other layout.
func patternOf(layout string) (p pattern) {
	seen := [parts]bool{}
	before := ""
next:
	for {
		if o, ends := offsetWords[layout]; ends {
			p.before, p.offset = before, o
			break
		}
		for _, w := range fieldWords {
			rest, fits := strings.CutPrefix(layout, w.word)
			// Two numbers that nothing parts, or another word that begins so, such as 002 for the day of the year.
			if !fits || rest != "" && isDigit(rest[0]) || seen[w.part] || len(p.fields) > 0 && before == "" {
				continue
			}
			f := w.field
			f.before, before, layout = before, "", rest
			p.fields, seen[f.part] = append(p.fields, f), true
			continue next
		}
		if !strings.Contains("-/.:T ", layout[:1]) {
			return pattern{}
		}
		before, layout = before+layout[:1], layout[1:]
	}
	if !seen[year] || !seen[month] || !seen[day] || p.offset == noOffset && p.before != "" {
		return pattern{}
	}
	return p
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// shown is what a wall clock shows.
type shown struct {
	date   calendar.Date
	minute int           // of the day
	rest   time.Duration // after it
	east   time.Duration // of UTC, where the layout has an offset
}

// read reads a time. What it does not read may be one all the same.
func (p *pattern) read(text string) (s shown, ok bool) {
	value := [parts]int{}
	for i := range p.fields {
		f := &p.fields[i]
		if text, ok = strings.CutPrefix(text, f.before); !ok {
			return s, false
		}
		n, x := digits(text, f.most)
		if n < f.few || x < f.low || x >= f.limit {
			return s, false
		}
		value[f.part], text = x, text[n:]
	}
	if len(p.fields) == 0 {
		return s, false
	}
	s.rest = time.Duration(value[second]) * time.Second
	if p.fields[len(p.fields)-1].part == second && len(text) > 1 && text[0] == '.' {
		n, x := digits(text[1:], 9)
		if n == 0 || n < len(text)-1 && isDigit(text[1+n]) {
			return s, false
		}
		text = text[1+n:]
		for ; n < 9; n++ {
			x *= 10
		}
		s.rest += time.Duration(x)
	}
	if s.east, ok = p.readOffset(text); !ok {
		return s, false
	}
	d := calendar.Date{Year: value[year], Month: time.Month(value[month]), Day: value[day]}
	if d.Day > 28 && d.Day > daysIn(d.Year, d.Month) {
		return s, false // there is no such day
	}
	s.date, s.minute = d, 60*value[hour]+value[minute]
	return s, true
}

// daysIn is how many days a month of the Gregorian calendar has.
func daysIn(year int, month time.Month) int {
	switch {
	case month != time.February:
		return 30 + int(month+month>>3)&1
	case year%4 == 0 && (year%100 != 0 || year%400 == 0):
		return 29
	}
	return 28
}

// readOffset reads the end of a time.
func (p *pattern) readOffset(text string) (east time.Duration, ok bool) {
	if p.offset == noOffset {
		return 0, text == ""
	}
	if text, ok = strings.CutPrefix(text, p.before); !ok || text == "" {
		return 0, false
	}
	sign := text[0]
	text = text[1:]
	if sign == 'Z' {
		return 0, text == "" && (p.offset == zuluColon || p.offset == zuluPlain)
	}
	if p.offset == offsetColon || p.offset == zuluColon {
		if len(text) != 5 || text[2] != ':' {
			return 0, false
		}
	} else if len(text) != 4 {
		return 0, false
	}
	n, hours := digits(text[:2], 2)
	m, minutes := digits(text[len(text)-2:], 2)
	if n < 2 || m < 2 || hours >= 24 || minutes >= 60 || sign != '+' && sign != '-' {
		return 0, false
	}
	east = time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if sign == '-' {
		east = -east
	}
	return east, true
}

// digits are how many digits a text begins with, up to a number of them, and their value.
func digits(text string, most int) (n, value int) {
	for n < len(text) && n < most && isDigit(text[n]) {
		value = 10*value + int(text[n]-'0')
		n++
	}
	return n, value
}
