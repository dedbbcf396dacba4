package requirement

import (
	"fmt"
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/dist"
)

// Load is the mean number of touches in hand during each step, if there were always
// somebody free: starts[i] touches begin in step i, at a constant rate within it, and
// each takes a time of the law, in seconds. It is the mean of the M(t)/G/∞ queue,
//
//	m(t) = ∫ λ(t − x) P(S > x) dx
//
// (Eick, Massey and Whitt 1993, Management Science 39(2), equation 1), averaged over the step. Where
// the law is exponential its values at the ends of steps are erlang.OfferedLoad.
func Load(starts []float64, step time.Duration, handle dist.Dist) ([]float64, error) {
	if step <= 0 {
		return nil, fmt.Errorf("step must be positive, not %v", step)
	}
	if mean := handle.Mean(); handle.IsZero() || !(mean >= 0) || math.IsInf(mean, 0) {
		return nil, fmt.Errorf("the mean handling time must be finite and not negative, not that of %v", handle)
	}
	for i, n := range starts {
		if !(n >= 0) || math.IsInf(n, 0) {
			return nil, fmt.Errorf("touches of step %d must be finite and not negative, not %v", i, n)
		}
	}
	weights := kernel(handle, step.Seconds(), len(starts))
	load := make([]float64, len(starts))
	for i, n := range starts {
		if n == 0 {
			continue
		}
		for j, w := range weights[:min(len(weights), len(starts)-i)] {
			load[i+j] += n * w
		}
	}
	return load, nil
}

// kernel is the mean number in hand, j steps later, of one touch that begins at
// a uniform instant of a step:
//
//	1/δ² ∫ (δ − |x − jδ|)⁺ P(S > x) dx
//
// in all the mean handling time over δ. The integrals are added up by the midpoint rule
// and scaled to that sum, so no work is lost.
func kernel(handle dist.Dist, step float64, steps int) []float64 {
	const parts = 128
	var weights []float64
	sum, whole := 0., handle.Mean()/step
	if whole == 0 {
		return nil
	}
	h := step / parts
	// One pass over the cells of each step: their work belongs to this step and the
	// one after it, by the triangle's two sides.
	carried := 0.
	for j := 0; j <= steps; j++ {
		falling, rising := 0., 0.
		for k := range parts {
			x := (float64(k) + 0.5) * h
			alive := 1 - handle.CDF(float64(j)*step+x)
			falling += (step - x) * alive
			rising += x * alive
		}
		w := carried + falling*h/step/step
		carried = rising * h / step / step
		weights = append(weights, w)
		sum += w
		if sum+carried >= whole*(1-1e-9) || falling+rising == 0 {
			weights = append(weights, carried)
			sum += carried
			for i := range weights {
				weights[i] *= whole / sum
			}
			return weights
		}
	}
	return weights // the rest lies beyond the last step
}
