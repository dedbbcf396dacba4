package arrivals

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/rng"
)

// balanced is what a generator knows of how its trial is drawn. The zero value
// draws each trial by itself.
type balanced struct {
	model.Balance
	// own is the key from which gaps, busyness and work come: the trial's, or, of a
	// mirror image, that of the trial that it mirrors.
	own      rng.Key
	mirrored bool // the trial is a mirror image
	entity   rng.Entity
}

func (b *balanced) reset(key rng.Key) {
	b.own = key
	if b.Balance == model.Mirrored {
		b.own.Replication &^= 1
		b.mirrored = b.own != key
	}
}

// next draws an amount that belongs to what is mirrored, with the next words of a stream.
func (b *balanced) next(d *dist.Dist, s *rng.Stream) float64 {
	if b.mirrored {
		return d.SampleMirrored(s)
	}
	if x, ok := d.Quick(s.Peek()); ok {
		s.Skip()
		return x
	}
	return d.Sample(s)
}

// flip is a number that is uniform on [0, 1), mirrored if the trial is.
func (b *balanced) flip(u float64) float64 {
	if b.mirrored {
		return 1 - 0x1p-53 - u
	}
	return u
}

// busyness draws the factor of a day. Where the days are balanced, a replication's place
// within its set decides, by a permutation that the day has in that set, into which fifth of the
// distribution it falls; where in the fifth is the replication's own chance. A permutation is
// uniform, and that of one day is independent of all others; so is the factor of a
// replication, whichever it is (Owen 1992, Statistica Sinica 2).
func (b *balanced) busyness(d *dist.Dist, domain, day uint64, s *rng.Stream) float64 {
	if b.Balance != model.BalancedDays {
		return b.next(d, s)
	}
	set := uint64(b.Set())
	order := rng.Key{Seed: b.own.Seed, Replication: b.own.Replication / set}.Of(rng.Strata, domain, day)
	stratum := placeIn(&order, int(b.own.Replication%set), int(set))
	return d.Quantile((float64(stratum) + s.Float64()) / float64(set))
}

// mostStrata is the size of the largest permutation.
const mostStrata = 8

// placeIn is the i-th entry of a random permutation of 0 to n-1 (Fisher and Yates 1938,
// inside out).
func placeIn(s *rng.Stream, i, n int) int {
	var order [mostStrata]int
	for k := range n {
		j := min(int(s.Float64()*float64(k+1)), k)
		order[k] = order[j]
		order[j] = k
	}
	return order[i]
}

// places are where the words of a touch stand.
type places struct{ handle, solves int }

// touch is the mirror image of the touch that a ticket of the mirrored trial has. The
// other words of a ticket, such as its mix and patience, are this trial's own: what
// does not rise and fall with the load would only make the two alike.
func (b *balanced) touch(p rng.Purpose, sub uint32, st *stream, id ticket.ID, at places, issue *work.Issue, scale float32, solved float64) Touch {
	e := &b.entity
	e.Reset(b.own, p, sub, st.domain, st.entity(id))
	return touch(issue.Handle.SampleMirrored(e.At(at.handle)), scale, b.flip(e.Uniform(at.solves)), solved)
}

// nextTouch is that of a later touch.
func (g *Generator) nextTouch(p rng.Purpose, o Origin, issue *work.Issue, scale float32, n int) Touch {
	return g.drawn.touch(p, uint32(n), &g.plan.streams[o.Stream], o.ID, places{wordNextHandle, wordNextSolves}, issue, scale, issue.SolvedLater)
}
