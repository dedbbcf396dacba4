package collect

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim/desk"
)

// scores are the quality scores of some touches.
type scores struct {
	sum float64
	n   int64
}

func (s *scores) add(x float32) {
	s.sum += float64(x)
	s.n++
}

// scored counts the score of a touch that ended in the measured time.
func (c *Collector) scored(at time.Duration, t *desk.Ticket) {
	if at < c.warmup || len(c.quality) == 0 || t.Score < 0 {
		return
	}
	c.quality[t.Team].add(t.Score)
	if !t.Sampled || len(c.samples) == 0 {
		return
	}
	i := 0
	for i < len(c.checked)-1 && at >= c.checked[i].To {
		i++
	}
	c.samples[i].add(t.Score)
}

// qualities adds the mean score of the teams that have scores, and what became of the
// promise.
func (b *builder) qualities(s *model.Scenario) {
	for i := range s.Teams {
		if s.Teams[i].Quality.Mean == 0 {
			continue
		}
		b.scores = len(s.Teams)
		b.measure(outcome.Quality, outcome.Labels{Team: s.Teams[i].Name}, outcome.UnitShare, func(c *Collector) (float64, float64) {
			return c.quality[i].sum, float64(c.quality[i].n)
		})
	}
	q := s.Quality
	if b.scores == 0 || !q.Promised() {
		return
	}
	b.checked = q.Period.Split(b.desk.Axis, b.warmup, b.until)
	b.measure(outcome.QualitySampled, outcome.Labels{}, outcome.UnitShare, func(c *Collector) (sum, n float64) {
		for _, k := range c.samples {
			sum, n = sum+k.sum, n+float64(k.n)
		}
		return sum, n
	})
	b.measure(outcome.QualityMet, outcome.Labels{}, outcome.UnitShare, func(c *Collector) (met, of float64) {
		for _, k := range c.samples {
			if k.n > 0 {
				of++
				if k.sum >= q.AtLeast*float64(k.n) {
					met++
				}
			}
		}
		return met, of
	})
}
