package requirement

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Task is work that may wait: Hours of one head that come in interval From and must be
// done by the end of interval To.
type Task struct {
	From, To int
	Hours    float64
}

// Unreachable says that work has no open time between its arrival and its deadline.
type Unreachable struct{ Task }

// Error is a sentence.
func (u *Unreachable) Error() string {
	return fmt.Sprintf("%.6g hours of work come in interval %d and must be done by interval %d, but no time between is open",
		u.Hours, u.From, u.To)
}

// Level is the smallest capacity, in heads by interval, with which all tasks are done by
// their deadlines, none before it has come. open is how much of each interval may be
// worked, in hours. Done work, in the order of deadlines, then never falls
// behind the curve of what is due nor runs ahead of that of what has come.
//
// Of all capacities that will do it is the most even one: it makes the peak as low as
// any, of those the second peak, and so on; with it any convex cost of heads is least
// (Yao, Demers and Shenker 1995, "A scheduling model for reduced CPU energy", theorem 1, whose speeds
// are heads here). It is found as there: the stretch with the densest work of its
// own gets that density, is cut out, and so on with what is left.
//
// The error is an *Unreachable if some task has no open time. Time goes with the number of
// intervals squared, times that of different levels.
func Level(tasks []Task, open []float64) ([]float64, error) {
	heads := make([]float64, len(open))
	left := make([]Task, 0, len(tasks))
	for i, hours := range open {
		if !(hours >= 0) || math.IsInf(hours, 0) {
			return nil, fmt.Errorf("open time of interval %d must be finite and not negative, not %v", i, hours)
		}
	}
	for _, t := range tasks {
		switch {
		case !(t.Hours >= 0) || math.IsInf(t.Hours, 0):
			return nil, fmt.Errorf("work must be finite and not negative, not %v hours", t.Hours)
		case t.From < 0 || t.To < t.From || t.To >= len(open):
			return nil, fmt.Errorf("work from interval %d to %d does not lie in the %d intervals", t.From, t.To, len(open))
		case t.Hours > 0:
			left = append(left, t)
		}
	}
	// kept are the intervals that are left, and tasks count within them.
	kept := make([]int, 0, len(open))
	place := make([]int, len(open)+1)
	for i, hours := range open {
		place[i] = len(kept)
		if hours > 0 {
			kept = append(kept, i)
		}
	}
	place[len(open)] = len(kept)
	for i := range left {
		t := &left[i]
		from, to := place[t.From], place[t.To+1]-1
		if to < from {
			return nil, &Unreachable{*t}
		}
		t.From, t.To = from, to
	}
	for len(left) > 0 {
		from, to, density := densest(left, kept, open)
		for _, i := range kept[from : to+1] {
			heads[i] = density
		}
		kept = slices.Delete(kept, from, to+1)
		left = slices.DeleteFunc(left, func(t Task) bool { return from <= t.From && t.To <= to })
		for i := range left {
			left[i].From = without(left[i].From, from, to, from)
			left[i].To = without(left[i].To, from, to, from-1)
		}
	}
	return heads, nil
}

// without is an interval's place once those from one to another are gone; inside is
// where it lands if it is one of them.
func without(i, from, to, inside int) int {
	switch {
	case i < from:
		return i
	case i > to:
		return i - (to - from + 1)
	}
	return inside
}

// densest finds the stretch of intervals whose own work, that which comes and is due in it,
// asks for the most heads. Of equal ones it is the first and longest.
func densest(tasks []Task, kept []int, open []float64) (from, to int, density float64) {
	// By arrival, the latest first.
	slices.SortFunc(tasks, func(a, b Task) int { return cmp.Or(b.From-a.From, a.To-b.To) })
	due := make([]float64, len(kept)) // work that comes from here on, by deadline
	for k := 0; k < len(tasks); {
		start := tasks[k].From
		for ; k < len(tasks) && tasks[k].From == start; k++ {
			due[tasks[k].To] += tasks[k].Hours
		}
		work, time := 0., 0.
		for end := start; end < len(kept); end++ {
			time += open[kept[end]]
			if due[end] == 0 {
				continue
			}
			work += due[end]
			if d := work / time; d >= density {
				from, to, density = start, end, d
			}
		}
	}
	return from, to, density
}
