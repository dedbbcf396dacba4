package arrivals

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/sim/rng"
)

// inCommon names the random numbers of what all streams have in common. No stream has that name.
var inCommon = rng.Domain("busyness\x00in common")

// sharedBusyness draws the factor of a day of a stream that is busy, in part, when others are: of a
// gamma distribution, at Φ(ρZ + √(1 − ρ²)ε), where Z is one normal number for all streams of the day and ε
// the stream's own (a one-factor Gaussian copula; Nelsen 2006, section 2.3). Where days are balanced Z is, and
// in a mirror image both are mirrored.
func (b *balanced) sharedBusyness(st *stream, day uint64, s *rng.Stream) float64 {
	common := b.own.Of(rng.Busyness, inCommon, day)
	u := common.Float64()
	if b.Balance == model.BalancedDays {
		set := uint64(b.Set())
		order := rng.Key{Seed: b.own.Seed, Replication: b.own.Replication / set}.Of(rng.Strata, inCommon, day)
		u = (float64(placeIn(&order, int(b.own.Replication%set), int(set))) + u) / float64(set)
	}
	z := st.shared*normalAt(b.flip(u)) + math.Sqrt(1-st.shared*st.shared)*normalAt(b.flip(s.Float64()))
	return st.busyness.Quantile(0.5 * math.Erfc(-z/math.Sqrt2))
}

// forecast names the random number of how far all volumes are from their forecasts. No stream has that name.
var forecast = rng.Domain("forecast\x00in common")

// volume draws how many times what was forecast a stream brings in the whole trial. All streams are at the same
// quantile of their laws.
func (b *balanced) volume(d *dist.Dist) float64 {
	common := b.own.Of(rng.Busyness, forecast, 0)
	return d.Quantile(b.flip(common.Float64()))
}

// normalAt is the quantile of a normal distribution, for numbers within reach of a double.
func normalAt(u float64) float64 { return mathext.NormalQuantile(min(max(u, 1e-16), 1-1e-16)) }
