package axis

import (
	"fmt"
	"time"

	"gonum.org/v1/plot/vg"
)

// Time maps instants onto a stretch of the page. Its ticks stand on round
// hours and midnights of the local time of start.
type Time struct {
	Start    time.Time
	Length   time.Duration
	From, To vg.Length
}

// At is where a time since the start lies.
func (a Time) At(d time.Duration) vg.Length {
	return a.From + vg.Length(float64(d)/float64(a.Length))*(a.To-a.From)
}

// Tick is a mark of a time axis. Its label, of one or two lines, is centred
// on the stretch from At to End, which for hours is a point and for days the day.
type Tick struct {
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

// Ticks chooses the densest ticks whose labels keep apart. Width measures a label.
func (a Time) Ticks(width func(string) vg.Length) []Tick {
	const space vg.Length = 9
	for _, d := range densities {
		if a.Length > 400*d.about() {
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
func (a Time) apart(ticks []Tick, width func(string) vg.Length, space vg.Length) bool {
	edge := a.From - 1000
	for _, t := range ticks {
		var w vg.Length
		for _, line := range t.Label {
			w = max(w, width(line))
		}
		if w == 0 {
			continue
		}
		middle := a.Middle(t)
		if middle-w/2 < edge+space {
			return false
		}
		edge = middle + w/2
	}
	return true
}

// Middle is where the label of a tick is centred: of the visible part of its
// stretch.
func (a Time) Middle(t Tick) vg.Length {
	return (a.At(max(t.At, 0)) + a.At(min(t.End, a.Length))) / 2
}

// every lists the ticks of a density that fall into the axis.
func (a Time) every(d density) []Tick {
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
func (a Time) midnight(days int) time.Time {
	y, m, d := a.Start.Date()
	return time.Date(y, m, d+days, 0, 0, 0, 0, a.Start.Location())
}

// inside reports whether a point in time lies on the axis.
func (a Time) inside(t time.Time) bool {
	at := t.Sub(a.Start)
	return at >= 0 && at <= a.Length
}

// point is a tick whose label is centred on it.
func (a Time) point(t time.Time, label ...string) Tick {
	return Tick{At: t.Sub(a.Start), End: t.Sub(a.Start), Label: label}
}

func (a Time) hours(step int) []Tick {
	var ticks []Tick
	for i := 0; ; i++ {
		midnight := a.midnight(i)
		if midnight.Sub(a.Start) > a.Length {
			return ticks
		}
		y, m, d := midnight.Date()
		for h := 0; h < 24; h += step {
			t := time.Date(y, m, d, h, 0, 0, 0, a.Start.Location())
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
func (a Time) days(step int) []Tick {
	var ticks []Tick
	for i := 0; ; i += step {
		from, to := a.midnight(i), a.midnight(i+1)
		if from.Sub(a.Start) >= a.Length {
			return ticks
		}
		label := from.Format("2")
		if i == 0 || from.Day() <= step {
			label = from.Format("2 Jan")
		}
		ticks = append(ticks, Tick{At: from.Sub(a.Start), End: to.Sub(a.Start), Label: []string{from.Format("Mon"), label}})
	}
}

func (a Time) weeks(step int) []Tick {
	var ticks []Tick
	sinceMonday := (int(a.Start.Weekday()) + 6) % 7
	for i := -sinceMonday; ; i += 7 * step {
		t := a.midnight(i)
		if t.Sub(a.Start) > a.Length {
			return ticks
		}
		if a.inside(t) {
			ticks = append(ticks, a.point(t, t.Format("Mon"), t.Format("2 Jan")))
		}
	}
}

// months counts in steps that divide a year or are whole years from January on.
func (a Time) months(step int) []Tick {
	var ticks []Tick
	y, m, _ := a.Start.Date()
	first := (int(m) - 1) / min(step, 12) * min(step, 12)
	for i := 0; ; i += step {
		t := time.Date(y, time.Month(first+1+i), 1, 0, 0, 0, 0, a.Start.Location())
		if t.Sub(a.Start) > a.Length {
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
