package arrivals

import (
	"time"

	"github.com/headroom-sim/headroom/sim/rng"
)

// HandOff is a hand-off of a ticket to another team.
type HandOff struct {
	Way    int           // index into the issue's hand-offs
	Handle time.Duration // agent time of the other team
	Touch  Touch         // the one that follows once the ticket is back
}

// The places of a hand-off's words; those of the touch that follows are as in a cycle.
const (
	wordWhere = iota
	wordAway
)

// HandOff is the hand-off that follows the ticket's n-th touch, counted from 0; false if
// none does. It is the same whenever it is asked for.
func (g *Generator) HandOff(o Origin, class int32, scale float32, n int) (HandOff, bool) {
	issue := g.plan.traits[class].issue
	e := g.later(rng.HandOff, o, n)
	h := HandOff{Way: issue.Handed(n, e.Uniform(wordWhere))}
	if h.Way < 0 {
		return HandOff{}, false
	}
	h.Handle = seconds(drawAt(&issue.HandOffs[h.Way].Handle, e, wordAway) * float64(scale))
	h.Touch = touch(drawAt(&issue.Handle, e, wordNextHandle), scale, e.Uniform(wordNextSolves), issue.SolvedLater)
	return h, true
}
