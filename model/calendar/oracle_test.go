package calendar

import (
	"math"
	"time"

	"pgregory.net/rapid"
)

// A clockWatch is the plain way to business hours, against which the package is
// tested: it looks at a clock on the wall once a minute for some days, writes
// down what it shows, and paints hours onto the minutes. It knows nothing of
// stretches, unions or windows. All of its instants are Unix minutes.
type clockWatch struct {
	zone  *time.Location
	start int64 // the first minute watched
	today int64 // day number at the middle
	wall  []int64
	first map[int64]int64 // wall-clock minute → first minute that showed it
}

const watchedDays = 10 // to each side

func watch(z *time.Location, middle time.Time) *clockWatch {
	w := &clockWatch{zone: z, first: map[int64]int64{}}
	w.today = DateOf(middle.In(z)).number()
	w.start = middle.Unix()/60 - watchedDays*minutesPerDay
	w.wall = make([]int64, 2*watchedDays*minutesPerDay)
	for i := range w.wall {
		at := w.start + int64(i)
		_, offset := time.Unix(at*60, 0).In(z).Zone()
		w.wall[i] = at + int64(offset/60)
		if _, seen := w.first[w.wall[i]]; !seen {
			w.first[w.wall[i]] = at
		}
	}
	return w
}

// instant looks up when the clock first showed a time, or by how much it jumped
// over it. Times that were not watched are far away.
func (w *clockWatch) instant(day int64, minute int) int64 {
	want := day*minutesPerDay + int64(minute)
	if at, ok := w.first[want]; ok {
		return at
	}
	for i := 1; i < len(w.wall); i++ {
		before, after := w.wall[i-1], w.wall[i]
		if before < want && want < after {
			gap := after - before - 1
			return w.start + int64(i) + want + gap - after
		}
	}
	if want < w.wall[0] {
		return math.MinInt32
	}
	return math.MaxInt32
}

// paint says for each watched minute whether c is open.
func (w *clockWatch) paint(c *Calendar) []bool {
	open := make([]bool, len(w.wall))
	brush := func(day int64, s Span, value bool) {
		from, to := w.instant(day, s.From)-w.start, w.instant(day, s.To)-w.start
		for i := max(0, from); i < min(to, int64(len(open))); i++ {
			open[i] = value
		}
	}
	exists := func(day int64) bool { return w.instant(day, 0) < w.instant(day, minutesPerDay) }
	for day := w.today - watchedDays; day <= w.today+watchedDays; day++ {
		d := dateOn(day)
		list := c.Week[d.Weekday()]
		if other, ok := c.Override[d]; ok {
			list = other
		}
		if c.Closed[d] || !exists(day) {
			list = nil
		}
		for _, s := range list {
			brush(day, s, true)
		}
	}
	for day := w.today - watchedDays; day <= w.today+watchedDays; day++ {
		if c.Closed[dateOn(day)] {
			brush(day, Span{0, minutesPerDay}, false)
		}
		if exists(day) {
			for _, s := range c.Breaks {
				brush(day, s, false)
			}
		}
	}
	return open
}

// A drawnZone is a zone with instants near which something odd happens.
type drawnZone struct {
	zone    *time.Location
	changes []string
}

var oddZones = []struct {
	name    string
	changes []string
}{
	{"UTC", nil},
	{"America/New_York", []string{"2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z", "2024-02-29T12:00:00Z", "2028-12-31T12:00:00Z"}},
	{"Europe/Berlin", []string{"2040-12-31T12:00:00Z", "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"}},
	{"Asia/Kolkata", []string{"2024-02-29T12:00:00Z"}},
	{"Asia/Kathmandu", nil},
	{"Pacific/Auckland", []string{"2028-12-31T06:00:00Z", "2026-04-04T14:00:00Z", "2026-09-26T14:00:00Z"}},
	{"America/Los_Angeles", []string{"2026-03-08T10:00:00Z", "2026-11-01T09:00:00Z"}},
	{"America/Sao_Paulo", []string{"2018-11-04T03:00:00Z", "2018-02-18T02:00:00Z"}},
	{"Australia/Lord_Howe", []string{"2026-04-04T15:00:00Z", "2026-10-03T15:30:00Z"}},
	{"Pacific/Apia", []string{"2011-12-30T10:00:00Z"}},
	{"Africa/Casablanca", []string{"2026-02-15T02:00:00Z", "2026-03-22T02:00:00Z"}},
	{"America/St_Johns", []string{"2010-11-07T02:31:00Z", "2010-03-14T03:31:00Z"}},
	{"America/Scoresbysund", []string{"2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"}},
	{"America/Toronto", []string{"1919-03-31T04:30:00Z"}},
}

func drawZone(t *rapid.T) drawnZone {
	z := rapid.SampledFrom(oddZones).Draw(t, "zone")
	return drawnZone{zone(z.name), z.changes}
}

// around draws an instant, mostly near an odd one.
func (z drawnZone) around(t *rapid.T) time.Time {
	middle := instant("2026-06-15T12:00:00Z").AddDate(0, 0, rapid.IntRange(-500, 500).Draw(t, "days"))
	if len(z.changes) > 0 && rapid.IntRange(0, 3).Draw(t, "ordinary") > 0 {
		middle = instant(rapid.SampledFrom(z.changes).Draw(t, "change"))
	}
	return middle
}

// drawInstant draws an instant within some days of middle, on minutes, seconds or
// nanoseconds.
func drawInstant(t *rapid.T, middle time.Time, days int, name string) time.Time {
	minutes := time.Duration(rapid.IntRange(-days*minutesPerDay, days*minutesPerDay).Draw(t, name+" minutes"))
	fine := time.Duration(rapid.SampledFrom([]int64{0, 0, 1, int64(time.Second), int64(time.Minute) - 1}).Draw(t, name+" fine"))
	return middle.Truncate(time.Minute).Add(minutes*time.Minute + fine)
}

func drawSpans(t *rapid.T, name string, most int) []Span {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Span {
		// Whole hours meet each other, midnights and clock changes often.
		step := rapid.SampledFrom([]int{60, 30, 1}).Draw(t, "step")
		from := step * rapid.IntRange(0, 1439/step).Draw(t, "from")
		to := step * rapid.IntRange(from/step+1, 2880/step).Draw(t, "to")
		if rapid.Bool().Draw(t, "short") {
			to = min(to, from+8*60)
		}
		return Span{from, to}
	}), 0, most).Draw(t, name)
}

// drawCalendar draws hours with exceptions near middle. It may be never open.
func drawCalendar(t *rapid.T, z *time.Location, middle time.Time) *Calendar {
	c := &Calendar{Name: "drawn", Zone: z, Closed: map[Date]bool{}, Override: map[Date][]Span{}}
	if rapid.IntRange(0, 9).Draw(t, "around the clock") == 0 {
		for day := range c.Week {
			c.Week[day] = spans("00:00-24:00")
		}
	} else {
		for day := range c.Week {
			c.Week[day] = drawSpans(t, "week", 2)
		}
	}
	near := rapid.Custom(func(t *rapid.T) Date {
		return DateOf(middle.In(z)).AddDays(rapid.IntRange(-5, 5).Draw(t, "near"))
	})
	for _, d := range rapid.SliceOfN(near, 0, 3).Draw(t, "closed") {
		c.Closed[d] = true
	}
	for _, d := range rapid.SliceOfN(near, 0, 3).Draw(t, "overridden") {
		c.Override[d] = drawSpans(t, "override", 2)
	}
	if rapid.IntRange(0, 2).Draw(t, "with breaks") == 0 {
		c.Breaks = drawSpans(t, "breaks", 2)
	}
	return c
}
