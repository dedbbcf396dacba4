package fit

import (
	"math"

	"github.com/headroom-sim/headroom/model/counts"
	"github.com/headroom-sim/headroom/model/estimate"
)

// FewestForSeason is how many days a season takes: two of each month, so that it is told apart from a trend and from a
// single odd month.
const FewestForSeason = 2 * counts.DaysOfYear

// season is what the months bring: the last coefficients of a regression, and what they leave for December.
func (h *history) season(st *Stream, r *counts.Regression) {
	first := len(r.Beta) - counts.Months
	t := student(len(r.Y)-len(r.Beta), h.o.Level)
	december, variance := 0., 0.
	for a := range counts.Months {
		december -= r.Beta[first+a]
		for b := range counts.Months {
			variance += r.Cov.At(first+a, first+b)
		}
		st.Season[a] = h.around(math.Exp(r.Beta[first+a]), t*math.Sqrt(r.Cov.At(first+a, first+a)), len(r.Y))
	}
	st.Season[counts.Months] = h.around(math.Exp(december), t*math.Sqrt(variance), len(r.Y))
}

// shareBusyness is how much of the busyness of each stream comes over all of them at once: loadings of one factor whose products
// come nearest to the correlations of the pairs, each pair with the weight of its interval. There is none unless some
// pair goes together for certain. An interval is what the lower and the upper ends of all pairs come to.
func (h *history) shareBusyness(f *Fitted) {
	certain := false
	for _, x := range f.Together {
		certain = certain || x.Low > 0
	}
	if !certain {
		return
	}
	value := loadings(f, func(e estimate.Estimate) float64 { return e.Value })
	low := loadings(f, func(e estimate.Estimate) float64 { return e.Low })
	high := loadings(f, func(e estimate.Estimate) float64 { return e.High })
	for i := range f.Streams {
		if value[i] > 0 {
			f.Streams[i].Shared = Parameter{estimate.Estimate{Value: value[i], Low: min(low[i], value[i]), High: max(high[i], value[i]),
				Level: h.o.Level, N: f.Streams[i].Busyness.N}, ProfiledTogether, "days"}
		}
	}
}

// loadings go from stream to stream, each of which comes nearest given the others (least squares), until they stand still.
func loadings(f *Fitted, of func(estimate.Estimate) float64) []float64 {
	a := make([]float64, len(f.Streams))
	for _, x := range f.Together {
		a[x.A], a[x.B] = math.Sqrt(0.5), math.Sqrt(0.5)
	}
	for range 500 {
		for i := range a {
			above, below := 0., 0.
			for _, x := range f.Together {
				j := x.A + x.B - i
				if x.A != i && x.B != i {
					continue
				}
				weight := 1 / max(1e-4, (x.High-x.Low)*(x.High-x.Low))
				above += weight * of(x.Estimate) * a[j]
				below += weight * a[j] * a[j]
			}
			if below > 0 {
				a[i] = min(1, max(0, above/below))
			}
		}
	}
	if len(f.Together) == 1 { // of two streams nobody can say which shares more
		x := f.Together[0]
		a[x.A] = math.Sqrt(min(1, max(0, of(x.Estimate))))
		a[x.B] = a[x.A]
	}
	return a
}
