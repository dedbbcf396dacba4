package staffing

import (
	"fmt"
	"strings"
	"time"
)

// When says in words when the shift is: Mon–Fri 07:00–15:30, from 2026-11-25 until 2026-12-03.
func (s *Shift) When() string {
	clock := func(minutes int) string {
		if minutes > 24*60 {
			minutes -= 24 * 60
		}
		return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
	}
	words := clock(s.From) + "–" + clock(s.To)
	if days := s.days(); days != "" {
		words = days + " " + words
	}
	switch {
	case s.First.IsZero() && s.Last.IsZero():
	case s.First == s.Last:
		words += ", " + s.First.String()
	case s.Last.IsZero():
		words += ", from " + s.First.String()
	case s.First.IsZero():
		words += ", until " + s.Last.String()
	default:
		words += ", " + s.First.String() + " to " + s.Last.String()
	}
	for _, h := range s.Hires {
		words += fmt.Sprintf(", %+g on %s", h.Heads, h.On)
	}
	switch {
	case s.HolidaysOnly:
		words += ", on holidays only"
	case s.Holidays:
		words += ", holidays too"
	}
	if s.OnCall != nil {
		words += ", on call"
	}
	return words
}

// days are the weekdays from Monday on, in a row where they follow one another; empty for all of them.
func (s *Shift) days() string {
	name := func(i int) string { return time.Weekday((i + 1) % 7).String()[:3] }
	works := func(i int) bool { return i < 7 && s.Days[(i+1)%7] }
	var parts []string
	for i := 0; i < 7; i++ {
		if !works(i) {
			continue
		}
		from := i
		for works(i + 1) {
			i++
		}
		switch i - from {
		case 6:
			return ""
		case 0:
			parts = append(parts, name(from))
		default:
			parts = append(parts, name(from)+"–"+name(i))
		}
	}
	return strings.Join(parts, ", ")
}
