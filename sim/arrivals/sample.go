package arrivals

import (
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/sim/rng"
)

// drawAt draws an amount with the words of an entity's place: what Sample would draw.
func drawAt(d *dist.Dist, e *rng.Entity, place int) float64 {
	if x, ok := d.Quick(e.Word(place)); ok {
		return x
	}
	return d.Sample(e.At(place))
}
