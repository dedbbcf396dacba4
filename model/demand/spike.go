package demand

import (
	"slices"
	"time"
)

// End is the instant at which the spike has fallen back to 1.
func (p *Spike) End() time.Duration { return p.Start + p.Rise + p.Hold + p.Fall }

// Active reports whether t lies in the spike, from its start up to its end.
func (p *Spike) Active(t time.Duration) bool { return p.Start <= t && t < p.End() }

// At is what the spike multiplies the rate by at t: 1 before and after it, and
// between 1 and Factor in it. Where Rise or Fall is 0 the factor jumps, and the
// instant of the jump belongs to what comes after it.
func (p *Spike) At(t time.Duration) float64 {
	up := t - p.Start
	down := p.End() - t
	switch {
	case up < 0 || down <= 0:
		return 1
	case up < p.Rise:
		return 1 + (p.Factor-1)*float64(up)/float64(p.Rise)
	case down < p.Fall:
		return 1 + (p.Factor-1)*float64(down)/float64(p.Fall)
	default:
		return p.Factor
	}
}

// Extra is the integral of At - 1 from one time to another, in seconds: the
// extra arrivals at a base rate of one per second. It is 0 if to is not after
// from. Over the whole spike it is (Factor-1)(Rise/2 + Hold + Fall/2).
func (p *Spike) Extra(from, to time.Duration) float64 {
	if to <= from {
		return 0
	}
	return (p.Factor - 1) * (p.area(to) - p.area(from))
}

// area is the integral of the spike's shape, of height 1, up to t, in seconds.
func (p *Spike) area(t time.Duration) float64 {
	ramp := func(passed, length time.Duration) float64 {
		if length <= 0 {
			return 0
		}
		u := passed.Seconds()
		return u * u / (2 * length.Seconds())
	}
	t -= p.Start
	rise := min(max(t, 0), p.Rise)
	hold := min(max(t-p.Rise, 0), p.Hold)
	left := p.Fall - min(max(t-p.Rise-p.Hold, 0), p.Fall)
	return ramp(rise, p.Rise) + hold.Seconds() + ramp(p.Fall, p.Fall) - ramp(left, p.Fall)
}

// Factor is what spikes together multiply the rate by at t: the largest of their
// factors there, and 1 where there is none. Spikes that overlap do not multiply
// one another.
func Factor(spikes []Spike, t time.Duration) float64 {
	f := 1.0
	for i := range spikes {
		f = max(f, spikes[i].At(t))
	}
	return f
}

// HandleFactor is what the handling times of tickets that arrive at t are
// multiplied by: 1+Handle of the active spike with the largest factor at t, the
// first in the list among equals, and 1 where no spike is active.
func HandleFactor(spikes []Spike, t time.Duration) float64 {
	largest, handle := 0.0, 0.0
	for i := range spikes {
		if p := &spikes[i]; p.Active(t) {
			if f := p.At(t); f > largest {
				largest, handle = f, p.Handle
			}
		}
	}
	return 1 + handle
}

// ExpectedWith is the mean number of arrivals from one time to another with
// spikes: the integral of Rate times Factor, exact but for rounding. It is 0 if
// to is not after from.
func (c *Curve) ExpectedWith(spikes []Spike, from, to time.Duration) float64 {
	from, to, ok := c.clip(from, to)
	if !ok {
		return 0
	}
	sum, at := 0.0, from
	for _, next := range bends(spikes, from, to) {
		// Between bends Factor is a straight line. Base segments cut it
		// further, and over each the mean of the line is its middle.
		for at < next {
			stop := min(next, c.step(at))
			middle := at + (stop-at)/2
			sum += c.Rate(at) * Factor(spikes, middle) * (stop - at).Seconds()
			at = stop
		}
	}
	return sum
}

// step is the end of the segment that holds t.
func (c *Curve) step(t time.Duration) time.Duration {
	i, _ := c.find(t)
	segments := c.Days[i].Segments
	return segments[segmentAt(segments, t)].To
}

// bends are the times in (from, to], in order and with to the last, at which
// Factor may change its slope or jump: the corners of the spikes and the points
// at which one overtakes another.
func bends(spikes []Spike, from, to time.Duration) []time.Duration {
	var corners []time.Duration
	for i := range spikes {
		p := &spikes[i]
		corners = append(corners, p.Start, p.Start+p.Rise, p.Start+p.Rise+p.Hold, p.End())
	}
	corners = within(append(corners, to), from, to)
	all := slices.Clone(corners)
	a := from
	for _, b := range corners {
		for i := range spikes {
			for j := range i {
				if t, ok := crossing(&spikes[i], &spikes[j], a, b); ok {
					all = append(all, t)
				}
			}
		}
		a = b
	}
	return within(all, from, to)
}

// within is the times in (from, to], sorted and without repetitions.
func within(times []time.Duration, from, to time.Duration) []time.Duration {
	times = slices.DeleteFunc(slices.Clone(times), func(t time.Duration) bool { return t <= from || t > to })
	slices.Sort(times)
	return slices.Compact(times)
}

// crossing is the time between a and b at which two spikes have the same factor.
// Both are straight lines between a and b; a jump at b is kept out by measuring
// the slopes up to the middle.
func crossing(p, q *Spike, a, b time.Duration) (time.Duration, bool) {
	half := (b - a) / 2
	if half <= 0 {
		return 0, false
	}
	start := p.At(a) - q.At(a)
	slope := p.At(a+half) - q.At(a+half) - start // per half
	if slope == 0 {
		return 0, false
	}
	share := -start / slope
	if !(share > 0 && share < 2) {
		return 0, false
	}
	return a + time.Duration(share*float64(half)), true
}
