package contract

import (
	"math/big"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
)

// Tally counts what the clocks of one level did in one period.
type Tally struct {
	Met, Judged int64
	Seconds     int64   // that they took in all; of each clock, whole ones
	Charged     int64   // minor units, for single late clocks
	Kept        []int64 // clocks that took no longer than each of the meter's limits
	limits      []time.Duration
}

// within is the number of clocks that took no longer than one of the limits.
func (t *Tally) within(d time.Duration) int64 {
	i, ok := slices.BinarySearch(t.limits, d)
	if !ok {
		panic("contract: the tally has no such limit: it was not made by the level's meter")
	}
	return t.Kept[i]
}

// mean is the mean time, in seconds, of at least one clock.
func (t *Tally) mean() *big.Rat { return big.NewRat(t.Seconds, t.Judged) }

// Reset forgets what was counted.
func (t *Tally) Reset() {
	clear(t.Kept)
	t.Met, t.Judged, t.Seconds, t.Charged = 0, 0, 0, 0
}

// Clock is what a meter must know of a promise.
type Clock struct {
	Metric          sla.Metric
	Verdict         sla.Verdict
	Elapsed, Within time.Duration
	// Relaxed is by how much an exception lengthens all limits for this clock; 0 for not at all.
	Relaxed float64
}

// Meter counts clocks for the levels of a contract.
type Meter struct {
	contract *Contract
	limits   [][]time.Duration // by level
}

// NewMeter makes a meter.
func NewMeter(k *Contract) *Meter {
	m := &Meter{contract: k, limits: make([][]time.Duration, len(k.Levels))}
	for i := range k.Levels {
		l := &k.Levels[i]
		if l.Measure != Percentile {
			continue
		}
		limits := []time.Duration{l.Within}
		if s, ok := l.Scheme.(timed); ok {
			limits = append(limits, s.limits(l)...)
		}
		slices.Sort(limits)
		m.limits[i] = slices.Compact(limits)
	}
	return m
}

// Tallies are empty ones for one period, by level.
func (m *Meter) Tallies() []Tally {
	ts := make([]Tally, len(m.limits))
	for i, limits := range m.limits {
		ts[i] = Tally{Kept: make([]int64, len(limits)), limits: limits}
	}
	return ts
}

// Judges reports whether a level is about a metric.
func (m *Meter) Judges(metric sla.Metric) bool {
	for i := range m.contract.Levels {
		if m.contract.Levels[i].Metric == metric {
			return true
		}
	}
	return false
}

// Count adds clocks of one ticket that are judged together to the tallies of the period that it
// belongs to, by level. A ticket that is late in several levels may count as such in one only: see Once.
func (m *Meter) Count(ts []Tally, clocks []Clock) {
	spent := false // the ticket has been late where it counts once
	for i := range m.contract.Levels {
		l := &m.contract.Levels[i]
		for k := range clocks {
			c := &clocks[k]
			if c.Metric != l.Metric {
				continue
			}
			v := l.judge(c)
			once := v == late && m.contract.Several == Once && !l.Metric.InRounds()
			if once && spent {
				continue
			}
			spent = spent || once
			ts[i].add(l, c, v)
		}
	}
}

// verdict is that of a level, which may have a limit of its own.
type verdict uint8

const (
	unjudged verdict = iota
	kept
	late
)

// judge says what a clock is for a level. An open clock is judged once it is late.
func (l *Level) judge(c *Clock) verdict {
	ended := c.Verdict == sla.Met || c.Verdict == sla.Breached
	if c.Verdict == sla.Unjudged {
		return unjudged
	}
	if l.Within == 0 {
		switch {
		case c.Verdict == sla.Undecided:
			return unjudged
		case c.Verdict == sla.Met:
			return kept
		// What was late by an earlier target stays so.
		case c.Relaxed <= 1 || c.Elapsed <= c.Within || beyond(c.Elapsed, c.Within, c.Relaxed):
			return late
		}
	} else if beyond(c.Elapsed, l.Within, c.Relaxed) {
		return late
	}
	if ended {
		return kept
	}
	return unjudged
}

// beyond reports whether a time is above a limit that an exception lengthens.
func beyond(d, limit time.Duration, relaxed float64) bool {
	if relaxed > 1 {
		return float64(d) > relaxed*float64(limit)
	}
	return d > limit
}

// add counts a clock.
func (t *Tally) add(l *Level, c *Clock, v verdict) {
	if v == unjudged {
		return
	}
	t.Judged++
	t.Seconds += int64(c.Elapsed / time.Second)
	for i, d := range t.limits {
		if !beyond(c.Elapsed, d, c.Relaxed) {
			t.Kept[i]++
		}
	}
	if v == kept {
		t.Met++
		return
	}
	if s, ok := l.Scheme.(charging); ok {
		limit := c.Within
		if l.Within > 0 {
			limit = l.Within
		}
		t.Charged += s.charge(max(c.Elapsed-limit, 0))
	}
}
