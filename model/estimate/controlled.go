package estimate

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// Controlled is Ratio, corrected by a control: something else that is observed in
// every replication and whose mean is known. If by chance more came than comes on
// average, and the ratio rises with what comes, the estimate is lowered.
//
// The ratio is taken as the mean of z[i] = R + (num[i] − R den[i]) / mean(den), its
// linear part (delta method), and regressed on the control c:
//
//	z̄ − β (c̄ − mean) ± t(n−2) s √( 1/n + (c̄ − mean)² / Σ(c[i] − c̄)² )
//
// with β the slope of least squares and s² the residual variance on n − 2 degrees
// of freedom (Lavenberg and Welch 1981, Management Science 27(3)). For a mean of
// normal replications estimate and interval are exact; else both have a bias of the
// order 1/n, since β is estimated, as the ratio itself has. The variance falls by
// 1 − ρ², ρ being the correlation, and rises by (n−2)/(n−3) for not knowing β.
//
// With fewer than 10 replications, or a control that does not vary, it is Ratio. An
// estimate that the correction would take beyond 0, such as a share below it, is 0.
func Controlled(num, den, control []float64, mean, level float64) Estimate {
	plain := Ratio(num, den, level)
	columns, missing := together(num, den, control)
	num, den, control = columns[0], columns[1], columns[2]
	n := len(num)
	if n < few || math.IsNaN(plain.HalfWidth()) || plain.Low == plain.High {
		return plain
	}
	z := make([]float64, n)
	average := sum(den) / float64(n)
	for i := range z {
		z[i] = plain.Value + (num[i]-plain.Value*den[i])/average
	}
	at := stat.Mean(control, nil)
	spread := stat.Variance(control, nil) * float64(n-1)
	if !(spread > 0) {
		return plain
	}
	slope := stat.Covariance(z, control, nil) * float64(n-1) / spread
	squares := 0.
	for i := range z {
		rest := z[i] - plain.Value - slope*(control[i]-at)
		squares += rest * rest
	}
	value := plain.Value - slope*(at-mean)
	if value*plain.Value < 0 {
		value = 0
	}
	err := math.Sqrt(squares / float64(n-2) * (1/float64(n) + (at-mean)*(at-mean)/spread))
	half := student(n-2, level) * err
	return doubted(Estimate{Value: value, Low: value - half, High: value + half, Level: level, N: n}, missing)
}
