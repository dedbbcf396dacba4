package sla

import (
	"sort"
	"time"
)

// Segment is a stretch of a clock's life, half-open, in which one thing was the case.
type Segment struct {
	From, To time.Duration
	State    State
}

// State is what a clock does in a segment.
type State uint8

const (
	// Running: the clock counts.
	Running State = iota
	// OutOfHours: it would count, but its calendar is closed.
	OutOfHours
	// Paused: it stands still in the status that the ticket has.
	Paused
	// Solved: the ticket was solved and came back later.
	Solved
	// Discarded: it counted, but was restarted later.
	Discarded
)

var stateNames = [...]string{"running", "out of hours", "paused", "solved", "discarded"}

// String is the state in words.
func (s State) String() string { return stateNames[s] }

// segments grow in order of time.
type segments []Segment

// add appends a segment, or lengthens the last one.
func (ss *segments) add(from, to time.Duration, state State) {
	if from >= to {
		return
	}
	if n := len(*ss); n > 0 && (*ss)[n-1].To == from && (*ss)[n-1].State == state {
		(*ss)[n-1].To = to
		return
	}
	*ss = append(*ss, Segment{from, to, state})
}

// count appends what a running clock does from one instant to another.
func (ss *segments) count(line Line, from, to time.Duration) {
	for from < to {
		opens, ok := line.NextOpen(from)
		if !ok || opens >= to {
			ss.add(from, to, OutOfHours)
			return
		}
		ss.add(from, opens, OutOfHours)
		from = closing(line, opens, to)
		ss.add(opens, from, Running)
	}
}

// closing is the end of the open stretch that begins at an open instant, at most to. A
// line can only be asked how much of a time is open, so it is searched by halving.
func closing(line Line, opens, to time.Duration) time.Duration {
	d := sort.Search(int(to-opens), func(d int) bool {
		end := opens + time.Duration(d) + 1
		return line.Between(opens, end) < end-opens
	})
	return opens + time.Duration(d)
}

// discard marks what has been counted as lost.
func (ss segments) discard() {
	for i := range ss {
		if ss[i].State == Running {
			ss[i].State = Discarded
		}
	}
}
