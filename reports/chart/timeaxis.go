package chart

import (
	"fmt"
	"strings"
	"time"

	"gonum.org/v1/plot/vg"
)

// timeAxis maps instants onto a stretch of the page. Its ticks stand on round
// hours and midnights of the local time of start.
type timeAxis struct {
	start    time.Time
	length   time.Duration
	from, to vg.Length
}

func (a timeAxis) at(d time.Duration) vg.Length {
	return a.from + vg.Length(float64(d)/float64(a.length))*(a.to-a.from)
}

// timeTick is a mark of a time axis. Its label, of one or two lines, is centred
// on the stretch from At to End, which for hours is a point and for days the day.
type timeTick struct {
	At, End time.Duration
	Label   []string
}

// density is a distance between ticks.
type density struct {
	hours, days, weeks, months int // one of them is set
}

var densities = []density{
	{hours: 1}, {hours: 2}, {hours: 3}, {hours: 6}, {hours: 12},
	{days: 1}, {days: 2},
	{weeks: 1}, {weeks: 2},
	{months: 1}, {months: 2}, {months: 3}, {months: 6}, {months: 12}, {months: 24}, {months: 60}, {months: 120}, {months: 240},
}

// ticks chooses the densest ticks whose labels keep apart. Width measures a label.
func (a timeAxis) ticks(width func(string) vg.Length) []timeTick {
	const space vg.Length = 9
	for _, d := range densities {
		ticks := a.every(d)
		if len(ticks) > 400 {
			continue // cheaper than measuring them all
		}
		if a.apart(ticks, width, space) {
			return ticks
		}
	}
	return nil
}

// apart reports whether no two labels come closer than space.
func (a timeAxis) apart(ticks []timeTick, width func(string) vg.Length, space vg.Length) bool {
	edge := a.from - 1000
	for _, t := range ticks {
		var w vg.Length
		for _, line := range t.Label {
			w = max(w, width(line))
		}
		if w == 0 {
			continue
		}
		middle := a.middle(t)
		if middle-w/2 < edge+space {
			return false
		}
		edge = middle + w/2
	}
	return true
}

// middle is where the label of a tick is centred: of the visible part of its
// stretch.
func (a timeAxis) middle(t timeTick) vg.Length {
	return (a.at(max(t.At, 0)) + a.at(min(t.End, a.length))) / 2
}

// every lists the ticks of a density that fall into the axis.
func (a timeAxis) every(d density) []timeTick {
	y, m, day := a.start.Date()
	zone := a.start.Location()
	end := a.start.Add(a.length)
	var ticks []timeTick
	add := func(t, until time.Time, label ...string) {
		if at := t.Sub(a.start); at <= a.length && (at >= 0 || until.Sub(a.start) > a.length/1000) {
			ticks = append(ticks, timeTick{At: at, End: until.Sub(a.start), Label: label})
		}
	}
	switch {
	case d.hours > 0:
		for i := 0; ; i++ {
			midnight := time.Date(y, m, day+i, 0, 0, 0, 0, zone)
			if midnight.After(end) {
				break
			}
			for h := 0; h < 24; h += d.hours {
				t := time.Date(y, m, day+i, h, 0, 0, 0, zone)
				if t.Hour() != h {
					continue // skipped by a clock change
				}
				label := []string{t.Format("15:04")}
				if h == 0 {
					label = append(label, t.Format("Mon 2 Jan"))
				}
				if !t.Before(a.start) {
					add(t, t, label...)
				}
			}
		}
	case d.days > 0:
		for i := 0; ; i += d.days {
			t := time.Date(y, m, day+i, 0, 0, 0, 0, zone)
			if !t.Before(end) {
				break
			}
			label := t.Format("2")
			if i == 0 || t.Day() <= d.days {
				label = t.Format("2 Jan")
			}
			add(t, time.Date(y, m, day+i+1, 0, 0, 0, 0, zone), t.Format("Mon"), label)
		}
	case d.weeks > 0:
		monday := day - (int(a.start.Weekday())+6)%7
		for i := 0; ; i += 7 * d.weeks {
			t := time.Date(y, m, monday+i, 0, 0, 0, 0, zone)
			if t.After(end) {
				break
			}
			if !t.Before(a.start) {
				add(t, t, t.Format("Mon"), t.Format("2 Jan"))
			}
		}
	default:
		first := (int(m) - 1) / d.months % max(12/d.months, 1) * d.months
		for i := 0; ; i += d.months {
			t := time.Date(y, time.Month(first+1+i), 1, 0, 0, 0, 0, zone)
			if t.After(end) {
				break
			}
			if !t.Before(a.start) {
				add(t, t, monthLabel(t, len(ticks) == 0, d.months))
			}
		}
	}
	return ticks
}

func monthLabel(t time.Time, first bool, step int) string {
	if step >= 12 {
		return fmt.Sprint(t.Year())
	}
	if first || t.Month() == time.January {
		return t.Format("Jan 2006")
	}
	return t.Format("Jan")
}

// drawTimeAxis draws the labels of a time axis below y and returns the height
// that they need. Ticks are drawn by the panels.
func (p *page) drawTimeAxis(a timeAxis, ticks []timeTick, y vg.Length) {
	for _, t := range ticks {
		middle := a.middle(t)
		for i, line := range t.Label {
			style := tickWords
			if strings.Contains(line, " ") {
				style.colour = black
			}
			half := p.width(line, style) / 2
			at := min(max(middle, margin/2+half), pageWidth-margin/2-half)
			p.write(line, at, y-tickWords.size-vg.Length(i)*(tickWords.size+2), style, middleSide)
		}
	}
}

// axisHeight is the room that the labels of a time axis take.
func axisHeight(ticks []timeTick) vg.Length {
	lines := 0
	for _, t := range ticks {
		lines = max(lines, len(t.Label))
	}
	return vg.Length(lines)*(tickWords.size+2) + 8
}
