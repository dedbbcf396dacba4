package work

import (
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
)

// HandOff is how tickets of an issue go to another team for a while: to engineering,
// to a second tier. A touch that is followed by one solves nothing; its public reply says
// that the ticket has been passed on.
type HandOff struct {
	To    ticket.Team
	Share float64 // of the tickets; with AnyTouch, of the touches
	// Handle is the agent time of the other team, seconds.
	Handle dist.Dist
	// AnyTouch: every touch may be followed by it, not the first alone.
	AnyTouch bool
	// Open: the ticket is open while the other team has it, else it is on hold.
	Open bool
	// Solves: the other team replies and solves the ticket itself, else it leaves an
	// internal note and gives the ticket back, for a later touch of those who had it.
	Solves bool
}

// Handed is the hand-off that follows the n-th touch, counted from 0, as an index into
// HandOffs, for a number that is uniform on [0, 1); -1 for none.
func (i *Issue) Handed(n int, u float64) int {
	sum := 0.0
	for k := range i.HandOffs {
		h := &i.HandOffs[k]
		if n > 0 && !h.AnyTouch {
			continue
		}
		if sum += h.Share; u < sum {
			return k
		}
	}
	return -1
}

// course is the mean course of an issue's tickets as a Markov chain, of which the
// states are: before a first touch, before a later one, solved.
type course struct {
	later  float64 // touches of those who have the ticket, but for its first
	solved float64 // touches of a team that it was handed off to, which solve it
	handed []float64
}

// course works it out. With the state "before a later touch" worth 1, a solved ticket is
// worth r (it comes back), and an unanswered question π = 1 - never + never·r. What a touch
// that solves with probability p is worth after it, with hand-offs of h in all of which s
// solve, is w(p, h, s) = h - s + s·r + (1 - h)(q + (1 - q)(p·r + (1 - p)·π)), where a hold follows q of those
// that are not handed off. So there are w(first)
// later touches, each of which brings w(later) more: w(first) / (1 - w(later)).
func (i *Issue) course() course {
	r := i.Reopen.Share
	asked := 1 - i.Reply.Never + i.Reply.Never*r
	worth := func(first bool, p float64) float64 {
		var h, s float64
		for k := range i.HandOffs {
			switch x := &i.HandOffs[k]; {
			case !first && !x.AnyTouch:
			case x.Solves:
				h, s = h+x.Share, s+x.Share
			default:
				h += x.Share
			}
		}
		q := i.HeldShare(0)
		if !first {
			q = i.HeldShare(1)
		}
		return h - s + s*r + (1-h)*(q+(1-q)*(p*r+(1-p)*asked))
	}
	c := course{later: worth(true, i.SolvedAtFirst) / (1 - worth(false, i.SolvedLater))}
	for k := range i.HandOffs {
		h := &i.HandOffs[k]
		n := h.Share
		if h.AnyTouch {
			n *= 1 + c.later
		}
		if h.Solves {
			c.solved += n
		}
		c.handed = append(c.handed, n)
	}
	return c
}

// Touches is the mean number of touches of a ticket, reopenings included: the
// first; later ones until the ticket is solved for good or its customer never answers;
// and those of a team that it is handed off to, where that team replies.
func (i *Issue) Touches() float64 {
	c := i.course()
	return 1 + c.later + c.solved
}

// Load is the mean agent time that a ticket asks for in all, seconds: that of those who
// serve it, and that of the teams that it is handed off to.
func (i *Issue) Load() float64 {
	c := i.course()
	load := (1 + c.later) * i.Handle.Mean()
	for k, n := range c.handed {
		load += n * i.HandOffs[k].Handle.Mean()
	}
	return load
}
