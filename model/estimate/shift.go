package estimate

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Shift is a change from A to B, with the chance that noise alone makes one that large.
type Shift struct {
	Difference
	// P is the two-sided p-value of no change: by Student's t of the difference over its
	// standard error. Where nothing varies it is 1 for no difference and 0 for any. NaN if
	// there is no interval.
	P float64
}

// PairedShift is PairedRatio with its p-value, on n − 1 degrees of freedom.
func PairedShift(numA, denA, numB, denB []float64, level float64) Shift {
	d := PairedRatio(numA, denA, numB, denB, level)
	return Shift{d, chance(d.Value, standardError(d.Estimate), float64(d.N-1))}
}

// IndependentShift is ΣnumB/ΣdenB − ΣnumA/ΣdenA of replications that have nothing to do with one
// another, as many of each as there are. The squared standard errors of the two ratios add up, on
//
//	ν = (a + b)² / (a²/(nA − 1) + b²/(nB − 1))
//
// degrees of freedom, a and b being those squares (Welch 1947, Biometrika 34). The number of
// replications is the smaller of the two.
func IndependentShift(numA, denA, numB, denB []float64, level float64) Shift {
	x, y := Ratio(numA, denA, level), Ratio(numB, denB, level)
	s := Shift{Difference{Estimate{Value: y.Value - x.Value, Low: math.NaN(), High: math.NaN(), Level: level, N: min(x.N, y.N)}, math.NaN()}, math.NaN()}
	for _, w := range slices.Concat(x.Warnings, y.Warnings) {
		if !slices.Contains(s.Warnings, w) {
			s.Warnings = append(s.Warnings, w)
		}
	}
	a, b := math.Pow(standardError(x), 2), math.Pow(standardError(y), 2)
	if math.IsNaN(a + b) {
		return s
	}
	freedom := (a + b) * (a + b) / (a*a/float64(x.N-1) + b*b/float64(y.N-1))
	if a+b == 0 {
		freedom = 1 // it has no part in what follows
	}
	half := math.Sqrt(a+b) * distuv.StudentsT{Sigma: 1, Nu: freedom}.Quantile((1+level)/2)
	s.Low, s.High = s.Value-half, s.Value+half
	s.P = chance(s.Value, math.Sqrt(a+b), freedom)
	return s
}

// standardError is that of an estimate with an interval by Student's t; NaN without one.
func standardError(e Estimate) float64 {
	half := e.HalfWidth()
	if math.IsInf(half, 0) || e.N < 2 {
		return math.NaN()
	}
	return half / student(e.N-1, e.Level)
}

// AtMost is the confidence with which what is estimated is at most a bound, one-sided: the level of
// the one-sided interval by Student's t that ends there. NaN without an interval.
func (e Estimate) AtMost(bound float64) float64 {
	err := standardError(e)
	switch {
	case math.IsNaN(e.Value) || math.IsNaN(err):
		return math.NaN()
	case err <= 1e-12*math.Abs(e.Value): // nothing varies, but for rounding
		if e.Value <= bound {
			return 1
		}
		return 0
	}
	return distuv.StudentsT{Sigma: 1, Nu: float64(e.N - 1)}.CDF((bound - e.Value) / err)
}

// chance is the probability of a value that is at least so far from 0.
func chance(value, err, freedom float64) float64 {
	switch {
	case math.IsNaN(value) || math.IsNaN(err) || freedom < 1:
		return math.NaN()
	case value == 0:
		return 1
	case err <= 1e-12*math.Abs(value): // nothing varies, but for rounding
		return 0
	}
	return 2 * distuv.StudentsT{Sigma: 1, Nu: freedom}.CDF(-math.Abs(value)/err)
}

// Holm adjusts p-values for looking at all of them at once: if every measure whose adjusted
// value is at most α is called changed, the probability of a single false alarm among
// all is at most α, however the measures hang together,
//
//	p̃(i) = max over j ≤ i of min(1, (m − j + 1) p(j)),  p(1) ≤ … ≤ p(m)
//
// (Holm 1979, Scandinavian Journal of Statistics 6(2)). Values that are NaN stay so and do not
// count.
func Holm(ps []float64) []float64 {
	adjusted := make([]float64, len(ps))
	var order []int
	for i, p := range ps {
		adjusted[i] = math.NaN()
		if !math.IsNaN(p) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ps[a], ps[b]) })
	most := 0.0
	for j, i := range order {
		most = max(most, min(1, float64(len(order)-j)*ps[i]))
		adjusted[i] = most
	}
	return adjusted
}
