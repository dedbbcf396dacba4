package estimate

import "math"

// Moments gathers (num, den) pairs, one of each replication, in constant memory:
// the streaming form of Ratio, for series with a pair for every interval of time.
// The zero Moments is empty. The same pairs in the same order give the same bits.
type Moments struct {
	N                                int
	Num, Den, NumNum, NumDen, DenDen float64 // sums, and sums of products
}

// Add adds the pair of one replication.
func (m *Moments) Add(num, den float64) {
	m.N++
	m.Num += num
	m.Den += den
	m.NumNum += num * num
	m.NumDen += num * den
	m.DenDen += den * den
}

// Ratios estimates Σnum/Σden of each of ms, which must hold equally many
// replications, with t intervals by the delta method (Law 2015, section 9.5; the
// variance of num − r·den, around the ratio r, over the squared mean of den).
// Where Σden is 0 value and interval are NaN. Warnings are not repeated for each
// of them: a series has those of its experiment.
func Ratios(ms []Moments, level float64) []Estimate {
	mustBeProbability("level", level)
	out := make([]Estimate, len(ms))
	if len(ms) == 0 {
		return out
	}
	n := ms[0].N
	t := math.NaN()
	if n > 1 {
		t = student(n-1, level)
	}
	for i := range ms {
		m := &ms[i]
		r := m.Num / m.Den
		if m.Den == 0 {
			r = math.NaN()
		}
		// The sum of (num − r·den)², which rounding can push below 0.
		square := max(0, m.NumNum-2*r*m.NumDen+r*r*m.DenDen)
		half := t * math.Sqrt(square*float64(n)/float64(n-1)) / math.Abs(m.Den)
		out[i] = Estimate{Value: r, Low: r - half, High: r + half, Level: level, N: n}
	}
	return out
}
