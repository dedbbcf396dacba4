package desk

import (
	"math"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/sim/rng"
)

// quality is how the touches of a team are scored: a beta distribution with the mean
// and the standard deviation that are stated, as the share of one gamma variable in
// two (Johnson, Kotz and Balakrishnan 1995, chapter 25, method of moments).
type quality struct {
	scored    bool
	good, bad dist.Dist
}

// layQuality prepares the scores of teams that have any.
func (l *Layout) layQuality(s *model.Scenario) {
	for i := range s.Teams {
		q := &s.Teams[i].Quality
		if q.Mean == 0 {
			continue
		}
		if l.qualities == nil {
			l.qualities = make([]quality, len(s.Teams))
		}
		weight := q.Mean*(1-q.Mean)/(q.SD*q.SD) - 1
		gamma := func(shape float64) dist.Dist { return dist.Must(dist.Gamma(shape, 1/math.Sqrt(shape))) }
		l.qualities[i] = quality{true, gamma(weight * q.Mean), gamma(weight * (1 - q.Mean))}
	}
	l.sample = s.Quality.Sample
}

// The places of a score's words.
const (
	wordGood = iota
	wordBad
	wordLookedAt
)

// score scores the touch that has just ended. It is the ticket's: the same team would
// have done it as well under any other plan, but for what strain takes away.
func (d *Desk) score(t *Ticket) {
	t.Score, t.Sampled = -1, false
	q := &d.layout.qualities[t.Team]
	if !q.scored {
		return
	}
	e := d.gen.Later(rng.Quality, t.Origin, int(t.Touches)-1)
	good, bad := q.good.Sample(e.At(wordGood)), q.bad.Sample(e.At(wordBad))
	x := 0.0
	if good > 0 {
		x = good / (good + bad)
	}
	if d.teams[t.Team].staff.Strained {
		x = max(0, x-d.layout.burnout.Quality)
	}
	t.Score, t.Sampled = float32(x), e.Uniform(wordLookedAt) < d.layout.sample
}
