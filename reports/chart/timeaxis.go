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

// about is the distance, clock changes and lengths of months aside.
func (d density) about() time.Duration {
	return time.Duration(d.hours+24*d.days+168*d.weeks+720*d.months) * time.Hour
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
		if a.length > 400*d.about() {
			continue // no page is so wide
		}
		ticks := a.every(d)
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
	switch {
	case d.hours > 0:
		return a.hours(d.hours)
	case d.days > 0:
		return a.days(d.days)
	case d.weeks > 0:
		return a.weeks(d.weeks)
	default:
		return a.months(d.months)
	}
}

// midnight is the local midnight a number of days after the first of the axis.
func (a timeAxis) midnight(days int) time.Time {
	y, m, d := a.start.Date()
	return time.Date(y, m, d+days, 0, 0, 0, 0, a.start.Location())
}

// inside reports whether a point in time lies on the axis.
func (a timeAxis) inside(t time.Time) bool {
	at := t.Sub(a.start)
	return at >= 0 && at <= a.length
}

// point is a tick whose label is centred on it.
func (a timeAxis) point(t time.Time, label ...string) timeTick {
	return timeTick{At: t.Sub(a.start), End: t.Sub(a.start), Label: label}
}

func (a timeAxis) hours(step int) []timeTick {
	var ticks []timeTick
	for i := 0; ; i++ {
		midnight := a.midnight(i)
		if midnight.Sub(a.start) > a.length {
			return ticks
		}
		y, m, d := midnight.Date()
		for h := 0; h < 24; h += step {
			t := time.Date(y, m, d, h, 0, 0, 0, a.start.Location())
			if t.Hour() != h || !a.inside(t) {
				continue // skipped by a clock change, or outside
			}
			label := []string{t.Format("15:04")}
			if h == 0 {
				label = append(label, t.Format("Mon 2 Jan"))
			}
			ticks = append(ticks, a.point(t, label...))
		}
	}
}

// days are stretches: the label of a day stands in its middle.
func (a timeAxis) days(step int) []timeTick {
	var ticks []timeTick
	for i := 0; ; i += step {
		from, to := a.midnight(i), a.midnight(i+1)
		if from.Sub(a.start) >= a.length {
			return ticks
		}
		label := from.Format("2")
		if i == 0 || from.Day() <= step {
			label = from.Format("2 Jan")
		}
		ticks = append(ticks, timeTick{At: from.Sub(a.start), End: to.Sub(a.start), Label: []string{from.Format("Mon"), label}})
	}
}

func (a timeAxis) weeks(step int) []timeTick {
	var ticks []timeTick
	sinceMonday := (int(a.start.Weekday()) + 6) % 7
	for i := -sinceMonday; ; i += 7 * step {
		t := a.midnight(i)
		if t.Sub(a.start) > a.length {
			return ticks
		}
		if a.inside(t) {
			ticks = append(ticks, a.point(t, t.Format("Mon"), t.Format("2 Jan")))
		}
	}
}

// months counts in steps that divide a year or are whole years from January on.
func (a timeAxis) months(step int) []timeTick {
	var ticks []timeTick
	y, m, _ := a.start.Date()
	first := (int(m) - 1) / min(step, 12) * min(step, 12)
	for i := 0; ; i += step {
		t := time.Date(y, time.Month(first+1+i), 1, 0, 0, 0, 0, a.start.Location())
		if t.Sub(a.start) > a.length {
			return ticks
		}
		if a.inside(t) {
			ticks = append(ticks, a.point(t, monthLabel(t, len(ticks) == 0, step)))
		}
	}
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
