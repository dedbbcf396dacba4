package arrivals

import (
	"time"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Hold is a wait of a ticket for somebody outside.
type Hold struct {
	Way    int           // index into the issue's holds
	Status ticket.Status // meanwhile
	Delay  time.Duration // open time of its calendar
	Touch  Touch         // the one that follows
}

// The places of a hold's words; those of the touch that follows are as in a cycle.
const (
	wordHeld = iota
	wordHeldFor
)

// Hold is the wait that follows the ticket's n-th touch, counted from 0, if no hand-off does;
// false if there is none. It is the same whenever it is asked for.
func (g *Generator) Hold(o Origin, class int32, scale float32, n int) (Hold, bool) {
	issue := g.plan.traits[class].issue
	e := g.later(rng.Hold, o, n)
	way := issue.Held(n, e.Uniform(wordHeld))
	if way < 0 {
		return Hold{}, false
	}
	h := Hold{Way: way, Status: statusOf(&issue.Holds[way]), Delay: seconds(drawAt(&issue.Holds[way].Takes, e, wordHeldFor))}
	h.Touch = touch(drawAt(&issue.Handle, e, wordNextHandle), scale, e.Uniform(wordNextSolves), issue.SolvedLater)
	return h, true
}

func statusOf(h *work.Hold) ticket.Status {
	if h.Open {
		return ticket.Open
	}
	return ticket.OnHold
}

// StillHeld is the wait after the ticket's n-th touch, counted from 0, of one that has been
// waiting with a status for some time, in the hours of each hold: given that it has not ended yet. Which of several
// holds of that status it is, is drawn by their shares, and by how likely each is to last so long; false
// if the issue has none.
func (g *Generator) StillHeld(o Origin, class int32, scale float32, n int, status ticket.Status, waited func(way int) time.Duration) (Hold, bool) {
	issue := g.plan.traits[class].issue
	var may []int
	var weights []float64
	total := 0.
	for k := range issue.Holds {
		if h := &issue.Holds[k]; statusOf(h) == status && h.Share > 0 {
			weight := h.Share * (1 - h.Takes.CDF(waited(k).Seconds()))
			if !h.After.May(n) {
				weight *= 1e-9 // it is there, so it has begun somehow
			}
			may, weights, total = append(may, k), append(weights, weight), total+weight
		}
	}
	if len(may) == 0 {
		return Hold{}, false
	}
	e := g.later(rng.Hold, o, n)
	out := Hold{Way: may[0], Status: status, Delay: waited(may[0])}
	u := e.Uniform(wordHeld) * total
	for i, k := range may {
		if u -= weights[i]; u < 0 {
			out.Way = k
			out.Delay = max(waited(k), seconds(beyond(&issue.Holds[k].Takes, waited(k).Seconds(), e.Uniform(wordHeldFor))))
			break
		}
	}
	out.Touch = touch(drawAt(&issue.Handle, e, wordNextHandle), scale, e.Uniform(wordNextSolves), issue.SolvedLater)
	return out, true
}

// beyond is a value of a law that is known to be larger than x, for a number that is uniform on [0, 1).
func beyond(d *dist.Dist, x, u float64) float64 {
	passed := d.CDF(x)
	p := passed + u*(1-passed)
	if p >= 1 { // nothing lasts so long
		return x
	}
	return max(x, d.Quantile(p))
}
