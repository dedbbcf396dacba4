package demand

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
)

const (
	wholeDay    = 24 * time.Hour
	daySeconds  = 24 * 60 * 60
	growthYear  = 365 // days over which Stream.Growth is stated
	hoursPerDay = 24
)

// Curve is the base rate of a stream over time, before busyness and spikes: a
// step function, laid out local day by local day. It does not change once made
// and may be read by many goroutines.
type Curve struct {
	// Days are in order and tile the stretch from the scenario's start to the
	// end that the curve was made for. Days outside the stream's From and Until
	// are there, with rate 0.
	Days []Day

	before []float64 // before[i] is what the days before Days[i] bring; one longer than Days
}

// Day is one local day of a Curve, clipped to the curve's stretch. It has 23 or
// 25 hours where the clock changes.
type Day struct {
	Date calendar.Date
	// Number counts calendar days from the day of the scenario's start, which is 0.
	Number     int
	Start, End time.Duration
	// Segments tile the day in order; neighbours have different rates.
	Segments []Segment
	// Expected is the mean number of arrivals of the day, the sum over its segments.
	Expected float64
}

// Segment is a half-open stretch of constant rate.
type Segment struct {
	From, To  time.Duration
	PerSecond float64 // arrivals per second
}

// Curve lays the stream's base rate out on an axis, from the scenario's start
// until the given time since it. Days and hours are those of the axis' own zone,
// and hour weights follow the clock on the wall: where the clock jumps forward
// the hour that is left out brings nothing, and where it jumps back the hour that
// comes twice brings its tickets twice. The curve of a replayed stream is 0
// everywhere: its tickets are known one by one.
func (s *Stream) Curve(x calendar.Axis, until time.Duration) *Curve {
	c := &Curve{before: []float64{0}}
	if until <= 0 {
		return c
	}
	zone := x.Origin.Location()
	first := calendar.DateOf(x.Origin)
	var units [7][]float64
	for d := range units {
		units[d] = s.Profile.perSecond(time.Weekday(d))
	}
	total := 0.0
	for _, local := range x.Days(zone, 0, until) {
		day := Day{
			Date:   local.Date,
			Number: daysBetween(first, local.Date),
			Start:  max(local.Start, 0),
			End:    min(local.End, until),
		}
		if day.Start >= day.End {
			continue
		}
		day.fill(x, zone, units[day.Date.Weekday()], s.dayVolume(day.Date, day.Number))
		for _, g := range day.Segments {
			day.Expected += g.PerSecond * (g.To - g.From).Seconds()
		}
		total += day.Expected
		c.Days = append(c.Days, day)
		c.before = append(c.before, total)
	}
	return c
}

// dayVolume is the number of tickets that a 24-hour day brings.
func (s *Stream) dayVolume(date calendar.Date, number int) float64 {
	outside := !s.From.IsZero() && date.Compare(s.From) < 0 ||
		!s.Until.IsZero() && date.Compare(s.Until) > 0
	if outside || s.Replay != nil {
		return 0
	}
	v := s.Volume.Count * s.Profile.day(date.Weekday()) * s.Profile.special(date)
	v *= s.Season.Of(date)
	switch s.Volume.Per {
	case PerWeek:
		week := 0.0
		for d := time.Sunday; d <= time.Saturday; d++ {
			week += s.Profile.day(d)
		}
		v /= week
	case PerHour:
		v *= hoursPerDay
	}
	if s.Growth != 0 {
		v *= math.Pow(1+s.Growth, float64(number)/growthYear)
	}
	return v
}

// day is the weight of a weekday.
func (p *Profile) day(d time.Weekday) float64 {
	if p.Days == [7]float64{} {
		return 1
	}
	return p.Days[d]
}

// special is the weight of a date beside that of its weekday.
func (p *Profile) special(date calendar.Date) float64 {
	for _, s := range p.Special {
		if s.Date == date {
			return s.Weight
		}
	}
	return 1
}

// perSecond spreads one ticket a day over the parts of the day: the rate in each.
func (p *Profile) perSecond(d time.Weekday) []float64 {
	hours := p.Hours
	if len(p.ByDay[d]) > 0 {
		hours = p.ByDay[d]
	}
	sum := 0.0
	for _, w := range hours {
		sum += w
	}
	if sum == 0 {
		return []float64{1.0 / daySeconds}
	}
	rates := make([]float64, len(hours))
	for i, w := range hours {
		rates[i] = w / sum * float64(len(hours)) / daySeconds
	}
	return rates
}

// fill makes the day's segments. It walks from one jump of the clock to the
// next, and between them from one part of the day to the next.
func (d *Day) fill(x calendar.Axis, zone *time.Location, unit []float64, volume float64) {
	parts := time.Duration(len(unit))
	for at := d.Start; at < d.End; {
		now := x.At(at).In(zone)
		stop := d.End
		if _, jump := now.ZoneBounds(); !jump.IsZero() {
			stop = min(stop, x.Since(jump))
		}
		clock := sinceMidnight(now)
		for at < stop {
			part := clock * parts / wholeDay
			// Where the next part begins, rounded up to a nanosecond.
			next := ((part+1)*wholeDay + parts - 1) / parts
			to := min(stop, at+next-clock)
			d.add(Segment{From: at, To: to, PerSecond: volume * unit[part]})
			clock = (clock + to - at) % wholeDay
			at = to
		}
	}
}

// add appends a segment, or lengthens the last one if the rate goes on.
func (d *Day) add(g Segment) {
	if n := len(d.Segments); n > 0 && d.Segments[n-1].PerSecond == g.PerSecond {
		d.Segments[n-1].To = g.To
		return
	}
	d.Segments = append(d.Segments, g)
}

// Rate is the base rate at t in arrivals per second; 0 outside the curve.
func (c *Curve) Rate(t time.Duration) float64 {
	i, ok := c.find(t)
	if !ok {
		return 0
	}
	segments := c.Days[i].Segments
	return segments[segmentAt(segments, t)].PerSecond
}

// Expected is the mean number of base arrivals from one time to another, the
// integral of Rate. It is 0 if to is not after from.
func (c *Curve) Expected(from, to time.Duration) float64 {
	from, to, ok := c.clip(from, to)
	if !ok {
		return 0
	}
	i, _ := c.find(from)
	j, _ := c.find(to - 1)
	if i == j {
		return c.Days[i].expected(from, to)
	}
	return c.Days[i].expected(from, c.Days[i].End) +
		(c.before[j] - c.before[i+1]) +
		c.Days[j].expected(c.Days[j].Start, to)
}

// expected is the integral over [from, to), which lies within the day.
func (d *Day) expected(from, to time.Duration) float64 {
	if from == d.Start && to == d.End {
		return d.Expected
	}
	sum := 0.0
	for _, g := range d.Segments[segmentAt(d.Segments, from):] {
		if g.From >= to {
			break
		}
		sum += g.PerSecond * (min(g.To, to) - max(g.From, from)).Seconds()
	}
	return sum
}

// clip cuts a stretch down to the curve's own; false if nothing is left.
func (c *Curve) clip(from, to time.Duration) (time.Duration, time.Duration, bool) {
	if len(c.Days) == 0 {
		return 0, 0, false
	}
	from = max(from, c.Days[0].Start)
	to = min(to, c.Days[len(c.Days)-1].End)
	return from, to, from < to
}

// find is the index of the day that holds t. Days are 24 hours long but for the
// few on which the clock changes, so that the first guess is right or next to it.
func (c *Curve) find(t time.Duration) (int, bool) {
	n := len(c.Days)
	if n == 0 || t < c.Days[0].Start || t >= c.Days[n-1].End {
		return 0, false
	}
	i := min(int((t-c.Days[0].Start)/wholeDay), n-1)
	for t < c.Days[i].Start {
		i--
	}
	for t >= c.Days[i].End {
		i++
	}
	return i, true
}

// segmentAt is the index of the segment that holds t, by bisection.
func segmentAt(segments []Segment, t time.Duration) int {
	lo, hi := 0, len(segments)
	for hi-lo > 1 {
		mid := int(uint(lo+hi) >> 1)
		if segments[mid].From <= t {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

func sinceMidnight(t time.Time) time.Duration {
	h, m, s := t.Clock()
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute +
		time.Duration(s)*time.Second + time.Duration(t.Nanosecond())
}

// daysBetween counts calendar days; UTC has no clock changes that would disturb the count.
func daysBetween(a, b calendar.Date) int {
	midnight := func(d calendar.Date) time.Time {
		return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
	}
	return int(midnight(b).Sub(midnight(a)) / wholeDay)
}
