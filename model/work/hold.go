package work

import "github.com/headroom-sim/headroom/model/dist"

// Hold is a wait of tickets of an issue for somebody who is not simulated: a vendor, another
// company, spare parts, or the desk's own next move while nobody has the ticket in hand. A
// touch that is followed by one solves nothing and asks the customer nothing; its public reply
// says so. When the hold is over the ticket needs a later touch. It costs no agent time.
type Hold struct {
	For   string // whom or what, in a word
	Share float64
	After Touched
	Takes dist.Dist // how long, seconds of open time of the calendar
	// Calendar is an index into the scenario's calendars: in its hours the time passes.
	Calendar int
	// Open: the ticket is open meanwhile, else it is on hold.
	Open bool
}

// Touched says which touches something may follow.
type Touched uint8

// The touches. A share of a first touch is a share of the tickets.
const (
	FirstTouch Touched = iota
	AnyTouch
	LaterTouch
)

// TouchedNames are the words of the language for them, in their order.
var TouchedNames = []string{"first touch", "any touch", "later touch"}

// May reports whether the n-th touch, counted from 0, is one of them.
func (t Touched) May(n int) bool { return t == AnyTouch || (n == 0) == (t == FirstTouch) }

// Held is the hold that follows the n-th touch, counted from 0, if no hand-off does, as an
// index into Holds, for a number that is uniform on [0, 1); -1 for none.
func (i *Issue) Held(n int, u float64) int {
	sum := 0.0
	for k := range i.Holds {
		h := &i.Holds[k]
		if !h.After.May(n) {
			continue
		}
		if sum += h.Share; u < sum {
			return k
		}
	}
	return -1
}

// HeldShare is the share of n-th touches that a hold follows, of those that no hand-off does.
func (i *Issue) HeldShare(n int) (share float64) {
	for k := range i.Holds {
		if h := &i.Holds[k]; h.After.May(n) {
			share += h.Share
		}
	}
	return share
}
