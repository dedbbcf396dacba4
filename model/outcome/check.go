package outcome

import (
	"fmt"
	"math"
	"time"
)

// longest is how long a scenario can be: with it, sums of two instants do not overflow.
const longest = math.MaxInt64 / 4 * time.Nanosecond

// check finds what does not fit together, so that readers need not.
func (x *Experiment) check() error {
	sc := &x.Scenario
	switch {
	case x.Replications < 0 || sc.Interval <= 0 || sc.Length <= 0:
		return fmt.Errorf("%d replications of %v in intervals of %v", x.Replications, sc.Length, sc.Interval)
	case sc.Length > longest || sc.Interval > longest:
		return fmt.Errorf("a scenario of %v in intervals of %v", sc.Length, sc.Interval)
	case sc.Warmup < 0 || sc.Warmup > sc.Length:
		return fmt.Errorf("a warm-up of %v in a scenario of %v", sc.Warmup, sc.Length)
	case sc.Start.Year() < 1 || sc.Start.Add(sc.Length).Year() > 9999:
		return fmt.Errorf("a scenario that starts in the year %d", sc.Start.Year())
	}
	for _, s := range sc.Spikes {
		if s.Start < -longest || s.End < s.Start || s.End > longest {
			return fmt.Errorf("the spike %q lasts from %v to %v", clip(s.Name), s.Start, s.End)
		}
	}
	if err := x.checkMeasures(); err != nil {
		return err
	}
	n := int((sc.Length + sc.Interval - 1) / sc.Interval)
	for i := range x.Series {
		s := &x.Series[i]
		spread := len(s.P10) == len(s.P90) && (len(s.P10) == 0 || len(s.P10) == n)
		if len(s.Mean) != n || len(s.Low) != n || len(s.High) != n || !spread {
			return fmt.Errorf("series %s %s has not %d intervals", clip(s.Name), clip(s.Labels.String()), n)
		}
		if err := s.checkCounts(n); err != nil {
			return err
		}
	}
	return x.checkWaits()
}

func (x *Experiment) checkMeasures() error {
	seen := make(map[measureKey]bool, len(x.Measures))
	for i := range x.Measures {
		m := &x.Measures[i]
		if len(m.Num) != x.Replications || len(m.Den) != x.Replications {
			return fmt.Errorf("%s has %d and %d totals for %d replications", clip(m.Describe()), len(m.Num), len(m.Den), x.Replications)
		}
		if seen[m.key()] {
			return fmt.Errorf("%s is there twice", clip(m.Describe()))
		}
		seen[m.key()] = true
	}
	return nil
}

func (x *Experiment) checkWaits() error {
	for i := range x.Waits {
		w := &x.Waits[i]
		if len(w.Upper) != len(w.Count) {
			return fmt.Errorf("a waiting-time distribution has %d bounds and %d counts", len(w.Upper), len(w.Count))
		}
		for k, upper := range w.Upper {
			if upper < 0 || k > 0 && upper <= w.Upper[k-1] {
				return fmt.Errorf("the bounds of a waiting-time distribution do not rise at number %d", k+1)
			}
		}
	}
	return nil
}
