package fit

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/counts"
)

// What makes a spike: an hour of it lies so many standard errors above what is usual, so few calm hours may lie
// within, and in all it brings so many times the usual and so many tickets more.
const (
	spikeHour   = 4
	calmWithin  = 2
	leastFactor = 1.8
	leastExtra  = 25
)

// hourOf is an hour of the history with its tickets and those that are usual.
type hourOf struct {
	from     time.Duration
	came     float64
	expected float64
}

// spikes finds times of many tickets, with the shape that package demand gives a spike: it rises in a
// straight line, holds and falls. The shape is read off the hours; the factor is the one with which that
// shape brings the tickets that came, with the exact interval of their number.
func (h *history) spikes(st *Stream, d *counts.Daily) {
	var hours []hourOf
	for _, s := range h.slots() {
		w := d.Days[s.day].Date.Weekday()
		hours = append(hours, hourOf{s.from, d.Hours[s.day][s.hour], d.Mean[s.day] * st.Cells[w][s.hour].Value / 24})
	}
	for i := 0; i < len(hours); i++ {
		if !hours[i].high(d.Phi) {
			continue
		}
		last := i
		for j := i + 1; j < len(hours) && j-last <= calmWithin+1; j++ {
			if hours[j].high(d.Phi) {
				last = j
			}
		}
		if spike, ok := h.spike(hours[i : last+1]); ok {
			st.Spikes = append(st.Spikes, spike)
		}
		i = last
	}
}

// high reports whether an hour lies far above what is usual, busyness included.
func (x hourOf) high(phi float64) bool {
	e := max(x.expected, 0.1)
	return x.came-e > spikeHour*math.Sqrt(e+phi*e*e)
}

func (h *history) spike(hours []hourOf) (Spike, bool) {
	came, expected, peak := 0., 0., 0.
	ratios := make([]float64, len(hours))
	for i, x := range hours {
		came, expected = came+x.came, expected+x.expected
		ratios[i] = x.came / max(x.expected, 0.1)
		peak = max(peak, ratios[i])
	}
	if expected == 0 || came/expected < leastFactor || came-expected < leastExtra {
		return Spike{}, false
	}
	// The plateau is from the first to the last hour of three quarters of the way up.
	first, last := len(hours), 0
	for i, ratio := range ratios {
		if ratio >= 1+0.75*(peak-1) {
			first, last = min(first, i), i
		}
	}
	s := Spike{
		Start: h.log.Axis.At(hours[0].from), Tickets: int(came), Extra: came - expected,
		Rise: time.Duration(first) * time.Hour, Hold: time.Duration(last-first+1) * time.Hour, Fall: time.Duration(len(hours)-1-last) * time.Hour,
	}
	weight := 0. // the tickets of the shape at a height of 1
	for i, x := range hours {
		share := 1.
		switch {
		case i < first:
			share = (float64(i) + 0.5) / float64(first)
		case i > last:
			share = (float64(len(hours)-1-i) + 0.5) / float64(len(hours)-1-last)
		}
		weight += x.expected * share
	}
	s.Factor = h.poisson(came, 1)
	for _, x := range []*float64{&s.Factor.Value, &s.Factor.Low, &s.Factor.High} {
		*x = max(1, 1+(*x-expected)/weight)
	}
	return s, true
}
