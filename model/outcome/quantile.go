package outcome

import "math"

// Quantile reads a quantile off the distribution, in a straight line within a bin.
// It is NaN for an empty distribution, and the last finite bound for what lies
// beyond.
func (w *Waits) Quantile(p float64) float64 {
	total := 0.0
	for _, n := range w.Count {
		total += float64(n)
	}
	if total == 0 || len(w.Upper) < len(w.Count) {
		return math.NaN()
	}
	want, lower := p*total, 0.0
	for i, n := range w.Count {
		upper := w.Upper[i]
		if n > 0 && want <= float64(n) {
			if math.IsInf(upper, 0) {
				return lower
			}
			return lower + (upper-lower)*want/float64(n)
		}
		want -= float64(n)
		lower = upper
	}
	return lower
}
