package experiment

import (
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Compare compares every outcome with the first, at Level. What is resampled is drawn from
// the seed of the outcomes and the name of the measure, so that the same outcomes always give
// the same comparison.
func Compare(xs []*outcome.Experiment) (*outcome.Comparison, error) {
	return outcome.Compare(xs, Level, func(measure string) dist.Source {
		s := rng.Key{Seed: xs[0].Seed}.Of(rng.Resamples, rng.Domain(measure), 0)
		return &s
	})
}
